/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <positions>: candidates may open, those that close= names may close. */
#include "load_parts.h"

#include <math.h>

/* Candidates are free; so is who satisfies close=. */
static bw_status mark_free(bw_loader *loader, uint8_t *free_ones)
{
    const bw_reps *reps = &loader->problem->reps;
    const bw_positions_spec *spec = &loader->scenario->positions;
    const bw_rule_spec rule = {.place = spec->place, .rep_where = spec->close};
    uint8_t *member = NULL;
    int32_t count = 0;
    for (int32_t r = 0; r < reps->n_serving; r++)
        free_ones[r] = reps->status[r] == BW_CANDIDATE ? BW_MAY_OPEN : BW_STAYS;
    if (!spec->close.text)
        return BW_OK;
    bw_status status = bw_select_reps(loader, &rule, &member, &count);
    int32_t closable = 0;
    for (int32_t r = 0; status == BW_OK && r < reps->n_serving; r++)
        if (member[r] && free_ones[r] == BW_STAYS) {
            free_ones[r] = BW_MAY_CLOSE;
            closable++;
        }
    if (status == BW_OK && closable == 0 && !loader->reps.blind)
        bw_diag_add(loader->diags, BW_ERROR, BW_RULE_IDLE, spec->close.place,
                    "no rep satisfies close=; correct it, or take it out");
    return status;
}

/* The column position_cost where it is filled in, else cost=. */
static bw_status fill_costs(bw_loader *loader, double *cost)
{
    const bw_reps *reps = &loader->problem->reps;
    const bw_positions_spec *spec = &loader->scenario->positions;
    int32_t column = bw_sheet_find(&loader->reps, "position_cost");
    const double *own = NULL;
    bw_status status = BW_OK;
    if (column >= 0)
        status = bw_load_rep_numbers(loader, column, &own);
    for (int32_t r = 0; status == BW_OK && r < reps->n; r++) {
        cost[r] = own && !isnan(own[r]) ? own[r] : spec->cost.value;
        if (cost[r] < 0)
            bw_diag_add(
                loader->diags, BW_ERROR, BW_FIELD_RANGE,
                bw_sheet_place(&loader->reps, column, loader->row_of_rep[r]),
                "position_cost of rep \"%.80s\" is below 0; what a "
                "position costs cannot be",
                reps->id[r]);
    }
    return status;
}

/* choose= counts free ones, total= all that serve. */
static void count(bw_loader *loader)
{
    bw_problem *problem = loader->problem;
    const bw_positions_spec *spec = &loader->scenario->positions;
    bw_position_choice *c = &problem->positions;
    int32_t stay = problem->reps.n_serving - c->n_free;
    int32_t off = spec->total ? stay : 0;
    c->least = spec->least - off;
    c->most = spec->most < 0 ? c->n_free : spec->most - off;
    /* Those that stay may be more than the lower end; somebody must serve. */
    int32_t need = stay == 0;
    if (c->least < need && c->most >= need)
        c->least = need;
    if (loader->reps.blind || (c->least >= need && c->most <= c->n_free))
        return;
    bw_diag_add(loader->diags, BW_ERROR, BW_POSITIONS_COUNT,
                spec->choose.text ? spec->choose.place : spec->place,
                "%s=\"%s\" cannot be: %d positions stay, and free are %d, so "
                "it must lie between %d and %d",
                spec->total ? "total" : "choose",
                spec->choose.text ? spec->choose.text : "", (int)stay,
                (int)c->n_free, (int)(off + need), (int)(off + c->n_free));
}

/* Nobody is free because a candidate of the file, or close=, is at fault. */
static bool is_told(const bw_loader *loader, size_t errors)
{
    const bw_positions_spec *spec = &loader->scenario->positions;
    return ((spec->source.file.text || spec->automatic) &&
            spec->n_added == 0) ||
           bw_diags_count(loader->diags, BW_ERROR) > errors;
}

static void say_none(const bw_loader *loader)
{
    const bw_positions_spec *spec = &loader->scenario->positions;
    if (spec->n_added > 0 && loader->scenario->reps.where.text)
        bw_diag_add(loader->diags, BW_ERROR, BW_POSITIONS_COUNT, spec->place,
                    "no position is free: the `where` of <reps> holds for none "
                    "of the %d candidates; let them in, for instance by %s",
                    spec->n_added,
                    spec->automatic ? "or starts-with(string($id), 'new-')"
                                    : "their ids");
    else
        bw_diag_add(loader->diags, BW_ERROR, BW_POSITIONS_COUNT, spec->place,
                    "no position is free: there is no candidate (status "
                    "candidate, or candidates=), and close= names nobody");
}

bw_status bw_load_positions(bw_loader *loader)
{
    size_t errors = bw_diags_count(loader->diags, BW_ERROR);
    bw_reps *reps = &loader->problem->reps;
    bw_position_choice *c = &loader->problem->positions;
    const bw_positions_spec *spec = &loader->scenario->positions;
    size_t n = (size_t)reps->n;
    if (!spec->given)
        return BW_OK;
    *c = (bw_position_choice){.given = true, .place = spec->place};
    reps->free = bw_arena_alloc(loader->arena, n, 1);
    reps->position_cost =
        bw_arena_alloc(loader->arena, n, sizeof *reps->position_cost);
    if (!reps->free || !reps->position_cost)
        return BW_NOMEM;
    bw_status status = mark_free(loader, reps->free);
    if (status == BW_OK)
        status = fill_costs(loader, reps->position_cost);
    if (status != BW_OK)
        return status;
    for (int32_t r = 0; r < reps->n_serving; r++)
        c->n_free += reps->free[r] != BW_STAYS;
    if (c->n_free == 0 && is_told(loader, errors))
        return BW_OK;
    if (c->n_free == 0 && !loader->reps.blind)
        say_none(loader);
    else
        count(loader);
    return BW_OK;
}
