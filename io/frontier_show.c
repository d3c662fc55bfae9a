/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frontier.csv, and the chart on the terminal. */
#include "frontier_show.h"

#include "csv_write.h"
#include "number.h"

#include <math.h>
#include <string.h>

enum {
    BAR = 30 /* columns of the longest bar */
};

/* Balances of the problem stand in an order of their own. */
static int32_t balance_of(const bw_problem *problem, const char *measure)
{
    for (int32_t k = 0; k < problem->n_balances; k++)
        if (strcmp(problem->balances[k].measure, measure) == 0)
            return k;
    return -1;
}

bw_lever bw_lever_of(const bw_problem *problem)
{
    const bw_scenario *scenario = problem->scenario;
    const bw_frontier_spec *f = &scenario->frontier;
    bw_lever lever = {.kind = BW_LEVER_BUDGET,
                      .index = f->budget >= 0 ? f->budget : problem->n_budgets,
                      .share = f->to.percent,
                      .from = f->from.value,
                      .to = f->to.value,
                      .steps = f->steps};
    if (f->balance >= 0) {
        const char *measure = scenario->balances[f->balance].measure.text;
        lever.kind = BW_LEVER_TOLERANCE;
        lever.index = balance_of(problem, measure);
    }
    return lever;
}

/* --- the table --- */

static void write_figures(const bw_frontier_point *p, bool budget, bw_csv *csv)
{
    if (budget) {
        bw_csv_quanta(csv, p->most);
        bw_csv_quanta(csv, p->use);
    } else {
        bw_csv_text(csv, NULL);
        bw_csv_text(csv, NULL);
    }
    bw_csv_fine(csv, p->objective);
    bw_csv_fine(csv, p->bound);
    bw_csv_double(csv, bw_gap(p->objective, p->bound));
    bw_csv_quanta(csv, p->cost.travel);
    bw_csv_quanta(csv, p->cost.handover);
    bw_csv_quanta(csv, p->cost.preference);
    bw_csv_quanta(csv, p->cost.given);
    bw_csv_fine(csv, p->imbalance);
    bw_csv_int(csv, p->moved_accounts);
    bw_csv_fine(csv, p->moved_revenue * BW_PRICE_UNIT);
}

void bw_write_frontier(const bw_frontier *frontier, const bw_problem *problem,
                       bw_csv *csv)
{
    static const char *const names[] = {
        "over",       "limit", "status",    "limit_amount",   "used",
        "objective",  "bound", "gap",       "travel",         "handover",
        "preference", "given", "imbalance", "moved_accounts", "moved_revenue"};
    enum {
        N_NAMES = sizeof names / sizeof *names,
        N_FIGURES = N_NAMES - 3
    };
    bool budget = frontier->lever.kind == BW_LEVER_BUDGET;
    for (int i = 0; i < N_NAMES; i++)
        bw_csv_text(csv, names[i]);
    bw_csv_end(csv);
    for (int32_t at = 0; at < frontier->n; at++) {
        const bw_frontier_point *p = &frontier->point[at];
        bw_csv_text(csv, problem->scenario->frontier.over.text);
        bw_csv_double(csv, p->value);
        bw_csv_text(csv, at < frontier->begun ? bw_outcome_text(p->outcome)
                                              : "not-run");
        for (int i = 0; !p->rep && i < N_FIGURES; i++)
            bw_csv_text(csv, NULL);
        if (p->rep)
            write_figures(p, budget, csv);
        bw_csv_end(csv);
    }
}

/* `before` NULL: all of them. */
static void write_point(const bw_figures *f, int32_t number,
                        const int32_t *before, const int32_t *rep, bw_csv *csv)
{
    for (int32_t a = 0; a < f->problem->accounts.n; a++) {
        int32_t unit = f->instance->account_unit[a];
        if (before && before[unit] == rep[unit])
            continue;
        bw_csv_int(csv, number);
        bw_csv_text(csv, f->problem->accounts.id[a]);
        bw_csv_text(csv, f->problem->reps.id[rep[unit]]);
        bw_csv_end(csv);
    }
}

void bw_write_frontier_plans(const bw_frontier *frontier,
                             const bw_figures *figures, bw_csv *csv)
{
    const int32_t *before = NULL;
    bw_csv_text(csv, "point");
    bw_csv_text(csv, "account_id");
    bw_csv_text(csv, "rep_id");
    bw_csv_end(csv);
    for (int32_t at = 0; at < frontier->n; at++) {
        const int32_t *rep = frontier->point[at].rep;
        if (!rep)
            continue;
        write_point(figures, at + 1, before, rep, csv);
        before = rep;
    }
}

/* --- the chart --- */

static bool cost_range(const bw_frontier *f, bw_wide *least, bw_wide *most)
{
    bool any = false;
    for (int32_t at = 0; at < f->n; at++) {
        const bw_frontier_point *p = &f->point[at];
        if (!p->rep)
            continue;
        if (!any || p->objective < *least)
            *least = p->objective;
        if (!any || p->objective > *most)
            *most = p->objective;
        any = true;
    }
    return any;
}

static void show_limit(const bw_frontier *f, double value, bw_buf *buf)
{
    bool share = f->lever.share || f->lever.kind == BW_LEVER_TOLERANCE;
    bw_number text = share ? bw_number_percent(value)
                           : bw_number_short((bw_wide)bw_quanta(value));
    bw_buf_format(buf, "%10s  ", text.text);
}

static void show_bar(double part, bool utf8, bw_buf *buf)
{
    int n = (int)lround(part * BAR);
    bw_buf_text(buf, "  ");
    for (int i = 0; i < n; i++)
        bw_buf_text(buf, utf8 ? "\xE2\x96\x88" : "#");
    bw_buf_text(buf, n ? "\n" : utf8 ? "\xE2\x96\x8F\n" : "|\n");
}

static void show_point(const bw_frontier *f, const bw_frontier_point *p,
                       bw_wide least, bw_wide most, bool utf8, bw_buf *buf)
{
    show_limit(f, p->value, buf);
    if (!p->rep) {
        bw_buf_format(buf, "%s\n",
                      p->outcome == BW_IMPOSSIBLE
                          ? "impossible: the hard limits cannot hold together"
                          : "no plan was found in the time or work allowed");
        return;
    }
    double range = bw_from_fine(most - least);
    bw_buf_format(buf, "%14s %8s %9s", bw_number_price(p->objective).text,
                  bw_number_percent(bw_gap(p->objective, p->bound)).text,
                  bw_number_whole(p->moved_accounts).text);
    show_bar(range > 0 ? bw_from_fine(p->objective - least) / range : 0, utf8,
             buf);
}

void bw_show_frontier(const bw_frontier *frontier, const bw_problem *problem,
                      bool utf8, bw_buf *buf)
{
    bw_wide least = 0, most = 0;
    bool any = cost_range(frontier, &least, &most);
    bw_buf_format(buf, "What a looser limit saves: %s\n",
                  problem->scenario->frontier.over.text);
    if (any)
        bw_buf_format(buf, "%10s  %14s %8s %9s  bar: from %s to %s\n",
                      "at most", "cost a year", "gap", "moves",
                      bw_number_price(least).text, bw_number_price(most).text);
    for (int32_t at = 0; at < frontier->begun; at++)
        show_point(frontier, &frontier->point[at], least, most, utf8, buf);
    if (frontier->begun < frontier->n)
        bw_buf_format(buf, "Stopped by hand: %d of %d points were not begun.\n",
                      (int)(frontier->n - frontier->begun), (int)frontier->n);
    bw_buf_text(buf, "\n");
}
