/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of reps: name, accounts, loads against their bands, in and out. */
#include "terminal_parts.h"

#include "bar.h"
#include "bw/alloc.h"
#include "number.h"
#include "width.h"

#include <math.h>
#include <stdlib.h>

enum {
    ALL_UP_TO = 40, /* more reps than this: the ends of the list only */
    AT_EACH_END = 15,
    BARS = 2,
    NAME_COLUMNS = 18
};

const char *bw_rep_label(const bw_problem *problem, int32_t rep)
{
    const char *name = problem->reps.name[rep];
    return *name ? name : problem->reps.id[rep];
}

static int n_bars(const bw_figures *figures)
{
    int32_t n = figures->instance->n_measures;
    return n < BARS ? (int)n : BARS;
}

/* With fewer bars than two there is room for amounts: 80 columns with one bar
 * and the mark at the end. */
static int name_columns(const bw_figures *figures)
{
    return n_bars(figures) == BARS ? NAME_COLUMNS : NAME_COLUMNS + 1;
}

static void show_header(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    bw_text_fit(screen->buf, "Rep", name_columns(figures), false);
    bw_buf_text(screen->buf, " accts");
    for (int k = 0; k < n_bars(figures); k++) {
        bw_buf_text(screen->buf, "  ");
        bw_text_fit(screen->buf, figures->instance->measure[k].name, 20,
                    screen->utf8);
    }
    if (n_bars(figures) < BARS)
        bw_buf_text(screen->buf, "     hours  potential");
    bw_buf_text(screen->buf, "   in  out\n");
}

static void show_bars(const bw_screen *screen, int32_t rep)
{
    for (int k = 0; k < n_bars(screen->figures); k++) {
        bw_fit fit = bw_fit_in_plan(screen->figures, rep, k);
        double percent = 100 * bw_fit_share(&fit);
        bw_buf_text(screen->buf, "  ");
        bw_bar(screen->buf, &fit, screen->utf8);
        if (isnan(percent))
            bw_buf_text(screen->buf, "    -");
        else if (fabs(percent) < 999.5)
            bw_buf_format(screen->buf, "%4.0f%%", percent);
        else
            bw_buf_text(screen->buf, " >999");
    }
}

static void show_rep(const bw_screen *screen, int32_t rep)
{
    const bw_figures *figures = screen->figures;
    const bw_totals *totals = &figures->rep[rep];
    bool serves = rep < figures->instance->n_reps;
    bw_text_fit(screen->buf, bw_rep_label(figures->problem, rep),
                name_columns(figures), screen->utf8);
    bw_buf_format(screen->buf, "%6lld", (long long)totals->accounts);
    if (serves)
        show_bars(screen, rep);
    else
        bw_buf_format(screen->buf, "  %-*s", 22 * n_bars(figures) - 2,
                      n_bars(figures) ? "leaving" : "");
    if (n_bars(figures) < BARS)
        bw_buf_format(screen->buf, "%10s%11s",
                      bw_number_short(bw_totals_hours(totals)).text,
                      bw_number_short(totals->potential).text);
    bw_buf_format(screen->buf, "%5lld%5lld%s\n", (long long)totals->accounts_in,
                  (long long)totals->accounts_out,
                  serves && !bw_rep_fits(figures, rep) ? " !" : "");
}

/* A rep with what it is sorted by. */
typedef struct ranked {
    double load;
    int32_t rep;
} ranked;

static int by_load(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->load != b->load)
        return a->load > b->load ? -1 : 1;
    return a->rep < b->rep ? -1 : 1;
}

/* By the first measure's share of its band, else by accounts. */
static double load_of(const bw_figures *figures, int32_t rep)
{
    if (figures->instance->n_measures > 0) {
        bw_fit fit = bw_fit_in_plan(figures, rep, 0);
        double share = bw_fit_share(&fit);
        return isnan(share) ? 0 : share;
    }
    return (double)figures->rep[rep].accounts;
}

static bw_status show_ends(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    int32_t n = figures->instance->n_reps, hidden = 0;
    ranked *list = bw_alloc((size_t)n, sizeof *list);
    if (!list)
        return BW_NOMEM;
    for (int32_t rep = 0; rep < n; rep++)
        list[rep] = (ranked){load_of(figures, rep), rep};
    qsort(list, (size_t)n, sizeof *list, by_load);
    for (int32_t i = 0; i < n; i++) {
        bool in_middle = i >= AT_EACH_END && i < n - AT_EACH_END;
        if (in_middle && bw_rep_fits(figures, list[i].rep))
            hidden++;
        else
            show_rep(screen, list[i].rep);
    }
    if (hidden)
        bw_buf_format(screen->buf,
                      "... and %d more between, all inside their bands: see "
                      "territories.csv\n",
                      (int)hidden);
    bw_free(list);
    return BW_OK;
}

/* A sample bar is drawn by the same code. */
static void show_legend(const bw_screen *screen)
{
    static const bw_fit inside = {100, 90, 110, 0, 0};
    bw_buf_text(screen->buf, "  ");
    bw_bar(screen->buf, &inside, screen->utf8);
    bw_buf_text(screen->buf, "  inside its band; % of the band's middle; "
                             "! outside one\n");
}

bw_status bw_show_reps(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    bw_status status = BW_OK;
    show_header(screen);
    if (figures->instance->n_reps > ALL_UP_TO)
        status = show_ends(screen);
    else
        for (int32_t rep = 0; rep < figures->instance->n_reps; rep++)
            if (bw_rep_open(&figures->problem->reps, rep))
                show_rep(screen, rep);
    for (int32_t rep = figures->instance->n_reps;
         rep < figures->problem->reps.n; rep++)
        show_rep(screen, rep);
    if (n_bars(figures))
        show_legend(screen);
    bw_buf_text(screen->buf, "\n");
    return status;
}
