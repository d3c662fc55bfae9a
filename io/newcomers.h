/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Accounts that appear after a plan, put into it at its prices: nobody moves,
 * the bands stay, and nothing of the plan's folder is changed. */
#ifndef BW_NEWCOMERS_H
#define BW_NEWCOMERS_H

#include "buf.h"
#include "bw/check.h"
#include "plan_read.h"

/** How it came that a new account is where it is, or nowhere. */
typedef enum bw_seat {
    BW_SEAT_CHEAPEST, /* the least priced cost of all who may and have room */
    BW_SEAT_FAMILY,   /* the rep of its family in the plan */
    /* Not placed: */
    BW_SEAT_FORBIDDEN, /* no rep, or not the family's, may serve it */
    BW_SEAT_FULL,      /* whoever may would break a hard limit */
    BW_SEAT_SPLIT      /* its family is with several in the plan */
} bw_seat;

/** A new account. Accounts of one new family are placed together, and what is
 * said of other reps then is of all of them. */
typedef struct bw_newcomer {
    bw_seat seat;
    int32_t rep;        /* -1: not placed */
    int32_t host;       /* the rep of its family in the plan; -1: none */
    int32_t n_allowed;  /* reps that may serve it, with or without room */
    int32_t members;    /* new accounts that are placed together, at least 1 */
    int32_t next;       /* the next best who may and has room; -1: none */
    bw_wide next_extra; /* fine money, by the priced costs */
    /* The best of those who may, were it not for a hard limit; -1: none is
     * better than `rep`. Then the measure, and what it would save. */
    int32_t full, full_measure;
    bw_wide full_saves;
    bw_account_figures figures; /* with `rep`; without: service_hours alone */
    /* c and what workload and values are charged with `rep`, fine money: at the
     * plan's prices, or what they cost beyond the band, where that is more */
    bw_wide priced;
} bw_newcomer;

/** What placing them comes to, fine money; the gaps are those of the
 * certificate. */
typedef struct bw_newcomers_sum {
    int32_t placed;
    bw_wide objective_before, bound_before;
    bw_wide objective, bound; /* with those placed, by the plan's bands */
    /* By the bands that planning again would have; where all are placed. */
    bw_wide objective_again, bound_again;
    double gap_before, gap; /* of the two latter; NaN: not all are placed */
    bool outside;           /* a hard limit does not hold */
    bool gap_grew;          /* by more than bw_newcomers_patience */
    bool plan_again;        /* one of the two, or not all are placed */
} bw_newcomers_sum;

/** By so much the gap may grow. */
extern const double bw_newcomers_patience;

typedef struct bw_newcomers {
    bw_scenario *scenario; /* the plan's, and the new file */
    bw_problem *loaded_before, *loaded;
    bw_problem before; /* what the plan solved */
    bw_problem grown;  /* the same with the new accounts behind the others */
    bw_problem again;  /* what planning again would solve; its reach of a
                        * repair, or choice of positions, is the plan's */
    bw_plan_tables *tables;
    bw_verdict *verdict_before; /* of the plan */
    bw_verdict *verdict;        /* of the grown plan */
    const char *file;           /* of the new accounts, as given */
    int32_t first, n;           /* new: [first, first + n) of grown */
    bw_newcomer *line;          /* [n] */
    int32_t *rep;               /* [first + n] */
    uint8_t *split;             /* [n] 1: see BW_SEAT_SPLIT */
    bw_newcomers_sum sum;
    void *arena;
} bw_newcomers;

/**
 * Reads the plan in `dir` and what `file` adds to its accounts, and judges the
 * plan. `guard` is asked once every file that is read is known (NULL: nothing
 * is asked). BW_INVALID: the inputs have changed or have faults, or the plan
 * does not hold; BW_IO. The result is there even then: the caller frees it.
 */
typedef bw_status bw_newcomers_guard(void *data, const bw_scenario *scenario,
                                     bw_diags *diags);
typedef struct bw_newcomers_from {
    const char *dir, *file;
    bool quiet;
    bw_newcomers_guard *guard;
    void *data;
} bw_newcomers_from;
bw_status bw_newcomers_read(const bw_newcomers_from *from, bw_diags *diags,
                            bw_newcomers **result);
void bw_newcomers_free(bw_newcomers *newcomers);

/** newcomers_grow.c: fills `grown`, `again`, `rep` and `split`. */
bw_status bw_newcomers_grow(bw_newcomers *newcomers);
/** newcomers_seat.c: one by one in the order of the file, then `sum`.
 * BW_INVALID, told: sums too large for exact integers. */
bw_status bw_newcomers_seat(bw_newcomers *newcomers, bw_diags *diags);

/** newcomers_show.c: a line per account; all of it as JSON; a few lines for
 * people. */
void bw_newcomers_csv(const bw_newcomers *newcomers, bw_buf *buf);
void bw_newcomers_json(const bw_newcomers *newcomers, bw_buf *buf);
bw_status bw_newcomers_summary(const bw_newcomers *newcomers, bw_buf *buf);
/** newcomers_reason.c: why account `i` of the new ones is there: one sentence.
 */
void bw_newcomers_reason(const bw_newcomers *newcomers, int32_t i, bw_buf *buf);

#endif
