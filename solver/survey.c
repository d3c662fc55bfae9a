/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One look at every row: on large instances rows are computed, so what bands
 * and validation need of them is collected once. */
#include "build.h"
#include "near.h"
#include "parallel.h"

enum {
    BLOCK = 1024 /* units */
};

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

/* What the walks look for: the least cost, the least and the most work. */
enum {
    LEAST_COST,
    LEAST_WORK,
    MOST_WORK,
    N_LOOKS
};

typedef struct surveying {
    bw_instance *instance;
    const bw_problem *problem;
    bw_survey *survey;
    bw_lens *lens[N_LOOKS];
    bw_pair *buffer;   /* [threads * n_reps] */
    int64_t *n_pairs;  /* [blocks] */
    uint8_t *negative; /* [blocks] */
} surveying;

/* Least (of most: the negative of it) so far. */
typedef struct extreme {
    int what;
    bool any;
    int32_t rep; /* whose it is */
    int64_t value;
} extreme;

static double compare(void *data, const bw_pair *pair, int32_t n)
{
    extreme *e = data;
    for (int32_t i = 0; i < n; i++) {
        int64_t value = e->what == LEAST_COST   ? pair[i].cost
                        : e->what == LEAST_WORK ? pair[i].work
                                                : -pair[i].work;
        if (!e->any || value < e->value ||
            (value == e->value && pair[i].rep < e->rep)) {
            e->value = value;
            e->rep = pair[i].rep;
        }
        e->any = true;
    }
    return bw_from_quanta(e->value);
}

static extreme find(const surveying *s, int what, int32_t unit, bw_pair *buffer)
{
    extreme e = {what, false, -1, 0};
    bw_lens_walk(s->lens[what], unit, buffer, compare, &e);
    return e;
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

static void look_at_groups(const surveying *s, int32_t unit, bw_pair *buffer)
{
    const bw_problem *problem = s->problem;
    int32_t *group = s->survey->group + (int64_t)unit * problem->n_balances;
    bw_row row = bw_instance_row(s->instance, unit, buffer);
    for (int32_t k = 0; k < problem->n_balances; k++)
        if (problem->balances[k].group)
            group[k] = common_group(problem->balances[k].group, &row);
}

static bw_status look_at_block(void *data, int worker, int32_t number)
{
    const surveying *s = data;
    const bw_instance *instance = s->instance;
    bw_survey *survey = s->survey;
    bw_pair *buffer = s->buffer + (int64_t)worker * instance->n_reps;
    int32_t end = number * BLOCK + BLOCK;
    if (end > instance->n_units)
        end = instance->n_units;
    for (int32_t unit = number * BLOCK; unit < end; unit++) {
        int32_t n = bw_instance_count(instance, unit, buffer);
        survey->n_pairs[unit] = n;
        s->n_pairs[number] += n;
        extreme cheapest = find(s, LEAST_COST, unit, buffer);
        survey->least_cost[unit] = cheapest.value;
        s->instance->cheapest[unit] = cheapest.rep;
        if (instance->workload >= 0) {
            survey->least_work[unit] = find(s, LEAST_WORK, unit, buffer).value;
            survey->most_work[unit] = -find(s, MOST_WORK, unit, buffer).value;
        }
        s->negative[number] |= survey->least_work[unit] < 0;
        if (survey->group)
            look_at_groups(s, unit, buffer);
    }
    return BW_OK;
}

/* A work hour at price 1 and at -1, costs left aside. */
static bw_status open_lenses(surveying *s)
{
    const bw_instance *instance = s->instance;
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    double *price = bw_alloc((size_t)n, sizeof *price);
    bw_status status = price ? BW_OK : BW_NOMEM;
    for (int i = 0; i < N_LOOKS && status == BW_OK; i++)
        status = bw_lens_new(instance, &s->lens[i]);
    for (int what = LEAST_WORK; what < N_LOOKS && status == BW_OK; what++) {
        for (int64_t at = 0; at < n; at++)
            if (at % instance->n_measures == instance->workload)
                price[at] = what == LEAST_WORK ? 1 : -1;
        bw_lens_set(s->lens[what], price, true);
    }
    bw_free(price);
    return status;
}

static bw_status look_at_all(surveying *s, int threads)
{
    bw_instance *instance = s->instance;
    int32_t blocks = instance->n_units / BLOCK + 1;
    bw_status status = open_lenses(s);
    s->buffer =
        bw_alloc((size_t)threads * (size_t)instance->n_reps, sizeof *s->buffer);
    s->n_pairs = bw_alloc((size_t)blocks, sizeof *s->n_pairs);
    s->negative = bw_alloc((size_t)blocks, sizeof *s->negative);
    instance->cheapest = bw_arena_alloc(
        instance->arena, (size_t)instance->n_units, sizeof *instance->cheapest);
    if (!s->buffer || !s->n_pairs || !s->negative || !instance->cheapest)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = bw_parallel(threads, blocks, look_at_block, s);
    instance->n_pairs = 0;
    for (int32_t b = 0; status == BW_OK && b < blocks; b++) {
        instance->n_pairs += s->n_pairs[b];
        s->survey->negative_work |= s->negative[b];
    }
    for (int i = 0; i < N_LOOKS; i++)
        bw_lens_free(s->lens[i]);
    bw_free(s->buffer);
    bw_free(s->n_pairs);
    bw_free(s->negative);
    return status;
}

bw_status bw_survey_make(bw_instance *instance, const bw_problem *problem,
                         int threads, bw_survey *survey)
{
    bw_status status = alloc_survey(instance, has_groups(problem), survey);
    surveying s = {.instance = instance, .problem = problem, .survey = survey};
    if (status == BW_OK)
        status = look_at_all(&s, threads);
    if (status != BW_OK)
        bw_survey_free(survey);
    return status;
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
