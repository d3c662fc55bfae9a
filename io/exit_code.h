/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Exit codes of the program, by meaning. */
#ifndef BW_EXIT_CODE_H
#define BW_EXIT_CODE_H

#include "bw/diag.h"

enum {
    BW_EXIT_OK = 0,
    BW_EXIT_IMPOSSIBLE = 1, /* proven: the hard rules cannot hold together */
    BW_EXIT_INPUT = 2,      /* the input has faults */
    BW_EXIT_USAGE = 3,
    BW_EXIT_FILE = 4,   /* a file, a device, or memory */
    BW_EXIT_CHECK = 5,  /* the program's own check; verify: does not hold */
    BW_EXIT_LIMIT = 6,  /* a limit was reached: without a plan; verify: before
                         * all clusters were decided */
    BW_EXIT_NEAREST = 7 /* the plan breaks hard limits, as was allowed */
};

/** What a failed call means outside: by the status and, for BW_INVALID, by the
 * errors found. A file that is not there is 4 however many other faults there
 * are; 1 only where every error says that no plan can exist. */
int bw_exit_code(bw_status status, bw_diags *diags);

#endif
