/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick scenario: a scenario file with all that it extends, and no table.
 */
#include "commands.h"

#include "bw/load.h"
#include "exit_code.h"
#include "options.h"
#include "outputs.h"
#include "scenario_chain.h"
#include "scenario_flat.h"
#include "show_diag.h"
#include "stream.h"
#include "width.h"

#include <stdio.h>
#include <string.h>

enum {
    RESOLVE,
    OUTPUT,
    ALL_ERRORS,
    N_OPTIONS
};

enum {
    LONGEST = 1000 /* columns of a name; the control characters matter */
};

static const bw_option table[N_OPTIONS] = {
    [RESOLVE] = {"resolve", 0, NULL,
                 "print it flat, each part with its origin"},
    [OUTPUT] = {"output", 'o', "FILE", "with --resolve: write it to a file"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "scenario",
    "SCENARIO.xml",
    "Checks a scenario and what it extends, reads no table, and lists the "
    "files that\nmake it up, with the name and the number of elements of each. "
    "With --resolve the\nscenario is printed as one file that extends nothing, "
    "valid against the schema;\ncomments have file and line of every element, "
    "and of attributes that come from\nanother file.",
    table,
    N_OPTIONS,
    1};

typedef struct job {
    const char *path;
    const char *value[N_OPTIONS];
    bw_diags *diags;
    bw_scenario_chain *chain;
    bw_scenario *scenario;
} job;

static bw_status load(job *j)
{
    bw_status status = bw_scenario_chain_read(j->path, j->diags, &j->chain);
    if (status == BW_OK)
        status = bw_scenario_from_chain(j->chain, j->diags, &j->scenario);
    const bw_output file = {table[OUTPUT].name, j->value[OUTPUT]};
    const bw_outputs outputs = {&file, 1, NULL, false};
    bw_status clash =
        bw_outputs_check(&outputs, j->path, j->scenario, j->diags);
    return status == BW_OK ? clash : status;
}

/* Of a file in the chain: its name, and how many elements it writes. */
static void list_file(const bw_scenario_chain *chain, int number, bw_buf *out)
{
    const bw_element *root = bw_scenario_chain_tree(chain, number);
    const char *name = bw_element_attr(root, "name", NULL);
    int n = 0;
    for (const bw_element *e = root; (e = bw_element_walk(root, e)) != NULL;)
        n++;
    bw_buf_text(out, number ? "extends " : "");
    bw_text_cut(out, bw_scenario_chain_file(chain, number), LONGEST, true);
    bw_buf_text(out, ": ");
    if (name) {
        bw_buf_text(out, "\"");
        bw_text_cut(out, name, LONGEST, true);
        bw_buf_text(out, "\", ");
    }
    bw_buf_format(out, "%d element%s\n", n, n == 1 ? "" : "s");
}

static bw_status compose(const job *j, bw_buf *out)
{
    if (!j->value[RESOLVE]) {
        for (int i = 0; i < bw_scenario_chain_files(j->chain); i++)
            list_file(j->chain, i, out);
        return out->failed ? BW_NOMEM : BW_OK;
    }
    const char *path = j->value[OUTPUT], *slash = NULL;
    bw_buf folder = {.text = NULL};
    if (path)
        slash = strrchr(path, '/');
    if (slash)
        bw_buf_add(&folder, path, (size_t)(slash - path) + 1);
    else
        bw_buf_text(&folder, ".");
    bw_status status = folder.failed
                           ? BW_NOMEM
                           : bw_scenario_flat_write(j->chain, folder.text, out);
    if (status == BW_IO)
        bw_diag_add(j->diags, BW_ERROR, BW_OUTPUT,
                    (bw_place){path ? path : ".", 0, 0},
                    "its folder is not there; make it first");
    bw_buf_free(&folder);
    return status;
}

static bw_status put(const job *j, const bw_buf *text)
{
    bw_stream *out;
    if (!j->value[OUTPUT]) {
        fwrite(text->text, 1, text->len, stdout);
        return BW_OK;
    }
    bw_status status = bw_stream_open(j->value[OUTPUT], j->diags, &out);
    if (status != BW_OK)
        return status;
    bw_stream_add(out, text->text, text->len);
    return bw_stream_finish(out, j->diags);
}

static int run(job *j)
{
    bw_buf text = {.text = NULL};
    bw_status status = load(j);
    if (status == BW_OK)
        status = compose(j, &text);
    if (status == BW_OK)
        status = put(j, &text);
    bw_buf_free(&text);
    bool failed = status != BW_OK;
    bw_show_diags(stderr, j->diags, j->value[ALL_ERRORS] != NULL,
                  failed ? "nothing was written" : NULL);
    if (failed && bw_diags_count(j->diags, BW_ERROR) == 0)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    return failed ? bw_exit_code(status, j->diags) : BW_EXIT_OK;
}

int bw_cmd_scenario(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed = bw_options_parse(&usage, argc, argv, j.value, &j.path);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    if (j.value[OUTPUT] && !j.value[RESOLVE]) {
        bw_misuse(&usage, "--output is for --resolve, which is not there");
        return BW_EXIT_USAGE;
    }
    j.diags = bw_diags_new();
    int code = BW_EXIT_FILE;
    if (j.diags)
        code = run(&j);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_scenario_free(j.scenario);
    bw_scenario_chain_free(j.chain);
    bw_diags_free(j.diags);
    return code;
}
