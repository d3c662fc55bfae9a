/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of the commands that load a problem. */
#include "load_shown.h"

#include "clock.h"
#include "progress.h"

#include <unistd.h>

bw_status bw_load_shown(const bw_scenario *scenario, bool quiet,
                        bw_diags *diags, bw_problem **problem)
{
    bool terminal = !quiet && isatty(STDERR_FILENO);
    bw_reading_line line = bw_reading_begin(stderr, terminal, bw_now);
    const bw_load_watch watch = {bw_reading_show, &line};
    bw_status status =
        bw_problem_load_watched(scenario, &watch, diags, problem);
    bw_progress_end(&line.line);
    return status;
}
