/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures behind all tables. */
#include "figures.h"

#include "bw/alloc.h"

#include <assert.h>
#include <math.h>

int64_t bw_account_hours(const bw_account_line *account)
{
    return account->service_hours + account->travel_hours;
}

int64_t bw_totals_hours(const bw_totals *totals)
{
    return totals->service_hours + totals->travel_hours;
}

double bw_totals_km(const bw_totals *totals)
{
    return totals->placed ? totals->km / (double)totals->placed : NAN;
}

static void fill_account(bw_figures *figures, int32_t a)
{
    const bw_instance *instance = figures->instance;
    const bw_problem *problem = figures->problem;
    bw_account_line *account = &figures->account[a];
    int32_t unit = instance->account_unit[a];
    bw_pair_parts parts;
    account->rep = figures->plan->rep[unit];
    bw_instance_account_parts(instance, a, account->rep, &parts);
    account->previous = problem->accounts.owner[a];
    account->moved =
        account->previous >= 0 && account->previous != account->rep;
    bw_pair kept;
    account->forced =
        account->moved &&
        (account->previous >= instance->n_reps ||
         !bw_instance_pair(instance, unit, account->previous, &kept));
    account->service_hours = instance->service_hours[a];
    account->travel_hours = parts.travel_hours;
    account->cost =
        parts.travel + parts.handover + parts.preference + parts.given;
    account->potential = bw_quanta(problem->accounts.potential[a]);
    account->revenue = bw_quanta(problem->accounts.revenue[a]);
    account->km = parts.km;
}

/* What holds for a unit is found once for all its accounts. */
static bw_status fill_units(bw_figures *figures, int threads)
{
    const bw_instance *instance = figures->instance;
    bw_other_reps *found = bw_alloc((size_t)instance->n_units, sizeof *found);
    if (!found)
        return BW_NOMEM;
    bw_status status = bw_plan_other_reps(figures->plan, threads, found);
    for (int32_t a = 0; status == BW_OK && a < figures->problem->accounts.n;
         a++) {
        const bw_other_reps *of = &found[instance->account_unit[a]];
        bw_account_line *account = &figures->account[a];
        account->next = of->next;
        account->next_extra = of->next_extra;
        account->n_allowed = of->n_allowed;
        account->cheapest = of->cheapest;
    }
    bw_free(found);
    return status;
}

static void add(bw_totals *totals, const bw_account_line *account)
{
    totals->accounts++;
    totals->service_hours += account->service_hours;
    totals->travel_hours += account->travel_hours;
    totals->potential += account->potential;
    totals->revenue += account->revenue;
    totals->cost += account->cost;
    if (!isnan(account->km)) {
        totals->km += account->km;
        totals->placed++;
    }
    totals->moved += account->moved;
    totals->forced += account->forced;
    totals->moved_revenue += account->moved ? account->revenue : 0;
    totals->forced_revenue += account->forced ? account->revenue : 0;
}

static void sum_up(bw_figures *figures)
{
    for (int32_t a = 0; a < figures->problem->accounts.n; a++) {
        const bw_account_line *account = &figures->account[a];
        bw_totals *to = &figures->rep[account->rep];
        add(to, account);
        add(&figures->segment[figures->instance->segment[a]], account);
        add(&figures->all, account);
        if (account->previous == account->rep)
            continue;
        to->accounts_in++;
        to->revenue_in += account->revenue;
        if (account->previous < 0)
            continue;
        figures->rep[account->previous].accounts_out++;
        figures->rep[account->previous].revenue_out += account->revenue;
    }
    figures->cost =
        bw_instance_sum_parts(figures->instance, figures->plan->rep);
}

static bw_status fill(bw_figures *figures, int threads, bw_arena *arena)
{
    const bw_problem *problem = figures->problem;
    figures->account = bw_arena_alloc(arena, (size_t)problem->accounts.n,
                                      sizeof *figures->account);
    figures->rep =
        bw_arena_alloc(arena, (size_t)problem->reps.n, sizeof *figures->rep);
    figures->segment = bw_arena_alloc(arena, (size_t)problem->n_segments,
                                      sizeof *figures->segment);
    if (!figures->account || !figures->rep || !figures->segment)
        return BW_NOMEM;
    for (int32_t a = 0; a < problem->accounts.n; a++)
        fill_account(figures, a);
    bw_status status = fill_units(figures, threads);
    if (status == BW_OK)
        sum_up(figures);
    return status;
}

bw_status bw_figures_new(const bw_plan *plan, int threads, bw_figures **figures)
{
    assert(plan->complete && plan->instance->problem);
    *figures = NULL;
    bw_arena *arena = bw_arena_new();
    bw_figures *made = arena ? bw_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (made) {
        made->arena = arena;
        made->plan = plan;
        made->instance = plan->instance;
        made->problem = plan->instance->problem;
    }
    if (!made || fill(made, threads, arena) != BW_OK) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    *figures = made;
    return BW_OK;
}

void bw_figures_free(bw_figures *figures)
{
    if (figures)
        bw_arena_free(figures->arena);
}

bw_fit bw_fit_of(const bw_instance *instance, int32_t rep, int32_t measure,
                 int64_t load)
{
    int64_t at = (int64_t)rep * instance->n_measures + measure;
    bw_fit fit = {load, instance->low[at], instance->high[at], 0, 0};
    int64_t limit = 0;
    if (fit.high != BW_NO_HIGH && load > fit.high)
        limit = fit.high;
    else if (fit.low != BW_NO_LOW && load < fit.low)
        limit = fit.low;
    else
        return fit;
    int64_t size = limit < 0 ? -limit : limit;
    fit.outside = load - limit;
    fit.relative = fabs((double)fit.outside) /
                   (double)(size > BW_QUANTA ? size : BW_QUANTA);
    return fit;
}

bw_fit bw_fit_in_plan(const bw_figures *figures, int32_t rep, int32_t measure)
{
    const bw_plan *plan = figures->plan;
    int64_t at = (int64_t)rep * figures->instance->n_measures + measure;
    return bw_fit_of(figures->instance, rep, measure, plan->load[at]);
}

bool bw_rep_fits(const bw_figures *figures, int32_t rep)
{
    for (int32_t k = 0; k < figures->instance->n_measures; k++)
        if (bw_fit_in_plan(figures, rep, k).outside != 0)
            return false;
    return true;
}
