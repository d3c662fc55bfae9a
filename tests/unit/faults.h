/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Memory running out at every place in turn, for the unit tests. */
#ifndef BW_TEST_FAULTS_H
#define BW_TEST_FAULTS_H

#include "bw/alloc.h"
#include "bw/status.h"

#include <stdarg.h>
#include <stddef.h>

#include <setjmp.h>

#include <cmocka.h>

/** Calls `run` with the first, second, ... allocation (and all after it)
 * failing until it no longer says BW_NOMEM; asserts that it then says `want`
 * and that no call leaves a block behind. `run` frees what it gets. Returns how
 * many allocations the undisturbed call makes. */
static inline long survives_lack_of_memory(bw_status (*run)(void *), void *data,
                                           bw_status want)
{
    long live = bw_alloc_live();
    for (long n = 1;; n++) {
        bw_alloc_fail_at(n);
        bw_status status = run(data);
        bw_alloc_fail_at(0);
        assert_int_equal(bw_alloc_live(), live);
        if (status != BW_NOMEM) {
            assert_int_equal(status, want);
            return n - 1;
        }
        assert_true(n < 100000);
    }
}

#endif
