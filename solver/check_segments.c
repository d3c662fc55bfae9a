/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's segments: the first rule that holds wins, in order; a rule with a
 * share takes only the top of those that it could have. */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct ranked {
    double of;
    int32_t account;
} ranked;

/* Largest first, ties by file order. */
static int by_rank(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->of != b->of)
        return a->of > b->of ? -1 : 1;
    return (a->account > b->account) - (a->account < b->account);
}

static int32_t top_of(const bw_segment_rule *rule, const ranked *list,
                      int32_t n)
{
    if (isnan(rule->share))
        return n;
    if (rule->by == BW_BY_ACCOUNTS) {
        double count = ceil(rule->share * n - 1e-9);
        return count < 0 ? 0 : count > n ? n : (int32_t)count;
    }
    double total = 0, sum = 0;
    for (int32_t i = 0; i < n; i++)
        total += list[i].of;
    int32_t count = 0;
    while (count < n && sum < rule->share * total)
        sum += list[count++].of;
    return count;
}

/* Those that no earlier rule took and for which this one holds. */
static int32_t list_candidates(const bw_judge *judge,
                               const bw_segment_rule *rule, ranked *list)
{
    int32_t n = 0;
    for (int32_t a = 0; a < judge->n; a++) {
        if (judge->verdict.segment[a] >= 0 || (rule->holds && !rule->holds[a]))
            continue;
        double of = rule->of ? rule->of[a] : 0;
        list[n++] = (ranked){isnan(of) ? 0 : of, a};
    }
    if (!isnan(rule->share))
        qsort(list, (size_t)n, sizeof *list, by_rank);
    return n;
}

bw_status bw_judge_segments(bw_judge *judge, double *calls)
{
    const bw_problem *problem = judge->problem;
    bw_verdict *verdict = &judge->verdict;
    ranked *list = bw_alloc((size_t)judge->n, sizeof *list);
    if (!list)
        return BW_NOMEM;
    for (int32_t a = 0; a < judge->n; a++)
        verdict->segment[a] = -1;
    for (int32_t s = 0; s < problem->n_segments; s++) {
        const bw_segment_rule *rule = &problem->segments[s];
        int32_t n = list_candidates(judge, rule, list);
        int32_t top = top_of(rule, list, n);
        for (int32_t i = 0; i < top; i++)
            verdict->segment[list[i].account] = s;
    }
    bw_free(list);
    for (int32_t a = 0; a < judge->n; a++) {
        int32_t s = verdict->segment[a];
        double per_year = problem->accounts.calls[a];
        if (isnan(per_year))
            per_year = s < 0 ? 0 : problem->segments[s].calls;
        calls[a] = isnan(per_year) ? 0 : per_year;
    }
    return BW_OK;
}
