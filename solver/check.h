/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The judge's own view of a problem: numbers per account, units, rows of
 * pairs. Nothing here is seen by the solver, and nothing of the solver is seen
 * here. Letters are those of the model: account, unit, rep, k a measure. */
#ifndef BW_CHECK_PARTS_H
#define BW_CHECK_PARTS_H

#include "bw/alloc.h"
#include "bw/check.h"

enum {
    BW_CHECK_THREADS = 2
};

typedef struct bw_judge {
    bw_verdict verdict; /* first: a verdict is a judge seen from outside */
    bw_arena *arena;
    const bw_problem *problem;
    int32_t n, m, n_measures;    /* accounts, serving reps, balances */
    double *trips;               /* [n] calls / calls-per-trip x 2 */
    int64_t *handover;           /* [n] quanta of money, if it is paid */
    uint8_t *placed;             /* [n] its place is known */
    bw_vec *place, *home;        /* [n], [m] where known */
    const bw_pair_given **given; /* [n + 1] rows of pairs.csv by account */
    int32_t *unit_first;         /* [n_units + 1] into unit_account */
    int32_t *unit_account;       /* [n] */
    int64_t *base;               /* [n_units * n_measures] quanta; at
                                  * workload: service hours */
    int64_t *under, *over;       /* [n_measures] price units */
    bool *tightens;              /* [n_measures] */
    int64_t *price;              /* [m * n_measures + n_budgets] those in
                                  * range */
    int32_t n_budgets;
    int64_t *weight;     /* [n * n_budgets] what an account counts, if it moves
                          * at all: quanta */
    bool *counts_all;    /* [n_budgets] forced moves too */
    double *budget_size; /* [n_budgets] sum of weights */
    uint8_t *keeps;      /* [n] its owner may serve its unit */
    int64_t *stays;      /* [m] scratch, 0 between uses: what of one unit counts
                          * and would stay with its owner */
    int64_t *unit_cost, *unit_work;   /* [n_units] with the rep they have */
    const int32_t *plan;              /* [n] the claimed reps */
    double money_size, *measure_size; /* no sum of quanta can exceed these */
} bw_judge;

/** All reps for one unit. */
typedef struct bw_check_row {
    uint8_t *allowed;     /* [m] */
    int64_t *cost, *work; /* [m] quanta; only where allowed */
    int32_t n_allowed;    /* reps that may have it, whatever `allowed` shows */
    double *base;         /* [n_measures] scratch */
} bw_check_row;

/** What near rows are looked at with: prices, or hours alone. */
typedef struct bw_judge_lens {
    bool work_only;  /* a pair's value is its workload, else c + sum p q */
    double *price;   /* [m * n_measures] money, or hours, per unit */
    double *steep;   /* [m] what a chord of 1 adds each time it is driven */
    double *size;    /* [n_measures] largest |price| */
    double steepest; /* largest |steep| */
} bw_judge_lens;

/* check_data.c, check_segments.c: the problem as numbers. */
bw_status bw_judge_segments(bw_judge *judge, double *calls);
bw_status bw_judge_data(bw_judge *judge, bw_diags *diags, bool *too_large);

/* check_pairs.c */
const bw_pair_given *bw_judge_given(const bw_judge *judge, int32_t account,
                                    int32_t rep);
bool bw_judge_pair(const bw_judge *judge, int32_t account, int32_t rep,
                   const bw_pair_given *given, bw_account_figures *figures);
void bw_judge_why_not(const bw_judge *judge, int32_t account, int32_t rep,
                      char *text, size_t room);
void bw_judge_row(const bw_judge *judge, int32_t unit, bw_check_row *row);
/** Rules and locks, for a pair that pairs.csv does not speak of. */
bool bw_judge_rules_allow(const bw_judge *judge, int32_t account, int32_t rep);

/* check_near.c */
bw_status bw_judge_lens_new(const bw_judge *judge, bool work_only,
                            bw_judge_lens *lens);
void bw_judge_lens_free(bw_judge_lens *lens);
/** The row with all reps of the least value, but not all others. False: it must
 * be made as a whole. */
bool bw_judge_near_row(const bw_judge *judge, const bw_judge_lens *lens,
                       int32_t unit, bw_check_row *row);

/* check_sweep.c: every unit's row once, in two threads; each half adds to its
 * own sum. lens: near rows will do; NULL: whole ones. */
typedef void bw_judge_visit(const bw_judge *judge, int32_t unit,
                            const bw_check_row *row, void *sum);
bw_status bw_judge_sweep(const bw_judge *judge, const bw_judge_lens *lens,
                         bw_judge_visit *visit, void *sum[BW_CHECK_THREADS]);

/* check_bands.c */
bw_status bw_judge_bands(bw_judge *judge, bw_diags *diags, bool *too_large);
/** under s + over t in fine money; *outside: the amount beyond a hard limit,
 * negative below. */
bw_wide bw_judge_deviation(const bw_judge *judge, int32_t rep, int32_t k,
                           int64_t load, int64_t *outside);

/* check_budgets.c */
/** Weights and what is allowed; accounts and units must stand. */
void bw_judge_weights(bw_judge *judge);
/** Who could keep what; then B[g], what the plan uses, and whether that is too
 * much. */
void bw_judge_budgets(bw_judge *judge, bw_diags *diags);
/** What unit adds to budget g with rep. */
int64_t bw_judge_use(const bw_judge *judge, int32_t g, int32_t unit,
                     int32_t rep);

/* check_bound.c */
void bw_judge_prices(bw_judge *judge, const bw_claim *claim, bw_diags *diags);
bw_status bw_judge_bound(bw_judge *judge, const bw_claim *claim,
                         bw_diags *diags);

/** q[u,r,k] of a pair with this work, cut to the band where that is certain to
 * be exceeded; what the excess costs is added to *cost. */
int64_t bw_judge_tight(const bw_judge *judge, int32_t unit, int32_t rep,
                       int32_t k, int64_t work, bw_wide *cost);
/** sum_g v[g] b[g,u,r]; sum_g v[g] limit[g]; fine money. */
bw_wide bw_judge_charge(const bw_judge *judge, int32_t unit, int32_t rep);
bw_wide bw_judge_budgets_back(const bw_judge *judge);
/** c + p q of a pair, tightened. */
bw_wide bw_judge_priced(const bw_judge *judge, int32_t unit, int32_t rep,
                        int64_t cost, int64_t work);
/** What the unit adds to the bound: w[u] + sum min(0, h), or its least. */
bw_wide bw_judge_share(const bw_judge *judge, const bw_claim *claim,
                       int32_t unit, const bw_check_row *row);

/** Where accounts (reps) stand: file and line, for diagnostics. */
bw_place bw_judge_account_place(const bw_judge *judge, int32_t account);
bw_place bw_judge_rep_place(const bw_judge *judge, int32_t rep);

#endif
