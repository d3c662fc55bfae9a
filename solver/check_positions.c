/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What prices prove of every choice of n positions (model.md):
 *
 *     B = sum_u w[u] + sum over staying r of G(r)
 *         + the n smallest f[r] + G(r) over free r - sum_g v[g] limit[g]
 *     G(r) = sum_u min(0, h(u,r)) - sum_k (p >= 0 ? p high : p low)
 */
#include "check.h"

typedef struct gains {
    bw_wide units; /* sum of w */
    bw_wide *rep;  /* [m] sum of min(0, h) */
    const bw_claim *claim;
} gains;

static void add_unit(const bw_judge *judge, int32_t unit,
                     const bw_check_row *row, void *data)
{
    gains *g = data;
    int32_t head = judge->unit_account[judge->unit_first[unit]];
    bw_wide own = (bw_wide)g->claim->unit_price[head] * BW_QUANTA;
    g->units += own;
    for (int32_t r = 0; r < judge->m; r++) {
        if (!row->allowed[r])
            continue;
        bw_wide value =
            bw_judge_priced(judge, unit, r, row->cost[r], row->work[r]);
        if (value < own)
            g->rep[r] += value - own;
    }
}

static void add_bands(const bw_judge *judge, bw_wide *rep)
{
    for (int32_t r = 0; r < judge->m; r++)
        for (int32_t k = 0; k < judge->n_measures; k++) {
            int64_t at = (int64_t)r * judge->n_measures + k;
            int64_t price = judge->price[at];
            if (price != 0)
                rep[r] -= (bw_wide)price * (price > 0 ? judge->verdict.high[at]
                                                      : judge->verdict.low[at]);
        }
}

/* Who stays; then n times the free one of the least f + G that is left. */
static bw_wide choose(const bw_judge *judge, int32_t n, const bw_wide *rep,
                      uint8_t *taken)
{
    const bw_reps *reps = &judge->problem->reps;
    bw_wide sum = 0;
    for (int32_t r = 0; r < judge->m; r++) {
        taken[r] = reps->free[r] == BW_STAYS;
        sum += taken[r] ? rep[r] : 0;
    }
    for (int32_t i = 0; i < n; i++) {
        bw_wide best = 0;
        int32_t which = -1;
        for (int32_t r = 0; r < judge->m; r++) {
            bw_wide here = bw_fine(bw_quanta(reps->position_cost[r])) + rep[r];
            if (taken[r] || (which >= 0 && here >= best))
                continue;
            which = r;
            best = here;
        }
        if (which < 0)
            break;
        taken[which] = 1;
        sum += best;
    }
    return sum;
}

bw_status bw_verdict_positions(const bw_verdict *verdict, const bw_claim *claim,
                               int32_t n, bw_wide *bound)
{
    const bw_judge *judge = (const bw_judge *)verdict;
    size_t m = (size_t)judge->m;
    gains half[BW_CHECK_THREADS] = {{.claim = claim}, {.claim = claim}};
    uint8_t *taken = bw_alloc(m, 1);
    void *sums[BW_CHECK_THREADS] = {&half[0], &half[1]};
    half[0].rep = bw_alloc(m, sizeof(bw_wide));
    half[1].rep = bw_alloc(m, sizeof(bw_wide));
    bw_status status = taken && half[0].rep && half[1].rep ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_judge_sweep(judge, NULL, add_unit, sums);
    if (status == BW_OK) {
        for (size_t r = 0; r < m; r++)
            half[0].rep[r] += half[1].rep[r];
        add_bands(judge, half[0].rep);
        *bound = half[0].units + half[1].units +
                 choose(judge, n, half[0].rep, taken) -
                 bw_judge_budgets_back(judge);
    }
    bw_free(taken);
    bw_free(half[0].rep);
    bw_free(half[1].rep);
    return status;
}
