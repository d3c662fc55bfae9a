/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <moved>: which accounts a budget counts, and what each adds to it. */
#include "load_parts.h"

#include "buf.h"

#include <math.h>
#include <string.h>

static bw_status load_ones(bw_loader *loader, bw_budget *budget)
{
    int32_t n = loader->problem->accounts.n;
    double *ones = bw_arena_alloc(loader->arena, (size_t)n, sizeof *ones);
    budget->value = ones;
    for (int32_t a = 0; ones && a < n; a++)
        ones[a] = 1;
    return ones ? BW_OK : BW_NOMEM;
}

/* A column of accounts.csv; blank counts as nothing. *column: where it stands,
 * for faults. */
static bw_status load_column(bw_loader *loader, const bw_budget_spec *spec,
                             bw_budget *budget, int32_t *column)
{
    int32_t n = loader->problem->accounts.n;
    const double *values;
    *column = bw_load_need_named(&loader->accounts, &spec->measure,
                                 "<moved measure>");
    if (*column < 0)
        return BW_INVALID;
    bw_status status = bw_load_account_numbers(loader, *column, &values);
    double *filled = bw_arena_alloc(loader->arena, (size_t)n, sizeof *filled);
    budget->value = filled;
    if (status != BW_OK || !filled)
        return status != BW_OK ? status : BW_NOMEM;
    for (int32_t a = 0; a < n; a++)
        filled[a] = isnan(values[a]) ? 0 : values[a];
    return BW_OK;
}

/* Service hours come from coverage or from the accounts' own. */
static void check_hours(const bw_loader *loader, const bw_budget_spec *spec)
{
    for (int i = 0; i < loader->scenario->n_segments; i++)
        if (loader->scenario->segments[i].hours.given)
            return;
    bw_load_need(&loader->accounts, "hours", spec->measure.place,
                 "<moved measure=\"workload\"> (without coverage)");
}

static bw_status load_measure(bw_loader *loader, const bw_budget_spec *spec,
                              bw_budget *budget, int32_t *column)
{
    const bw_accounts *accounts = &loader->problem->accounts;
    const char *measure = spec->measure.text;
    budget->kind = BW_MEASURE_VALUE;
    *column = -1;
    if (strcmp(measure, "accounts") == 0)
        return load_ones(loader, budget);
    if (strcmp(measure, "workload") == 0) {
        budget->kind = BW_MEASURE_WORKLOAD;
        check_hours(loader, spec);
        return BW_OK;
    }
    bool revenue = strcmp(measure, "revenue") == 0;
    if (!revenue && strcmp(measure, "potential") != 0)
        return load_column(loader, spec, budget, column);
    budget->value = revenue ? accounts->revenue : accounts->potential;
    *column = bw_load_need(&loader->accounts, measure, spec->measure.place,
                           revenue ? "<moved measure=\"revenue\">"
                                   : "<moved measure=\"potential\">");
    return BW_OK;
}

static bool counts(const bw_loader *loader, const bw_budget *budget, int32_t a)
{
    return loader->problem->accounts.owner[a] >= 0 &&
           (!budget->holds || budget->holds[a]);
}

/* Less than nothing that moves would pay for something else that moves. */
static void check_values(const bw_loader *loader, const bw_budget *budget,
                         int32_t column)
{
    const bw_sheet *sheet = &loader->accounts;
    for (int32_t a = 0; budget->value && a < loader->problem->accounts.n; a++)
        if (counts(loader, budget, a) && budget->value[a] < 0)
            bw_diag_add(
                loader->diags, BW_ERROR, BW_FIELD_RANGE,
                bw_sheet_place(sheet, column, loader->row_of_account[a]),
                "%.60s of account \"%.80s\" is %.15g, but <moved> at "
                "line %u counts it, and what moves cannot be less than "
                "nothing; correct it, or leave the account out by where",
                budget->measure, loader->problem->accounts.id[a],
                budget->value[a], (unsigned)budget->place.line);
}

static bw_status load_where(bw_loader *loader, const bw_budget_spec *spec,
                            bw_budget *budget)
{
    const bw_rule_spec rule = {.where = spec->where};
    uint8_t *member = NULL, *kept;
    int32_t n = loader->problem->accounts.n, count = 0;
    bw_status status = bw_select_accounts(loader, &rule, &member, &count);
    if (status != BW_OK || !spec->where.text)
        return status;
    kept = bw_arena_alloc(loader->arena, (size_t)n, 1);
    budget->holds = kept;
    if (kept && n > 0)
        memcpy(kept, member, (size_t)n);
    return kept ? BW_OK : BW_NOMEM;
}

static void warn_idle(const bw_loader *loader, const bw_budget *budget)
{
    if (loader->accounts.blind)
        return;
    for (int32_t a = 0; a < loader->problem->accounts.n; a++)
        if (counts(loader, budget, a))
            return;
    bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE, budget->place,
                "no account %s, so this budget limits nothing; correct it or "
                "remove it",
                budget->holds ? "with an owner satisfies its condition"
                              : "has an owner");
}

static bool is_taken(const bw_loader *loader, const char *name)
{
    const bw_scenario *scenario = loader->scenario;
    const bw_problem *problem = loader->problem;
    for (int i = 0; i < scenario->n_budgets; i++)
        if (scenario->budgets[i].name.text &&
            strcmp(scenario->budgets[i].name.text, name) == 0)
            return true;
    for (int32_t i = 0; i < problem->n_budgets; i++)
        if (strcmp(problem->budgets[i].name, name) == 0)
            return true;
    return false;
}

/* "moved revenue", "moved revenue 2" and so on, where none is given. */
static const char *name_of(const bw_loader *loader, const bw_budget_spec *spec)
{
    if (spec->name.text)
        return spec->name.text;
    bw_buf text = {0};
    bw_buf_format(&text, "moved %s", spec->measure.text);
    for (int number = 2; !text.failed && is_taken(loader, text.text);
         number++) {
        text.len = 0;
        bw_buf_format(&text, "moved %s %d", spec->measure.text, number);
    }
    const char *name =
        text.failed ? NULL : bw_arena_text(loader->arena, text.text, text.len);
    bw_buf_free(&text);
    return name;
}

static bw_status load_budget(bw_loader *loader, const bw_budget_spec *spec)
{
    int32_t column;
    bw_budget *budget = &loader->problem->budgets[loader->problem->n_budgets];
    *budget = (bw_budget){.name = name_of(loader, spec),
                          .place = spec->place,
                          .measure = spec->measure.text,
                          .count_all = spec->count_all,
                          .share = spec->max.percent,
                          .max = spec->max.value};
    loader->problem->n_budgets++;
    if (!budget->name)
        return BW_NOMEM;
    bw_status where = load_where(loader, spec, budget);
    if (bw_fatal(where))
        return where;
    bw_status status = load_measure(loader, spec, budget, &column);
    if (status != BW_OK || where != BW_OK)
        return status != BW_OK ? status : where;
    check_values(loader, budget, column);
    warn_idle(loader, budget);
    return BW_OK;
}

bw_status bw_load_budgets(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    bw_problem *problem = loader->problem;
    const bw_budget_spec *further = &scenario->frontier.further;
    problem->budgets =
        bw_arena_alloc(loader->arena, (size_t)scenario->n_budgets + 1,
                       sizeof *problem->budgets);
    if (!problem->budgets)
        return BW_NOMEM;
    for (int i = 0; i < scenario->n_budgets; i++) {
        bw_status status = load_budget(loader, &scenario->budgets[i]);
        if (bw_fatal(status))
            return status;
    }
    if (!further->measure.text)
        return BW_OK;
    bw_status status = load_budget(loader, further);
    problem->n_budgets--;
    problem->n_curve_budgets = 1;
    return bw_fatal(status) ? status : BW_OK;
}
