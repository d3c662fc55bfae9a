/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hard bands that cannot hold together, proven by counting: for a set of reps
 * S, the units that only reps of S may serve must fit under the tops of S, and
 * all units that some rep of S may serve must suffice for the bottoms of S.
 * Sets looked at: everybody, reps that rules connect, groups of `within`, the
 * distinct sets that rules leave, single reps. Distance is left aside, which
 * keeps the proofs sound: it only takes pairs away. */
#include "validate.h"

#include <stdio.h>

/* Sets x masks x words that are still quick to go through. */
#define WORK_LIMIT 200000000

/* Sums over the units of one mask, one measure. A unit that may go elsewhere
 * counts only where that makes the proof weaker. */
typedef struct mask_sum {
    int64_t least, most;           /* of units that must be inside */
    int64_t least_free, most_free; /* min(0, least), max(0, most) */
} mask_sum;

typedef struct capacity {
    bw_build *build;
    const bw_pair_source *source;
    bw_masks sets;
    int32_t *order;    /* [sets.n] by size, then number */
    mask_sum *sum;     /* [n_masks * n_measures] */
    uint8_t *short_of; /* [sets.n] found short of the present side */
} capacity;

static void free_capacity(capacity *c)
{
    bw_masks_free(&c->sets);
    bw_free(c->order);
    bw_free(c->sum);
    bw_free(c->short_of);
}

static const uint64_t *mask_at(const capacity *c, int32_t mask)
{
    return c->source->bits + (int64_t)mask * c->source->n_words;
}

static void add_sums(capacity *c, const bw_survey *survey)
{
    const bw_instance *instance = c->build->instance;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t least = bw_survey_least(instance, survey, unit, k);
            int64_t most = bw_survey_most(instance, survey, unit, k);
            mask_sum *sum =
                &c->sum[(int64_t)c->source->mask[unit] * instance->n_measures +
                        k];
            sum->least += least;
            sum->most += most;
            sum->least_free += least < 0 ? least : 0;
            sum->most_free += most > 0 ? most : 0;
        }
}

/* Adds the union of all masks that are linked to `mask` through shared reps;
 * `seen` marks what belongs to one already. */
static bw_status add_component(capacity *c, int32_t mask, uint8_t *seen,
                               uint64_t *set)
{
    int32_t n_words = c->source->n_words, number;
    bw_mask_clear(set, n_words);
    bw_mask_or(set, mask_at(c, mask), n_words);
    seen[mask] = 1;
    for (bool grown = true; grown;) {
        grown = false;
        for (int32_t i = 0; i < c->source->n_masks; i++) {
            if (seen[i] || !bw_mask_meets(mask_at(c, i), set, n_words))
                continue;
            bw_mask_or(set, mask_at(c, i), n_words);
            seen[i] = 1;
            grown = true;
        }
    }
    return bw_masks_number(&c->sets, set, &number);
}

static bw_status add_components(capacity *c, uint64_t *set)
{
    uint8_t *seen = bw_alloc((size_t)c->source->n_masks, 1);
    bw_status status = seen ? BW_OK : BW_NOMEM;
    for (int32_t i = 0; status == BW_OK && i < c->source->n_masks; i++)
        if (!seen[i])
            status = add_component(c, i, seen, set);
    bw_free(seen);
    return status;
}

static bw_status add_groups(capacity *c, const bw_balance *balance,
                            uint64_t *set)
{
    bw_status status = BW_OK;
    int32_t n_reps = c->build->instance->n_reps, number;
    for (int32_t group = 0; status == BW_OK && group < balance->n_groups;
         group++) {
        bw_mask_clear(set, c->source->n_words);
        for (int32_t rep = 0; rep < n_reps; rep++)
            if (balance->group[rep] == group)
                bw_mask_add(set, rep);
        status = bw_masks_number(&c->sets, set, &number);
    }
    return status;
}

static bw_status add_many(capacity *c, uint64_t *set)
{
    bw_status status = BW_OK;
    int32_t n_reps = c->build->instance->n_reps, number;
    int64_t n_sets = (int64_t)n_reps + c->source->n_masks;
    if (n_sets * c->source->n_masks > WORK_LIMIT / c->source->n_words)
        return BW_OK;
    for (int32_t i = 0; status == BW_OK && i < c->source->n_masks; i++)
        status = bw_masks_number(&c->sets, mask_at(c, i), &number);
    for (int32_t rep = 0; status == BW_OK && rep < n_reps; rep++) {
        bw_mask_clear(set, c->source->n_words);
        bw_mask_add(set, rep);
        status = bw_masks_number(&c->sets, set, &number);
    }
    return status;
}

static bw_status add_sets(capacity *c, uint64_t *set)
{
    const bw_problem *problem = c->build->problem;
    int32_t number;
    bw_mask_fill(set, c->build->instance->n_reps);
    bw_status status = bw_masks_number(&c->sets, set, &number);
    if (status == BW_OK)
        status = add_components(c, set);
    for (int32_t k = 0; status == BW_OK && k < problem->n_balances; k++)
        if (problem->balances[k].group)
            status = add_groups(c, &problem->balances[k], set);
    return status == BW_OK ? add_many(c, set) : status;
}

/* Sorts the sets by size with a count per size; stable, so ties keep their
 * numbers' order. */
static bw_status order_sets(capacity *c)
{
    int32_t n_reps = c->sets.n_reps;
    int32_t *next = bw_alloc((size_t)n_reps + 2, sizeof *next);
    c->order = bw_alloc((size_t)c->sets.n, sizeof *c->order);
    c->short_of = bw_alloc((size_t)c->sets.n, 1);
    if (!next || !c->order || !c->short_of) {
        bw_free(next);
        return BW_NOMEM;
    }
    for (int32_t i = 0; i < c->sets.n; i++)
        next[bw_mask_count(bw_masks_at(&c->sets, i), c->sets.n_words) + 1]++;
    for (int32_t size = 0; size <= n_reps; size++)
        next[size + 1] += next[size];
    for (int32_t i = 0; i < c->sets.n; i++)
        c->order[next[bw_mask_count(bw_masks_at(&c->sets, i),
                                    c->sets.n_words)]++] = i;
    bw_free(next);
    return BW_OK;
}

/* "R1", "R2" and 7 more */
static void list_reps(const capacity *c, const uint64_t *set, char *text,
                      size_t room)
{
    const bw_problem *problem = c->build->problem;
    int32_t named = 0, n = bw_mask_count(set, c->sets.n_words);
    size_t used = 0;
    for (int32_t rep = 0; rep < c->sets.n_reps && named < 5; rep++) {
        if (!bw_mask_has(set, rep))
            continue;
        int len = snprintf(text + used, room - used, "%s\"%.60s\"",
                           named ? ", " : "", problem->reps.id[rep]);
        used += len > 0 ? (size_t)len : 0;
        named++;
    }
    if (n > named)
        snprintf(text + used, room - used, " and %d more", (int)(n - named));
}

/* What a set has to hold (bottom: can get) against what its bands say. */
static void report(capacity *c, const uint64_t *set, int32_t k,
                   const bw_wide amount[2])
{
    char reps[400], found[BW_AMOUNT_ROOM], limit[BW_AMOUNT_ROOM];
    char missing[BW_AMOUNT_ROOM];
    const bw_balance *balance = &c->build->problem->balances[k];
    bool above = amount[0] > amount[1];
    bw_wide gap = above ? amount[0] - amount[1] : amount[1] - amount[0];
    list_reps(c, set, reps, sizeof reps);
    bw_amount_text((int64_t)amount[0], found);
    bw_amount_text((int64_t)amount[1], limit);
    bw_amount_text((int64_t)gap, missing);
    c->build->instance->impossible = true;
    bool all = bw_mask_count(set, c->sets.n_words) == c->sets.n_reps;
    if (above)
        bw_diag_add(
            c->build->diags, BW_ERROR, BW_CAPACITY_SHORT, balance->place,
            "the accounts that %s%s may serve bring at least %s of "
            "%s, but the hard bands of these reps hold at most %s: %s "
            "too much; raise the bands, add reps, or loosen rules",
            all ? "" : "only ", reps, found, balance->measure, limit, missing);
    else
        bw_diag_add(c->build->diags, BW_ERROR, BW_CAPACITY_SHORT,
                    balance->place,
                    "the accounts that %s may serve bring at most %s of %s, "
                    "but the hard bands of these reps ask for at least %s: %s "
                    "too little; lower the bands, or loosen rules",
                    reps, found, balance->measure, limit, missing);
}

/* Sum of the bands' tops (bottoms) of a set; false: one has no limit. */
static bool sum_bands(const capacity *c, const uint64_t *set, int32_t k,
                      bool top, bw_wide *sum)
{
    const bw_instance *instance = c->build->instance;
    const int64_t *band = top ? instance->high : instance->low;
    *sum = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        if (!bw_mask_has(set, rep))
            continue;
        int64_t limit = band[(int64_t)rep * instance->n_measures + k];
        if (limit == (top ? BW_NO_HIGH : BW_NO_LOW))
            return false;
        *sum += limit;
    }
    return true;
}

/* The least that the set must hold, or the most that it can. */
static bw_wide sum_units(const capacity *c, const uint64_t *set, int32_t k,
                         bool top)
{
    int32_t n_words = c->sets.n_words;
    bw_wide total = 0;
    for (int32_t i = 0; i < c->source->n_masks; i++) {
        const mask_sum *sum =
            &c->sum[(int64_t)i * c->build->instance->n_measures + k];
        if (bw_mask_inside(mask_at(c, i), set, n_words))
            total += top ? sum->least : sum->most;
        else if (bw_mask_meets(mask_at(c, i), set, n_words))
            total += top ? sum->least_free : sum->most_free;
    }
    return total;
}

/* A smaller set inside this one is short already: that says enough. */
static bool explained(const capacity *c, const uint64_t *set, int32_t n_before)
{
    for (int32_t i = 0; i < n_before; i++)
        if (c->short_of[c->order[i]] &&
            bw_mask_inside(bw_masks_at(&c->sets, c->order[i]), set,
                           c->sets.n_words))
            return true;
    return false;
}

static void check_side(capacity *c, int32_t k, bool top)
{
    for (int32_t i = 0; i < c->sets.n; i++)
        c->short_of[i] = 0;
    for (int32_t i = 0; i < c->sets.n; i++) {
        const uint64_t *set = bw_masks_at(&c->sets, c->order[i]);
        bw_wide amount[2]; /* of the units, of the bands */
        if (!sum_bands(c, set, k, top, &amount[1]))
            continue;
        amount[0] = sum_units(c, set, k, top);
        bool fits = top ? amount[0] <= amount[1] : amount[0] >= amount[1];
        if (fits || explained(c, set, i))
            continue;
        c->short_of[c->order[i]] = 1;
        report(c, set, k, amount);
    }
}

static bw_status prepare(capacity *c, const bw_survey *survey)
{
    bw_instance *instance = c->build->instance;
    size_t n_sums = (size_t)c->source->n_masks * (size_t)instance->n_measures;
    bw_status status = bw_masks_init(&c->sets, instance->n_reps);
    c->sum = bw_alloc(n_sums, sizeof *c->sum);
    uint64_t *set = bw_alloc((size_t)c->source->n_words, sizeof *set);
    if (status != BW_OK || !c->sum || !set)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = add_sets(c, set);
    bw_free(set);
    if (status != BW_OK)
        return status;
    add_sums(c, survey);
    return order_sets(c);
}

bw_status bw_validate_capacity(bw_build *build, const bw_pair_source *source,
                               const bw_survey *survey)
{
    const bw_instance *instance = build->instance;
    bool any_hard = false;
    for (int32_t k = 0; k < instance->n_measures; k++)
        any_hard |= instance->measure[k].under == BW_HARD ||
                    instance->measure[k].over == BW_HARD;
    if (!any_hard)
        return BW_OK;
    capacity c = {.build = build, .source = source};
    bw_status status = prepare(&c, survey);
    for (int32_t k = 0; status == BW_OK && k < instance->n_measures; k++) {
        if (instance->measure[k].over == BW_HARD)
            check_side(&c, k, true);
        if (instance->measure[k].under == BW_HARD)
            check_side(&c, k, false);
    }
    free_capacity(&c);
    return status;
}
