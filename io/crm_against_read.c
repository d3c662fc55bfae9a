/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder is read first: what it holds says how the fresh tables are read.
 */
#include "crm_against.h"

#include "bw/load.h"
#include "json.h"
#include "own_table.h"
#include "read_file.h"

#include <string.h>
#include <unistd.h>

/* What the reading has at hand. */
typedef struct reader {
    const bw_against_order *order;
    bw_diags *diags;
    bw_against *against;
    bw_buf path; /* of the file at hand */
} reader;

/* NULL: memory is short. */
static const char *inside(reader *r, const char *name)
{
    r->path.len = 0;
    bw_buf_format(&r->path, "%s/%s", r->order->dir, name);
    return r->path.failed ? NULL : r->path.text;
}

static bool is_there(reader *r, const char *name)
{
    const char *path = inside(r, name);
    return path && access(path, F_OK) == 0;
}

/* A plan's folder is the likeliest mistake. An export of territories is
 * refused where its profile says that it is one. */
static bw_status check_folder(reader *r)
{
    const bw_place place = {r->order->dir, 0, 0};
    bool plan = is_there(r, "assignments.csv");
    if ((is_there(r, "owners.csv") || is_there(r, "seats.csv")) &&
        is_there(r, "profile.xml"))
        return BW_OK;
    if (r->path.failed)
        return BW_NOMEM;
    if (access(r->order->dir, F_OK) != 0)
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_MISSING, place,
                    "there is no such folder; name the one that bailiwick "
                    "export wrote");
    else if (plan)
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_MISSING, place,
                    "this is the folder of a plan, not of an export; name the "
                    "one that bailiwick export wrote from it (its -o)");
    else
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_MISSING, place,
                    "this is not the folder of an export, which has owners.csv "
                    "and profile.xml; name the one that bailiwick export "
                    "wrote");
    return BW_IO;
}

static bw_status read_profile(reader *r)
{
    bw_against *a = r->against;
    const char *path = inside(r, "profile.xml");
    bw_status status =
        path ? bw_crm_profile_read(path, r->diags, &a->profile) : BW_NOMEM;
    if (status != BW_OK)
        return status;
    a->by = a->profile->by;
    for (int i = 0; i < a->profile->n_files; i++)
        a->adds |= a->profile->file[i].table == BW_CRM_ACCOUNTS &&
                   a->profile->file[i].does == BW_CRM_ADDS;
    if (!a->profile->territories)
        return BW_OK;
    bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, a->profile->place,
                "the export wrote territories, and only owners can be "
                "compared; fetch territories, accounts and users in them again "
                "as LOAD.txt says, and run the export again with them and "
                "--dry-run: what it still would write did not take");
    return BW_INVALID;
}

/* The manifest says by what owners are named where that is not what the
 * profile says. */
static bw_status read_by(reader *r)
{
    bw_bytes bytes = {0};
    bw_json *json = NULL;
    const char *path =
        is_there(r, "manifest.json") ? inside(r, "manifest.json") : NULL;
    if (!path)
        return r->path.failed ? BW_NOMEM : BW_OK;
    bw_status status = bw_file_read(path, path, NULL, r->diags, &bytes);
    if (status == BW_OK)
        status = bw_json_read(bytes.data ? bytes.data : "", bytes.len, path,
                              BW_FILE_FORMAT, r->diags, &json);
    const char *text = bw_json_get_text(bw_json_member(json, "owner_by"));
    for (int by = 0; text && by < BW_CRM_N_BY; by++)
        if (strcmp(bw_crm_by_text((bw_crm_by)by), text) == 0)
            r->against->by = (bw_crm_by)by;
    bw_json_free(json);
    bw_bytes_free(&bytes);
    return status;
}

static bw_status find_columns(reader *r)
{
    static const char *const header[BW_OWNERS_COLUMNS] = {
        "account", "account_name", "owner_before", "owner_after", "fate"};
    bw_against *a = r->against;
    bw_status status = BW_OK;
    for (int i = 0; i < BW_OWNERS_COLUMNS; i++) {
        a->column[i] = bw_table_find(a->owners, header[i]);
        if (a->column[i] >= 0)
            continue;
        bw_diag_add(r->diags, BW_ERROR, BW_COLUMN_MISSING,
                    bw_table_header_place(a->owners, 0),
                    "owners.csv of an export has a column \"%s\"; write the "
                    "export again",
                    header[i]);
        status = BW_INVALID;
    }
    return status;
}

static bw_status read_owners(reader *r)
{
    bw_against *a = r->against;
    const char *path = inside(r, "owners.csv");
    bw_status status =
        path ? bw_source_open(path, path, r->diags, &a->source) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_own_table_read(a->source, r->diags, &a->owners);
    return status == BW_OK ? find_columns(r) : status;
}

/* users.csv of the folder, whose headers are ours and whose keys are the
 * CRM's. */
static bw_status read_users_then(reader *r, bw_crm_users **users)
{
    bw_crm_profile ours = {.name = "of users.csv"};
    bw_crm_table table;
    unsigned needed = 0;
    bw_crm_table_spec *spec = &ours.table[BW_CRM_USERS];
    *spec =
        (bw_crm_table_spec){.given = true,
                            .guarded = true,
                            .key = r->against->profile->table[BW_CRM_USERS].key,
                            .active_words = "yes",
                            .headers = {[BW_CRM_KEY] = "id",
                                        [BW_CRM_LOGIN] = "login",
                                        [BW_CRM_EMAIL] = "email",
                                        [BW_CRM_NAME] = "name",
                                        [BW_CRM_ACTIVE] = "active"}};
    for (int i = 0; i < BW_CRM_N_FIELDS; i++)
        needed |= spec->headers[i] ? 1U << i : 0;
    const char *path = inside(r, "users.csv");
    if (!path)
        return BW_NOMEM;
    bw_status status =
        bw_crm_table_read(path, BW_CRM_USERS, &ours, needed, r->diags, &table);
    if (status == BW_OK)
        status = bw_crm_users_new(r->against->profile, users);
    if (status == BW_OK)
        status = bw_crm_users_add_table(*users, &table, r->diags);
    bw_crm_table_free(&table);
    return status;
}

static bw_status read_users_today(reader *r)
{
    bw_against *a = r->against;
    bw_crm_table table;
    bw_status status =
        bw_crm_table_read(r->order->users, BW_CRM_USERS, a->profile,
                          1U << BW_CRM_KEY, r->diags, &table);
    if (status == BW_OK)
        status = bw_crm_users_new(a->profile, &a->users);
    if (status == BW_OK)
        status = bw_crm_users_add_table(a->users, &table, r->diags);
    bw_crm_table_free(&table);
    return status;
}

/* Those of the export who are no users today come behind those who are. */
static bw_status read_users(reader *r)
{
    bw_against *a = r->against;
    bw_crm_users *then = NULL;
    bw_status status = read_users_then(r, &then);
    if (status == BW_OK && r->order->users)
        status = read_users_today(r);
    if (status == BW_OK && !a->users) {
        a->users = then;
        a->n_today = bw_crm_users_count(then);
        return BW_OK;
    }
    a->n_today = a->users ? bw_crm_users_count(a->users) : 0;
    int32_t n = then ? bw_crm_users_count(then) : 0;
    for (int32_t i = 0; status == BW_OK && i < n; i++) {
        const bw_crm_user *user = bw_crm_users_at(then, i);
        if (bw_crm_users_find_by(a->users, BW_CRM_BY_KEY, user->key) < 0)
            status = bw_crm_users_add(a->users, user, r->diags);
    }
    bw_crm_users_free(then);
    return status;
}

static bw_status read_fresh(reader *r)
{
    const unsigned needed = 1U << BW_CRM_KEY | 1U << BW_CRM_OWNER;
    bw_against *a = r->against;
    if (!r->order->scenario)
        return bw_crm_table_read(r->order->accounts, BW_CRM_ACCOUNTS,
                                 a->profile, needed, r->diags, &a->fresh);
    bw_status status =
        bw_scenario_load(r->order->scenario, r->diags, &a->scenario);
    return status == BW_OK
               ? bw_crm_table_read_told(&a->scenario->accounts, a->profile,
                                        needed, r->diags, &a->fresh)
               : status;
}

static bw_status check_size(reader *r, const bw_table *table)
{
    if (bw_table_rows(table) <= INT32_MAX / 2)
        return BW_OK;
    bw_diag_add(r->diags, BW_ERROR, BW_FILE_UNREADABLE,
                bw_table_header_place(table, 0),
                "the file has more than %d records", INT32_MAX / 2);
    return BW_INVALID;
}

/* Users and accounts are read both, whatever is wrong with one of them. */
bw_status bw_against_read(const bw_against_order *order, bw_diags *diags,
                          bw_against *against)
{
    reader r = {.order = order, .diags = diags, .against = against};
    bw_status status = check_folder(&r);
    if (status == BW_OK)
        status = read_profile(&r);
    if (status == BW_OK)
        status = read_by(&r);
    if (status == BW_OK)
        status = read_owners(&r);
    if (status == BW_OK) {
        status = read_users(&r);
        bw_status fresh = read_fresh(&r);
        status = status == BW_OK ? fresh : status;
    }
    if (status == BW_OK)
        status = check_size(&r, against->owners);
    if (status == BW_OK)
        status = check_size(&r, against->fresh.table);
    bw_buf_free(&r.path);
    return status;
}
