/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The integer program (model.md), in exact integers: units u, reps r, allowed
 * pairs, cost c[u,r], measures q[u,r,k], bands low/high[r,k], prices under and
 * over a band. Filled once, then read-only, so threads may share it.
 *
 *   minimise  sum c[u,r] x[u,r] + sum_r,k under[k] s[r,k] + over[k] t[r,k]
 *   one rep per unit;  low - s <= sum_u q[u,r,k] x[u,r] <= high + t
 *
 * Only the workload varies by rep, so q[u,r,k] = base[u,k] for every other k.
 * Allowed pairs are never kept as an n x m table: a sparse or small set is
 * stored row by row, a large one is computed row by row on demand, exactly the
 * same numbers either way. */
#ifndef BW_INSTANCE_H
#define BW_INSTANCE_H

#include "bw/diag.h"
#include "bw/problem.h"
#include "bw/quantum.h"

enum {
    BW_MEASURES_MAX = 16
};

/** An allowed pair of one unit. */
typedef struct bw_pair {
    int32_t rep;
    int64_t cost; /* c[u,r] before tightening, quanta of money */
    int64_t work; /* q[u,r,workload], quanta of hours; 0 without workload */
} bw_pair;

/** The allowed pairs of a unit, by ascending rep. */
typedef struct bw_row {
    int32_t n;
    const bw_pair *pair; /* [n] */
} bw_row;

/** c[u,r] taken apart, and what the tables print; all quanta. cost =
 * travel + handover + preference + given. */
typedef struct bw_pair_parts {
    int64_t travel, handover, preference, given;
    int64_t travel_hours;
    double km; /* mean road km over the unit's placed accounts; NaN: none */
} bw_pair_parts;

typedef struct bw_instance_measure {
    const char *name;
    int64_t under, over; /* price units per unit of measure; BW_HARD: hard */
    bool tightens;       /* all q of it are >= 0 and over is finite */
} bw_instance_measure;

/** A budget over the moves of a plan: sum over units of b[g,u,r] <= limit. All
 * amounts are quanta.
 *
 * What a plan uses is `least` and a multiple of d, the greatest common divisor
 * of what single reps keep of single units: accounts are counted, so 2.99 of
 * them means 2. B[g] is the greatest such amount within `stated`. The same
 * plans are inside, and the relaxation, which would use all of 2.99, bounds
 * better. The judge computes B[g] again. */
typedef struct bw_instance_budget {
    const char *name;
    int64_t limit;  /* B[g]; of an explicit instance: given as stated, and
                     * lowered */
    int64_t stated; /* what the user allows, and what he is shown; computed */
    int64_t least;  /* what any plan uses: sum over units of the least b over
                     * allowed reps; computed */
} bw_instance_budget;

typedef struct bw_instance {
    const bw_problem *problem; /* borrowed; NULL for an explicit instance */
    int32_t n_units, n_reps, n_measures;
    int32_t workload;             /* measure that varies by rep, or -1 */
    bw_instance_measure *measure; /* [n_measures] */
    int64_t *base;                /* [n_units * n_measures] quanta; at workload:
                                   * the service hours */
    int64_t *low, *high;          /* [n_reps * n_measures] quanta, BW_NO_LOW,
                                   * BW_NO_HIGH */
    int64_t *total;               /* [n_measures] T[k] where a target shares it
                                   * out over all reps, else 0; NULL for an
                                   * explicit instance */
    int32_t *first_account;       /* [n_units + 1] into unit_account */
    int32_t *unit_account;        /* [n_accounts] account numbers by unit */
    int32_t *account_unit;        /* [n_accounts] */
    int32_t *segment;             /* [n_accounts] segment of each account */
    double *calls;                /* [n_accounts] calls a year */
    int64_t *service_hours;       /* [n_accounts] quanta */
    int32_t *cheapest;            /* [n_units] rep of the cheapest pair, the
                                   * lowest of equal ones; -1: no pair */
    int32_t *owner;               /* [n_units] serving rep of the unit today (of
                                   * the largest part of its accounts by count,
                                   * ties to the lowest rep), or -1 */
    /* Budgets. b[g,u,r] = total[u,g] less what rep r keeps: of the unit's
     * accounts that count, those that r owns. */
    int32_t n_budgets;
    bw_instance_budget *budget;  /* [n_budgets] */
    int64_t *budget_total;       /* [n_units * n_budgets] quanta */
    int32_t *keeper_first;       /* [n_units + 1] into keeper */
    int32_t *keeper;             /* reps that own accounts that count, and may
                                  * serve the unit; ascending by unit */
    int64_t *kept;               /* [keepers * n_budgets] quanta */
    int64_t n_pairs;             /* allowed pairs in all */
    bw_wide bound_zero;          /* B at all prices 0: sum over u of its least
                                  * tightened c, fine money */
    bool impossible;             /* proven: the hard bands cannot hold */
    struct bw_pair_store *store; /* private to pair.c */
    void *arena;
} bw_instance;

/**
 * Segments, units, pairs, costs, bands. Faults that concern single accounts or
 * pairs (nobody may serve it, its lock contradicts a rule) become diagnostics:
 * BW_INVALID. Capacity that cannot suffice is not a fault of the input but an
 * answer: capacity-short or budget-short errors, BW_OK, and `impossible` is
 * set.
 */
bw_status bw_instance_new(const bw_problem *problem, bw_diags *diags,
                          bw_instance **instance);
/** Likewise for a problem of which another was made, as a repair does: warnings
 * were told then, errors are told. */
bw_status bw_instance_again(const bw_problem *problem, bw_diags *diags,
                            bw_instance **instance);
void bw_instance_free(bw_instance *instance);

/** Rows as given, for tests and benchmarks that have no tables. Pairs of unit
 * u are pair[first[u] .. first[u+1]), ascending by rep. All arrays are copied.
 */
typedef struct bw_instance_rows {
    int32_t n_units, n_reps, n_measures, workload;
    const bw_instance_measure *measure; /* [n_measures]; tightens is computed */
    const int64_t *base, *low, *high;   /* as in bw_instance */
    const int32_t *owner;               /* [n_units], or NULL: all -1 */
    const int64_t *first;               /* [n_units + 1] */
    const bw_pair *pair;                /* [first[n_units]] */
    int32_t n_budgets;                  /* 0: none of the following is read */
    const bw_instance_budget *budget;
    const int64_t *budget_total;          /* as in bw_instance */
    const int32_t *keeper_first, *keeper; /* pairs with keepers are allowed */
    const int64_t *kept;
} bw_instance_rows;
bw_status bw_instance_from_rows(const bw_instance_rows *rows,
                                bw_instance **instance);

/** All allowed pairs of a unit: a view of the store, or computed into buffer
 * (room for n_reps pairs, the caller's, one per thread). */
bw_row bw_instance_row(const bw_instance *instance, int32_t unit,
                       bw_pair *buffer);

/** How many reps may serve the unit; buffer as above. */
int32_t bw_instance_count(const bw_instance *instance, int32_t unit,
                          bw_pair *buffer);

/** One pair; false where it is not allowed. */
bool bw_instance_pair(const bw_instance *instance, int32_t unit, int32_t rep,
                      bw_pair *pair);

/** The pair's cost taken apart. The pair must be allowed. */
void bw_instance_parts(const bw_instance *instance, int32_t unit, int32_t rep,
                       bw_pair_parts *parts);

/** The sum over all units, each with rep[unit], an allowed pair; km is NaN. */
bw_pair_parts bw_instance_sum_parts(const bw_instance *instance,
                                    const int32_t *rep);

/** The same as bw_instance_parts for one account of a unit: what it adds to the
 * unit's pair. */
void bw_instance_account_parts(const bw_instance *instance, int32_t account,
                               int32_t rep, bw_pair_parts *parts);

/** q[u,r,k] of a pair, before tightening. */
static inline int64_t bw_pair_measure(const bw_instance *instance, int32_t unit,
                                      const bw_pair *pair, int32_t k)
{
    return k == instance->workload
               ? pair->work
               : instance->base[(int64_t)unit * instance->n_measures + k];
}

/** b[g,u,r], quanta. */
static inline int64_t bw_instance_use(const bw_instance *instance, int32_t g,
                                      int32_t unit, int32_t rep)
{
    int32_t n = instance->n_budgets;
    int64_t use = instance->budget_total[(int64_t)unit * n + g];
    for (int32_t i = instance->keeper_first[unit];
         i < instance->keeper_first[unit + 1]; i++)
        if (instance->keeper[i] == rep)
            use -= instance->kept[(int64_t)i * n + g];
    return use;
}

/** What a unit that counts for a budget can use of it, on average, units of
 * measure; 1 where no unit counts. */
double bw_instance_typical_use(const bw_instance *instance, int32_t g);

/** What divides every use of a budget, quanta; 1 where nothing counts. */
int64_t bw_instance_grain(const bw_instance *instance, int32_t g);

/** Prices stand in one array: p[r,k] at rep * n_measures + k, then v[g]. */
static inline int64_t bw_instance_windows(const bw_instance *instance)
{
    return (int64_t)instance->n_reps * instance->n_measures;
}
static inline int64_t bw_instance_prices(const bw_instance *instance)
{
    return bw_instance_windows(instance) + instance->n_budgets;
}

/** under[k] s + over[k] t for one rep and measure at this load, fine money.
 * *outside is set to the amount outside a hard limit, quanta, else 0. */
bw_wide bw_instance_deviation(const bw_instance *instance, int32_t rep,
                              int32_t k, int64_t load, int64_t *outside);

#endif
