/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan -> users -> keys -> fates -> owners -> order. */
#include "crm_change_parts.h"

#include "load_shown.h"

bw_place bw_crm_planned_place(const bw_crm_change *change, int32_t account)
{
    const bw_accounts *accounts = &change->problem->accounts;
    int32_t input = accounts->input ? accounts->input[account] : 0;
    return (bw_place){change->problem->inputs[input].path,
                      accounts->line[account], 0};
}

bw_place bw_crm_account_place(const bw_crm_change *change, int32_t account,
                              bw_crm_field field)
{
    if (!change->row || change->row[account] < 0)
        return bw_crm_planned_place(change, account);
    return bw_crm_table_place(&change->accounts, change->row[account], field);
}

/* Reps that a change of the scenario adds stand in no file. */
bw_place bw_crm_rep_place(const bw_crm_change *change, int32_t rep)
{
    uint32_t line = change->problem->reps.line[rep];
    return line > 0 ? (bw_place){change->problem->inputs[1].path, line, 0}
                    : (bw_place){change->scenario->path, 0, 0};
}

static bw_status load(bw_crm_changing *c)
{
    bw_buf path = {0};
    bw_crm_change *change = c->change;
    bw_buf_format(&path, "%s/scenario.resolved.xml", c->order->dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_scenario_load(path.text, c->diags, &change->scenario);
    bw_buf_free(&path);
    if (status == BW_OK)
        status = bw_load_shown(change->scenario, c->order->quiet, c->diags,
                               &change->problem);
    return status;
}

static bw_status allocate(bw_crm_changing *c)
{
    bw_crm_change *change = c->change;
    size_t n = (size_t)change->problem->accounts.n;
    size_t m = (size_t)change->problem->reps.n;
    change->n = change->problem->accounts.n;
    change->key = bw_arena_alloc(c->arena, n, sizeof *change->key);
    change->rep = bw_arena_alloc(c->arena, n, sizeof *change->rep);
    change->was = bw_arena_alloc(c->arena, n, sizeof *change->was);
    change->was_text = bw_arena_alloc(c->arena, n, sizeof *change->was_text);
    change->now = bw_arena_alloc(c->arena, n, sizeof *change->now);
    change->fate = bw_arena_alloc(c->arena, n, sizeof *change->fate);
    change->order = bw_arena_alloc(c->arena, n, sizeof *change->order);
    change->segment = bw_arena_alloc(c->arena, n, sizeof *change->segment);
    change->user_of_rep =
        bw_arena_alloc(c->arena, m, sizeof *change->user_of_rep);
    bool room = change->key && change->rep && change->was && change->was_text &&
                change->now && change->fate && change->order &&
                change->segment && change->user_of_rep;
    return room ? BW_OK : BW_NOMEM;
}

/* What cannot be told without what a step before it found is not looked at:
 * the plan must be read before anything else is of use. */
static bw_status read_all(bw_crm_changing *c)
{
    static bw_status (*const step[])(bw_crm_changing *) = {
        bw_crm_change_users, bw_crm_change_keys, bw_crm_change_fates,
        bw_crm_change_owners, bw_crm_change_order};
    size_t errors = bw_diags_count(c->diags, BW_ERROR);
    bw_status status = load(c);
    if (status == BW_OK)
        status = allocate(c);
    if (status == BW_OK)
        status = bw_crm_change_plan(c);
    for (size_t i = 0; i < sizeof step / sizeof *step && status == BW_OK; i++)
        status = step[i](c);
    bool faulty = bw_diags_count(c->diags, BW_ERROR) > errors;
    return status == BW_OK && faulty ? BW_INVALID : status;
}

bw_status bw_crm_change_read(const bw_crm_order *order,
                             const bw_crm_profile *profile, bw_diags *diags,
                             bw_crm_change **result)
{
    *result = NULL;
    bw_arena *arena = bw_arena_new();
    bw_crm_change *change =
        arena ? bw_arena_alloc(arena, 1, sizeof *change) : NULL;
    if (!change) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    change->arena = arena;
    change->profile = profile;
    change->by = order->owner_by < 0 ? profile->by : (bw_crm_by)order->owner_by;
    bw_crm_changing c = {.order = order,
                         .change = change,
                         .diags = diags,
                         .arena = arena,
                         .parking = BW_CRM_NOBODY};
    *result = change;
    return read_all(&c);
}
