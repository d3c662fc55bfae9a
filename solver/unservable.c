/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why nobody may serve a unit: two locks, a lock against a rule, a rule alone,
 * rules together, distance, or pairs.csv; the first that explains it. */
#include "validate.h"

#include <math.h>
#include <stdio.h>

/* One unit that has no pair, and where to point. */
typedef struct lonely {
    bw_build *build;
    const bw_pair_source *source;
    int32_t unit;
    int32_t first, end; /* its accounts in unit_account */
    char name[BW_UNIT_ROOM];
} lonely;

static int32_t account_at(const lonely *u, int32_t i)
{
    return u->build->instance->unit_account[i];
}

static const char *rep_id(const lonely *u, int32_t rep)
{
    return u->build->problem->reps.id[rep];
}

static bool rule_allows(const bw_pair_rule *rule, int32_t account, int32_t rep)
{
    int64_t class = rule->account_class[account];
    return rule->allowed[class * rule->n_rep_classes + rule->rep_class[rep]];
}

static bool rule_allows_unit(const lonely *u, const bw_pair_rule *rule,
                             int32_t rep)
{
    for (int32_t i = u->first; i < u->end; i++)
        if (!rule_allows(rule, account_at(u, i), rep))
            return false;
    return true;
}

/* The account of the unit that is locked, from `from` on; -1: none. */
static int32_t locked_account(const lonely *u, int32_t from)
{
    const int32_t *lock = u->build->problem->lock;
    for (int32_t i = from; lock && i < u->end; i++)
        if (lock[account_at(u, i)] >= 0)
            return i;
    return -1;
}

/* Two accounts of a family with different locks. */
static bool locks_differ(const lonely *u)
{
    const bw_problem *problem = u->build->problem;
    int32_t one = locked_account(u, u->first);
    for (int32_t two = one; two >= 0; two = locked_account(u, two + 1)) {
        int32_t a = account_at(u, one), b = account_at(u, two);
        if (problem->lock[a] == problem->lock[b])
            continue;
        bw_diag_add(u->build->diags, BW_ERROR, BW_LOCK_CONFLICT,
                    bw_account_place(problem, b),
                    "account \"%s\" is locked to \"%s\", but \"%s\" of the "
                    "same family to \"%s\"; drop one lock, or let them part",
                    problem->accounts.id[b], rep_id(u, problem->lock[b]),
                    problem->accounts.id[a], rep_id(u, problem->lock[a]));
        return true;
    }
    return false;
}

/* Of a rule, as seen from the scenario. */
static const char *rule_place(const bw_problem *problem,
                              const bw_pair_rule *rule,
                              char place[BW_PLACE_TEXT])
{
    const bw_scenario *scenario = problem->scenario;
    return bw_place_text(rule->place, scenario ? scenario->path : NULL, place);
}

/* Why the unit may not go to this rep, in words after "but". */
static void why_not(const lonely *u, int32_t rep, char *text, size_t room)
{
    const bw_problem *problem = u->build->problem;
    char place[BW_PLACE_TEXT];
    if (rep >= problem->reps.n_serving) {
        snprintf(text, room, "that rep is leaving");
        return;
    }
    for (int32_t i = 0; i < problem->n_rules; i++) {
        const bw_pair_rule *rule = &problem->rules[i];
        if (rule_allows_unit(u, rule, rep))
            continue;
        snprintf(text, room, "%s (%s) excludes it", rule->text,
                 rule_place(problem, rule, place));
        return;
    }
    for (int32_t i = u->first; i < u->end; i++) {
        bw_account_pair pair;
        bw_pair_account(u->source, account_at(u, i), rep, &pair);
        if (!pair.near) {
            snprintf(text, room, "that is %.0f km away and the limit %.0f km",
                     pair.parts.km, problem->km_limit);
            return;
        }
    }
    snprintf(text, room, "the pairs file does not allow it");
}

static bool lock_is_forbidden(const lonely *u)
{
    const bw_problem *problem = u->build->problem;
    int32_t at = locked_account(u, u->first);
    if (at < 0)
        return false;
    char reason[600];
    int32_t account = account_at(u, at), rep = problem->lock[account];
    why_not(u, rep, reason, sizeof reason);
    bw_diag_add(u->build->diags, BW_ERROR, BW_LOCK_FORBIDDEN,
                bw_account_place(problem, account),
                "account \"%s\" is locked to \"%s\", but %s; change one of "
                "the two",
                problem->accounts.id[account], rep_id(u, rep), reason);
    return true;
}

static void report(const lonely *u, const char *why)
{
    const bw_problem *problem = u->build->problem;
    bw_diag_add(u->build->diags, BW_ERROR, BW_ACCOUNT_UNSERVABLE,
                bw_account_place(problem, account_at(u, u->first)),
                "nobody may serve %s: %s", u->name, why);
}

static int32_t reps_left(const lonely *u, const bw_pair_rule *rule)
{
    int32_t n = 0;
    for (int32_t rep = 0; rep < u->build->instance->n_reps; rep++)
        n += rule_allows_unit(u, rule, rep);
    return n;
}

/* A rule that excludes everybody, or else all that exclude somebody. */
static void blame_rules(const lonely *u)
{
    const bw_problem *problem = u->build->problem;
    char why[900], place[BW_PLACE_TEXT];
    size_t used = 0;
    int32_t n_named = 0;
    why[0] = '\0';
    for (int32_t i = 0; i < problem->n_rules; i++) {
        const bw_pair_rule *rule = &problem->rules[i];
        int32_t left = reps_left(u, rule);
        if (left == u->build->instance->n_reps)
            continue;
        if (left == 0) {
            snprintf(why, sizeof why,
                     "%s (%s) excludes every rep; loosen it, or leave the "
                     "account out",
                     rule->text, rule_place(problem, rule, place));
            report(u, why);
            return;
        }
        int n = used < sizeof why
                    ? snprintf(why + used, sizeof why - used, "%s%s (%s)",
                               n_named ? ", " : "", rule->text,
                               rule_place(problem, rule, place))
                    : 0;
        used += n > 0 ? (size_t)n : 0;
        n_named++;
    }
    if (used + 48 < sizeof why)
        snprintf(why + used, sizeof why - used,
                 " together exclude every rep; loosen one");
    report(u, why);
}

/* The rep whose farthest account of the unit is nearest. */
static int32_t nearest_rep(const lonely *u, double *nearest_km)
{
    const uint64_t *bits = bw_pair_bits(u->source, u->unit);
    int32_t nearest = -1;
    for (int32_t rep = 0; rep < u->build->instance->n_reps; rep++) {
        if (!bw_mask_has(bits, rep))
            continue;
        double farthest = 0;
        bool allowed = true;
        for (int32_t i = u->first; i < u->end; i++) {
            bw_account_pair pair;
            bw_pair_account(u->source, account_at(u, i), rep, &pair);
            allowed &= pair.allowed;
            if (!pair.near && pair.parts.km > farthest)
                farthest = pair.parts.km;
        }
        if (allowed && (nearest < 0 || farthest < *nearest_km)) {
            nearest = rep;
            *nearest_km = farthest;
        }
    }
    return nearest;
}

static void blame_distance_or_pairs(const lonely *u)
{
    char why[600];
    double km;
    int32_t nearest = nearest_rep(u, &km);
    if (nearest < 0)
        snprintf(why, sizeof why,
                 "the pairs file allows none of the %d reps that the rules "
                 "leave; allow one",
                 (int)bw_mask_count(bw_pair_bits(u->source, u->unit),
                                    u->source->n_words));
    else
        snprintf(why, sizeof why,
                 "no rep that may serve it is within %.0f km; nearest \"%s\" "
                 "at %.0f km; raise the limit, or leave the account out",
                 u->build->problem->km_limit, rep_id(u, nearest), km);
    report(u, why);
}

static void explain(lonely *u)
{
    u->build->n_faults++;
    bw_unit_text(u->build, u->unit, u->name, sizeof u->name);
    if (locks_differ(u) || lock_is_forbidden(u))
        return;
    if (bw_mask_count(bw_pair_bits(u->source, u->unit), u->source->n_words))
        blame_distance_or_pairs(u);
    else
        blame_rules(u);
}

void bw_validate_service(bw_build *build, const bw_pair_source *source,
                         const bw_survey *survey)
{
    const bw_instance *instance = build->instance;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        lonely u = {.build = build, .source = source, .unit = unit};
        u.first = instance->first_account[unit];
        u.end = instance->first_account[unit + 1];
        if (survey->n_pairs[unit] == 0)
            explain(&u);
    }
}
