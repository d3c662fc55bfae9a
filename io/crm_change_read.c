/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan -> users -> keys -> fates -> owners -> order. */
#include "crm_change_parts.h"

#include "aside.h"
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
    bw_place place =
        bw_crm_table_place(&change->accounts, change->row[account], field);
    place.column = bw_crm_has(&change->accounts, field) ? place.column : 0;
    return place;
}

/* Reps that a change of the scenario adds stand in no file. */
bw_place bw_crm_rep_place(const bw_crm_change *change, int32_t rep)
{
    uint32_t line = change->problem->reps.line[rep];
    return line > 0 ? (bw_place){change->problem->inputs[1].path, line, 0}
                    : (bw_place){change->scenario->path, 0, 0};
}

/* Files of the inputs are quoted by later messages, too. */
static void pass_form(bw_crm_changing *c, const bw_diags *from,
                      const char *file)
{
    const char *encoding = file ? bw_diags_encoding(from, file) : NULL;
    if (!file)
        return;
    if (encoding)
        bw_diags_written(c->diags, file, encoding);
    bw_diags_separated(c->diags, file, bw_diags_separator(from, file));
}

static void pass_on(bw_crm_changing *c, bw_diags *from)
{
    for (size_t i = 0; i < bw_diags_kept(from); i++) {
        const bw_diag *d = bw_diags_at(from, i);
        pass_form(c, from, d->place.file);
        bw_diag_add(c->diags, d->severity, d->code, d->place, "%s", d->text);
    }
}

static bw_status load_into(bw_crm_changing *c, bw_diags *diags)
{
    bw_buf path = {0};
    bw_crm_change *change = c->change;
    bw_buf_format(&path, "%s/scenario.resolved.xml", c->order->dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_scenario_load(path.text, diags, &change->scenario);
    bw_buf_free(&path);
    if (status == BW_OK)
        status = bw_load_shown(change->scenario, c->order->quiet, diags,
                               &change->problem);
    return status;
}

/* What `plan` warned of is no news; errors are, and what goes with them. */
static bw_status load(bw_crm_changing *c)
{
    bw_diags *diags = bw_diags_new();
    bw_status status = diags ? load_into(c, diags) : BW_NOMEM;
    const bw_problem *problem = c->change->problem;
    for (int32_t i = 0; problem && i < problem->n_inputs; i++)
        pass_form(c, diags, problem->inputs[i].path);
    if (diags && status != BW_OK)
        pass_on(c, diags);
    bw_diags_free(diags);
    return status;
}

/* The inputs and, beside them, the plan; the worse status of the two. */
static bw_status read_files(bw_crm_changing *c)
{
    bw_aside aside;
    c->plan.dir = c->order->dir;
    c->plan.diags = bw_diags_new();
    if (!c->plan.diags)
        return BW_NOMEM;
    bw_aside_begin(&aside, bw_crm_assignments_read, &c->plan);
    bw_status status = load(c), beside = bw_aside_end(&aside);
    if (beside != BW_OK)
        pass_on(c, c->plan.diags);
    return beside > status ? beside : status;
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

/* Territories leave the owners of accounts as they are. */
static bool is_of_owners(bw_status (*step)(bw_crm_changing *))
{
    return step == bw_crm_change_fates || step == bw_crm_change_owners;
}

/* What cannot be told without what a step before it found is not looked at:
 * the plan must be read before anything else is of use. */
static bw_status read_all(bw_crm_changing *c)
{
    static bw_status (*const step[])(bw_crm_changing *) = {
        bw_crm_change_users, bw_crm_change_keys, bw_crm_change_fates,
        bw_crm_change_owners, bw_crm_change_order};
    size_t errors = bw_diags_count(c->diags, BW_ERROR);
    bw_status status = read_files(c);
    if (status == BW_OK)
        status = allocate(c);
    if (status == BW_OK)
        status = bw_crm_change_plan(c);
    bw_crm_assignments_free(&c->plan);
    for (size_t i = 0; i < sizeof step / sizeof *step && status == BW_OK; i++)
        if (!c->change->profile->territories || !is_of_owners(step[i]))
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
