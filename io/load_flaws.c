/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flaws of single rows that are looked for before accounts and reps are
 * numbered. A value that a decision puts in place of another stands in the
 * column from then on, so that everything that follows sees the same. */
#include "load_parts.h"

#include "field.h"

#include <math.h>
#include <string.h>

static bw_status read_named(bw_sheet *sheet, const char *name, bw_status status)
{
    const double *values;
    int32_t column = name ? bw_sheet_find(sheet, name) : -1;
    return status == BW_OK && column >= 0
               ? bw_sheet_numbers(sheet, column, &values)
               : status;
}

/* Measures that are columns; the others need none of their own. */
static const char *column_measure(const char *measure)
{
    bool ours =
        strcmp(measure, "workload") == 0 || strcmp(measure, "accounts") == 0;
    return ours ? NULL : measure;
}

static bw_status read_of_accounts(const bw_scenario *s, bw_sheet *sheet)
{
    bw_status status = BW_OK;
    for (int i = 0; i < s->n_balances; i++)
        status = read_named(sheet, column_measure(s->balances[i].measure.text),
                            status);
    for (int i = 0; i < s->n_budgets; i++)
        status = read_named(sheet, column_measure(s->budgets[i].measure.text),
                            status);
    for (int i = 0; i < s->n_segments; i++)
        if (s->segments[i].share.given)
            status = read_named(sheet, s->segments[i].of.text, status);
    return status;
}

static bw_status read_of_reps(const bw_scenario *s, bw_sheet *sheet)
{
    bw_status status = BW_OK;
    for (int i = 0; i < s->n_balances; i++) {
        const bw_balance_spec *b = &s->balances[i];
        if (b->target == BW_TARGET_COLUMN)
            status = read_named(sheet, b->target_column.text, status);
        status = read_named(sheet, b->low_from.text, status);
        status = read_named(sheet, b->high_from.text, status);
    }
    return read_named(sheet, s->positions.given ? "position_cost" : NULL,
                      status);
}

/* Compiling an expression reads the columns that it uses; what else is wrong
 * with it is told when it is needed. */
static bw_status read_used(bw_sheet *account, bw_sheet *rep,
                           const bw_attr *text, bw_type type, bw_status status)
{
    bw_expr *expr = NULL;
    if (status == BW_OK)
        status = bw_sheet_compile(account, rep, text, type, &expr);
    bw_expr_free(expr);
    return bw_fatal(status) ? status : BW_OK;
}

static bw_status read_of_expressions(bw_loader *loader)
{
    bw_status status = BW_OK;
    const bw_scenario *s = loader->scenario;
    bw_sheet *accounts = &loader->accounts, *reps = &loader->reps;
    bw_diags *diags = loader->diags;
    accounts->diags = reps->diags = NULL;
    for (int i = 0; i < s->n_rules; i++) {
        const bw_rule_spec *rule = &s->rules[i];
        status = read_used(accounts, NULL, &rule->where, BW_BOOLEAN, status);
        status = read_used(NULL, reps, &rule->rep_where, BW_BOOLEAN, status);
        status = read_used(accounts, reps, &rule->pair, BW_BOOLEAN, status);
    }
    for (int i = 0; i < s->n_segments; i++) {
        const bw_segment_spec *segment = &s->segments[i];
        status = read_used(accounts, NULL, &segment->where, BW_BOOLEAN, status);
        if (segment->of.text && bw_sheet_find(accounts, segment->of.text) < 0)
            status = read_used(accounts, NULL, &segment->of, BW_NUMBER, status);
    }
    for (int i = 0; i < s->n_budgets; i++)
        status =
            read_used(accounts, NULL, &s->budgets[i].where, BW_BOOLEAN, status);
    status = read_used(NULL, reps, &s->positions.close, BW_BOOLEAN, status);
    accounts->diags = reps->diags = diags;
    return status;
}

bw_status bw_load_all_numbers(bw_loader *loader)
{
    const bw_flaws *flaws = &loader->flaws;
    bw_status status = BW_OK;
    if (loader->accounts.state)
        status = read_of_accounts(loader->scenario, &loader->accounts);
    if (status == BW_OK && loader->reps.state)
        status = read_of_reps(loader->scenario, &loader->reps);
    bool drops = flaws->action[BW_FIELD_NUMBER] == BW_DO_DROP ||
                 flaws->action[BW_FIELD_RANGE] == BW_DO_DROP ||
                 flaws->action[BW_FIELD_DATE] == BW_DO_DROP ||
                 flaws->action[BW_FIELD_CHOICE] == BW_DO_DROP;
    return status == BW_OK && drops ? read_of_expressions(loader) : status;
}

static void tell_late(bw_sheet *sheet, const int32_t *number)
{
    for (int64_t row = 0; row < sheet->rows && sheet->state && number; row++)
        if (sheet->state[row] == BW_ROW_FLAW && number[row] >= 0)
            bw_diag_add(sheet->diags, BW_ERROR, (bw_code)sheet->flaw[row],
                        bw_sheet_place(sheet, -1, row),
                        "the row was to be dropped, but the flaw shows only "
                        "when others hang on it already; correct it, or "
                        "decide otherwise");
}

void bw_load_tell_late(bw_loader *loader)
{
    tell_late(&loader->accounts, loader->account_of_row);
    tell_late(&loader->reps, loader->rep_of_row);
}

/* The numbers of a field, for correction; NULL where there are none. */
static double *numbers_of(const bw_sheet *sheet, const char *field,
                          int32_t *column)
{
    *column = bw_sheet_field(sheet, field);
    return *column < 0 ? NULL : sheet->column[*column].number;
}

void bw_load_check_sign(bw_sheet *sheet, const char *field, bw_code code)
{
    int32_t column;
    double *value = numbers_of(sheet, field, &column);
    for (int64_t row = 0; row < sheet->rows && value; row++) {
        if (!(value[row] < 0) || !bw_sheet_takes(sheet, row))
            continue;
        bw_quality_do action = bw_flaw_found(
            sheet, code, column, row,
            "%s is %g; it must not be negative: correct it, or leave it blank",
            field, value[row]);
        if (code != BW_REVENUE_NEGATIVE || action != BW_DO_IGNORE)
            value[row] = bw_flaw_number(sheet, code);
    }
}

/* What a row's coordinates are: fine or blank, both 0, or not on Earth. */
static void check_point(bw_sheet *sheet, const int32_t column[2],
                        double *const value[2], int64_t row)
{
    double lat = value[0][row], lon = value[1][row];
    bool low = fabs(lat) > 90, far = fabs(lon) > 180;
    if (lat == 0 && lon == 0)
        bw_flaw_found(sheet, BW_COORDINATE_ZERO, column[0], row,
                      "latitude and longitude are both 0, a place in the "
                      "Atlantic that stands for none; correct or clear them");
    else if (low && far)
        bw_flaw_found(sheet, BW_COORDINATE_RANGE, column[0], row,
                      "latitude is %g and longitude %g; they must lie within "
                      "90 and 180 degrees: correct them, or leave both blank",
                      lat, lon);
    else if (low)
        bw_flaw_found(sheet, BW_COORDINATE_RANGE, column[0], row,
                      "latitude is %g; it must lie between -90 and 90 degrees: "
                      "correct it, or leave both coordinates blank",
                      lat);
    else if (far)
        bw_flaw_found(sheet, BW_COORDINATE_RANGE, column[1], row,
                      "longitude is %g; it must lie between -180 and 180 "
                      "degrees: correct it, or leave both coordinates blank",
                      lon);
    if (low || far || (lat == 0 && lon == 0))
        value[0][row] = value[1][row] = NAN;
}

void bw_load_check_points(bw_sheet *sheet)
{
    int32_t column[2];
    double *const value[2] = {numbers_of(sheet, "latitude", &column[0]),
                              numbers_of(sheet, "longitude", &column[1])};
    for (int64_t row = 0; row < sheet->rows && value[0] && value[1]; row++)
        if (bw_sheet_takes(sheet, row))
            check_point(sheet, column, value, row);
}

/* The flaw of the owner that an account's row names; BW_N_CODES: none. */
static bw_code owner_flaw(const bw_loader *loader, int32_t column, int64_t row)
{
    bw_cell text = bw_sheet_cell(&loader->accounts, column, row);
    if (bw_field_blank(text.text))
        return BW_N_CODES;
    int32_t rep = bw_load_find_rep(loader, text.text, text.len);
    if (rep < 0)
        return BW_OWNER_UNKNOWN;
    return loader->rep_of_row[rep] < 0 ? BW_OWNER_LEFT_OUT : BW_N_CODES;
}

static bool changes_rows(const bw_flaws *flaws, bw_code code)
{
    return flaws->action[code] == BW_DO_DROP ||
           flaws->action[code] == BW_DO_VALUE;
}

/* The rep that stands for unknown owners must be one. */
static void check_value(const bw_loader *loader, bw_code code)
{
    const char *value = loader->flaws.value[code];
    const bw_scenario *s = loader->scenario;
    int32_t row =
        value ? bw_load_find_id(loader->rep_rows, value, strlen(value)) : -1;
    bool fine = row >= 0 && loader->rep_of_row[row] >= 0;
    if (loader->flaws.action[code] != BW_DO_VALUE || fine)
        return;
    for (int i = 0; i < s->n_qualities; i++)
        if (strcmp(s->qualities[i].code.text, bw_code_text(code)) == 0)
            bw_diag_add(loader->diags, BW_ERROR, BW_LOCK_REP_UNKNOWN,
                        s->qualities[i].value.place,
                        "<quality code=\"%s\"> gives the accounts to rep "
                        "\"%.80s\", who does not take part; name one who does",
                        bw_code_text(code), value ? value : "");
}

void bw_load_check_owners(bw_loader *loader)
{
    bw_sheet *sheet = &loader->accounts;
    const bw_flaws *flaws = &loader->flaws;
    int32_t column = bw_sheet_field(sheet, "owner");
    if (column < 0 || loader->reps.blind ||
        (!changes_rows(flaws, BW_OWNER_UNKNOWN) &&
         !changes_rows(flaws, BW_OWNER_LEFT_OUT)))
        return;
    check_value(loader, BW_OWNER_UNKNOWN);
    check_value(loader, BW_OWNER_LEFT_OUT);
    for (int64_t row = 0; row < sheet->rows; row++) {
        if (!bw_sheet_takes(sheet, row))
            continue;
        bw_code code = owner_flaw(loader, column, row);
        if (code != BW_N_CODES && changes_rows(flaws, code))
            bw_flaw_found(sheet, code, column, row, " ");
    }
}
