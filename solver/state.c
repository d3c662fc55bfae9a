/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rep has its units' d(u,r) and q[u,r,k] in arrays of whole blocks, by
 * falling d(u,r), so that the change of G(r) for one unit coming and each of
 * his in turn leaving is a sweep without branches:
 *
 *   F_r(L) = sum_k (max(0, under (low - L), over (L - high)) - p L)
 *
 * Loads and use of budgets are exact integers, and F_r is computed from them
 * anew after every move: nothing drifts. Budgets belong to no rep; they are
 * weighed where a plan as a whole is (bw_state_worth, bw_state_budgets). */
#include "state.h"

#include <assert.h>
#include <string.h>

bw_status bw_state_new(const bw_net *net, bw_state **state)
{
    *state = NULL;
    bw_state *s = bw_alloc(1, sizeof *s);
    if (!s)
        return BW_NOMEM;
    size_t n_reps = (size_t)net->n_reps, n_units = (size_t)net->n_units;
    size_t n_bands = n_reps * (size_t)net->n_measures;
    s->net = net;
    s->band = bw_alloc(n_bands, sizeof *s->band);
    s->slots = bw_alloc(n_reps, sizeof *s->slots);
    s->rep = bw_alloc(n_units, sizeof *s->rep);
    s->position = bw_alloc(n_units, sizeof *s->position);
    s->load = bw_alloc(n_bands, sizeof *s->load);
    s->use = bw_alloc((size_t)net->n_budgets, sizeof *s->use);
    s->value = bw_alloc(n_reps, sizeof *s->value);
    s->least = bw_alloc(n_reps, sizeof *s->least);
    if (!s->band || !s->slots || !s->rep || !s->position || !s->load ||
        !s->use || !s->value || !s->least) {
        bw_state_free(s);
        return BW_NOMEM;
    }
    s->hardness = 1;
    *state = s;
    return BW_OK;
}

void bw_state_free(bw_state *state)
{
    if (!state)
        return;
    for (int32_t rep = 0; state->slots && rep < state->net->n_reps; rep++) {
        bw_free(state->slots[rep].unit);
        bw_free(state->slots[rep].own);
    }
    bw_free(state->band);
    bw_free(state->slots);
    bw_free(state->rep);
    bw_free(state->position);
    bw_free(state->load);
    bw_free(state->use);
    bw_free(state->value);
    bw_free(state->least);
    bw_free(state->journal);
    bw_free(state);
}

/* Room for one more; the amounts are re-laid for the new stride. */
static bool grow(bw_slots *slots, int32_t n_measures)
{
    int32_t room = slots->room * 2 + BW_SLOT_BLOCK;
    size_t columns = 1 + (size_t)n_measures;
    size_t scratch = 2; /* zero, by bw_alloc */
    double *own = bw_alloc((size_t)room * (columns + scratch), sizeof *own);
    int32_t *unit = bw_realloc(slots->unit, (size_t)room, sizeof *unit);
    if (unit)
        slots->unit = unit;
    if (!own || !unit) {
        bw_free(own);
        return false;
    }
    for (size_t c = 0; c < columns && slots->n > 0; c++)
        memcpy(own + c * (size_t)room, slots->own + c * (size_t)slots->room,
               (size_t)slots->n * sizeof *own);
    bw_free(slots->own);
    slots->own = own;
    slots->amount = own + room;
    slots->best = own + (size_t)room * columns;
    slots->from = slots->best + room;
    slots->room = room;
    return true;
}

/* Moves what is in a slot. */
static void copy_slot(bw_state *state, bw_slots *slots, int32_t from,
                      int32_t to)
{
    slots->unit[to] = slots->unit[from];
    slots->own[to] = slots->own[from];
    for (int32_t k = 0; k < state->net->n_measures; k++) {
        double *amount = slots->amount + (int64_t)k * slots->room;
        amount[to] = amount[from];
    }
    state->position[slots->unit[to]] = to;
}

/* Counts (sign 1) or no longer counts (-1) what the unit uses with rep. */
static void count_use(bw_state *state, int32_t unit, int32_t rep, int sign)
{
    for (int32_t g = 0; g < state->net->n_budgets; g++)
        state->use[g] +=
            sign * bw_instance_use(state->net->instance, g, unit, rep);
}

static void put(bw_state *state, int32_t unit, int64_t arc)
{
    const bw_net *net = state->net;
    int32_t rep = net->arcs->rep[arc], n_measures = net->n_measures;
    bw_slots *slots = &state->slots[rep];
    if (slots->n == slots->room && !grow(slots, n_measures)) {
        state->no_memory = true;
        return;
    }
    int32_t slot = slots->n++;
    for (; slot > 0 && slots->own[slot - 1] < net->reduced[arc]; slot--)
        copy_slot(state, slots, slot - 1, slot);
    slots->unit[slot] = unit;
    slots->own[slot] = net->reduced[arc];
    for (int32_t k = 0; k < n_measures; k++) {
        slots->amount[(int64_t)k * slots->room + slot] =
            net->arcs->amount[arc * n_measures + k];
        state->load[(int64_t)rep * n_measures + k] +=
            bw_net_quanta(net, arc, k);
    }
    count_use(state, unit, rep, 1);
    state->rep[unit] = rep;
    state->position[unit] = slot;
}

static void take(bw_state *state, int32_t unit)
{
    const bw_net *net = state->net;
    int32_t rep = state->rep[unit], n_measures = net->n_measures;
    int64_t arc = bw_net_arc(net, unit, rep);
    bw_slots *slots = &state->slots[rep];
    slots->n--;
    for (int32_t slot = state->position[unit]; slot < slots->n; slot++)
        copy_slot(state, slots, slot + 1, slot);
    for (int32_t k = 0; k < n_measures; k++)
        state->load[(int64_t)rep * n_measures + k] -=
            bw_net_quanta(net, arc, k);
    count_use(state, unit, rep, -1);
    state->rep[unit] = -1;
}

static double now_of(const bw_state *state, int32_t rep)
{
    double sum = 0;
    for (int32_t k = 0; k < state->net->n_measures; k++) {
        int64_t at = (int64_t)rep * state->net->n_measures + k;
        sum += bw_weigh(&state->band[at], (double)state->load[at] / BW_QUANTA);
    }
    return sum;
}

void bw_state_harden(bw_state *state, double factor)
{
    const bw_net *net = state->net;
    state->hardness = factor;
    for (int32_t rep = 0; rep < net->n_reps; rep++) {
        state->least[rep] = 0;
        for (int32_t k = 0; k < net->n_measures; k++) {
            int64_t at = (int64_t)rep * net->n_measures + k;
            const bw_band *b = &net->band[at];
            state->band[at] = (bw_weighed){
                b->low, b->high, b->hard_under ? b->under * factor : b->under,
                b->hard_over ? b->over * factor : b->over, b->price};
            if (b->price != 0)
                state->least[rep] -=
                    b->price * (b->price > 0 ? b->high : b->low);
        }
        state->value[rep] = now_of(state, rep);
    }
}

bw_status bw_state_load(bw_state *state, const int32_t *rep,
                        const uint8_t *active)
{
    const bw_net *net = state->net;
    state->active = active;
    state->n_journal = 0;
    for (int32_t r = 0; r < net->n_reps; r++)
        state->slots[r].n = 0;
    memset(state->load, 0,
           (size_t)net->n_reps * (size_t)net->n_measures * sizeof *state->load);
    for (int32_t g = 0; g < net->n_budgets; g++)
        state->use[g] = 0;
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        state->rep[unit] = -1;
        if (active && !active[rep[unit]]) {
            count_use(state, unit, rep[unit], 1);
            continue;
        }
        int64_t arc = bw_net_arc(net, unit, rep[unit]);
        assert(arc >= 0);
        put(state, unit, arc);
    }
    bw_state_harden(state, state->hardness);
    return state->no_memory ? BW_NOMEM : BW_OK;
}

static void write_down(bw_state *state, int32_t unit)
{
    if (state->n_journal == state->journal_room) {
        int32_t room = state->journal_room * 2 + 64;
        bw_move *longer =
            bw_realloc(state->journal, (size_t)room, sizeof *longer);
        if (!longer) {
            state->no_memory = true;
            return;
        }
        state->journal = longer;
        state->journal_room = room;
    }
    state->journal[state->n_journal++] = (bw_move){unit, state->rep[unit]};
}

static double shift(bw_state *state, int32_t unit, int64_t arc)
{
    int32_t from = state->rep[unit], to = state->net->arcs->rep[arc];
    double change = state->net->reduced[arc] -
                    state->slots[from].own[state->position[unit]] -
                    state->value[from] - state->value[to];
    take(state, unit);
    put(state, unit, arc);
    state->value[from] = now_of(state, from);
    state->value[to] = now_of(state, to);
    return change + state->value[from] + state->value[to];
}

double bw_state_move(bw_state *state, int32_t unit, int64_t arc)
{
    assert(state->rep[unit] != state->net->arcs->rep[arc]);
    write_down(state, unit);
    if (state->no_memory)
        return 0;
    return shift(state, unit, arc);
}

void bw_state_rollback(bw_state *state, int32_t length)
{
    while (state->n_journal > length && !state->no_memory) {
        bw_move back = state->journal[--state->n_journal];
        shift(state, back.unit, bw_net_arc(state->net, back.unit, back.rep));
    }
}

static double above_limit(const bw_state *state, int32_t g)
{
    int64_t above = state->use[g] - state->net->budget[g].limit;
    return above > 0 ? (double)above / BW_QUANTA : 0;
}

double bw_state_budgets(const bw_state *state)
{
    const bw_net *net = state->net;
    double sum = 0;
    for (int32_t g = 0; g < net->n_budgets; g++) {
        const bw_net_budget *b = &net->budget[g];
        sum -= b->price * ((double)(state->use[g] - b->limit) / BW_QUANTA);
        sum += state->hardness * b->over * above_limit(state, g);
    }
    return sum;
}

bool bw_state_fits(const bw_state *state, int32_t n, const bw_move *moves)
{
    const bw_net *net = state->net;
    for (int32_t g = 0; g < net->n_budgets && state->keeps_budgets; g++) {
        int64_t use = state->use[g], limit = net->budget[g].limit;
        for (int32_t i = 0; i < n; i++) {
            int32_t unit = moves[i].unit;
            use += bw_instance_use(net->instance, g, unit, moves[i].rep) -
                   bw_instance_use(net->instance, g, unit, state->rep[unit]);
        }
        if (use > limit && use > state->use[g])
            return false;
    }
    return true;
}

bw_worth bw_state_worth(const bw_state *state)
{
    const bw_net *net = state->net;
    bw_worth worth = {0, 0};
    for (int32_t rep = 0; rep < net->n_reps; rep++) {
        const bw_slots *slots = &state->slots[rep];
        for (int32_t slot = 0; slot < slots->n; slot++)
            worth.money += slots->own[slot];
        for (int32_t k = 0; k < net->n_measures; k++) {
            int64_t at = (int64_t)rep * net->n_measures + k;
            const bw_band *b = &net->band[at];
            double load = (double)state->load[at] / BW_QUANTA;
            double below = b->low - load, above = load - b->high;
            worth.money -= b->price * load;
            if (below > 0)
                *(b->hard_under ? &worth.outside : &worth.money) +=
                    b->under * below;
            if (above > 0)
                *(b->hard_over ? &worth.outside : &worth.money) +=
                    b->over * above;
        }
    }
    for (int32_t g = 0; g < net->n_budgets; g++) {
        const bw_net_budget *b = &net->budget[g];
        worth.money -=
            b->price * ((double)(state->use[g] - b->limit) / BW_QUANTA);
        worth.outside += b->over * above_limit(state, g);
    }
    worth.money += net->base;
    return worth;
}

double bw_state_change(const bw_state *state, int32_t rep, int64_t arc,
                       int32_t out)
{
    const bw_net *net = state->net;
    const bw_slots *slots = &state->slots[rep];
    double change = -state->value[rep];
    if (arc >= 0)
        change += net->reduced[arc];
    if (out >= 0)
        change -= slots->own[out];
    for (int32_t k = 0; k < net->n_measures; k++) {
        int64_t at = (int64_t)rep * net->n_measures + k;
        double load = (double)state->load[at] / BW_QUANTA;
        if (arc >= 0)
            load += net->arcs->amount[arc * net->n_measures + k];
        if (out >= 0)
            load -= slots->amount[(int64_t)k * slots->room + out];
        change += bw_weigh(&state->band[at], load);
    }
    return change;
}

static void begin_changes(double base, const double *restrict own, int32_t n,
                          double *restrict cost)
{
    for (int32_t at = 0; at < n; at += BW_SLOT_BLOCK)
        for (int i = 0; i < BW_SLOT_BLOCK; i++)
            cost[at + i] = base - own[at + i];
}

/* Adds the terms of one measure, block by block: a trip count known at compile
 * time and selections without side effects are what the vectoriser wants. */
static void add_terms(const bw_weighed *band, const double *restrict amount,
                      double load, int32_t n, double *restrict cost)
{
    const double low = band->low - load, high = load - band->high;
    const double under = band->under, over = band->over;
    const double price = band->price;
    const double base = price * load;
    for (int32_t at = 0; at < n; at += BW_SLOT_BLOCK) {
        const double *restrict q = amount + at;
        double *restrict sum = cost + at;
        for (int i = 0; i < BW_SLOT_BLOCK; i++) {
            double below = under * (low + q[i]);
            double above = over * (high - q[i]);
            double outside = below > above ? below : above;
            outside = outside > 0.0 ? outside : 0.0;
            sum[i] += outside + price * q[i] - base;
        }
    }
}

void bw_state_changes(const bw_state *state, int64_t arc, double base,
                      int32_t n, double *cost)
{
    const bw_net *net = state->net;
    int32_t rep = net->arcs->rep[arc];
    const bw_slots *slots = &state->slots[rep];
    base += net->reduced[arc] - state->value[rep];
    begin_changes(base, slots->own, n, cost);
    for (int32_t k = 0; k < net->n_measures; k++) {
        int64_t at = (int64_t)rep * net->n_measures + k;
        double load = (double)state->load[at] / BW_QUANTA +
                      net->arcs->amount[arc * net->n_measures + k];
        add_terms(&state->band[at], slots->amount + (int64_t)k * slots->room,
                  load, n, cost);
    }
}
