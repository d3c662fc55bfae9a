/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collects what was found, looks for the rest, sorts, counts and scores it. */
#include "audit.h"

#include "layer.h"
#include "watch_tell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bw_sheet *bw_audit_sheet(const bw_audit *audit, int role)
{
    bw_loader *loader = audit->loader;
    bw_sheet *const sheets[BW_ROLES] = {&loader->accounts, &loader->reps,
                                        &loader->pairs};
    return role < BW_ROLES ? sheets[role] : NULL;
}

bw_place bw_finding_place(const bw_audit *audit, const bw_finding *finding)
{
    bool placed = finding->column < 0 && finding->place.line > 0;
    if (finding->row < 0 || placed)
        return finding->place;
    /* Of a column that the file does not have: where the record begins. */
    return bw_sheet_place(bw_audit_sheet(audit, finding->role), finding->column,
                          finding->row);
}

/* The row whose record begins at or before the line, of the n from `first` on,
 * which stand in one file. */
static int64_t row_at(const bw_sheet *sheet, int64_t first, int64_t n,
                      uint32_t line)
{
    int64_t low = first, high = first + n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (bw_sheet_place(sheet, -1, middle).line <= line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > first ? low - 1 : -1;
}

/* Of the rows that a change added from another file. */
static const bw_layer_part *part_in(const bw_sheet *sheet, const char *file)
{
    int n = sheet->layer ? bw_layer_parts(sheet->layer) : 0;
    for (int i = 0; i < n; i++) {
        const bw_layer_part *part = bw_layer_part_at(sheet->layer, i);
        if (part->sheet && part->sheet->path &&
            strcmp(part->sheet->path, file) == 0)
            return part;
    }
    return NULL;
}

static bool is_file_of(const bw_sheet *sheet, const char *file)
{
    return sheet->path && (strcmp(file, sheet->path) == 0 ||
                           strcmp(file, sheet->spec->file.text) == 0);
}

/* Diagnostics know files and lines only. */
void bw_audit_settle(const bw_audit *audit, bw_finding *finding)
{
    const char *file = finding->place.file;
    bool note = finding->severity == BW_NOTE; /* about no row: a footer */
    for (int role = 0; role < BW_ROLES && file && finding->role == BW_NO_TABLE;
         role++) {
        const bw_sheet *sheet = bw_audit_sheet(audit, role);
        bool own = is_file_of(sheet, file);
        const bw_layer_part *part = own ? NULL : part_in(sheet, file);
        if (!own && !part)
            continue;
        finding->role = (uint8_t)role;
        finding->place.file = part ? part->sheet->path : sheet->path;
        if (sheet->table && finding->place.line > 0 && !note)
            finding->row = row_at(sheet, part ? part->first : 0,
                                  part ? part->rows : sheet->file_rows,
                                  finding->place.line);
    }
}

const char *bw_audit_file(const bw_audit *audit, int role, bw_place place)
{
    const bw_sheet *sheet = bw_audit_sheet(audit, role);
    if (!sheet || !place.file)
        return place.file;
    if (is_file_of(sheet, place.file))
        return sheet->spec->file.text;
    const bw_layer_part *part = part_in(sheet, place.file);
    return part ? part->sheet->spec->file.text : place.file;
}

const char *bw_audit_does(const bw_audit_line *line)
{
    const bw_flaw *flaw = bw_flaw_of(line->code);
    if (line->severity == BW_ERROR)
        return "stop";
    const char *does = flaw ? bw_flaw_does(flaw, line->action) : NULL;
    return does && line->action != BW_DO_STOP ? does : "warn";
}

/* ------------------------------------------------------- only in an audit */

static void list_outliers(bw_loader *loader, const bw_gate *gate)
{
    int32_t column = bw_sheet_field(&loader->accounts, "revenue");
    for (int32_t i = 0; i < gate->n_outliers; i++)
        bw_flaw_list_row(&loader->accounts, BW_REVENUE_OUTLIER, column,
                         loader->row_of_account[gate->outlier[i].account]);
}

static void list_owners(bw_loader *loader, const bw_gate *gate)
{
    int32_t column = bw_sheet_field(&loader->reps, "id");
    for (int32_t r = 0; r < loader->problem->reps.n_serving; r++)
        if (gate->owner[r].outside)
            bw_flaw_list_row(&loader->reps, BW_OWNER_LOAD, column,
                             loader->row_of_rep[r]);
}

static void list_exceptions(bw_loader *loader, const bw_gate *gate)
{
    bool stop = loader->flaws.action[BW_EXCEPTIONS_MANY] == BW_DO_STOP;
    if (bw_gate_excepts_many(loader->problem, gate, stop))
        bw_flaw_list_place(&loader->flaws, stop ? BW_ERROR : BW_WARNING,
                           BW_EXCEPTIONS_MANY,
                           loader->scenario->accounts.place);
}

static bw_status look_further(bw_audit *audit, bw_status loaded)
{
    bw_loader *loader = audit->loader;
    bw_status status = BW_OK;
    if (loader->flaws.action[BW_ACCOUNT_DUPLICATE] != BW_DO_STOP) {
        bw_watch_step(loader->watch, "looking for duplicates", NULL);
        status = bw_load_duplicates(loader);
    }
    bool segmented = loaded == BW_OK;
    if (status == BW_OK && loaded == BW_OK) {
        bw_watch_step(loader->watch, "looking who may serve whom", NULL);
        status =
            bw_instance_new(loader->problem, loader->diags, &audit->instance);
        status = bw_fatal(status) ? status : BW_OK;
    } else if (status == BW_OK && bw_audit_only_rows(audit)) {
        segmented = true;
        status = bw_audit_look_on(audit);
    }
    if (status == BW_OK && loader->problem->accounts.n > 0)
        status = bw_gate_new(loader->problem, audit->instance, segmented,
                             &audit->gate);
    if (status != BW_OK || !audit->gate)
        return status;
    list_outliers(loader, audit->gate);
    list_exceptions(loader, audit->gate);
    if (audit->instance)
        list_owners(loader, audit->gate);
    return BW_OK;
}

/* ------------------------------------------------------- sorted and counted */

static int by_table(const void *left, const void *right)
{
    const bw_finding *a = left, *b = right;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    if (a->severity != b->severity)
        return a->severity > b->severity ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->place.line != b->place.line)
        return a->place.line < b->place.line ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static bw_status group(bw_audit *audit)
{
    for (int pass = 0; pass < 2; pass++) {
        bw_audit_line *line = NULL;
        audit->n_lines = 0;
        for (int64_t i = 0; i < audit->n; i++) {
            const bw_finding *f = &audit->finding[i];
            bool same = i > 0 && f->role == f[-1].role &&
                        f->code == f[-1].code && f->severity == f[-1].severity;
            if (!same)
                line = pass ? &audit->line[audit->n_lines] : NULL;
            audit->n_lines += !same;
            if (!line)
                continue;
            if (!same)
                *line = (bw_audit_line){.code = (bw_code)f->code,
                                        .role = f->role,
                                        .severity = (bw_severity)f->severity,
                                        .action = (bw_quality_do)f->action,
                                        .from = i};
            line->n++;
        }
        if (pass == 0)
            audit->line = bw_alloc((size_t)audit->n_lines, sizeof *audit->line);
        if (!audit->line)
            return BW_NOMEM;
    }
    return BW_OK;
}

static void count_severities(bw_audit *audit)
{
    for (int32_t i = 0; i < audit->n_lines; i++) {
        if (audit->line[i].severity == BW_ERROR)
            audit->n_errors += audit->line[i].n;
        else if (audit->line[i].severity == BW_WARNING)
            audit->n_warnings += audit->line[i].n;
    }
}

/* A warning that no decision has made one is light: of a code that nothing is
 * decided about, or an account above the soft band of everybody. */
static double weight(const bw_finding *f)
{
    bool decided = bw_flaw_of((bw_code)f->code) && f->action != BW_DO_STOP;
    return !decided && f->severity != BW_ERROR
               ? 0.25
               : bw_flaw_weight((bw_code)f->code);
}

/* score = 100 x (1 - (grave + light / 4) / rows). */
static bw_status score(bw_audit *audit)
{
    const bw_sheet *sheet = &audit->loader->accounts;
    int64_t rows = sheet->state ? sheet->rows : 0;
    double *worst = bw_alloc((size_t)rows, sizeof *worst);
    if (!worst)
        return BW_NOMEM;
    for (int64_t i = 0; i < audit->n; i++) {
        const bw_finding *f = &audit->finding[i];
        if (f->role == BW_ROLE_ACCOUNTS && f->row >= 0 && f->row < rows)
            worst[f->row] = fmax(worst[f->row], weight(f));
    }
    for (int64_t row = 0; row < rows; row++) {
        if (sheet->state[row] == BW_ROW_WHERE ||
            sheet->state[row] == BW_ROW_FLAW_WHERE ||
            sheet->state[row] == BW_ROW_DROPPED)
            continue;
        audit->rows++;
        audit->grave += worst[row] == 1;
        audit->light += worst[row] > 0 && worst[row] < 1;
    }
    bw_free(worst);
    double bad = (double)audit->grave + (double)audit->light / 4;
    audit->score = audit->rows > 0 ? 100 * (1 - bad / (double)audit->rows) : 0;
    return BW_OK;
}

double bw_audit_score(const bw_audit *audit, int decimals)
{
    double scale = pow(10, decimals);
    return floor(audit->score * scale + 1e-9) / scale;
}

bw_status bw_audit_make(bw_loader *loader, bw_status status, bw_audit *audit)
{
    audit->loader = loader;
    bw_status further = look_further(audit, status);
    if (further != BW_OK || loader->flaws.failed)
        return further != BW_OK ? further : BW_NOMEM;
    audit->finding = loader->flaws.found;
    audit->n = loader->flaws.n_found;
    for (int64_t i = 0; i < audit->n; i++)
        bw_audit_settle(audit, &audit->finding[i]);
    if (audit->n > 0)
        qsort(audit->finding, (size_t)audit->n, sizeof *audit->finding,
              by_table);
    status = group(audit);
    if (status != BW_OK)
        return status;
    count_severities(audit);
    return score(audit);
}

void bw_audit_free(bw_audit *audit)
{
    bw_gate_free(audit->gate);
    bw_instance_free(audit->instance);
    bw_free(audit->line);
    audit->line = NULL;
}

bool bw_audit_possible(const bw_audit *audit)
{
    return audit->n_errors == 0 && audit->instance &&
           !audit->instance->impossible;
}
