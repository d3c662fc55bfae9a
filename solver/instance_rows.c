/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An instance from rows of pairs as given, without tables behind it. */
#include "budget.h"
#include "pair_store.h"

#include <assert.h>
#include <string.h>

static bw_status alloc_tables(bw_instance *instance)
{
    size_t n_units = (size_t)instance->n_units;
    size_t n_measures = (size_t)instance->n_measures;
    size_t n_limits = (size_t)instance->n_reps * n_measures;
    bw_arena *arena = instance->arena;
    instance->measure =
        bw_arena_alloc(arena, n_measures, sizeof *instance->measure);
    instance->base =
        bw_arena_alloc(arena, n_units * n_measures, sizeof *instance->base);
    instance->low = bw_arena_alloc(arena, n_limits, sizeof *instance->low);
    instance->high = bw_arena_alloc(arena, n_limits, sizeof *instance->high);
    instance->owner = bw_arena_alloc(arena, n_units, sizeof *instance->owner);
    if (!instance->measure || !instance->base || !instance->low ||
        !instance->high || !instance->owner)
        return BW_NOMEM;
    return BW_OK;
}

static bw_status copy_measures(bw_instance *instance,
                               const bw_instance_rows *rows)
{
    for (int32_t k = 0; k < rows->n_measures; k++) {
        bw_instance_measure *m = &instance->measure[k];
        const char *name = rows->measure[k].name ? rows->measure[k].name : "";
        *m = rows->measure[k];
        m->name = bw_arena_text(instance->arena, name, strlen(name));
        if (!m->name)
            return BW_NOMEM;
    }
    return BW_OK;
}

static void copy_numbers(int64_t *to, const int64_t *from, int64_t n)
{
    if (n)
        memcpy(to, from, (size_t)n * sizeof *to);
}

static bw_status copy_budgets(bw_instance *instance,
                              const bw_instance_rows *rows)
{
    int32_t n = rows->n_budgets;
    if (n == 0)
        return BW_OK;
    bw_status status =
        bw_budgets_room(instance, n, rows->keeper_first[rows->n_units]);
    for (int32_t g = 0; status == BW_OK && g < n; g++) {
        const char *name = rows->budget[g].name ? rows->budget[g].name : "";
        instance->budget[g] = rows->budget[g];
        instance->budget[g].name =
            bw_arena_text(instance->arena, name, strlen(name));
        if (!instance->budget[g].name)
            status = BW_NOMEM;
    }
    if (status != BW_OK)
        return status;
    int32_t keepers = rows->keeper_first[rows->n_units];
    memcpy(instance->keeper_first, rows->keeper_first,
           ((size_t)rows->n_units + 1) * sizeof *rows->keeper_first);
    for (int32_t i = 0; i < keepers; i++)
        instance->keeper[i] = rows->keeper[i];
    copy_numbers(instance->budget_total, rows->budget_total,
                 (int64_t)rows->n_units * n);
    copy_numbers(instance->kept, rows->kept, (int64_t)keepers * n);
    bw_budgets_settle(instance);
    return BW_OK;
}

static bw_status fill_from_rows(bw_instance *instance,
                                const bw_instance_rows *rows)
{
    instance->n_units = rows->n_units;
    instance->n_reps = rows->n_reps;
    instance->n_measures = rows->n_measures;
    instance->workload = rows->workload;
    bw_status status = alloc_tables(instance);
    if (status == BW_OK)
        status = copy_measures(instance, rows);
    if (status == BW_OK)
        status = bw_pair_store_rows(instance->arena, rows, &instance->store);
    if (status != BW_OK)
        return status;
    int64_t n_limits = (int64_t)rows->n_reps * rows->n_measures;
    copy_numbers(instance->base, rows->base,
                 (int64_t)rows->n_units * rows->n_measures);
    copy_numbers(instance->low, rows->low, n_limits);
    copy_numbers(instance->high, rows->high, n_limits);
    for (int32_t unit = 0; unit < rows->n_units; unit++)
        instance->owner[unit] = rows->owner ? rows->owner[unit] : -1;
    status = copy_budgets(instance, rows);
    bw_survey survey;
    if (status == BW_OK)
        status = bw_survey_make(instance, NULL, BW_BUILD_THREADS, &survey);
    if (status != BW_OK)
        return status;
    status = bw_instance_tighten(instance, &survey);
    bw_survey_free(&survey);
    return status;
}

bw_status bw_instance_from_rows(const bw_instance_rows *rows,
                                bw_instance **instance)
{
    assert(rows->n_units >= 0 && rows->n_reps >= 0);
    assert(rows->n_measures >= 0 && rows->n_measures <= BW_MEASURES_MAX);
    assert(rows->workload >= -1 && rows->workload < rows->n_measures);
    *instance = NULL;
    bw_instance *made = bw_instance_blank();
    if (!made)
        return BW_NOMEM;
    bw_status status = fill_from_rows(made, rows);
    if (status == BW_OK)
        *instance = made;
    else
        bw_instance_free(made);
    return status;
}
