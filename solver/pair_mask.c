/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules and locks leave each unit a set of reps. Rules speak of classes, so
 * each distinct set of a rule is made once; a unit's set is what all rules of
 * all its accounts have in common. */
#include "pair.h"

/* What one rule leaves to each class of accounts. */
typedef struct rule_sets {
    int32_t *set; /* [n_account_classes] number in masks */
} rule_sets;

typedef struct work {
    bw_masks by_rule, by_unit;
    rule_sets *rule; /* [n_rules] */
    uint64_t *set;   /* [n_words] scratch */
} work;

static void free_work(work *w, int32_t n_rules)
{
    for (int32_t i = 0; w->rule && i < n_rules; i++)
        bw_free(w->rule[i].set);
    bw_free(w->rule);
    bw_free(w->set);
    bw_masks_free(&w->by_rule);
    bw_masks_free(&w->by_unit);
}

static bw_status make_rule_sets(const bw_pair_rule *rule, work *w,
                                rule_sets *sets)
{
    size_t n_classes = (size_t)rule->n_account_classes;
    sets->set = bw_alloc(n_classes, sizeof *sets->set);
    if (!sets->set)
        return BW_NOMEM;
    for (int32_t class = 0; class < rule->n_account_classes; class ++) {
        const uint8_t *allowed =
            rule->allowed + (int64_t) class * rule->n_rep_classes;
        bw_mask_clear(w->set, w->by_rule.n_words);
        for (int32_t rep = 0; rep < w->by_rule.n_reps; rep++)
            if (allowed[rule->rep_class[rep]])
                bw_mask_add(w->set, rep);
        if (bw_masks_number(&w->by_rule, w->set, &sets->set[class]) != BW_OK)
            return BW_NOMEM;
    }
    return BW_OK;
}

static bw_status start_work(const bw_pair_source *source, work *w)
{
    const bw_problem *problem = source->problem;
    int32_t n_reps = problem->reps.n_serving;
    if (bw_masks_init(&w->by_rule, n_reps) != BW_OK ||
        bw_masks_init(&w->by_unit, n_reps) != BW_OK)
        return BW_NOMEM;
    w->rule = bw_alloc((size_t)problem->n_rules, sizeof *w->rule);
    w->set = bw_alloc((size_t)w->by_unit.n_words, sizeof *w->set);
    if (!w->rule || !w->set)
        return BW_NOMEM;
    for (int32_t i = 0; i < problem->n_rules; i++)
        if (make_rule_sets(&problem->rules[i], w, &w->rule[i]) != BW_OK)
            return BW_NOMEM;
    return BW_OK;
}

/* A set of this rep alone; of nobody when it is leaving. */
static void keep_only(uint64_t *set, int32_t n_words, int32_t rep,
                      int32_t n_reps)
{
    bool had = rep < n_reps && bw_mask_has(set, rep);
    bw_mask_clear(set, n_words);
    if (had)
        bw_mask_add(set, rep);
}

static void unit_set(const bw_pair_source *source, const work *w, int32_t unit)
{
    const bw_problem *problem = source->problem;
    const bw_instance *instance = source->instance;
    int32_t n_words = w->by_unit.n_words, n_reps = w->by_unit.n_reps;
    bw_mask_fill(w->set, n_reps);
    for (int32_t i = instance->first_account[unit];
         i < instance->first_account[unit + 1]; i++) {
        int32_t a = instance->unit_account[i];
        for (int32_t rule = 0; rule < problem->n_rules; rule++) {
            int32_t class = problem->rules[rule].account_class[a];
            int32_t number = w->rule[rule].set[class];
            bw_mask_and(w->set, bw_masks_at(&w->by_rule, number), n_words);
        }
        if (problem->lock && problem->lock[a] >= 0)
            keep_only(w->set, n_words, problem->lock[a], n_reps);
    }
}

/* Takes the distinct sets over into the arena, as bits and as lists. */
static bw_status keep_sets(bw_arena *arena, bw_pair_source *source,
                           const bw_masks *masks)
{
    size_t n_masks = (size_t)masks->n, n_words = (size_t)masks->n_words;
    source->n_masks = masks->n;
    source->n_words = masks->n_words;
    source->bits =
        bw_arena_alloc(arena, n_masks * n_words, sizeof *source->bits);
    source->list_first =
        bw_arena_alloc(arena, n_masks + 1, sizeof *source->list_first);
    if (!source->bits || !source->list_first)
        return BW_NOMEM;
    for (size_t i = 0; i < n_masks * n_words; i++)
        source->bits[i] = masks->bits[i];
    for (int32_t i = 0; i < masks->n; i++)
        source->list_first[i + 1] =
            source->list_first[i] +
            bw_mask_count(bw_masks_at(masks, i), masks->n_words);
    source->list = bw_arena_alloc(arena, (size_t)source->list_first[n_masks],
                                  sizeof *source->list);
    if (!source->list)
        return BW_NOMEM;
    int32_t *next = source->list;
    for (int32_t i = 0; i < masks->n; i++)
        for (int32_t rep = 0; rep < masks->n_reps; rep++)
            if (bw_mask_has(bw_masks_at(masks, i), rep))
                *next++ = rep;
    return BW_OK;
}

static bw_status make_masks(bw_build *build, bw_pair_source *source, work *w)
{
    bw_arena *arena = build->instance->arena;
    int32_t n_units = build->instance->n_units;
    if (start_work(source, w) != BW_OK)
        return BW_NOMEM;
    source->mask = bw_arena_alloc(arena, (size_t)n_units, sizeof *source->mask);
    if (!source->mask)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < n_units; unit++) {
        unit_set(source, w, unit);
        if (bw_masks_number(&w->by_unit, w->set, &source->mask[unit]) != BW_OK)
            return BW_NOMEM;
    }
    return keep_sets(arena, source, &w->by_unit);
}

bw_status bw_pair_masks(bw_build *build, bw_pair_source *source)
{
    work w = {0};
    bw_status status = make_masks(build, source, &w);
    free_work(&w, source->problem->n_rules);
    return status;
}
