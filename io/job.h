/* SPDX-License-Identifier: GPL-3.0-or-later */
/** One planning run, as every command that plans makes it: load -> model ->
 * solve -> check -> write. The stages are called one after the other, each only
 * if the one before it gave BW_OK; what went wrong stands in the job's own
 * diagnostics. */
#ifndef BW_JOB_H
#define BW_JOB_H

#include "bw/solve.h"
#include "out_dir.h"
#include "solve_options.h"
#include "summary.h"
#include "today.h"
#include "trace.h"

typedef struct bw_job {
    /* What is asked, set by the caller, who keeps it while the job lives. */
    const char *path;         /* of the scenario */
    const char *dir;          /* of the plan */
    const char *trace_path;   /* NULL: none */
    const char *start_dir;    /* of another plan, to start from by ids; NULL */
    bw_solve_options options; /* of the command line */
    int threads;              /* >= 1 */
    unsigned off;             /* as in bw_settings */
    bool spreadsheet;         /* tables are written to be opened by one */
    bool quiet; /* nothing on stderr while it reads or when it is interrupted */
    void (*progress)(void *, const bw_progress *); /* NULL: none */
    void *progress_data;
    /* What comes of it, stage by stage; the job's own. */
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_instance *instance;
    int32_t *start; /* [n_units] as bw_settings has it; NULL: none */
    bw_settings settings;
    bw_plan *plan;
    bw_positions *positions; /* NULL: the scenario has no choice of them */
    bw_repair *repair;       /* NULL: the scenario asks for none */
    bw_frontier *frontier;   /* NULL: not asked for, or not called */
    bw_figures *figures;
    bw_today *today;
    bw_timing timing;
    bw_trace trace;
} bw_job;

/** The job must be zeroed but for what is asked. BW_NOMEM. */
bw_status bw_job_begin(bw_job *job);
/** Also after a stage that failed, and where nothing was begun; gives signals
 * back to what they did before. */
void bw_job_end(bw_job *job);

/** Scenario, options, tables; and whether `dir` and the trace could be written,
 * so that every fault is told at once. */
bw_status bw_job_load(bw_job *job);

/** The integer program; the gate on data quality; the plan to start from.
 * BW_INVALID with diagnostics also where no plan can exist. Then the trace is
 * opened: a rejected run leaves an earlier one as it was. */
bw_status bw_job_model(bw_job *job);

/** The first signal stops it. BW_INVALID with diagnostics where it is proven
 * that no plan exists. BW_OK does not mean that there is one: see
 * bw_job_has_plan. */
bw_status bw_job_solve(bw_job *job);
bool bw_job_has_plan(const bw_job *job);
/** On stderr: which limit ended the search before there was a plan. */
void bw_job_tell_no_plan(const bw_job *job);

/** The judge's verdict on the plan. */
bw_status bw_job_check(bw_job *job);

/** The scenario's <frontier>; BW_OK at once where there is none. */
bw_status bw_job_curve(bw_job *job, bw_frontier_seen *seen, void *data);

/** Called before the plan takes its place, when all its files but timing.json
 * are there: to add files, or to compose what will be printed. Afterwards
 * nothing may fail. */
typedef bw_status bw_job_last(void *data, const bw_job *job, bw_out_dir *out);
/** Figures, today's state, and all files of the plan, in one step. `last` NULL:
 * nobody. */
bw_status bw_job_write(bw_job *job, bw_job_last *last, void *data);

/** Shows what is wrong on stderr; the exit code. */
int bw_job_give_up(const bw_job *job, bw_status status, bool all_errors);

#endif
