/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "index.h"

static void keys_are_compared_byte_for_byte(void **state)
{
    (void)state;
    bw_index *index;
    int32_t there;
    assert_int_equal(bw_index_new(0, &index), BW_OK);
    assert_int_equal(bw_index_put(index, "7", 1, 10, &there), BW_OK);
    assert_int_equal(there, 10);
    assert_int_equal(bw_index_put(index, "007", 3, 11, &there), BW_OK);
    assert_int_equal(there, 11);
    assert_int_equal(bw_index_put(index, "", 0, 12, &there), BW_OK);
    assert_int_equal(bw_index_put(index, "a\0b", 3, 13, &there), BW_OK);
    assert_int_equal(bw_index_find(index, "7", 1), 10);
    assert_int_equal(bw_index_find(index, "007", 3), 11);
    assert_int_equal(bw_index_find(index, "", 0), 12);
    assert_int_equal(bw_index_find(index, "a\0b", 3), 13);
    assert_int_equal(bw_index_find(index, "a\0c", 3), -1);
    assert_int_equal(bw_index_find(index, "00", 2), -1);
    bw_index_free(index);
}

static void the_first_number_of_a_key_stays(void **state)
{
    (void)state;
    bw_index *index;
    int32_t there;
    assert_int_equal(bw_index_new(1, &index), BW_OK);
    assert_int_equal(bw_index_put(index, "A", 1, 4, &there), BW_OK);
    assert_int_equal(bw_index_put(index, "A", 1, 9, &there), BW_OK);
    assert_int_equal(there, 4);
    assert_int_equal(bw_index_find(index, "A", 1), 4);
    bw_index_free(index);
}

static void a_hundred_thousand_keys_are_all_found(void **state)
{
    (void)state;
    enum {
        N = 100000
    };
    static char key[N][12];
    bw_index *index;
    assert_int_equal(bw_index_new(10, &index), BW_OK);
    for (int32_t i = 0; i < N; i++) {
        int32_t there;
        size_t len = (size_t)snprintf(key[i], sizeof key[i], "A-%d", (int)i);
        assert_int_equal(bw_index_put(index, key[i], len, i, &there), BW_OK);
        assert_int_equal(there, i);
    }
    for (int32_t i = 0; i < N; i++)
        assert_int_equal(bw_index_find(index, key[i], strlen(key[i])), i);
    assert_int_equal(bw_index_find(index, "A-100000", 8), -1);
    bw_index_free(index);
}

static void a_failed_growth_leaves_the_index_as_it_was(void **state)
{
    (void)state;
    static const char keys[] = "abcdefgh";
    long live = bw_alloc_live();
    bw_index *index;
    int32_t there;
    bw_alloc_fail_at(1);
    assert_int_equal(bw_index_new(0, &index), BW_NOMEM);
    bw_alloc_fail_at(2);
    assert_int_equal(bw_index_new(0, &index), BW_NOMEM);
    bw_alloc_fail_at(3);
    assert_int_equal(bw_index_new(0, &index), BW_OK);
    for (int32_t i = 0; i < 8; i++)
        assert_int_equal(bw_index_put(index, &keys[i], 1, i, &there), BW_OK);
    assert_int_equal(bw_index_put(index, "i", 1, 8, &there), BW_NOMEM);
    bw_alloc_fail_at(0);
    for (int32_t i = 0; i < 8; i++)
        assert_int_equal(bw_index_find(index, &keys[i], 1), i);
    assert_int_equal(bw_index_put(index, "i", 1, 8, &there), BW_OK);
    assert_int_equal(bw_index_find(index, "i", 1), 8);
    bw_index_free(index);
    assert_int_equal(bw_alloc_live(), live);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_compared_byte_for_byte),
        cmocka_unit_test(the_first_number_of_a_key_stays),
        cmocka_unit_test(a_hundred_thousand_keys_are_all_found),
        cmocka_unit_test(a_failed_growth_leaves_the_index_as_it_was),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
