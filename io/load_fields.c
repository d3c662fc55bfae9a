/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only an id is required of a table. Any other column is needed where
 * something in the scenario uses it; its absence is a fault of that use. */
#include "load_parts.h"

#include <math.h>

static void tell_missing(const bw_sheet *sheet, const char *name,
                         bw_place place, const char *use)
{
    char headers[BW_HEADERS_ROOM];
    if (!sheet->column || bw_sheet_faulty(sheet, name)) /* was reported */
        return;
    bw_diag_add(sheet->diags, BW_ERROR, BW_COLUMN_MISSING, place,
                "%s needs a column \"%.60s\" in %s, which has none; name it "
                "with <column name=\"%.60s\" from=\"...\"/>. The file has: %s",
                use, name, sheet->spec->file.text, name,
                bw_sheet_headers(sheet, headers, sizeof headers));
}

int32_t bw_load_need(const bw_sheet *sheet, const char *field, bw_place place,
                     const char *use)
{
    int32_t column = bw_sheet_field(sheet, field);
    if (column < 0)
        tell_missing(sheet, field, place, use);
    return column;
}

int32_t bw_load_need_named(const bw_sheet *sheet, const bw_attr *name,
                           const char *use)
{
    int32_t column = bw_sheet_find(sheet, name->text);
    if (column < 0)
        tell_missing(sheet, name->text, name->place, use);
    else if (bw_columns_tell_twin(sheet->table, sheet->column[column].header,
                                  name->place, use, sheet->diags))
        return -1;
    return column;
}

bw_status bw_load_numbers(bw_sheet *sheet, const char *field,
                          const double **values)
{
    int32_t column = bw_sheet_field(sheet, field);
    *values = NULL;
    return column < 0 ? BW_OK : bw_sheet_numbers(sheet, column, values);
}

const char *bw_load_text(bw_arena *arena, const bw_sheet *sheet, int32_t column,
                         int64_t row)
{
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    return cell.len > 0 ? bw_arena_text(arena, cell.text, cell.len) : "";
}

bw_point bw_load_point(const double *latitude, const double *longitude,
                       int64_t row)
{
    bw_point none = {NAN, NAN};
    if (!latitude || !longitude)
        return none;
    bw_point point = {latitude[row], longitude[row]};
    bool null_island = point.lat_deg == 0 && point.lon_deg == 0;
    bool on_earth = fabs(point.lat_deg) <= 90 && fabs(point.lon_deg) <= 180;
    return null_island || !on_earth ? none : point;
}

static bw_status pick(bw_loader *loader, const double *values,
                      const int32_t *row_of, int32_t n, const double **result)
{
    double *picked = bw_arena_alloc(loader->arena, (size_t)n, sizeof *picked);
    *result = picked;
    if (!picked)
        return BW_NOMEM;
    for (int32_t i = 0; i < n; i++)
        picked[i] = values[row_of[i]];
    return BW_OK;
}

bw_status bw_load_account_numbers(bw_loader *loader, int32_t column,
                                  const double **result)
{
    const double *values;
    bw_status status = bw_sheet_numbers(&loader->accounts, column, &values);
    if (status != BW_OK)
        return status;
    return pick(loader, values, loader->row_of_account,
                loader->problem->accounts.n, result);
}

bw_status bw_load_rep_numbers(bw_loader *loader, int32_t column,
                              const double **result)
{
    const double *values;
    bw_status status = bw_sheet_numbers(&loader->reps, column, &values);
    if (status != BW_OK)
        return status;
    return pick(loader, values, loader->row_of_rep, loader->problem->reps.n,
                result);
}
