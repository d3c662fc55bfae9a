/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Ctrl-C: the first asks the search to stop, a second half a second later or
 * more ends the program at once, leaving no half-written folder behind. */
#ifndef BW_INTERRUPT_H
#define BW_INTERRUPT_H

#include <stdatomic.h>
#include <stdbool.h>

/** From now on the first SIGINT, SIGTERM or SIGHUP sets the flag and, unless
 * quiet, says so on stderr; one that comes half a second later or more removes
 * what was registered below and ends the program by that signal, one that comes
 * sooner is the same wish. A hang-up that was ignored stays ignored.
 * They stay caught until the process ends: what was written is not to end with
 * the status of a signal that came a moment later. */
const atomic_int *bw_interrupt_catch(bool quiet);

/** Passes what is caught on to a process that was started, until it is
 * forgotten again: the first signal as it is, and where the program ends at
 * once the process does, too. Past BW_FORWARD_MAX processes it is ignored. */
void bw_interrupt_forward(long process);
void bw_interrupt_forget(long process);
/** In a process that was started: signals end it, and nothing is passed on. */
void bw_interrupt_default(void);

enum {
    BW_FORWARD_MAX = 256
};

/** Puts the signals off (true) until they are let through again (false). */
void bw_interrupt_hold(bool hold);

enum {
    BW_SCRAP_MAX = 512
};

/** Registers a file, or last of all its folder, for removal by the second
 * signal. The text must live until bw_scrap_forget. Register the folder first,
 * before its files: removal goes backwards. Past BW_SCRAP_MAX it is ignored. */
void bw_scrap_add(const char *path);
void bw_scrap_forget(void);

#endif
