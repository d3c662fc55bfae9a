/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A descent ends where neither a chain (chain.h) nor an exchange between two
 * reps (trade.h) lowers sum_r G(r). Chains come first, they are cheap; the
 * reps they changed queue for exchanges, and reps that these change are open
 * for chains again. The first descent does not look at limits of budgets: the
 * prices v stand for them, and what it uses tells whether they are right
 * (tolls.h). Then the plan is brought inside (mend.h), and nothing is taken
 * any more that would exceed one.
 *
 * A kick sends a unit u to a rep r of small d(u,r), mostly for one of r's
 * units, and descends from the reps concerned. The journal undoes all of it
 * where sum G and - sum_g v (use - limit) together, penalties included, have
 * risen. Local optima inside all hard limits are judged by their money alone,
 * so that the best of them is kept even where the penalised optimum lies
 * outside. */
#include "search.h"

#include "mend.h"
#include "random.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double swap_back = 0.7; /* share of kicks that return a unit */

bw_status bw_searcher_new(const bw_net *net, bw_searcher *searcher)
{
    *searcher = (bw_searcher){0};
    bw_status status = bw_state_new(net, &searcher->state);
    if (status == BW_OK)
        status = bw_chains_new(searcher->state, &searcher->chains);
    if (status == BW_OK)
        status = bw_trader_new(net, &searcher->trader);
    size_t n_reps = (size_t)net->n_reps;
    searcher->queue = bw_alloc(n_reps, sizeof *searcher->queue);
    searcher->queued = bw_alloc(n_reps, sizeof *searcher->queued);
    if (status == BW_OK && (!searcher->queue || !searcher->queued))
        status = BW_NOMEM;
    if (status != BW_OK)
        bw_searcher_free(searcher);
    return status;
}

void bw_searcher_free(bw_searcher *searcher)
{
    bw_chains_free(searcher->chains);
    bw_trader_free(searcher->trader);
    bw_free(searcher->queue);
    bw_free(searcher->queued);
    bw_state_free(searcher->state);
    *searcher = (bw_searcher){0};
}

static bool in_play(const bw_hunt *hunt, int32_t rep)
{
    return !hunt->active || hunt->active[rep];
}

static int32_t random_near(const bw_net *net, int32_t unit, uint64_t *random)
{
    const int32_t *near = net->near + (int64_t)unit * net->n_near;
    int32_t n = 0;
    while (n < net->n_near && near[n] >= 0)
        n++;
    double u = bw_random_unit(random);
    return near[(int32_t)(n * u * u)];
}

/* Each choice that differs is taken over with a small chance; half of the time
 * whole reps are drawn instead, so that what fits together comes together. */
static void cross(const bw_net *net, bw_hunt *hunt, uint64_t *random)
{
    double share = hunt->share * bw_random_unit(random);
    bool by_rep = bw_random_unit(random) < 0.5;
    uint64_t salt = bw_random(random);
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        int32_t mine = hunt->rep[unit], theirs = hunt->other[unit];
        if (mine == theirs)
            continue;
        bool take;
        if (by_rep) {
            uint64_t a = salt + (uint64_t)mine, b = salt + (uint64_t)theirs;
            take = bw_random_unit(&a) < share || bw_random_unit(&b) < share;
        } else {
            take = bw_random_unit(random) < share;
        }
        if (take)
            hunt->result[unit] = theirs;
    }
}

static void shake(const bw_net *net, bw_hunt *hunt, uint64_t *random)
{
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        if (bw_random_unit(random) >= hunt->share)
            continue;
        int64_t arc = net->arcs->first[unit] + random_near(net, unit, random);
        int32_t rep = net->arcs->rep[arc];
        if (in_play(hunt, rep) && in_play(hunt, hunt->rep[unit]))
            hunt->result[unit] = rep;
    }
}

static void touch_changed(bw_searcher *s, const bw_hunt *hunt)
{
    const bw_net *net = s->state->net;
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        if (hunt->rep[unit] == hunt->result[unit])
            continue;
        bw_chains_touch(s->chains, hunt->rep[unit]);
        bw_chains_touch(s->chains, hunt->result[unit]);
    }
}

static double outside(const bw_state *state)
{
    const bw_net *net = state->net;
    double sum = 0;
    int64_t n = (int64_t)net->n_reps * net->n_measures;
    for (int64_t at = 0; net->any_hard && at < n; at++) {
        const bw_band *b = &net->band[at];
        double load = (double)state->load[at] / BW_QUANTA;
        int32_t rep = (int32_t)(at / net->n_measures);
        if (state->active && !state->active[rep])
            continue;
        if (b->hard_under && load < b->low)
            sum += b->under * (b->low - load);
        if (b->hard_over && load > b->high)
            sum += b->over * (load - b->high);
    }
    for (int32_t g = 0; g < net->n_budgets; g++) {
        int64_t above = state->use[g] - net->budget[g].limit;
        if (above > 0)
            sum += net->budget[g].over * ((double)above / BW_QUANTA);
    }
    return sum;
}

static void copy_plan(const bw_state *state, const bw_hunt *hunt, int32_t *to)
{
    for (int32_t unit = 0; unit < state->net->n_units; unit++)
        to[unit] = state->rep[unit] >= 0 ? state->rep[unit] : hunt->rep[unit];
}

/* A local optimum was reached; `total` is its cost with the penalty. */
static void judge(bw_searcher *s, bw_hunt *hunt, double total)
{
    double out = outside(s->state), money = total - hunt->hardness * out;
    hunt->n_optima++;
    if (out > 0)
        return;
    hunt->n_good++;
    if (hunt->any_good && money >= hunt->good_money)
        return;
    hunt->any_good = true;
    hunt->good_money = money;
    if (hunt->good)
        copy_plan(s->state, hunt, hunt->good);
}

static int32_t random_unit_in_play(const bw_state *state, uint64_t *random)
{
    for (int tries = 0; tries < 1000; tries++) {
        int32_t unit = bw_random_below(random, state->net->n_units);
        if (state->rep[unit] >= 0)
            return unit;
    }
    return -1;
}

/* Moves a random unit to a rep near it, and mostly one of that rep's back. */
static double kick(bw_searcher *s, const bw_hunt *hunt, uint64_t *random)
{
    bw_state *state = s->state;
    const bw_net *net = state->net;
    int32_t unit = random_unit_in_play(state, random);
    if (unit < 0)
        return 0;
    int64_t arc = net->arcs->first[unit] + random_near(net, unit, random);
    int32_t from = state->rep[unit], to = net->arcs->rep[arc];
    if (to == from || !in_play(hunt, to))
        return 0;
    const bw_slots *slots = &state->slots[to];
    int32_t back = -1;
    if (slots->n > 0 && bw_random_unit(random) < swap_back)
        back = slots->unit[bw_random_below(random, slots->n)];
    double change = bw_state_move(state, unit, arc);
    bw_chains_touch(s->chains, from);
    bw_chains_touch(s->chains, to);
    int64_t return_arc = back >= 0 ? bw_net_arc(net, back, from) : -1;
    if (return_arc >= 0 && net->reduced[return_arc] <= 3 * net->scale)
        change += bw_state_move(state, back, return_arc);
    return change;
}

typedef struct ring {
    int32_t first, n;
} ring;

static void push(bw_searcher *s, ring *r, int32_t rep)
{
    if (s->queued[rep])
        return;
    s->queued[rep] = 1;
    s->queue[(r->first + r->n++) % s->state->net->n_reps] = rep;
}

static int32_t pop(bw_searcher *s, ring *r)
{
    int32_t rep = s->queue[r->first];
    r->first = (r->first + 1) % s->state->net->n_reps;
    r->n--;
    s->queued[rep] = 0;
    return rep;
}

/* Trades of the queued reps with their neighbours until none improves. */
static double trade_queued(bw_searcher *s, const bw_hunt *hunt, ring *r)
{
    double total = 0;
    while (r->n > 0) {
        int32_t a = pop(s, r);
        if (s->state->no_memory || (hunt->stop && atomic_load(hunt->stop)))
            continue;
        const int32_t *near = hunt->regions->neighbour + a * BW_NEIGHBOURS;
        for (int i = 0; i < BW_NEIGHBOURS && near[i] >= 0; i++) {
            if (!in_play(hunt, near[i]))
                continue;
            double change =
                bw_trade(s->trader, s->state, a, near[i], hunt->trade_units);
            if (change < 0) {
                push(s, r, a);
                push(s, r, near[i]);
                bw_chains_touch(s->chains, a);
                bw_chains_touch(s->chains, near[i]);
            }
            total += change;
        }
    }
    return total;
}

/* Chains and trades in turn, until neither improves. The reps that changed
 * stand in the journal from `from` on; where memory is short, some of its units
 * may have no rep. */
static double descend(bw_searcher *s, const bw_hunt *hunt, int32_t from)
{
    bw_state *state = s->state;
    double total = 0;
    for (;;) {
        total += bw_chains_descend(s->chains, hunt->stop);
        if (hunt->trade_units == 0 || state->no_memory)
            return total;
        ring r = {0, 0};
        for (int32_t i = from; i < state->n_journal; i++) {
            push(s, &r, state->journal[i].rep);
            push(s, &r, state->rep[state->journal[i].unit]);
        }
        from = state->n_journal;
        double traded = trade_queued(s, hunt, &r);
        total += traded;
        if (traded == 0)
            return total;
    }
}

static double perturb(bw_searcher *s, bw_hunt *hunt, uint64_t *random)
{
    double total = 0;
    bw_state *state = s->state;
    double least = 1e-9 * state->net->scale;
    for (int32_t i = 0; i < hunt->kicks; i++) {
        if (state->no_memory || (hunt->stop && atomic_load(hunt->stop)))
            break;
        state->n_journal = 0;
        double budgets = bw_state_budgets(state);
        double change = kick(s, hunt, random);
        if (bw_random_unit(random) < 0.5)
            change += kick(s, hunt, random);
        if (state->n_journal == 0)
            continue;
        change += descend(s, hunt, 0);
        change += bw_state_budgets(state) - budgets;
        if (change <= least)
            total += change;
        judge(s, hunt,
              hunt->worth.money + total + (change <= least ? 0 : change));
        if (change > least)
            bw_state_rollback(state, 0);
    }
    return total;
}

bw_status bw_searcher_run(bw_searcher *searcher, bw_hunt *hunt)
{
    bw_state *state = searcher->state;
    const bw_net *net = state->net;
    uint64_t random = hunt->random;
    int64_t work =
        bw_chains_work(searcher->chains) + bw_trader_work(searcher->trader);
    memcpy(hunt->result, hunt->rep,
           (size_t)net->n_units * sizeof *hunt->result);
    if (hunt->other)
        cross(net, hunt, &random);
    else if (hunt->share > 0)
        shake(net, hunt, &random);
    bw_state_harden(state, hunt->hardness);
    state->keeps_budgets = false;
    bw_status status = bw_state_load(state, hunt->result, hunt->active);
    if (status != BW_OK)
        return status;
    if (hunt->whole)
        bw_chains_touch_all(searcher->chains);
    else
        touch_changed(searcher, hunt);
    descend(searcher, hunt, 0);
    if (hunt->whole) {
        ring r = {0, 0};
        for (int32_t rep = 0; hunt->trade_units > 0 && rep < net->n_reps; rep++)
            if (in_play(hunt, rep))
                push(searcher, &r, rep);
        trade_queued(searcher, hunt, &r);
        bw_chains_touch_all(searcher->chains);
        descend(searcher, hunt, state->n_journal);
    }
    if (hunt->use)
        memcpy(hunt->use, state->use,
               (size_t)net->n_budgets * sizeof *hunt->use);
    state->keeps_budgets = true;
    int32_t journal = state->n_journal;
    if (bw_mend(state, searcher->chains))
        descend(searcher, hunt, journal);
    /* From here on `money` carries the penalty; it is taken out at the end. */
    hunt->worth = bw_state_worth(state);
    hunt->worth.money += hunt->hardness * hunt->worth.outside;
    judge(searcher, hunt, hunt->worth.money);
    perturb(searcher, hunt, &random);
    hunt->worth = bw_state_worth(state);
    copy_plan(state, hunt, hunt->result);
    hunt->work = bw_chains_work(searcher->chains) +
                 bw_trader_work(searcher->trader) - work +
                 20 * (int64_t)net->n_units;
    return state->no_memory ? BW_NOMEM : BW_OK;
}
