/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole row of pairs in one sweep. A million units with two thousand reps
 * each pass through here, so the loops see flat arrays only, and what pairs.csv
 * says of single pairs is merged in between runs of plain ones. The expressions
 * are those of pair.c and geo.c: the integers must be the same. */
#include "pair.h"

#include <math.h>

enum {
    CHUNK = 256
};

/* Workload of a pair that is not allowed; no sum of hours comes near it. */
#define BARRED ((int64_t)1 << 61)

/* The pairs [from, to) of a row in the making, for one account. */
typedef struct run {
    bw_pair *pair;
    int32_t account, from, to;
} run;

/* bw_quanta without a call: nearest, halves away from zero. amount - whole is
 * exact, so the comparison decides as llround does. */
static inline int64_t quanta(double amount)
{
    double scaled = amount * BW_QUANTA;
    int64_t whole = (int64_t)scaled;
    double rest = scaled - (double)whole;
    return whole + (rest >= 0.5) - (rest <= -0.5);
}

/* Road km from the account to each rep's home; -1: surely too far. The steps
 * run one after another over the whole chunk: a call of asin among them would
 * throw every number out of the registers. */
static void road_km(const bw_pair_source *source, bw_vec at,
                    const bw_pair *pair, int32_t n, double *km)
{
    for (int32_t i = 0; i < n; i++) {
        int32_t rep = pair[i].rep;
        double x = at.x - source->x[rep];
        double y = at.y - source->y[rep];
        double z = at.z - source->z[rep];
        double square = x * x + y * y + z * z;
        km[i] = square > source->reach[rep] ? -1 : 0.5 * sqrt(square);
    }
    for (int32_t i = 0; i < n; i++)
        if (km[i] >= 0)
            km[i] = asin(km[i] < 1 ? km[i] : 1);
    for (int32_t i = 0; i < n; i++)
        if (km[i] >= 0)
            km[i] = 2 * BW_EARTH_RADIUS_KM * km[i] *
                    source->road_factor[pair[i].rep];
}

static void add_travel(const bw_pair_source *source, int32_t account,
                       bw_pair *pair, int32_t n)
{
    const bw_travel *travel = &source->problem->travel;
    const double speed = travel->speed_kmh, hour_cost = travel->hour_cost;
    const double km_cost = travel->km_cost, limit = source->km_limit;
    const double trips = source->trips[account];
    double km[CHUNK];
    road_km(source, source->place[account], pair, n, km);
    for (int32_t i = 0; i < n; i++) {
        if (km[i] < 0 || km[i] > limit) {
            pair[i].work = BARRED;
            continue;
        }
        double driven_km = trips * km[i];
        double hours = driven_km / speed;
        pair[i].cost += quanta(hours * hour_cost + driven_km * km_cost);
        pair[i].work += quanta(hours);
    }
}

/* Pairs that pairs.csv does not mention. */
static void add_plain(const bw_pair_source *source, const run *r)
{
    const bw_problem *problem = source->problem;
    int32_t owner = problem->accounts.owner[r->account];
    int64_t service = source->instance->service_hours[r->account];
    int64_t handover = owner >= 0 ? source->handover[r->account] : 0;
    bool barred = problem->pairs.only_listed;
    for (int32_t i = r->from; i < r->to; i++) {
        bw_pair *pair = &r->pair[i];
        pair->cost += pair->rep == owner ? 0 : handover;
        pair->work = barred ? BARRED : pair->work + service;
    }
    if (!source->travels[r->account] || barred)
        return;
    for (int32_t i = r->from; i < r->to; i += CHUNK) {
        int32_t n = r->to - i < CHUNK ? r->to - i : CHUNK;
        add_travel(source, r->account, r->pair + i, n);
    }
}

static void add_listed(const bw_pair_source *source, int32_t account,
                       bw_pair *pair)
{
    bw_account_pair one;
    bw_pair_account(source, account, pair->rep, &one);
    pair->cost += one.cost;
    pair->work = one.allowed && one.near ? pair->work + one.work : BARRED;
}

static void add_account(const bw_pair_source *source, int32_t account,
                        bw_pair *pair, int32_t n)
{
    const bw_pair_given *row = source->problem->pairs.row;
    run plain = {pair, account, 0, 0};
    int32_t at = 0;
    for (int64_t i = source->given_first[account];
         i < source->given_first[account + 1]; i++) {
        while (at < n && pair[at].rep < row[i].rep)
            at++;
        if (at == n || pair[at].rep != row[i].rep)
            continue;
        plain.to = at;
        add_plain(source, &plain);
        add_listed(source, account, &pair[at]);
        plain.from = ++at;
    }
    plain.to = n;
    add_plain(source, &plain);
}

/* The reps that may be in the row; fewer where only listed pairs are. */
static int32_t candidates(const bw_pair_source *source, int32_t unit,
                          bw_pair *pair)
{
    const bw_pairs_given *given = &source->problem->pairs;
    int32_t mask = source->mask[unit], n = 0;
    if (!given->only_listed) {
        for (int64_t i = source->list_first[mask];
             i < source->list_first[mask + 1]; i++)
            pair[n++] = (bw_pair){source->list[i], 0, 0};
        return n;
    }
    const bw_instance *instance = source->instance;
    int32_t account = instance->unit_account[instance->first_account[unit]];
    const uint64_t *bits = bw_pair_bits(source, unit);
    for (int64_t i = source->given_first[account];
         i < source->given_first[account + 1]; i++) {
        int32_t rep = given->row[i].rep;
        if (rep < source->problem->reps.n_serving && bw_mask_has(bits, rep))
            pair[n++] = (bw_pair){rep, 0, 0};
    }
    return n;
}

int32_t bw_pair_source_some(const bw_pair_source *source, int32_t unit,
                            bw_pair *buffer, int32_t n)
{
    const bw_instance *instance = source->instance;
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++)
        add_account(source, instance->unit_account[i], buffer, n);
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        if (buffer[i].work > BARRED / 2)
            continue;
        buffer[kept] = buffer[i];
        if (instance->workload < 0)
            buffer[kept].work = 0;
        kept++;
    }
    return kept;
}

int32_t bw_pair_source_row(const bw_pair_source *source, int32_t unit,
                           bw_pair *buffer)
{
    return bw_pair_source_some(source, unit, buffer,
                               candidates(source, unit, buffer));
}

/* Is the account within the km limit of the rep? 1 yes, 0 no, -1: too near to
 * the limit to say from the chord. */
static int within(const bw_pair_source *source, int32_t account, int32_t rep)
{
    double reach = source->reach[rep];
    if (!source->travels[account] || isinf(reach))
        return 1;
    double x = source->place[account].x - source->x[rep];
    double y = source->place[account].y - source->y[rep];
    double z = source->place[account].z - source->z[rep];
    double square = x * x + y * y + z * z;
    return square > reach ? 0 : square < reach * (1 - 1e-6) ? 1 : -1;
}

int32_t bw_pair_source_count(const bw_pair_source *source, int32_t unit,
                             bw_pair *buffer)
{
    const bw_instance *instance = source->instance;
    const int32_t *account = instance->unit_account;
    int32_t first = instance->first_account[unit], mask = source->mask[unit];
    int32_t end = instance->first_account[unit + 1], sure = 0, n = 0;
    bool listed = source->problem->pairs.only_listed;
    for (int32_t i = first; i < end; i++)
        listed |= source->given_first[account[i]] <
                  source->given_first[account[i] + 1];
    if (listed)
        return bw_pair_source_row(source, unit, buffer);
    if (isinf(source->km_limit))
        return (int32_t)(source->list_first[mask + 1] -
                         source->list_first[mask]);
    for (int64_t i = source->list_first[mask]; i < source->list_first[mask + 1];
         i++) {
        int all = 1;
        for (int32_t j = first; j < end && all != 0; j++) {
            int one = within(source, account[j], source->list[i]);
            all = one == 1 ? all : one;
        }
        sure += all == 1;
        if (all < 0)
            buffer[n++] = (bw_pair){source->list[i], 0, 0};
    }
    return sure + bw_pair_source_some(source, unit, buffer, n);
}
