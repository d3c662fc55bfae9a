/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays the problem out flat for the sweep of pair_row.c, and computes single
 * pairs of an account and a rep, part by part:
 *
 *   driven km    = calls / calls-per-trip x 2 x km
 *   travel hours = driven km / speed
 *   travel cost  = travel hours x hour-cost + driven km x km-cost
 *   handover     = share x revenue + hours x hour-cost, where the rep changes
 *
 * Each part is rounded to quanta once. The sweep evaluates the same
 * expressions in the same order, so both give the same integers. */
#include "pair.h"

#include <assert.h>
#include <math.h>

static bw_status alloc_source(bw_arena *arena, bw_pair_source *source)
{
    size_t n_reps = (size_t)source->problem->reps.n_serving;
    size_t n = (size_t)source->problem->accounts.n;
    double *of_reps = bw_arena_alloc(arena, 5 * n_reps, sizeof *of_reps);
    source->place = bw_arena_alloc(arena, n, sizeof *source->place);
    source->travels = bw_arena_alloc(arena, n, sizeof *source->travels);
    source->trips = bw_arena_alloc(arena, n, sizeof *source->trips);
    source->handover = bw_arena_alloc(arena, n, sizeof *source->handover);
    source->given_first =
        bw_arena_alloc(arena, n + 1, sizeof *source->given_first);
    if (!of_reps || !source->place || !source->travels || !source->trips ||
        !source->handover || !source->given_first)
        return BW_NOMEM;
    source->x = of_reps;
    source->y = of_reps + n_reps;
    source->z = of_reps + 2 * n_reps;
    source->road_factor = of_reps + 3 * n_reps;
    source->reach = of_reps + 4 * n_reps;
    return BW_OK;
}

/* The squared chord above which a rep is farther than the limit, with a margin
 * far above rounding; INFINITY: none is. */
static double reach_of(double km_limit, double road_factor)
{
    double angle = km_limit / (2 * BW_EARTH_RADIUS_KM * road_factor);
    if (!(angle < 1.5))
        return (double)INFINITY;
    double chord = 2 * sin(angle) * (1 + 1e-9) + 1e-12;
    return chord * chord;
}

static void fill_reps(bw_pair_source *source)
{
    const bw_problem *problem = source->problem;
    for (int32_t rep = 0; rep < problem->reps.n_serving; rep++) {
        bw_point home = problem->reps.home[rep];
        bool known = bw_point_known(home);
        bw_vec at = known ? bw_geo_vec(home) : (bw_vec){0, 0, 0};
        bool away = known && !problem->reps.inside[rep];
        source->x[rep] = at.x;
        source->y[rep] = at.y;
        source->z[rep] = at.z;
        source->road_factor[rep] = away ? problem->travel.road_factor : 0;
        source->reach[rep] =
            away ? reach_of(source->km_limit, problem->travel.road_factor)
                 : (double)INFINITY;
    }
}

static void fill_accounts(bw_pair_source *source)
{
    const bw_problem *problem = source->problem;
    const bw_accounts *accounts = &problem->accounts;
    const bw_travel *travel = &problem->travel;
    for (int32_t a = 0; a < accounts->n; a++) {
        bool placed = accounts->placing[a] == BW_PLACED;
        if (placed)
            source->place[a] = bw_geo_vec(accounts->point[a]);
        source->travels[a] =
            placed && (travel->counts || isfinite(source->km_limit));
        if (travel->counts)
            source->trips[a] =
                source->instance->calls[a] / travel->calls_per_trip * 2;
        double handover = problem->handover.share * accounts->revenue[a] +
                          problem->handover.hours * travel->hour_cost;
        source->handover[a] = handover > 0 ? bw_quanta(handover) : 0;
    }
}

static void index_given(bw_pair_source *source)
{
    const bw_pairs_given *given = &source->problem->pairs;
    int64_t next = 0;
    for (int32_t a = 0; a < source->problem->accounts.n; a++) {
        while (next < given->n && given->row[next].account < a)
            next++;
        source->given_first[a] = next;
    }
    source->given_first[source->problem->accounts.n] = given->n;
}

/* With cost="replace" a listed pair must bring its cost. */
static void check_given(bw_build *build, const bw_pair_source *source)
{
    const bw_problem *problem = build->problem;
    for (int64_t i = 0; i < problem->pairs.n; i++) {
        const bw_pair_given *given = &problem->pairs.row[i];
        if (!problem->pairs.cost_replaces || !isnan(given->cost) ||
            given->allowed == 0 || given->rep >= problem->reps.n_serving)
            continue;
        int32_t unit = build->instance->account_unit[given->account];
        if (!bw_mask_has(bw_pair_bits(source, unit), given->rep))
            continue;
        build->n_faults++;
        bw_diag_add(build->diags, BW_ERROR, BW_FIELD_BLANK,
                    bw_given_place(problem, given),
                    "account \"%s\" and rep \"%s\" have no cost, but with "
                    "cost=\"replace\" it stands for the whole cost; give it, "
                    "or say allowed=no",
                    problem->accounts.id[given->account],
                    problem->reps.id[given->rep]);
    }
}

bw_status bw_pair_source_new(bw_build *build, bw_pair_source **source)
{
    bw_arena *arena = build->instance->arena;
    *source = NULL;
    bw_pair_source *made = bw_arena_alloc(arena, 1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    double limit = build->problem->km_limit;
    made->problem = build->problem;
    made->instance = build->instance;
    made->km_limit = isnan(limit) ? (double)INFINITY : limit;
    bw_status status = alloc_source(arena, made);
    if (status == BW_OK)
        status = bw_pair_masks(build, made);
    if (status != BW_OK)
        return status;
    fill_reps(made);
    fill_accounts(made);
    index_given(made);
    check_given(build, made);
    *source = made;
    return BW_OK;
}

const bw_pair_given *bw_pair_find_given(const bw_pair_source *source,
                                        int32_t account, int32_t rep)
{
    const bw_pair_given *row = source->problem->pairs.row;
    int64_t low = source->given_first[account];
    int64_t end = source->given_first[account + 1], high = end;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (row[middle].rep < rep)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && row[low].rep == rep ? &row[low] : NULL;
}

/* Road km, as given or from the places; NaN: not known. */
static double road_km(const bw_pair_source *source, int32_t account,
                      int32_t rep, const bw_pair_given *given)
{
    const bw_problem *problem = source->problem;
    if (given && !isnan(given->km))
        return given->km;
    if (problem->accounts.placing[account] != BW_PLACED ||
        !bw_point_known(problem->reps.home[rep]))
        return (double)NAN;
    bw_vec home = {source->x[rep], source->y[rep], source->z[rep]};
    return bw_geo_km(source->place[account], home) *
           problem->travel.road_factor;
}

static void add_travel(const bw_pair_source *source, int32_t account,
                       const bw_pair_given *given, bw_pair_parts *parts)
{
    const bw_travel *travel = &source->problem->travel;
    double km = isnan(parts->km) ? 0 : parts->km;
    double driven_km = source->trips[account] * km;
    double hours = driven_km / travel->speed_kmh;
    if (given && !isnan(given->travel_hours) && travel->counts)
        hours = given->travel_hours;
    parts->travel_hours = bw_quanta(hours);
    parts->travel =
        bw_quanta(hours * travel->hour_cost + driven_km * travel->km_cost);
}

static void add_costs(const bw_pair_source *source, int32_t account,
                      int32_t rep, const bw_pair_given *given,
                      bw_pair_parts *parts)
{
    int32_t owner = source->problem->accounts.owner[account];
    if (given && !isnan(given->cost))
        parts->given = bw_quanta(given->cost);
    if (given && source->problem->pairs.cost_replaces)
        parts->travel = 0;
    else if (owner >= 0 && owner != rep)
        parts->handover = source->handover[account];
}

void bw_pair_account(const bw_pair_source *source, int32_t account, int32_t rep,
                     bw_account_pair *pair)
{
    const bw_problem *problem = source->problem;
    const bw_pair_given *given = bw_pair_find_given(source, account, rep);
    bool travels = source->travels[account] && !problem->reps.inside[rep];
    int64_t service = source->instance->service_hours[account];
    *pair = (bw_account_pair){0};
    bw_pair_parts *parts = &pair->parts;
    parts->km = road_km(source, account, rep, given);
    if (travels)
        add_travel(source, account, given, parts);
    if (given && !isnan(given->hours))
        parts->travel_hours = bw_quanta(given->hours) - service;
    add_costs(source, account, rep, given, parts);
    pair->work = service + parts->travel_hours;
    pair->cost =
        parts->travel + parts->handover + parts->preference + parts->given;
    pair->allowed = given ? given->allowed != 0 : !problem->pairs.only_listed;
    bool limited = travels || (given && !isnan(given->km));
    pair->near = !limited || !(parts->km > source->km_limit);
}
