/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From statuses and diagnostics to exit codes. */
#include "exit_code.h"

/* The exit code that an error of this kind calls for on its own. */
static int code_of_error(bw_code code)
{
    if (code == BW_FILE_MISSING || code == BW_FILE_UNREADABLE ||
        code == BW_OUTPUT)
        return BW_EXIT_FILE;
    if (code == BW_CAPACITY_SHORT || code == BW_BUDGET_SHORT ||
        code == BW_LIMITS_IMPOSSIBLE)
        return BW_EXIT_IMPOSSIBLE;
    if (code == BW_CHECK_FAILED || code == BW_VERIFY_MISMATCH)
        return BW_EXIT_CHECK;
    return BW_EXIT_INPUT;
}

static int code_of_errors(bw_diags *diags)
{
    int n_files = 0, n_impossible = 0, n_check = 0, n_other = 0;
    for (size_t i = 0; i < bw_diags_kept(diags); i++) {
        const bw_diag *diag = bw_diags_at(diags, i);
        if (diag->severity != BW_ERROR)
            continue;
        int code = code_of_error(diag->code);
        n_files += code == BW_EXIT_FILE;
        n_impossible += code == BW_EXIT_IMPOSSIBLE;
        n_check += code == BW_EXIT_CHECK;
        n_other += code == BW_EXIT_INPUT;
    }
    if (n_files)
        return BW_EXIT_FILE;
    if (n_other)
        return BW_EXIT_INPUT;
    if (n_check)
        return BW_EXIT_CHECK;
    return n_impossible ? BW_EXIT_IMPOSSIBLE : BW_EXIT_INPUT;
}

int bw_exit_code(bw_status status, bw_diags *diags)
{
    switch (status) {
    case BW_OK:
        return BW_EXIT_OK;
    case BW_INVALID:
        return diags ? code_of_errors(diags) : BW_EXIT_INPUT;
    case BW_INTERNAL:
        return BW_EXIT_CHECK;
    case BW_NOMEM:
    case BW_IO:
    case BW_N_STATUS:
        break;
    }
    return BW_EXIT_FILE;
}
