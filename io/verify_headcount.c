/* SPDX-License-Identifier: GPL-3.0-or-later */
/* headcount.csv: what can be known of numbers whose plans are not in the
 * folder. Ids, costs of positions, sums, gaps and the order of bounds can be
 * computed; travel and bounds of other numbers are the run's word. */
#include "verify_headcount.h"

#include "bw/alloc.h"
#include "bw/plan.h"
#include "bw/positions_problem.h"
#include "bw/quantum.h"
#include "csv_read.h"
#include "csv_table.h"
#include "decimal.h"
#include "file_path.h"
#include "own_table.h"
#include "verify_variant.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    REPS,
    FREE_OPEN,
    STATUS,
    IN_PLAN,
    OBJECTIVE,
    BOUND,
    CERTIFIED,
    GAP,
    TRAVEL,
    HANDOVER,
    PREFERENCE,
    GIVEN,
    IMBALANCE,
    POSITIONS,
    OPEN,
    N_COLUMNS
};

static const char *const names[N_COLUMNS] = {
    "reps",       "free_open",       "status",    "in_plan",   "objective",
    "bound",      "bound_certified", "gap",       "travel",    "handover",
    "preference", "given",           "imbalance", "positions", "open"};

typedef struct reading {
    bw_wide value[N_COLUMNS]; /* of the row at hand, where has is set */
    bw_wide plan[N_COLUMNS];  /* the row of the plan */
    bw_wide least_bound, least_cost;
    const bw_problem *problem;
    const bw_table *table;
    const bw_json *summary;
    bw_diags *diags;
    const uint8_t *open; /* [n_serving] of the plan */
    uint8_t *other;      /* [n_serving] of the row at hand */
    int64_t row;
    int n_plans;           /* rows that say to be the plan's */
    int n_bounds, n_costs; /* rows that have any; the least are above */
    int32_t column[N_COLUMNS];
    bool bounded; /* every number that may have a plan has a bound */
    bool has[N_COLUMNS];
} reading;

static void tell(const reading *r, int column, const char *what)
{
    bw_verify_mismatch(
        r->diags, bw_table_place(r->table, r->row, r->column[column]), what);
}

static const char *text_at(const reading *r, int column)
{
    return bw_table_cell(r->table, r->row, r->column[column]).text;
}

/* --- the choice of a row --- */

static int32_t find_rep(const bw_reps *reps, const char *id, size_t len)
{
    for (int32_t i = 0; i < reps->n_serving; i++)
        if (strlen(reps->id[i]) == len && memcmp(reps->id[i], id, len) == 0)
            return i;
    return -1;
}

/* Ids may hold blanks: the longest that is one of a free position. */
static int32_t next_id(const bw_reps *reps, const char *text, size_t *len)
{
    size_t most = strlen(text);
    for (*len = most; *len > 0; (*len)--) {
        bool ends = *len == most || text[*len] == ' ';
        int32_t rep = ends ? find_rep(reps, text, *len) : -1;
        if (rep >= 0)
            return rep;
    }
    return -1;
}

/* Marks who is open; how many free ones are, or -1. */
static int32_t read_open(reading *r)
{
    const bw_reps *reps = &r->problem->reps;
    const char *text = text_at(r, OPEN);
    int32_t n = 0;
    for (int32_t i = 0; i < reps->n_serving; i++)
        r->other[i] = reps->free[i] == BW_STAYS;
    while (*text) {
        size_t len;
        int32_t rep = next_id(reps, text, &len);
        if (rep < 0 || r->other[rep])
            return -1;
        r->other[rep] = 1;
        n++;
        text += len;
        text += *text == ' ';
    }
    return n;
}

static void check_open(reading *r, int32_t n, bool planned)
{
    int32_t open = read_open(r);
    if (open < 0 || open != (planned ? n : 0))
        tell(r, OPEN, "not so many free positions, each once, by their ids");
    else if (planned && r->has[POSITIONS] &&
             r->value[POSITIONS] != bw_positions_cost(r->problem, r->other))
        tell(r, POSITIONS, "the open ones cost another sum a year");
}

/* --- the figures of a row --- */

/* Apart by what reading and writing a double may do. */
static bool is_near(double said, double is)
{
    return fabs(said - is) <= 1e-9 + 1e-9 * fabs(is);
}

static void read_values(reading *r)
{
    for (int i = OBJECTIVE; i <= POSITIONS; i++) {
        bw_cell cell = bw_table_cell(r->table, r->row, r->column[i]);
        r->has[i] =
            i != GAP && bw_decimal_fine(cell.text, cell.len, &r->value[i]);
        if (i != GAP && cell.len > 0 && !r->has[i])
            tell(r, i, "not a number as the tables have them");
    }
}

static void check_sum(const reading *r)
{
    bw_wide sum = 0;
    for (int i = OBJECTIVE; i <= POSITIONS; i++) {
        if (i != GAP && !r->has[i]) {
            tell(r, i, "a number with a plan has all its figures");
            return;
        }
        sum += i >= TRAVEL ? r->value[i] : 0;
    }
    if (sum != r->value[OBJECTIVE])
        tell(r, OBJECTIVE, "the parts of the cost sum up to another one");
    if (r->value[BOUND] > r->value[OBJECTIVE])
        tell(r, BOUND, "a bound cannot be above the cost of a plan");
    double gap = bw_gap(r->value[OBJECTIVE], r->value[BOUND]);
    char *end;
    double said = strtod(text_at(r, GAP), &end);
    if (end == text_at(r, GAP) || *end || !is_near(said, gap))
        tell(r, GAP, "cost and bound leave another gap");
}

static void check_plan(reading *r, bool planned)
{
    size_t n = (size_t)r->problem->reps.n_serving;
    bool is = strcmp(text_at(r, IN_PLAN), "yes") == 0;
    if (!is && strcmp(text_at(r, IN_PLAN), "no") != 0)
        tell(r, IN_PLAN, "a number is in the plan: yes or no");
    if (!is)
        return;
    r->n_plans++;
    memcpy(r->plan, r->value, sizeof r->plan);
    if (!planned || memcmp(r->open, r->other, n) != 0)
        tell(r, OPEN, "positions.csv has another choice");
}

static void note(reading *r, bool planned, bool impossible)
{
    if (planned && (r->n_costs++ == 0 || r->value[OBJECTIVE] < r->least_cost))
        r->least_cost = r->value[OBJECTIVE];
    if (r->has[CERTIFIED] && r->value[CERTIFIED] > r->value[BOUND])
        tell(r, BOUND, "the best bound cannot be under the certified one");
    r->bounded &= impossible || r->has[BOUND];
    if (r->has[BOUND] &&
        (r->n_bounds++ == 0 || r->value[BOUND] < r->least_bound))
        r->least_bound = r->value[BOUND];
}

/* --- rows --- */

static void check_number(const reading *r, int column, int64_t is)
{
    bw_wide said;
    bw_cell cell = bw_table_cell(r->table, r->row, r->column[column]);
    if (!bw_decimal_fine(cell.text, cell.len, &said) ||
        said != bw_fine(is * BW_QUANTA))
        tell(r, column, "the numbers of positions follow one another");
}

static void check_row(reading *r)
{
    const bw_problem *problem = r->problem;
    int32_t n = problem->positions.least + (int32_t)r->row;
    int32_t stay = problem->reps.n_serving - problem->positions.n_free;
    bool planned = strcmp(text_at(r, STATUS), "planned") == 0;
    bool impossible =
        strcmp(text_at(r, STATUS), bw_outcome_text(BW_IMPOSSIBLE)) == 0;
    check_number(r, REPS, (int64_t)stay + n);
    check_number(r, FREE_OPEN, n);
    if (!planned && !impossible &&
        strcmp(text_at(r, STATUS), bw_outcome_text(BW_NO_PLAN)) != 0)
        tell(r, STATUS, "a number is planned, impossible or no-plan");
    read_values(r);
    if (planned)
        check_sum(r);
    if (!planned && (r->has[OBJECTIVE] || (impossible && r->has[BOUND])))
        tell(r, STATUS,
             "who has no plan has no cost, nor what is impossible "
             "a bound");
    check_open(r, n, planned);
    check_plan(r, planned);
    note(r, planned, impossible);
}

/* --- the summary --- */

static void compare_double(const reading *r, const char *group, const char *key,
                           bool there, double is)
{
    double said = NAN;
    const bw_json *at = r->summary;
    if (*group)
        at = bw_json_member(at, group);
    bool has = bw_json_get_double(bw_json_member(at, key), &said);
    if (has == there && (!there || is_near(said, is)))
        return;
    bw_diag_add(r->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                (bw_place){bw_source_name(bw_table_source(r->table)), 0, 0},
                "summary.json says another %s%s%s than follows from here",
                group, *group ? "." : "", key);
}

static void compare(const reading *r, const char *group, const char *key,
                    bool there, bw_wide is)
{
    compare_double(r, group, key, there, bw_from_fine(is));
}

static void check_all(const reading *r)
{
    const bw_reps *reps = &r->problem->reps;
    bw_wide n = 0;
    bw_place top = {bw_source_name(bw_table_source(r->table)), 1, 1};
    for (int32_t i = 0; i < reps->n_serving; i++)
        n += reps->free[i] != BW_STAYS && r->open[i];
    if (r->n_plans != 1) {
        bw_verify_mismatch(r->diags, top, "one number is in the plan");
        return;
    }
    if (r->plan[OBJECTIVE] != r->least_cost)
        bw_verify_mismatch(r->diags, top,
                           "a number is cheaper than the plan's");
    compare(r, "", "objective", true, r->plan[OBJECTIVE]);
    compare(r, "positions", "free", true,
            bw_fine((int64_t)r->problem->positions.n_free * BW_QUANTA));
    compare(r, "positions", "open", true, n * bw_fine(BW_QUANTA));
    compare(r, "positions", "yearly_cost", true, r->plan[POSITIONS]);
    compare(r, "positions", "bound", r->bounded, r->least_bound);
    compare_double(r, "positions", "gap", r->bounded,
                   bw_gap(r->plan[OBJECTIVE], r->least_bound));
    compare(r, "positions", "bound_of_number", true, r->plan[BOUND]);
    compare(r, "positions", "bound_of_number_certified", true,
            r->plan[CERTIFIED]);
}

static void check_table(reading *r)
{
    const bw_position_choice *c = &r->problem->positions;
    bool complete = bw_table_rows(r->table) == (int64_t)c->most - c->least + 1;
    for (int i = 0; i < N_COLUMNS; i++) {
        r->column[i] = bw_table_find(r->table, names[i]);
        complete &= r->column[i] >= 0;
    }
    if (!complete) {
        bw_verify_mismatch(
            r->diags,
            (bw_place){bw_source_name(bw_table_source(r->table)), 1, 1},
            "it does not list every number that was asked for, in its columns");
        return;
    }
    for (r->row = 0; r->row < bw_table_rows(r->table); r->row++)
        check_row(r);
    check_all(r);
}

bw_status bw_verify_headcount(const char *dir, const bw_problem *problem,
                              const uint8_t *open, const bw_json *summary,
                              bw_diags *diags)
{
    bw_arena *arena = bw_arena_new();
    bw_source *source = NULL;
    bw_table *table = NULL;
    size_t n = (size_t)problem->reps.n_serving;
    const char *path =
        arena ? bw_file_inside(arena, dir, "headcount.csv") : NULL;
    reading r = {.problem = problem,
                 .summary = summary,
                 .diags = diags,
                 .open = open,
                 .other = arena ? bw_arena_alloc(arena, n, 1) : NULL,
                 .bounded = true};
    bw_status status =
        path && r.other ? bw_source_open(path, path, diags, &source) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_own_table_read(source, diags, &table);
    if (status == BW_OK) {
        r.table = table;
        check_table(&r);
    }
    bw_table_free(table);
    bw_source_free(source);
    bw_arena_free(arena);
    return status;
}
