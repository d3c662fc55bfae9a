/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clusters of random small problems, solved again, against all assignments
 * there are. */
#include "bw/alloc.h"
#include "bw/deep.h"
#include "judge_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static double standing(void *nothing)
{
    (void)nothing;
    return 0;
}

static double racing(void *seconds)
{
    return *(double *)seconds += 1;
}

/* A problem, a plan without fault, the best there is, and a claim about
 * clusters of its reps. */
typedef struct trial {
    kit k;
    bw_verdict *verdict;
    bw_wide best;
    int32_t of_rep[KIT_REPS], n;
    int64_t unit_price[KIT_ACCOUNTS];
    bw_wide bound[KIT_REPS], least[KIT_REPS];
    uint8_t closed[KIT_REPS];
    bool any[KIT_REPS]; /* there is an assignment inside the hard limits */
    bool sure;          /* nobody without a price has pairs in two clusters */
    bw_settings settings;
    bw_deep_settings how;
} trial;

static bool next_plan(kit *k)
{
    for (int32_t a = 0; a < k->problem.accounts.n; a++) {
        if (++k->plan[a] < k->problem.reps.n)
            return true;
        k->plan[a] = 0;
    }
    return false;
}

/* Goes through all plans; stays at the one of number `which` that is good. */
static bool find_plan(trial *t, int which)
{
    kit *k = &t->k;
    int32_t plan[KIT_ACCOUNTS] = {0};
    int good = 0;
    memset(k->plan, 0, sizeof k->plan);
    do {
        bw_diags *diags = bw_diags_new();
        bw_verdict *verdict;
        assert_int_equal(bw_check(&k->problem, &k->claim, diags, &verdict),
                         BW_OK);
        if (bw_diags_count(diags, BW_ERROR) == 0) {
            if (good == 0 || verdict->objective < t->best)
                t->best = verdict->objective;
            if (good <= which)
                memcpy(plan, k->plan, sizeof plan);
            good++;
        }
        bw_verdict_free(verdict);
        bw_diags_free(diags);
    } while (next_plan(k));
    memcpy(k->plan, plan, sizeof plan);
    return good > 0;
}

/* --- all assignments of a cluster ------------------------------------------
 */

typedef struct walk {
    const trial *t;
    int32_t cluster;
    int32_t rep[KIT_ACCOUNTS]; /* [n_units] -1: out */
    bw_wide least;
    bool any;
} walk;

static bool pair_of(const trial *t, int32_t unit, int32_t rep, int64_t *cost,
                    int64_t *work)
{
    *cost = *work = 0;
    bool allowed = true;
    for (int32_t a = 0; a < t->k.problem.accounts.n; a++) {
        bw_account_figures figures;
        if (t->verdict->unit[a] != unit)
            continue;
        bw_verdict_account(&t->k.problem, t->verdict, a, rep, &figures);
        allowed &= figures.allowed;
        *cost += figures.cost;
        *work += figures.workload;
    }
    return allowed;
}

static int32_t head_of(const trial *t, int32_t unit)
{
    int32_t a = 0;
    while (t->verdict->unit[a] != unit)
        a++;
    return a;
}

static void add_amounts(const trial *t, int32_t unit, int32_t rep,
                        int64_t *load)
{
    const bw_problem *p = &t->k.problem;
    int64_t cost, work;
    pair_of(t, unit, rep, &cost, &work);
    for (int32_t k = 0; k < p->n_balances; k++) {
        if (p->balances[k].kind == BW_MEASURE_WORKLOAD)
            load[k] += work;
        for (int32_t a = 0; p->balances[k].value && a < p->accounts.n; a++)
            if (t->verdict->unit[a] == unit)
                load[k] += bw_quanta(p->balances[k].value[a]);
    }
}

/* False: a hard limit breaks. */
static bool add_deviation(const trial *t, int32_t rep, const int64_t *load,
                          bw_wide *cost)
{
    const bw_problem *p = &t->k.problem;
    for (int32_t k = 0; k < p->n_balances; k++) {
        const bw_balance *b = &p->balances[k];
        int64_t low = t->verdict->low[rep * p->n_balances + k];
        int64_t high = t->verdict->high[rep * p->n_balances + k];
        if ((load[k] < low && isinf(b->under_cost)) ||
            (load[k] > high && isinf(b->over_cost)))
            return false;
        if (low != BW_NO_LOW && load[k] < low)
            *cost += (bw_wide)bw_price(b->under_cost) * (low - load[k]);
        if (high != BW_NO_HIGH && load[k] > high)
            *cost += (bw_wide)bw_price(b->over_cost) * (load[k] - high);
    }
    return true;
}

static void judge_assignment(walk *w)
{
    const trial *t = w->t;
    bw_wide cost = 0;
    for (int32_t u = 0; u < t->verdict->n_units; u++) {
        int64_t own, work, price = t->unit_price[head_of(t, u)];
        if (w->rep[u] < 0)
            continue;
        pair_of(t, u, w->rep[u], &own, &work);
        cost += bw_fine(own) - (price == BW_NO_LOW ? 0 : bw_fine(price));
    }
    for (int32_t r = 0; r < t->k.problem.reps.n; r++) {
        int64_t load[KIT_BALANCES] = {0};
        if (t->of_rep[r] != w->cluster)
            continue;
        for (int32_t u = 0; u < t->verdict->n_units; u++)
            if (w->rep[u] == r)
                add_amounts(t, u, r, load);
        if (!add_deviation(t, r, load, &cost))
            return;
    }
    if (!w->any || cost < w->least)
        w->least = cost;
    w->any = true;
}

/* Units without a price are inside where they have pairs. */
static void enumerate(walk *w, int32_t unit)
{
    const trial *t = w->t;
    int64_t cost, work;
    bool here = false;
    if (unit == t->verdict->n_units) {
        judge_assignment(w);
        return;
    }
    for (int32_t r = 0; r < t->k.problem.reps.n; r++) {
        if (t->of_rep[r] != w->cluster || !pair_of(t, unit, r, &cost, &work))
            continue;
        here = true;
        w->rep[unit] = r;
        enumerate(w, unit + 1);
    }
    w->rep[unit] = -1;
    if (!here || t->unit_price[head_of(t, unit)] != BW_NO_LOW)
        enumerate(w, unit + 1);
}

/* --- trials -----------------------------------------------------------------
 */

static void draw_units(trial *t, uint64_t *seed)
{
    t->sure = true;
    for (int32_t u = 0; u < t->verdict->n_units; u++) {
        int32_t head = head_of(t, u), home = -1;
        int64_t cost, work;
        bool spans = false;
        for (int32_t r = 0; r < t->k.problem.reps.n; r++) {
            if (!pair_of(t, u, r, &cost, &work))
                continue;
            spans |= home >= 0 && home != t->of_rep[r];
            home = t->of_rep[r];
        }
        bool priced = spans ? draw(seed, 5) > 0 : draw(seed, 4) == 0;
        t->unit_price[head] = priced ? Q(draw(seed, 4000)) : BW_NO_LOW;
        t->sure &= priced || !spans;
    }
}

/* False: this problem has no plan. Bounds are what enumeration finds. */
static bool make_trial(trial *t, uint64_t *seed)
{
    memset(t, 0, sizeof *t);
    draw_problem(&t->k, seed);
    if (draw(seed, 4) > 0)
        draw_prices(&t->k, seed);
    if (!find_plan(t, (int)draw(seed, 6)))
        return false;
    assert_int_equal(bw_check(&t->k.problem, &t->k.claim, NULL, &t->verdict),
                     BW_OK);
    t->n = 1 + (int32_t)draw(seed, (uint32_t)t->k.problem.reps.n);
    for (int32_t r = 0; r < t->k.problem.reps.n; r++)
        t->of_rep[r] = r < t->n ? r : (int32_t)draw(seed, (uint32_t)t->n);
    draw_units(t, seed);
    for (int32_t k = 0; k < t->n; k++) {
        walk w = {.t = t, .cluster = k};
        enumerate(&w, 0);
        t->any[k] = w.any;
        t->least[k] = w.any ? w.least : bw_fine(Q(1e6));
        t->bound[k] = t->least[k];
    }
    t->settings = (bw_settings){
        .threads = 2, .seconds = (double)INFINITY, .clock = standing};
    t->how.settings = &t->settings;
    return true;
}

static bw_deep *ask(const trial *t, size_t *errors)
{
    bw_clusters_claim claim = {t->n,     t->of_rep, t->unit_price,
                               t->bound, t->closed, "clusters.csv"};
    bw_deep *deep;
    bw_diags *diags = bw_diags_new();
    assert_int_equal(
        bw_check_deep(t->verdict, &t->k.claim, &claim, &t->how, diags, &deep),
        BW_OK);
    *errors = bw_diags_count(diags, BW_ERROR);
    bw_diags_free(diags);
    assert_int_equal(deep->n, t->n);
    return deep;
}

static bw_wide sum_of(const trial *t)
{
    bw_wide sum = 0;
    for (int32_t k = 0; k < t->n; k++)
        sum += t->bound[k];
    for (int32_t u = 0; u < t->verdict->n_units; u++)
        if (t->unit_price[head_of(t, u)] != BW_NO_LOW)
            sum += bw_fine(t->unit_price[head_of(t, u)]);
    return sum;
}

/* A tenth of a quantum for every million of money. */
static bw_wide slack_of(const trial *t)
{
    double size = fabs(bw_from_fine(t->best)) + 10000;
    return bw_fine((int64_t)(size * 1e-6 * BW_QUANTA));
}

static void a_true_bound_is_confirmed(void **state)
{
    (void)state;
    uint64_t seed = 11;
    int confirmed = 0;
    for (int i = 0; i < 300; i++) {
        trial t;
        size_t errors;
        if (!make_trial(&t, &seed) || !t.sure) {
            bw_verdict_free(t.verdict);
            continue;
        }
        bw_deep *deep = ask(&t, &errors);
        assert_int_equal(errors, 0);
        assert_int_equal(deep->n_confirmed, t.n);
        assert_int_equal(deep->n_refuted, 0);
        confirmed += deep->n_confirmed;
        bw_deep_free(deep);
        bw_verdict_free(t.verdict);
    }
    assert_true(confirmed > 150);
}

/* Some bounds by some, or one so that the sum is just above the best plan. */
static void raise_bounds(trial *t, uint64_t *seed)
{
    if (draw(seed, 3)) {
        bw_wide excess = t->best - sum_of(t) + bw_fine(Q(1 + draw(seed, 20)));
        t->bound[draw(seed, (uint32_t)t->n)] += excess > 0 ? excess : 0;
        return;
    }
    for (int32_t k = 0; k < t->n; k++)
        if (draw(seed, 2))
            t->bound[k] += bw_fine(Q(1 + draw(seed, 900)));
}

/* Whatever was raised: what is confirmed is a bound, what is refuted has an
 * assignment to show for it. */
static void what_is_confirmed_bounds_every_plan(void **state)
{
    (void)state;
    uint64_t seed = 12;
    int whole = 0, refuted = 0, unpriced = 0, raised = 0;
    for (int i = 0; i < 3000; i++) {
        trial t;
        size_t errors;
        if (!make_trial(&t, &seed))
            continue;
        raise_bounds(&t, &seed);
        bw_deep *deep = ask(&t, &errors);
        unpriced += errors > 0;
        assert_true(errors == 0 || deep->n_confirmed + deep->n_refuted == 0);
        for (int32_t k = 0; k < t.n; k++) {
            if (deep->found[k] != BW_REFUTED)
                continue;
            refuted++;
            assert_true(deep->cost[k] < t.bound[k]);
            assert_true(!t.sure || deep->cost[k] >= t.least[k]);
        }
        if (deep->n_confirmed == t.n) {
            bw_wide sum = sum_of(&t);
            if (sum > t.verdict->objective)
                sum = t.verdict->objective;
            assert_true(sum <= t.best + slack_of(&t));
            whole++;
            raised += sum > t.verdict->bound_certified;
        }
        bw_deep_free(deep);
        bw_verdict_free(t.verdict);
    }
    assert_true(whole > 100);
    assert_true(refuted > 300);
    assert_true(unpriced > 30);
    assert_true(raised > 100);
}

static bool make_busy_trial(trial *t, uint64_t seed)
{
    while (!make_trial(t, &seed) || !t->sure || t->n < 2 || !t->any[0] ||
           !t->any[1] || t->best == t->verdict->objective)
        bw_verdict_free(t->verdict);
    return true;
}

static void without_time_nothing_is_decided(void **state)
{
    (void)state;
    trial t;
    size_t errors;
    double seconds = 0;
    make_busy_trial(&t, 5);
    t.settings.clock = racing;
    t.settings.clock_data = &seconds;
    t.settings.seconds = 0;
    bw_deep *deep = ask(&t, &errors);
    assert_int_equal(errors, 0);
    assert_int_equal(deep->n_confirmed + deep->n_refuted, 0);
    bw_deep_free(deep);
    /* A small part of the time is enough for small clusters. */
    t.settings.seconds = 1e6;
    deep = ask(&t, &errors);
    assert_int_equal(deep->n_confirmed, t.n);
    bw_deep_free(deep);
    bw_verdict_free(t.verdict);
}

typedef struct seen {
    int calls;
    int32_t done, n;
} seen;

static void note(void *data, int32_t done, int32_t n)
{
    seen *s = data;
    assert_true(done >= s->done);
    *s = (seen){s->calls + 1, done, n};
}

static void progress_ends_with_all_clusters(void **state)
{
    (void)state;
    trial t;
    size_t errors;
    seen s = {0, 0, 0};
    make_busy_trial(&t, 6);
    t.settings.threads = 1;
    t.how.progress = note;
    t.how.progress_data = &s;
    bw_deep_free(ask(&t, &errors));
    assert_true(s.calls >= t.n);
    assert_int_equal(s.done, t.n);
    assert_int_equal(s.n, t.n);
    bw_verdict_free(t.verdict);
}

static void short_memory_is_survived(void **state)
{
    (void)state;
    trial t;
    make_busy_trial(&t, 7);
    bw_clusters_claim claim = {t.n,     t.of_rep, t.unit_price,
                               t.bound, t.closed, "clusters.csv"};
    bw_status status = BW_NOMEM;
    long live = bw_alloc_live(), n = 0;
    while (status != BW_OK) {
        bw_deep *deep;
        bw_alloc_fail_at(++n);
        status =
            bw_check_deep(t.verdict, &t.k.claim, &claim, &t.how, NULL, &deep);
        bw_alloc_fail_at(0);
        assert_true((deep != NULL) == (status == BW_OK));
        bw_deep_free(deep);
        assert_true(bw_alloc_live() == live);
    }
    assert_true(n > 20);
    bw_verdict_free(t.verdict);
}

/* Asks about trials whose clusters are all said to be solved to the end, with
 * bounds `below` of what the cheapest assignment costs; how often each answer
 * came, of clusters whose bound was confirmed. */
static void count_ends(double below, bool whole_only, int answers[3])
{
    uint64_t seed = 17;
    memset(answers, 0, 3 * sizeof *answers);
    for (int i = 0; i < 400; i++) {
        trial t;
        size_t errors;
        bool good = make_trial(&t, &seed) && t.sure;
        if (!good || (whole_only && t.n > 1)) {
            bw_verdict_free(t.verdict);
            continue;
        }
        bw_wide part = bw_fine((
            int64_t)(below * (fabs(bw_from_fine(t.best)) + 10000) * BW_QUANTA));
        for (int32_t k = 0; k < t.n; k++) {
            t.closed[k] = 1;
            t.bound[k] -= part;
        }
        bw_deep *deep = ask(&t, &errors);
        assert_int_equal(errors, 0);
        int confirmed = 0, refuted = 0;
        for (int32_t k = 0; k < t.n; k++) {
            assert_int_equal(deep->found[k], BW_CONFIRMED);
            answers[deep->end[k]] += t.any[k];
            confirmed += deep->end[k] == BW_CONFIRMED;
            refuted += deep->end[k] == BW_REFUTED;
        }
        assert_int_equal(deep->n_confirmed, confirmed);
        assert_int_equal(deep->n_refuted, refuted);
        bw_deep_free(deep);
        bw_verdict_free(t.verdict);
    }
}

static void a_bound_that_is_attained_may_say_so(void **state)
{
    (void)state;
    int answers[3];
    count_ends(0, true, answers);
    assert_int_equal(answers[BW_REFUTED] + answers[BW_NOT_DECIDED], 0);
    assert_true(answers[BW_CONFIRMED] > 20);
    count_ends(0, false, answers);
    assert_true(answers[BW_CONFIRMED] > 150);
}

static void a_bound_that_is_not_attained_may_not(void **state)
{
    (void)state;
    int answers[3];
    count_ends(0.01, false, answers);
    assert_int_equal(answers[BW_CONFIRMED], 0);
    assert_true(answers[BW_REFUTED] > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_bound_is_confirmed),
        cmocka_unit_test(a_bound_that_is_attained_may_say_so),
        cmocka_unit_test(a_bound_that_is_not_attained_may_not),
        cmocka_unit_test(what_is_confirmed_bounds_every_plan),
        cmocka_unit_test(without_time_nothing_is_decided),
        cmocka_unit_test(progress_ends_with_all_clusters),
        cmocka_unit_test(short_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
