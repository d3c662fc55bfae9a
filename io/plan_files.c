/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One buffer after the other, each into its file. */
#include "plan_files.h"

#include "frontier_show.h"
#include "positions_show.h"
#include "repair_show.h"
#include "scenario_write.h"
#include "tables.h"

#include <string.h>

typedef struct job {
    const bw_figures *figures;
    const bw_run *run;
    bw_out_dir *out;
} job;

static bw_status fill_assignments(const job *j, bw_csv *csv)
{
    bw_write_assignments(j->figures, csv);
    return BW_OK;
}

static bw_status fill_moves(const job *j, bw_csv *csv)
{
    return bw_write_moves(j->figures, csv);
}

static bw_status fill_territories(const job *j, bw_csv *csv)
{
    bw_write_territories(j->figures, csv);
    return BW_OK;
}

static bw_status fill_segments(const job *j, bw_csv *csv)
{
    bw_write_segments(j->figures, csv);
    return BW_OK;
}

static bw_status fill_rejected(const job *j, bw_csv *csv)
{
    bw_write_rejected(j->figures->problem, csv);
    return BW_OK;
}

static bw_status fill_certificate(const job *j, bw_csv *csv)
{
    bw_write_certificate(j->figures, csv);
    return BW_OK;
}

static bw_status fill_clusters(const job *j, bw_csv *csv)
{
    bw_write_clusters(j->figures, csv);
    return BW_OK;
}

static bw_status fill_frontier(const job *j, bw_csv *csv)
{
    bw_write_frontier(j->run->frontier, j->figures->problem, csv);
    return BW_OK;
}

static bw_status fill_frontier_plans(const job *j, bw_csv *csv)
{
    bw_write_frontier_plans(j->run->frontier, j->figures, csv);
    return BW_OK;
}

static bw_status fill_repair(const job *j, bw_csv *csv)
{
    bw_write_repair(j->run->repair, csv);
    return BW_OK;
}

static bool has_frontier(const bw_run *run)
{
    return run->frontier != NULL;
}

static bw_status fill_positions(const job *j, bw_csv *csv)
{
    bw_write_positions(j->run->positions, j->figures, csv);
    return BW_OK;
}

static bw_status fill_headcount(const job *j, bw_csv *csv)
{
    bw_write_headcount(j->run->positions, j->figures, csv);
    return BW_OK;
}

static bw_status fill_positions_proof(const job *j, bw_csv *csv)
{
    bw_write_positions_proof(j->run->positions, j->figures, csv);
    return BW_OK;
}

static bool has_positions(const bw_run *run)
{
    return run->positions != NULL;
}

static bool has_repair(const bw_run *run)
{
    return run->repair != NULL;
}

static bw_status fill_summary(const job *j, bw_csv *csv)
{
    bw_write_summary(j->figures, j->run, csv->buf);
    return BW_OK;
}

/* The folder in which it is written now stands beside the one in which it will
 * be read, so relative paths are the same. */
static bw_status fill_scenario(const job *j, bw_csv *csv)
{
    const bw_problem *problem = j->figures->problem;
    return bw_scenario_write(problem->scenario, problem->inputs,
                             problem->n_inputs, bw_out_dir_folder(j->out),
                             csv->buf);
}

static const struct {
    const char *name;
    bw_status (*fill)(const job *j, bw_csv *csv);
    bool (*wanted)(const bw_run *run); /* NULL: always */
} files[] = {
    {"assignments.csv", fill_assignments, NULL},
    {"territories.csv", fill_territories, NULL},
    {"moves.csv", fill_moves, NULL},
    {"segments.csv", fill_segments, NULL},
    {"rejected.csv", fill_rejected, NULL},
    {"certificate.csv", fill_certificate, NULL},
    {"clusters.csv", fill_clusters, NULL},
    {"frontier.csv", fill_frontier, has_frontier},
    {"frontier_plans.csv", fill_frontier_plans, has_frontier},
    {"repair.csv", fill_repair, has_repair},
    {"positions.csv", fill_positions, has_positions},
    {"headcount.csv", fill_headcount, has_positions},
    {"positions_proof.csv", fill_positions_proof, has_positions},
    {"summary.json", fill_summary, NULL},
    {"scenario.resolved.xml", fill_scenario, NULL},
};

bw_status bw_plan_files_write(const bw_figures *figures, const bw_run *run,
                              bw_out_dir *out)
{
    const job j = {figures, run, out};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        bw_buf buf = {0};
        if (files[i].wanted && !files[i].wanted(run))
            continue;
        bw_csv csv = {.buf = &buf,
                      .style = run->spreadsheet ? &bw_csv_spreadsheet : NULL};
        if (strstr(files[i].name, ".csv"))
            bw_csv_begin(&csv);
        bw_status status = files[i].fill(&j, &csv);
        if (status == BW_OK)
            status = bw_out_dir_save(out, files[i].name, &buf, run->diags);
        bw_buf_free(&buf);
        if (status != BW_OK)
            return status;
    }
    return BW_OK;
}

bw_status bw_plan_files_timing(const bw_timing *timing, bw_diags *diags,
                               bw_out_dir *out)
{
    bw_buf buf = {0};
    bw_write_timing(timing, &buf);
    bw_status status = bw_out_dir_save(out, "timing.json", &buf, diags);
    bw_buf_free(&buf);
    return status;
}
