/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flaws that stop nothing unless a <quality> says so, and that cost little to
 * find: owners that somebody else has overtaken, parents that are nowhere or
 * their own ancestors. */
#include "load_parts.h"

#include "field.h"

#include <string.h>

/* The one may be named where the other has an id. */
static bool is_same_rep(const bw_loader *loader, bw_cell a, bw_cell b)
{
    if (strcmp(a.text, b.text) == 0)
        return true;
    int32_t row = bw_load_find_rep(loader, a.text, a.len);
    return row >= 0 && row == bw_load_find_rep(loader, b.text, b.len);
}

static void check_sellers(bw_loader *loader)
{
    bw_sheet *sheet = &loader->accounts;
    int32_t owner = bw_sheet_field(sheet, "owner");
    int32_t seller = bw_sheet_field(sheet, "last_seller");
    if (owner < 0 || seller < 0)
        return;
    for (int64_t row = 0; row < sheet->rows; row++) {
        bw_cell is = bw_sheet_cell(sheet, owner, row);
        bw_cell sold = bw_sheet_cell(sheet, seller, row);
        if (!bw_sheet_takes(sheet, row) || bw_field_blank(is.text) ||
            bw_field_blank(sold.text) || is_same_rep(loader, is, sold))
            continue;
        bw_flaw_found(sheet, BW_OWNER_STALE, owner, row,
                      "owner is \"%.60s\", but \"%.60s\" sold last; correct "
                      "the owner",
                      is.text, sold.text);
    }
}

enum {
    NOWHERE = -1, /* no parent, or one that is not listed */
    NEW = 0,
    DONE = INT32_MAX
};

/* up[row] the parent's row; those that are not listed are flaws. */
static bw_status find_parents(bw_loader *loader, int32_t column, int32_t *up)
{
    bw_sheet *sheet = &loader->accounts;
    for (int32_t row = 0; row < sheet->rows; row++) {
        bw_cell id = bw_sheet_cell(sheet, column, row);
        up[row] = NOWHERE;
        if (bw_field_blank(id.text))
            continue;
        if (bw_load_find_parent(loader, id, row, &up[row]) != BW_OK)
            return BW_NOMEM;
        if (up[row] < 0 && bw_sheet_takes(sheet, row))
            bw_flaw_found(sheet, BW_PARENT_UNKNOWN, column, row,
                          "parent \"%.80s\" is not listed in %s; correct it, "
                          "or leave it blank",
                          id.text, sheet->spec->file.text);
    }
    return BW_OK;
}

/* Every row walks up until it meets a walk. Its own again: from there on it is
 * a circle. */
static void find_circles(bw_sheet *sheet, int32_t column, const int32_t *up,
                         int32_t *walk)
{
    for (int32_t row = 0; row < sheet->rows; row++) {
        int32_t at = row, mine = row + 1;
        for (; at >= 0 && walk[at] == NEW; at = up[at])
            walk[at] = mine;
        if (at < 0 || walk[at] != mine)
            continue;
        for (; walk[at] == mine; at = up[at]) {
            walk[at] = DONE;
            if (bw_sheet_takes(sheet, at))
                bw_flaw_found(sheet, BW_PARENT_CIRCULAR, column, at,
                              "parent \"%.80s\" leads back to this account; "
                              "break the circle",
                              bw_sheet_cell(sheet, column, at).text);
        }
    }
}

static bw_status check_parents(bw_loader *loader)
{
    bw_sheet *sheet = &loader->accounts;
    int32_t column = bw_sheet_field(sheet, "parent");
    if (column < 0 || !loader->account_rows)
        return BW_OK;
    int32_t *up = bw_alloc((size_t)sheet->rows, sizeof *up);
    int32_t *walk = bw_alloc((size_t)sheet->rows, sizeof *walk);
    bw_status status = up && walk ? find_parents(loader, column, up) : BW_NOMEM;
    if (status == BW_OK)
        find_circles(sheet, column, up, walk);
    bw_free(up);
    bw_free(walk);
    return status;
}

bw_status bw_load_checks(bw_loader *loader)
{
    if (!loader->accounts.state)
        return BW_OK;
    check_sellers(loader);
    bw_status status = check_parents(loader);
    if (status == BW_OK &&
        loader->flaws.action[BW_ACCOUNT_DUPLICATE] == BW_DO_STOP)
        status = bw_load_duplicates(loader);
    return status;
}
