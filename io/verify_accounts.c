/* SPDX-License-Identifier: GPL-3.0-or-later */
/* assignments.csv, line by line. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

enum {
    ACCOUNT_NAME,
    SEGMENT,
    REP_NAME,
    PREVIOUS,
    MOVED,
    SERVICE,
    TRAVEL,
    WORKLOAD,
    POTENTIAL,
    REVENUE,
    DISTANCE,
    COST,
    NEXT,
    NEXT_EXTRA,
    PLACE_SOURCE,
    N_COLUMNS
};

static const char *const headers[N_COLUMNS] = {
    [ACCOUNT_NAME] = "account_name",
    [SEGMENT] = "segment",
    [REP_NAME] = "rep_name",
    [PREVIOUS] = "previous_rep_id",
    [MOVED] = "moved",
    [SERVICE] = "service_hours",
    [TRAVEL] = "travel_hours",
    [WORKLOAD] = "workload_hours",
    [POTENTIAL] = "potential",
    [REVENUE] = "revenue",
    [DISTANCE] = "distance_km",
    [COST] = "cost",
    [NEXT] = "next_rep_id",
    [NEXT_EXTRA] = "next_rep_extra_cost",
    [PLACE_SOURCE] = "place_source",
};

/* One line: the account, the columns, what stands there by right. */
typedef struct line {
    int32_t account, rep, owner;
    const int32_t *column; /* [N_COLUMNS] */
    bw_account_figures figures;
    int64_t potential, revenue; /* quanta */
    bool moved, forced;
} line;

static bw_verify_cell cell_of(const bw_verification *v, const line *l,
                              int which)
{
    return (bw_verify_cell){
        v->tables->assignments, v->tables->account_row[l->account],
        l->column[which], v->problem->accounts.id[l->account]};
}

static void compare_who(bw_verification *v, const line *l)
{
    const bw_problem *problem = v->problem;
    int32_t segment = v->verdict->segment[l->account];
    bw_verify_text(v, cell_of(v, l, ACCOUNT_NAME),
                   problem->accounts.name[l->account]);
    bw_verify_text(v, cell_of(v, l, SEGMENT),
                   segment >= 0 ? problem->segments[segment].name : "");
    bw_verify_text(v, cell_of(v, l, REP_NAME), problem->reps.name[l->rep]);
    bw_verify_text(v, cell_of(v, l, PREVIOUS),
                   l->owner >= 0 ? problem->reps.id[l->owner] : "");
    bw_verify_text(v, cell_of(v, l, MOVED), l->moved ? "yes" : "no");
    bw_verify_text(
        v, cell_of(v, l, PLACE_SOURCE),
        bw_place_source_text(problem->accounts.place_source[l->account]));
}

static void compare_amounts(bw_verification *v, const line *l)
{
    const bw_account_figures *f = &l->figures;
    bw_wide leeway = isnan(f->km) ? 0 : bw_fine(1);
    bw_verify_amount(v, cell_of(v, l, SERVICE), bw_fine(f->service_hours), 0);
    bw_verify_amount(v, cell_of(v, l, TRAVEL), bw_fine(f->travel_hours),
                     leeway);
    bw_verify_amount(v, cell_of(v, l, WORKLOAD), bw_fine(f->workload), leeway);
    bw_verify_amount(v, cell_of(v, l, POTENTIAL), bw_fine(l->potential), 0);
    bw_verify_amount(v, cell_of(v, l, REVENUE), bw_fine(l->revenue), 0);
    bw_verify_km(v, cell_of(v, l, DISTANCE), f->km);
    bw_verify_amount(v, cell_of(v, l, COST), bw_fine(f->cost), leeway);
}

/* Another rep than ours can be the next best where distances round otherwise:
 * then its extra cost must be as good. */
static bool as_good(const bw_verification *v, const line *l, const char *id,
                    bw_wide extra)
{
    const bw_reps *reps = &v->problem->reps;
    for (int32_t r = 0; v->money_leeway > 0 && r < reps->n_serving; r++) {
        bw_wide own;
        if (strcmp(reps->id[r], id) != 0 || r == l->rep)
            continue;
        return bw_verdict_move(v->problem, v->verdict, &v->claim, l->account, r,
                               &own) &&
               own - extra <= v->money_leeway;
    }
    return false;
}

static void compare_next(bw_verification *v, const line *l, int32_t next,
                         bw_wide extra)
{
    bw_verify_cell id = cell_of(v, l, NEXT), cost = cell_of(v, l, NEXT_EXTRA);
    if (next < 0) {
        bw_verify_blank(v, id);
        bw_verify_blank(v, cost);
        return;
    }
    const char *expected = v->problem->reps.id[next];
    if (id.column >= 0) {
        bw_cell claimed = bw_table_cell(id.table, id.row, id.column);
        if (strcmp(claimed.text, expected) != 0 &&
            as_good(v, l, claimed.text, extra))
            v->rounded++;
        else
            bw_verify_text(v, id, expected);
    }
    bw_verify_amount(v, cost, extra, v->money_leeway);
}

static void add_move(bw_verify_sums *sums, const line *l)
{
    sums->moved++;
    sums->moved_revenue += l->revenue;
    sums->forced += l->forced;
    sums->forced_revenue += l->forced ? l->revenue : 0;
}

static void add_moved(bw_verification *v, const line *l)
{
    bw_verify_sums *to = &v->rep[l->rep];
    int32_t segment = v->verdict->segment[l->account];
    if (l->owner == l->rep)
        return;
    to->in++;
    to->revenue_in += l->revenue;
    if (l->owner < 0)
        return;
    v->rep[l->owner].out++;
    v->rep[l->owner].revenue_out += l->revenue;
    v->change[l->account] = l->forced ? BW_VERIFY_FORCED : BW_VERIFY_MOVED;
    add_move(&v->all, l);
    if (segment >= 0)
        add_move(&v->segment[segment], l);
}

static void add_line(bw_verify_sums *sums, const line *l)
{
    sums->accounts++;
    sums->service_hours += l->figures.service_hours;
    sums->travel_hours += l->figures.travel_hours;
    sums->potential += l->potential;
    sums->revenue += l->revenue;
    sums->cost += l->figures.cost;
    if (isnan(l->figures.km))
        return;
    sums->km += l->figures.km;
    sums->placed++;
}

static line line_of(const bw_verification *v, int32_t account,
                    const int32_t *column)
{
    const bw_problem *problem = v->problem;
    line l = {.account = account,
              .rep = v->tables->rep[account],
              .owner = problem->accounts.owner[account],
              .column = column};
    bw_wide extra;
    bw_verdict_account(problem, v->verdict, account, l.rep, &l.figures);
    l.potential = bw_quanta(problem->accounts.potential[account]);
    l.revenue = bw_quanta(problem->accounts.revenue[account]);
    l.moved = l.owner >= 0 && l.owner != l.rep;
    l.forced = l.moved && (l.owner >= problem->reps.n_serving ||
                           !bw_verdict_move(problem, v->verdict, &v->claim,
                                            account, l.owner, &extra));
    return l;
}

static void compare_all(bw_verification *v, const int32_t *next,
                        const bw_wide *extra)
{
    int32_t column[N_COLUMNS];
    bw_verify_columns(v, v->tables->assignments, headers, N_COLUMNS, column);
    for (int32_t a = 0; a < v->problem->accounts.n; a++) {
        line l = line_of(v, a, column);
        compare_who(v, &l);
        compare_amounts(v, &l);
        compare_next(v, &l, next[a], extra[a]);
        add_line(&v->rep[l.rep], &l);
        add_line(&v->all, &l);
        if (v->verdict->segment[a] >= 0)
            add_line(&v->segment[v->verdict->segment[a]], &l);
        add_moved(v, &l);
    }
}

bw_status bw_verify_accounts(bw_verification *v)
{
    size_t n = (size_t)v->problem->accounts.n;
    int32_t *next = bw_alloc(n, sizeof *next);
    bw_wide *extra = bw_alloc(n, sizeof *extra);
    bw_status status = next && extra ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status =
            bw_verdict_next(v->problem, v->verdict, &v->claim, next, extra);
    if (status == BW_OK)
        compare_all(v, next, extra);
    bw_free(next);
    bw_free(extra);
    return status;
}
