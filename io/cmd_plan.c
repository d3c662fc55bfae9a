/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick plan: load -> model -> solve -> check -> write. */
#include "commands.h"

#include "exit_code.h"
#include "job.h"
#include "plan_options.h"
#include "progress.h"
#include "show_diag.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_plain(const bw_input *input)
{
    return strcmp(input->encoding, "UTF-8") == 0 && !input->compressed;
}

/* "accounts: UTF-16LE (its mark) unpacked"; no more than the role for plain
 * UTF-8. Of further files, which changes add, with their names. */
static void show_role(const bw_problem *problem, const char *role)
{
    bool first = true;
    fprintf(stderr, "%s:", role);
    for (int32_t i = 0; i < problem->n_inputs; i++) {
        const bw_input *input = &problem->inputs[i];
        if (strcmp(input->role, role) != 0)
            continue;
        if (!first && !is_plain(input))
            fprintf(stderr, "; %s:", input->file);
        if (strcmp(input->encoding, "UTF-8") != 0)
            fprintf(stderr, " %s (%s)", input->encoding, input->reason);
        if (input->compressed)
            fputs(" unpacked", stderr);
        first = false;
    }
    fputc('\n', stderr);
}

/* GeoNames files have no columns to map. */
static void show_unmapped(const bw_problem *problem)
{
    static const char role[] = "gazetteer";
    bool shown = false, odd = false;
    for (int32_t i = 0; i < problem->n_mapping; i++)
        shown = shown || strcmp(problem->mapping[i].role, role) == 0;
    for (int32_t i = 0; i < problem->n_inputs; i++)
        odd = odd || (strcmp(problem->inputs[i].role, role) == 0 &&
                      !is_plain(&problem->inputs[i]));
    if (odd && !shown)
        show_role(problem, role);
}

static void show_mapping(const bw_problem *problem)
{
    for (int32_t i = 0; i < problem->n_mapping; i++) {
        const bw_mapping *m = &problem->mapping[i];
        if (i == 0 || strcmp(problem->mapping[i - 1].role, m->role) != 0)
            show_role(problem, m->role);
        fprintf(stderr, "  %-14s %s (%s)\n", m->field, m->header, m->how);
    }
    show_unmapped(problem);
}

static bw_status solve(bw_job *job)
{
    bw_progress_line line = bw_progress_begin(stderr, isatty(STDERR_FILENO));
    if (!job->quiet) {
        job->progress = bw_progress_show;
        /* Until this function is done. cppcheck-suppress autoVariables */
        job->progress_data = &line;
    }
    bw_status status = bw_job_solve(job);
    bw_progress_end(&line);
    job->progress = NULL;
    job->progress_data = NULL;
    return status;
}

static void show_point(void *data, int32_t at, const bw_frontier_point *point)
{
    const bw_job *job = data;
    if (!job->quiet)
        fprintf(stderr, "frontier: point %d of %d, %s\n", (int)at + 1,
                (int)job->scenario->frontier.steps,
                bw_outcome_text(point->outcome));
}

static bw_status curve(bw_job *job)
{
    if (!job->scenario->frontier.given)
        return BW_OK;
    return bw_job_curve(job, show_point, job);
}

/* The summary is composed before the plan takes its place: afterwards nothing
 * may fail but stdout itself. */
static bw_status compose(void *data, const bw_job *job, bw_out_dir *out)
{
    (void)out;
    bw_screen screen = {job->figures,  job->today,
                        job->dir,      bw_is_utf8_terminal(STDOUT_FILENO),
                        data,          job->repair,
                        job->frontier, job->positions};
    return bw_show_summary(&screen);
}

static bw_status write_out(bw_job *job)
{
    bw_buf text = {0};
    bw_status status = bw_job_write(job, compose, &text);
    if (status == BW_OK)
        fwrite(text.text, 1, text.len, stdout);
    bw_buf_free(&text);
    return status;
}

static int run(bw_job *job, bool all_errors)
{
    bw_status status = bw_job_load(job);
    if (status == BW_OK)
        status = bw_job_model(job);
    if (status != BW_OK)
        return bw_job_give_up(job, status, all_errors);
    if (!job->quiet)
        show_mapping(job->problem);
    bw_show_diags(stderr, job->diags, all_errors, NULL);
    status = solve(job);
    if (status == BW_OK && !bw_job_has_plan(job)) {
        bw_job_tell_no_plan(job);
        return BW_EXIT_LIMIT;
    }
    if (status == BW_OK)
        status = bw_job_check(job);
    if (status == BW_OK)
        status = curve(job);
    if (status == BW_OK)
        status = write_out(job);
    return status == BW_OK ? BW_EXIT_OK
                           : bw_job_give_up(job, status, all_errors);
}

int bw_cmd_plan(int argc, char **argv)
{
    bw_plan_options options;
    bw_parsed parsed = bw_plan_options_read(argc, argv, &options);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    bw_job job = {.path = options.scenario,
                  .dir = options.dir,
                  .trace_path = options.trace,
                  .options = options.solve,
                  .threads = options.threads,
                  .off = options.off,
                  .spreadsheet = options.spreadsheet,
                  .quiet = options.quiet};
    int code = BW_EXIT_FILE;
    if (bw_job_begin(&job) == BW_OK)
        code = run(&job, options.all_errors);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_job_end(&job);
    return code;
}
