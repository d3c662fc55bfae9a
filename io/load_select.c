/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which accounts and reps a rule speaks of: those it names, those that satisfy
 * its condition, or both at once. */
#include "load_parts.h"

#include <string.h>

/* One side of a rule. */
typedef struct side {
    bw_loader *loader;
    bw_sheet *sheet;
    const bw_index *rows;
    const int32_t *of_row, *row_of;
    int32_t n;
    const char *what; /* account, rep */
    bw_code unknown;
} side;

static side account_side(bw_loader *loader)
{
    return (side){.loader = loader,
                  .sheet = &loader->accounts,
                  .rows = loader->account_rows,
                  .of_row = loader->account_of_row,
                  .row_of = loader->row_of_account,
                  .n = loader->problem->accounts.n,
                  .what = "account",
                  .unknown = BW_PAIR_UNKNOWN};
}

static side rep_side(bw_loader *loader)
{
    return (side){.loader = loader,
                  .sheet = &loader->reps,
                  .rows = loader->rep_rows,
                  .of_row = loader->rep_of_row,
                  .row_of = loader->row_of_rep,
                  .n = loader->problem->reps.n,
                  .what = "rep",
                  .unknown = BW_LOCK_REP_UNKNOWN};
}

/* The place of a byte of the value; the value's start where the file spells it
 * otherwise (entities, line breaks). */
static bw_place place_in(const bw_attr *attr, const char *at)
{
    bw_place place = attr->place;
    if (attr->raw && strcmp(attr->raw, attr->text) != 0)
        return place;
    for (const char *p = attr->text; p < at; p++)
        if (((unsigned char)*p & 0xC0) != 0x80)
            place.column++;
    return place;
}

/* False: reported. */
static bool mark(const side *s, const bw_attr *attr, bw_cell id,
                 uint8_t *member)
{
    int32_t row = bw_load_find_id(s->rows, id.text, id.len);
    int len = id.len < 80 ? (int)id.len : 80;
    if (row >= 0 && s->of_row[row] >= 0) {
        member[s->of_row[row]] = 1;
        return true;
    }
    if (row >= 0)
        bw_diag_add(s->loader->diags, BW_WARNING, BW_RULE_IDLE,
                    place_in(attr, id.text),
                    "%s \"%.*s\" takes no part in this plan, so the rule does "
                    "nothing for it",
                    s->what, len, id.text);
    else
        bw_diag_add(s->loader->diags, BW_ERROR, s->unknown,
                    place_in(attr, id.text),
                    "%s \"%.*s\" is not listed in %s; correct the id, or "
                    "remove it from the rule",
                    s->what, len, id.text, s->sheet->spec->file.text);
    return false;
}

/* The value is one id, or several separated by blanks. */
static bool mark_named(const side *s, const bw_attr *attr, uint8_t *member)
{
    static const char blanks[] = " \t\r\n";
    bw_cell whole = {attr->text, strlen(attr->text)};
    if (bw_load_find_id(s->rows, whole.text, whole.len) >= 0)
        return mark(s, attr, whole, member);
    bool fine = true;
    for (const char *at = attr->text;;) {
        at += strspn(at, blanks);
        bw_cell id = {at, strcspn(at, blanks)};
        if (id.len == 0)
            return fine;
        fine = mark(s, attr, id, member) && fine;
        at += id.len;
    }
}

static bw_status keep_where(const side *s, bw_expr *expr, uint8_t *member)
{
    bw_rows rows = bw_rows_of(s->sheet, s->sheet);
    bw_status status = BW_OK;
    for (int32_t i = 0; i < s->n && status == BW_OK; i++) {
        bool holds = false;
        if (!member[i])
            continue;
        rows.account_row = rows.rep_row = s->row_of[i];
        status = bw_expr_truth(expr, bw_rows_lookup, &rows, &holds);
        member[i] = holds;
    }
    return status;
}

static bw_status select_side(const side *s, bw_expr *where,
                             const bw_attr *named, uint8_t **result,
                             int32_t *count)
{
    uint8_t *member = bw_arena_alloc(s->loader->scratch, (size_t)s->n, 1);
    bw_status status = BW_OK;
    if (!member)
        return BW_NOMEM;
    memset(member, named->text ? 0 : 1, (size_t)s->n);
    bool fine = true;
    if (named->text && !s->sheet->blind)
        fine = mark_named(s, named, member);
    if (where)
        status = keep_where(s, where, member);
    *count = 0;
    for (int32_t i = 0; i < s->n; i++)
        *count += member[i];
    if (*count == 0 && !fine)
        *count = BW_NONE_REPORTED;
    *result = member;
    return status;
}

bw_status bw_select_accounts(bw_loader *loader, const bw_rule_spec *rule,
                             uint8_t **member, int32_t *count)
{
    bw_expr *where;
    side s = account_side(loader);
    bw_status status =
        bw_sheet_compile(s.sheet, NULL, &rule->where, BW_BOOLEAN, &where);
    if (status == BW_OK)
        status = select_side(&s, where, &rule->account, member, count);
    bw_expr_free(where);
    return status;
}

bw_status bw_select_reps(bw_loader *loader, const bw_rule_spec *rule,
                         uint8_t **member, int32_t *count)
{
    bw_expr *where;
    side s = rep_side(loader);
    bw_status status =
        bw_sheet_compile(NULL, s.sheet, &rule->rep_where, BW_BOOLEAN, &where);
    if (status == BW_OK)
        status = select_side(&s, where, &rule->rep, member, count);
    bw_expr_free(where);
    return status;
}
