/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick plan: load -> model -> solve -> check -> write. */
#include "commands.h"

#include "bw/solve.h"
#include "clock.h"
#include "exit_code.h"
#include "gate.h"
#include "interrupt.h"
#include "load_shown.h"
#include "outputs.h"
#include "own_check.h"
#include "plan_files.h"
#include "plan_options.h"
#include "progress.h"
#include "show_diag.h"
#include "terminal.h"
#include "trace.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct job {
    bw_plan_options options;
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_instance *instance;
    bw_settings settings;
    bw_plan *plan;
    bw_timing timing;
    bw_trace trace;
} job;

static bw_status check_outputs(const job *j)
{
    const bw_output trace = {"trace", j->options.trace};
    const bw_outputs outputs = {&trace, 1, j->options.dir};
    return bw_outputs_check(&outputs, j->options.scenario, j->scenario,
                            j->diags);
}

static bw_status load(job *j)
{
    /* What cannot be written is told now, with the other faults. */
    bw_status folder = bw_out_dir_check(j->options.dir, j->diags);
    bw_status trace = bw_trace_check(j->options.trace, j->diags);
    if (folder == BW_OK)
        folder = trace;
    bw_status status =
        bw_scenario_load(j->options.scenario, j->diags, &j->scenario);
    bw_status outputs = check_outputs(j);
    if (status != BW_OK)
        return status;
    if (folder == BW_OK)
        folder = outputs;
    bw_plan_options_apply(&j->options, j->scenario);
    status =
        bw_load_shown(j->scenario, j->options.quiet, j->diags, &j->problem);
    return status == BW_OK ? folder : status;
}

static bw_status model(job *j)
{
    bw_status status = bw_instance_new(j->problem, j->diags, &j->instance);
    if (status == BW_OK)
        status = bw_gate_check(j->instance, j->diags);
    /* Its errors say why no plan can exist. */
    return status == BW_OK && j->instance->impossible ? BW_INVALID : status;
}

/* "accounts: UTF-16LE (its mark) unpacked"; no more than the role for plain
 * UTF-8. */
static void show_role(const bw_problem *problem, const char *role)
{
    fprintf(stderr, "%s:", role);
    for (int32_t i = 0; i < problem->n_inputs; i++) {
        const bw_input *input = &problem->inputs[i];
        if (strcmp(input->role, role) != 0)
            continue;
        if (strcmp(input->encoding, "UTF-8") != 0)
            fprintf(stderr, " %s (%s)", input->encoding, input->reason);
        if (input->compressed)
            fputs(" unpacked", stderr);
    }
    fputc('\n', stderr);
}

static void show_mapping(const bw_problem *problem)
{
    for (int32_t i = 0; i < problem->n_mapping; i++) {
        const bw_mapping *m = &problem->mapping[i];
        if (i == 0 || strcmp(problem->mapping[i - 1].role, m->role) != 0)
            show_role(problem, m->role);
        fprintf(stderr, "  %-14s %s (%s)\n", m->field, m->header, m->how);
    }
}

/* The limit is for the whole run: the search gets what reading has left, less
 * what the judge and the tables will take, about twice what the model took (at
 * a million accounts 19 s after 10). */
static double other_seconds(const job *j)
{
    return j->timing.load + 3 * j->timing.model;
}

static void choose_settings(job *j)
{
    const bw_solve_spec *solve = &j->scenario->solve;
    j->settings = bw_settings_default();
    if (!isnan(solve->gap.value))
        j->settings.gap = solve->gap.value;
    if (!isnan(solve->seconds.value))
        j->settings.seconds = fmax(0, solve->seconds.value - other_seconds(j));
    j->settings.effort = solve->effort;
    j->settings.seed = solve->seed;
    j->settings.threads = j->options.threads;
    j->settings.off = j->options.off;
    j->settings.clock = bw_now;
}

/* Who looks on while the search runs. */
typedef struct watch {
    bw_progress_line *line; /* NULL with --quiet */
    bw_trace *trace;
} watch;

static void look_on(void *data, const bw_progress *progress)
{
    watch *w = data;
    bw_trace_note(w->trace, progress);
    if (w->line)
        bw_progress_show(w->line, progress);
}

/* The last line tells how the run ended, proofs at its very end included. */
static bw_status end_trace(job *j, double seconds)
{
    bw_progress last = {.seconds = seconds,
                        .has_plan = j->plan->complete,
                        .objective = bw_from_fine(j->plan->objective),
                        .bound = bw_from_fine(j->plan->bound)};
    bw_trace_note(&j->trace, &last);
    return bw_trace_close(&j->trace, j->diags);
}

static bw_status solve(job *j)
{
    choose_settings(j);
    bw_progress_line line = bw_progress_begin(stderr, isatty(STDERR_FILENO));
    watch w = {j->options.quiet ? NULL : &line, &j->trace};
    j->settings.progress = look_on;
    j->settings.progress_data = &w;
    j->settings.interrupt = bw_interrupt_catch(j->options.quiet);
    double begun = bw_now(NULL);
    bw_status status = bw_solve(j->instance, &j->settings, &j->plan);
    bw_progress_end(&line);
    return status == BW_OK ? end_trace(j, bw_now(NULL) - begun) : status;
}

/* Names every balance that is hard, and every budget: together they cannot
 * hold. */
static void tell_impossible(job *j)
{
    for (int32_t g = 0; g < j->problem->n_budgets; g++)
        bw_diag_add(j->diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE,
                    j->problem->budgets[g].place,
                    "no plan can keep the budget \"%s\" together with the "
                    "other hard limits: proven; raise max, or loosen them",
                    j->problem->budgets[g].name);
    for (int32_t k = 0; k < j->problem->n_balances; k++) {
        const bw_balance *balance = &j->problem->balances[k];
        if (!isinf(balance->under_cost) && !isinf(balance->over_cost))
            continue;
        bw_diag_add(j->diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE, balance->place,
                    "no plan can keep the hard limits on \"%s\": proven; "
                    "widen them, or give over-cost and under-cost instead of "
                    "hard=\"yes\"",
                    balance->measure);
    }
}

static void tell_no_plan(const job *j)
{
    fprintf(stderr,
            "bailiwick: stopped by %s before any plan inside the hard limits "
            "was found; allow more with --effort or --seconds, or loosen the "
            "limits\n",
            bw_stop_text(j->plan->stopped_by));
}

static bw_status write_files(const job *j, const bw_figures *figures,
                             bw_out_dir *out)
{
    const bw_run run = {&j->settings, j->diags};
    return bw_plan_files_write(figures, &run, out);
}

/* The summary is composed before the commit: afterwards nothing may fail but
 * stdout itself. */
static bw_status commit(job *j, const bw_figures *figures, bw_out_dir *out,
                        double begun)
{
    bw_buf text = {0};
    bw_today *today = NULL;
    bw_status status = bw_today_new(figures, &today);
    if (status == BW_OK) {
        bw_screen screen = {figures, today, j->options.dir,
                            bw_is_utf8_terminal(STDOUT_FILENO), &text};
        status = bw_show_summary(&screen);
    }
    j->timing.write = bw_now(NULL) - begun;
    if (status == BW_OK)
        status = bw_plan_files_timing(&j->timing, j->diags, out);
    if (status == BW_OK)
        status = bw_out_dir_commit(out, j->diags);
    if (status == BW_OK)
        fwrite(text.text, 1, text.len, stdout);
    bw_today_free(today);
    bw_buf_free(&text);
    return status;
}

static bw_status write_out(job *j)
{
    double begun = bw_now(NULL);
    bw_figures *figures = NULL;
    bw_out_dir *out = NULL;
    bw_status status = bw_figures_new(j->plan, j->options.threads, &figures);
    if (status == BW_OK)
        status = bw_out_dir_new(j->options.dir, j->diags, &out);
    if (status == BW_OK)
        status = write_files(j, figures, out);
    if (status == BW_OK)
        status = commit(j, figures, out, begun);
    bw_out_dir_free(out);
    bw_figures_free(figures);
    return status;
}

/* Runs a stage and notes what it took. */
static bw_status timed(job *j, bw_status (*stage)(job *), double *seconds)
{
    double begun = bw_now(NULL);
    bw_status status = stage(j);
    *seconds = bw_now(NULL) - begun;
    return status;
}

static bw_status check(job *j)
{
    return bw_own_check(j->plan, j->diags);
}

/* Shows what is wrong; the exit code. */
static int give_up(job *j, bw_status status)
{
    bool told = bw_diags_count(j->diags, BW_ERROR) > 0;
    bw_show_diags(stderr, j->diags, j->options.all_errors,
                  !told      ? NULL
                  : !j->plan ? "nothing was solved"
                             : "nothing was written");
    if (!told)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    return bw_exit_code(status, j->diags);
}

static int run(job *j)
{
    bw_status status = timed(j, load, &j->timing.load);
    if (status == BW_OK)
        status = timed(j, model, &j->timing.model);
    if (status == BW_OK) /* not before: a rejected run leaves it as it was */
        status = bw_trace_open(&j->trace, j->options.trace, j->diags);
    if (status != BW_OK)
        return give_up(j, status);
    if (!j->options.quiet)
        show_mapping(j->problem);
    bw_show_diags(stderr, j->diags, j->options.all_errors, NULL);
    status = timed(j, solve, &j->timing.solve);
    if (status != BW_OK)
        return give_up(j, status);
    if (j->plan->outcome == BW_IMPOSSIBLE) {
        tell_impossible(j);
        return give_up(j, BW_INVALID);
    }
    if (!j->plan->complete) {
        tell_no_plan(j);
        return BW_EXIT_LIMIT;
    }
    status = timed(j, check, &j->timing.check);
    if (status == BW_OK)
        status = write_out(j);
    return status == BW_OK ? BW_EXIT_OK : give_up(j, status);
}

int bw_cmd_plan(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed = bw_plan_options_read(argc, argv, &j.options);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    j.timing.threads = j.options.threads;
    j.diags = bw_diags_new();
    int code = BW_EXIT_FILE;
    if (j.diags)
        code = run(&j);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_trace_close(&j.trace, j.diags);
    bw_interrupt_release();
    bw_plan_free(j.plan);
    bw_instance_free(j.instance);
    bw_problem_free(j.problem);
    bw_scenario_free(j.scenario);
    bw_diags_free(j.diags);
    return code;
}
