/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A choice from the number before, exchanges that look best by priced costs and
 * are solved for a short time, then the bound over all choices. Where there are
 * few choices, all of them are solved. */
#include "positions_number.h"

#include "bw/headcount.h"
#include "bw/positions_problem.h"
#include "positions_bound.h"

#include <math.h>
#include <string.h>

enum {
    TRIED_AT_ONCE = 6,   /* exchanges of a round */
    SMALL_PAIRS = 20000, /* so small that more choices can all be solved */
    SMALL_CHOICES = 400,
    FEW_NUMBERS = 12, /* more of them: those that cannot be best are left
                       * out */
    ROUNDS_OF_BOUND = 300,
    PAIRS_OF_BOUND = 500000000 /* looked at in all rounds together */
};

/* --- trials --- */

int bw_trials_allowed(bw_effort effort)
{
    return effort == BW_EFFORT_QUICK    ? 6
           : effort == BW_EFFORT_NORMAL ? 16
           : effort == BW_EFFORT_LONG   ? 40
                                        : 120;
}

static void show(const bw_choosing *c, const bw_headcount *h)
{
    const bw_settings *s = c->settings;
    if (!s->progress)
        return;
    bw_progress progress = {.seconds = s->clock(s->clock_data) - c->begun,
                            .has_plan = c->best.rep != NULL,
                            .objective = bw_from_fine(c->best.objective),
                            .bound = bw_from_fine(h->bound_certified),
                            .phase = "positions"};
    s->progress(s->progress_data, &progress);
}

/* Solves a choice; it becomes the best where it is. */
static bw_status attempt(bw_choosing *c, bw_headcount *h, const uint8_t *open,
                         double gap, bw_effort effort, bool *better)
{
    bw_trial trial;
    bw_status status =
        bw_trial_run(&c->trials, open, c->best.rep, gap, effort, &trial);
    *better = false;
    if (status != BW_OK)
        return status;
    h->solved++;
    c->may_hold |= trial.outcome != BW_IMPOSSIBLE;
    if (h->all_solved && trial.outcome != BW_IMPOSSIBLE &&
        trial.bound < h->bound)
        h->bound = trial.bound; /* the least of all choices so far */
    *better =
        trial.rep && (!c->best.rep || trial.objective < c->best.objective);
    if (*better) {
        bw_trial_free(&c->best);
        c->best = trial;
        memmove(c->open, open, (size_t)c->n_serving);
    } else {
        bw_trial_free(&trial);
    }
    show(c, h);
    return BW_OK;
}

/* --- all choices --- */

static double count_choices(int32_t of, int32_t n)
{
    double count = 1;
    for (int32_t i = 0; i < n; i++)
        count = count * (of - i) / (i + 1);
    return round(count);
}

/* The next choice of as many free ones, in order; false: that was the last. */
static bool next_choice(const bw_choosing *c, uint8_t *open)
{
    const uint8_t *free = c->problem->reps.free;
    int32_t later = 0, r = c->n_serving - 1;
    /* The last open one that can go one further, those behind it follow. */
    int32_t gap = -1;
    for (; r >= 0; r--) {
        if (free[r] == BW_STAYS)
            continue;
        if (!open[r]) {
            gap = r;
        } else {
            later++;
            if (gap >= 0)
                break;
        }
    }
    if (r < 0)
        return false;
    for (int32_t i = r; i < c->n_serving; i++)
        if (free[i] != BW_STAYS)
            open[i] = 0;
    for (int32_t i = r + 1; i < c->n_serving && later > 0; i++)
        if (free[i] != BW_STAYS) {
            open[i] = 1;
            later--;
        }
    return true;
}

static void first_choice(const bw_choosing *c, uint8_t *open, int32_t n)
{
    for (int32_t r = 0; r < c->n_serving; r++) {
        bool is_free = c->problem->reps.free[r] != BW_STAYS;
        open[r] = !is_free || n > 0;
        n -= is_free;
    }
}

static bw_status solve_all(bw_choosing *c, bw_headcount *h)
{
    const bw_settings *s = c->settings;
    bw_status status = BW_OK;
    bool better, more = true;
    uint8_t *at = bw_alloc((size_t)c->n_serving, 1);
    if (!at)
        return BW_NOMEM;
    h->all_solved = true;
    h->bound = (bw_wide)1 << 120;
    first_choice(c, at, h->n);
    while (status == BW_OK && more) {
        status = attempt(c, h, at, s->gap, s->effort, &better);
        more = next_choice(c, at);
        if (more && bw_trials_over(&c->trials)) {
            h->all_solved = false;
            break;
        }
    }
    bw_free(at);
    return status;
}

/* --- exchanges --- */

static bw_status exchange(bw_choosing *c, bw_headcount *h, int *left)
{
    bw_pick pick[TRIED_AT_ONCE];
    bw_status status = BW_OK;
    bool better = true;
    while (status == BW_OK && better && *left > 0 &&
           !bw_trials_over(&c->trials)) {
        if (c->best.price)
            bw_picker_price(c->picker, c->open, c->best.price);
        int n = bw_picker_swaps(c->picker, c->open, pick, TRIED_AT_ONCE);
        better = false;
        for (int i = 0; i < n && !better && *left > 0 && status == BW_OK; i++) {
            memcpy(c->other, c->open, (size_t)c->n_serving);
            c->other[pick[i].close] = 0;
            c->other[pick[i].open] = 1;
            status =
                attempt(c, h, c->other, fmax(BW_SHORT_GAP, c->settings->gap),
                        BW_EFFORT_QUICK, &better);
            (*left)--;
        }
    }
    return status;
}

static bw_status seek(bw_choosing *c, bw_headcount *h)
{
    bool better;
    int left = bw_trials_allowed(c->settings->effort);
    memcpy(c->other, c->open, (size_t)c->n_serving);
    bw_picker_fit(c->picker, c->other, h->n);
    memcpy(c->open, c->other, (size_t)c->n_serving);
    bw_status status =
        attempt(c, h, c->other, fmax(BW_SHORT_GAP, c->settings->gap),
                BW_EFFORT_QUICK, &better);
    return status == BW_OK ? exchange(c, h, &left) : status;
}

/* --- the bound --- */

/* What is forced depends on who is closed, so that a budget over voluntary
 * moves is none of all choices: it has no price. */
static void drop_budgets(const bw_choosing *c, int64_t *price)
{
    const bw_problem *problem = c->problem;
    bool closes = false;
    for (int32_t r = 0; r < c->n_serving; r++)
        closes |= problem->reps.free[r] == BW_MAY_CLOSE;
    for (int32_t g = 0; closes && g < problem->n_budgets; g++)
        if (!problem->budgets[g].count_all)
            price[bw_instance_windows(c->all) + g] = 0;
}

static bw_status bound_number(bw_choosing *c, bw_headcount *h, bw_wide target)
{
    bw_problem problem;
    bw_instance *instance = NULL;
    bw_diags *unheard = bw_diags_new();
    size_t n_prices = (size_t)bw_instance_prices(c->all) + 1;
    int64_t *from = bw_arena_alloc(c->arena, n_prices, sizeof *from);
    h->proof.price = bw_arena_alloc(c->arena, n_prices, sizeof *from);
    h->proof.unit =
        bw_arena_alloc(c->arena, (size_t)c->all->n_units, sizeof *from);
    bw_status status =
        unheard && from && h->proof.price && h->proof.unit ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_positions_bands(
            c->problem, h->n,
            (bw_all_open){c->all->low, c->all->high, c->all->total}, c->arena,
            &problem);
    if (status == BW_OK)
        status = bw_instance_new(&problem, unheard, &instance);
    if (status == BW_OK && c->best.price)
        memcpy(from, c->best.price, (n_prices - 1) * sizeof *from);
    if (status == BW_OK) {
        drop_budgets(c, from);
        int64_t rounds = PAIRS_OF_BOUND / (1 + instance->n_pairs);
        bw_positions_ask ask = {
            .instance = instance,
            .free = c->problem->reps.free,
            .cost = c->cost,
            .n = h->n,
            .price = from,
            .target = target > 0 ? bw_from_fine(target) : (double)INFINITY,
            .rounds = rounds < ROUNDS_OF_BOUND ? (int)rounds : ROUNDS_OF_BOUND,
            .settings = c->settings,
            .until = c->until};
        status = bw_positions_bound(&ask, h->proof.price, h->proof.unit,
                                    &h->bound_certified);
        h->bounded = status == BW_OK;
    } else if (status == BW_INVALID) {
        /* An account is too large for the bands of the number. */
        h->outcome = BW_IMPOSSIBLE;
        status = BW_OK;
    }
    bw_instance_free(instance);
    bw_diags_free(unheard);
    return status;
}

/* --- one number --- */

static bw_status keep(bw_choosing *c, bw_headcount *h)
{
    size_t n_units = (size_t)c->all->n_units, n = (size_t)c->n_serving;
    if (!c->best.rep)
        return BW_OK;
    h->rep = bw_arena_alloc(c->arena, n_units, sizeof *h->rep);
    h->open = bw_arena_alloc(c->arena, n, 1);
    if (!h->rep || !h->open)
        return BW_NOMEM;
    memcpy(h->rep, c->best.rep, n_units * sizeof *h->rep);
    memcpy(h->open, c->open, n);
    h->outcome = BW_FEASIBLE;
    h->objective = c->best.objective;
    h->positions = c->best.positions;
    h->imbalance = c->best.imbalance;
    h->cost = c->best.cost;
    return BW_OK;
}

static bool can_all_be_solved(const bw_choosing *c, int32_t n)
{
    double choices = count_choices(c->problem->positions.n_free, n);
    bool is_small = c->all->n_pairs <= SMALL_PAIRS;
    return choices <= 1 + bw_trials_allowed(c->settings->effort) ||
           (is_small && choices <= SMALL_CHOICES);
}

/* The choice of the number before is where it begins; its plan is none of this
 * number. */
bw_status bw_choosing_number(bw_choosing *c, bw_headcount *h)
{
    bw_status status = BW_OK;
    h->outcome = BW_NO_PLAN;
    if (c->n_numbers > FEW_NUMBERS && c->any) {
        status = bound_number(c, h, c->least);
        h->bound = h->bound_certified;
        if (status != BW_OK || !h->bounded || h->bound_certified >= c->least)
            return status;
    }
    if (c->best.price)
        bw_picker_price(c->picker, c->open, c->best.price);
    bw_trial_free(&c->best);
    c->may_hold = false;
    status = can_all_be_solved(c, h->n) ? solve_all(c, h) : seek(c, h);
    if (h->all_solved && !c->may_hold)
        h->outcome = BW_IMPOSSIBLE; /* proven, one by one */
    if (status == BW_OK)
        status = bound_number(c, h, c->best.rep ? c->best.objective : 0);
    if (!h->all_solved || !c->may_hold || h->bound < h->bound_certified)
        h->bound = h->bound_certified;
    if (c->best.rep && h->bound > c->best.objective)
        h->bound = c->best.objective;
    return status == BW_OK ? keep(c, h) : status;
}
