/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "verify_variant.h"

#include "bw/alloc.h"

bw_status bw_verify_ask(const bw_problem *problem, const int64_t *price,
                        const int64_t *unit_price, void *arena, bw_claim *claim,
                        bw_verdict **verdict)
{
    size_t n = (size_t)problem->accounts.n;
    size_t n_prices =
        (size_t)problem->reps.n_serving * (size_t)problem->n_balances +
        (size_t)problem->n_budgets;
    int32_t *rep = bw_arena_alloc(arena, n, sizeof *rep);
    int64_t *none = bw_arena_alloc(arena, n_prices + 1, sizeof *none);
    bw_diags *unheard = bw_diags_new();
    bw_status status = rep && none && unheard ? BW_OK : BW_NOMEM;
    *claim = (bw_claim){rep, price ? price : none, unit_price};
    if (status == BW_OK)
        status = bw_check(problem, claim, unheard, verdict);
    bw_diags_free(unheard);
    return status;
}

void bw_verify_mismatch(bw_diags *diags, bw_place place, const char *what)
{
    bw_diag_add(diags, BW_ERROR, BW_VERIFY_MISMATCH, place, "%s", what);
}
