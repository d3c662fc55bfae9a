/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Files to be written against files that are read: no run may write over its
 * own inputs, whatever names and links lead to them. */
#ifndef BW_OUTPUTS_H
#define BW_OUTPUTS_H

#include "bw/scenario.h"

typedef struct bw_output {
    const char *option; /* without the dashes */
    const char *path;   /* NULL: not given */
} bw_output;

typedef struct bw_outputs {
    const bw_output *file; /* [n] */
    int n;
    const char *dir; /* of the plan; NULL: none is written */
    bool dir_stays;  /* it is read: no output may be one of its files */
} bw_outputs;

/**
 * Refuses, before anything is written, an output that is the scenario, one that
 * it extends, one of its tables or gazetteers, another output, or a file that a
 * plan has in `dir`; and a `dir` in which a table or a scenario that is
 * extended stands under the name of a plan's file. The scenario itself may
 * stand there: to plan scenario.resolved.xml into its own folder is no
 * accident. Devices and pipes may be named more than once. `scenario` NULL: it
 * could not be read, its tables are not known. BW_IO: told as BW_OUTPUT.
 */
bw_status bw_outputs_check(const bw_outputs *outputs, const char *scenario_path,
                           const bw_scenario *scenario, bw_diags *diags);

/** The same where a run reads other files: refuses an output that is one of the
 * inputs (NULL: not given) or another output. */
bw_status bw_outputs_check_files(const bw_outputs *outputs,
                                 const char *const *inputs, int n_inputs,
                                 bw_diags *diags);

#endif
