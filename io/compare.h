/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scenarios side by side: each planned into a folder of its own, the first of
 * them, the base, before the others, which start from its plan. */
#ifndef BW_COMPARE_H
#define BW_COMPARE_H

#include "buf.h"
#include "bw/diag.h"
#include "json.h"
#include "solve_options.h"

#include <stdatomic.h>

enum {
    BW_CONTENDERS_MAX = 200 /* scenarios of one comparison */
};

/** What became of a scenario. */
typedef enum bw_fate {
    BW_FATE_NOT_RUN, /* stopped before its turn */
    BW_FATE_PLANNED,
    BW_FATE_KEPT,    /* the plan that was there is the one that was wanted */
    BW_FATE_STOPPED, /* stopped before it had a plan */
    BW_FATE_FAILED   /* it has no plan: `code` and `log` say why */
} bw_fate;

/** How a scenario's plan differs from the base's, over the accounts that both
 * have. */
typedef struct bw_moved {
    bool known;
    int64_t accounts, moved; /* both have; of them with another rep */
    bw_wide revenue;         /* of the moved ones in the scenario, fine */
} bw_moved;

typedef struct bw_contender {
    const char *path;   /* of the scenario, as the user wrote it */
    const char *name;   /* of the scenario, or of its file */
    const char *folder; /* DIR/NAME, NAME made safe for a path */
    bw_fate fate;
    int code;                        /* exit code of the run; a crash: 5 */
    bool crashed;                    /* it did not come to its end */
    int signal;                      /* that ended it, or 0 */
    bw_buf log;                      /* what it said */
    bw_json *summary, *run, *timing; /* of its folder; NULL without a plan */
    bw_moved from_base;
} bw_contender;

typedef struct bw_compare {
    const char *dir;
    bw_solve_options options;
    int jobs;   /* scenarios at once, >= 1 */
    bool quiet; /* no progress */
    bool json;  /* the table as JSON on stdout */
    bool fresh; /* nothing is kept */
    bool all_errors;
    bw_contender *contender; /* [n], the base first */
    int n;
    const atomic_int *interrupt; /* set: no further scenario is begun */
    void *arena;
} bw_compare;

/** Finds names and folders (compare_names.c) and checks that they differ and
 * that nothing which is read would be overwritten. BW_INVALID, BW_IO with
 * diagnostics. Scenarios that cannot be read go by their file's name: they say
 * what is wrong when their turn comes. */
bw_status bw_compare_names(bw_compare *compare, bw_diags *diags);

/** Plans all of them (compare_run.c) and says on stderr how it goes; fates are
 * known afterwards. BW_NOMEM, BW_IO: a process could not be started. */
bw_status bw_compare_run(bw_compare *compare);

/** Compares the plans with the base's, account by account (compare_moves.c).
 * BW_NOMEM. */
bw_status bw_compare_moves(bw_compare *compare);

/** Has a plan that can be shown. */
bool bw_contender_has_plan(const bw_contender *contender);
/** planned, kept, interrupted, impossible, faulty, ... */
const char *bw_contender_state(const bw_contender *contender);
/** Of a failed one, in `why`: the first error of its log; nothing for others.
 */
void bw_contender_why(const bw_contender *contender, bw_buf *why);
/** Seconds of all stages of the run that made the plan; NaN: not known. */
double bw_contender_seconds(const bw_contender *contender);
/** A number of a JSON document by its path of two members (the second may be
 * NULL); NaN where there is none. */
double bw_contender_number(const bw_json *json, const char *member,
                           const char *inner);
/** The worst exit code: 5, 4, 2, 1, 6, 0. */
int bw_compare_code(const bw_compare *compare);
/** Whether every scenario has had its turn. */
bool bw_compare_complete(const bw_compare *compare);

void bw_compare_free(bw_compare *compare);

#endif
