/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plan against verdict. */
#include "own_check.h"

#include "buf.h"
#include "bw/alloc.h"
#include "bw/check.h"

#include <string.h>

/* One figure that two computations must agree on. */
static void compare(bw_diags *diags, const char *what, bw_wide solver,
                    bw_wide judge)
{
    if (solver == judge)
        return;
    bw_buf a = {0}, b = {0};
    bw_buf_fine(&a, solver);
    bw_buf_fine(&b, judge);
    bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                "the %s is %s, but recomputed %s; this is a fault of the "
                "program, please report it",
                what, a.text ? a.text : "?", b.text ? b.text : "?");
    bw_buf_free(&a);
    bw_buf_free(&b);
}

static void compare_limits(const bw_plan *plan, const bw_verdict *verdict,
                           bw_diags *diags)
{
    const bw_instance *instance = plan->instance;
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t i = 0; i < n; i++) {
        compare(diags, "load of a rep", plan->load[i], verdict->load[i]);
        compare(diags, "lower limit of a rep", instance->low[i],
                verdict->low[i]);
        compare(diags, "upper limit of a rep", instance->high[i],
                verdict->high[i]);
    }
}

static void compare_budgets(const bw_plan *plan, const bw_verdict *verdict,
                            bw_diags *diags)
{
    const bw_instance *instance = plan->instance;
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        compare(diags, "use of a budget", plan->use[g], verdict->use[g]);
        compare(diags, "budget as stated", instance->budget[g].stated,
                verdict->stated[g]);
        compare(diags, "limit of a budget", instance->budget[g].limit,
                verdict->limit[g]);
    }
}

static void compare_accounts(const bw_plan *plan, const bw_verdict *verdict,
                             bw_diags *diags)
{
    const bw_instance *instance = plan->instance;
    for (int32_t a = 0; a < instance->problem->accounts.n; a++) {
        compare(diags, "segment of an account", instance->segment[a],
                verdict->segment[a]);
        compare(diags, "service of an account", instance->service_hours[a],
                verdict->service_hours[a]);
    }
}

static void compare_all(const bw_plan *plan, const bw_verdict *verdict,
                        bw_diags *diags)
{
    compare(diags, "number of units", plan->instance->n_units,
            verdict->n_units);
    compare(diags, "number of allowed pairs", plan->instance->n_pairs,
            verdict->n_pairs);
    compare(diags, "imbalance", plan->imbalance, verdict->imbalance);
    compare(diags, "objective", plan->objective, verdict->objective);
    compare(diags, "certified bound", plan->bound_certified,
            verdict->bound_certified);
    compare_limits(plan, verdict, diags);
    compare_budgets(plan, verdict, diags);
    compare_accounts(plan, verdict, diags);
    if (!verdict->inside_hard_limits)
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                    "the plan breaks a hard limit; this is a fault of the "
                    "program, please report it");
    if (plan->bound > plan->objective)
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                    "the bound is above the plan's own cost; this is a fault "
                    "of the program, please report it");
}

bw_status bw_own_check(const bw_plan *plan, bw_diags *diags)
{
    const bw_instance *instance = plan->instance;
    const bw_problem *problem = instance->problem;
    int32_t *rep = bw_alloc((size_t)problem->accounts.n, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    for (int32_t a = 0; a < problem->accounts.n; a++)
        rep[a] = plan->rep[instance->account_unit[a]];
    bw_claim claim = {.rep = rep, .price = plan->certificate.price};
    bw_verdict *verdict = NULL;
    bw_status status = bw_check(problem, &claim, diags, &verdict);
    if (status == BW_OK)
        compare_all(plan, verdict, diags);
    bw_verdict_free(verdict);
    bw_free(rep);
    if (status != BW_OK)
        return status;
    return bw_diags_count_code(diags, BW_CHECK_FAILED) ? BW_INVALID : BW_OK;
}
