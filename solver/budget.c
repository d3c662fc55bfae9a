/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What moving costs of each budget. An account counts where it has an owner and
 * the `where` holds; a move that its owner could not prevent (he serves nobody,
 * or may not serve the unit) counts only with `count_all`. The limit comes down
 * to what whole units can use of it. */
#include "budget.h"

#include "validate.h"

#include <stdio.h>
#include <string.h>

enum {
    AMOUNT_ROOM = BW_AMOUNT_ROOM + 70 /* with the measure's name */
};

bw_status bw_budgets_room(bw_instance *instance, int32_t n, int32_t keepers)
{
    bw_arena *arena = instance->arena;
    size_t n_units = (size_t)instance->n_units, count = (size_t)n;
    instance->n_budgets = n;
    instance->budget = bw_arena_alloc(arena, count, sizeof *instance->budget);
    instance->budget_total =
        bw_arena_alloc(arena, n_units * count, sizeof *instance->budget_total);
    instance->keeper_first =
        bw_arena_alloc(arena, n_units + 1, sizeof *instance->keeper_first);
    instance->keeper =
        bw_arena_alloc(arena, (size_t)keepers, sizeof *instance->keeper);
    instance->kept =
        bw_arena_alloc(arena, (size_t)keepers * count, sizeof *instance->kept);
    return instance->budget && instance->budget_total &&
                   instance->keeper_first && instance->keeper && instance->kept
               ? BW_OK
               : BW_NOMEM;
}

/* The unit's least use is where most is kept; keepers may serve it. */
static int64_t least_use(const bw_instance *instance, int32_t g, int32_t unit)
{
    int32_t n = instance->n_budgets;
    int64_t most = 0;
    for (int32_t i = instance->keeper_first[unit];
         i < instance->keeper_first[unit + 1]; i++)
        if (instance->kept[(int64_t)i * n + g] > most)
            most = instance->kept[(int64_t)i * n + g];
    return instance->budget_total[(int64_t)unit * n + g] - most;
}

/* d: a unit's b with any rep is its total less what he keeps, so two plans
 * differ by sums of what is kept. 0 where nothing is. */
static int64_t step_of(const bw_instance *instance, int32_t g)
{
    int32_t n = instance->n_budgets;
    int32_t keepers = instance->keeper_first[instance->n_units];
    int64_t step = 0;
    for (int32_t i = 0; i < keepers && step != 1; i++) {
        int64_t rest = instance->kept[(int64_t)i * n + g];
        while (rest != 0) {
            int64_t smaller = step % rest;
            step = rest;
            rest = smaller;
        }
    }
    return step;
}

void bw_budgets_settle(bw_instance *instance)
{
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        bw_instance_budget *budget = &instance->budget[g];
        int64_t step = step_of(instance, g);
        budget->stated = budget->limit;
        budget->least = 0;
        for (int32_t unit = 0; unit < instance->n_units; unit++)
            budget->least += least_use(instance, g, unit);
        int64_t above = step ? (budget->stated - budget->least) % step : 0;
        budget->limit -= above < 0 ? above + step : above;
    }
}

static int64_t amount_of(const bw_build *build, const bw_budget *budget,
                         int32_t account)
{
    if (budget->kind == BW_MEASURE_WORKLOAD)
        return build->instance->service_hours[account];
    return bw_quanta(budget->value[account]);
}

static bool counts(const bw_problem *problem, const bw_budget *budget,
                   int32_t account)
{
    return problem->accounts.owner[account] >= 0 &&
           (!budget->holds || budget->holds[account]);
}

/* The owner if he could keep the account (with its unit), or -1. */
static int32_t keeper_of(const bw_build *build, int32_t unit, int32_t account)
{
    bw_pair pair;
    int32_t owner = build->problem->accounts.owner[account];
    bool could = owner >= 0 && owner < build->instance->n_reps &&
                 bw_instance_pair(build->instance, unit, owner, &pair);
    return could ? owner : -1;
}

/* The unit's keepers, ascending, each once, into keeper[]; their number. */
static int32_t list_keepers(const bw_build *build, int32_t unit,
                            int32_t *keeper)
{
    const bw_instance *instance = build->instance;
    int32_t n = 0;
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++) {
        int32_t rep = keeper_of(build, unit, instance->unit_account[i]), at = n;
        if (rep < 0)
            continue;
        while (at > 0 && keeper[at - 1] > rep)
            at--;
        if (at > 0 && keeper[at - 1] == rep)
            continue;
        memmove(keeper + at + 1, keeper + at,
                (size_t)(n - at) * sizeof *keeper);
        keeper[at] = rep;
        n++;
    }
    return n;
}

/* Adds one account to the unit's totals, and to what its keeper keeps. */
static void add_account(const bw_build *build, int32_t unit, int32_t account)
{
    const bw_problem *problem = build->problem;
    bw_instance *instance = build->instance;
    int32_t n = instance->n_budgets, keeper = keeper_of(build, unit, account);
    int32_t at = instance->keeper_first[unit];
    while (keeper >= 0 && instance->keeper[at] != keeper)
        at++;
    for (int32_t g = 0; g < n; g++) {
        const bw_budget *budget = &problem->budgets[g];
        if (!counts(problem, budget, account) ||
            (keeper < 0 && !budget->count_all))
            continue;
        int64_t amount = amount_of(build, budget, account);
        instance->budget_total[(int64_t)unit * n + g] += amount;
        if (keeper >= 0)
            instance->kept[(int64_t)at * n + g] += amount;
    }
}

/* max, or its share of what counts, in quanta. */
static int64_t limit_of(const bw_build *build, const bw_budget *budget)
{
    const bw_problem *problem = build->problem;
    bw_wide all = 0;
    if (!budget->share)
        return bw_quanta(budget->max);
    for (int32_t a = 0; a < problem->accounts.n; a++)
        if (counts(problem, budget, a))
            all += amount_of(build, budget, a);
    return (int64_t)(all * bw_price(budget->max) / BW_PRICE_UNIT);
}

/* "no account", "1 account", "207 accounts"; "no revenue", "240 of revenue". */
static const char *amount_of_measure(const char *measure, int64_t quanta,
                                     char text[AMOUNT_ROOM])
{
    char amount[BW_AMOUNT_ROOM];
    bool counted = strcmp(measure, "accounts") == 0;
    bw_amount_text(quanta, amount);
    if (counted && (quanta == 0 || quanta == BW_QUANTA))
        snprintf(text, AMOUNT_ROOM, "%s account", quanta ? amount : "no");
    else if (quanta == 0)
        snprintf(text, AMOUNT_ROOM, "no %.60s", measure);
    else
        snprintf(text, AMOUNT_ROOM, "%s%s %.60s", amount, counted ? "" : " of",
                 measure);
    return text;
}

static void report_short(bw_build *build, int32_t g)
{
    const bw_budget *budget = &build->problem->budgets[g];
    const bw_instance_budget *b = &build->instance->budget[g];
    char least[AMOUNT_ROOM], allowed[AMOUNT_ROOM];
    build->instance->impossible = true;
    bw_diag_add(build->diags, BW_ERROR, BW_BUDGET_SHORT, budget->place,
                "the budget \"%.80s\" allows %s to change hands, but every "
                "plan moves %s at least: %s; raise max, or %s",
                b->name, amount_of_measure(budget->measure, b->stated, allowed),
                amount_of_measure(budget->measure, b->least, least),
                budget->count_all
                    ? "the owner is leaving or may not serve the accounts, or "
                      "families that stay together have several owners"
                    : "families that stay together have several owners",
                budget->count_all ? "leave out count=\"all\""
                                  : "exempt these families by where");
}

static bw_status fill(bw_build *build, int32_t n)
{
    const bw_problem *problem = build->problem;
    bw_instance *instance = build->instance;
    int32_t n_accounts = problem->accounts.n, used = 0;
    bw_status status = bw_budgets_room(instance, n, n_accounts);
    if (status != BW_OK)
        return status;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        used += list_keepers(build, unit, instance->keeper + used);
        instance->keeper_first[unit + 1] = used;
        for (int32_t i = instance->first_account[unit];
             i < instance->first_account[unit + 1]; i++)
            add_account(build, unit, instance->unit_account[i]);
    }
    for (int32_t g = 0; g < n; g++) {
        const char *name = problem->budgets[g].name;
        instance->budget[g].limit = limit_of(build, &problem->budgets[g]);
        instance->budget[g].name =
            bw_arena_text(instance->arena, name, strlen(name));
        if (!instance->budget[g].name)
            return BW_NOMEM;
    }
    return BW_OK;
}

bw_status bw_budgets_make(bw_build *build)
{
    bw_instance *instance = build->instance;
    int32_t n = build->problem->n_budgets;
    if (n == 0)
        return BW_OK;
    bw_status status = fill(build, n);
    if (status != BW_OK)
        return status;
    bw_budgets_settle(instance);
    for (int32_t g = 0; g < n; g++)
        if (instance->budget[g].least > instance->budget[g].stated)
            report_short(build, g);
    return BW_OK;
}
