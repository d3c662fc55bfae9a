/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a certificate proves. With prices p[r,k] and unit prices w[u],
 *
 *     h(u,r) = c[u,r] + sum_k p[r,k] q[u,r,k] + sum_g v[g] b[g,u,r] - w[u]
 *     B = sum_u (w[u] + sum_r min(0, h(u,r)))
 *         - sum_r,k (p[r,k] >= 0 ? p[r,k] high[r,k] : p[r,k] low[r,k])
 *         - sum_g v[g] limit[g]
 *
 * with c and q tightened. Where no w[u] is given it is the smallest c + p q +
 * v b, so that no h is negative. */
#include "check.h"

#include <math.h>

static double magnitude(int64_t price)
{
    return fabs((double)price);
}

/* The largest figure that the bound could meet on its way. */
static double bound_size(const bw_judge *judge, const int64_t *price)
{
    double sum = judge->money_size * BW_PRICE_UNIT;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        double largest = 0;
        for (int32_t r = 0; r < judge->m; r++) {
            int64_t at = (int64_t)r * judge->n_measures + k;
            int64_t side = price[at] > 0   ? judge->verdict.high[at]
                           : price[at] < 0 ? judge->verdict.low[at]
                                           : 0;
            sum += magnitude(price[at]) * magnitude(side);
            largest = fmax(largest, magnitude(price[at]));
        }
        sum += largest * judge->measure_size[k];
    }
    const int64_t *v = price + (int64_t)judge->m * judge->n_measures;
    for (int32_t g = 0; g < judge->n_budgets; g++)
        sum += magnitude(v[g]) *
               (magnitude(judge->verdict.limit[g]) + judge->budget_size[g]);
    return sum;
}

/* NULL: the price may be used. Else what is wrong with it. */
static const char *price_fault(const bw_judge *judge, int32_t r, int32_t k,
                               int64_t price)
{
    int64_t at = (int64_t)r * judge->n_measures + k;
    if (price > 0 && judge->verdict.high[at] == BW_NO_HIGH)
        return "stands for an upper limit that is not there";
    if (price < 0 && judge->verdict.low[at] == BW_NO_LOW)
        return "stands for a lower limit that is not there";
    if (price > 0 && judge->over[k] != BW_HARD && price > judge->over[k])
        return "is more than a unit above the band costs";
    if (price < 0 && judge->under[k] != BW_HARD && price < -judge->under[k])
        return "is more than a unit below the band costs";
    return NULL;
}

static void take_budget_prices(bw_judge *judge, const bw_claim *claim,
                               bw_diags *diags)
{
    int64_t first = (int64_t)judge->m * judge->n_measures;
    for (int32_t g = 0; claim->price && g < judge->n_budgets; g++) {
        int64_t price = claim->price[first + g];
        judge->price[first + g] = price < 0 ? 0 : price;
        if (price >= 0)
            continue;
        bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED,
                    judge->problem->budgets[g].place,
                    "the price %.6f of the budget \"%s\" is negative; the "
                    "bound is computed with 0 instead",
                    bw_from_price(price), judge->problem->budgets[g].name);
    }
}

void bw_judge_prices(bw_judge *judge, const bw_claim *claim, bw_diags *diags)
{
    int32_t n_measures = judge->n_measures;
    for (int32_t r = 0; claim->price && r < judge->m; r++) {
        for (int32_t k = 0; k < n_measures; k++) {
            int64_t at = (int64_t)r * n_measures + k;
            int64_t price = claim->price[at];
            const char *fault = price_fault(judge, r, k, price);
            judge->price[at] = fault ? 0 : price;
            if (!fault)
                continue;
            bw_diag_add(
                diags, BW_ERROR, BW_CHECK_FAILED, bw_judge_rep_place(judge, r),
                "the price %.6f of \"%s\" for rep \"%s\" %s; the bound "
                "is computed with 0 instead",
                bw_from_price(price), judge->problem->balances[k].measure,
                judge->problem->reps.id[r], fault);
        }
    }
    take_budget_prices(judge, claim, diags);
    double times = claim->unit_price ? judge->m : 1;
    if (bound_size(judge, judge->price) * times < 4e37)
        return;
    bw_diag_add(diags, BW_ERROR, BW_CHECK_FAILED, (bw_place){0},
                "the prices are too large for exact arithmetic; the bound is "
                "computed with all of them 0");
    for (int64_t i = 0; i < (int64_t)judge->m * n_measures + judge->n_budgets;
         i++)
        judge->price[i] = 0;
}

typedef struct bound_sum {
    const bw_claim *claim;
    bw_wide bound;
} bound_sum;

int64_t bw_judge_tight(const bw_judge *judge, int32_t unit, int32_t rep,
                       int32_t k, int64_t work, bw_wide *cost)
{
    bool is_work = judge->problem->balances[k].kind == BW_MEASURE_WORKLOAD;
    int64_t q =
        is_work ? work : judge->base[(int64_t)unit * judge->n_measures + k];
    int64_t high = judge->verdict.high[(int64_t)rep * judge->n_measures + k];
    if (!judge->tightens[k] || high < 0 || q <= high)
        return q;
    *cost += (bw_wide)judge->over[k] * (q - high);
    return high;
}

bw_wide bw_judge_charge(const bw_judge *judge, int32_t unit, int32_t rep)
{
    bw_wide sum = 0;
    const int64_t *v = judge->price + (int64_t)judge->m * judge->n_measures;
    for (int32_t g = 0; g < judge->n_budgets; g++)
        if (v[g] > 0)
            sum += (bw_wide)v[g] * bw_judge_use(judge, g, unit, rep);
    return sum;
}

bw_wide bw_judge_budgets_back(const bw_judge *judge)
{
    bw_wide sum = 0;
    const int64_t *v = judge->price + (int64_t)judge->m * judge->n_measures;
    for (int32_t g = 0; g < judge->n_budgets; g++)
        sum += (bw_wide)v[g] * judge->verdict.limit[g];
    return sum;
}

bw_wide bw_judge_priced(const bw_judge *judge, int32_t unit, int32_t rep,
                        int64_t cost, int64_t work)
{
    bw_wide sum = bw_fine(cost);
    const int64_t *price = judge->price + (int64_t)rep * judge->n_measures;
    for (int32_t k = 0; k < judge->n_measures; k++) {
        int64_t q = bw_judge_tight(judge, unit, rep, k, work, &sum);
        sum += (bw_wide)price[k] * q;
    }
    return sum + bw_judge_charge(judge, unit, rep);
}

/* w[u] where the claim has one, else BW_NO_LOW. */
static int64_t given_price(const bw_judge *judge, const bw_claim *claim,
                           int32_t unit)
{
    int32_t head = judge->unit_account[judge->unit_first[unit]];
    return claim->unit_price ? claim->unit_price[head] : BW_NO_LOW;
}

bw_wide bw_judge_share(const bw_judge *judge, const bw_claim *claim,
                       int32_t unit, const bw_check_row *row)
{
    bw_wide least = 0, negative = 0, own = 0;
    int64_t given = given_price(judge, claim, unit);
    bool any = false;
    if (given != BW_NO_LOW)
        own = (bw_wide)given * BW_QUANTA;
    for (int32_t r = 0; r < judge->m; r++) {
        if (!row->allowed[r])
            continue;
        bw_wide value =
            bw_judge_priced(judge, unit, r, row->cost[r], row->work[r]);
        if (!any || value < least)
            least = value;
        if (value < own)
            negative += value - own;
        any = true;
    }
    return given == BW_NO_LOW ? least : own + negative;
}

static void add_unit(const bw_judge *judge, int32_t unit,
                     const bw_check_row *row, void *data)
{
    bound_sum *sum = data;
    sum->bound += bw_judge_share(judge, sum->claim, unit, row);
}

bw_status bw_judge_bound(bw_judge *judge, const bw_claim *claim,
                         bw_diags *diags)
{
    bw_judge_prices(judge, claim, diags);
    bound_sum first = {claim, 0}, second = {claim, 0};
    void *sums[BW_CHECK_THREADS] = {&first, &second};
    bw_judge_lens lens;
    bw_status status = bw_judge_lens_new(judge, false, &lens);
    /* With prices of units, every pair below them counts. */
    if (status == BW_OK)
        status = bw_judge_sweep(judge, claim->unit_price ? NULL : &lens,
                                add_unit, sums);
    bw_judge_lens_free(&lens);
    bw_verdict *verdict = &judge->verdict;
    verdict->bound_certified = first.bound + second.bound + verdict->positions;
    for (int64_t i = 0; i < (int64_t)judge->m * judge->n_measures; i++) {
        int64_t price = judge->price[i];
        if (price != 0)
            verdict->bound_certified -=
                (bw_wide)price *
                (price > 0 ? verdict->high[i] : verdict->low[i]);
    }
    verdict->budgets_back = bw_judge_budgets_back(judge);
    verdict->bound_certified -= verdict->budgets_back;
    return status;
}
