/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The base alone with all cores, then the others, a few at a time. */
#include "compare.h"

#include "clock.h"
#include "errand.h"
#include "exit_code.h"
#include "lanes.h"
#include "number.h"
#include "run_record.h"
#include "terminal.h"
#include "worker.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Contenders [first, end) with `jobs` of them at once. */
typedef struct round {
    bw_compare *compare;
    bw_lanes *lanes;
    bw_worker worker[BW_WORKERS_MAX];
    int at_work[BW_WORKERS_MAX]; /* which contender */
    int next, end, jobs, threads;
    const char *start; /* folder of the base's plan; NULL: none */
} round;

static bool is_stopped(const bw_compare *compare)
{
    return atomic_load(compare->interrupt) != 0;
}

static void heard(void *data, int worker, const bw_report *report)
{
    round *r = data;
    int i = r->at_work[worker];
    if (report->kept)
        r->compare->contender[i].fate = BW_FATE_KEPT;
    else
        bw_lanes_show(r->lanes, i, &report->progress);
}

/* The process has its own copy of all this: it may stand on the stack. */
static bw_status begin(round *r, int slot)
{
    const bw_compare *compare = r->compare;
    const bw_contender *c = &compare->contender[r->next];
    bw_errand errand = {.path = c->path,
                        .folder = c->folder,
                        .beside = compare->dir,
                        .start = r->start,
                        .options = compare->options,
                        .threads = r->threads,
                        .fresh = compare->fresh,
                        .all_errors = compare->all_errors};
    bw_lanes_start(r->lanes, r->next);
    bw_status status =
        bw_worker_start(&r->worker[slot], bw_errand_run, &errand);
    if (status == BW_OK)
        r->at_work[slot] = r->next++;
    return status;
}

static bool is_our_signal(int number)
{
    return number == SIGINT || number == SIGTERM || number == SIGHUP;
}

static void settle(const bw_compare *compare, bw_contender *c,
                   bw_ending *ending)
{
    c->log = ending->log;
    c->crashed = ending->code < 0;
    c->code = c->crashed ? BW_EXIT_CHECK : ending->code;
    c->signal = ending->signal;
    bool stopped = is_stopped(compare) && (is_our_signal(ending->signal) ||
                                           ending->code == BW_EXIT_LIMIT);
    if (stopped) {
        c->fate = BW_FATE_STOPPED;
        c->code = BW_EXIT_LIMIT;
        c->crashed = false;
    } else if (c->code != BW_EXIT_OK) {
        c->fate = BW_FATE_FAILED;
    } else if (c->fate != BW_FATE_KEPT) {
        c->fate = BW_FATE_PLANNED;
    }
    if (c->code != BW_EXIT_OK)
        return;
    c->summary = bw_run_read(c->folder, "summary.json");
    c->run = bw_run_read(c->folder, "run.json");
    c->timing = bw_run_read(c->folder, "timing.json");
}

/* What a scenario said, under its name; where it is what the base said, only
 * that it is. */
static void say_log(const round *r, int i)
{
    const bw_contender *c = &r->compare->contender[i];
    const bw_contender *base = &r->compare->contender[0];
    bw_buf text = {0};
    if (c->log.len == 0)
        return;
    if (i > 0 && base->log.len == c->log.len &&
        memcmp(base->log.text, c->log.text, c->log.len) == 0)
        bw_buf_format(&text, "%s: the same messages as %s\n", c->name,
                      base->name);
    else
        bw_buf_format(&text, "%s:\n%s", c->name, c->log.text);
    bw_lanes_say(r->lanes, text.text);
    bw_buf_free(&text);
}

static void say_end(const round *r, int i)
{
    const bw_contender *c = &r->compare->contender[i];
    bw_buf text = {0};
    bw_buf_text(&text, bw_contender_state(c));
    if (bw_contender_has_plan(c)) {
        double cost = bw_contender_number(c->summary, "objective", NULL);
        double gap = bw_contender_number(c->summary, "gap", NULL);
        bw_buf_format(&text, "  cost %s  gap %s", bw_number_amount(cost).text,
                      bw_number_percent(gap).text);
        if (c->fate == BW_FATE_PLANNED)
            bw_buf_format(&text, "  %.1f s", bw_contender_seconds(c));
    }
    if (text.text && !text.failed)
        bw_lanes_done(r->lanes, i, text.text);
    bw_buf_free(&text);
}

static void end(round *r, int slot)
{
    bw_ending ending;
    int i = r->at_work[slot];
    bw_worker_end(&r->worker[slot], &ending);
    settle(r->compare, &r->compare->contender[i], &ending);
    say_log(r, i);
    say_end(r, i);
}

/* Starts as many as there is room for; the number at work. */
static int fill_up(round *r, bw_status *status)
{
    int busy = 0;
    for (int slot = 0; slot < r->jobs; slot++) {
        if (!r->worker[slot].process && r->next < r->end && *status == BW_OK &&
            !is_stopped(r->compare))
            *status = begin(r, slot);
        busy += r->worker[slot].process != 0;
    }
    return busy;
}

/* Also where no further one could be started, those at work are waited for. */
static bw_status run_round(round *r)
{
    bw_status status = BW_OK;
    while (fill_up(r, &status) > 0) {
        int slot = bw_workers_wait(r->worker, r->jobs, heard, r);
        if (slot >= 0)
            end(r, slot);
    }
    return status;
}

static bw_status run_all(bw_compare *compare, bw_lanes *lanes)
{
    int cores = bw_online_cores();
    int jobs = compare->jobs;
    if (jobs > compare->n - 1)
        jobs = compare->n - 1;
    round base = {.compare = compare,
                  .lanes = lanes,
                  .end = 1,
                  .jobs = 1,
                  .threads = cores};
    bw_status status = run_round(&base);
    if (status != BW_OK || jobs < 1)
        return status;
    const bw_contender *c = &compare->contender[0];
    round others = {.compare = compare,
                    .lanes = lanes,
                    .next = 1,
                    .end = compare->n,
                    .jobs = jobs,
                    .threads = cores > jobs ? cores / jobs : 1,
                    .start = bw_contender_has_plan(c) ? c->folder : NULL};
    return run_round(&others);
}

bw_status bw_compare_run(bw_compare *compare)
{
    const char *name[BW_CONTENDERS_MAX];
    for (int i = 0; i < compare->n; i++) {
        name[i] = compare->contender[i].name;
        compare->contender[i].code = BW_EXIT_LIMIT; /* until its turn comes */
    }
    bw_lanes lanes = {.out = stderr,
                      .terminal = isatty(STDERR_FILENO),
                      .quiet = compare->quiet,
                      .columns = bw_terminal_columns(STDERR_FILENO)};
    bw_status status = bw_lanes_begin(&lanes, name, compare->n);
    if (status == BW_OK)
        status = run_all(compare, &lanes);
    bw_lanes_end(&lanes);
    return status;
}
