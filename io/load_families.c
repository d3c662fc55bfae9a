/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families: accounts of one `family` value or, where the file has only
 * parents, all that hang together through them. With one parent per row the
 * connected parts are exactly the trees by root, and a circle with all that
 * hangs on it, so a union-find needs no case for either. */
#include "load_parts.h"

#include "field.h"
#include "sets.h"

typedef struct forest {
    bw_index *texts;   /* text -> node */
    int32_t *up;       /* [n] towards the node that stands for the set */
    int32_t n, n_rows; /* rows first, then texts that are no row's id */
} forest;

/* Joins the row with the node of its text: the row of that parent (by parent
 * only), else one that stands for the text itself. */
static bw_status join_text(bw_loader *loader, forest *f, bw_cell text,
                           int32_t row, bool by_parent)
{
    int32_t node = -1;
    if (bw_field_blank(text.text))
        return BW_OK;
    if (by_parent && bw_load_find_parent(loader, text, row, &node) != BW_OK)
        return BW_NOMEM;
    if (node < 0) {
        if (bw_index_put(f->texts, text.text, text.len, f->n, &node) != BW_OK)
            return BW_NOMEM;
        if (node == f->n)
            f->up[f->n++] = node;
    }
    bw_sets_join(f->up, row, node);
    return BW_OK;
}

static bw_status build(bw_loader *loader, forest *f, int32_t column,
                       bool by_parent)
{
    const bw_sheet *sheet = &loader->accounts;
    f->n = f->n_rows = (int32_t)sheet->rows;
    /* Every row can bring at most one text of its own. */
    f->up = bw_alloc(2 * (size_t)f->n_rows, sizeof *f->up);
    bw_status status = f->up ? bw_index_new(64, &f->texts) : BW_NOMEM;
    for (int32_t row = 0; row < f->n_rows && status == BW_OK; row++)
        f->up[row] = row;
    for (int32_t row = 0; row < f->n_rows && status == BW_OK; row++)
        if (by_parent || bw_sheet_takes(sheet, row))
            status = join_text(loader, f, bw_sheet_cell(sheet, column, row),
                               row, by_parent);
    return status;
}

/* Numbers the sets of two and more accounts by their first account. */
static bw_status number_families(bw_loader *loader, forest *f)
{
    bw_accounts *accounts = &loader->problem->accounts;
    int32_t *first = bw_alloc((size_t)f->n, sizeof *first);
    if (!first)
        return BW_NOMEM;
    for (int32_t node = 0; node < f->n; node++)
        first[node] = -1;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t top = bw_sets_top(f->up, loader->row_of_account[a]);
        if (first[top] < 0) {
            first[top] = a;
            continue;
        }
        int32_t *family = &accounts->family[first[top]];
        if (*family < 0)
            *family = accounts->n_families++;
        accounts->family[a] = *family;
    }
    bw_free(first);
    return BW_OK;
}

/* Families are numbered by their second account above; again by the first. */
static bw_status renumber(bw_accounts *accounts)
{
    int32_t *number = bw_alloc((size_t)accounts->n_families, sizeof *number);
    if (!number)
        return BW_NOMEM;
    int32_t n = 0;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t family = accounts->family[a];
        if (family >= 0 && number[family] == 0)
            number[family] = ++n;
        if (family >= 0)
            accounts->family[a] = number[family] - 1;
    }
    bw_free(number);
    return BW_OK;
}

bw_status bw_load_families(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    forest f = {0};
    if (!scenario->families_together)
        return BW_OK;
    bool by_parent = bw_sheet_field(&loader->accounts, "family") < 0;
    int32_t column = bw_sheet_field(&loader->accounts, "parent");
    if (!by_parent || column < 0)
        column = bw_load_need(
            &loader->accounts, "family", scenario->families_place,
            "<families keep=\"together\"> (by family, or else by parent)");
    if (column < 0 || !loader->accounts.state)
        return BW_OK;
    bw_status status = build(loader, &f, column, by_parent);
    if (status == BW_OK)
        status = number_families(loader, &f);
    if (status == BW_OK)
        status = renumber(&loader->problem->accounts);
    bw_index_free(f.texts);
    bw_free(f.up);
    return status;
}
