/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.json, key by key. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

/* Doubles that were printed so that they read back: a few units in the last
 * place for the arithmetic behind them. */
static const double double_noise = 4e-15;

typedef bw_verify_path path;

const bw_json *bw_verify_at(const bw_verification *v, path p)
{
    const bw_json *json = bw_json_member(v->tables->summary, p.key);
    if (p.member)
        json = bw_json_member(json, p.member);
    return p.part ? bw_json_member(json, p.part) : json;
}

static bw_place place_of(const bw_verification *v, path p)
{
    if (bw_verify_at(v, p))
        return bw_summary_place(v->tables, p.key, p.member, p.part);
    return (bw_place){bw_source_name(v->tables->summary_text), 0, 0};
}

void bw_verify_tell(bw_verification *v, path p, const char *claimed,
                    const char *expected)
{
    bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH, place_of(v, p),
                "%s%s%s%s%s is %s, %s", p.key, p.member ? "." : "",
                p.member ? p.member : "", p.part ? "." : "",
                p.part ? p.part : "", claimed, expected);
}

static void tell_number(bw_verification *v, path p, double claimed,
                        const char *expected)
{
    bw_buf text = {0}, right = {0};
    bw_buf_double(&text, claimed);
    bw_buf_format(&right, "recomputed %s", expected);
    bw_verify_tell(v, p,
                   bw_verify_at(v, p) && text.text ? text.text : "not there",
                   right.text ? right.text : "");
    bw_buf_free(&text);
    bw_buf_free(&right);
}

/* The number as it stands in the file, exact, where the reader of JSON agrees
 * that it is this one; else what can be had of the double. */
static bw_wide exact_of(const bw_verification *v, path p, double value)
{
    size_t len, n = 0;
    const char *text = bw_source_text(v->tables->summary_text, &len);
    const char *at =
        text + bw_summary_offset(v->tables, p.key, p.member, p.part);
    while (at + n < text + len && strchr("-.0123456789", at[n]) && at[n])
        n++;
    bw_wide fine;
    if (bw_decimal_fine(at, n, &fine) &&
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
    tell_number(v, p, value, exact.text ? exact.text : "?");
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
    tell_number(v, p, value, text.text ? text.text : "?");
    bw_buf_free(&text);
}

static void compare_money(bw_verification *v)
{
    const bw_verdict *verdict = v->verdict;
    bw_wide leeway = bw_verify_sum_money(v);
    compare_fine(v, (path){"objective", NULL, NULL}, verdict->objective,
                 leeway);
    compare_fine(v, (path){"bound_certified", NULL, NULL},
                 verdict->bound_certified, v->money_leeway);
    compare_fine(v, (path){"cost", "travel", NULL}, verdict->travel, leeway);
    compare_fine(v, (path){"cost", "handover", NULL}, verdict->handover, 0);
    compare_fine(v, (path){"cost", "preference", NULL}, verdict->preference, 0);
    compare_fine(v, (path){"cost", "imbalance", NULL}, verdict->imbalance,
                 leeway);
    compare_fine(v, (path){"cost", "positions", NULL}, 0, 0);
    compare_fine(v, (path){"cost", "given", NULL}, verdict->given, 0);
}

/* What a gap can be off by when its parts are by their leeways. */
static double gap_leeway(const bw_verification *v)
{
    double size = fmax(1, fabs(bw_from_fine(v->verdict->objective)));
    return 2 * bw_from_fine(v->money_leeway) / size;
}

static void tell_bound(bw_verification *v, path p, double claimed)
{
    bw_buf text = {0}, right = {0};
    bw_buf_double(&text, claimed);
    bw_buf_text(&right, v->tables->searched.n
                            ? "but certificate.csv and clusters.csv make it "
                            : "but certificate.csv makes it ");
    bw_buf_fine(&right, v->bound);
    v->starved |= text.failed || right.failed;
    bw_verify_tell(v, p, text.text ? text.text : "?",
                   right.text ? right.text : "?");
    bw_buf_free(&text);
    bw_buf_free(&right);
}

/* The best bound is what certificate.csv proves or clusters.csv adds up to. */
static void compare_bounds(bw_verification *v)
{
    double bound = NAN;
    path p = {"bound", NULL, NULL};
    const bw_verdict *verdict = v->verdict;
    compare_double(v, (path){"gap_certified", NULL, NULL},
                   bw_verify_gap(verdict->objective, verdict->bound_certified),
                   gap_leeway(v));
    v->figures++;
    if (!bw_json_get_double(bw_verify_at(v, p), &bound)) {
        bw_verify_tell(v, p, "not there", "but it must be a number");
        return;
    }
    bw_wide claimed = exact_of(v, p, bound);
    bw_wide off = claimed > v->bound ? claimed - v->bound : v->bound - claimed;
    v->rounded += off > 0 && off <= v->bound_leeway;
    if (off > v->bound_leeway)
        tell_bound(v, p, bound);
    compare_double(v, (path){"gap", NULL, NULL},
                   bw_verify_gap(verdict->objective, claimed), gap_leeway(v));
}

/* A status may claim no more than the figures beside it. */
static void compare_status(bw_verification *v)
{
    static const double optimal_gap = 1e-6, default_gap = 0.001;
    path p = {"status", NULL, NULL};
    const char *status = bw_json_get_text(bw_verify_at(v, p));
    double gap = NAN, wanted = v->problem->scenario->solve.gap.value;
    if (isnan(wanted))
        wanted = default_gap;
    v->figures++;
    bw_json_get_double(bw_verify_at(v, (path){"gap", NULL, NULL}), &gap);
    bool nearest = status && strcmp(status, "nearest") == 0;
    if (!status || nearest == v->verdict->inside_hard_limits)
        bw_verify_tell(v, p, status ? status : "not there",
                       v->verdict->inside_hard_limits
                           ? "but the plan is inside every hard limit"
                           : "but the plan breaks hard limits");
    else if (strcmp(status, "optimal") == 0 && !(gap < optimal_gap))
        bw_verify_tell(v, p, status, "but the gap is not below 1e-6");
    else if (strcmp(status, "within-gap") == 0 &&
             !(gap <= wanted + double_noise))
        bw_verify_tell(v, p, status,
                       "but the gap is larger than the one asked for");
    else if (!nearest && strcmp(status, "optimal") != 0 &&
             strcmp(status, "within-gap") != 0 &&
             strcmp(status, "feasible") != 0)
        bw_verify_tell(
            v, p, status,
            "but it must be optimal, within-gap, feasible or nearest");
}

static void compare_size(bw_verification *v)
{
    const bw_problem *problem = v->problem;
    const bw_verdict *verdict = v->verdict;
    const bw_verify_sums *all = &v->all;
    compare_count(v, (path){"accounts", NULL, NULL}, problem->accounts.n);
    compare_count(v, (path){"units", NULL, NULL}, verdict->n_units);
    compare_count(v, (path){"reps", NULL, NULL}, problem->reps.n_serving);
    compare_count(v, (path){"pairs", NULL, NULL}, verdict->n_pairs);
    compare_count(v, (path){"moved_accounts", NULL, NULL}, all->moved);
    compare_fine(v, (path){"moved_revenue", NULL, NULL},
                 all->moved_revenue * BW_PRICE_UNIT, 0);
    compare_count(v, (path){"forced_accounts", NULL, NULL}, all->forced);
    compare_fine(v, (path){"forced_revenue", NULL, NULL},
                 all->forced_revenue * BW_PRICE_UNIT, 0);
    compare_fine(v, (path){"revenue", NULL, NULL}, all->revenue * BW_PRICE_UNIT,
                 0);
    compare_fine(v, (path){"service_hours", NULL, NULL},
                 bw_fine(all->service_hours), 0);
    compare_fine(v, (path){"travel_hours", NULL, NULL},
                 bw_fine(all->travel_hours), bw_fine(bw_verify_sum_quanta(v)));
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
        compare_count(v, (path){"bands", name, "within"}, within);
        compare_count(v, (path){"bands", name, "outside"}, m - within);
        compare_double(v, (path){"bands", name, "worst"}, worst,
                       3 * (double)bw_verify_sum_quanta(v) / BW_QUANTA);
    }
}

/* One entry of a list has no key of its own: the numbers are compared as
 * doubles. */
static void compare_budget(bw_verification *v, const bw_json *item, int32_t g)
{
    const bw_budget *budget = &v->problem->budgets[g];
    const struct {
        const char *key, *right;
    } texts[] = {{"name", budget->name}, {"measure", budget->measure}};
    int64_t at = (int64_t)v->problem->reps.n_serving * v->problem->n_balances;
    const struct {
        const char *key;
        double right;
    } numbers[] = {{"used", bw_from_quanta(v->verdict->use[g])},
                   {"limit", bw_from_quanta(v->verdict->stated[g])},
                   {"price", bw_from_price(v->tables->price[at + g])}};
    for (int i = 0; i < 2; i++) {
        const char *text = bw_json_get_text(bw_json_member(item, texts[i].key));
        v->figures++;
        if (!text || strcmp(text, texts[i].right) != 0)
            bw_verify_tell(v, (path){"budgets", texts[i].key, NULL},
                           text ? text : "not there", texts[i].right);
    }
    for (int i = 0; i < 3; i++) {
        double value = NAN;
        bw_buf right = {0};
        v->figures++;
        bw_json_get_double(bw_json_member(item, numbers[i].key), &value);
        if (fabs(value - numbers[i].right) <=
            double_noise * fmax(1, fabs(numbers[i].right)))
            continue;
        bw_buf_text(&right, "for the budget ");
        bw_buf_text(&right, budget->name);
        bw_buf_text(&right, " ");
        bw_buf_double(&right, numbers[i].right);
        tell_number(v, (path){"budgets", numbers[i].key, NULL}, value,
                    right.text ? right.text : "?");
        bw_buf_free(&right);
    }
}

static void compare_budgets(bw_verification *v)
{
    path p = {"budgets", NULL, NULL};
    const bw_json *list = bw_verify_at(v, p);
    if (bw_json_size(list) != (size_t)v->problem->n_budgets)
        bw_verify_tell(v, p, list ? "a list of another length" : "not there",
                       "as the scenario has it");
    for (int32_t g = 0; g < v->problem->n_budgets; g++)
        compare_budget(v, bw_json_item(list, (size_t)g), g);
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
