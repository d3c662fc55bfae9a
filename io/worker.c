/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fork, a pipe for reports, an unnamed file for what is said. */
#include "worker.h"

#include "interrupt.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A report is written in one piece, so that it is read in one. */
_Static_assert(sizeof(bw_report) <= PIPE_BUF, "a report is one write");

/* Never returns: what the parent had in its buffers is the parent's to write.
 * Should the parent be killed, its wish is taken to be the same as Ctrl-C. */
static void be_worker(const bw_worker *worker, int reports, bw_work *work,
                      void *data)
{
    bw_interrupt_default();
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    bw_interrupt_hold(false);
    dup2(fileno(worker->log), STDERR_FILENO);
    int code = work(data, reports);
    fflush(stderr);
    bw_worker_report(reports, &(bw_report){.ended = true});
    _exit(code);
}

bw_status bw_worker_start(bw_worker *worker, bw_work *work, void *data)
{
    int ends[2];
    worker->process = 0;
    worker->ended = false;
    worker->log = tmpfile();
    if (!worker->log)
        return BW_IO;
    if (pipe(ends) != 0) {
        fclose(worker->log);
        return BW_IO;
    }
    fflush(NULL);
    /* Signals wait until the process is known to those who pass them on. */
    bw_interrupt_hold(true);
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        be_worker(worker, ends[1], work, data);
    }
    int why = errno;
    if (process > 0)
        bw_interrupt_forward(process);
    bw_interrupt_hold(false);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        fclose(worker->log);
        errno = why;
        return BW_IO;
    }
    worker->pipe = ends[0];
    worker->process = process;
    return BW_OK;
}

void bw_worker_report(int reports, const bw_report *report)
{
    bw_report sent = *report;
    if (sent.progress.phase) {
        strncpy(sent.phase, sent.progress.phase, sizeof sent.phase - 1);
        sent.phase[sizeof sent.phase - 1] = '\0';
    }
    sent.progress.phase = NULL;
    while (write(reports, &sent, sizeof sent) < 0 && errno == EINTR)
        continue;
}

/* False: it has ended, or closed its end. */
static bool read_report(bw_worker *worker, int number, bw_worker_heard *heard,
                        void *data)
{
    bw_report report;
    ssize_t len;
    do
        len = read(worker->pipe, &report, sizeof report);
    while (len < 0 && errno == EINTR);
    if (len != (ssize_t)sizeof report)
        return false;
    report.progress.phase = report.phase;
    worker->ended |= report.ended;
    if (!report.ended)
        heard(data, number, &report);
    return true;
}

int bw_workers_wait(bw_worker *worker, int n, bw_worker_heard *heard,
                    void *data)
{
    struct pollfd at[BW_WORKERS_MAX];
    int number[BW_WORKERS_MAX];
    assert(n <= BW_WORKERS_MAX);
    for (;;) {
        nfds_t open = 0;
        for (int i = 0; i < n; i++) {
            if (!worker[i].process)
                continue;
            at[open] = (struct pollfd){worker[i].pipe, POLLIN, 0};
            number[open++] = i;
        }
        if (open == 0 || poll(at, open, -1) < 0)
            return -1;
        for (nfds_t i = 0; i < open; i++)
            if (at[i].revents &&
                !read_report(&worker[number[i]], number[i], heard, data))
                return number[i];
    }
}

static void read_log(FILE *log, bw_buf *text)
{
    char part[4096];
    size_t len;
    rewind(log);
    while ((len = fread(part, 1, sizeof part, log)) > 0)
        bw_buf_add(text, part, len);
}

void bw_worker_end(bw_worker *worker, bw_ending *ending)
{
    int status = 0;
    siginfo_t about;
    *ending = (bw_ending){.code = -1};
    /* Forgotten before its number is free for another process. */
    while (waitid(P_PID, (id_t)worker->process, &about, WEXITED | WNOWAIT) <
               0 &&
           errno == EINTR)
        continue;
    bw_interrupt_forget(worker->process);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        continue;
    if (WIFEXITED(status) && worker->ended)
        ending->code = WEXITSTATUS(status);
    else if (WIFSIGNALED(status))
        ending->signal = WTERMSIG(status);
    read_log(worker->log, &ending->log);
    fclose(worker->log);
    close(worker->pipe);
    worker->process = 0;
}
