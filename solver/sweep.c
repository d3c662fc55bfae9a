/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads find the best move of each unit against the loads at the beginning
 * of the pass; the moves are then offered one by one, so a move that another
 * one has spoiled is simply not taken. */
#include "sweep.h"

#include "bw/alloc.h"

enum {
    CHUNK = 256, /* units of a task */
    PASSES = 4
};

typedef struct sweep {
    const bw_incumbent *incumbent;
    const atomic_int *stop;
    bw_pair **buffer; /* [threads] of n_reps pairs */
    int32_t *to;      /* [n_units] the better rep, or -1 */
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

static bool less(change a, change b)
{
    return a.outside < b.outside ||
           (a.outside == b.outside && a.money < b.money);
}

static int32_t better_rep(const bw_incumbent *inc, int32_t unit,
                          bw_pair *buffer)
{
    bw_pair now;
    if (!bw_instance_pair(inc->instance, unit, inc->rep[unit], &now))
        return -1;
    change leave = shift(inc, unit, &now, -1), best = {0, 0};
    bw_row row = bw_instance_row(inc->instance, unit, buffer);
    int32_t to = -1;
    for (int32_t i = 0; i < row.n; i++) {
        if (row.pair[i].rep == now.rep)
            continue;
        change sum = shift(inc, unit, &row.pair[i], 1);
        sum.money += leave.money;
        sum.outside += leave.outside;
        if (less(sum, best)) {
            best = sum;
            to = row.pair[i].rep;
        }
    }
    return to;
}

static bw_status look(void *data, int32_t index, int thread)
{
    sweep *s = data;
    int32_t end = (index + 1) * CHUNK;
    if (end > s->incumbent->instance->n_units)
        end = s->incumbent->instance->n_units;
    for (int32_t unit = index * CHUNK; unit < end; unit++)
        s->to[unit] = atomic_load(s->stop)
                          ? -1
                          : better_rep(s->incumbent, unit, s->buffer[thread]);
    return BW_OK;
}

static bw_status pass(sweep *s, bw_work *work, bw_incumbent *incumbent,
                      int32_t *taken)
{
    int32_t n_units = incumbent->instance->n_units;
    *taken = 0;
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
    if (!s.to || !s.buffer)
        goto done;
    int32_t taken = 1;
    status = BW_OK;
    for (int i = 0; i < PASSES && taken > 0 && status == BW_OK; i++)
        status = pass(&s, work, incumbent, &taken);
done:
    for (int i = 0; s.buffer && i < threads; i++)
        bw_free(s.buffer[i]);
    bw_free(s.buffer);
    bw_free(s.to);
    return status;
}
