/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts flaws and does with their rows what the scenario decides. */
#include "flaws.h"

#include "field.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void bw_flaws_begin(bw_flaws *flaws, const bw_scenario *scenario,
                    bw_diags *diags)
{
    flaws->scenario = scenario;
    flaws->diags = diags;
    for (int code = 0; code < BW_N_CODES; code++)
        flaws->action[code] =
            bw_quality_action(scenario, (bw_code)code, &flaws->value[code]);
}

void bw_flaws_free(bw_flaws *flaws)
{
    bw_free(flaws->found);
    flaws->found = NULL;
}

static void list(bw_flaws *flaws, const bw_finding *finding)
{
    if (!flaws->listed)
        return;
    if (flaws->n_found == flaws->room) {
        int64_t room = flaws->room ? 2 * flaws->room : 256;
        bw_finding *grown =
            bw_realloc(flaws->found, (size_t)room, sizeof *grown);
        if (!grown) {
            flaws->failed = true;
            return;
        }
        flaws->found = grown;
        flaws->room = room;
    }
    flaws->found[flaws->n_found++] = *finding;
}

void bw_flaw_list_place(bw_flaws *flaws, bw_severity severity, bw_code code,
                        bw_place place)
{
    list(flaws, &(bw_finding){.row = -1,
                              .other = -1,
                              .column = -1,
                              .place = place,
                              .role = BW_NO_TABLE,
                              .code = (uint8_t)code,
                              .action = (uint8_t)flaws->action[code],
                              .severity = (uint8_t)severity});
}

static void list_row(bw_sheet *sheet, bw_code code, int32_t column, int64_t row,
                     int32_t other)
{
    bw_quality_do action = sheet->flaws->action[code];
    bool stops = action == BW_DO_STOP;
    list(sheet->flaws,
         &(bw_finding){.row = row,
                       .other = other,
                       .column = column,
                       .role = (uint8_t)sheet->role,
                       .code = (uint8_t)code,
                       .action = (uint8_t)action,
                       .severity = stops ? BW_ERROR : BW_WARNING});
}

void bw_flaw_list_row(bw_sheet *sheet, bw_code code, int32_t column,
                      int64_t row)
{
    list_row(sheet, code, column, row, -1);
}

void bw_flaw_note(bw_sheet *sheet, bw_code code, int32_t column, int64_t row,
                  int32_t other)
{
    bw_flaw_count *count = &sheet->flaws->count[sheet->role][code];
    if (count->n == 0 || row < count->row) {
        count->row = row;
        count->column = column;
    }
    count->n++;
    list_row(sheet, code, column, row, other);
}

bw_diags *bw_flaw_diags(const bw_sheet *sheet)
{
    return sheet->flaws ? sheet->flaws->diags : sheet->diags;
}

/* Told as an error. Without decisions nobody lists flaws of the table, and who
 * watches the diagnostics sees it there. */
__attribute__((format(printf, 5, 0))) static void
stop(bw_sheet *sheet, bw_code code, int32_t column, int64_t row,
     const char *format, va_list args)
{
    char text[512];
    vsnprintf(text, sizeof text, format, args);
    sheet->faulty[row] = 1;
    if (sheet->flaws)
        sheet->flaws->telling = true;
    bw_diag_add(bw_flaw_diags(sheet), BW_ERROR, code,
                bw_sheet_place(sheet, column, row), "%s", text);
    if (sheet->flaws)
        sheet->flaws->telling = false;
}

bw_quality_do bw_flaw_found(bw_sheet *sheet, bw_code code, int32_t column,
                            int64_t row, const char *format, ...)
{
    bw_flaws *flaws = sheet->flaws;
    bw_quality_do action = flaws ? flaws->action[code] : BW_DO_STOP;
    if (action != BW_DO_STOP)
        bw_flaw_note(sheet, code, column, row, -1);
    else if (flaws)
        list_row(sheet, code, column, row, -1);
    if (action == BW_DO_DROP) { /* before `where` was evaluated: see there */
        sheet->flaw[row] = (uint8_t)code;
        if (sheet->state && bw_sheet_takes(sheet, row))
            sheet->state[row] = BW_ROW_FLAW;
    }
    if (action != BW_DO_STOP)
        return action;
    va_list args;
    va_start(args, format);
    stop(sheet, code, column, row, format, args);
    va_end(args);
    return action;
}

double bw_flaw_number(const bw_sheet *sheet, bw_code code)
{
    const bw_flaws *flaws = sheet->flaws;
    const char *text = flaws ? flaws->value[code] : NULL;
    double value;
    bool given = text && flaws->action[code] == BW_DO_VALUE;
    return given && bw_field_number(text, strlen(text), &value) ? value : NAN;
}

/* "as <quality> says", or how to decide otherwise. */
static void tell(bw_flaws *flaws, const bw_sheet *sheet, const bw_flaw *flaw)
{
    const bw_flaw_count *count = &flaws->count[sheet->role][flaw->code];
    bw_quality_do action = flaws->action[flaw->code];
    const char *value = flaws->value[flaw->code];
    bool given = bw_quality_given(flaws->scenario, flaw->code);
    char says[160] = "", stands[96] = "";
    if (action == BW_DO_VALUE && value)
        snprintf(stands, sizeof stands, " (\"%.60s\")", value);
    if (given)
        snprintf(says, sizeof says, ", as do=\"%s\" says", bw_do_text(action));
    bw_diag_add_many(flaws->diags, BW_WARNING, flaw->code,
                     bw_sheet_place(sheet, count->column, count->row),
                     (size_t)count->n,
                     "%lld row%s: %s (the first here); %s%s%s",
                     (long long)count->n, count->n == 1 ? "" : "s", flaw->words,
                     bw_flaw_does(flaw, action), stands, says);
}

void bw_flaws_tell(bw_flaws *flaws, bw_sheet *const sheet[BW_ROLES])
{
    const bw_flaw *flaw;
    flaws->telling = true;
    for (size_t i = 0; (flaw = bw_flaw_at(i)); i++)
        for (int role = 0; role < BW_ROLES; role++)
            if (flaws->count[role][flaw->code].n > 0)
                tell(flaws, sheet[role], flaw);
    flaws->telling = false;
}
