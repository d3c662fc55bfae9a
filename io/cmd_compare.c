/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick compare: names -> plans -> moves -> table. */
#include "commands.h"

#include "bw/alloc.h"
#include "clock.h"
#include "compare_out.h"
#include "exit_code.h"
#include "interrupt.h"
#include "options.h"
#include "show_diag.h"
#include "terminal.h"
#include "worker.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OUTPUT,
    JOBS,
    GAP,
    EFFORT,
    SECONDS,
    SEED,
    FRESH,
    JSON,
    QUIET,
    ALL_ERRORS,
    N_OPTIONS
};

enum {
    JOBS_USUAL = 2 /* memory for two scenarios, however many cores there are */
};

static const bw_option table[N_OPTIONS] = {
    [OUTPUT] = {"output", 'o', "DIR", "where plans and tables go (required)"},
    [JOBS] = {"jobs", 0, "N", "scenarios at once (2); memory grows with it"},
    [GAP] = {"gap", 0, "P", "stop each when proven this near to the best"},
    [EFFORT] = {"effort", 0, "E", "quick, normal, long or unlimited, for each"},
    [SECONDS] = {"seconds", 0, "S", "stop each after this time"},
    [SEED] = {"seed", 0, "N", "another seed, another search"},
    [FRESH] = {"fresh", 0, NULL, "plan all anew, whatever is there"},
    [JSON] = {"json", 0, NULL, "the table as JSON"},
    [QUIET] = {"quiet", 'q', NULL, "no progress; faults are told"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "compare",
    "BASE.xml SCENARIO.xml ...",
    "Plans what-if scenarios and puts them side by side: what each costs, how "
    "many\naccounts it moves against today and against the plan of the first "
    "scenario, the\nbase, how balanced it is. Each plan goes to a folder of "
    "its name in DIR, the\ntable to compare.csv and compare.json there. Plans "
    "whose scenario, data and\nsettings are what they were are kept. A "
    "scenario that fails says why and does\nnot stop the rest. Exit status: 0 "
    "every scenario is planned; else the worst of\nthe codes that plan would "
    "give: 5, 4, 2, 1, 6.",
    table,
    N_OPTIONS,
    -1};

static bw_parsed read_options(const char **value, const char **operand,
                              bw_compare *compare)
{
    static const bw_solve_slots slots = {GAP, EFFORT, SECONDS, SEED};
    static const uint64_t of_jobs[] = {1, BW_WORKERS_MAX};
    int cores = bw_online_cores();
    uint64_t jobs = (uint64_t)(cores < JOBS_USUAL ? cores : JOBS_USUAL);
    if (!value[OUTPUT] || !*value[OUTPUT]) {
        bw_misuse(&usage, "-o DIR is missing: where shall the plans go?");
        return BW_PARSED_MISUSED;
    }
    for (int n = 0; operand[n]; n++)
        if (n == BW_CONTENDERS_MAX) {
            bw_misuse(&usage, "\"%s\" is one scenario too many; %d at most",
                      operand[n], BW_CONTENDERS_MAX);
            return BW_PARSED_MISUSED;
        }
    compare->dir = value[OUTPUT];
    compare->fresh = value[FRESH];
    compare->json = value[JSON];
    compare->quiet = value[QUIET];
    compare->all_errors = value[ALL_ERRORS];
    bool good =
        bw_solve_options_read(&usage, &slots, value, &compare->options) &&
        bw_option_whole(&usage, JOBS, value[JOBS], of_jobs, &jobs);
    compare->jobs = (int)jobs;
    return good ? BW_PARSED_RUN : BW_PARSED_MISUSED;
}

static bw_status take_operands(bw_compare *compare, const char *const *operand)
{
    while (operand[compare->n])
        compare->n++;
    compare->arena = bw_arena_new();
    if (compare->arena)
        compare->contender = bw_arena_alloc(compare->arena, (size_t)compare->n,
                                            sizeof *compare->contender);
    if (!compare->contender) {
        compare->n = 0;
        return BW_NOMEM;
    }
    for (int i = 0; i < compare->n; i++)
        compare->contender[i].path = operand[i];
    return BW_OK;
}

static bw_status refuse(const bw_compare *compare, const char *why,
                        bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){compare->dir, 0, 0},
                "%s", why);
    return BW_IO;
}

static bool holds(const char *dir, const char *name)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/%s", dir, name);
    bool there = !path.failed && access(path.text, F_OK) == 0;
    bw_buf_free(&path);
    return there;
}

/* Other files there may be: only folders of plans and the two tables are
 * written. */
static bw_status make_dir(const bw_compare *compare, bool *made,
                          bw_diags *diags)
{
    struct stat what;
    *made = false;
    if (stat(compare->dir, &what) == 0) {
        if (!S_ISDIR(what.st_mode))
            return refuse(compare,
                          "is a file, not a folder; name another one with -o",
                          diags);
        if (holds(compare->dir, "summary.json"))
            return refuse(compare,
                          "is the folder of a plan; name another one with -o",
                          diags);
        return BW_OK;
    }
    if (mkdir(compare->dir, 0777) != 0) {
        bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){compare->dir, 0, 0},
                    "cannot create it: %s", strerror(errno));
        return BW_IO;
    }
    *made = true;
    return BW_OK;
}

static bool any_plan(const bw_compare *compare)
{
    for (int i = 0; i < compare->n; i++)
        if (bw_contender_has_plan(&compare->contender[i]))
            return true;
    return false;
}

static bw_status print(const bw_compare *compare, const bw_grid *grid)
{
    bw_buf buf = {0};
    if (compare->json)
        bw_compare_json(compare, grid, &buf);
    else
        bw_compare_show(compare, grid, bw_terminal_columns(STDOUT_FILENO),
                        bw_is_utf8_terminal(STDOUT_FILENO), &buf);
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK)
        fwrite(buf.text, 1, buf.len, stdout);
    bw_buf_free(&buf);
    return status;
}

/* A table of nothing would take the place of an earlier one. */
static bw_status tell(bw_compare *compare, bw_diags *diags)
{
    bw_grid *grid = NULL;
    bw_status status = bw_compare_moves(compare);
    if (status == BW_OK)
        status = bw_grid_new(compare, &grid);
    if (status == BW_OK && any_plan(compare))
        status = bw_compare_save(compare, grid, diags);
    if (status == BW_OK)
        status = print(compare, grid);
    bw_grid_free(grid);
    return status;
}

static int give_up(const bw_compare *compare, bw_status status, bw_diags *diags)
{
    bool told = bw_diags_count(diags, BW_ERROR) > 0;
    bw_show_diags(stderr, diags, compare->all_errors,
                  told ? "nothing was compared" : NULL);
    if (!told)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    return bw_exit_code(status, diags);
}

static int run(bw_compare *compare, bw_diags *diags)
{
    bool made;
    bw_status status = bw_compare_names(compare, diags);
    if (status == BW_OK)
        status = make_dir(compare, &made, diags);
    if (status != BW_OK)
        return give_up(compare, status, diags);
    compare->interrupt = bw_interrupt_catch(compare->quiet);
    status = bw_compare_run(compare);
    if (status == BW_OK)
        status = tell(compare, diags);
    if (made)
        rmdir(compare->dir); /* only where nothing came of it */
    return status == BW_OK ? bw_compare_code(compare)
                           : give_up(compare, status, diags);
}

int bw_cmd_compare(int argc, char **argv)
{
    const char *value[N_OPTIONS] = {0};
    const char **operand = bw_alloc((size_t)argc + 1, sizeof *operand);
    bw_compare compare = {0};
    int code = BW_EXIT_FILE;
    bw_diags *diags = bw_diags_new();
    bw_parsed parsed = BW_PARSED_RUN;
    if (operand && diags) {
        parsed = bw_options_parse(&usage, argc, argv, value, operand);
        if (parsed == BW_PARSED_RUN)
            parsed = read_options(value, operand, &compare);
        if (parsed == BW_PARSED_RUN &&
            take_operands(&compare, operand) == BW_OK)
            code = run(&compare, diags);
    }
    bw_compare_free(&compare);
    bw_diags_free(diags);
    bw_free(operand);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    return code;
}
