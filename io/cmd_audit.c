/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick audit: load -> look -> report. With --against it is not the data of
 * a scenario that is looked at, but what became of an export (crm_against.h).
 */
#include "commands.h"

#include "audit.h"
#include "bw/load.h"
#include "candidates.h"
#include "clock.h"
#include "crm_against_run.h"
#include "exit_code.h"
#include "options.h"
#include "outputs.h"
#include "progress.h"
#include "show_diag.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum {
    JSON,
    ROWS,
    SPREADSHEET,
    HISTORY,
    AGAINST,
    ACCOUNTS,
    USERS,
    QUIET,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [JSON] = {"json", 0, NULL, "the report as JSON"},
    [ROWS] = {"rows", 0, "FILE", "write every row that has a flaw, as CSV"},
    [SPREADSHEET] = {"spreadsheet", 0, NULL,
                     "with --rows: safe to open, no text is a formula"},
    [HISTORY] = {"history", 0, "FILE",
                 "append this run's counts as a CSV line"},
    [AGAINST] = {"against", 0, "DIR2",
                 "after a load: what the CRM made of DIR2"},
    [ACCOUNTS] = {"accounts", 0, "FRESH.csv",
                  "with --against: the accounts, exported anew"},
    [USERS] = {"users", 0, "FILE", "with --against: the users, exported anew"},
    [QUIET] = {"quiet", 0, NULL, "the report alone, no messages on stderr"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "audit",
    "SCENARIO.xml",
    "Reads everything, solves nothing: every flaw of the data counted, with "
    "its first\nplaces (line:column) and what `bailiwick plan` does about it, "
    "and whether a plan\ncan exist. What is done is decided with <quality "
    "code=\"...\" do=\"...\"/> in the\nscenario. Exit code 0: no errors; 2: "
    "errors were found.\n\n"
    "With --against DIR2, a folder that `bailiwick export` wrote and that was "
    "loaded:\nwhich accounts did not take their new owner, which have an owner "
    "who is nobody,\nand which somebody changed meanwhile. The accounts as "
    "they "
    "are now are FRESH.csv\n(--accounts, or in place of SCENARIO.xml), or "
    "those "
    "of a scenario that says how\nthey are read. Exit code 0: every account "
    "has "
    "the owner that the plan says;\n2: some have not.",
    table,
    N_OPTIONS,
    BW_OPERAND_MAYBE};

typedef struct job {
    const char *scenario_path;
    const char *value[N_OPTIONS];
    bw_diags *diags;
    bw_scenario *scenario;
    int64_t n_errors; /* that the audit found */
} job;

static bw_status report(const job *j, const bw_audit *audit)
{
    bw_buf buf = {0};
    bw_status status = BW_OK;
    if (j->value[ROWS])
        status = bw_audit_rows(
            audit, j->value[ROWS],
            j->value[SPREADSHEET] ? &bw_csv_spreadsheet : NULL, j->diags);
    if (status == BW_OK && j->value[HISTORY])
        status = bw_audit_history(audit, j->value[HISTORY], j->diags);
    if (j->value[JSON])
        bw_audit_json(audit, &buf);
    else
        bw_audit_show(audit, &buf);
    if (!buf.failed)
        fwrite(buf.text, 1, buf.len, stdout);
    status = status == BW_OK && buf.failed ? BW_NOMEM : status;
    bw_buf_free(&buf);
    return status;
}

typedef struct shown {
    job *job;
    bw_reading_line *line;
} shown;

/* The line of progress is gone before the report is written. A file that is
 * not there was said already and decides the exit code. */
static bw_status look(void *data, bw_loader *loader, bw_status loaded)
{
    const shown *s = data;
    bw_audit audit = {0};
    bw_status status = bw_audit_make(loader, loaded, &audit);
    bw_progress_end(&s->line->line);
    if (status == BW_OK) {
        s->job->n_errors = audit.n_errors;
        status = report(s->job, &audit);
    }
    bw_audit_free(&audit);
    return status == BW_OK && loaded == BW_IO ? BW_IO : status;
}

static int exit_code(const job *j, bw_status status)
{
    if (status == BW_OK)
        return j->n_errors > 0 ? BW_EXIT_INPUT : BW_EXIT_OK;
    int code = bw_exit_code(status, j->diags);
    return code == BW_EXIT_IMPOSSIBLE ? BW_EXIT_INPUT : code;
}

static bw_status load_shown(job *j)
{
    bool terminal = !j->value[QUIET] && isatty(STDERR_FILENO);
    bw_reading_line line = bw_reading_begin(stderr, terminal, bw_now);
    const bw_load_watch watch = {bw_reading_show, &line};
    shown s = {j, &line};
    bw_status status = bw_problem_look(j->scenario, &watch, j->diags, look, &s);
    bw_progress_end(&line.line);
    return status;
}

static bw_status check_outputs(const job *j)
{
    const bw_output file[] = {{"rows", j->value[ROWS]},
                              {"history", j->value[HISTORY]}};
    const bw_outputs outputs = {file, sizeof file / sizeof *file, NULL, false};
    return bw_outputs_check(&outputs, j->scenario_path, j->scenario, j->diags);
}

static int run(job *j)
{
    j->diags = bw_diags_new();
    if (!j->diags) {
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
        return BW_EXIT_FILE;
    }
    bw_status status =
        bw_scenario_load(j->scenario_path, j->diags, &j->scenario);
    bw_status outputs = check_outputs(j);
    status = status == BW_OK ? outputs : status;
    if (status == BW_OK)
        status = bw_candidates_add(j->scenario, j->diags);
    bool loaded = status == BW_OK;
    if (loaded)
        status = load_shown(j);
    bool failed = status != BW_OK;
    if (!j->value[QUIET] || failed)
        bw_show_diags(stderr, j->diags, j->value[ALL_ERRORS] != NULL,
                      loaded ? NULL : "nothing was audited");
    if (failed && bw_diags_count(j->diags, BW_ERROR) == 0)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    return exit_code(j, status);
}

static bool is_scenario(const char *path)
{
    size_t len = strlen(path);
    return len > 4 && strcasecmp(path + len - 4, ".xml") == 0;
}

/* False: a combination of options and files that means nothing was told. */
static bool check_use(const job *j)
{
    const char *const *value = j->value;
    if (!value[AGAINST] && !j->scenario_path)
        bw_misuse(&usage, "%s is missing", usage.operands);
    else if (!value[AGAINST] && (value[ACCOUNTS] || value[USERS]))
        bw_misuse(&usage, "--%s is for --against",
                  value[ACCOUNTS] ? "accounts" : "users");
    else if (value[SPREADSHEET] && !value[ROWS])
        bw_misuse(&usage, "--spreadsheet is for --rows");
    else if (value[AGAINST] && value[HISTORY])
        bw_misuse(&usage, "--history is not for --against");
    else if (value[AGAINST] && !value[ACCOUNTS] && !j->scenario_path)
        bw_misuse(&usage, "--against needs the accounts, exported anew: "
                          "--accounts FRESH.csv");
    else if (value[ACCOUNTS] && j->scenario_path)
        bw_misuse(&usage, "--accounts and \"%s\" are one too many",
                  j->scenario_path);
    else
        return true;
    return false;
}

static int run_against(const job *j)
{
    const char *path = j->scenario_path;
    bool scenario = path && is_scenario(path);
    const bw_against_run against = {
        .order = {.dir = j->value[AGAINST],
                  .accounts = scenario ? NULL
                              : path   ? path
                                       : j->value[ACCOUNTS],
                  .scenario = scenario ? path : NULL,
                  .users = j->value[USERS]},
        .rows = j->value[ROWS],
        .spreadsheet = j->value[SPREADSHEET] != NULL,
        .json = j->value[JSON] != NULL,
        .quiet = j->value[QUIET] != NULL,
        .all_errors = j->value[ALL_ERRORS] != NULL};
    return bw_against_report(&against);
}

int bw_cmd_audit(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed =
        bw_options_parse(&usage, argc, argv, j.value, &j.scenario_path);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    if (!check_use(&j))
        return BW_EXIT_USAGE;
    int code = j.value[AGAINST] ? run_against(&j) : run(&j);
    bw_scenario_free(j.scenario);
    bw_diags_free(j.diags);
    return code;
}
