/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Balance on the terminal: before and after, what is outside, what is dear. */
#include "terminal_parts.h"

#include "bar.h"
#include "bw/alloc.h"
#include "number.h"
#include "width.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    LABEL_COLUMNS = 38,
    LISTED = 8 /* reps outside a band */
};

/* How the reps lie against the bands of one measure. */
typedef struct spread {
    double least, most; /* shares of the band's middle; least > most: none */
    int32_t outside;
} spread;

static spread spread_of(const bw_figures *figures, int32_t k,
                        const int64_t *load)
{
    const bw_instance *instance = figures->instance;
    spread s = {INFINITY, -INFINITY, 0};
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        if (!bw_rep_open(&figures->problem->reps, rep))
            continue;
        bw_fit fit = bw_fit_of(instance, rep, k,
                               load[(int64_t)rep * instance->n_measures + k]);
        double share = bw_fit_share(&fit);
        s.outside += fit.outside != 0;
        if (isnan(share))
            continue;
        s.least = fmin(s.least, share);
        s.most = fmax(s.most, share);
    }
    return s;
}

/* Somebody owns something today: there is a state to compare with. */
static bool is_owned(const bw_screen *screen)
{
    return screen->today->unowned < screen->figures->all.accounts;
}

static void show_line(const bw_screen *screen, const char *label,
                      const char *today, const char *plan)
{
    bw_text_fit(screen->buf, label, LABEL_COLUMNS, screen->utf8);
    bw_buf_format(screen->buf, "%18s%18s\n", is_owned(screen) ? today : "",
                  plan);
}

static bw_number range_text(spread s)
{
    bw_number text = {"-"};
    if (s.least <= s.most)
        snprintf(text.text, sizeof text.text, "%.0f .. %.0f%s %%",
                 fmax(100 * s.least, -999), fmin(100 * s.most, 9999),
                 s.most > 99.99 ? "+" : "");
    return text;
}

static bw_number count_text(int32_t part, int32_t whole)
{
    bw_number text;
    snprintf(text.text, sizeof text.text, "%d of %d", (int)part, (int)whole);
    return text;
}

static void show_measure(const bw_screen *screen, int32_t k)
{
    const bw_figures *figures = screen->figures;
    const char *name = figures->instance->measure[k].name;
    int32_t n = bw_reps_open(&figures->problem->reps);
    spread today = spread_of(figures, k, screen->today->load);
    spread plan = spread_of(figures, k, figures->plan->load);
    bw_buf label = {0};
    bw_text_cut(&label, name, 18, screen->utf8);
    bw_buf_text(&label, ", lowest .. highest");
    screen->buf->failed |= label.failed;
    show_line(screen, label.text ? label.text : name, range_text(today).text,
              range_text(plan).text);
    bw_buf_free(&label);
    show_line(screen, "  reps outside the band",
              count_text(today.outside, n).text,
              count_text(plan.outside, n).text);
}

/* What today's loads would cost beside what the plan's cost. */
static void show_imbalance(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    const bw_instance *instance = figures->instance;
    bw_wide today = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t outside;
            int64_t at = (int64_t)rep * instance->n_measures + k;
            today += bw_instance_deviation(instance, rep, k,
                                           screen->today->load[at], &outside);
        }
    if (today > 0 || figures->plan->imbalance > 0)
        show_line(screen, "imbalance, money a year",
                  bw_number_money(today).text,
                  bw_number_money(figures->plan->imbalance).text);
}

static bw_number mean_km(double sum, int64_t n)
{
    bw_number text;
    snprintf(text.text, sizeof text.text, "%.1f", sum / (double)n);
    return text;
}

static void show_travel(const bw_screen *screen)
{
    const bw_today *today = screen->today;
    if (today->comparable == 0)
        return;
    if (screen->figures->problem->travel.counts)
        show_line(screen, "travel hours *",
                  bw_number_quanta(today->hours_today).text,
                  bw_number_quanta(today->hours_then).text);
    if (today->placed)
        show_line(screen, "mean road km to the rep *",
                  mean_km(today->km_today, today->placed).text,
                  mean_km(today->km_then, today->placed).text);
}

/* Accounts by what is wrong with their owner. */
static void show_ownerless(const bw_screen *screen)
{
    const bw_today *today = screen->today;
    if (today->unowned)
        show_line(screen, "accounts without an owner",
                  bw_number_whole(today->unowned).text, "0");
    if (today->leaving)
        show_line(screen, "accounts whose owner is leaving",
                  bw_number_whole(today->leaving).text, "0");
    if (today->not_allowed)
        show_line(screen, "accounts whose owner is ruled out",
                  bw_number_whole(today->not_allowed).text, "0");
    if (today->comparable < screen->figures->all.accounts && today->comparable)
        bw_buf_format(screen->buf,
                      "* of the %s accounts whose owner could keep them\n",
                      bw_number_whole(today->comparable).text);
}

void bw_show_change(const bw_screen *screen)
{
    int32_t n_measures = screen->figures->instance->n_measures;
    bool owned = is_owned(screen);
    if (!owned && n_measures == 0)
        return;
    show_line(screen, "", "today", "plan");
    for (int32_t k = 0; k < n_measures; k++)
        show_measure(screen, k);
    show_imbalance(screen);
    if (owned) {
        show_travel(screen);
        show_ownerless(screen);
    }
    bw_buf_text(screen->buf, "\n");
}

/* A load outside its band and what that costs. */
typedef struct entry {
    bw_wide worth;
    int32_t rep, measure;
} entry;

/* The largest worth first. */
static int by_worth(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    if (a->rep != b->rep)
        return a->rep < b->rep ? -1 : 1;
    return (a->measure > b->measure) - (a->measure < b->measure);
}

static int64_t list_outside(const bw_figures *figures, entry *list)
{
    const bw_instance *instance = figures->instance;
    int64_t n = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            bw_fit fit = bw_fit_in_plan(figures, rep, k);
            int64_t outside;
            if (fit.outside == 0)
                continue;
            bw_wide cost =
                bw_instance_deviation(instance, rep, k, fit.load, &outside);
            list[n++] = (entry){cost, rep, k};
        }
    return n;
}

static void show_one_outside(const bw_screen *screen, const entry *e)
{
    const bw_figures *figures = screen->figures;
    bw_fit fit = bw_fit_in_plan(figures, e->rep, e->measure);
    bool above = fit.outside > 0;
    bw_buf_text(screen->buf, "  ");
    bw_text_fit(screen->buf, bw_rep_label(figures->problem, e->rep), 18,
                screen->utf8);
    bw_buf_text(screen->buf, " ");
    bw_text_fit(screen->buf, figures->instance->measure[e->measure].name, 10,
                screen->utf8);
    bw_buf_format(screen->buf, "%9s %s %s (%s), costs %s\n",
                  bw_number_short(above ? fit.outside : -fit.outside).text,
                  above ? "above" : "below",
                  bw_number_short(above ? fit.high : fit.low).text,
                  bw_number_percent(fit.relative).text,
                  bw_number_price(e->worth).text);
}

bw_status bw_show_outside(const bw_screen *screen)
{
    const bw_instance *instance = screen->figures->instance;
    if (instance->n_measures == 0)
        return BW_OK;
    entry *list = bw_alloc(
        (size_t)instance->n_reps * (size_t)instance->n_measures, sizeof *list);
    if (!list)
        return BW_NOMEM;
    int64_t n = list_outside(screen->figures, list);
    qsort(list, (size_t)n, sizeof *list, by_worth);
    bw_buf_text(screen->buf, n ? "Outside a band (!)\n"
                               : "Every rep is inside every band.\n");
    for (int64_t i = 0; i < n && i < LISTED; i++)
        show_one_outside(screen, &list[i]);
    if (n > LISTED)
        bw_buf_format(screen->buf, "  ... and %lld more: territories.csv\n",
                      (long long)(n - LISTED));
    bw_buf_text(screen->buf, "\n");
    bw_free(list);
    return BW_OK;
}

/* The rep whose band of this measure has the price farthest from 0, or -1. */
static int32_t dearest(const bw_plan *plan, int32_t k)
{
    int32_t n_measures = plan->certificate.n_measures, best = -1;
    int64_t most = 0;
    for (int32_t rep = 0; rep < plan->certificate.n_reps; rep++) {
        int64_t price = plan->certificate.price[(int64_t)rep * n_measures + k];
        if (llabs(price) <= most)
            continue;
        most = llabs(price);
        best = rep;
    }
    return best;
}

void bw_show_dearest(const bw_screen *screen)
{
    const bw_plan *plan = screen->figures->plan;
    int32_t n_measures = screen->figures->instance->n_measures;
    int shown = 0;
    for (int32_t k = 0; k < n_measures; k++) {
        int32_t rep = dearest(plan, k);
        if (rep < 0)
            continue;
        int64_t price = plan->certificate.price[(int64_t)rep * n_measures + k];
        if (shown++ == 0)
            bw_buf_text(screen->buf, "Dearest limit of each measure, about:\n");
        bw_buf_text(screen->buf, "  ");
        bw_text_fit(screen->buf, screen->figures->instance->measure[k].name, 10,
                    screen->utf8);
        bw_buf_format(screen->buf, "%10s a unit, %s ",
                      bw_number_price((bw_wide)llabs(price) * BW_QUANTA).text,
                      price > 0 ? "at the top of" : "at the bottom of");
        bw_text_cut(screen->buf, bw_rep_label(screen->figures->problem, rep),
                    30, screen->utf8);
        bw_buf_text(screen->buf, "\n");
    }
    if (shown)
        bw_buf_text(screen->buf, "\n");
}
