/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free positions in the exported program. Where bands follow the number, each
 * number has columns y of its own: bands times y are then linear. */
#include "bw/alloc.h"
#include "bw/positions_problem.h"
#include "model_parts.h"

static int64_t n_limits(const bw_instance *instance)
{
    return bw_instance_windows(instance);
}

static bool bands_follow(const bw_problem *problem)
{
    for (int32_t k = 0; k < problem->n_balances; k++)
        if (problem->balances[k].target == BW_TARGET_EQUAL ||
            problem->balances[k].target == BW_TARGET_SHARE)
            return true;
    return false;
}

static void list_free(bw_model_choice *choice)
{
    for (int32_t r = 0; r < choice->reps->n_serving; r++) {
        choice->place[r] = -1;
        if (choice->reps->free[r] == BW_STAYS)
            continue;
        choice->place[r] = choice->n_free;
        choice->rep[choice->n_free++] = r;
    }
}

/* A budget over voluntary moves counts nothing of an owner who is closed. */
static void sum_kept(const bw_problem *problem, const bw_instance *instance,
                     bw_model_choice *choice)
{
    int32_t n = instance->n_budgets;
    int32_t keepers = n ? instance->keeper_first[instance->n_units] : 0;
    for (int32_t i = 0; i < keepers; i++)
        for (int32_t g = 0; g < n; g++)
            if (!problem->budgets[g].count_all)
                choice->kept[(int64_t)instance->keeper[i] * n + g] +=
                    instance->kept[(int64_t)i * n + g];
}

/* The bands of each number, and the highest of each. */
static void fill_bands(const bw_problem *problem, const bw_instance *instance,
                       bw_model_choice *choice)
{
    int64_t n = n_limits(instance);
    for (int32_t b = 0; b < choice->n_blocks; b++)
        bw_positions_sides(
            problem, choice->least + b,
            (bw_all_open){instance->low, instance->high, instance->total},
            choice->low + b * n, choice->high + b * n);
    for (int64_t at = 0; at < n; at++) {
        choice->highest[at] = choice->high[at];
        for (int32_t b = 1; b < choice->n_blocks; b++)
            if (choice->high[b * n + at] > choice->highest[at])
                choice->highest[at] = choice->high[b * n + at];
    }
}

bw_status bw_model_choice_new(const bw_problem *problem,
                              const bw_instance *instance, void *arena,
                              bw_model_choice **choice)
{
    size_t n = (size_t)n_limits(instance), m = (size_t)instance->n_reps;
    bw_model_choice *made = bw_arena_alloc(arena, 1, sizeof *made);
    *choice = NULL;
    if (!made)
        return BW_NOMEM;
    made->reps = &problem->reps;
    made->least = problem->positions.least;
    made->most = problem->positions.most;
    made->n_blocks = bands_follow(problem) ? made->most - made->least + 1 : 1;
    size_t size = n * (size_t)made->n_blocks;
    made->low = bw_arena_alloc(arena, size, sizeof *made->low);
    made->high = bw_arena_alloc(arena, size, sizeof *made->high);
    made->highest = bw_arena_alloc(arena, n, sizeof *made->highest);
    made->rep = bw_arena_alloc(arena, m, sizeof *made->rep);
    made->place = bw_arena_alloc(arena, m, sizeof *made->place);
    made->kept = bw_arena_alloc(arena, m * (size_t)instance->n_budgets,
                                sizeof *made->kept);
    if (!made->low || !made->high || !made->highest || !made->rep ||
        !made->place || !made->kept)
        return BW_NOMEM;
    list_free(made);
    sum_kept(problem, instance, made);
    fill_bands(problem, instance, made);
    *choice = made;
    return BW_OK;
}

void bw_model_choose(bw_model *model, const bw_model_choice *choice)
{
    model->choice = choice;
}

int64_t bw_model_y_columns(const bw_model *model)
{
    const bw_model_choice *c = model->choice;
    if (!c)
        return 0;
    return (int64_t)c->n_free * c->n_blocks +
           (c->n_blocks > 1 ? c->n_blocks : 0);
}

int64_t bw_model_y_rows(const bw_model *model)
{
    const bw_model_choice *c = model->choice;
    const bw_instance *instance = model->instance;
    bw_model_band band;
    int64_t rows = 0;
    if (!c)
        return 0;
    for (int64_t at = 0; at < n_limits(instance); at++)
        rows += bw_model_band_at(model, at, &band) && band.moves &&
                band.low != BW_NO_LOW && band.high != BW_NO_HIGH;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = bw_instance_row(instance, unit, model->buffer);
        for (int32_t i = 0; i < row.n; i++)
            rows += bw_model_is_free(model, row.pair[i].rep);
    }
    int64_t numbers = c->n_blocks > 1 ? c->n_blocks + 1 : 1;
    return rows + c->n_free + numbers + bw_model_has_range(c);
}

int64_t bw_model_kept(const bw_model *model, int32_t g, int32_t rep)
{
    const bw_model_choice *c = model->choice;
    return c && c->reps->free[rep] != BW_STAYS
               ? c->kept[(int64_t)rep * model->instance->n_budgets + g]
               : 0;
}

bw_wide bw_model_limit(const bw_model *model, int32_t g)
{
    bw_wide limit = model->instance->budget[g].limit;
    for (int32_t r = 0; r < model->instance->n_reps; r++)
        limit += bw_model_kept(model, g, r);
    return limit;
}

int64_t bw_model_side(const bw_model *model, const bw_model_band *band,
                      int32_t block, bool high)
{
    const bw_model_choice *c = model->choice;
    int64_t at = (int64_t)band->rep * model->instance->n_measures + band->k +
                 n_limits(model->instance) * block;
    return high ? c->high[at] : c->low[at];
}

void bw_model_y_name(bw_stream *out, const bw_model *model, int32_t place,
                     int32_t block)
{
    bw_model_name(out, 'y', place + 1);
    if (model->choice->n_blocks > 1)
        bw_model_name(out, '_', model->choice->least + block);
}
