/* SPDX-License-Identifier: GPL-3.0-or-later */
/** bailiwick: which rep serves which account, at least cost inside limits, and
 * a bound on how much better any plan could be.
 *
 * Four calls tell the story:
 *
 *     bw_scenario_load, bw_problem_load   files -> problem    (bw/load.h)
 *     bw_instance_new                     problem -> integer program
 *     bw_solve                            -> plan, bound, certificate
 *     bw_check                            problem + plan -> verdict
 *
 * Ownership, for all of it:
 * 1. `_new`, `_load`, `_solve`, `_check` give you an object; its `_free` takes
 *    it back, NULL included.
 * 2. A const pointer argument is borrowed for the call. The exceptions say so:
 *    a problem borrows its scenario, an instance its problem, a plan its
 *    instance, for life.
 * 3. Each object has one arena; its strings and arrays live and die with it.
 * 4. Loading copies everything: the files may change or go afterwards.
 * 5. What belongs to GLPK, libxml2, libcsv, jansson, zlib or iconv never leaves
 *    the file that includes that library.
 *
 * Every function that can fail returns a bw_status and gives its result through
 * its last parameter, NULL on failure. Objects may be used from several
 * threads as long as nobody changes them.
 */
#ifndef BAILIWICK_H
#define BAILIWICK_H

#include "bw/alloc.h"
#include "bw/check.h"
#include "bw/deep.h"
#include "bw/diag.h"
#include "bw/geo.h"
#include "bw/instance.h"
#include "bw/load.h"
#include "bw/plan.h"
#include "bw/problem.h"
#include "bw/quantum.h"
#include "bw/scenario.h"
#include "bw/settings.h"
#include "bw/solve.h"
#include "bw/status.h"
#include "bw/watch.h"

#endif
