/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's pairs: whether an account may be with a rep, what that costs and
 * how many hours it takes, straight from what was read. One pair at a time, no
 * table. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const bw_pair_given *bw_judge_given(const bw_judge *judge, int32_t account,
                                    int32_t rep)
{
    const bw_pair_given *low = judge->given[account];
    const bw_pair_given *high = judge->given[account + 1];
    while (low < high) {
        const bw_pair_given *middle = low + (high - low) / 2;
        if (middle->rep == rep)
            return middle;
        if (middle->rep < rep)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const bw_pair_rule *forbidding_rule(const bw_problem *problem,
                                           int32_t account, int32_t rep)
{
    for (int32_t i = 0; i < problem->n_rules; i++) {
        const bw_pair_rule *rule = &problem->rules[i];
        int64_t row = rule->account_class[account];
        if (!rule->allowed[row * rule->n_rep_classes + rule->rep_class[rep]])
            return rule;
    }
    return NULL;
}

/* Everything that can forbid a pair, but its distance. */
static bool rules_allow(const bw_judge *judge, int32_t account, int32_t rep,
                        const bw_pair_given *given)
{
    const bw_problem *problem = judge->problem;
    int32_t lock = problem->lock[account];
    if (lock >= 0 && lock != rep)
        return false;
    if (given ? given->allowed == 0 : problem->pairs.only_listed)
        return false;
    return !forbidding_rule(problem, account, rep);
}

bool bw_judge_rules_allow(const bw_judge *judge, int32_t account, int32_t rep)
{
    return rules_allow(judge, account, rep, NULL);
}

static bool travels(const bw_judge *judge, int32_t account, int32_t rep)
{
    return judge->problem->travel.counts && judge->placed[account] &&
           !judge->problem->reps.inside[rep];
}

/* Road km: as given, else from the places; NaN where one is not known. Whether
 * anybody travels it is another question. */
static double road_km(const bw_judge *judge, int32_t account, int32_t rep,
                      const bw_pair_given *given)
{
    const bw_problem *problem = judge->problem;
    if (given && !isnan(given->km))
        return given->km;
    if (!judge->placed[account] || !bw_point_known(problem->reps.home[rep]))
        return NAN;
    return bw_geo_km(judge->place[account], judge->home[rep]) *
           problem->travel.road_factor;
}

/* The limit holds for ways between places, whether they are counted or not,
 * and for those that were given. Inside reps reach everybody. */
static bool too_far(const bw_judge *judge, int32_t account, int32_t rep,
                    const bw_pair_given *given, double km)
{
    bool apart = judge->placed[account] && !judge->problem->reps.inside[rep];
    return km > judge->problem->km_limit &&
           ((given && !isnan(given->km)) || apart);
}

static void fill_figures(const bw_judge *judge, int32_t account, int32_t rep,
                         const bw_pair_given *given, bw_account_figures *f)
{
    const bw_problem *problem = judge->problem;
    double driven = 0, hours = 0;
    if (travels(judge, account, rep)) {
        driven = isnan(f->km) ? 0 : judge->trips[account] * f->km;
        hours = driven / problem->travel.speed_kmh;
        if (given && !isnan(given->travel_hours))
            hours = given->travel_hours;
    }
    int32_t owner = problem->accounts.owner[account];
    f->travel = bw_quanta(hours * problem->travel.hour_cost +
                          driven * problem->travel.km_cost);
    f->handover = owner >= 0 && owner != rep ? judge->handover[account] : 0;
    f->given = given && !isnan(given->cost) ? bw_quanta(given->cost) : 0;
    if (problem->pairs.cost_replaces && given && !isnan(given->cost))
        f->travel = f->handover = 0;
    f->cost = f->travel + f->handover + f->given;
    f->service_hours = judge->verdict.service_hours[account];
    f->workload = given && !isnan(given->hours)
                      ? bw_quanta(given->hours)
                      : f->service_hours + bw_quanta(hours);
    f->travel_hours = f->workload - f->service_hours;
}

bool bw_judge_pair(const bw_judge *judge, int32_t account, int32_t rep,
                   const bw_pair_given *given, bw_account_figures *figures)
{
    figures->km = road_km(judge, account, rep, given);
    figures->allowed = rules_allow(judge, account, rep, given) &&
                       !too_far(judge, account, rep, given, figures->km);
    fill_figures(judge, account, rep, given, figures);
    return figures->allowed;
}

void bw_verdict_account(const bw_problem *problem, const bw_verdict *verdict,
                        int32_t account, int32_t rep,
                        bw_account_figures *figures)
{
    const bw_judge *judge = (const bw_judge *)verdict;
    (void)problem;
    bw_judge_pair(judge, account, rep, bw_judge_given(judge, account, rep),
                  figures);
}

/* One account's share of its unit's row. */
static void add_account(const bw_judge *judge, int32_t account,
                        bw_check_row *row)
{
    const bw_pair_given *given = judge->given[account];
    const bw_pair_given *end = judge->given[account + 1];
    for (int32_t rep = 0; rep < judge->m; rep++) {
        while (given < end && given->rep < rep)
            given++;
        const bw_pair_given *own =
            given < end && given->rep == rep ? given : NULL;
        if (!row->allowed[rep])
            continue;
        row->allowed[rep] = rules_allow(judge, account, rep, own);
        if (!row->allowed[rep])
            continue;
        bw_account_figures figures;
        figures.km = road_km(judge, account, rep, own);
        row->allowed[rep] = !too_far(judge, account, rep, own, figures.km);
        if (!row->allowed[rep])
            continue;
        fill_figures(judge, account, rep, own, &figures);
        row->cost[rep] += figures.cost;
        row->work[rep] += figures.workload;
    }
}

void bw_judge_row(const bw_judge *judge, int32_t unit, bw_check_row *row)
{
    size_t m = (size_t)judge->m;
    memset(row->allowed, 1, m);
    memset(row->cost, 0, m * sizeof *row->cost);
    memset(row->work, 0, m * sizeof *row->work);
    int32_t end = judge->unit_first[unit + 1];
    for (int32_t i = judge->unit_first[unit]; i < end; i++)
        add_account(judge, judge->unit_account[i], row);
    row->n_allowed = 0;
    for (size_t rep = 0; rep < m; rep++)
        row->n_allowed += row->allowed[rep];
}

void bw_judge_why_not(const bw_judge *judge, int32_t account, int32_t rep,
                      char *text, size_t room)
{
    const bw_problem *problem = judge->problem;
    const bw_pair_given *given = bw_judge_given(judge, account, rep);
    const bw_pair_rule *rule = forbidding_rule(problem, account, rep);
    int32_t lock = problem->lock[account];
    double km = road_km(judge, account, rep, given);
    if (lock >= 0 && lock != rep)
        snprintf(text, room, "it is locked to \"%s\"", problem->reps.id[lock]);
    else if (given && given->allowed == 0)
        snprintf(text, room, "line %u of the pairs file forbids it",
                 (unsigned)given->line);
    else if (!given && problem->pairs.only_listed)
        snprintf(text, room, "the pairs file does not list it");
    else if (rule)
        snprintf(text, room, "the rule of line %u forbids it: %s",
                 (unsigned)rule->place.line, rule->text ? rule->text : "");
    else
        snprintf(text, room, "%.4f km exceed the limit of %.4f km", km,
                 problem->km_limit);
}
