/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bands are those of the judge; who may have whom and what the number makes of
 * the bands are the words of bw/positions.h. */
#include "verify_positions.h"
#include "own_table.h"

#include "bw/alloc.h"
#include "bw/check.h"
#include "bw/positions.h"
#include "decimal.h"
#include "file_path.h"
#include "json.h"
#include "plan_read.h"
#include "verify_headcount.h"
#include "verify_variant.h"

#include <string.h>

typedef struct reading {
    const char *dir;
    const bw_problem *problem;
    bw_diags *diags;
    bw_arena *arena;
    uint8_t *open;       /* [n_serving] */
    int32_t n;           /* free ones that are */
    bw_verdict *verdict; /* of the problem with all of them open */
} reading;

/* --- positions.csv --- */

static bool costs(const reading *r, bw_cell cell, int32_t rep)
{
    bw_wide said;
    return bw_decimal_fine(cell.text, cell.len, &said) &&
           said == bw_fine(bw_quanta(r->problem->reps.position_cost[rep]));
}

static void check_word(const reading *r, const bw_table *table, int64_t row,
                       int32_t column, const char *is, const char *what)
{
    const char *said = column < 0 ? "" : bw_table_cell(table, row, column).text;
    if (strcmp(said, is ? is : "") != 0)
        bw_verify_mismatch(r->diags,
                           bw_table_place(table, row, column < 0 ? 0 : column),
                           what);
}

/* Who it is; the columns are those of the table. */
static void check_names(const reading *r, const bw_table *table, int64_t row,
                        int32_t rep)
{
    const bw_reps *reps = &r->problem->reps;
    check_word(r, table, row, bw_table_find(table, "rep_id"), reps->id[rep],
               "another position is free at this place of the list");
    check_word(r, table, row, bw_table_find(table, "rep_name"), reps->name[rep],
               "the position has another name");
    check_word(r, table, row, bw_table_find(table, "kind"),
               reps->free[rep] == BW_MAY_OPEN ? "candidate" : "existing",
               "the position is of another kind");
}

/* A row for each free position, in the order of the reps. */
static void read_rows(reading *r, const bw_table *table)
{
    const bw_reps *reps = &r->problem->reps;
    int32_t id = bw_table_find(table, "rep_id");
    int32_t status = bw_table_find(table, "status");
    int32_t cost = bw_table_find(table, "yearly_cost");
    bw_place top = {bw_source_name(bw_table_source(table)), 1, 1};
    int64_t row = 0;
    if (id < 0 || status < 0 || cost < 0 ||
        bw_table_rows(table) != r->problem->positions.n_free) {
        bw_verify_mismatch(
            r->diags, top,
            "it does not list the free positions, each once, in the columns "
            "rep_id, status and yearly_cost");
        return;
    }
    for (int32_t i = 0; i < reps->n_serving; i++) {
        if (reps->free[i] == BW_STAYS)
            continue;
        const char *word = bw_table_cell(table, row, status).text;
        bool may_open = reps->free[i] == BW_MAY_OPEN;
        bool open = strcmp(word, may_open ? "opened" : "kept") == 0;
        r->open[i] = open;
        r->n += open;
        if (!open && strcmp(word, may_open ? "not opened" : "closed") != 0)
            bw_verify_mismatch(r->diags, bw_table_place(table, row, status),
                               may_open
                                   ? "a candidate is opened or not opened"
                                   : "an existing position is kept or closed");
        check_names(r, table, row, i);
        if (!costs(r, bw_table_cell(table, row, cost), i))
            bw_verify_mismatch(r->diags, bw_table_place(table, row, cost),
                               "the position has another yearly cost");
        row++;
    }
    if (r->n < r->problem->positions.least || r->n > r->problem->positions.most)
        bw_verify_mismatch(r->diags, top,
                           "so many open positions were not asked for");
}

/* What a position has stands in territories.csv, which is computed again;
 * whoever is closed has no row there, and nothing. */
static void compare_loads(const reading *r, const bw_table *table,
                          const bw_table *territories)
{
    static const char *const here[] = {"accounts", "workload_hours",
                                       "potential"};
    static const char *const there[] = {"accounts", "workload", "potential"};
    int32_t id = bw_table_find(table, "rep_id");
    int32_t rep = bw_table_find(territories, "rep_id");
    for (int64_t row = 0; id >= 0 && rep >= 0 && row < bw_table_rows(table);
         row++) {
        const char *name = bw_table_cell(table, row, id).text;
        int64_t at = 0;
        while (at < bw_table_rows(territories) &&
               strcmp(bw_table_cell(territories, at, rep).text, name) != 0)
            at++;
        for (int i = 0; i < 3; i++) {
            int32_t mine = bw_table_find(table, here[i]);
            int32_t its = bw_table_find(territories, there[i]);
            const char *is = at < bw_table_rows(territories) && its >= 0
                                 ? bw_table_cell(territories, at, its).text
                                 : "0";
            if (mine < 0 ||
                strcmp(bw_table_cell(table, row, mine).text, is) != 0)
                bw_verify_mismatch(
                    r->diags, bw_table_place(table, row, mine < 0 ? id : mine),
                    "territories.csv has another figure of the position");
        }
    }
}

static bw_status read_table(const reading *r, const char *name,
                            bw_source **source, bw_table **table)
{
    const char *path = bw_file_inside(r->arena, r->dir, name);
    bw_status status =
        path ? bw_source_open(path, path, r->diags, source) : BW_NOMEM;
    return status == BW_OK ? bw_own_table_read(*source, r->diags, table)
                           : status;
}

static bw_status read_choice(reading *r)
{
    bw_source *source[2] = {NULL, NULL};
    bw_table *table[2] = {NULL, NULL};
    size_t n = (size_t)r->problem->reps.n_serving;
    r->open = bw_arena_alloc(r->arena, n, 1);
    if (!r->open)
        return BW_NOMEM;
    memset(r->open, 1, n);
    bw_status status = read_table(r, "positions.csv", &source[0], &table[0]);
    if (status == BW_OK) {
        read_rows(r, table[0]);
        status = read_table(r, "territories.csv", &source[1], &table[1]);
    }
    if (status == BW_OK)
        compare_loads(r, table[0], table[1]);
    for (int i = 0; i < 2; i++) {
        bw_table_free(table[i]);
        bw_source_free(source[i]);
    }
    return status;
}

/* --- the bound --- */

/* Every unit needs a price of its own. */
static bool has_units(const reading *r, const bw_plan_tables *proof,
                      const bw_verdict *verdict)
{
    int32_t next = 0; /* units are numbered by their first accounts */
    for (int32_t a = 0; a < r->problem->accounts.n; a++) {
        if (verdict->unit[a] != next)
            continue;
        next++;
        if (!proof->unit_price || proof->unit_price[a] == BW_NO_LOW)
            return false;
    }
    return true;
}

/* Which moves are forced depends on who is closed: a budget over the others
 * bounds no other choice. */
static void check_budgets(const reading *r, const bw_plan_tables *proof,
                          const char *path)
{
    const bw_problem *problem = r->problem;
    int64_t first = (int64_t)problem->reps.n_serving * problem->n_balances;
    bool closes = false;
    for (int32_t i = 0; i < problem->reps.n_serving; i++)
        closes |= problem->reps.free[i] == BW_MAY_CLOSE;
    for (int32_t g = 0; closes && g < problem->n_budgets; g++)
        if (!problem->budgets[g].count_all && proof->price[first + g] != 0)
            bw_verify_mismatch(
                r->diags, (bw_place){path, 0, 0},
                "a budget over voluntary moves has a price, which proves "
                "nothing of choices that close an owner");
}

static bw_status prove(const reading *r, const bw_plan_tables *proof,
                       const char *path, bw_wide *bound)
{
    bw_problem problem;
    bw_claim claim;
    bw_verdict *verdict = NULL;
    bw_status status = bw_positions_bands(
        r->problem, r->n,
        (bw_all_open){r->verdict->low, r->verdict->high, r->verdict->total},
        r->arena, &problem);
    if (status == BW_OK)
        status = bw_verify_ask(&problem, proof->price, proof->unit_price,
                               r->arena, &claim, &verdict);
    if (status == BW_OK && !has_units(r, proof, verdict))
        bw_verify_mismatch(r->diags, (bw_place){path, 0, 0},
                           "a unit has no price");
    else if (status == BW_OK)
        status = bw_verdict_positions(verdict, &claim, r->n, bound);
    bw_verdict_free(verdict);
    return status;
}

static bw_status read_proof(const reading *r, bw_wide *bound)
{
    bw_plan_tables *proof = NULL;
    const char *path = bw_file_inside(r->arena, r->dir, "positions_proof.csv");
    bw_status status =
        path ? bw_plan_proof_read(path, r->problem, r->diags, &proof)
             : BW_NOMEM;
    if (status == BW_OK) {
        check_budgets(r, proof, path);
        status = prove(r, proof, path, bound);
    }
    bw_plan_tables_free(proof);
    return status;
}

/* A rounded distance may change a cost by a quantum for each pair of a unit. */
static bool differs(const reading *r, double claimed, bw_wide bound)
{
    double is = bw_from_fine(bound);
    double leeway = 1e-9 * (is < 0 ? -is : is) + 1e-6;
    if (r->problem->travel.counts)
        leeway += 1e-3;
    return claimed > is + leeway || claimed < is - leeway;
}

static bw_status compare(const reading *r, bw_wide bound)
{
    bw_source *source = NULL;
    bw_json *json = NULL;
    double claimed = 0;
    const char *path = bw_file_inside(r->arena, r->dir, "summary.json");
    bw_status status =
        path ? bw_source_open(path, path, r->diags, &source) : BW_NOMEM;
    if (status == BW_OK) {
        size_t len;
        const char *text = bw_source_text(source, &len);
        status =
            bw_json_read(text, len, path, BW_VERIFY_MISMATCH, r->diags, &json);
    }
    if (status == BW_OK) {
        const bw_json *at = bw_json_member(bw_json_member(json, "positions"),
                                           "bound_of_number_certified");
        if (!bw_json_get_double(at, &claimed) || differs(r, claimed, bound))
            bw_diag_add(r->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                        (bw_place){path, 0, 0},
                        "positions.bound_of_number_certified is %.15g, but "
                        "positions_proof.csv proves %.15g",
                        claimed, bw_from_fine(bound));
        status =
            bw_verify_headcount(r->dir, r->problem, r->open, json, r->diags);
    }
    bw_json_free(json);
    bw_source_free(source);
    return status;
}

bw_status bw_verify_positions(const char *dir, const bw_problem *problem,
                              bw_diags *diags, void *arena, bw_problem *made)
{
    bw_claim claim;
    bw_wide bound = 0;
    reading r = {
        .dir = dir, .problem = problem, .diags = diags, .arena = arena};
    bw_status status = read_choice(&r);
    if (status == BW_OK)
        status = bw_verify_ask(problem, NULL, NULL, arena, &claim, &r.verdict);
    if (status == BW_OK)
        status = read_proof(&r, &bound);
    if (status == BW_OK)
        status = compare(&r, bound);
    if (status == BW_OK)
        status = bw_positions_problem(
            problem, r.open,
            (bw_all_open){r.verdict->low, r.verdict->high, r.verdict->total},
            arena, made);
    bw_verdict_free(r.verdict);
    return status;
}
