/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What other solvers find, asked through their programs. */
#ifndef TESTS_PEERS_H
#define TESTS_PEERS_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline bool peer_is_there(const char *name)
{
    char command[80];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    return system(command) == 0;
}

/** The first number after `words` in what the command prints; NaN: none. */
static inline double peer_number(const char *command, const char *words)
{
    char line[512];
    double number = (double)NAN;
    FILE *pipe = popen(command, "r");
    if (!pipe)
        return number;
    while (fgets(line, sizeof line, pipe)) {
        const char *at = strstr(line, words);
        if (at && isnan(number))
            number = strtod(at + strlen(words), NULL);
    }
    pclose(pipe);
    return number;
}

/** The optimum of a file in a folder; NaN: there is none. */
static inline double peer_glpsol(const char *option, const char *folder,
                                 const char *name)
{
    char command[600];
    snprintf(
        command, sizeof command,
        "cd %s && rm -f sol; glpsol %s %s -o sol >log 2>&1; grep -q 'INTEGER "
        "OPTIMAL' sol && cat sol",
        folder, option, name);
    return peer_number(command, "Objective:  cost = ");
}

static inline double peer_cbc(const char *folder, const char *name)
{
    char command[600];
    snprintf(command, sizeof command,
             "cd %s && rm -f sol; cbc %s solve solution sol >log 2>&1; head -1 "
             "sol | "
             "grep Optimal",
             folder, name);
    return peer_number(command, "objective value");
}

static inline bool peer_agrees(bool found, double least, double theirs)
{
    if (!found || isnan(theirs))
        return !found && isnan(theirs);
    return fabs(theirs - least) <= 1e-6 * fmax(1, fabs(least));
}

#endif
