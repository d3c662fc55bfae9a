/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a planning run. */
#include "job.h"

#include "bw/alloc.h"
#include "candidates.h"
#include "clock.h"
#include "exit_code.h"
#include "frontier_show.h"
#include "gate.h"
#include "interrupt.h"
#include "load_shown.h"
#include "outputs.h"
#include "own_check.h"
#include "plan_files.h"
#include "positions_show.h"
#include "repair_show.h"
#include "show_diag.h"
#include "start_plan.h"

#include <math.h>
#include <stdio.h>

bw_status bw_job_begin(bw_job *job)
{
    job->timing.threads = job->threads;
    job->diags = bw_diags_new();
    return job->diags ? BW_OK : BW_NOMEM;
}

void bw_job_end(bw_job *job)
{
    bw_trace_close(&job->trace, job->diags);
    bw_today_free(job->today);
    bw_figures_free(job->figures);
    bw_frontier_free(job->frontier);
    bw_plan_free(job->plan);
    bw_free(job->start);
    bw_instance_free(job->instance);
    bw_repair_free(job->repair);
    bw_positions_free(job->positions);
    bw_problem_free(job->problem);
    bw_scenario_free(job->scenario);
    bw_diags_free(job->diags);
}

/* Runs a stage and notes what it took. */
static bw_status timed(bw_job *job, bw_status (*stage)(bw_job *),
                       double *seconds)
{
    double begun = bw_now(NULL);
    bw_status status = stage(job);
    *seconds = bw_now(NULL) - begun;
    return status;
}

static bw_status check_outputs(const bw_job *job)
{
    const bw_output trace = {"trace", job->trace_path};
    const bw_outputs outputs = {&trace, 1, job->dir, false};
    return bw_outputs_check(&outputs, job->path, job->scenario, job->diags);
}

static bw_status load(bw_job *job)
{
    /* What cannot be written is told now, with the other faults. */
    bw_status folder = bw_out_dir_check(&bw_out_plan, job->dir, job->diags);
    bw_status trace = bw_trace_check(job->trace_path, job->diags);
    if (folder == BW_OK)
        folder = trace;
    bw_status status = bw_scenario_load(job->path, job->diags, &job->scenario);
    bw_status outputs = check_outputs(job);
    if (status != BW_OK)
        return status;
    if (folder == BW_OK)
        folder = outputs;
    bw_solve_options_apply(&job->options, job->scenario);
    /* Faults of candidates are told with those of the other files. */
    bw_status added = bw_candidates_add(job->scenario, job->diags);
    if (added != BW_OK && added != BW_INVALID)
        return added;
    status =
        bw_load_shown(job->scenario, job->quiet, job->diags, &job->problem);
    if (status == BW_OK)
        status = added;
    return status == BW_OK ? folder : status;
}

bw_status bw_job_load(bw_job *job)
{
    return timed(job, load, &job->timing.load);
}

static bw_status read_start(bw_job *job)
{
    if (!job->start_dir)
        return BW_OK;
    job->start = bw_alloc((size_t)job->instance->n_units, sizeof *job->start);
    return job->start
               ? bw_start_plan_read(job->start_dir, job->instance, job->start)
               : BW_NOMEM;
}

/* The limit is for the whole run: the search gets what reading has left, less
 * what the judge and the tables will take, about twice what the model took (at
 * a million accounts 19 s after 10). */
static double other_seconds(const bw_job *job)
{
    return job->timing.load + 3 * job->timing.model;
}

static void look_on(void *data, const bw_progress *progress)
{
    bw_job *job = data;
    bw_trace_note(&job->trace, progress);
    if (job->progress)
        job->progress(job->progress_data, progress);
}

static void choose_settings(bw_job *job)
{
    const bw_solve_spec *solve = &job->scenario->solve;
    job->settings = bw_settings_default();
    if (!isnan(solve->gap.value))
        job->settings.gap = solve->gap.value;
    if (!isnan(solve->seconds.value))
        job->settings.seconds =
            fmax(0, solve->seconds.value - other_seconds(job));
    job->settings.effort = solve->effort;
    job->settings.seed = solve->seed;
    job->settings.threads = job->threads;
    job->settings.off = job->off;
    job->settings.start = job->start;
    job->settings.clock = bw_now;
    job->settings.progress = look_on;
    job->settings.progress_data = job;
    job->settings.interrupt = bw_interrupt_catch(job->quiet);
}

/* A share of the time for each of so many solves that are left. */
static double share_of(double seconds, int solves)
{
    return seconds / (double)solves;
}

/* Who is touched, and how few accounts can move. Where a limit on the run was
 * reached before that was known there is nothing to solve, and no plan. */
static bw_status mend(bw_job *job)
{
    choose_settings(job);
    bw_settings settings = job->settings;
    settings.seconds = share_of(settings.seconds, 2);
    bw_status status =
        bw_repair_new(job->problem, &settings, job->diags, &job->repair);
    if (status != BW_OK || !job->repair->impossible)
        return status;
    if (!job->repair->hopeless)
        bw_repair_tell_impossible(job->repair, job->diags);
    return BW_INVALID;
}

/* Names every balance that is hard, and every budget: together they cannot
 * hold. */
static void tell_impossible(bw_job *job)
{
    for (int32_t g = 0; g < job->problem->n_budgets; g++)
        bw_diag_add(job->diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE,
                    job->problem->budgets[g].place,
                    "no plan can keep the budget \"%s\" together with the "
                    "other hard limits: proven; raise max, or loosen them",
                    job->problem->budgets[g].name);
    for (int32_t k = 0; k < job->problem->n_balances; k++) {
        const bw_balance *balance = &job->problem->balances[k];
        if (!isinf(balance->under_cost) && !isinf(balance->over_cost))
            continue;
        bw_diag_add(job->diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE, balance->place,
                    "no plan can keep the hard limits on \"%s\": proven; "
                    "widen them, or give over-cost and under-cost instead of "
                    "hard=\"yes\"",
                    balance->measure);
    }
}

/* Which positions are open; likewise. */
static bw_status choose_positions(bw_job *job)
{
    choose_settings(job);
    bw_settings settings = job->settings;
    settings.seconds = share_of(settings.seconds, 2);
    bw_status status =
        bw_positions_new(job->problem, &settings, job->diags, &job->positions);
    if (status != BW_OK || !bw_positions_impossible(job->positions))
        return status;
    bw_positions_tell_impossible(job->problem, job->diags);
    tell_impossible(job);
    return BW_INVALID;
}

static bw_status model(bw_job *job)
{
    bw_status status = BW_OK;
    const bw_problem *problem = job->problem;
    if (job->scenario->positions.given) {
        status = choose_positions(job);
        problem = status == BW_OK ? &job->positions->problem : NULL;
    }
    if (job->scenario->repair.given) {
        status = mend(job);
        problem = status == BW_OK ? &job->repair->problem : NULL;
    }
    if (status == BW_OK && ((job->repair && job->repair->fewest < 0) ||
                            (job->positions && job->positions->best < 0)))
        return BW_OK;
    if (status == BW_OK && job->repair)
        status = bw_instance_again(problem, job->diags, &job->instance);
    else if (status == BW_OK)
        status = bw_instance_new(problem, job->diags, &job->instance);
    if (status == BW_OK)
        status = bw_gate_check(job->instance, job->diags);
    /* Its errors say why no plan can exist. */
    if (status == BW_OK && job->instance->impossible)
        return BW_INVALID;
    return status == BW_OK ? read_start(job) : status;
}

bw_status bw_job_model(bw_job *job)
{
    bw_status status = timed(job, model, &job->timing.model);
    if (status == BW_OK)
        status = bw_trace_open(&job->trace, job->trace_path, job->diags);
    return status;
}

/* The last line tells how the run ended, proofs at its very end included. */
static bw_status end_trace(bw_job *job, double seconds)
{
    bw_progress last = {.seconds = seconds,
                        .has_plan = job->plan->complete,
                        .objective = bw_from_fine(job->plan->objective),
                        .bound = bw_from_fine(job->plan->bound)};
    bw_trace_note(&job->trace, &last);
    return bw_trace_close(&job->trace, job->diags);
}

static bw_status solve(bw_job *job)
{
    choose_settings(job);
    if (job->positions)
        job->settings.start = job->positions->start;
    if (job->repair)
        job->settings.start = job->repair->start;
    if (job->scenario->frontier.given)
        job->settings.seconds =
            share_of(job->settings.seconds, 1 + job->scenario->frontier.steps);
    double begun = bw_now(NULL);
    bw_status status = bw_solve(job->instance, &job->settings, &job->plan);
    if (status == BW_OK && job->positions)
        bw_positions_settle(job->positions, job->plan);
    return status == BW_OK ? end_trace(job, bw_now(NULL) - begun) : status;
}

bw_status bw_job_solve(bw_job *job)
{
    if (!job->instance)
        return BW_OK;
    bw_status status = timed(job, solve, &job->timing.solve);
    if (status != BW_OK || job->plan->outcome != BW_IMPOSSIBLE)
        return status;
    tell_impossible(job);
    return BW_INVALID;
}

bool bw_job_has_plan(const bw_job *job)
{
    return job->plan && job->plan->complete;
}

/* A choice of positions has many searches, and no single reason. */
static const char *stop_of(const bw_job *job)
{
    if (job->plan)
        return bw_stop_text(job->plan->stopped_by);
    return job->repair ? bw_stop_text(job->repair->stopped_by)
                       : "the limits of the search";
}

void bw_job_tell_no_plan(const bw_job *job)
{
    fprintf(stderr,
            "bailiwick: stopped by %s before any plan inside the hard limits "
            "was found; allow more with --effort or --seconds%s, or loosen the "
            "limits\n",
            stop_of(job),
            job->repair      ? ", widen the reach of <repair>"
            : job->positions ? ", ask <positions> for another number"
                             : "");
}

static bw_status check(bw_job *job)
{
    return bw_own_check(job->plan, job->diags);
}

bw_status bw_job_check(bw_job *job)
{
    return timed(job, check, &job->timing.check);
}

bw_status bw_job_curve(bw_job *job, bw_frontier_seen *seen, void *data)
{
    const bw_frontier_spec *spec = &job->scenario->frontier;
    if (!spec->given)
        return BW_OK;
    bw_lever lever = bw_lever_of(job->problem);
    bw_settings settings = job->settings;
    settings.seconds *= spec->steps;
    settings.start = NULL;
    return bw_frontier_run(job->problem, &lever, &settings, seen, data,
                           &job->frontier);
}

static bw_status make_figures(bw_job *job)
{
    bw_status status = bw_figures_new(job->plan, job->threads, &job->figures);
    return status == BW_OK ? bw_today_new(job->figures, &job->today) : status;
}

static bw_status fill(bw_job *job, bw_out_dir *out, bw_job_last *last,
                      void *data, double begun)
{
    const bw_run run = {&job->settings, job->diags,     job->repair,
                        job->frontier,  job->positions, job->spreadsheet};
    bw_status status = bw_plan_files_write(job->figures, &run, out);
    if (status == BW_OK && last)
        status = last(data, job, out);
    job->timing.write = bw_now(NULL) - begun;
    if (status == BW_OK)
        status = bw_plan_files_timing(&job->timing, job->diags, out);
    return status == BW_OK ? bw_out_dir_commit(out, job->diags) : status;
}

bw_status bw_job_write(bw_job *job, bw_job_last *last, void *data)
{
    double begun = bw_now(NULL);
    bw_out_dir *out = NULL;
    bw_status status = make_figures(job);
    if (status == BW_OK)
        status = bw_out_dir_new(&bw_out_plan, job->dir, job->diags, &out);
    if (status == BW_OK)
        status = fill(job, out, last, data, begun);
    bw_out_dir_free(out);
    return status;
}

int bw_job_give_up(const bw_job *job, bw_status status, bool all_errors)
{
    bool told = bw_diags_count(job->diags, BW_ERROR) > 0;
    bw_show_diags(stderr, job->diags, all_errors,
                  !told        ? NULL
                  : !job->plan ? "nothing was solved"
                               : "nothing was written");
    if (!told)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    return bw_exit_code(status, job->diags);
}
