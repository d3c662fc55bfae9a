/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The problem of the plan with the new accounts: bands, segments and families
 * of the others are as the plan had them. The new ones are nobody's: no
 * handover is counted for them, and no budget on moves. */
#include "newcomers.h"

#include "bw/alloc.h"
#include "bw/positions_problem.h"
#include "bw/repair.h"
#include "verify_variant.h"

#include <math.h>
#include <string.h>

/* The terms of the plan. Of a repair or a choice of positions they are its own,
 * which the last rule of its problem tells: who is within reach, or open. Else
 * everybody may have everything. */
static bw_status find_terms(const bw_newcomers *n, bw_repair_terms *terms)
{
    const bw_problem *before = &n->before;
    bool repair = n->scenario->repair.given;
    int32_t m = before->reps.n_serving, end = n->first + n->n;
    uint8_t *touched = bw_arena_alloc(n->arena, (size_t)m, 1);
    int32_t *keep = bw_arena_alloc(n->arena, (size_t)end, sizeof *keep);
    if (!touched || !keep)
        return BW_NOMEM;
    const bw_pair_rule *rule = repair || before->reps.open
                                   ? &before->rules[before->n_rules - 1]
                                   : NULL;
    const int32_t *bound = rule && repair ? rule->account_class : NULL;
    for (int32_t r = 0; r < m; r++)
        touched[r] = rule ? rule->rep_class[r] != 0 : 1;
    for (int32_t a = 0; a < end; a++)
        keep[a] = bound && a < n->first && bound[a] == 0 ? before->lock[a] : -1;
    *terms = (bw_repair_terms){
        touched, keep,
        repair ? (int64_t)before->budgets[before->n_budgets - 1].max : -1,
        n->verdict_before->low, n->verdict_before->high};
    return BW_OK;
}

/* The last rule is that of the terms. The reach of a repair does not concern
 * new accounts; a position that is closed is closed for them too. */
static bw_status apply_rule(const bw_newcomers *n, bw_problem *grown)
{
    int32_t end = n->first + n->n;
    bw_pair_rule *rule = &grown->rules[grown->n_rules - 1];
    grown->reps.open = n->before.reps.open;
    if (grown->reps.open)
        return BW_OK;
    int32_t *of = bw_arena_alloc(n->arena, (size_t)end, sizeof *of);
    if (!of)
        return BW_NOMEM;
    for (int32_t a = 0; a < n->first; a++)
        of[a] = rule->account_class[a];
    rule->account_class = of;
    return BW_OK;
}

/* A share of all accounts would take others with more of them: the old ones
 * keep their segment, the new ones have theirs among all. */
static bw_status fix_segments(const bw_newcomers *n, bw_problem *grown)
{
    size_t end = (size_t)n->first + (size_t)n->n;
    size_t count = (size_t)grown->n_segments;
    int32_t *of = bw_arena_alloc(n->arena, end, sizeof *of);
    bw_segment_rule *segments =
        bw_arena_alloc(n->arena, count, sizeof *segments);
    if (!of || !segments)
        return BW_NOMEM;
    bw_status status = bw_segments_of(grown, of, NULL);
    if (status != BW_OK)
        return status;
    memcpy(of, n->verdict_before->segment, (size_t)n->first * sizeof *of);
    for (size_t s = 0; s < count; s++) {
        uint8_t *holds = bw_arena_alloc(n->arena, end, 1);
        if (!holds)
            return BW_NOMEM;
        for (size_t a = 0; a < end; a++)
            holds[a] = of[a] == (int32_t)s;
        segments[s] = grown->segments[s];
        segments[s].holds = holds;
        segments[s].share = (double)NAN;
        segments[s].of = NULL;
    }
    grown->segments = segments;
    return BW_OK;
}

/* --- families --- */

typedef struct families {
    const int32_t *loaded; /* [accounts] as all files together have them */
    int32_t *number;       /* [accounts] as they count */
    int32_t *member;       /* [loaded] an old account of it, or -1 */
    int32_t *fresh;        /* [loaded] its number among those that count */
    uint8_t *split;        /* [loaded] its old accounts are not together */
    int32_t n;
} families;

static bool together(const bw_newcomers *n, int32_t a, int32_t b)
{
    const int32_t *family = n->before.accounts.family;
    return (family[a] >= 0 && family[a] == family[b]) || n->rep[a] == n->rep[b];
}

static void join_new(const bw_newcomers *n, families *f, int32_t a)
{
    int32_t loaded = f->loaded[a];
    if (loaded < 0)
        return;
    if (f->split[loaded]) {
        n->split[a - n->first] = 1;
        return;
    }
    int32_t host = f->member[loaded];
    if (host >= 0 && f->number[host] < 0)
        f->number[host] = f->n++;
    if (host < 0 && f->fresh[loaded] < 0)
        f->fresh[loaded] = f->n++;
    f->number[a] = host >= 0 ? f->number[host] : f->fresh[loaded];
}

/* A new account may hang together accounts that the plan saw apart: they stay
 * apart. With one rep it joins the first of them, with several it is split. */
static bw_status fix_families(const bw_newcomers *n, bw_problem *grown)
{
    int32_t end = n->first + n->n;
    size_t most = (size_t)grown->accounts.n_families + 1;
    families f = {.loaded = grown->accounts.family,
                  .n = n->before.accounts.n_families};
    f.number = bw_arena_alloc(n->arena, (size_t)end, sizeof *f.number);
    f.member = bw_arena_alloc(n->arena, most, sizeof *f.member);
    f.fresh = bw_arena_alloc(n->arena, most, sizeof *f.fresh);
    f.split = bw_arena_alloc(n->arena, most, 1);
    if (!f.number || !f.member || !f.fresh || !f.split)
        return BW_NOMEM;
    for (size_t i = 0; i < most; i++)
        f.member[i] = f.fresh[i] = -1;
    for (int32_t a = 0; a < n->first; a++) {
        int32_t loaded = f.loaded[a];
        f.number[a] = n->before.accounts.family[a];
        if (loaded >= 0 && f.member[loaded] < 0)
            f.member[loaded] = a;
        else if (loaded >= 0 && !together(n, f.member[loaded], a))
            f.split[loaded] = 1;
    }
    for (int32_t a = n->first; a < end; a++) {
        f.number[a] = -1;
        join_new(n, &f, a);
    }
    grown->accounts.family = f.number;
    grown->accounts.n_families = f.n;
    return BW_OK;
}

/* The scenario with all accounts, as planning again would have it: targets are
 * shared out anew, segments and families formed anew. The reach of a repair and
 * the choice of positions stay. */
static bw_status grow_again(bw_newcomers *n, bw_repair_terms terms)
{
    bw_claim unheard;
    bw_verdict *all = NULL;
    n->again = *n->loaded;
    if (!n->scenario->repair.given && !n->before.reps.open)
        return BW_OK;
    bw_status status =
        bw_verify_ask(n->loaded, NULL, NULL, n->arena, &unheard, &all);
    if (status == BW_OK && n->before.reps.open)
        status =
            bw_positions_problem(n->loaded, n->before.reps.open,
                                 (bw_all_open){all->low, all->high, all->total},
                                 n->arena, &n->again);
    else if (status == BW_OK) {
        terms.low = all->low;
        terms.high = all->high;
        status = bw_repair_problem(n->loaded, &terms, n->arena, &n->again);
        if (status == BW_OK)
            status = apply_rule(n, &n->again);
    }
    bw_verdict_free(all);
    return status;
}

bw_status bw_newcomers_grow(bw_newcomers *n)
{
    bw_repair_terms terms;
    int32_t end = n->first + n->n;
    n->rep = bw_arena_alloc(n->arena, (size_t)end, sizeof *n->rep);
    n->line = bw_arena_alloc(n->arena, (size_t)n->n, sizeof *n->line);
    n->split = bw_arena_alloc(n->arena, (size_t)n->n, 1);
    if (!n->rep || !n->line || !n->split)
        return BW_NOMEM;
    for (int32_t a = 0; a < end; a++)
        n->rep[a] = a < n->first ? n->tables->rep[a] : -1;
    bw_status status = find_terms(n, &terms);
    if (status == BW_OK)
        status = bw_repair_problem(n->loaded, &terms, n->arena, &n->grown);
    if (status == BW_OK)
        status = apply_rule(n, &n->grown);
    if (status == BW_OK)
        status = fix_segments(n, &n->grown);
    if (status == BW_OK)
        status = fix_families(n, &n->grown);
    return status == BW_OK ? grow_again(n, terms) : status;
}
