/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One program (program.h) from end to end, with Z the plan's cost on its
 * scale. The relaxation comes to R; where R is not below Z by more than the
 * least gain, nothing better exists. Otherwise an x[u,r] at 0 whose reduced
 * cost exceeds Z - R less that gain is 0 in every better plan, and an x[u,r]
 * at 1 likewise stays: these are fixed before branch and bound sees the rest,
 * with the plan as its start and Z less the gain as its cutoff. Where all
 * costs are multiples of a step (lattice.h), the least gain is nearly that
 * step. The bound that comes back is R or the tree's, and never above Z. */
#include "core.h"

#include "bw/settings.h"

#include <math.h>

/* Nothing under this share of the scale counts as an improvement. */
static const double least_gain = 1e-6;
/* Of a jump, for each column: measured with 2,000 columns. */
static const int64_t work_of_jump = 80;
/* Short of the step by what the simplex may be wrong. */
static const double near_step = 0.999;

/* Columns that no better plan can use, or must use, by the relaxation's reduced
 * costs; the share of columns that stays open is what is left to search. */
static void fix_columns(bw_program *p, double room)
{
    for (int32_t c = 0; c < p->n_columns; c++) {
        double reduced = bw_mip_reduced_cost(p->mip, c);
        double x = bw_mip_value(p->mip, c);
        if (x < 1e-7 && reduced > room)
            bw_mip_column(p->mip, c, 0, 0, p->cost[c], true);
        else if (x > 1 - 1e-7 && -reduced > room)
            bw_mip_column(p->mip, c, 1, 1, p->cost[c], true);
    }
}

static bw_status take_moves(bw_core *core, const bw_program *p)
{
    core->moves = bw_alloc((size_t)p->n_units, sizeof *core->moves);
    if (!core->moves)
        return BW_NOMEM;
    for (int32_t i = 0; i < p->n_units; i++) {
        int32_t rep = bw_program_choice(p, i);
        if (rep != core->scope.from[p->unit[i]] || core->scope.fresh)
            core->moves[core->n_moves++] = (bw_move){p->unit[i], rep};
    }
    return BW_OK;
}

static bw_status run(bw_core *task, bw_program *p)
{
    bw_mip_limits limits = {.iterations = task->how.iterations,
                            .stop = task->stop};
    bw_mip_state state;
    bw_status status = bw_mip_solve_lp(p->mip, &limits, &state);
    if (status != BW_OK)
        return status;
    double least = fmax(least_gain * p->net->scale, near_step * task->how.step);
    double value = p->value;
    task->value = value;
    task->bound = -INFINITY;
    if (state == BW_MIP_INFEASIBLE)
        task->bound = INFINITY;
    task->solved = state == BW_MIP_INFEASIBLE;
    if (state != BW_MIP_OPTIMAL)
        return BW_OK;
    double relaxed = bw_mip_objective(p->mip);
    if (relaxed >= value - least) {
        task->bound = fmin(relaxed, value);
        task->solved = true;
        return BW_OK;
    }
    if (!(p->net->off & BW_OFF_FIXING))
        fix_columns(p, value - relaxed - least);
    limits.nodes = task->how.nodes;
    limits.start = task->scope.fresh ? NULL : p->start;
    limits.has_cutoff = !task->scope.fresh;
    limits.cutoff = value - least;
    limits.weight = task->how.by_size ? p->weight : NULL;
    limits.depth_first = !task->how.prove;
    status = bw_mip_solve(p->mip, &limits, &state);
    if (status != BW_OK)
        return status;
    task->solved = state == BW_MIP_OPTIMAL || state == BW_MIP_INFEASIBLE;
    task->bound = fmax(relaxed, fmin(bw_mip_bound(p->mip), value));
    if (state != BW_MIP_OPTIMAL && state != BW_MIP_FEASIBLE)
        return BW_OK;
    task->gain = value - bw_mip_objective(p->mip);
    return take_moves(task, p);
}

bw_status bw_core_solve(bw_core *core)
{
    bw_program p;
    bw_status status = bw_program_build(&core->scope, &p);
    if (status == BW_OK)
        status = run(core, &p);
    core->work = bw_program_work(&p);
    /* Best first, nearly every node takes a jump across the tree: bounds and
     * basis are laid anew. */
    if (core->how.prove && p.mip)
        core->work += bw_mip_nodes(p.mip) * p.n_columns * work_of_jump;
    bw_program_free(&p);
    return status;
}
