/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the objective would become if one unit alone went to another rep. */
#include "check.h"

/* A rep and what one unit puts onto it or takes from it. */
typedef struct change {
    bw_wide extra;
    bool breaks; /* a hard limit that holds now would not hold then */
} change;

static change change_of(const bw_judge *judge, int32_t unit, int32_t rep,
                        int64_t work, int sign)
{
    change c = {0, false};
    int32_t n_measures = judge->n_measures;
    for (int32_t k = 0; k < n_measures; k++) {
        bool is_work = judge->problem->balances[k].kind == BW_MEASURE_WORKLOAD;
        int64_t q =
            is_work ? work : judge->base[(int64_t)unit * n_measures + k];
        int64_t load = judge->verdict.load[(int64_t)rep * n_measures + k];
        int64_t before, after;
        c.extra -= bw_judge_deviation(judge, rep, k, load, &before);
        c.extra += bw_judge_deviation(judge, rep, k, load + sign * q, &after);
        c.breaks |= (after < 0 && before >= 0) || (after > 0 && before <= 0);
    }
    return c;
}

/* Taking the unit from the rep it has; its cost goes too. */
static change leaving(const bw_judge *judge, int32_t unit, int32_t rep)
{
    if (rep < 0 || rep >= judge->m)
        return (change){0, false};
    change c = change_of(judge, unit, rep, judge->unit_work[unit], -1);
    c.extra -= bw_fine(judge->unit_cost[unit]);
    return c;
}

bool bw_verdict_move(const bw_problem *problem, const bw_verdict *verdict,
                     const bw_claim *claim, int32_t account, int32_t rep,
                     bw_wide *extra)
{
    const bw_judge *judge = (const bw_judge *)verdict;
    (void)problem;
    int32_t unit = verdict->unit[account];
    int64_t cost = 0, work = 0;
    for (int32_t i = judge->unit_first[unit]; i < judge->unit_first[unit + 1];
         i++) {
        int32_t member = judge->unit_account[i];
        bw_account_figures figures;
        if (!bw_judge_pair(judge, member, rep,
                           bw_judge_given(judge, member, rep), &figures))
            return false;
        cost += figures.cost;
        work += figures.workload;
    }
    *extra = 0;
    if (claim->rep[account] == rep)
        return true;
    *extra = leaving(judge, unit, claim->rep[account]).extra + bw_fine(cost) +
             change_of(judge, unit, rep, work, 1).extra;
    return true;
}

/* A budget that holds now would not hold with the unit there. */
static bool breaks_budget(const bw_judge *judge, int32_t unit, int32_t from,
                          int32_t to)
{
    const bw_verdict *verdict = &judge->verdict;
    for (int32_t g = 0; g < judge->n_budgets; g++) {
        int64_t more = bw_judge_use(judge, g, unit, to) -
                       bw_judge_use(judge, g, unit, from);
        if (verdict->use[g] <= verdict->limit[g] &&
            verdict->use[g] + more > verdict->limit[g])
            return true;
    }
    return false;
}

typedef struct next {
    const bw_claim *claim;
    int32_t *rep; /* [accounts] */
    bw_wide *extra;
} next;

static void find_next(const bw_judge *judge, int32_t unit,
                      const bw_check_row *row, void *data)
{
    next *found = data;
    int32_t first = judge->unit_first[unit], best = -1;
    int32_t from = found->claim->rep[judge->unit_account[first]];
    change away = leaving(judge, unit, from), least = {0, false};
    for (int32_t r = 0; r < judge->m; r++) {
        if (!row->allowed[r] || r == from)
            continue;
        change c = change_of(judge, unit, r, row->work[r], 1);
        c.extra += away.extra + bw_fine(row->cost[r]);
        c.breaks |= away.breaks || breaks_budget(judge, unit, from, r);
        bool better =
            c.breaks != least.breaks ? least.breaks : c.extra < least.extra;
        if (best >= 0 && !better)
            continue;
        best = r;
        least = c;
    }
    for (int32_t i = first; i < judge->unit_first[unit + 1]; i++) {
        found->rep[judge->unit_account[i]] = best;
        found->extra[judge->unit_account[i]] = least.extra;
    }
}

bw_status bw_verdict_next(const bw_problem *problem, const bw_verdict *verdict,
                          const bw_claim *claim, int32_t *next_rep,
                          bw_wide *extra)
{
    (void)problem;
    next found = {claim, next_rep, extra};
    void *sums[BW_CHECK_THREADS] = {&found, &found};
    return bw_judge_sweep((const bw_judge *)verdict, NULL, find_next, sums);
}
