/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over accounts. */
#include "crm_preview.h"

#include "bw/alloc.h"

#include <string.h>

/* What leads from accounts to lines. */
typedef struct adder {
    bw_crm_preview *p;
    int32_t *line_of_user; /* [users] */
    int32_t last_segment;  /* neighbours are often of one segment */
} adder;

static int32_t further(const adder *a, int which)
{
    return a->p->n_reps + which;
}

static int32_t line_of_owner(const adder *a, int32_t user)
{
    if (user >= 0)
        return a->line_of_user[user];
    return further(a, user == BW_CRM_NOBODY ? BW_CRM_LINE_NOBODY
                                            : BW_CRM_LINE_OTHERS);
}

/* Of two reps who are one user the first stands for both. */
static void map_users(adder *a)
{
    const bw_crm_change *change = a->p->change;
    for (int32_t u = 0; u < bw_crm_users_count(change->users); u++)
        a->line_of_user[u] = further(a, BW_CRM_LINE_OTHERS);
    for (int32_t i = 0; i < change->n; i++)
        if (change->fate[i] == BW_CRM_PARKED)
            a->line_of_user[change->now[i]] = further(a, BW_CRM_LINE_PARKING);
    for (int32_t r = a->p->n_reps - 1; r >= 0; r--)
        if (change->user_of_rep[r] >= 0)
            a->line_of_user[change->user_of_rep[r]] = r;
}

static bw_crm_segment_line *segment_of(adder *a, int32_t account)
{
    bw_crm_preview *p = a->p;
    const char *name = p->change->segment[account];
    if (strcmp(p->segment[a->last_segment].name, name) == 0)
        return &p->segment[a->last_segment];
    for (int32_t s = 0; s < p->n_segments; s++)
        if (s == p->n_segments - 1 || strcmp(p->segment[s].name, name) == 0) {
            a->last_segment = s;
            break;
        }
    return &p->segment[a->last_segment];
}

static void add_account(adder *a, int32_t account)
{
    const bw_crm_change *change = a->p->change;
    bw_crm_rep_line *rep = a->p->rep;
    bw_crm_segment_line *segment = segment_of(a, account);
    int64_t revenue = bw_quanta(change->problem->accounts.revenue[account]);
    segment->accounts++;
    segment->fate[change->fate[account]]++;
    if (change->fate[account] == BW_CRM_HELD)
        rep[change->rep[account] >= 0 ? change->rep[account]
                                      : further(a, BW_CRM_LINE_NOBODY)]
            .held++;
    if (!bw_crm_is_written(change, account))
        return;
    bw_crm_rep_line *to = &rep[line_of_owner(a, change->now[account])];
    bw_crm_rep_line *from = &rep[line_of_owner(a, change->was[account])];
    to->in++;
    to->revenue_in += revenue;
    from->out++;
    from->revenue_out += revenue;
    segment->written++;
    segment->revenue += revenue;
    a->p->written++;
}

static bw_status fill(bw_crm_preview *p)
{
    const bw_problem *problem = p->change->problem;
    size_t m = (size_t)problem->reps.n + BW_CRM_N_FURTHER;
    p->n_reps = problem->reps.n;
    p->n_segments = problem->n_segments + 1;
    p->rep = bw_arena_alloc(p->arena, m, sizeof *p->rep);
    p->segment =
        bw_arena_alloc(p->arena, (size_t)p->n_segments, sizeof *p->segment);
    adder a = {.p = p};
    a.line_of_user =
        bw_arena_alloc(p->arena, (size_t)bw_crm_users_count(p->change->users),
                       sizeof *a.line_of_user);
    if (!p->rep || !p->segment || !a.line_of_user)
        return BW_NOMEM;
    for (int32_t s = 0; s < p->n_segments; s++)
        p->segment[s].name =
            s < problem->n_segments ? problem->segments[s].name : "";
    map_users(&a);
    for (int32_t i = 0; i < p->change->n; i++)
        add_account(&a, i);
    return BW_OK;
}

bw_status bw_crm_preview_new(const bw_crm_change *change,
                             bw_crm_preview **preview)
{
    bw_arena *arena = bw_arena_new();
    bw_crm_preview *p = arena ? bw_arena_alloc(arena, 1, sizeof *p) : NULL;
    bw_status status = BW_NOMEM;
    if (p) {
        p->change = change;
        p->arena = arena;
        status = fill(p);
    }
    if (status != BW_OK)
        bw_arena_free(arena);
    *preview = status == BW_OK ? p : NULL;
    return status;
}

void bw_crm_preview_free(bw_crm_preview *preview)
{
    if (preview)
        bw_arena_free(preview->arena);
}
