/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Among the units that are split in the relaxation of the set's program, the
 * one with the largest size x (1/2 + its largest x[u,r]) is next: large units
 * decide, and what is nearly whole costs little to settle. Its largest x[u,r]
 * gets 1 as its lower bound; for large units each x[u,r] above 0 is tried
 * first, by a few steps of the dual simplex from the saved basis, and the one
 * with the least objective is taken. Where hard limits leave no solution the
 * dive ends early, and every unit goes where most of it was. */
#include "dive.h"

#include <math.h>

static const double whole = 1e-6; /* distance from 0 or 1 that counts as none */

typedef struct diver {
    bw_dive *task;
    bw_program p;
    uint8_t *basis;   /* [rows + columns] saved while a choice is tried */
    uint8_t *settled; /* [units with a choice] */
    int32_t n_rows, n_all;
} diver;

static double value_of(const diver *d, int32_t column)
{
    return bw_mip_value(d->p.mip, column);
}

static void keep_basis(diver *d)
{
    for (int32_t i = 0; i < d->n_rows; i++)
        d->basis[i] = (uint8_t)bw_mip_get_basis(d->p.mip, true, i);
    for (int32_t i = 0; i < d->n_all; i++)
        d->basis[d->n_rows + i] = (uint8_t)bw_mip_get_basis(d->p.mip, false, i);
}

static void restore_basis(diver *d)
{
    for (int32_t i = 0; i < d->n_rows; i++)
        bw_mip_set_basis(d->p.mip, true, i, (bw_mip_basis)d->basis[i]);
    for (int32_t i = 0; i < d->n_all; i++)
        bw_mip_set_basis(d->p.mip, false, i,
                         (bw_mip_basis)d->basis[d->n_rows + i]);
}

/* The split unit whose settling matters most; -1: none is split. */
static int32_t next_unit(const diver *d)
{
    int32_t best = -1;
    double most = -1;
    for (int32_t i = 0; i < d->p.n_units; i++) {
        double largest = 0;
        for (int32_t c = d->p.first[i]; c < d->p.first[i + 1]; c++)
            largest = fmax(largest, value_of(d, c));
        double score = d->p.net->size[d->p.unit[i]] * (0.5 + largest);
        if (!d->settled[i] && largest < 1 - whole && score > most) {
            most = score;
            best = i;
        }
    }
    return best;
}

static int32_t largest_part(const diver *d, int32_t i)
{
    int32_t best = d->p.first[i];
    for (int32_t c = d->p.first[i]; c < d->p.first[i + 1]; c++)
        if (value_of(d, c) > value_of(d, best))
            best = c;
    return best;
}

static void set_low(const diver *d, int32_t column, double low)
{
    bw_mip_column(d->p.mip, column, low, 1, d->p.cost[column], true);
}

static bw_status try_choice(diver *d, int32_t column, double *objective)
{
    bw_mip_limits limits = {.iterations = d->task->trial_iterations,
                            .dual_simplex = true,
                            .stop = d->task->stop};
    bw_mip_state state;
    set_low(d, column, 1);
    bw_status status = bw_mip_solve_lp(d->p.mip, &limits, &state);
    *objective = state == BW_MIP_INFEASIBLE ? (double)INFINITY
                                            : bw_mip_objective(d->p.mip);
    set_low(d, column, 0);
    restore_basis(d);
    return status;
}

/* The part of the unit that leaves the relaxation cheapest. */
static bw_status best_choice(diver *d, int32_t i, int32_t *column)
{
    enum {
        PARTS = 8
    };
    int32_t part[PARTS], n = 0;
    for (int32_t c = d->p.first[i]; c < d->p.first[i + 1] && n < PARTS; c++)
        if (value_of(d, c) > whole)
            part[n++] = c;
    keep_basis(d);
    double least = (double)INFINITY;
    bw_status status = BW_OK;
    for (int32_t j = 0; j < n && status == BW_OK; j++) {
        double objective;
        status = try_choice(d, part[j], &objective);
        if (objective < least) {
            least = objective;
            *column = part[j];
        }
    }
    return status;
}

static bw_status settle(diver *d)
{
    bw_dive *task = d->task;
    bw_mip_limits limits = {.stop = task->stop};
    bw_mip_state state;
    bw_status status = bw_mip_solve_lp(d->p.mip, &limits, &state);
    limits.dual_simplex = true;
    while (status == BW_OK && state == BW_MIP_OPTIMAL &&
           atomic_load(task->stop) == 0) {
        int32_t i = next_unit(d);
        task->complete = i < 0;
        if (i < 0)
            break;
        int32_t column = largest_part(d, i);
        if (d->p.net->size[d->p.unit[i]] > task->trial_size)
            status = best_choice(d, i, &column);
        if (status != BW_OK)
            break;
        d->settled[i] = 1;
        set_low(d, column, 1);
        status = bw_mip_solve_lp(d->p.mip, &limits, &state);
    }
    return status;
}

bw_status bw_dive_run(bw_dive *dive)
{
    diver d = {.task = dive};
    bw_status status = bw_program_build(&dive->scope, &d.p);
    d.n_rows = d.p.n_rows;
    d.n_all = d.p.n_all;
    d.basis = bw_alloc((size_t)d.n_rows + (size_t)d.n_all, sizeof *d.basis);
    d.settled = bw_alloc((size_t)d.p.n_units, sizeof *d.settled);
    if (status == BW_OK && (!d.basis || !d.settled))
        status = BW_NOMEM;
    if (status == BW_OK)
        status = settle(&d);
    for (int32_t i = 0; status == BW_OK && i < d.p.n_units; i++)
        dive->result[d.p.unit[i]] = bw_program_choice(&d.p, i);
    dive->work = bw_program_work(&d.p);
    bw_free(d.basis);
    bw_free(d.settled);
    bw_program_free(&d.p);
    return status;
}
