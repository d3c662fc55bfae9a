/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.json and timing.json. */
#include "summary.h"

#include "positions_show.h"
#include "repair_show.h"

#include "json.h"

#include <math.h>

const char *bw_effort_text(int effort)
{
    static const char *const text[] = {"quick", "normal", "long", "unlimited"};
    return effort >= BW_EFFORT_QUICK && effort <= BW_EFFORT_UNLIMITED
               ? text[effort]
               : NULL;
}

static void write_result(const bw_figures *figures, bw_json_out *json)
{
    const bw_plan *plan = figures->plan;
    const bw_scenario *scenario = figures->problem->scenario;
    bw_json_text(json, "scenario", scenario->name.text);
    bw_json_text(json, "currency", scenario->currency.text);
    bw_json_text(json, "date", scenario->date.text);
    bw_json_text(json, "status", bw_outcome_text(plan->outcome));
    bw_json_fine(json, "objective", plan->objective);
    bw_json_fine(json, "bound", plan->bound);
    bw_json_double(json, "gap", bw_gap(plan->objective, plan->bound));
    bw_json_fine(json, "bound_certified", plan->bound_certified);
    bw_json_double(json, "gap_certified",
                   bw_gap(plan->objective, plan->bound_certified));
}

static void write_cost(const bw_figures *figures, bw_json_out *json)
{
    const bw_pair_parts *cost = &figures->cost;
    bw_json_object(json, "cost");
    bw_json_fine(json, "travel", bw_fine(cost->travel));
    bw_json_fine(json, "handover", bw_fine(cost->handover));
    bw_json_fine(json, "preference", bw_fine(cost->preference));
    bw_json_fine(json, "imbalance", figures->plan->imbalance);
    bw_json_fine(json, "positions", figures->plan->positions);
    bw_json_fine(json, "given", bw_fine(cost->given));
    bw_json_end(json);
}

static void write_size(const bw_figures *figures, bw_json_out *json)
{
    const bw_instance *instance = figures->instance;
    const bw_totals *all = &figures->all;
    bw_json_int(json, "accounts", figures->problem->accounts.n);
    bw_json_int(json, "units", instance->n_units);
    bw_json_int(json, "reps", bw_reps_open(&figures->problem->reps));
    bw_json_int(json, "pairs", instance->n_pairs);
    bw_json_int(json, "moved_accounts", all->moved);
    bw_json_fine(json, "moved_revenue", all->moved_revenue * BW_PRICE_UNIT);
    bw_json_int(json, "forced_accounts", all->forced);
    bw_json_fine(json, "forced_revenue", all->forced_revenue * BW_PRICE_UNIT);
    bw_json_fine(json, "revenue", all->revenue * BW_PRICE_UNIT);
    bw_json_fine(json, "service_hours", bw_fine(all->service_hours));
    bw_json_fine(json, "travel_hours", bw_fine(all->travel_hours));
}

static void write_bands(const bw_figures *figures, bw_json_out *json)
{
    bw_json_object(json, "bands");
    for (int32_t k = 0; k < figures->instance->n_measures; k++) {
        int32_t within = 0;
        double worst = 0;
        for (int32_t rep = 0; rep < figures->instance->n_reps; rep++) {
            bw_fit fit = bw_fit_in_plan(figures, rep, k);
            within += fit.outside == 0;
            worst = fmax(worst, fit.relative);
        }
        bw_json_object(json, figures->instance->measure[k].name);
        bw_json_int(json, "within", within);
        bw_json_int(json, "outside", figures->instance->n_reps - within);
        bw_json_double(json, "worst", worst);
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void write_budgets(const bw_figures *figures, bw_json_out *json)
{
    const bw_instance *instance = figures->instance;
    const bw_plan *plan = figures->plan;
    bw_json_list(json, "budgets");
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        int64_t price =
            plan->certificate.price[bw_instance_windows(instance) + g];
        bw_json_object(json, NULL);
        bw_json_text(json, "name", instance->budget[g].name);
        bw_json_text(json, "measure", figures->problem->budgets[g].measure);
        bw_json_fine(json, "used", bw_fine(plan->use[g]));
        bw_json_fine(json, "limit", bw_fine(instance->budget[g].stated));
        bw_json_fine(json, "price", (bw_wide)price * BW_QUANTA);
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void write_inputs(const bw_problem *problem, bw_json_out *json)
{
    bw_json_list(json, "inputs");
    for (int32_t i = 0; i < problem->n_inputs; i++) {
        const bw_input *input = &problem->inputs[i];
        bw_json_object(json, NULL);
        bw_json_text(json, "role", input->role);
        bw_json_text(json, "file", input->file);
        bw_json_int(json, "rows", input->rows);
        bw_json_int(json, "rejected", input->rejected);
        bw_json_text(json, "sha256", input->sha256);
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void write_place(bw_json_out *json, bw_place place)
{
    if (!place.file) {
        bw_json_text(json, "first", NULL);
        return;
    }
    bw_buf text = {0};
    bw_buf_text(&text, place.file);
    if (place.line)
        bw_buf_format(&text, ":%u", (unsigned)place.line);
    if (place.line && place.column)
        bw_buf_format(&text, ":%u", (unsigned)place.column);
    json->buf->failed |= text.failed;
    bw_json_text(json, "first", text.text ? text.text : "");
    bw_buf_free(&text);
}

/* One entry per code, in the order of the list of codes. */
static void write_warnings(bw_diags *diags, bw_json_out *json)
{
    bw_json_list(json, "warnings");
    const bw_diag *first[BW_N_CODES] = {NULL};
    for (size_t i = bw_diags_kept(diags); i-- > 0;) {
        const bw_diag *diag = bw_diags_at(diags, i);
        if (diag->severity == BW_WARNING)
            first[diag->code] = diag;
    }
    for (int code = 0; code < BW_N_CODES; code++) {
        if (!first[code])
            continue;
        bw_json_object(json, NULL);
        bw_json_text(json, "code", bw_code_text((bw_code)code));
        bw_json_int(json, "count",
                    (int64_t)bw_diags_count_code(diags, (bw_code)code));
        write_place(json, first[code]->place);
        bw_json_end(json);
    }
    bw_json_end(json);
}

void bw_write_summary(const bw_figures *figures, const bw_run *run, bw_buf *buf)
{
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    write_result(figures, &json);
    write_cost(figures, &json);
    write_size(figures, &json);
    write_bands(figures, &json);
    write_budgets(figures, &json);
    if (run->positions)
        bw_json_positions(run->positions, figures, &json);
    if (run->repair)
        bw_json_repair(run->repair, figures, &json);
    bw_json_text(&json, "stopped_by", bw_stop_text(figures->plan->stopped_by));
    bw_json_double(&json, "gap_wanted", run->settings->gap);
    bw_json_text(&json, "effort", bw_effort_text((int)run->settings->effort));
    bw_json_unsigned(&json, "seed", run->settings->seed);
    bw_json_text(&json, "version", BW_VERSION);
    write_inputs(figures->problem, &json);
    write_warnings(run->diags, &json);
    bw_json_end(&json);
}

void bw_write_timing(const bw_timing *timing, bw_buf *buf)
{
    const struct {
        const char *name;
        double seconds;
    } stages[] = {{"load", timing->load},
                  {"model", timing->model},
                  {"solve", timing->solve},
                  {"check", timing->check},
                  {"write", timing->write}};
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    for (int i = 0; i < 5; i++)
        bw_json_double(&json, stages[i].name,
                       round(stages[i].seconds * 1e6) / 1e6);
    bw_json_int(&json, "threads", timing->threads);
    bw_json_end(&json);
}
