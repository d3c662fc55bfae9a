/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The seam to an LP and MIP solver; mip_glpk.c is the one behind it. A model
 * belongs to the thread that made it. Aborts of the solver become statuses:
 * afterwards the model can only be freed. Nothing here reads a clock: limits
 * are counts of work, so results are reproducible; `stop` is polled. */
#ifndef BW_MIP_H
#define BW_MIP_H

#include "bw/status.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct bw_mip bw_mip;

typedef enum bw_mip_state {
    BW_MIP_OPTIMAL,    /* proven */
    BW_MIP_FEASIBLE,   /* a solution, a limit was reached */
    BW_MIP_INFEASIBLE, /* proven; with a cutoff: nothing better than it */
    BW_MIP_UNSOLVED    /* a limit was reached, or numerical trouble */
} bw_mip_state;

/** How a column may be fixed at a value; a basis entry. */
typedef enum bw_mip_basis {
    BW_BASIC,
    BW_AT_LOWER,
    BW_AT_UPPER,
    BW_FREE
} bw_mip_basis;

bw_status bw_mip_new(bw_mip **mip);
void bw_mip_free(bw_mip *mip); /* NULL is fine */
/** Releases what the solver keeps for this thread; after the last free. */
void bw_mip_thread_done(void);

/** Adds n rows / columns, returns the first new number (from 0). Bounds are
 * -INFINITY/INFINITY where open; columns start at cost 0, continuous. */
bw_status bw_mip_add_rows(bw_mip *mip, int32_t n, int32_t *first);
bw_status bw_mip_add_columns(bw_mip *mip, int32_t n, int32_t *first);
void bw_mip_row(bw_mip *mip, int32_t row, double low, double high);
/** integer: the column takes whole values inside its bounds. */
void bw_mip_column(bw_mip *mip, int32_t column, double low, double high,
                   double cost, bool integer);
/** The entries of one column, replacing any there were. */
void bw_mip_entries(bw_mip *mip, int32_t column, int32_t n, const int32_t *row,
                    const double *value);
void bw_mip_set_basis(bw_mip *mip, bool of_row, int32_t index,
                      bw_mip_basis status);
bw_mip_basis bw_mip_get_basis(const bw_mip *mip, bool of_row, int32_t index);

/** What one solve may cost and how it goes about it. Zero: no limit. */
typedef struct bw_mip_limits {
    int64_t iterations; /* simplex iterations; in a branch and bound: of the
                         * first relaxation, then of all nodes together */
    int64_t nodes;      /* branch and bound nodes */
    double gap;         /* relative */
    bool dual_simplex;
    double cutoff; /* with has_cutoff: only solutions below it count */
    bool has_cutoff;
    const double *start;     /* [columns] a solution to begin with, or NULL */
    const double *weight;    /* [columns] branch on the largest weight x
                              * (0.1 + distance to the nearest whole number);
                              * NULL: the solver's own rule */
    bool depth_first;        /* look for good solutions; else raise the bound */
    const atomic_int *stop;  /* becomes non-zero: give up; NULL: never */
    bool (*give_up)(void *); /* asked now and then; NULL: never */
    void *give_up_data;
    /* Told when a branch and bound has raised its bound, from the thread that
     * solves; NULL: nobody asks. */
    void (*raised)(void *data, double bound);
    void *raised_data;
} bw_mip_limits;

/** Minimises. LP relaxation (warm from the present basis), then, if asked,
 * branch and bound. BW_INTERNAL when the solver aborted. */
bw_status bw_mip_solve_lp(bw_mip *mip, const bw_mip_limits *limits,
                          bw_mip_state *state);
bw_status bw_mip_solve(bw_mip *mip, const bw_mip_limits *limits,
                       bw_mip_state *state);

double bw_mip_objective(const bw_mip *mip); /* of the last solve */
/** The best bound that the last branch and bound proved. */
double bw_mip_bound(const bw_mip *mip);
double bw_mip_value(const bw_mip *mip, int32_t column); /* of the last solve */
double bw_mip_row_dual(const bw_mip *mip, int32_t row); /* of the last LP */
double bw_mip_reduced_cost(const bw_mip *mip, int32_t column);
int64_t bw_mip_work(const bw_mip *mip);  /* iterations done in all solves */
int64_t bw_mip_nodes(const bw_mip *mip); /* branch and bound nodes likewise */

#endif
