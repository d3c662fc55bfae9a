/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only where every allowed pair has an arc: then what a program of the search
 * proves holds for all plans, and reps that share no unit are components,
 * proven apart. Their prices prove value[c]; the plan there costs Z[c]. A plan
 * with x[u,r] = 1 costs value[c] + d(u,r) at least, so that pairs with d(u,r)
 * above Z[c] - value[c] are out. Where few enough are left, branch and bound
 * on the others (core.h) raises the component's bound, or finds a better plan,
 * or ends: then it is proven. Each attempt has twice the nodes of the one
 * before; together they take a share of all work, which falls while they
 * hardly close anything. A bound of floating point counts less what it may be
 * wrong. */
#include "proof.h"

#include <math.h>
#include <string.h>

enum {
    FIRST_NODES = 1000, /* shared by the components */
    LEAST_NODES = 100,
    SURE_WORK = 50000000, /* that attempts may take before anything else */
    PROVABLE_ARCS = 4000  /* a component with so many open columns is given to
                           * branch and bound */
};

static const double most_share = 0.25, least_closed = 0.02;

void bw_proof_free(bw_proof *proof)
{
    if (!proof)
        return;
    bw_components_free(proof->components);
    bw_free(proof->part);
    bw_free(proof->cost);
    bw_free(proof->bound);
    bw_free(proof->closed);
    bw_free(proof);
}

/* Money, rounded down by what a floating-point solver may be wrong. */
static bw_wide fine_below(double money)
{
    money -= 1e-7 * (1 + fabs(money));
    return (bw_wide)floor(money * BW_QUANTA) * BW_PRICE_UNIT;
}

static bw_status make_parts(bw_proof *proof)
{
    bw_status status = bw_components_new(proof->net, &proof->components);
    if (status != BW_OK)
        return status;
    int32_t n = proof->components->n;
    proof->part = bw_alloc((size_t)n, sizeof *proof->part);
    proof->cost = bw_alloc((size_t)n, sizeof *proof->cost);
    proof->bound = bw_alloc((size_t)n, sizeof *proof->bound);
    proof->closed = bw_alloc((size_t)n, sizeof *proof->closed);
    if (!proof->part || !proof->cost || !proof->bound || !proof->closed)
        return BW_NOMEM;
    int64_t nodes = FIRST_NODES / n;
    for (int32_t c = 0; c < n; c++) {
        proof->part[c].nodes = nodes > LEAST_NODES ? nodes : LEAST_NODES;
        proof->part[c].bound = fine_below(proof->components->value[c]);
    }
    return BW_OK;
}

bw_status bw_proof_new(const bw_net *net, bw_proof **proof)
{
    *proof = NULL;
    bw_proof *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->share = most_share;
    bw_status status = net->arcs->all ? make_parts(made) : BW_OK;
    if (status == BW_OK)
        *proof = made;
    else
        bw_proof_free(made);
    return status;
}

/* --- fixing --- */

static void set_margin(bw_proof *proof, int32_t c)
{
    bw_proof_part *part = &proof->part[c];
    double value = proof->components->value[c];
    part->margin = part->now.outside > 0 ? (double)INFINITY
                                         : bw_from_fine(part->now.objective) -
                                               value + 1e-6 * (1 + fabs(value));
    part->open_arcs = 0;
}

static void count_open(bw_proof *proof)
{
    const bw_net *net = proof->net;
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        bw_proof_part *part =
            &proof->part[bw_component_of(proof->components, net, unit)];
        for (int64_t arc = net->arcs->first[unit];
             arc < net->arcs->first[unit + 1]; arc++)
            part->open_arcs += net->reduced[arc] <= part->margin;
    }
}

/* Fixes again if any part of the incumbent has changed. */
static void fix(bw_proof *proof, const bw_incumbent *incumbent)
{
    const bw_components *components = proof->components;
    bw_incumbent_by_part(incumbent, components->of_rep, components->n,
                         proof->cost);
    bool changed = !proof->any;
    for (int32_t c = 0; c < components->n; c++) {
        const bw_part_cost *was = &proof->part[c].now, *is = &proof->cost[c];
        changed = changed || was->objective != is->objective ||
                  was->outside != is->outside;
        proof->part[c].now = *is;
    }
    if (!changed)
        return;
    proof->any = true;
    for (int32_t c = 0; c < components->n; c++)
        set_margin(proof, c);
    count_open(proof);
}

bool bw_proof_due(const bw_proof *proof, int64_t spent)
{
    return (double)proof->spent <= (double)spent * proof->share + SURE_WORK;
}

void bw_proof_left(bw_proof *proof, double part)
{
    bool pays = part < 1 - least_closed;
    proof->share = fmin(most_share, proof->share * (pays ? 2 : 0.5));
}

static bool ready(const bw_proof_part *part)
{
    return !part->proven && part->open_arcs <= PROVABLE_ARCS;
}

bool bw_proof_ready(bw_proof *proof, const bw_incumbent *incumbent)
{
    if (!proof->components || !incumbent->any)
        return false;
    fix(proof, incumbent);
    for (int32_t c = 0; c < proof->components->n; c++)
        if (ready(&proof->part[c]))
            return true;
    return false;
}

/* --- an attempt --- */

typedef struct attempt {
    bw_proof *proof;
    int32_t *task;    /* [n] component of each */
    bw_core *core;    /* [n] */
    int32_t *members; /* by rep: first[n_reps + 2], member[n_units] */
    bw_move *moves;   /* [n_units] of all tasks */
    int32_t n, n_moves;
} attempt;

static bw_status solve(void *data, int32_t index, int thread)
{
    attempt *a = data;
    (void)thread;
    return bw_core_solve(&a->core[index]);
}

static bw_status prepare(attempt *a, const bw_work *work,
                         const bw_incumbent *incumbent)
{
    const bw_proof *proof = a->proof;
    const bw_net *net = proof->net;
    const bw_components *components = proof->components;
    size_t n = (size_t)components->n, n_units = (size_t)net->n_units;
    a->task = bw_alloc(n, sizeof *a->task);
    a->core = bw_alloc(n, sizeof *a->core);
    a->members =
        bw_alloc((size_t)net->n_reps + 2 + n_units, sizeof *a->members);
    a->moves = bw_alloc(n_units, sizeof *a->moves);
    if (!a->task || !a->core || !a->members || !a->moves)
        return BW_NOMEM;
    int32_t *member = a->members + net->n_reps + 2;
    bw_members(net, incumbent->rep, a->members, member);
    for (int32_t c = 0; c < components->n; c++) {
        const bw_proof_part *part = &proof->part[c];
        bool good = part->now.outside == 0;
        if (!ready(part))
            continue;
        a->task[a->n] = c;
        a->core[a->n++] = (bw_core){
            .scope = {.net = net,
                      .from = incumbent->rep,
                      .member_first = a->members,
                      .member = member,
                      .rep = components->rep + components->first[c],
                      .n_reps = components->first[c + 1] - components->first[c],
                      .margin = part->margin,
                      .fresh = !good,
                      .use = incumbent->use,
                      .share = 1},
            .how = {.nodes = part->nodes,
                    .step = good ? net->step : 0,
                    .by_size = true,
                    .prove = good},
            .stop = bw_work_stop(work)};
    }
    return BW_OK;
}

/* Takes over what one task told; moves are kept until all have spoken. */
static void take(attempt *a, int32_t i, bool *impossible)
{
    bw_core *core = &a->core[i];
    bw_proof_part *part = &a->proof->part[a->task[i]];
    part->nodes *= 2;
    a->proof->spent += core->work;
    for (int32_t j = 0; j < core->n_moves; j++)
        a->moves[a->n_moves++] = core->moves[j];
    if (core->scope.fresh) {
        *impossible |= core->solved && core->n_moves == 0;
        return;
    }
    part->proven = core->solved;
    if (core->bound == -(double)INFINITY)
        return;
    double before = bw_from_fine(part->now.objective);
    bw_wide bound = fine_below(before + core->bound - core->value);
    if (bound > part->bound)
        part->bound = bound;
}

/* What a program took for better may lie outside a limit by less than its
 * tolerance: then nothing is known of plans that do not. */
static void doubt(attempt *a)
{
    for (int32_t i = 0; i < a->n; i++)
        if (a->core[i].n_moves > 0)
            a->proof->part[a->task[i]].proven = false;
}

static bw_status offer(attempt *a, bw_incumbent *incumbent)
{
    size_t n = (size_t)a->proof->net->n_units;
    int32_t *rep = bw_alloc(n, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    memcpy(rep, incumbent->rep, n * sizeof *rep);
    for (int32_t i = 0; i < a->n_moves; i++)
        rep[a->moves[i].unit] = a->moves[i].rep;
    if (!bw_incumbent_offer(incumbent, rep))
        doubt(a);
    bw_free(rep);
    return BW_OK;
}

static void release(attempt *a)
{
    for (int32_t i = 0; a->core && i < a->n; i++)
        bw_free(a->core[i].moves);
    bw_free(a->task);
    bw_free(a->core);
    bw_free(a->members);
    bw_free(a->moves);
}

bw_status bw_proof_try(bw_proof *proof, bw_work *work, bw_incumbent *incumbent,
                       bool *impossible)
{
    attempt a = {.proof = proof};
    *impossible = false;
    bw_status status = prepare(&a, work, incumbent);
    if (status == BW_OK)
        status = bw_work_run(work, a.n, solve, &a);
    if (status == BW_OK) {
        for (int32_t i = 0; i < a.n; i++)
            take(&a, i, impossible);
        if (a.n_moves > 0 && !*impossible)
            status = offer(&a, incumbent);
    }
    release(&a);
    return status;
}

/* --- what came out --- */

/* Other plans of a component differ from this one by a multiple of the step. */
static bw_wide whole_steps(bw_wide bound, bw_wide objective, bw_wide step)
{
    return step > 0 ? objective - (objective - bound) / step * step : bound;
}

bool bw_proof_complete(const bw_proof *proof)
{
    for (int32_t c = 0; proof->components && c < proof->components->n; c++)
        if (!proof->part[c].proven)
            return false;
    return proof->components;
}

bw_searched bw_proof_found(bw_proof *proof, const bw_incumbent *incumbent,
                           bw_wide step)
{
    const bw_components *components = proof->components;
    bw_incumbent_by_part(incumbent, components->of_rep, components->n,
                         proof->cost);
    for (int32_t c = 0; c < components->n; c++) {
        const bw_proof_part *part = &proof->part[c];
        bw_wide most = proof->cost[c].objective;
        proof->bound[c] = part->proven || part->bound > most
                              ? most
                              : whole_steps(part->bound, most, step);
        proof->closed[c] = part->proven;
    }
    return (bw_searched){.n_clusters = components->n,
                         .cluster = components->of_rep,
                         .bound = proof->bound,
                         .closed = proof->closed};
}
