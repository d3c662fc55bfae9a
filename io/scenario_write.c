/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
/* The elements stand in one order, whatever that of the file was; defaults that
 * were not given are left out, but for gap, effort and seed. */
#include "scenario_write.h"

#include "field.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Characters that an attribute's value cannot hold as they are; line breaks
 * and tabs would come back as blanks. */
static void add_escaped(bw_buf *out, const char *text)
{
    for (; *text; text++) {
        size_t plain = strcspn(text, "&<\"\t\n\r");
        bw_buf_add(out, text, plain);
        text += plain;
        if (!*text)
            return;
        if (*text == '&')
            bw_buf_text(out, "&amp;");
        else if (*text == '<')
            bw_buf_text(out, "&lt;");
        else if (*text == '"')
            bw_buf_text(out, "&quot;");
        else
            bw_buf_format(out, "&#%d;", *text);
    }
}

static void add_text(bw_buf *out, const char *name, const char *text)
{
    bw_buf_format(out, " %s=\"", name);
    add_escaped(out, text);
    bw_buf_text(out, "\"");
}

static void add_attr(bw_buf *out, const char *name, const bw_attr *attr)
{
    if (attr->text)
        add_text(out, name, attr->text);
}

/* 0.15 as 15%, where that reads back as the same number. */
static bool add_percent(bw_buf *out, double value)
{
    bw_buf text = {.text = NULL};
    double back;
    bw_buf_double(&text, round(value * 1e12) / 1e10);
    bool same = text.text && bw_field_number(text.text, text.len, &back) &&
                back / 100 == value;
    if (same)
        bw_buf_format(out, "%s%%", text.text);
    out->failed |= text.failed;
    bw_buf_free(&text);
    return same;
}

static void add_value(bw_buf *out, const char *name,
                      const bw_attr_number *number)
{
    bw_buf_format(out, " %s=\"", name);
    if (!number->percent || !add_percent(out, number->value))
        bw_buf_double(out, number->value);
    bw_buf_text(out, "\"");
}

static void add_number(bw_buf *out, const char *name,
                       const bw_attr_number *number)
{
    if (number->given)
        add_value(out, name, number);
}

/* Bytes that two absolute paths have in common, in whole components. */
static size_t common(const char *a, const char *b)
{
    size_t last = 0, i = 0;
    for (; a[i] && a[i] == b[i]; i++)
        if (a[i] == '/')
            last = i + 1;
    if ((!a[i] || a[i] == '/') && (!b[i] || b[i] == '/'))
        last = i + (a[i] == '/' && b[i] == '/');
    return last;
}

/* Both absolute; from a folder to a file. */
static void add_relative(bw_buf *out, const char *folder, const char *file)
{
    size_t shared = common(folder, file);
    const char *up = folder + shared;
    const char *down = file + shared;
    while (*up == '/')
        up++;
    while (*down == '/')
        down++;
    while (*up) {
        bw_buf_text(out, "../");
        up += strcspn(up, "/");
        up += *up == '/';
    }
    bw_buf_text(out, down);
}

/* One scenario being written. */
typedef struct writing {
    const bw_scenario *scenario;
    const bw_input *inputs;
    int32_t n_inputs;
    const char *folder; /* absolute */
    bw_buf *out;
} writing;

static const bw_input *find_input(const writing *w, const char *role)
{
    for (int32_t i = 0; i < w->n_inputs; i++)
        if (strcmp(w->inputs[i].role, role) == 0)
            return &w->inputs[i];
    return NULL;
}

/* `file` of a source that was not opened, as the scenario's folder has it. */
static void add_unopened(bw_buf *path, const writing *w, const char *file)
{
    const char *slash = strrchr(w->scenario->path, '/');
    if (slash && file[0] != '/')
        bw_buf_add(path, w->scenario->path,
                   (size_t)(slash - w->scenario->path) + 1);
    bw_buf_text(path, file);
}

static bw_status add_file(const writing *w, const bw_source_spec *spec,
                          const bw_input *input)
{
    char real[PATH_MAX];
    bw_buf path = {.text = NULL}, relative = {.text = NULL};
    if (input)
        bw_buf_text(&path, input->path);
    else
        add_unopened(&path, w, spec->file.text);
    bw_status status = BW_IO;
    if (path.failed)
        status = BW_NOMEM;
    else if (realpath(path.text, real))
        status = BW_OK;
    if (status == BW_OK)
        add_relative(&relative, w->folder, real);
    if (status == BW_OK && !relative.failed)
        add_text(w->out, "file", relative.text);
    w->out->failed |= relative.failed;
    bw_buf_free(&path);
    bw_buf_free(&relative);
    return status;
}

static void add_columns(bw_buf *out, const bw_source_spec *spec,
                        const char *element)
{
    if (spec->n_columns == 0) {
        bw_buf_text(out, "/>\n");
        return;
    }
    bw_buf_text(out, ">\n");
    for (int i = 0; i < spec->n_columns; i++) {
        bw_buf_text(out, "    <column");
        add_attr(out, "name", &spec->columns[i].name);
        add_attr(out, "from", &spec->columns[i].from);
        add_attr(out, "value", &spec->columns[i].value);
        bw_buf_text(out, "/>\n");
    }
    bw_buf_format(out, "  </%s>\n", element);
}

/* <accounts>, <reps> or <pairs>; `more` writes attributes of its own. */
static bw_status add_source(const writing *w, const char *element,
                            const bw_source_spec *spec,
                            void (*more)(const writing *w))
{
    if (!spec->file.text)
        return BW_OK;
    const bw_input *input = find_input(w, element);
    bw_buf_format(w->out, "  <%s", element);
    bw_status status = add_file(w, spec, input);
    add_attr(w->out, "where", &spec->where);
    if (more)
        more(w);
    if (input)
        add_text(w->out, "sha256", input->sha256);
    else
        add_attr(w->out, "sha256", &spec->sha256);
    add_columns(w->out, spec, element);
    return status;
}

static void add_of_accounts(const writing *w)
{
    if (w->scenario->unplaced != BW_UNPLACED_STOP)
        add_text(w->out, "unplaced",
                 w->scenario->unplaced == BW_UNPLACED_OWNER ? "owner"
                                                            : "anywhere");
    if (w->scenario->unknown_owner_stops)
        add_text(w->out, "unknown-owner", "stop");
}

static void add_of_pairs(const writing *w)
{
    if (w->scenario->pairs_only_listed)
        add_text(w->out, "only", "listed");
    if (w->scenario->pairs_cost_replaces)
        add_text(w->out, "cost", "replace");
}

static void add_segments(const bw_scenario *s, bw_buf *out)
{
    if (s->n_segments == 0)
        return;
    bw_buf_text(out, "  <segments>\n");
    for (int i = 0; i < s->n_segments; i++) {
        const bw_segment_spec *segment = &s->segments[i];
        bw_buf_text(out, "    <segment");
        add_attr(out, "name", &segment->name);
        add_attr(out, "where", &segment->where);
        add_number(out, "share", &segment->share);
        if (segment->share.given)
            add_text(out, "by",
                     segment->by == BW_BY_ACCOUNTS ? "accounts" : "potential");
        add_attr(out, "of", &segment->of);
        if (segment->calls.given || segment->hours.given) {
            bw_buf_text(out, "><coverage");
            add_number(out, "calls", &segment->calls);
            add_number(out, "hours", &segment->hours);
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
        add_number(out, "hour-cost", &travel->hour_cost);
        add_number(out, "km-cost", &travel->km_cost);
        add_number(out, "speed-kmh", &travel->speed_kmh);
        add_number(out, "road-factor", &travel->road_factor);
        add_number(out, "calls-per-trip", &travel->calls_per_trip);
        if (!travel->counts)
            add_text(out, "count", "no");
        bw_buf_text(out, "/>\n");
    }
    if (s->handover.given) {
        bw_buf_text(out, "  <handover");
        add_number(out, "share", &s->handover.share);
        add_number(out, "hours", &s->handover.hours);
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
        add_text(out, "target", names[balance->target]);
        return;
    }
    bw_buf_text(out, " target=\"column:");
    add_escaped(out, balance->target_column.text);
    bw_buf_text(out, "\"");
}

static void add_balance(const bw_balance_spec *balance, bw_buf *out)
{
    bw_buf_text(out, "  <balance");
    add_attr(out, "measure", &balance->measure);
    add_target(balance, out);
    add_number(out, "tolerance", &balance->tolerance);
    add_attr(out, "within", &balance->within);
    add_number(out, "low", &balance->low);
    add_number(out, "high", &balance->high);
    add_attr(out, "low-from", &balance->low_from);
    add_attr(out, "high-from", &balance->high_from);
    add_number(out, "over-cost", &balance->over_cost);
    add_number(out, "under-cost", &balance->under_cost);
    if (balance->hard)
        add_text(out, "hard", "yes");
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
        add_text(out, "measure", "km");
    add_attr(out, "where", &rule->where);
    add_attr(out, "rep-where", &rule->rep_where);
    add_attr(out, "pair", &rule->pair);
    add_attr(out, "account", &rule->account);
    add_attr(out, "rep", &rule->rep);
    add_number(out, "high", &rule->high);
    bw_buf_text(out, "/>\n");
}

/* A share stays one, whatever its digits: without % it would be an amount. */
static void add_max(bw_buf *out, const bw_attr_number *max)
{
    bw_buf_text(out, " max=\"");
    if (!max->percent || !add_percent(out, max->value)) {
        bw_buf_double(out, (max->percent ? 100 : 1) * max->value);
        bw_buf_text(out, max->percent ? "%" : "");
    }
    bw_buf_text(out, "\"");
}

static void add_budget(const bw_budget_spec *budget, bw_buf *out)
{
    bw_buf_text(out, "    <moved");
    add_attr(out, "name", &budget->name);
    add_attr(out, "measure", &budget->measure);
    add_max(out, &budget->max);
    add_attr(out, "where", &budget->where);
    if (budget->count_all)
        add_text(out, "count", "all");
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
    add_value(out, "gap", &solve->gap);
    add_text(out, "effort", efforts[solve->effort]);
    if (!isnan(solve->seconds.value))
        add_value(out, "seconds", &solve->seconds);
    bw_buf_format(out, " seed=\"%llu\"/>\n", (unsigned long long)solve->seed);
}

bw_status bw_scenario_write(const bw_scenario *scenario, const bw_input *inputs,
                            int32_t n_inputs, const char *folder, bw_buf *out)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return BW_IO;
    writing w = {scenario, inputs, n_inputs, real, out};
    bw_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<!-- The scenario as it was run. -->\n"
                     "<scenario xmlns=\"urn:bailiwick:scenario:1\"");
    add_attr(out, "name", &scenario->name);
    add_attr(out, "currency", &scenario->currency);
    bw_buf_text(out, ">\n");
    bw_status status =
        add_source(&w, "accounts", &scenario->accounts, add_of_accounts);
    if (status == BW_OK)
        status = add_source(&w, "reps", &scenario->reps, NULL);
    if (status == BW_OK)
        status = add_source(&w, "pairs", &scenario->pairs, add_of_pairs);
    add_segments(scenario, out);
    add_travel(scenario, out);
    add_rules(scenario, out);
    add_solve(&scenario->solve, out);
    bw_buf_text(out, "</scenario>\n");
    return status == BW_OK && out->failed ? BW_NOMEM : status;
}
