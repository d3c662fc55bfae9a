/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick verify: load the inputs again -> judge -> verdict. */
#include "commands.h"

#include "bw/load.h"
#include "exit_code.h"
#include "json.h"
#include "number.h"
#include "options.h"
#include "show_diag.h"
#include "verify.h"

#include <stdio.h>

enum {
    JSON,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [JSON] = {"json", 0, NULL, "the verdict as JSON"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "verify",
    "DIR",
    "Recomputes plan, limits, objective and the proof of the bound from the "
    "inputs\nthat DIR/scenario.resolved.xml names, in exact integers, and "
    "compares every\nfigure of the tables and of summary.json. Exit status: 0 "
    "it holds; 5 it does\nnot; 2 the inputs have changed or have faults; 4 no "
    "such file.",
    table,
    N_OPTIONS,
    1};

typedef struct job {
    const char *dir;
    bool json, all_errors;
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_verified verified;
} job;

static bw_status load(job *j)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/scenario.resolved.xml", j->dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_scenario_load(path.text, j->diags, &j->scenario);
    bw_buf_free(&path);
    if (status == BW_OK)
        status = bw_problem_load(j->scenario, j->diags, &j->problem);
    return status;
}

static void write_json(const job *j, bw_buf *buf)
{
    const bw_verified *v = &j->verified;
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_bool(&json, "holds", v->holds);
    bw_json_fine(&json, "objective", v->objective);
    bw_json_fine(&json, "bound_certified", v->bound_certified);
    bw_json_double(&json, "gap_certified", v->gap_certified);
    bw_json_int(&json, "accounts", v->accounts);
    bw_json_int(&json, "units", v->units);
    bw_json_int(&json, "reps", v->reps);
    bw_json_int(&json, "pairs", v->pairs);
    bw_json_int(&json, "limits", v->limits);
    bw_json_int(&json, "figures", v->figures);
    bw_json_int(&json, "rounded", v->rounded);
    bw_json_int(&json, "errors", (int64_t)bw_diags_count(j->diags, BW_ERROR));
    bw_json_end(&json);
}

static void write_money(const job *j, const char *what, bw_wide fine,
                        bw_buf *buf)
{
    const char *currency = j->scenario->currency.text;
    bw_buf_format(buf, "%-22s", what);
    bw_buf_fine(buf, fine);
    bw_buf_format(buf, "%s%s\n", currency ? " " : "", currency ? currency : "");
}

static void write_text(const job *j, bw_buf *buf)
{
    const bw_verified *v = &j->verified;
    write_money(j, "objective recomputed", v->objective, buf);
    write_money(j, "bound certified", v->bound_certified, buf);
    bw_buf_format(buf, "%-22s%s\n", "gap certified",
                  bw_number_percent(v->gap_certified).text);
    bw_buf_format(buf, "%-22s%s accounts, %s reps, %s limits\n", "checked",
                  bw_number_whole(v->accounts).text,
                  bw_number_whole(v->reps).text,
                  bw_number_whole(v->limits).text);
    bw_buf_format(buf, "%-22s%s figures of the tables", "compared",
                  bw_number_whole(v->figures).text);
    if (v->rounded)
        bw_buf_format(buf, ", %s differ as rounded distances may",
                      bw_number_whole(v->rounded).text);
    bw_buf_format(buf, "\n%-22s%s\n", "the plan",
                  v->holds ? "holds" : "does not hold");
}

static bw_status print(const job *j)
{
    bw_buf buf = {0};
    if (j->json)
        write_json(j, &buf);
    else
        write_text(j, &buf);
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK)
        fwrite(buf.text, 1, buf.len, stdout);
    bw_buf_free(&buf);
    return status;
}

static void tell_faults(job *j, bw_status status, const char *tail)
{
    if (bw_diags_count(j->diags, BW_ERROR) > 0)
        bw_show_diags(stderr, j->diags, j->all_errors, tail);
    else if (status != BW_OK)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
}

static int run(job *j)
{
    bw_status status = load(j);
    if (status != BW_OK) {
        tell_faults(j, status, "nothing was verified");
        return bw_exit_code(status, j->diags);
    }
    status = bw_verify(j->dir, j->problem, j->diags, &j->verified);
    tell_faults(j, status, "the plan does not hold");
    /* Faults of the tables are what verify looks for: no faults of input. */
    if (status == BW_OK || status == BW_INVALID)
        status = print(j);
    if (status != BW_OK)
        return bw_exit_code(status, j->diags);
    return j->verified.holds ? BW_EXIT_OK : BW_EXIT_CHECK;
}

int bw_cmd_verify(int argc, char **argv)
{
    const char *value[N_OPTIONS] = {0}, *dir = NULL;
    bw_parsed parsed = bw_options_parse(&usage, argc, argv, value, &dir);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    job j = {.dir = dir, .json = value[JSON], .all_errors = value[ALL_ERRORS]};
    j.diags = bw_diags_new();
    int code = BW_EXIT_FILE;
    if (j.diags)
        code = run(&j);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_problem_free(j.problem);
    bw_scenario_free(j.scenario);
    bw_diags_free(j.diags);
    return code;
}
