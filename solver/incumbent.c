/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objective, loads and use are sums of exact integers over the plan itself:
 * all units for a whole assignment, for moves those of the reps they touch,
 * which are moved, judged and, unless better, moved back. Versions of reps
 * tell others what has changed. */
#include "incumbent.h"

#include "bw/alloc.h"

#include <assert.h>
#include <string.h>

bw_status bw_incumbent_new(const bw_instance *instance,
                           bw_incumbent **incumbent)
{
    *incumbent = NULL;
    bw_incumbent *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    size_t n_reps = (size_t)instance->n_reps;
    size_t n_units = (size_t)instance->n_units;
    size_t n_bands = n_reps * (size_t)instance->n_measures;
    made->instance = instance;
    made->rep = bw_alloc(n_units, sizeof *made->rep);
    made->other = bw_alloc(n_units, sizeof *made->other);
    made->load = bw_alloc(n_bands, sizeof *made->load);
    size_t n_budgets = (size_t)instance->n_budgets;
    made->use = bw_alloc(n_budgets, sizeof *made->use);
    made->scratch = bw_alloc(n_bands + n_budgets, sizeof *made->scratch);
    made->version = bw_alloc(n_reps, sizeof *made->version);
    made->touched = bw_alloc(n_reps, sizeof *made->touched);
    made->marked = bw_alloc(n_reps, sizeof *made->marked);
    if (!made->rep || !made->other || !made->load || !made->use ||
        !made->scratch || !made->version || !made->touched || !made->marked) {
        bw_incumbent_free(made);
        return BW_NOMEM;
    }
    *incumbent = made;
    return BW_OK;
}

void bw_incumbent_free(bw_incumbent *incumbent)
{
    if (!incumbent)
        return;
    bw_free(incumbent->rep);
    bw_free(incumbent->other);
    bw_free(incumbent->load);
    bw_free(incumbent->use);
    bw_free(incumbent->scratch);
    bw_free(incumbent->version);
    bw_free(incumbent->touched);
    bw_free(incumbent->marked);
    bw_free(incumbent);
}

/* A total over some reps. */
typedef struct total {
    bw_wide money, outside;
} total;

static void add_rep(const bw_instance *instance, int32_t rep,
                    const int64_t *load, total *sum)
{
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t outside;
        sum->money += bw_instance_deviation(
            instance, rep, k, load[(int64_t)rep * instance->n_measures + k],
            &outside);
        sum->outside += outside;
    }
}

static void add_budgets(const bw_instance *instance, const int64_t *use,
                        total *sum)
{
    for (int32_t g = 0; g < instance->n_budgets; g++)
        if (use[g] > instance->budget[g].limit)
            sum->outside += use[g] - instance->budget[g].limit;
}

/* Adds (or with sign -1 removes) a unit to loads and use; its cost. */
static bw_wide add_unit(const bw_instance *instance, bw_move at, int sign,
                        int64_t *load, int64_t *use)
{
    bw_pair pair;
    bool allowed = bw_instance_pair(instance, at.unit, at.rep, &pair);
    assert(allowed);
    (void)allowed;
    for (int32_t k = 0; k < instance->n_measures; k++)
        load[(int64_t)at.rep * instance->n_measures + k] +=
            sign * bw_pair_measure(instance, at.unit, &pair, k);
    for (int32_t g = 0; g < instance->n_budgets; g++)
        use[g] += sign * bw_instance_use(instance, g, at.unit, at.rep);
    return sign * bw_fine(pair.cost);
}

bool bw_incumbent_offer(bw_incumbent *incumbent, const int32_t *rep)
{
    const bw_instance *instance = incumbent->instance;
    size_t n_bands = (size_t)instance->n_reps * (size_t)instance->n_measures;
    size_t n_budgets = (size_t)instance->n_budgets;
    int64_t *use = incumbent->scratch + n_bands;
    memset(incumbent->scratch, 0,
           (n_bands + n_budgets) * sizeof *incumbent->scratch);
    total sum = {0, 0};
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        sum.money += add_unit(instance, (bw_move){unit, rep[unit]}, 1,
                              incumbent->scratch, use);
    add_budgets(instance, use, &sum);
    for (int32_t r = 0; r < instance->n_reps; r++)
        add_rep(instance, r, incumbent->scratch, &sum);
    if (incumbent->any && (sum.outside > incumbent->outside ||
                           (sum.outside == incumbent->outside &&
                            sum.money >= incumbent->objective)))
        return false;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        if (incumbent->any && incumbent->rep[unit] == rep[unit])
            continue;
        if (incumbent->any)
            incumbent->version[incumbent->rep[unit]]++;
        incumbent->version[rep[unit]]++;
    }
    memcpy(incumbent->rep, rep,
           (size_t)instance->n_units * sizeof *incumbent->rep);
    memcpy(incumbent->load, incumbent->scratch,
           n_bands * sizeof *incumbent->load);
    memcpy(incumbent->use, use, n_budgets * sizeof *use);
    incumbent->objective = sum.money;
    incumbent->outside = sum.outside;
    incumbent->any = true;
    return true;
}

void bw_incumbent_set(bw_incumbent *incumbent, const int32_t *rep)
{
    incumbent->any = false;
    bw_incumbent_offer(incumbent, rep);
}

static int32_t touch(bw_incumbent *incumbent, int32_t n, int32_t rep)
{
    if (incumbent->marked[rep])
        return n;
    incumbent->marked[rep] = 1;
    incumbent->touched[n] = rep;
    return n + 1;
}

/* The moves there (sign 1) or back (-1), on the loads; the change of cost. */
static bw_wide run_moves(bw_incumbent *incumbent, int32_t n,
                         const bw_move *moves, int sign)
{
    bw_wide change = 0;
    for (int32_t i = 0; i < n; i++) {
        bw_move from = {moves[i].unit, incumbent->rep[moves[i].unit]};
        change += add_unit(incumbent->instance, from, -sign, incumbent->load,
                           incumbent->use);
        change += add_unit(incumbent->instance, moves[i], sign, incumbent->load,
                           incumbent->use);
    }
    return change;
}

bool bw_incumbent_offer_moves(bw_incumbent *incumbent, int32_t n,
                              const bw_move *moves)
{
    assert(incumbent->any);
    int32_t n_touched = 0;
    for (int32_t i = 0; i < n; i++) {
        n_touched = touch(incumbent, n_touched, moves[i].rep);
        n_touched = touch(incumbent, n_touched, incumbent->rep[moves[i].unit]);
    }
    total before = {0, 0}, after = {0, 0};
    for (int32_t i = 0; i < n_touched; i++)
        add_rep(incumbent->instance, incumbent->touched[i], incumbent->load,
                &before);
    add_budgets(incumbent->instance, incumbent->use, &before);
    after.money += run_moves(incumbent, n, moves, 1);
    add_budgets(incumbent->instance, incumbent->use, &after);
    for (int32_t i = 0; i < n_touched; i++)
        add_rep(incumbent->instance, incumbent->touched[i], incumbent->load,
                &after);
    bool better =
        after.outside < before.outside ||
        (after.outside == before.outside && after.money < before.money);
    if (!better)
        run_moves(incumbent, n, moves, -1);
    for (int32_t i = 0; i < n_touched; i++) {
        incumbent->marked[incumbent->touched[i]] = 0;
        incumbent->version[incumbent->touched[i]] += better;
    }
    if (!better)
        return false;
    for (int32_t i = 0; i < n; i++)
        incumbent->rep[moves[i].unit] = moves[i].rep;
    incumbent->objective += after.money - before.money;
    incumbent->outside += after.outside - before.outside;
    return true;
}

void bw_incumbent_by_part(const bw_incumbent *incumbent, const int32_t *part,
                          int32_t n, bw_part_cost *sums)
{
    const bw_instance *instance = incumbent->instance;
    memset(sums, 0, (size_t)n * sizeof *sums);
    if (n == 1) { /* budgets too */
        sums[0] = (bw_part_cost){incumbent->objective, incumbent->outside};
        return;
    }
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_pair pair;
        int32_t rep = incumbent->rep[unit];
        bool allowed = bw_instance_pair(instance, unit, rep, &pair);
        assert(allowed);
        (void)allowed;
        sums[part[rep]].objective += bw_fine(pair.cost);
    }
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        total sum = {0, 0};
        add_rep(instance, rep, incumbent->load, &sum);
        sums[part[rep]].objective += sum.money;
        sums[part[rep]].outside += sum.outside;
    }
}
