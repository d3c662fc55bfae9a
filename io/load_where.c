/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a table take part, as its `where` says. */
#include "load_table.h"

/* A row that a change dropped stays so. One that was dropped for a flaw of a
 * cell that `where` looks at is listed for that, so that the list agrees with
 * the count of the flaw. */
static bw_status judge_rows(bw_sheet *sheet, bw_expr *expr, uint8_t *state)
{
    bw_status status = BW_OK;
    bw_rows rows = bw_rows_of(sheet, sheet);
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        bool holds = true;
        if (state[row] == BW_ROW_DROPPED)
            continue;
        rows.account_row = rows.rep_row = row;
        if (expr)
            status = bw_expr_truth(expr, bw_rows_lookup, &rows, &holds);
        if (sheet->flaw[row])
            state[row] = holds ? BW_ROW_FLAW : BW_ROW_FLAW_WHERE;
        else
            state[row] = holds ? BW_ROW_TAKEN : BW_ROW_WHERE;
    }
    return status;
}

bw_status bw_sheet_where(bw_sheet *sheet)
{
    bool reps = sheet->role == BW_ROLE_REPS;
    bw_expr *expr;
    bw_status status =
        bw_sheet_compile(reps ? NULL : sheet, reps ? sheet : NULL,
                         &sheet->spec->where, BW_BOOLEAN, &expr);
    if (status != BW_OK) {
        sheet->blind = true;
        return status;
    }
    uint8_t *state = sheet->state; /* there where a change dropped rows */
    if (!state)
        state = bw_arena_alloc(sheet->scratch, (size_t)bw_sheet_room(sheet), 1);
    if (!state)
        status = BW_NOMEM;
    else if (expr || sheet->layer)
        status = judge_rows(sheet, expr, state);
    sheet->state = state;
    bw_expr_free(expr);
    return status;
}
