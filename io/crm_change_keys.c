/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record of the CRM each account of the plan is, and who owns it there.
 *
 * The file of the scenario's accounts is an export of the CRM. What the problem
 * kept of it is mostly enough; it is read once more, a second for a million
 * rows, only where the profile asks for more: a key that the plan does not use
 * as its id, columns that are copied, or owners that the scenario changed. */
#include "crm_change_parts.h"

#include "crm_change_match.h"
#include "crm_key.h"
#include "synonyms.h"

#include <string.h>

/* How the scenario found the field; NULL: by no header at all. */
static const bw_mapping *mapping_of(const bw_problem *problem,
                                    const char *field)
{
    for (int32_t i = 0; i < problem->n_mapping; i++) {
        const bw_mapping *m = &problem->mapping[i];
        if (strcmp(m->role, "accounts") == 0 && strcmp(m->field, field) == 0 &&
            strcmp(m->how, "expression") != 0 &&
            strcmp(m->how, "by a change") != 0)
            return m;
    }
    return NULL;
}

enum {
    HEADER_ROOM = 256
};

/* How many headers of the accounts' file have this plain form? */
static int count_headers(const bw_problem *problem, const char *plain)
{
    int n = 0;
    char other[HEADER_ROOM];
    const bw_input *input = &problem->inputs[0];
    for (int32_t i = 0; i < input->n_headers && *plain; i++) {
        if (strlen(input->header[i]) >= HEADER_ROOM)
            continue;
        bw_header_plain(input->header[i], other);
        n += strcmp(other, plain) == 0;
    }
    return n;
}

/* Is the column that the scenario found the one that the profile would read,
 * the first of its headers that is there? Also where none of them is. */
static bool is_profiles(const bw_problem *problem, const char *list,
                        const bw_mapping *found)
{
    char one[HEADER_ROOM], plain[HEADER_ROOM], wanted[HEADER_ROOM] = "";
    if (found && strlen(found->header) < HEADER_ROOM)
        bw_header_plain(found->header, wanted);
    for (const char *at = list; *at; at += *at == '|') {
        size_t len = strcspn(at, "|");
        if (len >= HEADER_ROOM || memchr(at, '+', len))
            return false;
        memcpy(one, at, len);
        one[len] = '\0';
        bw_header_plain(one, plain);
        int n = count_headers(problem, plain);
        if (n > 0)
            return n == 1 && strcmp(plain, wanted) == 0;
        at += len;
    }
    return true;
}

/* Does a file of the profile repeat cells of the table that was read? Names,
 * too: those of the problem may be from another column. */
static bool has_copies(const bw_crm_profile *profile)
{
    for (int f = 0; f < profile->n_files; f++) {
        const bw_crm_file *file = &profile->file[f];
        for (int i = 0; i < file->n_columns; i++)
            if (file->table == BW_CRM_ACCOUNTS &&
                (file->column[i].value == BW_CRM_IS_COPY ||
                 file->column[i].value == BW_CRM_IS_NAME))
                return true;
    }
    return false;
}

/* Owners of the problem are the file's unless the scenario has them from a plan
 * in force, or from a change or decision of its own, or the profile knows
 * another column for them than was guessed or told: a plan may start from who
 * sold last, and the CRM's owner is somebody else. */
static bool owners_are_as_read(const bw_crm_changing *c)
{
    const bw_scenario *s = c->change->scenario;
    const bw_mapping *owner = mapping_of(c->change->problem, "owner");
    const char *list =
        c->change->profile->table[BW_CRM_ACCOUNTS].headers[BW_CRM_OWNER];
    for (int i = 0; i < s->n_qualities; i++)
        if (s->qualities[i].action == BW_DO_VALUE)
            return false;
    if (s->repair.given || s->n_changes > 0)
        return false;
    return !list || is_profiles(c->change->problem, list, owner);
}

static bool keys_are_ids(const bw_crm_changing *c)
{
    const char *list =
        c->change->profile->table[BW_CRM_ACCOUNTS].headers[BW_CRM_KEY];
    const bw_problem *problem = c->change->problem;
    return !list || is_profiles(problem, list, mapping_of(problem, "id"));
}

/* As the scenario says that the file is written, but with the profile's
 * columns. The loader had its say about the file: nothing is told twice. */
static bw_status read_planned(bw_crm_changing *c, bw_crm_table *table)
{
    const char *path = c->change->problem->inputs[0].path;
    bw_source_spec told = c->change->scenario->accounts;
    told.n_columns = 0;
    bw_status status =
        bw_crm_table_read_told(&told, c->change->profile, 0, NULL, table);
    if (status == BW_OK || status == BW_NOMEM)
        return status;
    bw_diag_add(c->diags, BW_ERROR, BW_FILE_CHANGED, (bw_place){path, 0, 0},
                "has changed while it was read; export again");
    return BW_INVALID;
}

/* Rows of accounts, by line; -1: it stands in another file. */
static bw_status match_lines(const bw_crm_change *change,
                             const bw_crm_table *table, int64_t *of_account)
{
    const bw_accounts *accounts = &change->problem->accounts;
    int64_t row = 0, rows = bw_table_rows(table->table);
    for (int32_t a = 0; a < accounts->n; a++) {
        of_account[a] = -1;
        if (accounts->input && accounts->input[a] != 0)
            continue;
        while (row < rows &&
               bw_table_place(table->table, row, 0).line < accounts->line[a])
            row++;
        if (row < rows &&
            bw_table_place(table->table, row, 0).line == accounts->line[a])
            of_account[a] = row;
    }
    return BW_OK;
}

static void tell_key(const bw_crm_changing *c, int32_t account, const char *key,
                     bw_crm_key_fault fault)
{
    bw_buf clause = {0};
    const bw_crm_change *change = c->change;
    bw_crm_key_tell(&change->profile->table[BW_CRM_ACCOUNTS].key, key, fault,
                    &clause);
    bw_diag_add(
        c->diags, BW_ERROR,
        fault == BW_CRM_KEY_FORMULA ? BW_CRM_FORMULA : BW_CRM_KEY_FORM,
        bw_crm_account_place(change, account, BW_CRM_KEY),
        "account \"%.80s\" has the key \"%.80s\", and %s; nothing can be "
        "written to the CRM under it: export the accounts with their keys "
        "again, and plan with these",
        change->problem->accounts.id[account], key,
        clause.text ? clause.text : "it is not well formed");
    bw_buf_free(&clause);
}

/* Where the table has a column of keys, an id of the scenario's own is no
 * substitute for one that is blank or damaged: as a number it may well be
 * another record's key. */
static void take_key(const bw_crm_changing *c, int32_t account, bw_cell key)
{
    const bw_crm_form *form = &c->change->profile->table[BW_CRM_ACCOUNTS].key;
    bw_crm_key_fault fault = bw_crm_key_check(form, key.text, key.len);
    c->change->key[account] = key.text;
    if (fault != BW_CRM_KEY_GOOD)
        tell_key(c, account, key.text, fault);
}

/* Keys and owners as they were when the plan was made: of the table where it
 * was read again, else of the problem. */
static void take_planned(const bw_crm_changing *c)
{
    bw_crm_change *change = c->change;
    const bw_accounts *accounts = &change->problem->accounts;
    const bw_crm_table *table = &change->accounts;
    bool owners = change->row && bw_crm_has(table, BW_CRM_OWNER);
    for (int32_t a = 0; a < change->n; a++) {
        bw_cell key = {accounts->id[a], strlen(accounts->id[a])};
        bool there = change->row && change->row[a] >= 0;
        if (there && bw_crm_has(table, BW_CRM_KEY))
            key = bw_crm_table_cell(table, change->row[a], BW_CRM_KEY);
        take_key(c, a, key);
        change->was_text[a] =
            there && owners
                ? bw_crm_table_cell(table, change->row[a], BW_CRM_OWNER).text
                : accounts->owner_text[a];
    }
}

/* Accounts that a change of the scenario added are not known to be in the CRM,
 * and some importers make a record of every key that they do not know. */
static void check_added(const bw_crm_changing *c)
{
    const bw_crm_change *change = c->change;
    for (int32_t a = 0; a < change->n; a++)
        if (change->row[a] < 0)
            bw_diag_add(c->diags, BW_ERROR, BW_CRM_KEY_UNKNOWN,
                        bw_crm_planned_place(change, a),
                        "account \"%.80s\" does not stand in %s: it is not "
                        "known whether the CRM has it; give an export of all "
                        "accounts with --accounts, once it is there",
                        change->problem->accounts.id[a],
                        change->problem->inputs[0].file);
}

static bw_status keep_texts(const bw_crm_changing *c, const char **text)
{
    for (int32_t a = 0; a < c->change->n; a++) {
        text[a] = bw_arena_text(c->arena, text[a], strlen(text[a]));
        if (!text[a])
            return BW_NOMEM;
    }
    return BW_OK;
}

/* A later export says who owns what now; keys of the earlier one lead to it. */
static bw_status read_later(bw_crm_changing *c)
{
    bw_crm_change *change = c->change;
    size_t n = (size_t)change->n;
    c->planned_owner = change->was_text;
    change->was_text = bw_arena_alloc(c->arena, n, sizeof *change->was_text);
    int64_t *row = bw_arena_alloc(c->arena, n, sizeof *row);
    if (!change->was_text || !row)
        return BW_NOMEM;
    bw_status status = bw_crm_table_read(
        c->order->accounts, BW_CRM_ACCOUNTS, change->profile,
        1U << BW_CRM_KEY | 1U << BW_CRM_OWNER, c->diags, &change->accounts);
    if (status == BW_OK)
        status = bw_crm_match(c, &change->accounts, row);
    for (int32_t a = 0; a < change->n && status == BW_OK; a++) {
        change->was_text[a] = "";
        if (row[a] < 0)
            continue;
        change->key[a] =
            bw_crm_table_cell(&change->accounts, row[a], BW_CRM_KEY).text;
        change->was_text[a] =
            bw_crm_table_cell(&change->accounts, row[a], BW_CRM_OWNER).text;
    }
    change->row = row;
    return status;
}

/* The table that is read stays where cells of it are still needed. */
static bw_status read_again(bw_crm_changing *c)
{
    bw_crm_change *change = c->change;
    bw_crm_table table = {0};
    size_t n = (size_t)change->n;
    bool later = c->order->accounts != NULL;
    int64_t *row = bw_arena_alloc(c->arena, n, sizeof *row);
    bw_status status = row ? read_planned(c, &table) : BW_NOMEM;
    if (status == BW_OK)
        status = match_lines(change, &table, row);
    if (status == BW_OK) {
        change->accounts = table;
        change->row = row;
        take_planned(c);
    }
    if (status == BW_OK && !later)
        check_added(c);
    if (status == BW_OK && !later)
        return bw_crm_check_unique(c);
    /* The later export takes its place. */
    if (status == BW_OK)
        status = keep_texts(c, change->key);
    if (status == BW_OK)
        status = keep_texts(c, change->was_text);
    bw_crm_table_free(&table);
    change->accounts = (bw_crm_table){0};
    change->row = NULL;
    return status;
}

bw_status bw_crm_change_keys(bw_crm_changing *c)
{
    bool later = c->order->accounts != NULL, ids = keys_are_ids(c);
    bool again = !ids || !owners_are_as_read(c) ||
                 (!later && has_copies(c->change->profile));
    bw_status status = BW_OK;
    if (again)
        status = read_again(c);
    else
        take_planned(c);
    if (status == BW_OK && later)
        status = read_later(c);
    else if (status == BW_OK && !again)
        status = bw_crm_check_unique(c);
    return status;
}
