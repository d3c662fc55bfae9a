/* SPDX-License-Identifier: GPL-3.0-or-later */
/* d(u,r) = c + sum_k p q + sum_g v b - w[u], once for each arc, w[u] being the
 * least over the unit's arcs; from it the near lists, both ways. A hard limit
 * gets under and over that the search can pay and scale, made of the prices p
 * of its measure and of a part of a unit's mean cost. Where tolls change v, all
 * that follows from d is made again in place. */
#include "net.h"

#include "random.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEAR = 8,              /* near arcs of a unit */
    PLACES_MOST = 16000000 /* entries of the table of places */
};

static const double far_away = 1e300;

static void *array(bw_net *net, size_t count, size_t size)
{
    return bw_arena_alloc(net->arena, count, size);
}

/* Mean size of what an arc adds to measure k; 0 without any. */
static double mean_amount(const bw_arcs *arcs, int32_t k)
{
    int64_t n = arcs->first[arcs->n_units];
    double sum = 0;
    for (int64_t arc = 0; arc < n; arc++)
        sum += fabs(arcs->amount[arc * arcs->n_measures + k]);
    return n > 0 ? sum / (double)n : 0;
}

/* The base of the penalty of hard limits of measure k. A price of the relaxed
 * program is what a unit of measure is worth there; the search must pay more,
 * and something even where the limit did not bind. */
static double hard_price(const bw_net *net, const bw_prices *prices, int32_t k)
{
    double sum = 0, mean = mean_amount(net->arcs, k);
    for (int32_t rep = 0; rep < net->n_reps; rep++)
        sum += fabs(prices->price[(int64_t)rep * net->n_measures + k]);
    double cost = fabs(prices->value) / net->n_units;
    double floor_price = mean > 0 ? 0.5 * (cost > 0 ? cost : 1) / mean : 1;
    return 0.4 * sum / net->n_reps + floor_price;
}

static void set_band(bw_band *band, const bw_instance *instance, int64_t at,
                     double hard)
{
    const bw_instance_measure *m =
        &instance->measure[at % instance->n_measures];
    int64_t low = instance->low[at], high = instance->high[at];
    bool below = low != BW_NO_LOW, above = high != BW_NO_HIGH;
    band->low = below ? bw_from_quanta(low) : -far_away;
    band->high = above ? bw_from_quanta(high) : far_away;
    band->hard_under = below && m->under == BW_HARD;
    band->hard_over = above && m->over == BW_HARD;
    double penalty = 2 * fabs(band->price) + hard;
    band->under = !below             ? 0
                  : band->hard_under ? penalty
                                     : bw_from_price(m->under);
    band->over = !above            ? 0
                 : band->hard_over ? penalty
                                   : bw_from_price(m->over);
}

static bool set_bands(bw_net *net, const bw_prices *prices)
{
    int32_t n_measures = net->n_measures;
    net->band =
        array(net, (size_t)net->n_reps * (size_t)n_measures, sizeof *net->band);
    if (!net->band)
        return false;
    for (int32_t k = 0; k < n_measures; k++) {
        double hard = hard_price(net, prices, k);
        for (int32_t rep = 0; rep < net->n_reps; rep++) {
            int64_t at = (int64_t)rep * n_measures + k;
            bw_band *band = &net->band[at];
            band->price = prices->price[at];
            set_band(band, net->instance, at, hard);
            net->any_hard |= band->hard_under || band->hard_over;
        }
    }
    return true;
}

/* As for hard limits of bands: more than what a unit is worth, and something
 * even where the budget did not bind. */
static double over_price(const bw_net *net, const bw_net_budget *b)
{
    double cost = fabs(net->value) / net->n_units;
    return 2 * b->price + 0.5 * (cost > 0 ? cost : 1) / b->size;
}

static bool set_budgets(bw_net *net, const bw_prices *prices)
{
    const bw_instance *instance = net->instance;
    const double *v = prices->price + bw_instance_windows(instance);
    net->value = prices->value;
    net->n_budgets = instance->n_budgets;
    net->budget = array(net, (size_t)net->n_budgets, sizeof *net->budget);
    if (!net->budget)
        return false;
    for (int32_t g = 0; g < net->n_budgets; g++) {
        bw_net_budget *b = &net->budget[g];
        b->size = bw_instance_typical_use(instance, g);
        b->limit = instance->budget[g].limit;
        b->grain = bw_instance_grain(instance, g);
        b->price = v[g];
        b->over = over_price(net, b);
    }
    return true;
}

static double priced(const bw_net *net, int32_t unit, int64_t arc)
{
    const bw_arcs *arcs = net->arcs;
    double cost = arcs->cost[arc];
    const bw_band *band = net->band + (int64_t)arcs->rep[arc] * net->n_measures;
    for (int32_t k = 0; k < net->n_measures; k++)
        cost += band[k].price * arcs->amount[arc * net->n_measures + k];
    for (int32_t g = 0; g < net->n_budgets; g++)
        cost += net->budget[g].price *
                bw_from_quanta(
                    bw_instance_use(net->instance, g, unit, arcs->rep[arc]));
    return cost;
}

static void fill_reduced(bw_net *net)
{
    const int64_t *first = net->arcs->first;
    net->base = 0;
    for (int32_t g = 0; g < net->n_budgets; g++)
        net->base -=
            net->budget[g].price * bw_from_quanta(net->budget[g].limit);
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        double least = INFINITY;
        for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++) {
            net->reduced[arc] = priced(net, unit, arc);
            least = fmin(least, net->reduced[arc]);
        }
        for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++)
            net->reduced[arc] -= least;
        net->unit_price[unit] = least;
        net->base += least;
    }
}

static bool set_reduced(bw_net *net)
{
    size_t n = (size_t)net->arcs->first[net->n_units];
    net->reduced = array(net, n, sizeof *net->reduced);
    net->unit_price = array(net, (size_t)net->n_units, sizeof *net->unit_price);
    if (!net->reduced || !net->unit_price)
        return false;
    fill_reduced(net);
    return true;
}

static bool comes_before(const bw_net *net, int32_t unit, int32_t place,
                         int32_t other)
{
    int64_t first = net->arcs->first[unit];
    double a = net->reduced[first + place], b = net->reduced[first + other];
    const int32_t *rep = net->arcs->rep + first;
    return a < b || (a == b && bw_prefers(unit, rep[place], rep[other]));
}

/* Puts an arc into the sorted head of the unit's near list. */
static void insert_near(const bw_net *net, int32_t unit, int32_t place)
{
    int32_t *near = net->near + (int64_t)unit * net->n_near;
    int32_t at = net->n_near;
    while (at > 0 &&
           (near[at - 1] < 0 || comes_before(net, unit, place, near[at - 1])))
        at--;
    if (at == net->n_near)
        return;
    memmove(near + at + 1, near + at,
            (size_t)(net->n_near - at - 1) * sizeof *near);
    near[at] = place;
}

static void fill_near(bw_net *net)
{
    const int64_t *first = net->arcs->first;
    for (int64_t i = 0; i < (int64_t)net->n_units * net->n_near; i++)
        net->near[i] = -1;
    for (int32_t unit = 0; unit < net->n_units; unit++)
        for (int64_t arc = first[unit]; arc < first[unit + 1]; arc++)
            insert_near(net, unit, (int32_t)(arc - first[unit]));
}

static bool set_near(bw_net *net)
{
    const int64_t *first = net->arcs->first;
    int64_t most = 1;
    for (int32_t unit = 0; unit < net->n_units; unit++)
        if (first[unit + 1] - first[unit] > most)
            most = first[unit + 1] - first[unit];
    net->n_near = most < NEAR ? (int32_t)most : NEAR;
    size_t n = (size_t)net->n_units * (size_t)net->n_near;
    net->near = array(net, n, sizeof *net->near);
    if (!net->near)
        return false;
    fill_near(net);
    return true;
}

static void fill_into(bw_net *net)
{
    const bw_arcs *arcs = net->arcs;
    int64_t n = (int64_t)net->n_units * net->n_near;
    memset(net->into_first, 0,
           ((size_t)net->n_reps + 2) * sizeof *net->into_first);
    int64_t *next = net->into_first + 1; /* shifted: ends as the firsts */
    for (int pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < n; i++) {
            if (net->near[i] < 0)
                continue;
            int32_t unit = (int32_t)(i / net->n_near);
            int32_t rep = arcs->rep[arcs->first[unit] + net->near[i]];
            if (pass == 0)
                next[rep + 1]++;
            else
                net->into_unit[next[rep]++] = unit;
        }
        if (pass == 0)
            for (int32_t rep = 0; rep < net->n_reps; rep++)
                next[rep + 1] += next[rep];
    }
}

static bool set_into(bw_net *net)
{
    size_t n = (size_t)net->n_units * (size_t)net->n_near;
    net->into_first =
        array(net, (size_t)net->n_reps + 2, sizeof *net->into_first);
    net->into_unit = array(net, n, sizeof *net->into_unit);
    if (!net->into_first || !net->into_unit)
        return false;
    fill_into(net);
    return true;
}

static bool set_places(bw_net *net)
{
    const bw_arcs *arcs = net->arcs;
    int64_t n = (int64_t)net->n_units * net->n_reps;
    if (n > PLACES_MOST)
        return true;
    net->place = array(net, (size_t)n, sizeof *net->place);
    if (!net->place)
        return false;
    memset(net->place, 0xff, (size_t)n * sizeof *net->place);
    for (int32_t unit = 0; unit < net->n_units; unit++)
        for (int64_t arc = arcs->first[unit]; arc < arcs->first[unit + 1];
             arc++)
            net->place[(int64_t)unit * net->n_reps + arcs->rep[arc]] =
                (int32_t)(arc - arcs->first[unit]);
    return true;
}

static bool set_sizes(bw_net *net)
{
    const bw_arcs *arcs = net->arcs;
    net->size = array(net, (size_t)net->n_units, sizeof *net->size);
    if (!net->size)
        return false;
    for (int32_t k = 0; k < net->n_measures; k++) {
        double load = mean_amount(arcs, k) * net->n_units / net->n_reps;
        for (int32_t unit = 0; load > 0 && unit < net->n_units; unit++) {
            int64_t arc =
                arcs->first[unit] + net->near[(int64_t)unit * net->n_near];
            net->size[unit] +=
                fabs(arcs->amount[arc * net->n_measures + k]) / load;
        }
    }
    return true;
}

bw_status bw_net_new(const bw_instance *instance, const bw_arcs *arcs,
                     const bw_prices *prices, bw_net **net)
{
    *net = NULL;
    bw_net *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->arena = bw_arena_new();
    made->instance = instance;
    made->arcs = arcs;
    made->n_units = instance->n_units;
    made->n_reps = instance->n_reps;
    made->n_measures = instance->n_measures;
    if (!made->arena || !set_bands(made, prices) ||
        !set_budgets(made, prices) || !set_reduced(made) || !set_near(made) ||
        !set_into(made) || !set_places(made) || !set_sizes(made)) {
        bw_net_free(made);
        return BW_NOMEM;
    }
    bw_net_rescale(made);
    *net = made;
    return BW_OK;
}

/* What the prices prove over the arcs: bands pay back at their edges. */
static double value_of(const bw_net *net)
{
    double value = net->base;
    for (int64_t at = 0; at < (int64_t)net->n_reps * net->n_measures; at++) {
        const bw_band *b = &net->band[at];
        if (b->price != 0)
            value -= b->price * (b->price > 0 ? b->high : b->low);
    }
    return value;
}

void bw_net_reprice(bw_net *net, const double *v)
{
    for (int32_t g = 0; g < net->n_budgets; g++) {
        net->budget[g].price = v[g];
        net->budget[g].over = over_price(net, &net->budget[g]);
    }
    fill_reduced(net);
    fill_near(net);
    fill_into(net);
    bw_net_rescale(net);
    net->value = value_of(net);
}

void bw_net_free(bw_net *net)
{
    if (!net)
        return;
    bw_arena_free(net->arena);
    bw_free(net);
}

int64_t bw_net_arc(const bw_net *net, int32_t unit, int32_t rep)
{
    const bw_arcs *arcs = net->arcs;
    int64_t low = arcs->first[unit], high = arcs->first[unit + 1];
    if (net->place) {
        int32_t place = net->place[(int64_t)unit * net->n_reps + rep];
        return place < 0 ? -1 : low + place;
    }
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (arcs->rep[middle] < rep)
            low = middle + 1;
        else
            high = middle;
    }
    return low < arcs->first[unit + 1] && arcs->rep[low] == rep ? low : -1;
}

void bw_net_lost(const bw_net *net, const int32_t *rep, const int64_t *load,
                 double *lost)
{
    for (int32_t r = 0; r < net->n_reps; r++) {
        lost[r] = 1e-3 * net->scale;
        for (int32_t k = 0; k < net->n_measures; k++) {
            const bw_band *b = &net->band[(int64_t)r * net->n_measures + k];
            double at = bw_from_quanta(load[(int64_t)r * net->n_measures + k]);
            double goal = b->price > 0 ? b->high : b->price < 0 ? b->low : at;
            lost[r] += b->price * (goal - at);
            lost[r] += b->under * fmax(0, b->low - at);
            lost[r] += b->over * fmax(0, at - b->high);
        }
    }
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        int64_t arc = bw_net_arc(net, unit, rep[unit]);
        if (arc >= 0)
            lost[rep[unit]] += net->reduced[arc];
    }
}
