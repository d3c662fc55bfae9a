/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and bands of a problem that is made from another. */
#include "variant.h"

#include "bw/alloc.h"
#include "bw/quantum.h"

#include <math.h>
#include <string.h>

bw_status bw_variant_add_rule(const bw_problem *problem,
                              const bw_variant_rule *rule, void *arena,
                              bw_problem *made)
{
    size_t n = (size_t)problem->accounts.n, m = (size_t)problem->reps.n;
    size_t n_rules = (size_t)problem->n_rules;
    bw_pair_rule *rules = bw_arena_alloc(arena, n_rules + 1, sizeof *rules);
    int32_t *account = bw_arena_alloc(arena, n, sizeof *account);
    int32_t *rep = bw_arena_alloc(arena, m, sizeof *rep);
    uint8_t *allowed = bw_arena_alloc(arena, 4, 1);
    if (!rules || !account || !rep || !allowed)
        return BW_NOMEM;
    if (n_rules)
        memcpy(rules, problem->rules, n_rules * sizeof *rules);
    for (size_t a = 0; a < n; a++)
        account[a] = rule->bound ? rule->bound[a] : 1;
    for (int32_t r = 0; r < problem->reps.n_serving; r++)
        rep[r] = rule->may[r];
    memcpy(allowed, (const uint8_t[]){1, 1, 0, 1}, 4);
    rules[n_rules] = (bw_pair_rule){.place = rule->place,
                                    .text = rule->text,
                                    .n_account_classes = 2,
                                    .n_rep_classes = 2,
                                    .account_class = account,
                                    .rep_class = rep,
                                    .allowed = allowed};
    made->rules = rules;
    made->n_rules = problem->n_rules + 1;
    return BW_OK;
}

static double side(int64_t quanta, int64_t no)
{
    return quanta == no ? NAN : bw_from_quanta(quanta);
}

static bw_status set_band(const bw_problem *problem, const int64_t *low,
                          const int64_t *high, int32_t k, bw_arena *arena,
                          bw_balance *balance)
{
    size_t n = (size_t)problem->reps.n;
    double *own_low = bw_arena_alloc(arena, n, sizeof *own_low);
    double *own_high = bw_arena_alloc(arena, n, sizeof *own_high);
    if (!own_low || !own_high)
        return BW_NOMEM;
    for (int32_t r = 0; r < problem->reps.n_serving; r++) {
        int64_t at = (int64_t)r * problem->n_balances + k;
        own_low[r] = side(low[at], BW_NO_LOW);
        own_high[r] = side(high[at], BW_NO_HIGH);
    }
    balance->target = BW_TARGET_NONE;
    balance->tolerance = 0;
    balance->group = NULL;
    balance->low = own_low;
    balance->high = own_high;
    return BW_OK;
}

bw_status bw_variant_set_bands(const bw_problem *problem, const int64_t *low,
                               const int64_t *high, void *arena,
                               bw_problem *made)
{
    size_t n = (size_t)problem->n_balances;
    bw_balance *balances = bw_arena_alloc(arena, n, sizeof *balances);
    bw_status status = balances ? BW_OK : BW_NOMEM;
    if (status == BW_OK && n > 0)
        memcpy(balances, problem->balances, n * sizeof *balances);
    for (int32_t k = 0; k < problem->n_balances && status == BW_OK; k++)
        status = set_band(problem, low, high, k, arena, &balances[k]);
    made->balances = balances;
    return status;
}
