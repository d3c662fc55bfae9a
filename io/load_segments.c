/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments: where each rule holds, and what shares are ranked by. Which
 * segment an account then falls into is the solver's and its judge's work. */
#include "load_parts.h"

#include <math.h>

static bw_status evaluate_where(bw_loader *loader, bw_expr *where,
                                const uint8_t **result)
{
    int32_t n = loader->problem->accounts.n;
    uint8_t *holds = bw_arena_alloc(loader->arena, (size_t)n, 1);
    bw_rows rows = bw_rows_of(&loader->accounts, NULL);
    bw_status status = holds ? BW_OK : BW_NOMEM;
    for (int32_t a = 0; a < n && status == BW_OK; a++) {
        bool truth = false;
        rows.account_row = loader->row_of_account[a];
        status = bw_expr_truth(where, bw_rows_lookup, &rows, &truth);
        holds[a] = truth;
    }
    *result = holds;
    return status;
}

static bw_status load_where(bw_loader *loader, const bw_segment_spec *spec,
                            bw_segment_rule *segment)
{
    bw_expr *where;
    bw_status status = bw_sheet_compile(&loader->accounts, NULL, &spec->where,
                                        BW_BOOLEAN, &where);
    if (status == BW_OK && where)
        status = evaluate_where(loader, where, &segment->holds);
    bw_expr_free(where);
    return status;
}

static bw_status evaluate_rank(bw_loader *loader, const bw_segment_spec *spec,
                               const double **result)
{
    bw_expr *expr;
    int32_t n = loader->problem->accounts.n;
    bw_rows rows = bw_rows_of(&loader->accounts, NULL);
    bw_status status =
        bw_sheet_compile(&loader->accounts, NULL, &spec->of, BW_NUMBER, &expr);
    if (status != BW_OK)
        return status;
    double *rank = bw_arena_alloc(loader->arena, (size_t)n, sizeof *rank);
    if (!rank)
        status = BW_NOMEM;
    for (int32_t a = 0; a < n && status == BW_OK; a++) {
        rows.account_row = loader->row_of_account[a];
        status = bw_expr_number(expr, bw_rows_lookup, &rows, &rank[a]);
    }
    bw_expr_free(expr);
    *result = rank;
    return status;
}

/* `of` is a column, else an expression, else potential. */
static bw_status load_rank(bw_loader *loader, const bw_segment_spec *spec,
                           const double **rank)
{
    bw_sheet *sheet = &loader->accounts;
    const char *of = spec->of.text ? spec->of.text : "potential";
    int32_t column =
        spec->of.text ? bw_sheet_find(sheet, of) : bw_sheet_field(sheet, of);
    if (bw_sheet_faulty(sheet, of))
        return BW_INVALID;
    if (column < 0 && spec->of.text)
        return evaluate_rank(loader, spec, rank);
    if (column < 0)
        column = bw_load_need(sheet, of, spec->share.place,
                              "a segment's share (ranked by potential, unless "
                              "`of` says otherwise)");
    if (column < 0)
        return BW_INVALID;
    return bw_load_account_numbers(loader, column, rank);
}

static bw_status load_segment(bw_loader *loader, const bw_segment_spec *spec,
                              bw_segment_rule *segment)
{
    const char *name = spec->name.text ? spec->name.text : "";
    *segment = (bw_segment_rule){.place = spec->place,
                                 .share = NAN,
                                 .by = spec->by,
                                 .calls = spec->calls.value,
                                 .hours = spec->hours.value};
    segment->name = name;
    bw_status status = load_where(loader, spec, segment);
    if (bw_fatal(status) || !spec->share.given)
        return status;
    segment->share = spec->share.value;
    return load_rank(loader, spec, &segment->of);
}

/* Without <segments> all accounts are one, which gives no coverage. */
static bw_status load_default(bw_loader *loader)
{
    bw_problem *problem = loader->problem;
    problem->segments =
        bw_arena_alloc(loader->arena, 1, sizeof(bw_segment_rule));
    if (!problem->segments)
        return BW_NOMEM;
    problem->n_segments = 1;
    problem->segments[0] = (bw_segment_rule){
        .name = "all", .share = NAN, .calls = NAN, .hours = NAN};
    return BW_OK;
}

static bw_status load_all(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    bw_problem *problem = loader->problem;
    if (scenario->n_segments == 0)
        return load_default(loader);
    problem->segments = bw_arena_alloc(
        loader->arena, (size_t)scenario->n_segments, sizeof *problem->segments);
    if (!problem->segments)
        return BW_NOMEM;
    problem->n_segments = scenario->n_segments;
    for (int i = 0; i < scenario->n_segments; i++) {
        bw_status status =
            load_segment(loader, &scenario->segments[i], &problem->segments[i]);
        if (bw_fatal(status))
            return status;
    }
    return BW_OK;
}

/* Ways are driven for calls: without any, distances count for nothing, which is
 * hardly what was meant. Pairs may have hours or costs of their own. */
static void check_calls(const bw_loader *loader)
{
    const bw_problem *problem = loader->problem;
    const bw_scenario *scenario = loader->scenario;
    bool any = problem->accounts.n == 0 || scenario->pairs.file.text ||
               loader->accounts.blind;
    for (int s = 0; s < problem->n_segments && !any; s++)
        any = problem->segments[s].calls > 0;
    for (int32_t a = 0; a < problem->accounts.n && !any; a++)
        any = problem->accounts.calls[a] > 0;
    if (scenario->travel.counts && !any)
        bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE,
                    scenario->travel.place,
                    "<travel> costs nothing, as no account has calls a year; "
                    "give them by <coverage calls=\"...\"> or a column "
                    "\"calls\", or say count=\"no\"");
}

bw_status bw_load_segments(bw_loader *loader)
{
    bw_status status = load_all(loader);
    if (status == BW_OK)
        check_calls(loader);
    return status;
}
