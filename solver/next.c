/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan says of a unit's other reps: the next best one, the one that is
 * cheapest by itself.
 *
 * Deviations cost a convex function of the load, so an amount q more costs at
 * least q times its slope at the present load. With these slopes as prices, a
 * pair's c + sum p q is never above the change that a move to it brings, and a
 * lens (near.h) shows the few pairs that may be the best. */
#include "bw/plan.h"

#include "bw/alloc.h"
#include "near.h"
#include "parallel.h"

#include <assert.h>
#include <math.h>

enum {
    BLOCK = 1024 /* units */
};

/* The amount outside a hard limit, negative below the band: low and high are
 * two limits, and one may break while the other is mended. */
static int64_t outside_signed(const bw_instance *instance, int64_t at,
                              int64_t load, int64_t outside)
{
    int64_t low = instance->low[at];
    return low != BW_NO_LOW && load < low ? -outside : outside;
}

/* What a rep's deviations cost when its loads change by sign x the pair's
 * amounts, less what they cost now; *breaks: a hard limit that holds now does
 * not hold then. */
static bw_wide deviation_change(const bw_plan *plan, int32_t unit,
                                const bw_pair *pair, int sign, bool *breaks)
{
    const bw_instance *instance = plan->instance;
    bw_wide change = 0;
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t at = (int64_t)pair->rep * instance->n_measures + k;
        int64_t load = plan->load[at], before, after;
        int64_t then = load + sign * bw_pair_measure(instance, unit, pair, k);
        change -= bw_instance_deviation(instance, pair->rep, k, load, &before);
        change += bw_instance_deviation(instance, pair->rep, k, then, &after);
        before = outside_signed(instance, at, load, before);
        after = outside_signed(instance, at, then, after);
        *breaks |= (after < 0 && before >= 0) || (after > 0 && before <= 0);
    }
    return change;
}

/* A budget that holds now would not hold if the unit went to that rep. */
static bool breaks_budget(const bw_plan *plan, int32_t unit, int32_t rep)
{
    const bw_instance *instance = plan->instance;
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        int64_t limit = instance->budget[g].limit;
        int64_t then = plan->use[g] + bw_instance_use(instance, g, unit, rep) -
                       bw_instance_use(instance, g, unit, plan->rep[unit]);
        if (plan->use[g] <= limit && then > limit)
            return true;
    }
    return false;
}

/* The best other rep so far: rather one that breaks nothing, then the least
 * change, then the lowest number. */
typedef struct search {
    const bw_plan *plan;
    bw_wide leaving; /* change without the coming pair */
    bw_wide extra;
    bw_pair present;
    int32_t unit, rep;
    bool leaving_breaks, breaks;
} search;

static search begin(const bw_plan *plan, int32_t unit)
{
    search s = {.plan = plan, .unit = unit, .rep = -1};
    bool allowed =
        bw_instance_pair(plan->instance, unit, plan->rep[unit], &s.present);
    assert(allowed);
    (void)allowed;
    s.leaving =
        deviation_change(plan, unit, &s.present, -1, &s.leaving_breaks) -
        bw_fine(s.present.cost);
    return s;
}

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    search *s = data;
    for (int32_t i = 0; i < n; i++) {
        if (pair[i].rep == s->present.rep)
            continue;
        bool breaks =
            s->leaving_breaks || breaks_budget(s->plan, s->unit, pair[i].rep);
        bw_wide extra =
            s->leaving + bw_fine(pair[i].cost) +
            deviation_change(s->plan, s->unit, &pair[i], +1, &breaks);
        bool better =
            s->rep < 0 || (s->breaks && !breaks) ||
            (s->breaks == breaks &&
             (extra < s->extra || (extra == s->extra && pair[i].rep < s->rep)));
        if (!better)
            continue;
        s->rep = pair[i].rep;
        s->extra = extra;
        s->breaks = breaks;
    }
    /* One that breaks nothing may be dearer than one that does. */
    bool open = s->rep < 0 || (s->breaks && !s->leaving_breaks);
    return open ? (double)INFINITY : bw_from_fine(s->extra - s->leaving);
}

void bw_plan_next_rep(const bw_plan *plan, int32_t unit, bw_pair *buffer,
                      int32_t *rep, bw_wide *extra)
{
    assert(plan->complete);
    search s = begin(plan, unit);
    bw_row row = bw_instance_row(plan->instance, unit, buffer);
    compare(&s, row.pair, row.n);
    *rep = s.rep;
    *extra = s.extra;
}

/* The rep of least cost; the present one where it is among them. */
typedef struct cheapest {
    int32_t present, rep;
    int64_t cost;
} cheapest;

static double compare_costs(void *data, const bw_pair *pair, int32_t n)
{
    cheapest *c = data;
    for (int32_t i = 0; i < n; i++) {
        bool tied = c->rep >= 0 && pair[i].cost == c->cost;
        if (c->rep >= 0 && pair[i].cost > c->cost)
            continue;
        if (tied && (c->rep == c->present ||
                     (pair[i].rep != c->present && pair[i].rep > c->rep)))
            continue;
        c->cost = pair[i].cost;
        c->rep = pair[i].rep;
    }
    return bw_from_quanta(c->cost);
}

typedef struct looking {
    const bw_plan *plan;
    bw_lens *slopes, *plain;
    bw_pair *buffer; /* [threads * n_reps] */
    bw_other_reps *found;
} looking;

static bw_status look_at_block(void *data, int worker, int32_t number)
{
    const looking *l = data;
    const bw_instance *instance = l->plan->instance;
    bw_pair *buffer = l->buffer + (int64_t)worker * instance->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    if (end > instance->n_units)
        end = instance->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        search s = begin(l->plan, unit);
        cheapest c = {s.present.rep, -1, 0};
        bw_lens_walk(l->slopes, unit, buffer, compare, &s);
        bw_lens_walk(l->plain, unit, buffer, compare_costs, &c);
        l->found[unit] = (bw_other_reps){
            .next = s.rep,
            .next_extra = s.extra,
            .cheapest = c.rep,
            .n_allowed = bw_instance_count(instance, unit, buffer)};
    }
    return BW_OK;
}

/* What a little more of a measure costs at the rep's load; a hard limit has no
 * price. */
void bw_instance_slopes(const bw_instance *instance, const int64_t *load,
                        double *price)
{
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t at = 0; at < n; at++) {
        const bw_instance_measure *m =
            &instance->measure[at % instance->n_measures];
        int64_t low = instance->low[at], high = instance->high[at];
        price[at] = 0;
        if (low != BW_NO_LOW && load[at] < low)
            price[at] = m->under == BW_HARD ? 0 : -bw_from_price(m->under);
        else if (high != BW_NO_HIGH && load[at] >= high)
            price[at] = m->over == BW_HARD ? 0 : bw_from_price(m->over);
    }
}

static bw_status open_lenses(looking *l)
{
    const bw_instance *instance = l->plan->instance;
    size_t n = (size_t)instance->n_reps * (size_t)instance->n_measures;
    double *price = bw_alloc(n, sizeof *price);
    bw_status status = bw_lens_new(instance, &l->slopes);
    if (status == BW_OK)
        status = bw_lens_new(instance, &l->plain);
    if (price && status == BW_OK) {
        bw_instance_slopes(instance, l->plan->load, price);
        bw_lens_set(l->slopes, price, false);
    }
    bw_free(price);
    return price ? status : BW_NOMEM;
}

bw_status bw_plan_other_reps(const bw_plan *plan, int threads,
                             bw_other_reps *found)
{
    assert(plan->complete);
    looking l = {.plan = plan, .found = found};
    int32_t n_reps = plan->instance->n_reps;
    bw_status status = open_lenses(&l);
    l.buffer = bw_alloc((size_t)threads * (size_t)n_reps, sizeof *l.buffer);
    if (!l.buffer)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = bw_parallel(threads, plan->instance->n_units / BLOCK + 1,
                             look_at_block, &l);
    bw_lens_free(l.slopes);
    bw_lens_free(l.plain);
    bw_free(l.buffer);
    return status;
}
