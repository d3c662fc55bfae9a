/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Never guesses between two: a header that is exactly the field's name comes
 * first, then the one header of the best rank of synonyms.h. */
#include "columns_bind.h"

#include "buf.h"
#include "header_list.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum {
    CANDIDATES = 12 /* that a message lists */
};

bool bw_columns_tell_twin(const bw_table *table, int32_t column, bw_place place,
                          const char *use, bw_diags *diags)
{
    int32_t twin = column >= 0 ? bw_table_twin(table, column) : -1;
    if (twin < 0)
        return false;
    int32_t low = twin < column ? twin : column;
    int32_t high = twin < column ? column : twin;
    bw_diag_add(diags, BW_ERROR, BW_COLUMN_DUPLICATE, place,
                "%s needs the column \"%.60s\", but two are named so (%d and "
                "%d); give one of them another name",
                use, bw_table_header(table, column).text, (int)low + 1,
                (int)high + 1);
    return true;
}

/* Without its key a table is of no use. */
static bool is_key(bw_role role, const char *name)
{
    if (role == BW_ROLE_PAIRS)
        return strcmp(name, "account") == 0 || strcmp(name, "rep") == 0;
    return strcmp(name, "id") == 0;
}

static void tell_several(bw_binder *b, const char *field, const char *headers,
                         int32_t first, bool twins)
{
    bw_place place = bw_table_header_place(b->table, first);
    bool key = is_key(b->role, field);
    if (twins)
        bw_diag_add(b->diags, BW_ERROR, BW_COLUMN_AMBIGUOUS, place,
                    "several columns may be the field %s: %s; give all but one "
                    "of them another name%s%s%s",
                    field, headers, key ? "" : ", or say <column name=\"",
                    key ? "" : field, key ? "" : "\" from=\"\"/> for none");
    else
        bw_diag_add(b->diags, BW_ERROR, BW_COLUMN_AMBIGUOUS, place,
                    "several columns may be the field %s: %s; say which by "
                    "<column name=\"%s\" from=\"...\"/>%s",
                    field, headers, field,
                    key ? "" : ", or from=\"\" for none");
}

/* Several headers fit a field equally well: `rank` says how well. Much that is
 * not there is no fault: without owners all accounts are unowned. So it is not
 * left to chance whether somebody misses the field. */
static void several_fit(bw_binder *b, bw_binding *binding, int rank)
{
    const char *name = binding->field;
    bw_buf text = {0};
    int32_t first = -1, n = 0;
    bool twins = true; /* no from= can tell them apart */
    for (int32_t c = 0; c < bw_table_columns(b->table); c++) {
        if (bw_header_rank(b->role, name, b->plain[c]) != rank)
            continue;
        twins = twins &&
                (n == 0 || strcmp(bw_table_header(b->table, c).text,
                                  bw_table_header(b->table, first).text) == 0);
        if (n < CANDIDATES) {
            bw_buf_text(&text, n == 0 ? "" : ", ");
            bw_add_quoted(&text, bw_table_header(b->table, c).text);
        }
        if (n++ == 0)
            first = c;
    }
    if (n > CANDIDATES)
        bw_buf_format(&text, " and %d more", (int)(n - CANDIDATES));
    b->faulty = binding->faulty = true;
    if (text.failed)
        b->status = BW_NOMEM;
    else
        tell_several(b, name, text.text, first, twins);
    bw_buf_free(&text);
}

static void bind_one(bw_binding *binding, int32_t column, const char *how)
{
    binding->column[0] = column;
    binding->n_columns = 1;
    binding->how = how;
}

static bool is_field_name(const char *field, const char *plain)
{
    char own[64];
    assert(strlen(field) < sizeof own);
    bw_header_plain(field, own);
    return strcmp(own, plain) == 0;
}

/* A header that is the field's name, twice: as two that fit equally well. */
static bool has_twin(bw_binder *b, bw_binding *binding, int32_t column)
{
    char use[80];
    snprintf(use, sizeof use, "the field %s", binding->field);
    if (!bw_columns_tell_twin(b->table, column,
                              bw_table_header_place(b->table, column), use,
                              b->diags))
        return false;
    b->faulty = binding->faulty = true;
    return true;
}

static int32_t find_plain(const bw_binder *b, const char *plain)
{
    for (int32_t c = 0; c < bw_table_columns(b->table); c++)
        if (strcmp(b->plain[c], plain) == 0)
            return c;
    return -1;
}

/* Users of Salesforce, HubSpot and SuiteCRM have their name in two columns. */
static void join_name(bw_binder *b, bw_binding *binding)
{
    int32_t first = find_plain(b, "firstname");
    int32_t last = find_plain(b, "lastname");
    if (b->role != BW_ROLE_REPS || strcmp(binding->field, "name") != 0 ||
        first < 0 || last < 0 || has_twin(b, binding, first) ||
        has_twin(b, binding, last))
        return;
    binding->column[0] = first;
    binding->column[1] = last;
    binding->n_columns = 2;
    binding->joined = true;
    binding->how = "by synonym";
}

void bw_bind_by_header(bw_binder *b, bw_binding *binding)
{
    const char *name = binding->field;
    int32_t exact = bw_table_find(b->table, name), best = -1, n_best = 0;
    int best_rank = -1;
    if (exact >= 0) {
        if (!has_twin(b, binding, exact))
            bind_one(binding, exact, "by name");
        return;
    }
    for (int32_t c = 0; c < bw_table_columns(b->table); c++) {
        int rank = bw_header_rank(b->role, name, b->plain[c]);
        if (rank < 0 || (best >= 0 && rank > best_rank))
            continue;
        n_best = rank == best_rank ? n_best + 1 : 1;
        best = c;
        best_rank = rank;
    }
    if (n_best > 1)
        several_fit(b, binding, best_rank);
    else if (n_best == 1)
        bind_one(binding, best,
                 is_field_name(name, b->plain[best]) ? "by name"
                                                     : "by synonym");
    else
        join_name(b, binding);
}
