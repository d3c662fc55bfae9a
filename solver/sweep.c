/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads find the best move of each unit against the loads at the beginning
 * of the pass; the moves are then offered one by one, so a move that another
 * one has spoiled is simply not taken. */
#include "sweep.h"

#include "bw/alloc.h"
#include "near.h"

enum {
    CHUNK = 256, /* units of a task */
    PASSES = 4
};

typedef struct sweep {
    const bw_incumbent *incumbent;
    const atomic_int *stop;
    bw_pair **buffer; /* [threads] of n_reps pairs */
    int32_t *to;      /* [n_units] the better rep, or -1 */
    bool any_hard;
    bw_lens *slopes;
    double *slope; /* [n_reps * n_measures] */
} sweep;

/* Change of money and of the amount outside hard limits when a pair's amounts
 * are added to (sign 1) or taken from the rep's load. */
typedef struct change {
    bw_wide money, outside;
} change;

static change shift(const bw_incumbent *inc, int32_t unit, const bw_pair *pair,
                    int sign)
{
    const bw_instance *instance = inc->instance;
    change sum = {sign * bw_fine(pair->cost), 0};
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t load = inc->load[(int64_t)pair->rep * instance->n_measures + k];
        int64_t amount = bw_pair_measure(instance, unit, pair, k);
        int64_t before, after;
        sum.money -=
            bw_instance_deviation(instance, pair->rep, k, load, &before);
        sum.money += bw_instance_deviation(instance, pair->rep, k,
                                           load + sign * amount, &after);
        sum.outside += after - before;
    }
    return sum;
}

/* By how much more, or less, budgets are exceeded with the unit there. */
static int64_t exceed(const bw_incumbent *inc, int32_t unit, int32_t rep)
{
    const bw_instance *instance = inc->instance;
    int64_t sum = 0;
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        int64_t limit = instance->budget[g].limit, before = inc->use[g];
        int64_t after = before + bw_instance_use(instance, g, unit, rep) -
                        bw_instance_use(instance, g, unit, inc->rep[unit]);
        sum += after > limit ? after - limit : 0;
        sum -= before > limit ? before - limit : 0;
    }
    return sum;
}

static bool less(change a, change b)
{
    return a.outside < b.outside ||
           (a.outside == b.outside && a.money < b.money);
}

/* The best move of a unit so far; `to` is -1 where none is better than to stay.
 */
typedef struct search {
    const bw_incumbent *incumbent;
    int32_t unit, from, to;
    change leave, best;
} search;

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    search *s = data;
    for (int32_t i = 0; i < n; i++) {
        if (pair[i].rep == s->from)
            continue;
        change sum = shift(s->incumbent, s->unit, &pair[i], 1);
        sum.money += s->leave.money;
        sum.outside += s->leave.outside;
        sum.outside += exceed(s->incumbent, s->unit, pair[i].rep);
        bool tied = sum.outside == s->best.outside &&
                    sum.money == s->best.money && pair[i].rep < s->to;
        if (less(sum, s->best) || tied) {
            s->best = sum;
            s->to = pair[i].rep;
        }
    }
    return bw_from_fine(s->best.money - s->leave.money);
}

/* With hard limits or budgets money alone does not tell what matters: all pairs
 * are looked at. */
static int32_t better_rep(const sweep *w, int32_t unit, bw_pair *buffer)
{
    const bw_incumbent *inc = w->incumbent;
    bw_pair now;
    if (!bw_instance_pair(inc->instance, unit, inc->rep[unit], &now))
        return -1;
    search s = {inc, unit, now.rep, -1, shift(inc, unit, &now, -1), {0, 0}};
    if (w->any_hard) {
        bw_row row = bw_instance_row(inc->instance, unit, buffer);
        compare(&s, row.pair, row.n);
    } else {
        bw_lens_walk(w->slopes, unit, buffer, compare, &s);
    }
    return s.to;
}

static bw_status look(void *data, int32_t index, int thread)
{
    sweep *s = data;
    int32_t end = (index + 1) * CHUNK;
    if (end > s->incumbent->instance->n_units)
        end = s->incumbent->instance->n_units;
    for (int32_t unit = index * CHUNK; unit < end; unit++)
        s->to[unit] =
            atomic_load(s->stop) ? -1 : better_rep(s, unit, s->buffer[thread]);
    return BW_OK;
}

static bw_status pass(sweep *s, bw_work *work, bw_incumbent *incumbent,
                      int32_t *taken)
{
    int32_t n_units = incumbent->instance->n_units;
    *taken = 0;
    bw_instance_slopes(incumbent->instance, incumbent->load, s->slope);
    bw_lens_set(s->slopes, s->slope, false);
    bw_status status =
        bw_work_run(work, (n_units + CHUNK - 1) / CHUNK, look, s);
    for (int32_t unit = 0; status == BW_OK && unit < n_units; unit++)
        if (s->to[unit] >= 0)
            *taken += bw_incumbent_offer_moves(incumbent, 1,
                                               &(bw_move){unit, s->to[unit]});
    return status;
}

bw_status bw_sweep(bw_work *work, bw_incumbent *incumbent)
{
    int threads = bw_work_threads(work);
    const bw_instance *instance = incumbent->instance;
    sweep s = {.incumbent = incumbent, .stop = bw_work_stop(work)};
    bw_status status = BW_NOMEM;
    s.to = bw_alloc((size_t)instance->n_units, sizeof *s.to);
    s.buffer = bw_alloc((size_t)threads, sizeof(bw_pair *));
    for (int i = 0; s.buffer && i < threads; i++) {
        s.buffer[i] = bw_alloc((size_t)instance->n_reps, sizeof *s.buffer[i]);
        if (!s.buffer[i])
            goto done;
    }
    size_t n = (size_t)instance->n_reps * (size_t)instance->n_measures;
    s.slope = bw_alloc(n, sizeof *s.slope);
    s.any_hard = instance->n_budgets > 0;
    for (int32_t k = 0; k < instance->n_measures; k++)
        s.any_hard |= instance->measure[k].under == BW_HARD ||
                      instance->measure[k].over == BW_HARD;
    if (!s.to || !s.buffer || !s.slope)
        goto done;
    int32_t taken = 1;
    status = bw_lens_new(instance, &s.slopes);
    for (int i = 0; i < PASSES && taken > 0 && status == BW_OK; i++)
        status = pass(&s, work, incumbent, &taken);
done:
    for (int i = 0; s.buffer && i < threads; i++)
        bw_free(s.buffer[i]);
    bw_free(s.buffer);
    bw_free(s.to);
    bw_free(s.slope);
    bw_lens_free(s.slopes);
    return status;
}
