/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick place: read the plan and the new accounts -> place -> tell. */
#include "commands.h"

#include "exit_code.h"
#include "newcomers.h"
#include "options.h"
#include "outputs.h"
#include "show_diag.h"
#include "stream.h"

#include <stdio.h>

enum {
    ACCOUNTS,
    OUTPUT,
    JSON,
    QUIET,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [ACCOUNTS] = {"accounts", 0, "NEW.csv", "the accounts that have appeared"},
    [OUTPUT] = {"output", 'o', "FILE", "write to FILE, not to standard output"},
    [JSON] = {"json", 0, NULL, "all of it as JSON, not as CSV"},
    [QUIET] = {"quiet", 0, NULL, "no summary"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "place",
    "DIR",
    "Puts accounts that appear after the plan in DIR into it, one by one in\n"
    "the order of NEW.csv, each with the rep who may serve it and has room\n"
    "under the hard limits, at the least cost at the plan's prices, or beyond\n"
    "the bands, where that is more. Nobody moves, the bands stay as they are,\n"
    "and DIR is not changed. NEW.csv is read as the scenario's accounts are.\n"
    "Says what all of it costs, and when it is time to plan again: once\n"
    "planning again may save one per cent more than before, an account is not\n"
    "placed, or a hard limit broken. Exit status: 0 all are placed; 1 some\n"
    "cannot be (their rep is blank); 2 NEW.csv has faults, or the inputs of\n"
    "the plan have changed; 4 a file; 5 the plan does not hold.",
    table,
    N_OPTIONS,
    1};

typedef struct job {
    const char *dir;
    const char *value[N_OPTIONS];
    bw_diags *diags;
    bw_newcomers *newcomers;
} job;

static bw_status check_output(void *data, const bw_scenario *scenario,
                              bw_diags *diags)
{
    const job *j = data;
    const bw_output file = {"output", j->value[OUTPUT]};
    const bw_outputs outputs = {
        .file = &file, .n = 1, .dir = j->dir, .dir_stays = true};
    return bw_outputs_check(&outputs, scenario->path, scenario, diags);
}

static bw_status save(const job *j, const bw_buf *buf)
{
    bw_stream *out;
    bw_status status = bw_stream_open(j->value[OUTPUT], j->diags, &out);
    if (status != BW_OK)
        return status;
    bw_stream_add(out, buf->text, buf->len);
    return bw_stream_finish(out, j->diags);
}

static bw_status write_result(const job *j)
{
    bw_buf buf = {0};
    if (j->value[JSON])
        bw_newcomers_json(j->newcomers, &buf);
    else
        bw_newcomers_csv(j->newcomers, &buf);
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK && j->value[OUTPUT])
        status = save(j, &buf);
    else if (status == BW_OK)
        fwrite(buf.text, 1, buf.len, stdout);
    bw_buf_free(&buf);
    return status;
}

static bw_status write_summary(const job *j)
{
    bw_buf buf = {0};
    if (j->value[QUIET])
        return BW_OK;
    bw_status status = bw_newcomers_summary(j->newcomers, &buf);
    if (buf.failed)
        status = BW_NOMEM;
    if (status == BW_OK)
        fwrite(buf.text, 1, buf.len, stderr);
    bw_buf_free(&buf);
    return status;
}

static int run(job *j)
{
    const bw_newcomers_from from = {j->dir, j->value[ACCOUNTS],
                                    j->value[QUIET] != NULL, check_output, j};
    bw_status status = bw_newcomers_read(&from, j->diags, &j->newcomers);
    if (status == BW_OK)
        status = bw_newcomers_seat(j->newcomers, j->diags);
    if (status == BW_OK)
        status = write_result(j);
    bool told = bw_diags_count(j->diags, BW_ERROR) > 0;
    bw_show_diags(stderr, j->diags, j->value[ALL_ERRORS] != NULL,
                  told ? "nothing was placed" : NULL);
    if (status == BW_OK)
        status = write_summary(j);
    if (status != BW_OK && !told)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    if (status != BW_OK)
        return bw_exit_code(status, j->diags);
    return j->newcomers->sum.placed < j->newcomers->n ? BW_EXIT_IMPOSSIBLE
                                                      : BW_EXIT_OK;
}

int bw_cmd_place(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed = bw_options_parse(&usage, argc, argv, j.value, &j.dir);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    if (!j.value[ACCOUNTS]) {
        bw_misuse(&usage, "which accounts? give --accounts NEW.csv");
        return BW_EXIT_USAGE;
    }
    j.diags = bw_diags_new();
    int code = BW_EXIT_FILE;
    if (j.diags)
        code = run(&j);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_newcomers_free(j.newcomers);
    bw_diags_free(j.diags);
    return code;
}
