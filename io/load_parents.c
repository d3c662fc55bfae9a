/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which account a parent is: the one with that id, else the only one of that
 * name, as Dynamics gives it. The names are collected when the first parent is
 * no id. */
#include "load_parts.h"

#include "field.h"

static bw_status collect_names(bw_loader *loader)
{
    const bw_sheet *sheet = &loader->accounts;
    int32_t n = 0, column = bw_sheet_field(sheet, "name");
    bw_status status = bw_index_new(sheet->rows, &loader->account_names);
    loader->row_of_account_name =
        bw_arena_alloc(loader->scratch, (size_t)sheet->rows,
                       sizeof *loader->row_of_account_name);
    if (status == BW_OK && !loader->row_of_account_name)
        status = BW_NOMEM;
    for (int32_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        int32_t k;
        bw_cell name = bw_sheet_cell(sheet, column, row);
        if (bw_field_blank(name.text))
            continue;
        status =
            bw_index_put(loader->account_names, name.text, name.len, n, &k);
        if (status != BW_OK)
            return status;
        bool first = k == n;
        n += first;
        loader->row_of_account_name[k] = first ? row : BW_NOT_ONE;
    }
    return status;
}

bw_status bw_load_find_parent(bw_loader *loader, bw_cell text, int32_t row,
                              int32_t *parent)
{
    *parent = bw_load_find_id(loader->account_rows, text.text, text.len);
    if (*parent >= 0 || bw_sheet_field(&loader->accounts, "name") < 0)
        return BW_OK;
    bw_status status = loader->account_names ? BW_OK : collect_names(loader);
    if (status != BW_OK)
        return status;
    int32_t k = bw_index_find(loader->account_names, text.text, text.len);
    *parent = k < 0 ? BW_NOT_ONE : loader->row_of_account_name[k];
    if (*parent == row) /* a branch of the same name, its parent not listed */
        *parent = BW_NOT_ONE;
    return BW_OK;
}
