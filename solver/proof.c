/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof.h"

#include <math.h>
#include <string.h>

enum {
    FIRST_NODES = 1000,
    SURE_WORK = 50000000 /* that attempts may take before anything else */
};

static const double most_share = 0.25, least_closed = 0.02;

bw_proof bw_proof_begin(const bw_net *net)
{
    return (bw_proof){.net = net, .nodes = FIRST_NODES, .share = most_share};
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

double bw_proof_margin(const bw_incumbent *incumbent, double value, double step)
{
    if (!bw_incumbent_good(incumbent))
        return (double)INFINITY;
    return bw_from_fine(incumbent->objective) - value - step +
           1e-6 * (1 + fabs(value));
}

int64_t bw_proof_open_arcs(const bw_net *net, double margin)
{
    int64_t n = 0, n_arcs = net->arcs->first[net->n_units];
    for (int64_t arc = 0; arc < n_arcs; arc++)
        n += net->reduced[arc] <= margin;
    return n;
}

static bw_status solve(void *data, int32_t index, int thread)
{
    (void)index;
    (void)thread;
    return bw_core_solve(data);
}

static bw_status offer(const bw_core *core, bw_incumbent *incumbent,
                       bool *taken)
{
    size_t n = (size_t)core->scope.net->n_units;
    int32_t *rep = bw_alloc(n, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    memcpy(rep, incumbent->rep, n * sizeof *rep);
    for (int32_t i = 0; i < core->n_moves; i++)
        rep[core->moves[i].unit] = core->moves[i].rep;
    *taken = bw_incumbent_offer(incumbent, rep);
    bw_free(rep);
    return BW_OK;
}

/* Money, rounded down by what a floating-point solver may be wrong. */
static bw_wide fine_below(double money)
{
    money -= 1e-7 * (1 + fabs(money));
    return (bw_wide)floor(money * BW_QUANTA) * BW_PRICE_UNIT;
}

/* `before`: the incumbent's objective when the attempt began, which `value` is
 * on the program's own scale. */
static bw_verdict_of_program judge(const bw_core *core, double before)
{
    bw_verdict_of_program v = {.proven = false};
    if (core->scope.fresh) {
        v.impossible = core->solved && core->n_moves == 0;
        return v;
    }
    v.proven = core->solved;
    v.raised = !v.proven && core->bound > -INFINITY;
    if (v.raised)
        v.bound = fine_below(before + core->bound - core->value);
    return v;
}

/* Everything the task needs, in one block: members by rep, the reps. */
static void set_scope(bw_scope *scope, int32_t *space)
{
    int32_t n_reps = scope->net->n_reps;
    int32_t *rep = space + n_reps + 2, *member = rep + n_reps;
    bw_members(scope->net, scope->from, space, member);
    for (int32_t i = 0; i < n_reps; i++)
        rep[i] = i;
    scope->rep = rep;
    scope->n_reps = n_reps;
    scope->member_first = space;
    scope->member = member;
}

bw_status bw_proof_try(bw_proof *proof, bw_work *work, bw_incumbent *incumbent,
                       double margin, bw_verdict_of_program *verdict)
{
    const bw_net *net = proof->net;
    bool good = bw_incumbent_good(incumbent);
    size_t room = 2 * (size_t)net->n_reps + 2 + (size_t)net->n_units;
    int32_t *space = bw_alloc(room, sizeof *space);
    if (!space)
        return BW_NOMEM;
    bw_core core = {.scope = {.net = net,
                              .from = incumbent->rep,
                              .margin = margin,
                              .fresh = !good,
                              .use = incumbent->use,
                              .share = 1},
                    .how = {.nodes = proof->nodes,
                            .step = good ? net->step : 0,
                            .by_size = true,
                            .prove = good},
                    .stop = bw_work_stop(work)};
    set_scope(&core.scope, space);
    bw_status status = bw_work_run(work, 1, solve, &core);
    proof->nodes *= 2;
    proof->spent += core.work;
    *verdict = judge(&core, bw_from_fine(incumbent->objective));
    bool taken = true;
    if (status == BW_OK && core.n_moves > 0)
        status = offer(&core, incumbent, &taken);
    /* What the program took for better may lie outside a limit by less than its
     * tolerance: then nothing is known of plans that do not. */
    verdict->proven &= taken;
    bw_free(core.moves);
    bw_free(space);
    return status;
}
