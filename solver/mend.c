/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A heap of ways back, the cheapest first: cost for each typical use that it
 * frees. What a way costs changes as others are gone, so the first is looked at
 * anew before it is taken, and put back if it is no longer the first. */
#include "mend.h"

#include <math.h>
#include <stdlib.h>

typedef struct way {
    double key;
    int32_t unit, rep;
} way;

typedef struct mending {
    bw_state *state;
    way *heap;
    int32_t n;
} mending;

static bool exceeds(const bw_state *state, int32_t g)
{
    return state->use[g] > state->net->budget[g].limit;
}

static bool any_exceeded(const bw_state *state)
{
    for (int32_t g = 0; g < state->net->n_budgets; g++)
        if (exceeds(state, g))
            return true;
    return false;
}

static bool before(const way *a, const way *b)
{
    if (a->key != b->key)
        return a->key < b->key;
    return a->unit != b->unit ? a->unit < b->unit : a->rep < b->rep;
}

/* What is freed of exceeded budgets, in typical uses; not more than needed. */
static double freed(const bw_state *state, int32_t unit, int32_t rep)
{
    const bw_net *net = state->net;
    double sum = 0;
    for (int32_t g = 0; g < net->n_budgets; g++) {
        int64_t less =
            bw_instance_use(net->instance, g, unit, state->rep[unit]) -
            bw_instance_use(net->instance, g, unit, rep);
        int64_t above = state->use[g] - net->budget[g].limit;
        if (above <= 0)
            continue;
        sum += (double)(less < above ? less : above) / BW_QUANTA /
               net->budget[g].size;
    }
    return sum;
}

/* The key of a way; false where it frees nothing or does not exist. */
static bool weigh(const bw_state *state, way *w)
{
    int32_t from = state->rep[w->unit];
    int64_t arc = bw_net_arc(state->net, w->unit, w->rep);
    bool in_play = from >= 0 && (!state->active || state->active[w->rep]);
    if (!in_play || from == w->rep || arc < 0)
        return false;
    double gain = freed(state, w->unit, w->rep);
    if (gain <= 0)
        return false;
    double cost = bw_state_change(state, from, -1, state->position[w->unit]) +
                  bw_state_change(state, w->rep, arc, -1);
    w->key = cost / gain;
    return true;
}

static void sink(mending *m, int32_t at)
{
    for (;;) {
        int32_t least = at;
        for (int32_t child = 2 * at + 1; child <= 2 * at + 2; child++)
            if (child < m->n && before(&m->heap[child], &m->heap[least]))
                least = child;
        if (least == at)
            return;
        way swap = m->heap[at];
        m->heap[at] = m->heap[least];
        m->heap[least] = swap;
        at = least;
    }
}

static void drop_first(mending *m)
{
    m->heap[0] = m->heap[--m->n];
    sink(m, 0);
}

static bool collect(mending *m)
{
    const bw_instance *instance = m->state->net->instance;
    int32_t n_ways = instance->keeper_first[instance->n_units];
    m->heap = bw_alloc((size_t)n_ways + 1, sizeof *m->heap);
    if (!m->heap)
        return false;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        for (int32_t i = instance->keeper_first[unit];
             i < instance->keeper_first[unit + 1]; i++) {
            way w = {0, unit, instance->keeper[i]};
            if (weigh(m->state, &w))
                m->heap[m->n++] = w;
        }
    for (int32_t at = m->n / 2; at-- > 0;)
        sink(m, at);
    return true;
}

/* Is what stands first still no dearer than what stands behind it? */
static bool still_first(const mending *m, const way *w)
{
    for (int32_t child = 1; child <= 2 && child < m->n; child++)
        if (before(&m->heap[child], w))
            return false;
    return true;
}

static void go_back(bw_state *state, bw_chains *chains, const way *w)
{
    bw_chains_touch(chains, state->rep[w->unit]);
    bw_chains_touch(chains, w->rep);
    bw_state_move(state, w->unit, bw_net_arc(state->net, w->unit, w->rep));
}

bool bw_mend(bw_state *state, bw_chains *chains)
{
    mending m = {.state = state};
    if (state->no_memory || !any_exceeded(state))
        return false;
    if (!collect(&m)) {
        state->no_memory = true;
        return false;
    }
    while (m.n > 0 && any_exceeded(state) && !state->no_memory) {
        way w = m.heap[0];
        if (!weigh(state, &w)) {
            drop_first(&m);
        } else if (still_first(&m, &w)) {
            drop_first(&m);
            go_back(state, chains, &w);
        } else {
            m.heap[0] = w;
            sink(&m, 0);
        }
    }
    bw_free(m.heap);
    return true;
}
