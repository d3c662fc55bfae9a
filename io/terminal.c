/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The summary on the terminal, block by block. */
#define _XOPEN_SOURCE 700 /* newlocale, nl_langinfo_l */
#include "terminal.h"

#include "frontier_show.h"
#include "number.h"
#include "positions_show.h"
#include "repair_show.h"
#include "terminal_parts.h"
#include "width.h"

#include <langinfo.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool bw_is_utf8_terminal(int descriptor)
{
    if (!isatty(descriptor))
        return false;
    locale_t own = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!own)
        return false;
    bool utf8 = strcmp(nl_langinfo_l(CODESET, own), "UTF-8") == 0;
    freelocale(own);
    return utf8;
}

int bw_terminal_columns(int descriptor)
{
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0
               ? size.ws_col
               : 80;
}

static const char *how_good(const bw_plan *plan)
{
    if (plan->outcome == BW_OPTIMAL)
        return "Proven to be the best possible plan.";
    if (plan->outcome == BW_WITHIN_GAP)
        return "As near to the best possible plan as was asked for.";
    switch (plan->stopped_by) {
    case BW_STOP_TIME:
        return "Stopped by the time limit, before the gap asked for was "
               "proven.";
    case BW_STOP_EFFORT:
        return "Stopped by the effort limit, before the gap asked for was "
               "proven.";
    case BW_STOP_INTERRUPT:
        return "Stopped by hand: the best plan so far.";
    case BW_STOP_GAP:
    case BW_N_STOPS:
        break;
    }
    return "Inside every hard limit.";
}

static void show_bound(const bw_screen *screen)
{
    const bw_plan *plan = screen->figures->plan;
    const bw_wide huge = bw_fine(BW_QUANTA) * 1000000000;
    bool is_huge = plan->objective >= huge || plan->bound <= -huge;
    bw_number (*show)(bw_wide) = is_huge ? bw_number_price : bw_number_money;
    bw_buf_format(screen->buf, "No plan costs under %s",
                  show(plan->bound).text);
    if (plan->objective > plan->bound)
        bw_buf_format(
            screen->buf, "; at most %s (%s) is left to gain",
            show(plan->objective - plan->bound).text,
            bw_number_percent(bw_gap(plan->objective, plan->bound)).text);
    bw_buf_text(screen->buf, ".\n\n");
}

static void show_title(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    const bw_problem *problem = figures->problem;
    const bw_plan *plan = figures->plan;
    const char *name = problem->scenario->name.text;
    int leaving = (int)(problem->reps.n - problem->reps.n_serving);
    int width = name ? bw_text_width(name) : 0;
    bw_text_fit(screen->buf, width ? name : "plan",
                width == 0   ? 4
                : width < 40 ? width
                             : 40,
                screen->utf8);
    if (problem->scenario->date.text)
        bw_buf_format(screen->buf, ", from %.10s",
                      problem->scenario->date.text);
    bw_buf_format(screen->buf, ": %s account%s, %d rep%s",
                  bw_number_whole(problem->accounts.n).text,
                  problem->accounts.n == 1 ? "" : "s",
                  (int)bw_reps_open(&problem->reps),
                  bw_reps_open(&problem->reps) == 1 ? "" : "s");
    if (leaving)
        bw_buf_format(screen->buf, ", %d leaving", leaving);
    bw_buf_format(screen->buf, "\n%s\n", how_good(plan));
    show_bound(screen);
}

static void show_cost_line(const bw_screen *screen, const char *name,
                           bw_wide fine)
{
    bw_wide all = screen->figures->plan->objective;
    if (fine == 0)
        return;
    bw_buf_format(screen->buf, "  %-12s%16s", name, bw_number_money(fine).text);
    if (all > 0)
        bw_buf_format(
            screen->buf, "  %8s",
            bw_number_percent(bw_from_fine(fine) / bw_from_fine(all)).text);
    bw_buf_text(screen->buf, "\n");
}

static void show_cost(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    const char *currency = figures->problem->scenario->currency.text;
    bw_buf_format(screen->buf, "Cost a year%s%.20s\n", currency ? ", " : "",
                  currency ? currency : "");
    show_cost_line(screen, "travel", bw_fine(figures->cost.travel));
    show_cost_line(screen, "handover", bw_fine(figures->cost.handover));
    show_cost_line(screen, "preference", bw_fine(figures->cost.preference));
    show_cost_line(screen, "given", bw_fine(figures->cost.given));
    show_cost_line(screen, "imbalance", figures->plan->imbalance);
    show_cost_line(screen, "positions", figures->plan->positions);
    bw_buf_format(screen->buf, "  %-12s%16s\n\n", "together",
                  bw_number_money(figures->plan->objective).text);
}

static void show_moves(const bw_screen *screen)
{
    const bw_totals *all = &screen->figures->all;
    const bw_today *today = screen->today;
    bw_buf *buf = screen->buf;
    int64_t owned = all->accounts - today->unowned;
    if (owned == 0)
        return;
    bw_buf_format(buf, "Moves: %s of %s owned accounts (%s)",
                  bw_number_whole(all->moved).text, bw_number_whole(owned).text,
                  bw_number_percent((double)all->moved / (double)owned).text);
    if (all->revenue > 0)
        bw_buf_format(
            buf, ", %s of revenue (%s)",
            bw_number_short(all->moved_revenue).text,
            bw_number_percent((double)all->moved_revenue / (double)all->revenue)
                .text);
    bw_buf_text(buf, "\n");
    if (all->forced)
        bw_buf_format(buf,
                      "  forced: %s, the owner is leaving or may not serve "
                      "them\n",
                      bw_number_whole(all->forced).text);
    if (today->unowned)
        bw_buf_format(buf, "  new owner for %s that have none today\n",
                      bw_number_whole(today->unowned).text);
    bw_buf_text(buf, "\n");
}

/* How full each budget is, and what it holds up. */
static void show_budgets(const bw_screen *screen)
{
    const bw_figures *figures = screen->figures;
    const bw_instance *instance = figures->instance;
    const bw_plan *plan = figures->plan;
    const int64_t *v = plan->certificate.price + bw_instance_windows(instance);
    bw_buf *buf = screen->buf;
    if (instance->n_budgets == 0)
        return;
    bw_buf_text(buf, "Budgets on moves\n");
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        const bw_instance_budget *b = &instance->budget[g];
        bw_buf_text(buf, "  ");
        bw_text_fit(buf, b->name, 24, screen->utf8);
        bw_buf_format(buf, "%10s of %s used",
                      bw_number_short(plan->use[g]).text,
                      bw_number_short(b->stated).text);
        if (b->stated > 0)
            bw_buf_format(
                buf, " (%s)",
                bw_number_percent((double)plan->use[g] / (double)b->stated)
                    .text);
        if (v[g] > 0)
            bw_buf_format(buf, "\n    one more is worth about %s",
                          bw_number_price((bw_wide)v[g] * BW_QUANTA).text);
        bw_buf_text(buf, "\n");
    }
    bw_buf_text(buf, "\n");
}

/* "12 by postal code, 1 not", of accounts or homes; all of them stand in
 * `source`. */
static void show_sources(const bw_screen *screen, const char *title,
                         const uint8_t *source, int32_t n)
{
    static const char *const words[BW_N_PLACE_SOURCES] = {
        [BW_PLACE_GIVEN] = "by coordinates",
        [BW_PLACE_POSTAL_CODE] = "by postal code",
        [BW_PLACE_POSTAL_AREA] = "by postal area",
        [BW_PLACE_CITY] = "by city",
        [BW_PLACE_NONE] = "not"};
    int64_t count[BW_N_PLACE_SOURCES] = {0};
    for (int32_t i = 0; i < n; i++)
        count[source[i]]++;
    const char *before = title;
    for (int i = 0; i < BW_N_PLACE_SOURCES; i++) {
        if (count[i] == 0)
            continue;
        bw_buf_format(screen->buf, "%s%s %s", before,
                      bw_number_whole(count[i]).text, words[i]);
        before = ", ";
    }
    bw_buf_text(screen->buf, n > 0 ? "\n" : "");
}

static void show_places(const bw_screen *screen)
{
    const bw_problem *problem = screen->figures->problem;
    if (problem->scenario->n_gazetteers == 0)
        return;
    show_sources(screen, "Accounts placed: ", problem->accounts.place_source,
                 problem->accounts.n);
    show_sources(screen, "Homes placed: ", problem->reps.place_source,
                 problem->reps.n);
}

static void show_files(const bw_screen *screen)
{
    const bw_problem *problem = screen->figures->problem;
    bw_buf *buf = screen->buf;
    if (problem->n_rejected)
        bw_buf_format(buf,
                      "Input rows that took no part: %s, listed in "
                      "rejected.csv\n",
                      bw_number_whole(problem->n_rejected).text);
    bw_buf_format(buf,
                  "Written to %s: assignments.csv, territories.csv, moves.csv "
                  "...\nProve it: bailiwick verify %s\n",
                  screen->dir, screen->dir);
}

bw_status bw_show_summary(const bw_screen *screen)
{
    show_title(screen);
    show_cost(screen);
    bw_show_change(screen);
    show_moves(screen);
    if (screen->positions)
        bw_show_positions(screen->positions, screen->figures, screen->utf8,
                          screen->buf);
    if (screen->repair)
        bw_show_repair(screen->repair, screen->figures, screen->buf);
    show_budgets(screen);
    bw_status status = bw_show_reps(screen);
    if (status == BW_OK)
        status = bw_show_outside(screen);
    bw_show_dearest(screen);
    show_places(screen);
    if (screen->frontier)
        bw_show_frontier(screen->frontier, screen->figures->problem,
                         screen->utf8, screen->buf);
    show_files(screen);
    return screen->buf->failed ? BW_NOMEM : status;
}
