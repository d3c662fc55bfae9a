/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owners: which rep serves an account today. An owner that is not listed, or
 * that takes no part, is reported once for all its accounts; where the
 * scenario says stop, at each of them. */
#include "load_parts.h"

#include "field.h"

#include <stdio.h>
#include <string.h>

enum {
    OWNER_UNKNOWN = -1,
    OWNER_LEFT_OUT = -2,
    OWNER_SEVERAL = -3,
    WHAT_ROOM = 320
};

/* One owner as the accounts name it. */
typedef struct owner {
    const char *text; /* in the problem's arena */
    int32_t rep;      /* or one of the above */
    int32_t accounts, first;
} owner;

typedef struct owners {
    bw_index *by_text;
    owner *list; /* [n], room for `room` */
    int32_t n, room;
} owners;

static int32_t find_rep(const bw_loader *loader, bw_cell text)
{
    int32_t row = bw_load_find_rep(loader, text.text, text.len);
    if (row < 0)
        return row == BW_REP_SEVERAL ? OWNER_SEVERAL : OWNER_UNKNOWN;
    int32_t rep = loader->rep_of_row[row];
    return rep >= 0 ? rep : OWNER_LEFT_OUT;
}

static bw_code code_of(int32_t rep)
{
    return rep == OWNER_LEFT_OUT ? BW_OWNER_LEFT_OUT : BW_OWNER_UNKNOWN;
}

static bw_status add_owner(bw_loader *loader, owners *all, bw_cell text,
                           int32_t account)
{
    if (all->n == all->room) {
        int32_t room = all->room ? 2 * all->room : 64;
        owner *grown = bw_realloc(all->list, (size_t)room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        all->list = grown;
        all->room = room;
    }
    owner *o = &all->list[all->n++];
    *o = (owner){.rep = find_rep(loader, text), .first = account};
    if (o->rep >= 0 &&
        bw_load_find_id(loader->rep_rows, text.text, text.len) < 0)
        loader->owners_named = true;
    o->text = bw_arena_text(loader->arena, text.text, text.len);
    return o->text ? BW_OK : BW_NOMEM;
}

/* The rep whose id a decision gives instead of an unknown owner. */
static bw_cell replaced(bw_loader *loader, bw_cell text)
{
    const bw_quality_do *action = loader->flaws.action;
    if (action[BW_OWNER_UNKNOWN] != BW_DO_VALUE &&
        action[BW_OWNER_LEFT_OUT] != BW_DO_VALUE)
        return text;
    int32_t rep = find_rep(loader, text);
    const char *value = rep < 0 ? loader->flaws.value[code_of(rep)] : NULL;
    if (!value || action[code_of(rep)] != BW_DO_VALUE)
        return text;
    return (bw_cell){value, strlen(value)};
}

static const char *left_out_why(const bw_loader *loader, const char *text,
                                size_t len)
{
    int32_t row = bw_load_find_rep(loader, text, len);
    switch (loader->reps.state[row]) {
    case BW_ROW_CANDIDATE:
        return "is only a candidate";
    case BW_ROW_INACTIVE:
        return "is inactive";
    case BW_ROW_NOT_YET:
        return "begins only after the date of the scenario";
    case BW_ROW_FLAW:
    case BW_ROW_FLAW_WHERE:
        return "was dropped for a flaw";
    default:
        return "is left out by the `where` of <reps>";
    }
}

static void say_what(const bw_loader *loader, const owner *o,
                     char is[WHAT_ROOM])
{
    const char *file = loader->reps.spec->file.text;
    bw_buf list = {0};
    if (o->rep == OWNER_UNKNOWN)
        snprintf(is, WHAT_ROOM, "is not listed in %.200s", file);
    else if (o->rep == OWNER_LEFT_OUT)
        snprintf(is, WHAT_ROOM, "%s",
                 left_out_why(loader, o->text, strlen(o->text)));
    else {
        bw_load_rep_candidates(loader, o->text, &list);
        snprintf(is, WHAT_ROOM, "is the name of several in %.60s (%.200s)",
                 file, list.text ? list.text : "");
    }
    bw_buf_free(&list);
}

/* Whom a repair takes for the owner stands elsewhere than in the accounts. */
static bw_place owner_place(const bw_loader *loader, int32_t account)
{
    const bw_sheet *sheet = &loader->accounts;
    bw_place place;
    if (bw_state_place(loader, account, &place))
        return place;
    return bw_sheet_place(sheet, bw_sheet_field(sheet, "owner"),
                          loader->row_of_account[account]);
}

/* One account's flaw. */
static void report_one(bw_loader *loader, const owner *o, bw_code code,
                       int32_t account)
{
    char is[WHAT_ROOM];
    bw_sheet *sheet = &loader->accounts;
    int32_t column = bw_sheet_field(sheet, "owner");
    int64_t row = loader->row_of_account[account];
    if (loader->flaws.action[code] == BW_DO_IGNORE)
        bw_flaw_list_row(sheet, code, column, row);
    if (loader->flaws.action[code] != BW_DO_STOP)
        return;
    say_what(loader, o, is);
    bw_flaw_found(sheet, code, column, row,
                  "owner \"%.80s\"%s %s; correct it, or say "
                  "unknown-owner=\"unowned\" on <accounts>",
                  o->text,
                  bw_state_place(loader, account, &(bw_place){0})
                      ? " in the plan in force"
                      : "",
                  is);
}

/* "of 12 accounts, which count as unowned". */
static void report_all(bw_loader *loader, const owner *o, bw_code code)
{
    char is[WHAT_ROOM];
    bool decided = bw_quality_given(loader->scenario, code) &&
                   !loader->scenario->unknown_owner_as_told.text;
    say_what(loader, o, is);
    loader->flaws.telling = true;
    bw_diag_add_many(
        loader->diags, BW_WARNING, code, owner_place(loader, o->first),
        (size_t)o->accounts, "owner \"%.80s\" of %d account%s %s; %s%s",
        o->text, (int)o->accounts, o->accounts == 1 ? "" : "s", is,
        o->accounts == 1 ? "it counts as unowned" : "they count as unowned",
        decided ? ", as do=\"ignore\" says" : "");
    loader->flaws.telling = false;
}

/* A plan of other accounts, or of none, is not what is in force. */
static void check_state(const bw_loader *loader)
{
    const bw_accounts *accounts = &loader->problem->accounts;
    bw_place place;
    if (!loader->state.rows || accounts->n == 0)
        return;
    for (int32_t a = 0; a < accounts->n; a++)
        if (bw_state_place(loader, a, &place))
            return;
    bw_diag_add(loader->diags, BW_ERROR, BW_CHANGE_EMPTY,
                loader->scenario->repair.from.place,
                "<repair> changes nothing: %s knows none of the accounts; "
                "from= must be the folder of a plan of theirs",
                loader->state.file);
}

static bw_status resolve(bw_loader *loader, owners *all, int32_t column)
{
    bw_accounts *accounts = &loader->problem->accounts;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t k;
        bw_cell text;
        if (!bw_state_owner(loader, a, &text))
            text = bw_sheet_cell(&loader->accounts, column,
                                 loader->row_of_account[a]);
        if (bw_field_blank(text.text))
            continue;
        text = replaced(loader, text);
        bw_status status =
            bw_index_put(all->by_text, text.text, text.len, all->n, &k);
        if (status == BW_OK && k == all->n)
            status = add_owner(loader, all, text, a);
        if (status != BW_OK)
            return status;
        owner *o = &all->list[k];
        o->accounts++;
        accounts->owner_text[a] = o->text;
        accounts->owner[a] = o->rep >= 0 ? o->rep : -1;
        if (o->rep < 0)
            report_one(loader, o, code_of(o->rep), a);
    }
    return BW_OK;
}

bw_status bw_load_owners(bw_loader *loader)
{
    owners all = {0};
    int32_t column = bw_sheet_field(&loader->accounts, "owner");
    bool known = column >= 0 || loader->state.rows;
    if (!known || !loader->accounts.state || loader->reps.blind)
        return BW_OK;
    bw_status status = bw_index_new(64, &all.by_text);
    check_state(loader);
    if (status == BW_OK)
        status = resolve(loader, &all, column);
    for (int32_t k = 0; k < all.n && status == BW_OK; k++)
        if (all.list[k].rep < 0 &&
            loader->flaws.action[code_of(all.list[k].rep)] == BW_DO_IGNORE)
            report_all(loader, &all.list[k], code_of(all.list[k].rep));
    bw_free(all.list);
    bw_index_free(all.by_text);
    return status;
}
