/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a balance asks of reps.csv: groups to balance within, capacities and
 * targets, limits from columns. */
#include "bw/quantum.h"
#include "load_parts.h"

#include "field.h"

#include <math.h>

/* The place of a rep's cell. */
static bw_place rep_place(const bw_loader *loader, int32_t column, int32_t rep)
{
    return bw_sheet_place(&loader->reps, column, loader->row_of_rep[rep]);
}

static bool is_faulty(const bw_loader *loader, int32_t rep)
{
    return loader->reps.faulty[loader->row_of_rep[rep]];
}

/* Where <positions> refuses the groups of a shared target, it is not said that
 * a rep is in none. */
static bool may_be_blank(const bw_loader *loader, const bw_balance *balance,
                         int32_t rep)
{
    return rep >= loader->problem->reps.n_serving ||
           (loader->scenario->positions.given &&
            (balance->target == BW_TARGET_EQUAL ||
             balance->target == BW_TARGET_SHARE));
}

/* Groups are numbered in the order of reps. */
static bw_status fill_groups(bw_loader *loader, int32_t column, bw_index *names,
                             bw_balance *balance)
{
    const bw_reps *reps = &loader->problem->reps;
    size_t n = (size_t)reps->n;
    int32_t *group = bw_arena_alloc(loader->arena, n, sizeof *group);
    const char **name = bw_arena_alloc(loader->arena, n, sizeof *name);
    if (!group || !name)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < reps->n; rep++) {
        int64_t row = loader->row_of_rep[rep];
        bw_cell cell = bw_sheet_cell(&loader->reps, column, row);
        if (bw_field_blank(cell.text) && !may_be_blank(loader, balance, rep))
            bw_diag_add(loader->diags, BW_ERROR, BW_FIELD_BLANK,
                        rep_place(loader, column, rep),
                        "%s of rep \"%.80s\" is blank, and <balance "
                        "measure=\"%.60s\"> is kept within it; fill it in",
                        loader->reps.column[column].name, reps->id[rep],
                        balance->measure);
        bw_status status = bw_index_put(names, cell.text, cell.len,
                                        balance->n_groups, &group[rep]);
        if (status == BW_OK && group[rep] == balance->n_groups) {
            name[balance->n_groups++] =
                bw_load_text(loader->arena, &loader->reps, column, row);
            if (!name[group[rep]])
                status = BW_NOMEM;
        }
        if (status != BW_OK)
            return status;
    }
    balance->group = group;
    balance->group_name = name;
    return BW_OK;
}

static bw_status load_groups(bw_loader *loader, const bw_balance_spec *spec,
                             bw_balance *balance)
{
    bw_index *names;
    balance->n_groups = 1;
    if (!spec->within.text)
        return BW_OK;
    int32_t column =
        bw_load_need_named(&loader->reps, &spec->within, "<balance within>");
    if (column < 0)
        return BW_INVALID;
    bw_status status = bw_index_new(64, &names);
    balance->n_groups = 0;
    if (status == BW_OK)
        status = fill_groups(loader, column, names, balance);
    bw_index_free(names);
    return status;
}

/* Reported once, however many balances use the capacity. */
static void check_capacity(bw_loader *loader, const bw_balance_spec *spec)
{
    const bw_reps *reps = &loader->problem->reps;
    const char *target = spec->target == BW_TARGET_SHARE ? "share" : "capacity";
    int32_t column = bw_load_need(&loader->reps, "capacity", spec->place,
                                  spec->target == BW_TARGET_SHARE
                                      ? "<balance target=\"share\">"
                                      : "<balance target=\"capacity\">");
    if (column < 0 || loader->capacity_checked)
        return;
    loader->capacity_checked = true;
    for (int32_t rep = 0; rep < reps->n_serving; rep++) {
        double capacity = reps->capacity[rep];
        double size = capacity * reps->fte[rep] * reps->ramp[rep];
        if (is_faulty(loader, rep) || (capacity > 0 && size <= BW_LARGEST))
            continue;
        bw_place place = rep_place(loader, column, rep);
        if (isnan(capacity))
            bw_diag_add(loader->diags, BW_ERROR, BW_FIELD_BLANK, place,
                        "capacity of rep \"%.80s\" is blank, and <balance "
                        "target=\"%s\"> needs it; fill in the hours a year",
                        reps->id[rep], target);
        else if (capacity > 0)
            bw_diag_add(loader->diags, BW_ERROR, BW_FIELD_RANGE, place,
                        "capacity x fte x ramp of rep \"%.80s\" is %g; it may "
                        "be at most 1e12: correct one of them",
                        reps->id[rep], size);
        else
            bw_diag_add(loader->diags, BW_ERROR, BW_CAPACITY_ZERO, place,
                        "capacity of rep \"%.80s\" is %g, and <balance "
                        "target=\"%s\"> needs more than 0; correct it, or set "
                        "the status to inactive",
                        reps->id[rep], capacity, target);
    }
}

/* A total is shared out by fte x ramp; where that is 0 in sum, by nothing. */
static bw_status check_weights(const bw_loader *loader,
                               const bw_balance *balance)
{
    const bw_reps *reps = &loader->problem->reps;
    double *sum = bw_alloc((size_t)balance->n_groups, sizeof *sum);
    bool *any = bw_alloc((size_t)balance->n_groups, sizeof *any);
    bw_status status = sum && any ? BW_OK : BW_NOMEM;
    for (int32_t rep = 0; rep < reps->n_serving && status == BW_OK; rep++) {
        int32_t group = balance->group ? balance->group[rep] : 0;
        sum[group] += reps->fte[rep] * reps->ramp[rep];
        any[group] = true;
    }
    for (int32_t g = 0; g < balance->n_groups && status == BW_OK; g++) {
        bool blank = balance->group && balance->group_name[g][0] == '\0';
        if (any[g] && !blank && !(sum[g] > 0))
            bw_diag_add(
                loader->diags, BW_ERROR, BW_CAPACITY_ZERO, balance->place,
                "fte x ramp is 0 for all positions%s%.60s, so that "
                "nothing says how to share the %.60s; give one of "
                "them more than 0",
                balance->group ? " of " : "",
                balance->group ? balance->group_name[g] : "", balance->measure);
    }
    bw_free(sum);
    bw_free(any);
    return status;
}

static bw_status load_target(bw_loader *loader, const bw_balance_spec *spec,
                             bw_balance *balance)
{
    const bw_reps *reps = &loader->problem->reps;
    int32_t column = bw_load_need_named(&loader->reps, &spec->target_column,
                                        "<balance target=\"column:...\">");
    if (column < 0)
        return BW_INVALID;
    bw_status status =
        bw_load_rep_numbers(loader, column, &balance->target_value);
    for (int32_t rep = 0; rep < reps->n_serving && status == BW_OK; rep++) {
        double target = balance->target_value[rep];
        if (is_faulty(loader, rep) || target >= 0)
            continue;
        bw_place place = rep_place(loader, column, rep);
        if (isnan(target))
            bw_diag_add(loader->diags, BW_ERROR, BW_FIELD_BLANK, place,
                        "%s of rep \"%.80s\" is blank, and it is the target "
                        "of <balance measure=\"%.60s\">; fill it in",
                        spec->target_column.text, reps->id[rep],
                        balance->measure);
        else
            bw_diag_add(loader->diags, BW_ERROR, BW_FIELD_RANGE, place,
                        "%s of rep \"%.80s\" is %g; a target must not be "
                        "negative: correct it",
                        spec->target_column.text, reps->id[rep], target);
    }
    return status;
}

/* One side's absolute limits: a number for all, or a column. *column is the
 * column, or -1. */
static bw_status load_limit(bw_loader *loader, const bw_attr_number *number,
                            const bw_attr *from, int32_t *column,
                            const double **result)
{
    int32_t n = loader->problem->reps.n;
    *column = -1;
    if (from->text) {
        *column = bw_load_need_named(&loader->reps, from,
                                     "<balance low-from, high-from>");
        return *column < 0 ? BW_INVALID
                           : bw_load_rep_numbers(loader, *column, result);
    }
    if (!number->given)
        return BW_OK;
    double *same = bw_arena_alloc(loader->arena, (size_t)n, sizeof *same);
    *result = same;
    if (!same)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < n; rep++)
        same[rep] = number->value;
    return BW_OK;
}

static bw_status load_limits(bw_loader *loader, const bw_balance_spec *spec,
                             bw_balance *balance)
{
    const bw_reps *reps = &loader->problem->reps;
    int32_t low, high;
    bw_status lower =
        load_limit(loader, &spec->low, &spec->low_from, &low, &balance->low);
    if (bw_fatal(lower))
        return lower;
    bw_status upper = load_limit(loader, &spec->high, &spec->high_from, &high,
                                 &balance->high);
    if (bw_fatal(upper) || !balance->low || !balance->high ||
        (low < 0 && high < 0))
        return upper;
    for (int32_t rep = 0; rep < reps->n_serving; rep++)
        if (balance->low[rep] > balance->high[rep])
            bw_diag_add(loader->diags, BW_ERROR, BW_BAND_CROSSED,
                        rep_place(loader, low >= 0 ? low : high, rep),
                        "%.60s of rep \"%.80s\": the low limit %g lies above "
                        "the high limit %g; correct one of them",
                        balance->measure, reps->id[rep], balance->low[rep],
                        balance->high[rep]);
    return BW_OK;
}

bw_status bw_load_bands(bw_loader *loader, const bw_balance_spec *spec,
                        bw_balance *balance)
{
    bool shared =
        spec->target == BW_TARGET_EQUAL || spec->target == BW_TARGET_SHARE;
    bw_status status = load_groups(loader, spec, balance);
    bool grouped = status == BW_OK;
    if (!bw_fatal(status) && spec->target == BW_TARGET_COLUMN)
        status = load_target(loader, spec, balance);
    if (bw_fatal(status))
        return status;
    if (spec->target == BW_TARGET_SHARE || spec->target == BW_TARGET_CAPACITY)
        check_capacity(loader, spec);
    if (shared && grouped) {
        status = check_weights(loader, balance);
        if (status != BW_OK)
            return status;
    }
    return load_limits(loader, spec, balance);
}
