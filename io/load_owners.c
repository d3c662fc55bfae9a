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
    OWNER_LEFT_OUT = -2
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

static int32_t find_rep(const bw_loader *loader, bw_cell text, int32_t *row)
{
    *row = bw_index_find(loader->rep_rows, text.text, text.len);
    if (*row < 0)
        return OWNER_UNKNOWN;
    int32_t rep = loader->rep_of_row[*row];
    return rep >= 0 ? rep : OWNER_LEFT_OUT;
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
    int32_t row;
    owner *o = &all->list[all->n++];
    *o = (owner){.rep = find_rep(loader, text, &row), .first = account};
    o->text = bw_arena_text(loader->arena, text.text, text.len);
    return o->text ? BW_OK : BW_NOMEM;
}

static const char *left_out_why(const bw_loader *loader, const char *text,
                                size_t len)
{
    int32_t row = bw_index_find(loader->rep_rows, text, len);
    switch (loader->reps.state[row]) {
    case BW_ROW_CANDIDATE:
        return "is only a candidate";
    case BW_ROW_INACTIVE:
        return "is inactive";
    default:
        return "is left out by the `where` of <reps>";
    }
}

/* "of 12 accounts, which count as unowned", or the one account's fault. */
static void report(const bw_loader *loader, const owner *o, int32_t account,
                   bool stop)
{
    const bw_sheet *sheet = &loader->accounts;
    bw_place place = bw_sheet_place(sheet, bw_sheet_field(sheet, "owner"),
                                    loader->row_of_account[account]);
    bool unknown = o->rep == OWNER_UNKNOWN;
    char of[64] = "", is[96] = "is not listed in ";
    if (!stop)
        snprintf(of, sizeof of, " of %d account%s", (int)o->accounts,
                 o->accounts == 1 ? "" : "s");
    const char *file = loader->reps.spec->file.text;
    if (!unknown)
        snprintf(is, sizeof is, "%s",
                 left_out_why(loader, o->text, strlen(o->text)));
    bw_diag_add(loader->diags, stop ? BW_ERROR : BW_WARNING,
                unknown ? BW_OWNER_UNKNOWN : BW_OWNER_LEFT_OUT, place,
                "owner \"%.80s\"%s %s%s; %s", o->text, of, is,
                unknown ? file : "",
                stop ? "correct it, or say unknown-owner=\"unowned\" on "
                       "<accounts>"
                : o->accounts == 1 ? "it counts as unowned"
                                   : "they count as unowned");
}

static bw_status resolve(bw_loader *loader, owners *all, int32_t column)
{
    bw_accounts *accounts = &loader->problem->accounts;
    bool stop = loader->scenario->unknown_owner_stops;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t k;
        bw_cell text =
            bw_sheet_cell(&loader->accounts, column, loader->row_of_account[a]);
        if (bw_field_blank(text.text))
            continue;
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
        if (o->rep < 0 && stop)
            report(loader, o, a, true);
    }
    return BW_OK;
}

bw_status bw_load_owners(bw_loader *loader)
{
    owners all = {0};
    int32_t column = bw_sheet_field(&loader->accounts, "owner");
    if (column < 0 || !loader->accounts.state || loader->reps.blind)
        return BW_OK;
    bw_status status = bw_index_new(64, &all.by_text);
    if (status == BW_OK)
        status = resolve(loader, &all, column);
    bool stop = loader->scenario->unknown_owner_stops;
    for (int32_t k = 0; k < all.n && status == BW_OK && !stop; k++)
        if (all.list[k].rep < 0)
            report(loader, &all.list[k], all.list[k].first, false);
    bw_free(all.list);
    bw_index_free(all.by_text);
    return status;
}
