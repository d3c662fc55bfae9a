/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first segment that holds takes the account; its coverage gives calls a
 * year and service hours, where the account does not bring its own. */
#include "segment.h"

#include <math.h>
#include <stdlib.h>

/* An account in the ranking of a segment with a share. */
typedef struct ranked {
    double of;
    int32_t account;
} ranked;

/* Largest first, ties in file order. */
static int by_rank(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->of != b->of)
        return a->of < b->of ? 1 : -1;
    return (a->account > b->account) - (a->account < b->account);
}

/* How many of the ranking the share takes. */
static int32_t share_count(const bw_segment_rule *rule, const ranked *ranking,
                           int32_t n)
{
    int32_t count = 0;
    if (rule->by == BW_BY_ACCOUNTS) {
        /* 30 % of 10 is 3, though 0.3 x 10 is above 3 in floating point. */
        double top = ceil(rule->share * n - 1e-9);
        return top <= 0 ? 0 : top >= n ? n : (int32_t)top;
    }
    double total = 0, sum = 0;
    for (int32_t i = 0; i < n; i++)
        total += ranking[i].of;
    while (count < n && sum < rule->share * total)
        sum += ranking[count++].of;
    return count;
}

/* Gives segment number `index` its accounts among those not yet taken. */
static int32_t take(const bw_problem *problem, int32_t index, int32_t *segment,
                    ranked *ranking)
{
    const bw_segment_rule *rule = &problem->segments[index];
    int32_t n = 0;
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        if (segment[a] >= 0 || (rule->holds && !rule->holds[a]))
            continue;
        double of = rule->of && !isnan(rule->of[a]) ? rule->of[a] : 0;
        ranking[n++] = (ranked){of, a};
    }
    if (!isnan(rule->share)) {
        if (n)
            qsort(ranking, (size_t)n, sizeof *ranking, by_rank);
        n = share_count(rule, ranking, n);
    }
    for (int32_t i = 0; i < n; i++)
        segment[ranking[i].account] = index;
    return n;
}

/* Without a condition: io reports that later segments cannot be reached. */
static bool takes_all(const bw_segment_rule *rule)
{
    return !rule->holds && isnan(rule->share);
}

/* Calls and hours of one account; false: its hours cannot be known. */
static bool cover(const bw_build *build, int32_t account)
{
    const bw_accounts *accounts = &build->problem->accounts;
    int32_t segment = build->instance->segment[account];
    double calls = accounts->calls[account], per_call = (double)NAN;
    double hours = accounts->hours[account];
    if (segment >= 0) {
        const bw_segment_rule *rule = &build->problem->segments[segment];
        calls = isnan(calls) ? rule->calls : calls;
        per_call = rule->hours;
    }
    if (isnan(hours))
        hours = calls * per_call;
    build->instance->calls[account] = isnan(calls) ? 0 : calls;
    build->instance->service_hours[account] =
        hours <= BW_LARGEST_SUM ? bw_quanta(hours) : 0; /* see sizes.c */
    return !isnan(hours);
}

/* The first row of pairs.csv of an account (or of a later one). */
static int64_t first_given(const bw_pairs_given *pairs, int32_t account)
{
    int64_t low = 0, high = pairs->n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (pairs->row[middle].account < account)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does pairs.csv give the whole workload of every pair that the account can
 * have, so that nobody asks for its service hours? */
static bool hours_by_pairs(const bw_problem *problem, int32_t account)
{
    const bw_pairs_given *pairs = &problem->pairs;
    int32_t settled = 0;
    int64_t i = first_given(pairs, account);
    for (; i < pairs->n && pairs->row[i].account == account; i++) {
        if (pairs->row[i].allowed != 0 && isnan(pairs->row[i].hours))
            return false;
        settled++;
    }
    return pairs->only_listed || settled == problem->reps.n_serving;
}

static void cover_all(bw_build *build)
{
    const bw_problem *problem = build->problem;
    bool needed = build->instance->workload >= 0;
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        int32_t segment = build->instance->segment[a];
        bw_place place = bw_account_place(problem, a);
        if (!cover(build, a) && needed && segment >= 0 &&
            !hours_by_pairs(problem, a)) {
            build->n_faults++;
            bw_diag_add(build->diags, BW_ERROR, BW_FIELD_BLANK, place,
                        "account \"%s\" has no hours, and its segment \"%s\" "
                        "has no coverage with both calls and hours, but "
                        "workload is balanced; give <coverage> or hours",
                        problem->accounts.id[a],
                        problem->segments[segment].name);
        }
        if (segment < 0) {
            build->n_faults++;
            bw_diag_add(build->diags, BW_ERROR, BW_SEGMENT_NONE, place,
                        "no segment takes account \"%s\"; add a last "
                        "<segment> without where",
                        problem->accounts.id[a]);
        }
    }
}

bw_status bw_segments_of(const bw_problem *problem, int32_t *segment,
                         int32_t *count)
{
    size_t n = (size_t)problem->accounts.n;
    ranked *ranking = bw_alloc(n, sizeof *ranking);
    if (!ranking)
        return BW_NOMEM;
    for (size_t a = 0; a < n; a++)
        segment[a] = -1;
    for (int32_t i = 0; i < problem->n_segments; i++) {
        int32_t taken = take(problem, i, segment, ranking);
        if (count)
            count[i] = taken;
    }
    bw_free(ranking);
    return BW_OK;
}

static void tell_empty(const bw_build *build, const int32_t *count)
{
    const bw_problem *problem = build->problem;
    bool taken = false; /* by a segment that takes all: reported as such */
    for (int32_t i = 0; i < problem->n_segments; i++) {
        if (count[i] == 0 && !taken)
            bw_diag_add(build->diags, BW_WARNING, BW_SEGMENT_EMPTY,
                        problem->segments[i].place,
                        "segment \"%s\" takes no account; check its rule, or "
                        "the order of the segments",
                        problem->segments[i].name);
        taken = taken || takes_all(&problem->segments[i]);
    }
}

bw_status bw_segments_assign(bw_build *build)
{
    const bw_problem *problem = build->problem;
    bw_instance *instance = build->instance;
    size_t n = (size_t)problem->accounts.n;
    instance->segment =
        bw_arena_alloc(instance->arena, n, sizeof *instance->segment);
    instance->calls =
        bw_arena_alloc(instance->arena, n, sizeof *instance->calls);
    instance->service_hours =
        bw_arena_alloc(instance->arena, n, sizeof *instance->service_hours);
    int32_t *count = bw_alloc((size_t)problem->n_segments, sizeof *count);
    bw_status status =
        instance->segment && instance->calls && instance->service_hours && count
            ? bw_segments_of(problem, instance->segment, count)
            : BW_NOMEM;
    if (status == BW_OK) {
        tell_empty(build, count);
        cover_all(build);
    }
    bw_free(count);
    return status;
}
