/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outliers by the median of each segment, loads of today against the bands,
 * and the share of exceptions. */
#include "gate.h"

#include "bw/alloc.h"
#include "quality.h"

#include <stdlib.h>

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* The revenues above 0 by segment, each segment's sorted: its median is the
 * lower one of two in the middle. */
static void find_medians(const bw_problem *problem, const int32_t *segment,
                         int32_t n_segments, double *sorted, int32_t *from,
                         double *median)
{
    const bw_accounts *accounts = &problem->accounts;
    for (int32_t a = 0; a < accounts->n; a++)
        if (accounts->revenue[a] > 0)
            from[(segment ? segment[a] : 0) + 1]++;
    for (int32_t s = 0; s < n_segments; s++)
        from[s + 1] += from[s];
    for (int32_t a = 0; a < accounts->n; a++)
        if (accounts->revenue[a] > 0)
            sorted[from[segment ? segment[a] : 0]++] = accounts->revenue[a];
    /* Every `from` stands at its segment's end now. */
    for (int32_t s = 0, begin = 0; s < n_segments; begin = from[s++]) {
        int32_t n = from[s] - begin;
        qsort(sorted + begin, (size_t)n, sizeof *sorted, by_size);
        median[s] = n > 0 ? sorted[begin + (n - 1) / 2] : 0;
    }
}

static bw_status list_outliers(const bw_problem *problem,
                               const int32_t *segment, const double *median,
                               bw_gate *gate)
{
    const bw_accounts *accounts = &problem->accounts;
    for (int pass = 0; pass < 2; pass++) {
        int32_t n = 0;
        for (int32_t a = 0; a < accounts->n; a++) {
            double middle = median[segment ? segment[a] : 0];
            if (!(middle > 0) ||
                !(accounts->revenue[a] > BW_OUTLIER_TIMES * middle))
                continue;
            if (pass == 1)
                gate->outlier[n] = (bw_outlier){a, middle};
            n++;
        }
        gate->n_outliers = n;
        if (pass == 0)
            gate->outlier =
                bw_arena_alloc(gate->arena, (size_t)n, sizeof *gate->outlier);
        if (!gate->outlier)
            return BW_NOMEM;
    }
    return BW_OK;
}

/* The segments where no instance has them: who fits none is of one more. */
static bw_status find_segments(const bw_problem *problem, int32_t **segment)
{
    int32_t n = problem->accounts.n;
    *segment = bw_alloc((size_t)n, sizeof **segment);
    bw_status status =
        *segment ? bw_segments_of(problem, *segment, NULL) : BW_NOMEM;
    for (int32_t a = 0; a < n && status == BW_OK; a++)
        if ((*segment)[a] < 0)
            (*segment)[a] = problem->n_segments;
    return status;
}

static bw_status find_outliers_in(const bw_problem *problem,
                                  const int32_t *segment, bw_gate *gate)
{
    int32_t n_segments = segment ? problem->n_segments + 1 : 1;
    double *sorted = bw_alloc((size_t)problem->accounts.n, sizeof *sorted);
    int32_t *from = bw_alloc((size_t)n_segments + 1, sizeof *from);
    double *median = bw_alloc((size_t)n_segments, sizeof *median);
    bw_status status = sorted && from && median ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        find_medians(problem, segment, n_segments, sorted, from, median);
        status = list_outliers(problem, segment, median, gate);
    }
    bw_free(sorted);
    bw_free(from);
    bw_free(median);
    return status;
}

static bw_status find_outliers(const bw_problem *problem,
                               const bw_instance *instance, bool segmented,
                               bw_gate *gate)
{
    int32_t *found = NULL;
    bw_status status = BW_OK;
    if (!instance && segmented)
        status = find_segments(problem, &found);
    if (status == BW_OK)
        status = find_outliers_in(problem, instance ? instance->segment : found,
                                  gate);
    bw_free(found);
    return status;
}

/* Does the rule take a serving rep away from accounts of this class? */
static bool binds(const bw_problem *problem, const bw_pair_rule *rule,
                  int32_t class)
{
    const uint8_t *allowed =
        rule->allowed + (int64_t) class * rule->n_rep_classes;
    for (int32_t rep = 0; rep < problem->reps.n_serving; rep++)
        if (!allowed[rule->rep_class[rep]])
            return true;
    return false;
}

static bw_status mark_rule(const bw_problem *problem, const bw_pair_rule *rule,
                           uint8_t *mark)
{
    int32_t bound = 0, n = problem->accounts.n;
    size_t n_classes = (size_t)rule->n_account_classes;
    uint8_t *class_binds = bw_alloc(n_classes, 1);
    if (!class_binds)
        return BW_NOMEM;
    for (int32_t c = 0; c < rule->n_account_classes; c++)
        class_binds[c] = binds(problem, rule, c);
    for (int32_t a = 0; a < n; a++)
        bound += class_binds[rule->account_class[a]];
    for (int32_t a = 0; a < n && bound <= n / 2; a++)
        mark[a] |= class_binds[rule->account_class[a]];
    bw_free(class_binds);
    return BW_OK;
}

static bw_status count_exceptions(const bw_problem *problem, bw_gate *gate)
{
    int32_t n = problem->accounts.n;
    uint8_t *mark = bw_alloc((size_t)n, 1);
    bw_status status = mark ? BW_OK : BW_NOMEM;
    for (int32_t i = 0; i < problem->n_rules && status == BW_OK; i++)
        if (problem->rules[i].allowed)
            status = mark_rule(problem, &problem->rules[i], mark);
    for (int64_t i = 0; i < problem->pairs.n && status == BW_OK; i++)
        if (problem->pairs.row[i].allowed >= 0 && !problem->pairs.only_listed)
            mark[problem->pairs.row[i].account] = 1;
    for (int32_t a = 0; a < n && status == BW_OK; a++)
        gate->excepted +=
            mark[a] || (problem->lock && problem->lock[a] >= 0 &&
                        problem->accounts.placing[a] != BW_WITH_OWNER);
    bw_free(mark);
    return status;
}

/* Workload as the owner has it; a pair that is not allowed counts without its
 * way. */
static void add_load(const bw_instance *instance, int32_t account,
                     int32_t owner, int64_t *load)
{
    bw_pair_parts parts;
    bw_instance_account_parts(instance, account, owner, &parts);
    for (int32_t k = 0; k < instance->n_measures; k++) {
        const double *value = instance->problem->balances[k].value;
        if (k == instance->workload)
            load[k] += instance->service_hours[account] + parts.travel_hours;
        else if (value)
            load[k] += bw_quanta(value[account]);
    }
}

/* A candidate owns nothing today, which is no fault; nor has who is closed. */
static bool is_judged(const bw_reps *reps, int32_t rep)
{
    return bw_rep_open(reps, rep) &&
           !(reps->free && reps->free[rep] == BW_MAY_OPEN);
}

static bw_status look_at_owners(const bw_problem *problem,
                                const bw_instance *instance, bw_gate *gate)
{
    size_t n = (size_t)problem->reps.n_serving;
    size_t n_measures = instance ? (size_t)instance->n_measures : 0;
    gate->owner = bw_arena_alloc(gate->arena, n, sizeof *gate->owner);
    gate->load = instance ? bw_arena_alloc(gate->arena, n * n_measures,
                                           sizeof *gate->load)
                          : NULL;
    if (!gate->owner || (instance && !gate->load))
        return BW_NOMEM;
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        int32_t owner = problem->accounts.owner[a];
        if (owner < 0 || owner >= problem->reps.n_serving) {
            gate->unowned++;
            continue;
        }
        gate->owner[owner].accounts++;
        if (instance)
            add_load(instance, a, owner,
                     gate->load + (size_t)owner * n_measures);
    }
    for (size_t i = 0; i < n * n_measures; i++)
        if (is_judged(&problem->reps, (int32_t)(i / n_measures)) &&
            (gate->load[i] < instance->low[i] ||
             gate->load[i] > instance->high[i]))
            gate->owner[i / n_measures].outside |= 1U << i % n_measures;
    return BW_OK;
}

bw_status bw_gate_new(const bw_problem *problem, const bw_instance *instance,
                      bool segmented, bw_gate **result)
{
    bw_arena *arena = bw_arena_new();
    bw_gate *gate = arena ? bw_arena_alloc(arena, 1, sizeof *gate) : NULL;
    bw_status status = BW_NOMEM;
    if (gate) {
        gate->arena = arena;
        status = find_outliers(problem, instance, segmented, gate);
    }
    if (status == BW_OK)
        status = count_exceptions(problem, gate);
    if (status == BW_OK)
        status = look_at_owners(problem, instance, gate);
    if (status != BW_OK)
        bw_arena_free(arena);
    *result = status == BW_OK ? gate : NULL;
    return status;
}

void bw_gate_free(bw_gate *gate)
{
    if (gate)
        bw_arena_free(gate->arena);
}

const char *bw_outlier_words(double times)
{
    return times < 3e5 ? "units where the others are in thousands"
                       : "units where the others are in millions";
}
