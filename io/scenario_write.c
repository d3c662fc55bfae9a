/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The elements stand in one order, whatever that of the file was; defaults that
 * were not given are left out, but for gap, effort and seed. */
#include "scenario_write.h"

#include "scenario_attr.h"

#include <math.h>

static void add_segments(const bw_scenario *s, bw_buf *out)
{
    if (s->n_segments == 0)
        return;
    bw_buf_text(out, "  <segments>\n");
    for (int i = 0; i < s->n_segments; i++) {
        const bw_segment_spec *segment = &s->segments[i];
        bw_buf_text(out, "    <segment");
        bw_write_attr(out, "name", &segment->name);
        bw_write_attr(out, "where", &segment->where);
        bw_write_number(out, "share", &segment->share);
        if (segment->share.given)
            bw_write_text(out, "by",
                          segment->by == BW_BY_ACCOUNTS ? "accounts"
                                                        : "potential");
        bw_write_attr(out, "of", &segment->of);
        if (segment->calls.given || segment->hours.given) {
            bw_buf_text(out, "><coverage");
            bw_write_number(out, "calls", &segment->calls);
            bw_write_number(out, "hours", &segment->hours);
            bw_buf_text(out, "/></segment>\n");
        } else {
            bw_buf_text(out, "/>\n");
        }
    }
    bw_buf_text(out, "  </segments>\n");
}

static void add_travel(const bw_scenario *s, bw_buf *out)
{
    const bw_travel_spec *travel = &s->travel;
    if (travel->given) {
        bw_buf_text(out, "  <travel");
        bw_write_number(out, "hour-cost", &travel->hour_cost);
        bw_write_number(out, "km-cost", &travel->km_cost);
        bw_write_number(out, "speed-kmh", &travel->speed_kmh);
        bw_write_number(out, "road-factor", &travel->road_factor);
        bw_write_number(out, "calls-per-trip", &travel->calls_per_trip);
        if (!travel->counts)
            bw_write_text(out, "count", "no");
        bw_buf_text(out, "/>\n");
    }
    if (s->handover.given) {
        bw_buf_text(out, "  <handover");
        bw_write_number(out, "share", &s->handover.share);
        bw_write_number(out, "hours", &s->handover.hours);
        bw_buf_text(out, "/>\n");
    }
}

static void add_target(const bw_balance_spec *balance, bw_buf *out)
{
    static const char *const names[] = {[BW_TARGET_EQUAL] = "equal",
                                        [BW_TARGET_SHARE] = "share",
                                        [BW_TARGET_CAPACITY] = "capacity"};
    if (balance->target == BW_TARGET_NONE)
        return;
    if (balance->target != BW_TARGET_COLUMN) {
        bw_write_text(out, "target", names[balance->target]);
        return;
    }
    bw_buf_text(out, " target=\"column:");
    bw_write_escaped(out, balance->target_column.text);
    bw_buf_text(out, "\"");
}

static void add_balance(const bw_balance_spec *balance, bw_buf *out)
{
    bw_buf_text(out, "  <balance");
    bw_write_attr(out, "measure", &balance->measure);
    add_target(balance, out);
    bw_write_number(out, "tolerance", &balance->tolerance);
    bw_write_attr(out, "within", &balance->within);
    bw_write_number(out, "low", &balance->low);
    bw_write_number(out, "high", &balance->high);
    bw_write_attr(out, "low-from", &balance->low_from);
    bw_write_attr(out, "high-from", &balance->high_from);
    bw_write_number(out, "over-cost", &balance->over_cost);
    bw_write_number(out, "under-cost", &balance->under_cost);
    if (balance->hard)
        bw_write_text(out, "hard", "yes");
    bw_buf_text(out, "/>\n");
}

static void add_rule(const bw_rule_spec *rule, bw_buf *out)
{
    static const char *const names[] = {[BW_RULE_LOCK] = "lock",
                                        [BW_RULE_REQUIRE] = "require",
                                        [BW_RULE_FORBID] = "forbid",
                                        [BW_RULE_LIMIT_KM] = "limit"};
    bw_buf_format(out, "    <%s", names[rule->kind]);
    if (rule->kind == BW_RULE_LIMIT_KM)
        bw_write_text(out, "measure", "km");
    bw_write_attr(out, "id", &rule->id);
    bw_write_attr(out, "where", &rule->where);
    bw_write_attr(out, "rep-where", &rule->rep_where);
    bw_write_attr(out, "pair", &rule->pair);
    bw_write_attr(out, "account", &rule->account);
    bw_write_attr(out, "rep", &rule->rep);
    bw_write_number(out, "high", &rule->high);
    bw_buf_text(out, "/>\n");
}

static void add_budget(const bw_budget_spec *budget, bw_buf *out)
{
    bw_buf_text(out, "    <moved");
    bw_write_attr(out, "name", &budget->name);
    bw_write_attr(out, "measure", &budget->measure);
    bw_write_most(out, "max", &budget->max);
    bw_write_attr(out, "where", &budget->where);
    if (budget->count_all)
        bw_write_text(out, "count", "all");
    bw_buf_text(out, "/>\n");
}

static void add_rules(const bw_scenario *s, bw_buf *out)
{
    for (int i = 0; i < s->n_balances; i++)
        add_balance(&s->balances[i], out);
    if (!s->families_together && s->n_rules == 0 && s->n_budgets == 0)
        return;
    bw_buf_text(out, "  <rules>\n");
    if (s->families_together)
        bw_buf_text(out, "    <families keep=\"together\"/>\n");
    for (int i = 0; i < s->n_rules; i++)
        add_rule(&s->rules[i], out);
    for (int i = 0; i < s->n_budgets; i++)
        add_budget(&s->budgets[i], out);
    bw_buf_text(out, "  </rules>\n");
}

static void add_solve(const bw_solve_spec *solve, bw_buf *out)
{
    static const char *const efforts[] = {[BW_EFFORT_QUICK] = "quick",
                                          [BW_EFFORT_NORMAL] = "normal",
                                          [BW_EFFORT_LONG] = "long",
                                          [BW_EFFORT_UNLIMITED] = "unlimited"};
    bw_buf_text(out, "  <solve");
    bw_write_value(out, "gap", &solve->gap);
    bw_write_text(out, "effort", efforts[solve->effort]);
    if (!isnan(solve->seconds.value))
        bw_write_value(out, "seconds", &solve->seconds);
    bw_buf_format(out, " seed=\"%llu\"/>\n", (unsigned long long)solve->seed);
}

bw_status bw_scenario_write(const bw_scenario *scenario, const bw_input *inputs,
                            int32_t n_inputs, const char *folder, bw_buf *out)
{
    bw_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<!-- The scenario as it was run. -->\n"
                     "<scenario xmlns=\"urn:bailiwick:scenario:1\"");
    bw_write_attr(out, "name", &scenario->name);
    bw_write_attr(out, "currency", &scenario->currency);
    bw_write_attr(out, "date", &scenario->date);
    bw_buf_text(out, ">\n");
    bw_status status =
        bw_write_sources(scenario, inputs, n_inputs, folder, out);
    add_segments(scenario, out);
    add_travel(scenario, out);
    add_rules(scenario, out);
    if (status == BW_OK)
        status = bw_write_what_if(scenario, inputs, n_inputs, folder, out);
    add_solve(&scenario->solve, out);
    if (status == BW_OK)
        status = bw_write_changes(scenario, inputs, n_inputs, folder, out);
    bw_buf_text(out, "</scenario>\n");
    return status == BW_OK && out->failed ? BW_NOMEM : status;
}
