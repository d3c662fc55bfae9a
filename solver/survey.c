/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look at every row: on large instances rows are computed, so what bands
 * and validation need of them is collected once. */
#include "build.h"

void bw_survey_free(bw_survey *survey)
{
    bw_free(survey->n_pairs);
    bw_free(survey->least_work);
    bw_free(survey->most_work);
    bw_free(survey->least_cost);
    bw_free(survey->group);
    *survey = (bw_survey){0};
}

static bool has_groups(const bw_problem *problem)
{
    for (int32_t k = 0; problem && k < problem->n_balances; k++)
        if (problem->balances[k].group)
            return true;
    return false;
}

static bw_status alloc_survey(const bw_instance *instance, bool groups,
                              bw_survey *survey)
{
    size_t n = (size_t)instance->n_units;
    size_t n_groups = groups ? n * (size_t)instance->n_measures : 0;
    *survey = (bw_survey){0};
    survey->n_pairs = bw_alloc(n, sizeof *survey->n_pairs);
    survey->least_work = bw_alloc(n, sizeof *survey->least_work);
    survey->most_work = bw_alloc(n, sizeof *survey->most_work);
    survey->least_cost = bw_alloc(n, sizeof *survey->least_cost);
    if (groups)
        survey->group = bw_alloc(n_groups, sizeof *survey->group);
    if (survey->n_pairs && survey->least_work && survey->most_work &&
        survey->least_cost && (survey->group || !groups))
        return BW_OK;
    bw_survey_free(survey);
    return BW_NOMEM;
}

static void look_at(bw_survey *survey, int32_t unit, const bw_row *row)
{
    survey->n_pairs[unit] = row->n;
    if (row->n == 0)
        return;
    int64_t least = row->pair[0].work, most = least;
    int64_t cost = row->pair[0].cost;
    for (int32_t i = 1; i < row->n; i++) {
        const bw_pair *pair = &row->pair[i];
        least = pair->work < least ? pair->work : least;
        most = pair->work > most ? pair->work : most;
        cost = pair->cost < cost ? pair->cost : cost;
    }
    survey->least_work[unit] = least;
    survey->most_work[unit] = most;
    survey->least_cost[unit] = cost;
    survey->negative_work |= least < 0;
}

/* The one group that all reps of the row are in, or -1. */
static int32_t common_group(const int32_t *group, const bw_row *row)
{
    if (row->n == 0)
        return -1;
    int32_t common = group[row->pair[0].rep];
    for (int32_t i = 1; i < row->n; i++)
        if (group[row->pair[i].rep] != common)
            return -1;
    return common;
}

static void look_at_groups(const bw_problem *problem, bw_survey *survey,
                           int32_t unit, const bw_row *row)
{
    int32_t *group = survey->group + (int64_t)unit * problem->n_balances;
    for (int32_t k = 0; k < problem->n_balances; k++)
        if (problem->balances[k].group)
            group[k] = common_group(problem->balances[k].group, row);
}

bw_status bw_survey_make(bw_instance *instance, const bw_problem *problem,
                         bw_survey *survey)
{
    bw_status status = alloc_survey(instance, has_groups(problem), survey);
    if (status != BW_OK)
        return status;
    bw_pair *buffer = bw_alloc((size_t)instance->n_reps, sizeof *buffer);
    if (!buffer) {
        bw_survey_free(survey);
        return BW_NOMEM;
    }
    instance->n_pairs = 0;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, buffer);
        instance->n_pairs += row.n;
        look_at(survey, unit, &row);
        if (survey->group)
            look_at_groups(problem, survey, unit, &row);
    }
    bw_free(buffer);
    return BW_OK;
}

static int64_t base_of(const bw_instance *instance, int32_t unit, int32_t k)
{
    return instance->base[(int64_t)unit * instance->n_measures + k];
}

int64_t bw_survey_least(const bw_instance *instance, const bw_survey *survey,
                        int32_t unit, int32_t k)
{
    return k == instance->workload ? survey->least_work[unit]
                                   : base_of(instance, unit, k);
}

int64_t bw_survey_most(const bw_instance *instance, const bw_survey *survey,
                       int32_t unit, int32_t k)
{
    return k == instance->workload ? survey->most_work[unit]
                                   : base_of(instance, unit, k);
}
