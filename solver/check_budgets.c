/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's budgets: account by account, an account counts where it has an
 * owner and the condition holds, and is used where the plan has it with
 * somebody else. That move is forced where the owner serves nobody, or may not
 * serve some account of the unit. */
#include "check.h"

#include <math.h>

static const int64_t share_parts = 1000000; /* a share is known to these */

static int64_t weight_of(const bw_judge *judge, const bw_budget *budget,
                         int32_t a)
{
    bool counts = judge->problem->accounts.owner[a] >= 0 &&
                  (!budget->holds || budget->holds[a]);
    if (!counts)
        return 0;
    if (budget->kind == BW_MEASURE_WORKLOAD)
        return judge->verdict.service_hours[a];
    return bw_quanta(budget->value[a]);
}

void bw_judge_weights(bw_judge *judge)
{
    for (int32_t g = 0; g < judge->n_budgets; g++) {
        const bw_budget *budget = &judge->problem->budgets[g];
        bw_wide all = 0;
        judge->counts_all[g] = budget->count_all;
        for (int32_t a = 0; a < judge->n; a++) {
            int64_t weight = weight_of(judge, budget, a);
            judge->weight[(int64_t)a * judge->n_budgets + g] = weight;
            judge->budget_size[g] += (double)weight;
            all += weight;
        }
        if (budget->share)
            judge->verdict.stated[g] =
                (int64_t)(all * llround(budget->max * (double)share_parts) /
                          share_parts);
        else
            judge->verdict.stated[g] = bw_quanta(budget->max);
    }
}

/* Could the owner of account a keep it, with all that must stay with it? */
static bool keeps(const bw_judge *judge, int32_t a)
{
    int32_t owner = judge->problem->accounts.owner[a];
    int32_t unit = judge->verdict.unit[a];
    if (owner < 0 || owner >= judge->m)
        return false;
    for (int32_t i = judge->unit_first[unit]; i < judge->unit_first[unit + 1];
         i++) {
        bw_account_figures figures;
        int32_t member = judge->unit_account[i];
        if (!bw_judge_pair(judge, member, owner,
                           bw_judge_given(judge, member, owner), &figures))
            return false;
    }
    return true;
}

static int64_t use_of(const bw_judge *judge, int32_t g, int32_t a, int32_t rep)
{
    if (judge->problem->accounts.owner[a] == rep ||
        (!judge->keeps[a] && !judge->counts_all[g]))
        return 0;
    return judge->weight[(int64_t)a * judge->n_budgets + g];
}

int64_t bw_judge_use(const bw_judge *judge, int32_t g, int32_t unit,
                     int32_t rep)
{
    int64_t use = 0;
    for (int32_t i = judge->unit_first[unit]; i < judge->unit_first[unit + 1];
         i++)
        use += use_of(judge, g, judge->unit_account[i], rep);
    return use;
}

static int64_t common(int64_t a, int64_t b)
{
    return b == 0 ? a : common(b, a % b);
}

/* What stays of one unit, rep by rep, taken into the divisor so far. */
static int64_t common_of_unit(const bw_judge *judge, int32_t g, int32_t unit,
                              int64_t so_far)
{
    const int32_t *owner = judge->problem->accounts.owner;
    int32_t end = judge->unit_first[unit + 1];
    for (int32_t i = judge->unit_first[unit]; i < end; i++) {
        int32_t a = judge->unit_account[i];
        if (judge->keeps[a])
            judge->stays[owner[a]] +=
                judge->weight[(int64_t)a * judge->n_budgets + g];
    }
    for (int32_t i = judge->unit_first[unit]; i < end; i++) {
        int32_t a = judge->unit_account[i];
        if (!judge->keeps[a])
            continue;
        so_far = common(so_far, judge->stays[owner[a]]);
        judge->stays[owner[a]] = 0;
    }
    return so_far;
}

/* Every plan uses all that counts less what stays, and what stays is a multiple
 * of d: the limit is the last amount of that kind within what is stated. */
static int64_t limit_of(const bw_judge *judge, int32_t g)
{
    bw_wide all = 0;
    int64_t d = 0;
    for (int32_t u = 0; u < judge->verdict.n_units && d != 1; u++)
        d = common_of_unit(judge, g, u, d);
    for (int32_t a = 0; a < judge->n; a++)
        if (judge->keeps[a] || judge->counts_all[g])
            all += judge->weight[(int64_t)a * judge->n_budgets + g];
    int64_t stated = judge->verdict.stated[g];
    int64_t above = d ? (int64_t)((stated - all) % d) : 0;
    return stated - (above < 0 ? above + d : above);
}

void bw_judge_budgets(bw_judge *judge, bw_diags *diags)
{
    bw_verdict *verdict = &judge->verdict;
    for (int32_t a = 0; judge->n_budgets > 0 && a < judge->n; a++)
        judge->keeps[a] = keeps(judge, a);
    for (int32_t g = 0; g < judge->n_budgets; g++) {
        const bw_budget *budget = &judge->problem->budgets[g];
        for (int32_t a = 0; a < judge->n; a++)
            verdict->use[g] += use_of(judge, g, a, judge->plan[a]);
        verdict->limit[g] = limit_of(judge, g);
        if (verdict->use[g] <= verdict->limit[g])
            continue;
        verdict->inside_hard_limits = false;
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, budget->place,
                    "the plan moves %.4f of %s, above the budget \"%s\" of "
                    "%.4f",
                    bw_from_quanta(verdict->use[g]), budget->measure,
                    budget->name, bw_from_quanta(verdict->stated[g]));
    }
}
