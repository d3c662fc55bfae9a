/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One figure against another. */
#include "verify_parts.h"

#include <math.h>
#include <string.h>

static void tell_text(bw_verification *v, bw_verify_cell cell,
                      const char *expected)
{
    bw_cell claimed = bw_table_cell(cell.table, cell.row, cell.column);
    bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                bw_table_place(cell.table, cell.row, cell.column),
                "%s of \"%s\" is \"%s\", recomputed \"%s\"",
                bw_table_header(cell.table, cell.column).text, cell.whose,
                claimed.text, expected);
}

void bw_verify_text(bw_verification *v, bw_verify_cell cell,
                    const char *expected)
{
    if (cell.column < 0)
        return;
    v->figures++;
    bw_cell claimed = bw_table_cell(cell.table, cell.row, cell.column);
    if (strcmp(claimed.text, expected ? expected : "") != 0)
        tell_text(v, cell, expected ? expected : "");
}

void bw_verify_blank(bw_verification *v, bw_verify_cell cell)
{
    bw_verify_text(v, cell, "");
}

void bw_verify_amount(bw_verification *v, bw_verify_cell cell, bw_wide expected,
                      bw_wide leeway)
{
    if (cell.column < 0)
        return;
    v->figures++;
    bw_cell text = bw_table_cell(cell.table, cell.row, cell.column);
    bw_wide claimed;
    if (bw_decimal_fine(text.text, text.len, &claimed)) {
        bw_wide off =
            claimed > expected ? claimed - expected : expected - claimed;
        v->rounded += off > 0 && off <= leeway;
        if (off <= leeway)
            return;
    }
    bw_buf exact = {0};
    bw_buf_fine(&exact, expected);
    tell_text(v, cell, exact.text ? exact.text : "?");
    bw_buf_free(&exact);
}

void bw_verify_km(bw_verification *v, bw_verify_cell cell, double km)
{
    if (isnan(km))
        bw_verify_blank(v, cell);
    else
        bw_verify_amount(v, cell, bw_fine(bw_quanta(km)), bw_fine(1));
}

void bw_verify_columns(bw_verification *v, const bw_table *table,
                       const char *const *header, int n, int32_t *column)
{
    for (int i = 0; i < n; i++) {
        column[i] = bw_table_find(table, header[i]);
        if (column[i] < 0)
            bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                        bw_table_header_place(table, 0),
                        "there is no column \"%s\"", header[i]);
    }
}

double bw_verify_gap(bw_wide objective, bw_wide bound)
{
    bw_wide size = objective < 0 ? -objective : objective;
    double money = bw_from_fine(size);
    return bw_from_fine(objective - bound) / (money > 1 ? money : 1);
}

bool bw_verify_within(const bw_verification *v, int32_t rep, int32_t k)
{
    const bw_verdict *verdict = v->verdict;
    int64_t at = (int64_t)rep * v->problem->n_balances + k;
    return verdict->load[at] >= verdict->low[at] &&
           verdict->load[at] <= verdict->high[at];
}

const char *bw_verify_base(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash ? slash + 1 : file;
}

int64_t bw_verify_sum_quanta(const bw_verification *v)
{
    return v->rounded > 0 ? v->quanta_leeway : 0;
}

bw_wide bw_verify_sum_money(const bw_verification *v)
{
    return v->rounded > 0 ? v->money_leeway : 0;
}
