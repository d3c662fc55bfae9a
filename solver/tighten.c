/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a single pair is larger than the rep's band, what it costs beyond the
 * band is certain: it belongs to the pair, and the bound is far better for it
 * (model.md, "Tightening"). */
#include "build.h"
#include "near.h"

bw_wide bw_pair_cost_tightened(const bw_instance *instance, int32_t unit,
                               const bw_pair *pair)
{
    bw_wide cost = bw_fine(pair->cost);
    const int64_t *high =
        instance->high + (int64_t)pair->rep * instance->n_measures;
    for (int32_t k = 0; k < instance->n_measures; k++) {
        int64_t amount = bw_pair_measure(instance, unit, pair, k);
        if (instance->measure[k].tightens && high[k] >= 0 && amount > high[k])
            cost += (bw_wide)instance->measure[k].over *
                    ((bw_wide)amount - high[k]);
    }
    return cost;
}

static bool any_negative(const bw_instance *instance, int32_t k)
{
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        if (instance->base[(int64_t)unit * instance->n_measures + k] < 0)
            return true;
    return false;
}

/* The smallest band top >= 0 among all reps, by measure: a unit below it is
 * never cut. */
static void smallest_tops(const bw_instance *instance, int64_t *top)
{
    for (int32_t k = 0; k < instance->n_measures; k++) {
        top[k] = BW_NO_HIGH;
        for (int32_t rep = 0; rep < instance->n_reps; rep++) {
            int64_t high =
                instance->high[(int64_t)rep * instance->n_measures + k];
            if (high >= 0 && high < top[k])
                top[k] = high;
        }
    }
}

static bool may_be_cut(const bw_instance *instance, const bw_survey *survey,
                       int32_t unit, const int64_t *top)
{
    for (int32_t k = 0; k < instance->n_measures; k++)
        if (instance->measure[k].tightens &&
            bw_survey_most(instance, survey, unit, k) > top[k])
            return true;
    return false;
}

typedef struct least {
    const bw_instance *instance;
    int32_t unit;
    bool any;
    bw_wide cost;
} least;

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    least *l = data;
    for (int32_t i = 0; i < n; i++) {
        bw_wide cost = bw_pair_cost_tightened(l->instance, l->unit, &pair[i]);
        if (!l->any || cost < l->cost)
            l->cost = cost;
        l->any = true;
    }
    return bw_from_fine(l->cost);
}

static bw_wide least_cost(const bw_lens *lens, const bw_instance *instance,
                          int32_t unit, bw_pair *buffer)
{
    least l = {instance, unit, false, 0};
    bw_lens_walk(lens, unit, buffer, compare, &l);
    return l.cost;
}

bw_status bw_instance_tighten(bw_instance *instance, const bw_survey *survey)
{
    for (int32_t k = 0; k < instance->n_measures; k++) {
        bw_instance_measure *m = &instance->measure[k];
        bool negative = k == instance->workload ? survey->negative_work
                                                : any_negative(instance, k);
        m->tightens = !negative && m->over != BW_HARD;
    }
    bw_lens *lens;
    bw_status status = bw_lens_new(instance, &lens);
    bw_pair *buffer = bw_alloc((size_t)instance->n_reps, sizeof *buffer);
    if (!buffer || status != BW_OK) {
        bw_lens_free(lens);
        bw_free(buffer);
        return BW_NOMEM;
    }
    int64_t top[BW_MEASURES_MAX];
    smallest_tops(instance, top);
    instance->bound_zero = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        instance->bound_zero += may_be_cut(instance, survey, unit, top)
                                    ? least_cost(lens, instance, unit, buffer)
                                    : bw_fine(survey->least_cost[unit]);
    bw_lens_free(lens);
    bw_free(buffer);
    return BW_OK;
}
