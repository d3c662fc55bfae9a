/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accounts that are probably listed twice: names and places made comparable,
 * groups found by duplicates.c. */
#include "load_parts.h"

#include "country.h"
#include "duplicates.h"
#include "name_plain.h"

typedef struct twin_columns {
    int32_t name, postal, country;
    bw_index *countries;
} twin_columns;

/* The country by its code, or what else stands there in plain form. */
static void add_country(const bw_index *countries, bw_cell text, bw_buf *buf)
{
    char plain[64];
    int32_t country = bw_country_find(countries, text.text, text.len);
    if (country >= 0)
        bw_buf_text(buf, bw_country_at(country)->code);
    else if (text.len < sizeof plain) {
        bw_header_plain(text.text, plain);
        bw_buf_text(buf, plain);
    }
}

/* Postal code and country in plain form, so that "sw1a 1aa" is "SW1A1AA", and
 * "USA" is "US". */
static uint64_t postal_hash(const bw_sheet *sheet, const twin_columns *c,
                            int64_t row, bw_buf *buf)
{
    char plain[64];
    bw_cell code = bw_sheet_cell(sheet, c->postal, row);
    if (code.len == 0 || code.len >= sizeof plain)
        return 0;
    bw_header_plain(code.text, plain);
    if (!plain[0])
        return 0;
    buf->len = 0;
    bw_buf_text(buf, plain);
    bw_buf_text(buf, "\n");
    add_country(c->countries, bw_sheet_cell(sheet, c->country, row), buf);
    return buf->failed ? 0 : bw_hash(buf->text, buf->len);
}

static bw_status fill(bw_loader *loader, twin_columns *c, bw_namesake *item)
{
    bw_buf buf = {0};
    const bw_accounts *accounts = &loader->problem->accounts;
    bw_status status = bw_country_index(loader->scratch, &c->countries);
    for (int32_t a = 0; a < accounts->n && status == BW_OK; a++) {
        int64_t row = loader->row_of_account[a];
        bw_name_plain(bw_sheet_cell(&loader->accounts, c->name, row).text,
                      &buf);
        item[a].name = buf.len > 0 ? bw_hash(buf.text, buf.len) : 0;
        item[a].postal = postal_hash(&loader->accounts, c, row, &buf);
        item[a].point = accounts->point[a];
    }
    status = buf.failed ? BW_NOMEM : status;
    bw_buf_free(&buf);
    bw_index_free(c->countries);
    return status;
}

static void tell(bw_loader *loader, int32_t column, const int32_t *first)
{
    bw_sheet *sheet = &loader->accounts;
    const int32_t *row_of = loader->row_of_account;
    bool stop = loader->flaws.action[BW_ACCOUNT_DUPLICATE] == BW_DO_STOP;
    for (int32_t a = 0; a < loader->problem->accounts.n; a++) {
        if (first[a] == a)
            continue;
        int64_t row = row_of[a], like = row_of[first[a]];
        if (stop)
            bw_flaw_found(sheet, BW_ACCOUNT_DUPLICATE, column, row,
                          "\"%.80s\" is probably account \"%.80s\" (line %u) "
                          "again: the same name at the same place; remove one",
                          bw_sheet_cell(sheet, column, row).text,
                          loader->problem->accounts.id[first[a]],
                          bw_sheet_place(sheet, -1, like).line);
        else
            bw_flaw_note(sheet, BW_ACCOUNT_DUPLICATE, column, row,
                         (int32_t)like);
    }
}

bw_status bw_load_duplicates(bw_loader *loader)
{
    size_t n = (size_t)loader->problem->accounts.n;
    const bw_sheet *sheet = &loader->accounts;
    twin_columns c = {.name = bw_sheet_field(sheet, "name"),
                      .postal = bw_sheet_field(sheet, "postal_code"),
                      .country = bw_sheet_field(sheet, "country")};
    if (c.name < 0 || !sheet->state)
        return BW_OK;
    bw_namesake *item = bw_alloc(n, sizeof *item);
    int32_t *first = bw_alloc(n, sizeof *first);
    bw_status status = item && first ? fill(loader, &c, item) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_duplicates_find(item, (int32_t)n, first);
    if (status == BW_OK)
        tell(loader, c.name, first);
    bw_free(item);
    bw_free(first);
    return status;
}
