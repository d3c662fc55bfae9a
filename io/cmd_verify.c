/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick verify: load the inputs again -> judge -> verdict. */
#include "commands.h"

#include "bw/alloc.h"
#include "clock.h"
#include "exit_code.h"
#include "json.h"
#include "load_shown.h"
#include "number.h"
#include "options.h"
#include "show_diag.h"
#include "verify.h"
#include "verify_positions.h"
#include "verify_repair.h"

#include <math.h>
#include <stdio.h>

enum {
    DEEP,
    SECONDS,
    THREADS,
    JSON,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [DEEP] = {"deep", 0, NULL,
              "solve the clusters of the searched bound again"},
    [SECONDS] = {"seconds", 0, "S", "with --deep: stop after this time"},
    [THREADS] = {"threads", 0, "N", "with --deep: cores to use (all)"},
    [JSON] = {"json", 0, NULL, "the verdict as JSON"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "verify",
    "DIR",
    "Recomputes plan, limits, objective and the proof of the bound from the "
    "inputs\nthat DIR/scenario.resolved.xml names, in exact integers, and "
    "compares every\nfigure of the tables and of summary.json. The inputs must "
    "be there, as seen from\nDIR, and unchanged: move DIR together with them. "
    "A "
    "better bound that was\nsearched for is only added up, and what was solved "
    "to the end believed, unless\n--deep solves each cluster again. Exit "
    "status: "
    "0 it holds; 5 it does not;\n6 --deep was stopped before all was decided; "
    "2 the inputs have changed or have\nfaults; 4 no such file.",
    table,
    N_OPTIONS,
    1};

typedef struct job {
    const char *dir;
    bool deep, json, all_errors;
    bw_settings settings; /* of --deep */
    double begun, shown;
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
        status = bw_load_shown(j->scenario, false, j->diags, &j->problem);
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
    bw_json_fine(&json, "bound", v->bound);
    bw_json_int(&json, "clusters", v->clusters);
    if (j->deep) {
        bw_json_int(&json, "clusters_confirmed", v->confirmed);
        bw_json_int(&json, "clusters_refuted", v->refuted);
    }
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

/* The limit came before the end, and nothing false was found. */
static bool is_undecided(const job *j)
{
    const bw_verified *v = &j->verified;
    return j->deep && v->holds && v->confirmed < v->clusters;
}

static void write_money(const job *j, const char *what, bw_wide fine,
                        bw_buf *buf)
{
    const char *currency = j->scenario->currency.text;
    bw_buf_format(buf, "%-22s", what);
    bw_buf_fine(buf, fine);
    bw_buf_format(buf, "%s%s\n", currency ? " " : "", currency ? currency : "");
}

/* What the searched bound is worth. */
static void write_searched(const job *j, bw_buf *buf)
{
    const bw_verified *v = &j->verified;
    if (v->clusters == 0) {
        if (j->deep)
            bw_buf_format(buf, "%-22s%s\n", "bound searched",
                          "none better than the certified one");
        return;
    }
    write_money(j, "bound searched", v->bound, buf);
    bw_buf_format(buf, "%-22s", "clusters");
    if (!j->deep || v->confirmed + v->refuted == 0)
        bw_buf_format(buf, "%d, not solved again%s\n", (int)v->clusters,
                      j->deep ? "" : " (--deep does)");
    else
        bw_buf_format(buf, "%d of %d confirmed, %d refuted\n",
                      (int)v->confirmed, (int)v->clusters, (int)v->refuted);
}

static void write_text(const job *j, bw_buf *buf)
{
    const bw_verified *v = &j->verified;
    write_money(j, "objective recomputed", v->objective, buf);
    write_money(j, "bound certified", v->bound_certified, buf);
    bw_buf_format(buf, "%-22s%s\n", "gap certified",
                  bw_number_percent(v->gap_certified).text);
    write_searched(j, buf);
    bw_buf_format(buf, "%-22s%s accounts, %s reps, %s limits\n", "checked",
                  bw_number_whole(v->accounts).text,
                  bw_number_whole(v->reps).text,
                  bw_number_whole(v->limits).text);
    bw_buf_format(buf, "%-22s%s figures of the tables", "compared",
                  bw_number_whole(v->figures).text);
    if (v->rounded)
        bw_buf_format(buf, ", %s differ as rounded distances may",
                      bw_number_whole(v->rounded).text);
    bw_buf_format(
        buf, "\n%-22s%s%s\n", "the plan", v->holds ? "holds" : "does not hold",
        is_undecided(j) ? "; the searched bound is not confirmed" : "");
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
    if (bw_diags_count(j->diags, BW_ERROR) == 0)
        tail = NULL;
    if (tail || bw_diags_count_code(j->diags, BW_CLUSTER_UNDECIDED) > 0)
        bw_show_diags(stderr, j->diags, j->all_errors, tail);
    else if (status != BW_OK)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
}

/* Every two seconds; a terminal would not need more here. */
static void show_progress(void *data, int32_t done, int32_t n)
{
    job *j = data;
    double now = bw_now(NULL);
    if (now - j->shown < 2)
        return;
    j->shown = now;
    fprintf(stderr, "%7.1f s  deep      %d of %d clusters solved again\n",
            now - j->begun, (int)done, (int)n);
}

static bw_status judge(job *j, const bw_problem *problem)
{
    if (!j->deep)
        return bw_verify(j->dir, problem, j->diags, &j->verified);
    bw_deep_settings how = {&j->settings, show_progress, j};
    j->begun = j->shown = bw_now(NULL);
    return bw_verify_deep(j->dir, problem, &how, j->diags, &j->verified);
}

static bw_status verify(job *j)
{
    bool mends = j->scenario->repair.given;
    if (!mends && !j->scenario->positions.given)
        return judge(j, j->problem);
    bw_problem made;
    bw_arena *arena = bw_arena_new();
    bw_status status = arena ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status =
            mends ? bw_verify_repair(j->dir, j->problem, j->diags, arena, &made)
                  : bw_verify_positions(j->dir, j->problem, j->diags, arena,
                                        &made);
    if (status == BW_OK)
        status = judge(j, &made);
    j->verified.holds &= bw_diags_count(j->diags, BW_ERROR) == 0;
    bw_arena_free(arena);
    return status;
}

static int run(job *j)
{
    bw_status status = load(j);
    if (status != BW_OK) {
        tell_faults(j, status, "nothing was verified");
        return bw_exit_code(status, j->diags);
    }
    status = verify(j);
    tell_faults(j, status,
                "the plan does not hold; restore its folder as it was "
                "written, or plan again");
    /* Faults of the tables are what verify looks for: no faults of input. */
    if (status == BW_OK || status == BW_INVALID)
        status = print(j);
    if (status != BW_OK)
        return bw_exit_code(status, j->diags);
    if (is_undecided(j))
        return BW_EXIT_LIMIT;
    return j->verified.holds ? BW_EXIT_OK : BW_EXIT_CHECK;
}

/* False: told. */
static bool read_limits(const char **value, job *j)
{
    static const double of_seconds[] = {0, 1e9};
    static const uint64_t of_threads[] = {1, BW_THREADS_MAX};
    uint64_t threads = (uint64_t)bw_online_cores();
    j->settings = (bw_settings){.seconds = (double)INFINITY, .clock = bw_now};
    j->deep = value[DEEP];
    if (!j->deep && (value[SECONDS] || value[THREADS])) {
        bw_misuse(&usage, "--%s is for --deep, which is not there",
                  value[SECONDS] ? "seconds" : "threads");
        return false;
    }
    bool good =
        bw_option_number(&usage, SECONDS, value[SECONDS], of_seconds,
                         &j->settings.seconds) &&
        bw_option_whole(&usage, THREADS, value[THREADS], of_threads, &threads);
    j->settings.threads = (int)threads;
    return good;
}

int bw_cmd_verify(int argc, char **argv)
{
    const char *value[N_OPTIONS] = {0}, *dir = NULL;
    bw_parsed parsed = bw_options_parse(&usage, argc, argv, value, &dir);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    job j = {.dir = dir, .json = value[JSON], .all_errors = value[ALL_ERRORS]};
    if (!read_limits(value, &j))
        return BW_EXIT_USAGE;
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
