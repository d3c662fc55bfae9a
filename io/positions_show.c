/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Positions: which are open, what each number of them costs, what proves it. */
#include "positions_show.h"

#include "csv_write.h"
#include "number.h"
#include "tables.h"
#include "width.h"

#include <math.h>
#include <string.h>

enum {
    BAR = 24,          /* columns of the longest bar */
    NAME_COLUMNS = 24, /* so that a line stays within 80 */
    ID_COLUMNS = 12
};

static const bw_headcount *best_of(const bw_positions *positions)
{
    return &positions->number[positions->best];
}

static int32_t staying(const bw_problem *problem)
{
    return problem->reps.n_serving - problem->positions.n_free;
}

/* --- positions.csv --- */

static const char *status_of(bw_position_kind kind, bool open)
{
    if (kind == BW_MAY_OPEN)
        return open ? "opened" : "not opened";
    return open ? "kept" : "closed";
}

static void write_position(const bw_positions *positions,
                           const bw_figures *figures, int32_t r, bw_csv *csv)
{
    const bw_reps *reps = &figures->problem->reps;
    const bw_totals *totals = &figures->rep[r];
    bool open = best_of(positions)->open[r] != 0;
    bw_csv_text(csv, reps->id[r]);
    bw_csv_text(csv, reps->name[r]);
    bw_csv_text(csv, reps->free[r] == BW_MAY_OPEN ? "candidate" : "existing");
    bw_csv_text(csv, status_of((bw_position_kind)reps->free[r], open));
    bw_csv_quanta(csv, bw_quanta(reps->position_cost[r]));
    bw_csv_int(csv, totals->accounts);
    bw_csv_quanta(csv, bw_totals_hours(totals));
    bw_csv_quanta(csv, totals->potential);
    if (positions->worth_known[r])
        bw_csv_fine(csv, positions->worth[r]);
    else
        bw_csv_text(csv, NULL);
    bw_csv_end(csv);
}

void bw_write_positions(const bw_positions *positions,
                        const bw_figures *figures, bw_csv *csv)
{
    static const char *const names[] = {
        "rep_id",         "rep_name",    "kind",
        "status",         "yearly_cost", "accounts",
        "workload_hours", "potential",   "cost_if_changed"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        bw_csv_text(csv, names[i]);
    bw_csv_end(csv);
    for (int32_t r = 0; r < figures->problem->reps.n_serving; r++)
        if (figures->problem->reps.free[r] != BW_STAYS)
            write_position(positions, figures, r, csv);
}

/* --- headcount.csv --- */

static void write_cost(const bw_headcount *h, bw_csv *csv)
{
    bw_csv_fine(csv, h->objective);
    bw_csv_fine(csv, h->bound);
    bw_csv_fine(csv, h->bound_certified);
    bw_csv_double(csv, bw_gap(h->objective, h->bound));
    bw_csv_quanta(csv, h->cost.travel);
    bw_csv_quanta(csv, h->cost.handover);
    bw_csv_quanta(csv, h->cost.preference);
    bw_csv_quanta(csv, h->cost.given);
    bw_csv_fine(csv, h->imbalance);
    bw_csv_fine(csv, h->positions);
}

static void write_number(const bw_positions *positions,
                         const bw_figures *figures, int32_t i, bw_csv *csv)
{
    const bw_headcount *h = &positions->number[i];
    const bw_reps *reps = &figures->problem->reps;
    bw_csv_int(csv, staying(figures->problem) + h->n);
    bw_csv_int(csv, h->n);
    bw_csv_text(csv, h->rep ? "planned" : bw_outcome_text(h->outcome));
    bw_csv_text(csv, i == positions->best ? "yes" : "no");
    if (h->rep) {
        write_cost(h, csv);
    } else {
        bw_csv_text(csv, NULL);
        if (h->bounded && h->outcome != BW_IMPOSSIBLE)
            bw_csv_fine(csv, h->bound);
        else
            bw_csv_text(csv, NULL);
        for (int k = 0; k < 8; k++)
            bw_csv_text(csv, NULL);
    }
    bw_buf open = {0};
    for (int32_t r = 0; h->open && r < reps->n_serving; r++)
        if (reps->free[r] != BW_STAYS && h->open[r])
            bw_buf_format(&open, "%s%s", open.len ? " " : "", reps->id[r]);
    csv->buf->failed |= open.failed;
    bw_csv_text(csv, open.text ? open.text : "");
    bw_buf_free(&open);
    bw_csv_end(csv);
}

void bw_write_headcount(const bw_positions *positions,
                        const bw_figures *figures, bw_csv *csv)
{
    static const char *const names[] = {
        "reps",       "free_open",       "status",    "in_plan",   "objective",
        "bound",      "bound_certified", "gap",       "travel",    "handover",
        "preference", "given",           "imbalance", "positions", "open"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        bw_csv_text(csv, names[i]);
    bw_csv_end(csv);
    for (int32_t i = 0; i < positions->n_numbers; i++)
        write_number(positions, figures, i, csv);
}

/* --- positions_proof.csv --- */

static void write_price(const char *kind, const char *id, const char *measure,
                        int64_t price, bw_csv *csv)
{
    bw_csv_text(csv, kind);
    bw_csv_text(csv, id);
    bw_csv_text(csv, measure);
    bw_write_price(csv, price);
    bw_csv_end(csv);
}

void bw_write_positions_proof(const bw_positions *positions,
                              const bw_figures *figures, bw_csv *csv)
{
    const bw_positions_proof *proof = &best_of(positions)->proof;
    const bw_problem *problem = figures->problem;
    const bw_instance *instance = figures->instance;
    bw_csv_text(csv, "kind");
    bw_csv_text(csv, "id");
    bw_csv_text(csv, "measure");
    bw_csv_text(csv, "price");
    bw_csv_end(csv);
    for (int32_t r = 0; r < instance->n_reps; r++)
        for (int32_t k = 0; k < instance->n_measures; k++)
            write_price("rep", problem->reps.id[r], instance->measure[k].name,
                        proof->price[(int64_t)r * instance->n_measures + k],
                        csv);
    for (int32_t g = 0; g < instance->n_budgets; g++)
        write_price("budget", instance->budget[g].name,
                    problem->budgets[g].measure,
                    proof->price[bw_instance_windows(instance) + g], csv);
    for (int32_t u = 0; u < instance->n_units; u++)
        write_price("unit",
                    problem->accounts
                        .id[instance->unit_account[instance->first_account[u]]],
                    NULL, proof->unit[u], csv);
}

/* --- summary.json --- */

void bw_json_positions(const bw_positions *positions, const bw_figures *figures,
                       bw_json_out *json)
{
    const bw_headcount *h = best_of(positions);
    bw_json_object(json, "positions");
    bw_json_int(json, "free", figures->problem->positions.n_free);
    bw_json_int(json, "open", h->n);
    bw_json_fine(json, "yearly_cost", h->positions);
    if (positions->bounded)
        bw_json_fine(json, "bound", positions->bound);
    else
        bw_json_double(json, "bound", NAN);
    bw_json_double(json, "gap",
                   positions->bounded ? bw_gap(h->objective, positions->bound)
                                      : (double)NAN);
    bw_json_fine(json, "bound_of_number", h->bound);
    bw_json_fine(json, "bound_of_number_certified", h->bound_certified);
    bw_json_bool(json, "all_choices_solved", h->all_solved);
    bw_json_int(json, "choices_solved", h->solved);
    bw_json_end(json);
}

/* --- the terminal --- */

static void show_bar(double part, bool utf8, bool chosen, bw_buf *buf)
{
    int n = (int)lround(part * BAR);
    bw_buf_text(buf, "  ");
    for (int i = 0; i < n; i++)
        bw_buf_text(buf, utf8 ? "\xE2\x96\x88" : "#");
    bw_buf_text(buf, n ? "" : utf8 ? "\xE2\x96\x8F" : "|");
    bw_buf_text(buf, chosen ? " <\n" : "\n");
}

static void show_number(const bw_positions *positions,
                        const bw_figures *figures, int32_t i, bw_wide least,
                        bw_wide most, bool utf8, bw_buf *buf)
{
    const bw_headcount *h = &positions->number[i];
    double range = bw_from_fine(most - least);
    bw_buf_format(buf, "%6d", (int)(staying(figures->problem) + h->n));
    if (!h->rep) {
        if (h->outcome == BW_IMPOSSIBLE)
            bw_buf_text(buf, "  impossible: the hard limits cannot hold\n");
        else if (h->bounded)
            bw_buf_format(buf, "  at least %s: not looked for\n",
                          bw_number_price(h->bound).text);
        else
            bw_buf_text(buf, "  no plan was found\n");
        return;
    }
    bw_buf_format(buf, "%15s%10s%13s", bw_number_price(h->objective).text,
                  bw_number_percent(bw_gap(h->objective, h->bound)).text,
                  bw_number_price(h->positions).text);
    show_bar(range > 0 ? bw_from_fine(h->objective - least) / range : 0, utf8,
             i == positions->best, buf);
}

static void show_curve(const bw_positions *positions, const bw_figures *figures,
                       bool utf8, bw_buf *buf)
{
    bw_wide least = best_of(positions)->objective, most = least;
    for (int32_t i = 0; i < positions->n_numbers; i++)
        if (positions->number[i].rep && positions->number[i].objective > most)
            most = positions->number[i].objective;
    bw_buf_text(buf, "  reps    cost a year       gap    positions\n");
    for (int32_t i = 0; i < positions->n_numbers; i++)
        show_number(positions, figures, i, least, most, utf8, buf);
    bw_buf_text(buf, "\n");
}

/* Places that were made may bear the name of one city. */
static bool has_namesake(const bw_reps *reps, int32_t rep)
{
    for (int32_t r = 0; r < reps->n_serving; r++)
        if (r != rep && reps->free[r] != BW_STAYS &&
            strcmp(reps->name[r], reps->name[rep]) == 0)
            return true;
    return false;
}

static void show_name(const bw_reps *reps, int32_t r, bool utf8, bw_buf *buf)
{
    const char *name = reps->name[r][0] ? reps->name[r] : reps->id[r];
    bw_text_cut(buf, name, NAME_COLUMNS, utf8);
    if (name != reps->id[r] && has_namesake(reps, r)) {
        bw_buf_text(buf, ", ");
        bw_text_cut(buf, reps->id[r], ID_COLUMNS, utf8);
    }
}

static void show_changed(const bw_positions *positions,
                         const bw_figures *figures, bool utf8, bw_buf *buf)
{
    const bw_reps *reps = &figures->problem->reps;
    for (int32_t r = 0; r < reps->n_serving; r++) {
        bool open = best_of(positions)->open[r] != 0;
        bw_wide worth = positions->worth[r];
        if (reps->free[r] == BW_STAYS ||
            open == (reps->free[r] == BW_MAY_CLOSE))
            continue;
        bw_buf_format(buf, "  %s ", open ? "open " : "close");
        show_name(reps, r, utf8, buf);
        if (positions->worth_known[r])
            bw_buf_format(buf, ": %s a year %s than without",
                          bw_number_price(worth < 0 ? -worth : worth).text,
                          worth < 0 ? "dearer" : "cheaper");
        bw_buf_text(buf, "\n");
    }
}

static void show_bound(const bw_positions *positions, bw_buf *buf)
{
    bw_wide cost = best_of(positions)->objective, bound = positions->bound;
    if (positions->bounded)
        bw_buf_format(buf,
                      "  No choice costs under %s; at most %s (%s) is left "
                      "to gain.\n",
                      bw_number_price(bound).text,
                      bw_number_price(cost - bound).text,
                      bw_number_percent(bw_gap(cost, bound)).text);
    else
        bw_buf_text(buf,
                    "  The run was cut short before every number was reached: "
                    "another may be cheaper.\n");
}

void bw_show_positions(const bw_positions *positions, const bw_figures *figures,
                       bool utf8, bw_buf *buf)
{
    const bw_headcount *h = best_of(positions);
    bw_buf_format(buf, "Positions: %d serve; of %d free ones %d are open\n",
                  (int)(staying(figures->problem) + h->n),
                  (int)figures->problem->positions.n_free, (int)h->n);
    show_changed(positions, figures, utf8, buf);
    show_bound(positions, buf);
    if (positions->n_numbers > 1)
        show_curve(positions, figures, utf8, buf);
    else
        bw_buf_text(buf, "\n");
}

bool bw_positions_impossible(const bw_positions *positions)
{
    bool proven = positions->best < 0;
    for (int32_t i = 0; i < positions->n_numbers; i++)
        proven &= positions->number[i].outcome == BW_IMPOSSIBLE &&
                  positions->number[i].all_solved;
    return proven;
}

void bw_positions_tell_impossible(const bw_problem *problem, bw_diags *diags)
{
    bw_diag_add(diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE, problem->positions.place,
                "no choice of positions keeps the hard limits: proven; ask for "
                "another number, give more candidates, or loosen the limits");
}
