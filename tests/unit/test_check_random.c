/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge over random small problems: every plan there is is judged, so that
 * bounds, moves and mutations can be held against all of them. */
#include "judge_random.h"

#include "bw/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* Faults; the verdict is the caller's. */
static size_t judge(const kit *k, bw_verdict **verdict)
{
    bw_diags *diags = bw_diags_new();
    assert_int_equal(bw_check(&k->problem, &k->claim, diags, verdict), BW_OK);
    size_t faults = bw_diags_count(diags, BW_ERROR);
    bw_diags_free(diags);
    return faults;
}

/* The next plan in the order of counting; false after the last. */
static bool next_plan(kit *k)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        if (++k->plan[a] < k->problem.reps.n)
            return true;
        k->plan[a] = 0;
    }
    return false;
}

/* The least objective of all plans without fault; false: there is none. */
static bool enumerate(kit *k, bw_wide *best, int32_t *best_plan)
{
    bool any = false;
    memset(k->plan, 0, sizeof k->plan);
    memset(k->price, 0, sizeof k->price);
    do {
        bw_verdict *verdict;
        if (judge(k, &verdict) == 0 && (!any || verdict->objective < *best)) {
            any = true;
            *best = verdict->objective;
            memcpy(best_plan, k->plan, sizeof k->plan);
        }
        bw_verdict_free(verdict);
    } while (next_plan(k));
    return any;
}

static void no_prices_prove_more_than_the_best_plan_costs(void **state)
{
    (void)state;
    uint64_t seed = 7;
    int tested = 0, close = 0;
    for (int i = 0; i < 150; i++) {
        kit k;
        bw_wide best;
        draw_problem(&k, &seed);
        int32_t plan[KIT_ACCOUNTS];
        if (!enumerate(&k, &best, plan))
            continue;
        memcpy(k.plan, plan, sizeof k.plan);
        int64_t unit_price[KIT_ACCOUNTS];
        for (int j = 0; j < 20; j++) {
            draw_prices(&k, &seed);
            for (int a = 0; a < KIT_ACCOUNTS; a++)
                unit_price[a] =
                    draw(&seed, 2) ? BW_NO_LOW : P(draw(&seed, 2000));
            k.claim.unit_price = j % 4 ? NULL : unit_price;
            bw_verdict *verdict;
            assert_int_equal(judge(&k, &verdict), 0);
            assert_true(verdict->bound_certified <= best);
            assert_true(verdict->objective == best);
            close += verdict->bound_certified * 10 > best * 9;
            bw_verdict_free(verdict);
        }
        tested++;
    }
    assert_true(tested > 60);
    assert_true(close > 20); /* and the bounds are not idle */
}

/* One unit to another rep, by the verdict's word and by judging it again. */
static void compare_moves(kit *k, const bw_verdict *verdict)
{
    int32_t next_rep[KIT_ACCOUNTS];
    bw_wide next_extra[KIT_ACCOUNTS];
    assert_int_equal(
        bw_verdict_next(&k->problem, verdict, &k->claim, next_rep, next_extra),
        BW_OK);
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        for (int32_t r = 0; r < k->problem.reps.n; r++) {
            kit moved = *k;
            for (int32_t b = 0; b < k->problem.accounts.n; b++)
                if (verdict->unit[b] == verdict->unit[a])
                    moved.plan[b] = r;
            moved.claim.rep = moved.plan;
            bw_verdict *after;
            size_t faults = judge(&moved, &after);
            bw_wide extra = 1;
            bool allowed =
                bw_verdict_move(&k->problem, verdict, &k->claim, a, r, &extra);
            assert_true(allowed || faults > 0);
            if (allowed)
                assert_true(verdict->objective + extra == after->objective);
            if (faults == 0 && r != k->plan[a]) {
                assert_true(next_rep[a] >= 0);
                assert_true(next_extra[a] <= extra);
            }
            if (next_rep[a] == r)
                assert_true(allowed && next_extra[a] == extra);
            bw_verdict_free(after);
        }
    }
}

static void a_move_changes_the_objective_by_what_it_says(void **state)
{
    (void)state;
    uint64_t seed = 11;
    int tested = 0;
    for (int i = 0; i < 250; i++) {
        kit k;
        bw_wide best;
        draw_problem(&k, &seed);
        int32_t plan[KIT_ACCOUNTS];
        if (!enumerate(&k, &best, plan))
            continue;
        memcpy(k.plan, plan, sizeof k.plan);
        bw_verdict *verdict;
        assert_int_equal(judge(&k, &verdict), 0);
        compare_moves(&k, verdict);
        bw_verdict_free(verdict);
        tested++;
    }
    assert_true(tested > 40);
}

/* Whether a plan breaks a limit, worked out from the kit without the judge:
 * only rules, locks and families, which need no arithmetic. */
static bool breaks_rule(const kit *k)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        int32_t r = k->plan[a];
        if (k->lock[a] >= 0 && k->lock[a] != r)
            return true;
        if (k->problem.n_rules && !k->rule_allowed[a * k->problem.reps.n + r])
            return true;
        for (int64_t i = 0; i < k->problem.pairs.n; i++)
            if (k->pair[i].account == a && k->pair[i].rep == r &&
                k->pair[i].allowed == 0)
                return true;
        for (int32_t b = 0; b < a; b++)
            if (k->family[a] >= 0 && k->family[a] == k->family[b] &&
                k->plan[b] != r)
                return true;
    }
    return false;
}

static void every_single_move_that_breaks_a_rule_is_rejected(void **state)
{
    (void)state;
    uint64_t seed = 13;
    int rejected = 0, accepted = 0;
    for (int i = 0; i < 200; i++) {
        kit k;
        draw_problem(&k, &seed);
        k.problem.km_limit = NAN;
        k.problem.n_balances = 0;
        for (int32_t a = 0; a < k.problem.accounts.n; a++)
            if (draw(&seed, 6) == 0)
                k.lock[a] = (int32_t)draw(&seed, 2);
        memset(k.plan, 0, sizeof k.plan);
        do {
            bw_verdict *verdict;
            bool broken = breaks_rule(&k);
            assert_true((judge(&k, &verdict) > 0) == broken);
            bw_verdict_free(verdict);
            rejected += broken;
            accepted += !broken;
        } while (next_plan(&k));
    }
    assert_true(rejected > 1000 && accepted > 1000);
}

enum {
    MANY = 3000,
    TEAM = 60
};

/* Big enough for two threads: each account's owner may not keep it, so that
 * every plan pays every handover. */
static void two_threads_add_up_to_the_same_sum(void **state)
{
    (void)state;
    kit k;
    kit_start(&k, 1, 1);
    bw_problem *p = &k.problem;
    bw_accounts *acc = &p->accounts;
    bw_arena *arena = bw_arena_new();
#define NEW(array, n)                                                          \
    ((array) = bw_arena_alloc(arena, (size_t)(n), sizeof *(array)))
    acc->n = MANY;
    p->reps.n = p->reps.n_serving = TEAM;
    int32_t *lock, *plan;
    int64_t *price, expected = 0;
    uint8_t *allowed;
    NEW(acc->id, MANY), NEW(acc->line, MANY), NEW(acc->point, MANY);
    NEW(acc->placing, MANY), NEW(acc->owner, MANY), NEW(acc->revenue, MANY);
    NEW(acc->hours, MANY), NEW(acc->calls, MANY), NEW(acc->family, MANY);
    NEW(p->reps.id, TEAM), NEW(p->reps.line, TEAM), NEW(p->reps.home, TEAM);
    NEW(p->reps.inside, TEAM), NEW(p->reps.fte, TEAM), NEW(p->reps.ramp, TEAM);
    NEW(lock, MANY), NEW(plan, MANY), NEW(price, TEAM);
    NEW(allowed, TEAM * TEAM);
    kit_rule(&k);
    p->lock = lock;
    k.rule.n_account_classes = k.rule.n_rep_classes = TEAM;
    k.rule.account_class = acc->owner;
    int32_t *rep_class;
    k.rule.rep_class = NEW(rep_class, TEAM);
    for (int32_t i = 0; i < TEAM * TEAM; i++)
        allowed[i] = i / TEAM != i % TEAM;
    k.rule.allowed = allowed;
    for (int32_t r = 0; r < TEAM; r++) {
        p->reps.id[r] = "R";
        rep_class[r] = r;
        p->reps.fte[r] = p->reps.ramp[r] = 1;
    }
    for (int32_t a = 0; a < MANY; a++) {
        acc->id[a] = "A";
        lock[a] = acc->family[a] = -1;
        acc->owner[a] = a % TEAM;
        acc->hours[a] = acc->calls[a] = 1;
        acc->placing[a] = BW_ANYWHERE;
        acc->revenue[a] = a;
        expected += Q(0.06 * a);
        plan[a] = (a + 1) % TEAM;
    }
    p->handover.share = 0.06;
    k.claim = (bw_claim){.rep = plan, .price = price};
    bw_verdict *verdict;
    assert_int_equal(judge(&k, &verdict), 0);
    assert_true(verdict->bound_certified == bw_fine(expected));
    assert_true(verdict->objective == bw_fine(expected));
    assert_int_equal(verdict->n_pairs, MANY * (TEAM - 1));
    bw_verdict_free(verdict);
    bw_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_prices_prove_more_than_the_best_plan_costs),
        cmocka_unit_test(a_move_changes_the_objective_by_what_it_says),
        cmocka_unit_test(every_single_move_that_breaks_a_rule_is_rejected),
        cmocka_unit_test(two_threads_add_up_to_the_same_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
