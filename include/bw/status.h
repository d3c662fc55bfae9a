/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a call returns, and what the mathematics found: two different things.
 */
#ifndef BW_STATUS_H
#define BW_STATUS_H

/* Did the call work? The one list feeds the enum and its text. */
#define BW_STATUS_LIST(X)                                                      \
    X(BW_OK, "ok")                                                             \
    X(BW_INVALID, "input rejected; see the diagnostics")                       \
    X(BW_NOMEM, "out of memory")                                               \
    X(BW_IO, "cannot read or write a file")                                    \
    X(BW_INTERNAL, "internal error; please report it")

/* What is known about the plan (model.md, "gap" and after).
 * NO_PLAN: a limit was reached before any plan inside the hard limits. */
#define BW_OUTCOME_LIST(X)                                                     \
    X(BW_OPTIMAL, "optimal")                                                   \
    X(BW_WITHIN_GAP, "within-gap")                                             \
    X(BW_FEASIBLE, "feasible")                                                 \
    X(BW_NEAREST, "nearest")                                                   \
    X(BW_IMPOSSIBLE, "impossible")                                             \
    X(BW_NO_PLAN, "no-plan")

/* What ended the search. */
#define BW_STOP_LIST(X)                                                        \
    X(BW_STOP_GAP, "gap")                                                      \
    X(BW_STOP_TIME, "time")                                                    \
    X(BW_STOP_EFFORT, "effort")                                                \
    X(BW_STOP_INTERRUPT, "interrupt")

#define BW_ENUM_(name, text) name,
typedef enum bw_status {
    BW_STATUS_LIST(BW_ENUM_) BW_N_STATUS
} bw_status;
typedef enum bw_outcome {
    BW_OUTCOME_LIST(BW_ENUM_) BW_N_OUTCOMES
} bw_outcome;
typedef enum bw_stop {
    BW_STOP_LIST(BW_ENUM_) BW_N_STOPS
} bw_stop;
#undef BW_ENUM_

/** English text, never NULL; constant for the life of the program. */
const char *bw_status_text(bw_status status);
const char *bw_outcome_text(bw_outcome outcome);
const char *bw_stop_text(bw_stop stop);

#endif
