/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a problem to an instance, step by step. A step that finds faults lets
 * the next one look on, as far as what it needs can be trusted. */
#include "band.h"
#include "budget.h"
#include "near_tree.h"
#include "pair_store.h"
#include "segment.h"
#include "sizes.h"
#include "unit.h"
#include "validate.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static bw_status copy_balances(bw_instance *instance, const bw_problem *problem)
{
    assert(problem->n_balances <= BW_MEASURES_MAX);
    instance->n_measures = problem->n_balances;
    instance->measure =
        bw_arena_alloc(instance->arena, (size_t)instance->n_measures,
                       sizeof *instance->measure);
    if (!instance->measure)
        return BW_NOMEM;
    for (int32_t k = 0; k < instance->n_measures; k++) {
        const bw_balance *balance = &problem->balances[k];
        const char *name = balance->measure;
        instance->measure[k] = (bw_instance_measure){
            .name = bw_arena_text(instance->arena, name, strlen(name)),
            .under = bw_price(balance->under_cost),
            .over = bw_price(balance->over_cost)};
        if (!instance->measure[k].name)
            return BW_NOMEM;
        if (balance->kind == BW_MEASURE_WORKLOAD)
            instance->workload = k;
    }
    return BW_OK;
}

/* base[u,k]: what the unit's accounts sum up to, each rounded by itself. */
static void sum_base(const bw_build *build)
{
    const bw_problem *problem = build->problem;
    bw_instance *instance = build->instance;
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        int64_t *base = instance->base + (int64_t)instance->account_unit[a] *
                                             instance->n_measures;
        for (int32_t k = 0; k < instance->n_measures; k++) {
            const double *value = problem->balances[k].value;
            if (k == instance->workload)
                base[k] += instance->service_hours[a];
            else if (value && !isnan(value[a]))
                base[k] += bw_quanta(value[a]);
        }
    }
}

static bw_status make_units(bw_build *build)
{
    bw_instance *instance = build->instance;
    bw_status status = bw_units_form(build);
    if (status != BW_OK)
        return status;
    size_t n_units = (size_t)instance->n_units;
    size_t n_measures = (size_t)instance->n_measures;
    size_t n_limits = (size_t)instance->n_reps * n_measures;
    bw_arena *arena = instance->arena;
    instance->base =
        bw_arena_alloc(arena, n_units * n_measures, sizeof *instance->base);
    instance->low = bw_arena_alloc(arena, n_limits, sizeof *instance->low);
    instance->high = bw_arena_alloc(arena, n_limits, sizeof *instance->high);
    instance->total =
        bw_arena_alloc(arena, n_measures, sizeof *instance->total);
    instance->owner = bw_arena_alloc(arena, n_units, sizeof *instance->owner);
    if (!instance->base || !instance->low || !instance->high ||
        !instance->total || !instance->owner)
        return BW_NOMEM;
    sum_base(build);
    return bw_units_own(build);
}

/* Bands, and what they show; the pairs stand. */
static bw_status make_bands(bw_build *build, const bw_survey *survey)
{
    bw_status status = bw_bands_make(build, survey);
    if (status == BW_OK)
        status = bw_instance_tighten(build->instance, survey);
    if (status == BW_OK && build->n_faults == 0)
        status = bw_validate_sizes(build, survey);
    if (status == BW_OK && build->n_faults == 0)
        status =
            bw_validate_capacity(build, build->instance->store->source, survey);
    return status;
}

static bw_status make_pairs(bw_build *build, int64_t kept, bw_survey *survey)
{
    bw_instance *instance = build->instance;
    bw_pair_source *source;
    bw_status status = bw_pair_source_new(build, &source);
    if (status == BW_OK)
        status = bw_near_new(instance->arena, source, &source->near);
    if (status == BW_OK)
        status =
            bw_pair_store_computed(instance->arena, source, &instance->store);
    if (status == BW_OK)
        status =
            bw_survey_make(instance, build->problem, BW_BUILD_THREADS, survey);
    if (status == BW_OK && instance->n_pairs <= kept)
        status = bw_pair_store_keep(instance, survey->n_pairs);
    if (status == BW_OK)
        bw_validate_service(build, source, survey);
    return status;
}

static void report_no_reps(bw_build *build)
{
    build->n_faults++;
    bw_diag_add(build->diags, BW_ERROR, BW_REPS_NONE,
                bw_reps_place(build->problem),
                "no rep serves in the plan: of the %d that take part all are "
                "leaving; give at least one active or vacant position",
                (int)build->problem->reps.n);
}

static bw_status make_instance(bw_build *build, int64_t kept)
{
    bw_survey survey = {0};
    bw_instance *instance = build->instance;
    instance->problem = build->problem;
    instance->n_reps = build->problem->reps.n_serving;
    bw_status status = copy_balances(instance, build->problem);
    if (status == BW_OK)
        status = bw_segments_assign(build);
    if (status == BW_OK)
        status = bw_sizes_check(build);
    if (status == BW_OK && instance->n_reps == 0)
        report_no_reps(build);
    else if (status == BW_OK)
        status = make_units(build);
    if (status == BW_OK && instance->n_reps > 0)
        status = make_pairs(build, kept, &survey);
    if (status == BW_OK && build->n_faults == 0)
        status = make_bands(build, &survey);
    bw_survey_free(&survey);
    if (status == BW_OK && build->n_faults == 0)
        status = bw_budgets_make(build);
    if (status == BW_OK && build->n_faults > 0)
        status = BW_INVALID;
    return status;
}

bw_status bw_instance_new_kept(const bw_problem *problem, int64_t kept,
                               bw_diags *diags, bw_instance **instance)
{
    *instance = NULL;
    bw_build build = {.problem = problem, .diags = diags};
    build.instance = bw_instance_blank();
    if (!build.instance)
        return BW_NOMEM;
    bw_status status = make_instance(&build, kept);
    if (status == BW_OK)
        *instance = build.instance;
    else
        bw_instance_free(build.instance);
    return status;
}

bw_status bw_instance_new(const bw_problem *problem, bw_diags *diags,
                          bw_instance **instance)
{
    return bw_instance_new_kept(problem, BW_PAIRS_KEPT, diags, instance);
}

bw_status bw_instance_again(const bw_problem *problem, bw_diags *diags,
                            bw_instance **instance)
{
    bw_diags *unheard = bw_diags_new();
    *instance = NULL;
    bw_status status =
        unheard ? bw_instance_new(problem, unheard, instance) : BW_NOMEM;
    bw_diags_free(unheard);
    bool fine = status == BW_OK && !(*instance)->impossible;
    if (fine || status == BW_NOMEM)
        return status;
    bw_instance_free(*instance);
    return bw_instance_new(problem, diags, instance);
}
