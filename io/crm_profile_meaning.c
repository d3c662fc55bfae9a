/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of a profile that only the whole shows. */
#include "crm_profile_form.h"

#include <string.h>

/* Place of an attribute, of the element, or of the root. */
static bw_place place_of(const bw_crm_reading *r, const bw_element *e,
                         const char *attr)
{
    bw_place at = bw_element_place(r->root);
    if (e)
        bw_element_attr(e, attr, &at);
    return bw_crm_place(r, at);
}

static bool is_for_territories(int table)
{
    return table == BW_CRM_TERRITORIES || table == BW_CRM_ASSOCIATIONS ||
           table == BW_CRM_MEMBERS;
}

static void need_table(bw_crm_reading *r, bw_crm_which which)
{
    if (!r->profile->table[which].given)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, place_of(r, NULL, NULL),
                    "table %s is missing; add <table name=\"%s\"> with its "
                    "fields",
                    bw_crm_which_text(which), bw_crm_which_text(which));
}

static bool has_file(const bw_crm_profile *p, int table, int does)
{
    for (int i = 0; i < p->n_files; i++)
        if ((int)p->file[i].table == table &&
            (does < 0 || (int)p->file[i].does == does))
            return true;
    return false;
}

static void check_tables(bw_crm_reading *r)
{
    const bw_crm_profile *p = r->profile;
    need_table(r, BW_CRM_ACCOUNTS);
    need_table(r, BW_CRM_USERS);
    for (int t = 0; t < BW_CRM_N_TABLES; t++) {
        const char *name = bw_crm_which_text((bw_crm_which)t);
        bool reads_only =
            t == BW_CRM_USERS || (t == BW_CRM_ACCOUNTS && p->territories);
        if (p->territories && is_for_territories(t))
            need_table(r, (bw_crm_which)t);
        if (!r->table[t])
            continue;
        bw_place at = place_of(r, r->table[t], "name");
        if (!reads_only && p->territories != is_for_territories(t))
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "table %s has no use where %s are written; take it "
                        "out, or say writes=\"%s\" in <crm>",
                        name, p->territories ? "territories" : "owners",
                        p->territories ? "owners" : "territories");
        else if (!reads_only && !has_file(p, t, -1))
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "no file changes table %s; add <file table=\"%s\">, or "
                        "take the table out",
                        name, name);
    }
}

static const bw_element *element_of(const bw_crm_reading *r, int file)
{
    const bw_element *e = bw_crm_named(bw_element_child(r->root), "file");
    while (file-- > 0 && e)
        e = bw_crm_named(bw_element_next(e), "file");
    return e;
}

/* Where a CRM adds, the former one stays until a row takes it away; and what
 * is taken away comes back in the rollback only by what adds. */
static void check_pairs(bw_crm_reading *r)
{
    static const char *const text[] = {"replaces", "adds", "removes"};
    const bw_crm_profile *p = r->profile;
    for (int i = 0; i < p->n_files; i++) {
        const bw_crm_file *file = &p->file[i];
        bw_place at = place_of(r, element_of(r, i), "does");
        int other = file->does == BW_CRM_ADDS ? BW_CRM_REMOVES : BW_CRM_ADDS;
        if (p->territories && file->table == BW_CRM_ACCOUNTS)
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s would change accounts, but the profile writes "
                        "territories",
                        file->name);
        else if (file->does == BW_CRM_REPLACES && p->territories)
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s replaces, but what belongs to territories is added "
                        "and removed; say which",
                        file->name);
        else if (file->does != BW_CRM_REPLACES &&
                 file->table != BW_CRM_TERRITORIES &&
                 !has_file(p, (int)file->table, other))
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s %s, but no file of %s %s: %s; add one", file->name,
                        text[file->does], bw_crm_which_text(file->table),
                        text[other],
                        file->does == BW_CRM_ADDS ? "former owners would stay"
                                                  : "it could not be undone");
    }
}

static const bw_crm_field field_of_by[BW_CRM_N_BY] = {
    [BW_CRM_BY_KEY] = BW_CRM_KEY,
    [BW_CRM_BY_LOGIN] = BW_CRM_LOGIN,
    [BW_CRM_BY_EMAIL] = BW_CRM_EMAIL,
    [BW_CRM_BY_NAME] = BW_CRM_NAME,
};

static void check_owner(bw_crm_reading *r)
{
    const bw_crm_profile *p = r->profile;
    if (!r->owner) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, place_of(r, NULL, NULL),
                    "<owner> is missing; add one, such as <owner "
                    "write=\"email\"/>");
        return;
    }
    if (!(p->may_by & 1u << p->by))
        bw_diag_add(
            r->diags, BW_ERROR, BW_CRM_PROFILE, place_of(r, r->owner, "write"),
            "owners are written by %s, which is not in may=\"%s\"; add "
            "it there",
            bw_crm_by_text(p->by), bw_crm_attr(r, r->owner, "may", NULL));
    for (int by = 0; by < BW_CRM_N_BY; by++) {
        bool wanted = ((p->may_by | 1u << p->by) & 1u << by) != 0;
        if (wanted && p->table[BW_CRM_USERS].given &&
            !p->table[BW_CRM_USERS].headers[field_of_by[by]])
            bw_diag_add(
                r->diags, BW_ERROR, BW_CRM_PROFILE,
                place_of(r, r->owner, (int)p->by == by ? "write" : "may"),
                "owners may be written by %s, but table users has no "
                "field %s; add it",
                bw_crm_by_text((bw_crm_by)by),
                bw_crm_field_text(field_of_by[by]));
    }
    bw_crm_check_text(r, place_of(r, r->owner, "clear"), "the text that clears",
                      p->clear);
}

/* The header alone may not fill a file. */
static void check_limits(bw_crm_reading *r)
{
    const bw_crm_profile *p = r->profile;
    for (int i = 0; p->most_bytes && i < p->n_files; i++) {
        const bw_crm_file *file = &p->file[i];
        int64_t header = (p->mark ? 3 : 0) + (p->crlf ? 1 : 0);
        for (int c = 0; c < file->n_columns; c++)
            header += (int64_t)strlen(file->column[c].header) + 1 +
                      (p->quote_all ? 2 : 0);
        if (header >= p->most_bytes)
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE,
                        place_of(r, r->files, "bytes"),
                        "bytes=\"%lld\" leaves no room for a row in %s: its "
                        "header has %lld",
                        (long long)p->most_bytes, file->name,
                        (long long)header);
    }
}

void bw_crm_read_meaning(bw_crm_reading *r)
{
    check_tables(r);
    check_pairs(r);
    check_owner(r);
    check_limits(r);
}
