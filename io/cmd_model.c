/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick model: load -> model -> write the program. */
#include "commands.h"

#include "bw/alloc.h"
#include "bw/positions_problem.h"
#include "candidates.h"
#include "exit_code.h"
#include "gate.h"
#include "load_shown.h"
#include "model_write.h"
#include "number.h"
#include "options.h"
#include "outputs.h"
#include "show_diag.h"

#include <stdio.h>

enum {
    MPS,
    LP,
    MAP,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [MPS] = {"mps", 0, "FILE", "write the program as free MPS"},
    [LP] = {"lp", 0, "FILE", "write it as CPLEX LP"},
    [MAP] = {"map", 0, "FILE", "write what its short names stand for, as CSV"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "model",
    "SCENARIO.xml",
    "Writes the whole integer program for any other solver, exactly as the "
    "bound of\n`bailiwick plan` is proven against, for example\n"
    "  bailiwick model annual.xml --mps annual.mps --map names.csv\n"
    "  glpsol --freemps annual.mps   or   cbc annual.mps solve\n"
    "With <positions> it decides which are open, too.\n"
    "Each file replaces an earlier one at the very end.",
    table,
    N_OPTIONS,
    1};

typedef struct job {
    const char *scenario_path;
    const char *value[N_OPTIONS];
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_instance *instance;
    bw_model *model;
    bw_arena *arena; /* of a choice of positions */
} job;

static bw_status check_outputs(const job *j)
{
    bw_output file[MAP + 1];
    for (int i = 0; i <= MAP; i++)
        file[i] = (bw_output){table[i].name, j->value[i]};
    const bw_outputs outputs = {file, MAP + 1, NULL, false};
    return bw_outputs_check(&outputs, j->scenario_path, j->scenario, j->diags);
}

static bw_status make_choice(job *j)
{
    size_t errors = bw_diags_count(j->diags, BW_ERROR);
    bw_model_choice *choice;
    bw_positions_check(j->problem, j->diags);
    if (bw_diags_count(j->diags, BW_ERROR) > errors)
        return BW_INVALID;
    bw_status status =
        bw_positions_whole(j->problem, j->arena, j->diags, &j->instance);
    if (status == BW_OK)
        status = bw_gate_check(j->instance, j->diags);
    if (status == BW_OK)
        status = bw_model_new(j->instance, &j->model);
    if (status == BW_OK)
        status =
            bw_model_choice_new(j->problem, j->instance, j->arena, &choice);
    if (status == BW_OK)
        bw_model_choose(j->model, choice);
    return status;
}

static bw_status make_model(job *j)
{
    if (j->scenario->positions.given) {
        j->arena = bw_arena_new();
        return j->arena ? make_choice(j) : BW_NOMEM;
    }
    bw_status status = bw_instance_new(j->problem, j->diags, &j->instance);
    if (status == BW_OK)
        status = bw_gate_check(j->instance, j->diags);
    return status == BW_OK ? bw_model_new(j->instance, &j->model) : status;
}

static bw_status load(job *j)
{
    bw_status status =
        bw_scenario_load(j->scenario_path, j->diags, &j->scenario);
    bw_status outputs = check_outputs(j);
    if (status == BW_OK)
        status = bw_candidates_add(j->scenario, j->diags);
    if (status == BW_OK)
        status = bw_load_shown(j->scenario, false, j->diags, &j->problem);
    if (status == BW_OK)
        status = outputs;
    return status == BW_OK ? make_model(j) : status;
}

static bw_status write_as(const job *j, int format, bw_stream *out)
{
    if (format == LP)
        return bw_model_write_lp(j->model, out);
    if (format == MAP)
        return bw_model_write_map(j->model, out);
    return bw_model_write_mps(j->model, out);
}

static bw_status write_file(const job *j, int format)
{
    bw_stream *out;
    if (!j->value[format])
        return BW_OK;
    bw_status status = bw_stream_open(j->value[format], j->diags, &out);
    if (status == BW_OK)
        status = write_as(j, format, out);
    if (status == BW_OK)
        return bw_stream_finish(out, j->diags);
    bw_stream_abandon(out);
    return status;
}

static bw_status write_files(const job *j)
{
    bw_status status = BW_OK;
    for (int format = MPS; status == BW_OK && format <= MAP; format++)
        status = write_file(j, format);
    return status;
}

/* Tells what was found on stderr; the exit code. A program that cannot be
 * solved is written all the same: another solver may be asked to confirm. */
static int tell(const job *j, bw_status status)
{
    bool failed = status != BW_OK;
    bw_show_diags(stderr, j->diags, j->value[ALL_ERRORS] != NULL,
                  !failed       ? NULL
                  : j->instance ? "no file was replaced"
                                : "nothing was written");
    if (failed && bw_diags_count(j->diags, BW_ERROR) == 0)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    if (failed)
        return bw_exit_code(status, j->diags);
    printf("%s rows, %s columns, %s of them pairs\n",
           bw_number_whole(bw_model_rows(j->model)).text,
           bw_number_whole(bw_model_columns(j->model)).text,
           bw_number_whole(j->instance->n_pairs).text);
    return BW_EXIT_OK;
}

static int run(job *j)
{
    j->diags = bw_diags_new();
    if (!j->diags) {
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
        return BW_EXIT_FILE;
    }
    bw_status status = load(j);
    if (status == BW_OK)
        status = write_files(j);
    return tell(j, status);
}

int bw_cmd_model(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed =
        bw_options_parse(&usage, argc, argv, j.value, &j.scenario_path);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    if (!j.value[MPS] && !j.value[LP] && !j.value[MAP]) {
        bw_misuse(&usage, "nothing to write: give --mps FILE, --lp FILE or "
                          "--map FILE");
        return BW_EXIT_USAGE;
    }
    int code = run(&j);
    bw_model_free(j.model);
    bw_arena_free(j.arena);
    bw_instance_free(j.instance);
    bw_problem_free(j.problem);
    bw_scenario_free(j.scenario);
    bw_diags_free(j.diags);
    return code;
}
