/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a run in the history of audits. */
#include "audit.h"

#include "history.h"

#include <stdio.h>
#include <time.h>

enum {
    LEADING = 8,
    VALUES_MAX = LEADING + BW_N_CODES,
    ROOM = 32
};

/* The first digits of the sums of all inputs: what the figures are about. */
static void write_inputs(const bw_audit *audit, bw_buf *buf)
{
    for (int role = 0; role < BW_ROLES; role++) {
        const bw_sheet *sheet = bw_audit_sheet(audit, role);
        if (sheet->source)
            bw_buf_format(buf, "%s%.16s", buf->len ? "+" : "",
                          bw_source_sha256(sheet->source));
    }
    bw_buf_text(buf, "");
}

static int64_t count_of(const bw_audit *audit, bw_code code)
{
    int64_t n = 0;
    for (int32_t i = 0; i < audit->n_lines; i++)
        if (audit->line[i].code == code && audit->line[i].severity != BW_NOTE)
            n += audit->line[i].n;
    return n;
}

/* Every flaw of the table has a column, found or not. */
static int add_codes(const bw_audit *audit, bw_history_value *value, int n,
                     char (*room)[ROOM])
{
    int64_t other = audit->n_errors + audit->n_warnings;
    const bw_flaw *flaw;
    for (size_t i = 0; (flaw = bw_flaw_at(i)); i++) {
        int64_t count = count_of(audit, flaw->code);
        other -= count;
        snprintf(room[n], ROOM, "%lld", (long long)count);
        value[n] = (bw_history_value){bw_code_text(flaw->code), room[n]};
        n++;
    }
    snprintf(room[n], ROOM, "%lld", (long long)other);
    value[n] = (bw_history_value){"other", room[n]};
    return n + 1;
}

bw_status bw_audit_history(const bw_audit *audit, const char *path,
                           bw_diags *diags)
{
    bw_history_value value[VALUES_MAX];
    char room[VALUES_MAX][ROOM];
    bw_buf inputs = {0};
    struct tm utc;
    time_t now = time(NULL);
    gmtime_r(&now, &utc);
    strftime(room[0], ROOM, "%Y-%m-%dT%H:%M:%SZ", &utc);
    write_inputs(audit, &inputs);
    const char *name = audit->loader->scenario->name.text;
    snprintf(room[3], ROOM, "%lld", (long long)audit->rows);
    snprintf(room[4], ROOM, "%.2f", bw_audit_score(audit, 2));
    snprintf(room[5], ROOM, "%lld", (long long)audit->n_errors);
    snprintf(room[6], ROOM, "%lld", (long long)audit->n_warnings);
    value[0] = (bw_history_value){"date", room[0]};
    value[1] = (bw_history_value){"scenario",
                                  name ? name : audit->loader->scenario->path};
    value[2] = (bw_history_value){"inputs", inputs.text ? inputs.text : ""};
    value[3] = (bw_history_value){"rows", room[3]};
    value[4] = (bw_history_value){"score", room[4]};
    value[5] = (bw_history_value){"errors", room[5]};
    value[6] = (bw_history_value){"warnings", room[6]};
    int n = add_codes(audit, value, 7, room);
    bw_status status =
        inputs.failed ? BW_NOMEM : bw_history_append(path, value, n, diags);
    bw_buf_free(&inputs);
    return status;
}
