/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signal handling. The one place with variables of the whole program: a signal
 * handler has no other way to reach anything, and one process has one set of
 * signals. */
#include "interrupt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    /* timeout(1) signals its child and then the group that the child is in:
     * one wish that arrives twice, microseconds apart. Nobody presses Ctrl-C
     * twice so fast. */
    ONE_WISH_MS = 500,
    /* A process that a signal was passed on to counts from when it came. */
    AGAIN_MS = 50
};

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
enum {
    N_SIGNALS = sizeof signals / sizeof signals[0]
};

static atomic_int interrupted;
static atomic_ulong first_ms; /* when the first signal came; 0: none yet */
static atomic_int be_quiet;
static struct sigaction before[N_SIGNALS];
static const char *volatile scraps[BW_SCRAP_MAX];
static volatile sig_atomic_t n_scraps;
static atomic_long forward[BW_FORWARD_MAX]; /* processes; 0: free */

/* False: there is nobody. */
static bool pass_on(int number)
{
    bool any = false;
    for (int i = 0; i < BW_FORWARD_MAX; i++) {
        long process = atomic_load(&forward[i]);
        if (process <= 0)
            continue;
        any = true;
        kill((pid_t)process, number);
    }
    return any;
}

/* Only calls that POSIX lists as safe inside a handler. */
static void end_at_once(int number)
{
    if (pass_on(number)) {
        poll(NULL, 0, AGAIN_MS);
        pass_on(number);
    }
    for (int i = (int)n_scraps - 1; i >= 0; i--)
        if (unlink(scraps[i]) != 0)
            rmdir(scraps[i]);
    signal(number, SIG_DFL);
    raise(number);
}

/* Any clock that only goes forward; wraps round where long is short. */
static unsigned long now_ms(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    unsigned long ms =
        (unsigned long)now.tv_sec * 1000 + (unsigned long)now.tv_nsec / 1000000;
    return ms ? ms : 1;
}

static void on_signal(int number)
{
    static const char note[] =
        "\nbailiwick: stopping; the best plan so far will be written "
        "(again: end at once)\n";
    int saved = errno;
    unsigned long first = 0, now = now_ms();
    /* One step: two threads may be in here at once. */
    if (atomic_compare_exchange_strong(&first_ms, &first, now)) {
        atomic_store(&interrupted, 1);
        pass_on(number);
        if (!atomic_load(&be_quiet) &&
            write(STDERR_FILENO, note, sizeof note - 1) < 0)
            atomic_store(&be_quiet, 1);
    } else if (now - first >= ONE_WISH_MS)
        end_at_once(number);
    errno = saved;
}

const atomic_int *bw_interrupt_catch(bool quiet)
{
    atomic_store(&interrupted, 0);
    atomic_store(&first_ms, 0);
    atomic_store(&be_quiet, quiet);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < N_SIGNALS; i++) {
        sigaction(signals[i], NULL, &before[i]);
        /* Ignored hang-ups are somebody's wish (nohup). Ignored interrupts are
         * not: a shell without job control starts every background command
         * with them, and asking such a run to stop must work. */
        if (signals[i] != SIGHUP || before[i].sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
    return &interrupted;
}

void bw_interrupt_forward(long process)
{
    long nobody = 0;
    for (int i = 0; i < BW_FORWARD_MAX; i++, nobody = 0)
        if (atomic_compare_exchange_strong(&forward[i], &nobody, process))
            return;
}

void bw_interrupt_forget(long process)
{
    for (int i = 0; i < BW_FORWARD_MAX; i++) {
        long it = process;
        atomic_compare_exchange_strong(&forward[i], &it, 0);
    }
}

void bw_interrupt_default(void)
{
    for (int i = 0; i < BW_FORWARD_MAX; i++)
        atomic_store(&forward[i], 0);
    for (int i = 0; i < N_SIGNALS; i++)
        if (signals[i] != SIGHUP || before[i].sa_handler != SIG_IGN)
            signal(signals[i], SIG_DFL);
    bw_scrap_forget();
}

void bw_interrupt_hold(bool hold)
{
    sigset_t set;
    sigemptyset(&set);
    for (int i = 0; i < N_SIGNALS; i++)
        sigaddset(&set, signals[i]);
    sigprocmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void bw_scrap_add(const char *path)
{
    if (n_scraps >= BW_SCRAP_MAX)
        return;
    scraps[n_scraps] = path;
    n_scraps = n_scraps + 1; /* after the path: a signal may come between */
}

void bw_scrap_forget(void)
{
    n_scraps = 0;
}
