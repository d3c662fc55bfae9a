/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rep a text means: the one with that id, else the only one of that name,
 * e-mail address or login. Reports of CRM systems give the owner's name, and
 * nobody can add the id to them. */
#include "load_parts.h"

#include "field.h"

#include <strings.h>

enum {
    LONGEST = 256, /* bytes of a name */
    CANDIDATES = 5 /* of a name that several have, in a message */
};

static const char *const fields[] = {"name", "email", "login"};

enum {
    FIELDS = sizeof fields / sizeof *fields
};

/* Letters beyond ASCII must agree as they are. */
static void fold(char *folded, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool large = text[i] >= 'A' && text[i] <= 'Z';
        folded[i] = large ? (char)(text[i] - 'A' + 'a') : text[i];
    }
}

/* A rep who left hides nobody of the same name who still takes part. */
static bw_status add_name(bw_loader *loader, int32_t row, bw_cell cell,
                          int32_t *n)
{
    int32_t k;
    if (bw_field_blank(cell.text) || cell.len > LONGEST)
        return BW_OK;
    char *key = bw_arena_alloc(loader->scratch, cell.len, 1);
    if (!key)
        return BW_NOMEM;
    fold(key, cell.text, cell.len);
    if (bw_index_put(loader->rep_names, key, cell.len, *n, &k) != BW_OK)
        return BW_NOMEM;
    if (k == *n)
        loader->row_of_name[(*n)++] = row;
    else if (loader->row_of_name[k] != row &&
             (loader->row_of_name[k] < 0 ||
              bw_sheet_takes(&loader->reps, loader->row_of_name[k]) ==
                  bw_sheet_takes(&loader->reps, row)))
        loader->row_of_name[k] = BW_REP_SEVERAL;
    return BW_OK;
}

bw_status bw_load_rep_names(bw_loader *loader)
{
    const bw_sheet *sheet = &loader->reps;
    int32_t n = 0, rows = sheet->state ? (int32_t)sheet->rows : 0;
    size_t room = FIELDS * (size_t)rows;
    bw_status status = bw_index_new((int64_t)room, &loader->rep_names);
    loader->row_of_name =
        bw_arena_alloc(loader->scratch, room, sizeof *loader->row_of_name);
    if (status == BW_OK && !loader->row_of_name)
        status = BW_NOMEM;
    for (int taken = 1; taken >= 0; taken--)
        for (int32_t row = 0; row < rows && status == BW_OK; row++) {
            if (bw_sheet_takes(sheet, row) != (taken == 1))
                continue;
            for (int f = 0; f < FIELDS && status == BW_OK; f++) {
                int32_t column = bw_sheet_field(sheet, fields[f]);
                status = add_name(loader, row,
                                  bw_sheet_cell(sheet, column, row), &n);
            }
        }
    return status;
}

int32_t bw_load_find_rep(const bw_loader *loader, const char *text, size_t len)
{
    char key[LONGEST];
    int32_t row = bw_load_find_id(loader->rep_rows, text, len);
    if (row >= 0 || len > LONGEST)
        return row;
    fold(key, text, len);
    int32_t k = bw_index_find(loader->rep_names, key, len);
    return k >= 0 ? loader->row_of_name[k] : BW_REP_NOBODY;
}

static bool is_named(const bw_sheet *sheet, int32_t row, const char *text)
{
    for (int f = 0; f < FIELDS; f++) {
        int32_t column = bw_sheet_field(sheet, fields[f]);
        if (strcasecmp(bw_sheet_cell(sheet, column, row).text, text) == 0)
            return true;
    }
    return false;
}

void bw_load_rep_candidates(const bw_loader *loader, const char *text,
                            bw_buf *list)
{
    const bw_sheet *sheet = &loader->reps;
    int32_t id = bw_sheet_field(sheet, "id");
    int n = 0;
    for (int32_t row = 0; row < sheet->rows; row++) {
        if (!is_named(sheet, row, text))
            continue;
        if (n < CANDIDATES)
            bw_buf_format(list, "%s\"%.40s\"", n > 0 ? ", " : "",
                          bw_sheet_cell(sheet, id, row).text);
        else if (n == CANDIDATES)
            bw_buf_text(list, ", ...");
        n++;
    }
}
