/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report for scripts. Its keys are a promise: README.md and the manual page
 * list them. */
#include "audit.h"

#include "json.h"

#include <math.h>
#include <string.h>

static const char *table_of(const bw_audit *audit, int role)
{
    const bw_sheet *sheet = bw_audit_sheet(audit, role);
    return sheet ? sheet->spec->file.text : NULL;
}

static void add_files(const bw_audit *audit, bw_json_out *json)
{
    bw_json_list(json, "files");
    for (int role = 0; role < BW_ROLES; role++) {
        const bw_sheet *sheet = bw_audit_sheet(audit, role);
        int64_t taken = 0;
        if (!sheet->spec->file.text)
            continue;
        for (int64_t row = 0; row < sheet->rows && sheet->state; row++)
            taken += sheet->state[row] == BW_ROW_TAKEN;
        bw_json_object(json, NULL);
        bw_json_text(json, "role", bw_role_text((bw_role)role));
        bw_json_text(json, "file", sheet->spec->file.text);
        bw_json_int(json, "rows", sheet->rows);
        bw_json_int(json, "taking_part", taken);
        bw_json_text(json, "sha256",
                     sheet->source ? bw_source_sha256(sheet->source) : NULL);
        bw_json_end(json);
    }
    bw_json_end(json);
}

/* "line:column", after the file where it is not `home`. */
static void add_place(const char *file, const char *home, bw_place place,
                      bw_json_out *json)
{
    bw_buf text = {0};
    if (place.line == 0)
        return;
    if (file && home && strcmp(file, home) != 0)
        bw_buf_format(&text, "%s:", file);
    bw_buf_format(&text, "%u:%u", place.line, place.column);
    if (text.failed)
        json->buf->failed = true;
    else
        bw_json_text(json, NULL, text.text);
    bw_buf_free(&text);
}

static void add_line(const bw_audit *audit, const bw_audit_line *line,
                     bw_json_out *json)
{
    bw_json_object(json, NULL);
    bw_json_text(json, "code", bw_code_text(line->code));
    bw_json_text(json, "severity",
                 line->severity == BW_ERROR ? "error" : "warning");
    bw_place first = bw_finding_place(audit, &audit->finding[line->from]);
    const char *home =
        table_of(audit, line->role) ? table_of(audit, line->role) : first.file;
    bw_json_text(json, "file", home);
    bw_json_int(json, "count", line->n);
    bw_json_list(json, "first");
    for (int64_t i = 0; i < line->n && i < BW_AUDIT_FIRST; i++) {
        bw_place place =
            bw_finding_place(audit, &audit->finding[line->from + i]);
        add_place(bw_audit_file(audit, line->role, place), home, place, json);
    }
    bw_json_end(json);
    bw_json_text(json, "does", bw_audit_does(line));
    bw_json_end(json);
}

static void add_owner(const bw_audit *audit, int32_t rep, bw_json_out *json)
{
    const bw_instance *instance = audit->instance;
    const bw_owner_today *owner = &audit->gate->owner[rep];
    bw_json_object(json, NULL);
    bw_json_text(json, "rep", audit->loader->problem->reps.id[rep]);
    bw_json_int(json, "accounts", owner->accounts);
    for (int32_t k = 0; instance && k < instance->n_measures; k++) {
        int64_t i = (int64_t)rep * instance->n_measures + k;
        bw_json_object(json, instance->measure[k].name);
        bw_json_double(json, "today", bw_from_quanta(audit->gate->load[i]));
        bw_json_double(json, "low",
                       instance->low[i] == BW_NO_LOW
                           ? NAN
                           : bw_from_quanta(instance->low[i]));
        bw_json_double(json, "high",
                       instance->high[i] == BW_NO_HIGH
                           ? NAN
                           : bw_from_quanta(instance->high[i]));
        bw_json_bool(json, "within", !(owner->outside & 1U << k));
        bw_json_end(json);
    }
    bw_json_end(json);
}

static void add_today(const bw_audit *audit, bw_json_out *json)
{
    const bw_gate *gate = audit->gate;
    int32_t n = gate ? audit->loader->problem->reps.n_serving : 0;
    bw_json_list(json, "owners");
    for (int32_t rep = 0; rep < n; rep++)
        add_owner(audit, rep, json);
    bw_json_end(json);
    bw_json_int(json, "unowned", gate ? gate->unowned : 0);
    bw_json_int(json, "exceptions", gate ? gate->excepted : 0);
}

void bw_audit_json(const bw_audit *audit, bw_buf *buf)
{
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "scenario", audit->loader->scenario->name.text);
    bw_json_double(&json, "score", bw_audit_score(audit, 2));
    bw_json_int(&json, "accounts", audit->rows);
    bw_json_int(&json, "accounts_grave", audit->grave);
    bw_json_int(&json, "accounts_light", audit->light);
    bw_json_int(&json, "errors", audit->n_errors);
    bw_json_int(&json, "warnings", audit->n_warnings);
    bw_json_bool(&json, "plan_possible", bw_audit_possible(audit));
    add_files(audit, &json);
    bw_json_list(&json, "flaws");
    for (int32_t i = 0; i < audit->n_lines; i++)
        if (audit->line[i].severity != BW_NOTE)
            add_line(audit, &audit->line[i], &json);
    bw_json_end(&json);
    add_today(audit, &json);
    bw_json_text(&json, "version", BW_VERSION);
    bw_json_end(&json);
}
