/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts that take part: their names, numbers and coordinates. */
#include "load_parts.h"

#include <math.h>

/* The columns of accounts.csv, looked up once; numbers NULL where there is no
 * such column. */
typedef struct account_columns {
    int32_t id, name;
    const double *lat, *lon, *revenue, *potential, *hours, *calls;
} account_columns;

static bw_status find_columns(bw_sheet *sheet, account_columns *c)
{
    c->id = bw_sheet_field(sheet, "id");
    c->name = bw_sheet_field(sheet, "name");
    bw_status status = bw_load_numbers(sheet, "latitude", &c->lat);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "longitude", &c->lon);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "revenue", &c->revenue);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "potential", &c->potential);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "hours", &c->hours);
    if (status == BW_OK)
        status = bw_load_numbers(sheet, "calls", &c->calls);
    return status;
}

/* What may take a row out must be known before accounts are numbered. */
static void check_rows(bw_loader *loader)
{
    bw_sheet *sheet = &loader->accounts;
    bw_load_check_sign(sheet, "potential", BW_FIELD_RANGE);
    bw_load_check_sign(sheet, "hours", BW_FIELD_RANGE);
    bw_load_check_sign(sheet, "calls", BW_FIELD_RANGE);
    bw_load_check_sign(sheet, "revenue", BW_REVENUE_NEGATIVE);
    bw_load_check_points(sheet);
    bw_load_check_owners(loader);
}

static double number_or(const double *values, int64_t row, double otherwise)
{
    return values && !isnan(values[row]) ? values[row] : otherwise;
}

static bw_status fill_account(bw_loader *loader, const account_columns *c,
                              int32_t account)
{
    bw_accounts *accounts = &loader->problem->accounts;
    bw_sheet *sheet = &loader->accounts;
    int64_t row = loader->row_of_account[account];
    accounts->id[account] = bw_load_text(loader->arena, sheet, c->id, row);
    accounts->name[account] = bw_load_text(loader->arena, sheet, c->name, row);
    if (!accounts->id[account] || !accounts->name[account])
        return BW_NOMEM;
    accounts->line[account] = bw_sheet_place(sheet, -1, row).line;
    accounts->point[account] = bw_load_point(c->lat, c->lon, row);
    accounts->place_source[account] = bw_point_known(accounts->point[account])
                                          ? BW_PLACE_GIVEN
                                          : BW_PLACE_NONE;
    accounts->revenue[account] = number_or(c->revenue, row, 0);
    accounts->potential[account] = number_or(c->potential, row, 0);
    accounts->hours[account] = number_or(c->hours, row, NAN);
    accounts->calls[account] = number_or(c->calls, row, NAN);
    accounts->owner[account] = -1;
    accounts->owner_text[account] = "";
    accounts->family[account] = -1;
    return BW_OK;
}

static bw_status number_accounts(bw_loader *loader)
{
    const bw_sheet *sheet = &loader->accounts;
    size_t rows = (size_t)sheet->rows;
    int32_t *of_row = bw_arena_alloc(loader->scratch, rows, sizeof *of_row);
    int32_t *row_of = bw_arena_alloc(loader->scratch, rows, sizeof *row_of);
    loader->account_of_row = of_row;
    loader->row_of_account = row_of;
    if (!of_row || !row_of)
        return BW_NOMEM;
    int32_t n = 0;
    for (int32_t row = 0; row < sheet->rows; row++) {
        bool takes = sheet->state && bw_sheet_takes(sheet, row);
        of_row[row] = takes ? n : -1;
        if (takes)
            row_of[n++] = row;
    }
    loader->problem->accounts.n = n;
    return BW_OK;
}

static bool allocate(bw_arena *arena, bw_accounts *a)
{
    size_t n = (size_t)a->n;
    a->id = bw_arena_alloc(arena, n, sizeof *a->id);
    a->name = bw_arena_alloc(arena, n, sizeof *a->name);
    a->line = bw_arena_alloc(arena, n, sizeof *a->line);
    a->point = bw_arena_alloc(arena, n, sizeof *a->point);
    a->placing = bw_arena_alloc(arena, n, sizeof *a->placing);
    a->place_source = bw_arena_alloc(arena, n, sizeof *a->place_source);
    a->owner = bw_arena_alloc(arena, n, sizeof *a->owner);
    a->owner_text = bw_arena_alloc(arena, n, sizeof *a->owner_text);
    a->revenue = bw_arena_alloc(arena, n, sizeof *a->revenue);
    a->potential = bw_arena_alloc(arena, n, sizeof *a->potential);
    a->hours = bw_arena_alloc(arena, n, sizeof *a->hours);
    a->calls = bw_arena_alloc(arena, n, sizeof *a->calls);
    a->family = bw_arena_alloc(arena, n, sizeof *a->family);
    return a->id && a->name && a->line && a->point && a->placing &&
           a->place_source && a->owner && a->owner_text && a->revenue &&
           a->potential && a->hours && a->calls && a->family;
}

/* A handover share needs revenue. Without owners nothing is handed over (a
 * repair takes them from its plan in force), which is worth a word unless the
 * scenario itself says that there are none. */
static void check_handover(const bw_loader *loader)
{
    const bw_handover_spec *handover = &loader->scenario->handover;
    const bw_sheet *sheet = &loader->accounts;
    if (!handover->given || !sheet->column)
        return;
    if (handover->share.value > 0)
        bw_load_need(sheet, "revenue", handover->share.place,
                     "<handover share>");
    const bw_binding *owner = bw_columns_find(sheet->columns, "owner");
    bool known = bw_sheet_field(sheet, "owner") >= 0 || (owner && owner->map) ||
                 loader->scenario->repair.given;
    if (!known)
        bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE, handover->place,
                    "<handover> does nothing, as %s has no column for the "
                    "owner; name it with <column name=\"owner\" "
                    "from=\"...\"/>, or say from=\"\"",
                    sheet->spec->file.text);
}

/* Those that stay move up; what later parts fill in is still blank. */
void bw_load_drop_accounts(bw_loader *loader)
{
    bw_accounts *a = &loader->problem->accounts;
    int32_t n = 0;
    for (int32_t i = 0; i < a->n; i++) {
        int32_t row = loader->row_of_account[i];
        bool takes = bw_sheet_takes(&loader->accounts, row);
        loader->account_of_row[row] = takes ? n : -1;
        loader->row_of_account[n] = row;
        a->id[n] = a->id[i];
        a->name[n] = a->name[i];
        a->line[n] = a->line[i];
        a->point[n] = a->point[i];
        a->place_source[n] = a->place_source[i];
        a->revenue[n] = a->revenue[i];
        a->potential[n] = a->potential[i];
        a->hours[n] = a->hours[i];
        a->calls[n] = a->calls[i];
        n += takes;
    }
    if (n == 0 && a->n > 0)
        bw_diag_add(loader->diags, BW_ERROR, BW_RULE_IDLE,
                    loader->scenario->accounts.place,
                    "no account of %s is left: <quality> drops them all; "
                    "there is nothing to plan",
                    loader->accounts.spec->file.text);
    a->n = n;
}

/* Without a `where`, changes have taken all of them out. */
static void say_none(bw_loader *loader)
{
    const bw_source_spec *spec = loader->accounts.spec;
    const char *file = spec->file.text;
    if (spec->where.text)
        bw_diag_add(loader->diags, BW_ERROR, BW_RULE_IDLE, spec->where.place,
                    "no account of %s satisfies this `where`; there is "
                    "nothing to plan",
                    file);
    else
        bw_diag_add(loader->diags, BW_ERROR, BW_RULE_IDLE, spec->place,
                    "no account of %s is left: <drop-accounts> takes out all "
                    "of them; there is nothing to plan",
                    file);
}

bw_status bw_load_accounts(bw_loader *loader)
{
    bw_accounts *accounts = &loader->problem->accounts;
    bw_sheet *sheet = &loader->accounts;
    account_columns columns = {0};
    bw_status status = BW_OK;
    if (sheet->state)
        status = find_columns(sheet, &columns);
    if (status == BW_OK && sheet->state)
        check_rows(loader);
    if (status == BW_OK)
        status = number_accounts(loader);
    if (status == BW_OK && !allocate(loader->arena, accounts))
        status = BW_NOMEM;
    for (int32_t a = 0; a < accounts->n && status == BW_OK; a++)
        status = fill_account(loader, &columns, a);
    if (status != BW_OK)
        return status;
    check_handover(loader);
    if (accounts->n == 0 && sheet->state)
        say_none(loader);
    return BW_OK;
}
