/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold between the points of a curve, and between them and the plan
 * of the folder: a plan inside a limit is inside looser ones, and what bounds
 * all plans inside a limit bounds those inside tighter ones. */
#include "verify_curve.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

static void sum_owned(bw_curve *c)
{
    const bw_accounts *accounts = &c->v->problem->accounts;
    for (int32_t a = 0; a < accounts->n; a++) {
        if (accounts->owner[a] < 0)
            continue;
        c->owned++;
        c->owned_revenue += bw_fine(bw_quanta(accounts->revenue[a]));
    }
}

/* The judge is asked for the same plan with a budget of all that can move: it
 * says how much that is, and what the plan uses of it. */
static bw_status ask_budget(bw_curve *c, bw_arena *arena)
{
    const bw_problem *problem = c->v->problem;
    int32_t g = c->limited ? c->spec->budget : problem->n_budgets;
    bw_problem free_to_move = *problem;
    free_to_move.n_budgets += c->limited ? 0 : problem->n_curve_budgets;
    size_t n = (size_t)free_to_move.n_budgets;
    size_t n_prices =
        (size_t)problem->reps.n_serving * (size_t)problem->n_balances + n;
    bw_budget *budgets = bw_arena_alloc(arena, n, sizeof *budgets);
    int64_t *none = bw_arena_alloc(arena, n_prices, sizeof *none);
    bw_diags *unheard = bw_diags_new();
    bw_verdict *verdict = NULL;
    bw_status status = budgets && none && unheard ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        memcpy(budgets, problem->budgets, n * sizeof *budgets);
        budgets[g].share = true;
        budgets[g].max = 1;
        free_to_move.budgets = budgets;
        const bw_claim claim = {c->v->tables->rep, none, NULL};
        status = bw_check(&free_to_move, &claim, unheard, &verdict);
    }
    if (status == BW_OK) {
        c->all = verdict->stated[g];
        c->use = bw_fine(verdict->use[g]);
        c->own = c->limited ? bw_fine(c->v->verdict->stated[g]) : 0;
        c->of_accounts = strcmp(budgets[g].measure, "accounts") == 0;
        c->of_revenue = strcmp(budgets[g].measure, "revenue") == 0;
    }
    bw_verdict_free(verdict);
    bw_diags_free(unheard);
    return status;
}

bw_status bw_curve_ask(bw_curve *c, void *arena)
{
    const bw_problem *problem = c->v->problem;
    sum_owned(c);
    c->budget = c->spec->balance < 0;
    c->limited = !c->budget || c->spec->budget >= 0;
    if (c->budget)
        return ask_budget(c, arena);
    const char *measure =
        problem->scenario->balances[c->spec->balance].measure.text;
    for (int32_t k = 0; k < problem->n_balances; k++)
        if (strcmp(problem->balances[k].measure, measure) == 0) {
            c->balance = k;
            c->own_tolerance = problem->balances[k].tolerance;
        }
    return BW_OK;
}

void bw_curve_beside_last(const bw_curve *c, const bw_curve_point *p)
{
    const bw_curve_point *last = p - 1;
    if (!p->sound || !last->sound)
        return;
    if (last->status == BW_CURVE_NOT_RUN && p->status != BW_CURVE_NOT_RUN)
        bw_curve_tell(c, p, BW_CURVE_STATUS, "the point before was not run");
    if (!last->has_plan)
        return;
    if (!p->has_plan && p->status != BW_CURVE_NOT_RUN)
        bw_curve_tell(c, p, BW_CURVE_STATUS,
                      "the point before has a plan, which keeps this limit, "
                      "too");
    for (int i = BW_CURVE_OBJECTIVE; p->has_plan && i <= BW_CURVE_BOUND; i++)
        if (p->figure[i] > last->figure[i])
            bw_curve_tell_amount(c, p, i, "a tighter limit has",
                                 last->figure[i]);
}

/* The folder's plan keeps the limit of the point, and costs there no more than
 * in the folder. */
static bool keeps(const bw_curve *c, const bw_curve_point *p)
{
    if (!c->v->verdict->inside_hard_limits)
        return false;
    return c->budget ? c->use <= p->most : c->own_tolerance <= p->limit;
}

/* Every plan of the point is one that the folder's could have been. */
static bool is_inside(const bw_curve *c, const bw_curve_point *p)
{
    if (!c->limited)
        return true;
    return c->budget ? p->most <= c->own : p->limit <= c->own_tolerance;
}

void bw_curve_beside_plan(const bw_curve *c, const bw_curve_point *p)
{
    const bw_verification *v = c->v;
    if (!p->sound)
        return;
    if (keeps(c, p)) {
        bw_wide cost = v->verdict->objective;
        if (p->status == BW_CURVE_IMPOSSIBLE)
            bw_curve_tell_amount(c, p, BW_CURVE_STATUS,
                                 "the plan of the folder keeps that limit, for",
                                 cost);
        else if (p->has_plan &&
                 p->figure[BW_CURVE_BOUND] > cost + v->money_leeway)
            bw_curve_tell_amount(c, p, BW_CURVE_BOUND,
                                 "the plan of the folder, which keeps that "
                                 "limit, costs",
                                 cost);
    }
    bw_wide leeway =
        v->money_leeway > v->bound_leeway ? v->money_leeway : v->bound_leeway;
    if (p->has_plan && is_inside(c, p) &&
        p->figure[BW_CURVE_OBJECTIVE] < v->bound - leeway)
        bw_curve_tell_amount(c, p, BW_CURVE_OBJECTIVE,
                             "no plan of the folder's problem costs under",
                             v->bound);
}
