/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the comparisons of verify share: the two sides, the leeway, and how a
 * difference is told. */
#ifndef BW_VERIFY_PARTS_H
#define BW_VERIFY_PARTS_H

#include "bw/deep.h"
#include "json_place.h"
#include "plan_read.h"

/** Sums over the accounts of a rep, or over all. */
typedef struct bw_verify_sums {
    int64_t accounts, in, out, moved, forced;
    int64_t service_hours, travel_hours, potential; /* quanta */
    bw_wide revenue, revenue_in, revenue_out;       /* quanta */
    bw_wide moved_revenue, forced_revenue, cost;    /* quanta */
    double km;
    int64_t placed; /* accounts that have a distance */
} bw_verify_sums;

typedef enum bw_verify_change {
    BW_VERIFY_KEPT, /* or it had no owner */
    BW_VERIFY_MOVED,
    BW_VERIFY_FORCED
} bw_verify_change;

typedef struct bw_verification {
    const bw_problem *problem;
    bw_plan_tables *tables;
    bw_verdict *verdict;
    bw_claim claim;
    bw_diags *diags;
    int64_t figures;         /* that were compared */
    int64_t rounded;         /* of them: off by no more than the leeway */
    bw_verify_sums *rep;     /* [reps] */
    bw_verify_sums *segment; /* [segments] */
    bw_verify_sums all;
    bw_verify_change *change; /* [accounts] */
    int64_t quanta_leeway;    /* of sums that rest on distances */
    bool starved;             /* memory ran out where no status is returned */
    bw_wide money_leeway; /* of sums of money that rest on them, fine money */
    bw_wide bound; /* the best, as certificate and clusters.csv have it */
    bw_wide bound_leeway;
    int32_t confirmed, refuted; /* of its clusters, solved again */
} bw_verification;

/** Amounts are compared in fine units: those of quanta x BW_PRICE_UNIT, counts
 * x this. */
static const bw_wide bw_verify_one = (bw_wide)BW_QUANTA * BW_PRICE_UNIT;

/** A cell and whose it is: the account's or rep's id. */
typedef struct bw_verify_cell {
    const bw_table *table;
    int64_t row;
    int32_t column; /* -1: the column is not there; nothing is compared */
    const char *whose;
} bw_verify_cell;

/** A place in summary.json: cost.travel, bands.workload.within. */
typedef bw_json_path bw_verify_path;

void bw_verify_text(bw_verification *v, bw_verify_cell cell,
                    const char *expected);
void bw_verify_amount(bw_verification *v, bw_verify_cell cell, bw_wide expected,
                      bw_wide leeway);
/** The cell must be blank. */
void bw_verify_blank(bw_verification *v, bw_verify_cell cell);
/** A number that is there must be this one; blank for NaN. Kilometres. */
void bw_verify_km(bw_verification *v, bw_verify_cell cell, double km);

/** Columns by header; one that is not there is told and becomes -1. */
void bw_verify_columns(bw_verification *v, const bw_table *table,
                       const char *const *header, int n, int32_t *column);

/* verify_accounts.c: assignments.csv; fills the sums. BW_NOMEM. */
bw_status bw_verify_accounts(bw_verification *v);
/* verify_reps.c: territories.csv. BW_NOMEM. */
bw_status bw_verify_reps(bw_verification *v);
/* verify_lists.c: moves.csv, segments.csv, rejected.csv. BW_NOMEM. */
bw_status bw_verify_lists(bw_verification *v);
/* verify_clusters.c: clusters.csv; fills `bound`. */
void bw_verify_clusters(bw_verification *v);
/* Solves the clusters again, where nothing is wrong so far. */
bw_status bw_verify_deeply(bw_verification *v,
                           const bw_deep_settings *settings);
/* verify_frontier.c: frontier.csv and frontier_plans.csv, of a scenario that
 * asks for a curve. BW_IO: one is not there. Needs `bound`. */
bw_status bw_verify_frontier(bw_verification *v, const char *dir);
/* verify_summary.c: summary.json. */
void bw_verify_summary(bw_verification *v);
/* verify_run.c: of summary.json, what tells how the plan was made. */
void bw_verify_run(bw_verification *v);

/** What summary.json says at a key is false, or is not there: "KEY is VALUE,
 * EXPECTED", with the value as it stands there. The rest is a clause:
 * "recomputed 7", "but it must be a number". */
__attribute__((format(printf, 3, 4))) void bw_verify_tell(bw_verification *v,
                                                          bw_verify_path path,
                                                          const char *expected,
                                                          ...);
/** The value there; NULL: none. */
const bw_json *bw_verify_at(const bw_verification *v, bw_verify_path path);

/** What follows the last slash: a folder is written from where it stands. */
const char *bw_verify_base(const char *file);
/** At what leeway sums are compared: exactly, when all that they are sums of
 * were found as they should be. */
int64_t bw_verify_sum_quanta(const bw_verification *v);
bw_wide bw_verify_sum_money(const bw_verification *v);

/** (objective - bound) / max(|objective|, 1), of fine money. */
double bw_verify_gap(bw_wide objective, bw_wide bound);

/** Whether each load of the rep lies in its band, or that of measure k does. */
bool bw_verify_within(const bw_verification *v, int32_t rep, int32_t k);

#endif
