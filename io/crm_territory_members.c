/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users in territories: a rep's user is in the rep's territory. Of the others
 * there only users of the plan's reps leave; managers and administrators
 * stay. */
#include "crm_territories_parts.h"

#include "crm_key.h"

#include <string.h>

typedef struct joining {
    bw_crm_seating *s;
    bw_arena *scratch;
    bool *rep_is_in; /* [reps] its user is in its territory already */
    bool *of_plan;   /* [users] some rep's, or was one's */
} joining;

static void mark_users(joining *w)
{
    const bw_crm_change *change = w->s->t->change;
    for (int32_t r = 0; r < change->problem->reps.n; r++)
        if (change->user_of_rep[r] >= 0)
            w->of_plan[change->user_of_rep[r]] = true;
}

/* Is the user that of the rep whose territory the row of the tree is? */
static bool belongs(const bw_crm_territories *t, int32_t user, int64_t row,
                    int32_t *rep)
{
    int32_t node = t->node_of_row[row];
    *rep = node < 0 ? -1 : t->node[node].rep;
    return *rep >= 0 && t->change->user_of_rep[*rep] == user;
}

static bw_status judge_row(joining *w, int64_t row)
{
    bw_crm_territories *t = w->s->t;
    const bw_crm_users *users = t->change->users;
    bw_cell who = bw_crm_table_cell(&t->members, row, BW_CRM_USER);
    bw_cell in = bw_crm_table_cell(&t->members, row, BW_CRM_TERRITORY);
    int32_t user = bw_crm_users_find_by(users, BW_CRM_BY_KEY, who.text);
    int32_t rep = -1;
    int64_t at;
    bw_status status = bw_crm_territory_find(w->s, w->scratch, in.text, &at);
    if (status != BW_OK)
        return status;
    bool ours = user >= 0 && at >= 0 && w->of_plan[user];
    bool there = ours && belongs(t, user, at, &rep);
    if (!ours || rep < 0) /* a rep may well be in a region, too */
        t->members_foreign++;
    else if (there)
        w->rep_is_in[rep] = true;
    else if (bw_crm_territory_key(w->s, &t->members, row))
        t->resign[t->n_resign++] = row;
    return BW_OK;
}

static void tell_user(const bw_crm_seating *s, int32_t rep,
                      const bw_crm_user *user, bw_crm_key_fault fault)
{
    bw_buf clause = {0};
    bw_crm_key_tell(&s->t->change->profile->table[BW_CRM_USERS].key, user->key,
                    fault, &clause);
    bw_diag_add(s->diags, BW_ERROR,
                fault == BW_CRM_KEY_FORMULA ? BW_CRM_FORMULA
                                            : BW_CRM_OWNER_FORM,
                user->place,
                "key \"%.80s\" of the user of rep \"%.80s\": %s; give the "
                "CRM's users with --users",
                user->key, s->t->change->problem->reps.id[rep],
                clause.text ? clause.text : "it is not well formed");
    bw_buf_free(&clause);
}

static void tell_inactive(const bw_crm_seating *s, int32_t rep,
                          const bw_crm_user *user)
{
    bw_diag_add(s->diags, BW_ERROR, BW_CRM_OWNER_INACTIVE, user->place,
                "user \"%.80s\" of rep \"%.80s\" is not active and cannot get "
                "into a territory; activate the user, or plan with another "
                "rep",
                user->key, s->t->change->problem->reps.id[rep]);
}

/* A rep of whom no user is known is a position without a person. */
static void decide(const joining *w, int32_t rep)
{
    bw_crm_territories *t = w->s->t;
    int32_t node = t->node_of_rep[rep], user = t->change->user_of_rep[rep];
    if (node < 0 || t->node[node].row < 0 || user < 0 || w->rep_is_in[rep])
        return;
    const bw_crm_user *who = bw_crm_users_at(t->change->users, user);
    bw_crm_key_fault fault =
        bw_crm_key_check(&t->change->profile->table[BW_CRM_USERS].key, who->key,
                         strlen(who->key));
    if (fault != BW_CRM_KEY_GOOD)
        tell_user(w->s, rep, who, fault);
    else if (!who->active)
        tell_inactive(w->s, rep, who);
    else
        t->join[t->n_join++] = rep;
}

static bw_status judge_rows(joining *w)
{
    bw_crm_territories *t = w->s->t;
    int64_t rows = t->members.table ? bw_table_rows(t->members.table) : 0;
    bw_status status = BW_OK;
    mark_users(w);
    for (int64_t row = 0; row < rows && status == BW_OK; row++)
        status = judge_row(w, row);
    for (int32_t r = 0; r < t->change->problem->reps.n && status == BW_OK; r++)
        decide(w, r);
    return status;
}

bw_status bw_crm_territory_members(bw_crm_seating *s)
{
    bw_crm_territories *t = s->t;
    if (!t->joins)
        return BW_OK;
    size_t n = (size_t)t->change->problem->reps.n;
    size_t rows =
        t->members.table ? (size_t)bw_table_rows(t->members.table) : 0;
    size_t users = (size_t)bw_crm_users_count(t->change->users);
    joining w = {.s = s, .scratch = bw_arena_new()};
    w.rep_is_in = bw_alloc(n, sizeof *w.rep_is_in);
    w.of_plan = bw_alloc(users, sizeof *w.of_plan);
    t->join = bw_arena_alloc(s->arena, n, sizeof *t->join);
    t->resign = bw_arena_alloc(s->arena, rows, sizeof *t->resign);
    bool room = w.scratch && w.rep_is_in && w.of_plan && t->join && t->resign;
    bw_status status = room ? judge_rows(&w) : BW_NOMEM;
    bw_arena_free(w.scratch);
    bw_free(w.rep_is_in);
    bw_free(w.of_plan);
    return status;
}
