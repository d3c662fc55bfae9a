/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <repair>: the plan in force. Its reps are the owners, whatever the accounts
 * file says; accounts that it does not know keep the owners of the file. */
#include "file_path.h"
#include "load_parts.h"
#include "own_table.h"
#include "read_file.h"

#include <string.h>

static const char assignments[] = "assignments.csv";

/* A file changed since the scenario was resolved is another plan. */
static bw_status check_digest(const bw_loader *loader)
{
    const bw_repair_spec *spec = &loader->scenario->repair;
    const char *is = bw_source_sha256(loader->state.source);
    if (!spec->sha256.text || strcmp(spec->sha256.text, is) == 0)
        return BW_OK;
    bw_diag_add(loader->diags, BW_ERROR, BW_FILE_CHANGED,
                (bw_place){loader->state.path, 0, 0},
                "the plan in force is not the one that this scenario was "
                "resolved with: its SHA-256 is %s; give back that plan, or "
                "plan anew",
                is);
    return BW_INVALID;
}

static void report_column(const bw_loader *loader, const char *name)
{
    bw_diag_add(loader->diags, BW_ERROR, BW_COLUMN_MISSING,
                bw_table_header_place(loader->state.table, 0),
                "the plan in force has no column \"%s\"; from= of <repair> "
                "must be the folder of a plan",
                name);
}

static bw_status index_accounts(bw_loader *loader)
{
    bw_state *state = &loader->state;
    int32_t account = bw_table_find(state->table, "account_id");
    state->rep_column = bw_table_find(state->table, "rep_id");
    if (account < 0)
        report_column(loader, "account_id");
    if (state->rep_column < 0)
        report_column(loader, "rep_id");
    if (account < 0 || state->rep_column < 0)
        return BW_INVALID;
    bw_status status = bw_index_new(bw_table_rows(state->table), &state->rows);
    for (int64_t row = 0; status == BW_OK && row < bw_table_rows(state->table);
         row++) {
        int32_t there;
        bw_cell id = bw_table_cell(state->table, row, account);
        status =
            bw_index_put(state->rows, id.text, id.len, (int32_t)row, &there);
    }
    return status;
}

bw_status bw_load_open_state(bw_loader *loader, bool *io)
{
    const bw_repair_spec *spec = &loader->scenario->repair;
    bw_state *state = &loader->state;
    if (!spec->given || !spec->from.text)
        return BW_OK;
    const char *folder = bw_table_path(loader->arena, &spec->from);
    state->file = bw_file_inside(loader->arena, spec->from.text, assignments);
    state->path =
        folder ? bw_file_inside(loader->arena, folder, assignments) : NULL;
    if (!state->path || !state->file)
        return BW_NOMEM;
    bw_status status =
        bw_file_named(state->path, spec->from.place, loader->diags);
    if (status == BW_OK)
        status = bw_source_open(state->path, state->path, loader->diags,
                                &state->source);
    *io = *io || status == BW_IO;
    if (status == BW_OK)
        status = check_digest(loader);
    if (status == BW_OK)
        status = bw_own_table_read(state->source, loader->diags, &state->table);
    if (status == BW_OK)
        status = index_accounts(loader);
    return status == BW_NOMEM ? status : BW_OK;
}

void bw_load_close_state(bw_loader *loader)
{
    bw_index_free(loader->state.rows);
    bw_table_free(loader->state.table);
    bw_source_free(loader->state.source);
}

static int32_t row_of(const bw_state *state, const char *id)
{
    return state->rows ? bw_load_find_id(state->rows, id, strlen(id)) : -1;
}

bool bw_state_owner(const bw_loader *loader, int32_t account, bw_cell *owner)
{
    const bw_state *state = &loader->state;
    int32_t row = row_of(state, loader->problem->accounts.id[account]);
    if (row < 0)
        return false;
    *owner = bw_table_cell(state->table, row, state->rep_column);
    return true;
}

bool bw_state_place(const bw_loader *loader, int32_t account, bw_place *place)
{
    const bw_state *state = &loader->state;
    int32_t row = row_of(state, loader->problem->accounts.id[account]);
    if (row < 0)
        return false;
    *place = bw_table_place(state->table, row, state->rep_column);
    return true;
}
