/* SPDX-License-Identifier: GPL-3.0-or-later */
/* read and compare -> report. */
#include "crm_against_run.h"

#include "exit_code.h"
#include "outputs.h"
#include "show_diag.h"

#include <stdio.h>

enum {
    FOLDER_FILES = 4 /* of an export that are read */
};

/* --rows must not be a file that is read; a scenario's own tables are known
 * once it is. */
static bw_status check_rows(const bw_against_run *run, bw_diags *diags)
{
    static const char *const name[FOLDER_FILES] = {
        "owners.csv", "users.csv", "profile.xml", "manifest.json"};
    const bw_output file = {"rows", run->rows};
    const bw_outputs outputs = {.file = &file, .n = 1};
    const char *input[FOLDER_FILES + 3] = {
        run->order.accounts, run->order.users, run->order.scenario};
    bw_buf path[FOLDER_FILES] = {0};
    bool failed = false;
    for (int i = 0; i < FOLDER_FILES; i++) {
        bw_buf_format(&path[i], "%s/%s", run->order.dir, name[i]);
        failed |= path[i].failed;
        input[3 + i] = path[i].text;
    }
    bw_status status = failed ? BW_NOMEM
                              : bw_outputs_check_files(&outputs, input,
                                                       FOLDER_FILES + 3, diags);
    for (int i = 0; i < FOLDER_FILES; i++)
        bw_buf_free(&path[i]);
    return status;
}

static bw_status report(const bw_against_run *run, const bw_against *against,
                        bw_diags *diags)
{
    bw_buf buf = {0};
    bw_status status = BW_OK;
    if (run->rows && against->scenario) {
        const bw_output file = {"rows", run->rows};
        const bw_outputs outputs = {.file = &file, .n = 1};
        status = bw_outputs_check(&outputs, run->order.scenario,
                                  against->scenario, diags);
    }
    if (status == BW_OK && run->rows)
        status = bw_against_rows(against, run->rows,
                                 run->spreadsheet ? &bw_csv_spreadsheet : NULL,
                                 diags);
    if (run->json)
        bw_against_json(against, &run->order, &buf);
    else
        bw_against_show(against, &run->order,
                        status == BW_OK ? run->rows : NULL, &buf);
    if (!buf.failed)
        fwrite(buf.text, 1, buf.len, stdout);
    status = status == BW_OK && buf.failed ? BW_NOMEM : status;
    bw_buf_free(&buf);
    return status;
}

int bw_against_report(const bw_against_run *run)
{
    bw_against against = {0};
    bw_diags *diags = bw_diags_new();
    if (!diags) {
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
        return BW_EXIT_FILE;
    }
    bw_status status = check_rows(run, diags);
    if (status == BW_OK)
        status = bw_against_make(&run->order, diags, &against);
    bool compared = status == BW_OK, holds = compared;
    if (compared) {
        holds = bw_against_holds(&against);
        status = report(run, &against, diags);
    }
    if (!run->quiet || status != BW_OK)
        bw_show_diags(stderr, diags, run->all_errors,
                      compared ? NULL : "nothing was compared");
    if (status != BW_OK && bw_diags_count(diags, BW_ERROR) == 0)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    int code = status != BW_OK ? bw_exit_code(status, diags)
               : holds         ? BW_EXIT_OK
                               : BW_EXIT_INPUT;
    bw_against_free(&against);
    bw_diags_free(diags);
    return code;
}
