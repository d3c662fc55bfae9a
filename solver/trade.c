/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each side offers the units whose d(u, other) - d(u, own) is least, and of
 * their subsets those that could still pay with the best of the other side.
 * Both lists are sorted. For each S the T that are cheap enough are found by
 * halving and valued all at once: F_a + F_b at the loads after, block by
 * block, k by k. */
#include "trade.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPEN = 24,                    /* units of a rep that are considered */
    SETS = 1 + 24 + 276 + 2024,   /* their subsets of up to three */
    ROOM = (SETS + 15) / 16 * 16, /* whole blocks, the rest is padding */
    BLOCK = 16
};

/* A unit that may leave for the other rep. */
typedef struct offer {
    double dearer; /* d(u, other) - d(u, own) */
    int32_t unit;
    int64_t from, to; /* arcs */
} offer;

/* Subsets of the offers of one rep, by what they cost. */
typedef struct subset {
    double dearer;
    int32_t n;
    uint8_t member[BW_TRADE_UNITS];
} subset;

typedef struct side {
    int32_t n_offers, n_sets;
    offer offer[OPEN];
    subset set[SETS];
    double dearer[ROOM];
    double *change; /* [2 * n_measures][ROOM] of the load of a, then of b */
} side;

struct bw_trader {
    const bw_net *net;
    double least_gain;
    side side[2];
    double value[ROOM];
    int64_t work;
};

bw_status bw_trader_new(const bw_net *net, bw_trader **trader)
{
    *trader = NULL;
    bw_trader *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->least_gain = bw_net_least_gain(net);
    for (int i = 0; i < 2; i++) {
        made->side[i].change = bw_alloc(2 * (size_t)net->n_measures * ROOM,
                                        sizeof *made->side[i].change);
        if (!made->side[i].change) {
            bw_trader_free(made);
            return BW_NOMEM;
        }
    }
    *trader = made;
    return BW_OK;
}

void bw_trader_free(bw_trader *trader)
{
    if (!trader)
        return;
    bw_free(trader->side[0].change);
    bw_free(trader->side[1].change);
    bw_free(trader);
}

int64_t bw_trader_work(const bw_trader *trader)
{
    return trader->work;
}

/* Keeps the OPEN cheapest offers, ascending, ties by unit. */
static void insert(side *s, const offer *o)
{
    int32_t at = s->n_offers;
    while (at > 0 && (s->offer[at - 1].dearer > o->dearer ||
                      (s->offer[at - 1].dearer == o->dearer &&
                       s->offer[at - 1].unit > o->unit)))
        at--;
    if (at == OPEN)
        return;
    if (s->n_offers < OPEN)
        s->n_offers++;
    memmove(&s->offer[at + 1], &s->offer[at],
            (size_t)(s->n_offers - at - 1) * sizeof *o);
    s->offer[at] = *o;
}

static void collect(bw_trader *t, const bw_state *state, side *s, int32_t from,
                    int32_t to)
{
    const bw_net *net = t->net;
    const bw_slots *slots = &state->slots[from];
    s->n_offers = 0;
    for (int32_t slot = 0; slot < slots->n; slot++) {
        int64_t arc = bw_net_arc(net, slots->unit[slot], to);
        if (arc < 0)
            continue;
        offer o = {net->reduced[arc] - slots->own[slot], slots->unit[slot],
                   bw_net_arc(net, slots->unit[slot], from), arc};
        insert(s, &o);
    }
    t->work += 12 * slots->n;
}

/* The least that any subset of the side costs. */
static double least_of(const side *s, int units)
{
    double sum = 0;
    for (int32_t i = 0; i < s->n_offers && i < units; i++)
        sum += fmin(0, s->offer[i].dearer);
    return sum;
}

static int by_cost(const void *x, const void *y)
{
    const subset *s = x, *t = y;
    if (s->dearer != t->dearer)
        return s->dearer < t->dearer ? -1 : 1;
    if (s->n != t->n)
        return s->n - t->n;
    return memcmp(s->member, t->member, sizeof s->member);
}

/* All subsets that extend `set` by offers from `first` on and cost less than
 * `most`; the offers ascend, so the first too dear ends each list, unless
 * cheaper ones could still come with it (they are below 0). */
static void extend(side *s, const subset *set, int32_t first, int units,
                   double most)
{
    s->set[s->n_sets++] = *set;
    if (set->n == units)
        return;
    for (int32_t i = first; i < s->n_offers; i++) {
        subset longer = *set;
        longer.dearer += s->offer[i].dearer;
        longer.member[longer.n++] = (uint8_t)i;
        if (longer.dearer >= most)
            return; /* the rest is at least as dear, and nothing that follows
                     * in a longer set is below 0 either */
        extend(s, &longer, i + 1, units, most);
    }
}

/* The change of loads of every subset; sign: the side's own rep loses. */
static void lay_out(const bw_trader *t, side *s, bool from_a)
{
    int32_t n_measures = t->net->n_measures;
    const double *amount = t->net->arcs->amount;
    qsort(s->set, (size_t)s->n_sets, sizeof *s->set, by_cost);
    int32_t padded = (s->n_sets + BLOCK - 1) / BLOCK * BLOCK;
    for (int32_t i = 0; i < padded; i++) {
        const subset *set = i < s->n_sets ? &s->set[i] : NULL;
        s->dearer[i] = set ? set->dearer : (double)INFINITY;
        for (int32_t k = 0; k < n_measures; k++) {
            double out = 0, in = 0;
            for (int32_t j = 0; set && j < set->n; j++) {
                const offer *o = &s->offer[set->member[j]];
                out += amount[o->from * n_measures + k];
                in += amount[o->to * n_measures + k];
            }
            s->change[(int64_t)k * ROOM + i] = from_a ? -out : in;
            s->change[(int64_t)(n_measures + k) * ROOM + i] =
                from_a ? in : -out;
        }
    }
}

static void add_terms(const bw_weighed *band, const double *restrict change,
                      double load, int32_t n, double *restrict value)
{
    const double low = band->low - load, high = load - band->high;
    const double under = band->under, over = band->over, price = band->price;
    const double base = price * load;
    for (int32_t at = 0; at < n; at += BLOCK)
        for (int i = 0; i < BLOCK; i++) {
            double q = change[at + i];
            double below = under * (low - q), above = over * (high + q);
            double outside = below > above ? below : above;
            outside = outside > 0.0 ? outside : 0.0;
            value[at + i] += outside - price * q - base;
        }
}

typedef struct best {
    double change;
    int32_t s, t;
} best;

/* Sets of b that go with set s of a: those cheap enough, all at once. */
static void match(bw_trader *t, const bw_state *state, const int32_t rep[2],
                  int32_t s, double room, best *found)
{
    const side *a = &t->side[0], *b = &t->side[1];
    int32_t n_measures = t->net->n_measures, low = 0, high = b->n_sets;
    double most = room - a->dearer[s] + found->change;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (b->dearer[middle] < most)
            low = middle + 1;
        else
            high = middle;
    }
    int32_t padded = (low + BLOCK - 1) / BLOCK * BLOCK;
    t->work += 8 + padded * 2 * n_measures;
    for (int32_t i = 0; i < padded; i++)
        t->value[i] = b->dearer[i];
    for (int32_t j = 0; j < 2 * n_measures; j++) {
        int64_t at = (int64_t)rep[j / n_measures] * n_measures + j % n_measures;
        double load = (double)state->load[at] / BW_QUANTA +
                      a->change[(int64_t)j * ROOM + s];
        add_terms(&state->band[at], b->change + (int64_t)j * ROOM, load, padded,
                  t->value);
    }
    double base = a->dearer[s] - state->value[rep[0]] - state->value[rep[1]];
    for (int32_t i = 0; i < low; i++)
        if (base + t->value[i] < found->change)
            *found = (best){base + t->value[i], s, i};
}

/* The best exchange is not looked for among those that fit into budgets: one
 * that does not is none. */
static double apply(const bw_trader *t, bw_state *state, const best *found)
{
    bw_move moves[2 * BW_TRADE_UNITS];
    int64_t arc[2 * BW_TRADE_UNITS];
    int32_t n = 0;
    double change = 0;
    for (int i = 0; i < 2; i++) {
        const side *s = &t->side[i];
        const subset *set = &s->set[i == 0 ? found->s : found->t];
        for (int32_t j = 0; j < set->n; j++) {
            const offer *o = &s->offer[set->member[j]];
            arc[n] = o->to;
            moves[n++] = (bw_move){o->unit, t->net->arcs->rep[o->to]};
        }
    }
    if (!bw_state_fits(state, n, moves))
        return 0;
    for (int32_t i = 0; i < n; i++)
        change += bw_state_move(state, moves[i].unit, arc[i]);
    return change;
}

double bw_trade(bw_trader *t, bw_state *state, int32_t a, int32_t b, int units)
{
    assert(units >= 1 && units <= BW_TRADE_UNITS);
    const int32_t rep[2] = {a, b};
    double room =
        state->value[a] - state->least[a] + state->value[b] - state->least[b];
    for (int i = 0; i < 2; i++)
        collect(t, state, &t->side[i], rep[i], rep[1 - i]);
    double least[2] = {least_of(&t->side[0], units),
                       least_of(&t->side[1], units)};
    for (int i = 0; i < 2; i++) {
        side *s = &t->side[i];
        subset none = {0};
        s->n_sets = 0;
        extend(s, &none, 0, units, room - least[1 - i]);
        lay_out(t, s, i == 0);
        t->work += 60 * s->n_sets;
    }
    best found = {-t->least_gain, -1, -1};
    for (int32_t s = 0; s < t->side[0].n_sets; s++)
        match(t, state, rep, s, room, &found);
    return found.s < 0 ? 0 : apply(t, state, &found);
}
