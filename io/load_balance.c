/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Balanced measures: what each account adds to them, and in which order they
 * stand. */
#include "load_parts.h"

#include <math.h>
#include <string.h>

static bw_status load_ones(bw_loader *loader, bw_balance *balance)
{
    int32_t n = loader->problem->accounts.n;
    double *ones = bw_arena_alloc(loader->arena, (size_t)n, sizeof *ones);
    balance->value = ones;
    if (!ones)
        return BW_NOMEM;
    for (int32_t a = 0; a < n; a++)
        ones[a] = 1;
    return BW_OK;
}

/* A column of accounts.csv; blank counts as nothing. */
static bw_status load_column(bw_loader *loader, const bw_balance_spec *spec,
                             bw_balance *balance)
{
    int32_t n = loader->problem->accounts.n;
    int32_t column = bw_load_need_named(&loader->accounts, &spec->measure,
                                        "<balance measure>");
    if (column < 0)
        return BW_INVALID;
    const double *values;
    bw_status status = bw_load_account_numbers(loader, column, &values);
    double *filled = bw_arena_alloc(loader->arena, (size_t)n, sizeof *filled);
    balance->value = filled;
    if (status != BW_OK || !filled)
        return status != BW_OK ? status : BW_NOMEM;
    for (int32_t a = 0; a < n; a++)
        filled[a] = isnan(values[a]) ? 0 : values[a];
    return BW_OK;
}

/* With nothing that gives hours, every workload is 0 and no band can do what
 * was meant. */
static void check_hours(const bw_loader *loader, const bw_balance_spec *spec)
{
    const bw_scenario *scenario = loader->scenario;
    bool given = scenario->travel.counts ||
                 bw_sheet_field(&loader->pairs, "hours") >= 0 ||
                 bw_sheet_faulty(&loader->pairs, "hours");
    for (int i = 0; i < scenario->n_segments; i++)
        given = given || scenario->segments[i].hours.given;
    if (!given)
        bw_load_need(&loader->accounts, "hours", spec->measure.place,
                     "<balance measure=\"workload\"> (without coverage and "
                     "without travel)");
}

static bw_status load_measure(bw_loader *loader, const bw_balance_spec *spec,
                              bw_balance *balance)
{
    const char *measure = spec->measure.text;
    balance->kind = BW_MEASURE_VALUE;
    if (strcmp(measure, "workload") == 0) {
        balance->kind = BW_MEASURE_WORKLOAD;
        check_hours(loader, spec);
        return BW_OK;
    }
    if (strcmp(measure, "accounts") == 0)
        return load_ones(loader, balance);
    if (strcmp(measure, "potential") != 0)
        return load_column(loader, spec, balance);
    balance->value = loader->problem->accounts.potential;
    bw_load_need(&loader->accounts, "potential", spec->measure.place,
                 "<balance measure=\"potential\">");
    return BW_OK;
}

/* Hard beats a cost given beside it; the side without a cost is free. */
static double side_cost(const bw_balance_spec *spec, double cost)
{
    if (spec->hard)
        return INFINITY;
    return isnan(cost) ? 0 : cost;
}

static bw_status load_balance(bw_loader *loader, const bw_balance_spec *spec,
                              bw_balance *balance)
{
    double tolerance = spec->tolerance.value;
    bool targeted = spec->target != BW_TARGET_NONE && !isnan(tolerance);
    *balance =
        (bw_balance){.measure = spec->measure.text,
                     .place = spec->place,
                     .target = spec->target,
                     .tolerance = targeted ? tolerance : 0,
                     .under_cost = side_cost(spec, spec->under_cost.value),
                     .over_cost = side_cost(spec, spec->over_cost.value)};
    bw_status status = load_measure(loader, spec, balance);
    if (bw_fatal(status))
        return status;
    return bw_load_bands(loader, spec, balance);
}

static int rank_of(const bw_balance_spec *spec)
{
    if (strcmp(spec->measure.text, "workload") == 0)
        return 0;
    return strcmp(spec->measure.text, "potential") == 0 ? 1 : 2;
}

bw_status bw_load_balances(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    bw_problem *problem = loader->problem;
    problem->balances = bw_arena_alloc(
        loader->arena, (size_t)scenario->n_balances, sizeof *problem->balances);
    if (!problem->balances)
        return BW_NOMEM;
    for (int rank = 0; rank < 3; rank++) {
        for (int i = 0; i < scenario->n_balances; i++) {
            const bw_balance_spec *spec = &scenario->balances[i];
            bw_balance *balance = &problem->balances[problem->n_balances];
            if (rank_of(spec) != rank)
                continue;
            problem->n_balances++;
            bw_status status = load_balance(loader, spec, balance);
            if (bw_fatal(status))
                return status;
        }
    }
    return BW_OK;
}
