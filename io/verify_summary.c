/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.json, key by key. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    CLAIM_SHOWN = 80,   /* characters of a value in a message */
    EXPECTED_ROOM = 600 /* bytes of what should be there */
};

/* Doubles that were printed so that they read back: a few units in the last
 * place for the arithmetic behind them. */
static const double double_noise = 4e-15;

typedef bw_verify_path path;

const bw_json *bw_verify_at(const bw_verification *v, path p)
{
    const bw_json *json = bw_json_member(v->tables->summary, p.key);
    if (p.item > 0)
        json = bw_json_item(json, (size_t)p.item - 1);
    if (p.member)
        json = bw_json_member(json, p.member);
    return p.part ? bw_json_member(json, p.part) : json;
}

/* The value as it stands in the file, cut where it is long. */
static void add_claimed(bw_buf *buf, const char *value, size_t len)
{
    if (*value == '{' || *value == '[')
        bw_buf_text(buf, *value == '{' ? "an object" : "a list");
    else if (len > CLAIM_SHOWN)
        bw_buf_format(buf, "%.*s...", CLAIM_SHOWN, value);
    else
        bw_buf_add(buf, value, len);
}

void bw_verify_tell(bw_verification *v, path p, const char *expected, ...)
{
    const bw_source *source = v->tables->summary_text;
    bw_place place = {bw_source_name(source), 0, 0};
    bw_buf text = {0};
    size_t len, at, end;
    const char *json = bw_source_text(source, &len);
    bw_json_path_text(&p, &text);
    bw_buf_text(&text, " is ");
    if (!bw_verify_at(v, p)) {
        bw_buf_text(&text, "not there");
    } else if (bw_json_find(json, &p, &at, &end)) {
        place = bw_source_place(source, at);
        add_claimed(&text, json + at, end - at);
    } else {
        bw_buf_text(&text, "another");
    }
    char clause[EXPECTED_ROOM];
    va_list args;
    va_start(args, expected);
    vsnprintf(clause, sizeof clause, expected, args);
    va_end(args);
    v->starved |= text.failed;
    bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH, place, "%s, %s",
                text.failed ? p.key : text.text, clause);
    bw_buf_free(&text);
}

/* The number as it stands in the file, exact, where the reader of JSON agrees
 * that it is this one; else what can be had of the double. */
static bw_wide exact_of(const bw_verification *v, path p, double value)
{
    size_t len, at, end;
    const char *text = bw_source_text(v->tables->summary_text, &len);
    bw_wide fine;
    if (bw_json_find(text, &p, &at, &end) &&
        bw_decimal_fine(text + at, end - at, &fine) &&
        fabs(bw_from_fine(fine) - value) <= fabs(value) * double_noise)
        return fine;
    double scaled = value * BW_QUANTA * BW_PRICE_UNIT;
    return fabs(scaled) < 1e37 ? (bw_wide)scaled : 0;
}

/* Money, hours, counts: exact to the leeway. */
static void compare_fine(bw_verification *v, path p, bw_wide expected,
                         bw_wide leeway)
{
    double value = NAN;
    v->figures++;
    if (bw_json_get_double(bw_verify_at(v, p), &value)) {
        bw_wide claimed = exact_of(v, p, value);
        bw_wide off =
            claimed > expected ? claimed - expected : expected - claimed;
        v->rounded += off > 0 && off <= leeway;
        if (off <= leeway)
            return;
    }
    bw_buf exact = {0};
    bw_buf_fine(&exact, expected);
    bw_verify_tell(v, p, "recomputed %s", exact.text ? exact.text : "?");
    bw_buf_free(&exact);
}

static void compare_count(bw_verification *v, path p, int64_t expected)
{
    compare_fine(v, p, expected * bw_verify_one, 0);
}

static void compare_double(bw_verification *v, path p, double expected,
                           double leeway)
{
    double value = NAN;
    v->figures++;
    bool there = bw_json_get_double(bw_verify_at(v, p), &value);
    if (there && fabs(value - expected) <=
                     leeway + double_noise * fmax(1, fabs(expected)))
        return;
    bw_buf text = {0};
    bw_buf_double(&text, expected);
    bw_verify_tell(v, p, "recomputed %s", text.text ? text.text : "?");
    bw_buf_free(&text);
}

static void compare_money(bw_verification *v)
{
    const bw_verdict *verdict = v->verdict;
    bw_wide leeway = bw_verify_sum_money(v);
    compare_fine(v, (path){.key = "objective"}, verdict->objective, leeway);
    compare_fine(v, (path){.key = "bound_certified"}, verdict->bound_certified,
                 v->money_leeway);
    compare_fine(v, (path){.key = "cost", .member = "travel"}, verdict->travel,
                 leeway);
    compare_fine(v, (path){.key = "cost", .member = "handover"},
                 verdict->handover, 0);
    compare_fine(v, (path){.key = "cost", .member = "preference"},
                 verdict->preference, 0);
    compare_fine(v, (path){.key = "cost", .member = "imbalance"},
                 verdict->imbalance, leeway);
    compare_fine(v, (path){.key = "cost", .member = "positions"},
                 verdict->positions, 0);
    compare_fine(v, (path){.key = "cost", .member = "given"}, verdict->given,
                 0);
}

/* What a gap can be off by when its parts are by their leeways. */
static double gap_leeway(const bw_verification *v)
{
    double size = fmax(1, fabs(bw_from_fine(v->verdict->objective)));
    return 2 * bw_from_fine(v->money_leeway) / size;
}

static void tell_bound(bw_verification *v, path p)
{
    bw_buf right = {0};
    bw_buf_fine(&right, v->bound);
    v->starved |= right.failed;
    bw_verify_tell(v, p, "but certificate.csv %s %s",
                   v->tables->searched.n ? "and clusters.csv make it"
                                         : "makes it",
                   right.text ? right.text : "?");
    bw_buf_free(&right);
}

/* The best bound is what certificate.csv proves or clusters.csv adds up to. */
static void compare_bounds(bw_verification *v)
{
    double bound = NAN;
    path p = {.key = "bound"};
    const bw_verdict *verdict = v->verdict;
    compare_double(v, (path){.key = "gap_certified"},
                   bw_verify_gap(verdict->objective, verdict->bound_certified),
                   gap_leeway(v));
    v->figures++;
    if (!bw_json_get_double(bw_verify_at(v, p), &bound)) {
        bw_verify_tell(v, p, "but it must be a number");
        return;
    }
    bw_wide claimed = exact_of(v, p, bound);
    bw_wide off = claimed > v->bound ? claimed - v->bound : v->bound - claimed;
    v->rounded += off > 0 && off <= v->bound_leeway;
    if (off > v->bound_leeway)
        tell_bound(v, p);
    compare_double(v, (path){.key = "gap"},
                   bw_verify_gap(verdict->objective, claimed), gap_leeway(v));
}

/* A status may claim no more than the figures beside it, nor may what is said
 * to have stopped the run: time, effort and an interrupt leave no trace. */
static void compare_status(bw_verification *v)
{
    static const double optimal_gap = 1e-6, default_gap = 0.001;
    path p = {.key = "status"}, stop = {.key = "stopped_by"};
    const char *status = bw_json_get_text(bw_verify_at(v, p));
    const char *stopped = bw_json_get_text(bw_verify_at(v, stop));
    double gap = NAN, wanted = v->problem->scenario->solve.gap.value;
    if (isnan(wanted))
        wanted = default_gap;
    v->figures++;
    bw_json_get_double(bw_verify_at(v, (path){.key = "gap"}), &gap);
    bool nearest = status && strcmp(status, "nearest") == 0;
    if (!status || nearest == v->verdict->inside_hard_limits)
        bw_verify_tell(v, p,
                       v->verdict->inside_hard_limits
                           ? "but the plan is inside every hard limit"
                           : "but the plan breaks hard limits");
    else if (strcmp(status, "optimal") == 0 && !(gap < optimal_gap))
        bw_verify_tell(v, p, "but the gap is not below 1e-6");
    else if (strcmp(status, "within-gap") == 0 &&
             !(gap <= wanted + double_noise))
        bw_verify_tell(v, p, "but the gap is %g, more than the %g asked for",
                       gap, wanted);
    else if (!nearest && strcmp(status, "optimal") != 0 &&
             strcmp(status, "within-gap") != 0 &&
             strcmp(status, "feasible") != 0)
        bw_verify_tell(
            v, p, "but it must be optimal, within-gap, feasible or nearest");
    if (stopped && strcmp(stopped, "gap") == 0 &&
        !(gap <= fmax(wanted, optimal_gap) + double_noise))
        bw_verify_tell(v, stop, "but the gap is %g, more than the %g asked for",
                       gap, wanted);
}

static void compare_size(bw_verification *v)
{
    const bw_problem *problem = v->problem;
    const bw_verdict *verdict = v->verdict;
    const bw_verify_sums *all = &v->all;
    compare_count(v, (path){.key = "accounts"}, problem->accounts.n);
    compare_count(v, (path){.key = "units"}, verdict->n_units);
    compare_count(v, (path){.key = "reps"}, bw_reps_open(&problem->reps));
    compare_count(v, (path){.key = "pairs"}, verdict->n_pairs);
    compare_count(v, (path){.key = "moved_accounts"}, all->moved);
    compare_fine(v, (path){.key = "moved_revenue"},
                 all->moved_revenue * BW_PRICE_UNIT, 0);
    compare_count(v, (path){.key = "forced_accounts"}, all->forced);
    compare_fine(v, (path){.key = "forced_revenue"},
                 all->forced_revenue * BW_PRICE_UNIT, 0);
    compare_fine(v, (path){.key = "revenue"}, all->revenue * BW_PRICE_UNIT, 0);
    compare_fine(v, (path){.key = "service_hours"}, bw_fine(all->service_hours),
                 0);
    compare_fine(v, (path){.key = "travel_hours"}, bw_fine(all->travel_hours),
                 bw_fine(bw_verify_sum_quanta(v)));
}

/* |outside| / max(|the limit|, 1 unit) of one rep's load. */
static double relative(const bw_verdict *verdict, int64_t at)
{
    int64_t load = verdict->load[at];
    int64_t limit = load;
    if (load > verdict->high[at])
        limit = verdict->high[at];
    else if (load < verdict->low[at])
        limit = verdict->low[at];
    double size = fabs((double)limit);
    return fabs((double)(load - limit)) / (size > BW_QUANTA ? size : BW_QUANTA);
}

static void compare_bands(bw_verification *v)
{
    const bw_problem *problem = v->problem;
    int32_t n = problem->n_balances, m = problem->reps.n_serving;
    for (int32_t k = 0; k < n; k++) {
        const char *name = problem->balances[k].measure;
        int64_t within = 0;
        double worst = 0;
        for (int32_t r = 0; r < m; r++) {
            within += bw_verify_within(v, r, k);
            worst = fmax(worst, relative(v->verdict, (int64_t)r * n + k));
        }
        compare_count(v, (path){"bands", name, "within", 0}, within);
        compare_count(v, (path){"bands", name, "outside", 0}, m - within);
        compare_double(v, (path){"bands", name, "worst", 0}, worst,
                       3 * (double)bw_verify_sum_quanta(v) / BW_QUANTA);
    }
}

static void compare_budget_text(bw_verification *v, path p,
                                const char *expected)
{
    const char *text = bw_json_get_text(bw_verify_at(v, p));
    v->figures++;
    if (!text || strcmp(text, expected) != 0)
        bw_verify_tell(v, p, "but scenario.resolved.xml makes it \"%.200s\"",
                       expected);
}

static void compare_budget(bw_verification *v, int32_t g)
{
    const bw_budget *budget = &v->problem->budgets[g];
    int64_t at = (int64_t)v->problem->reps.n_serving * v->problem->n_balances;
    path p = {.key = "budgets", .member = "name", .item = g + 1};
    compare_budget_text(v, p, budget->name);
    p.member = "measure";
    compare_budget_text(v, p, budget->measure);
    p.member = "used";
    compare_fine(v, p, bw_fine(v->verdict->use[g]), 0);
    p.member = "limit";
    compare_fine(v, p, bw_fine(v->verdict->stated[g]), 0);
    p.member = "price";
    compare_fine(v, p, (bw_wide)v->tables->price[at + g] * BW_QUANTA, 0);
}

static void compare_budgets(bw_verification *v)
{
    path p = {.key = "budgets"};
    int n = (int)v->problem->n_budgets;
    if (bw_json_size(bw_verify_at(v, p)) != (size_t)n)
        bw_verify_tell(v, p,
                       "but it must be a list of %d, as many as "
                       "scenario.resolved.xml has",
                       n);
    for (int32_t g = 0; g < n; g++)
        compare_budget(v, g);
}

void bw_verify_summary(bw_verification *v)
{
    compare_money(v);
    compare_bounds(v);
    compare_status(v);
    compare_size(v);
    compare_bands(v);
    compare_budgets(v);
}
