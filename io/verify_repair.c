/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may serve whom is asked of the judge; the rest are the words of
 * bw/repair.h: an account stays with its owner where he serves and may serve
 * it, the whole family is his, and he is not within reach. */
#include "verify_repair.h"
#include "own_table.h"

#include "bw/alloc.h"
#include "bw/check.h"
#include "bw/repair.h"
#include "csv_read.h"
#include "file_path.h"
#include "json.h"
#include "verify_variant.h"

#include <inttypes.h>
#include <string.h>

typedef struct reading {
    const char *dir;
    const bw_problem *problem;
    bw_diags *diags;
    bw_arena *arena;
    uint8_t *touched; /* [n_serving] */
    int32_t *keep;    /* [accounts] */
    int32_t n_touched, n_movable, n_forced;
    bw_verdict *verdict; /* of the problem without the repair */
} reading;

static bw_status open_file(const reading *r, const char *name,
                           bw_source **source)
{
    const char *path = bw_file_inside(r->arena, r->dir, name);
    return path ? bw_source_open(path, path, r->diags, source) : BW_NOMEM;
}

/* --- repair.csv --- */

/* A row for each serving rep, in their order. */
static void read_rows(reading *r, const bw_table *table)
{
    int32_t id = bw_table_find(table, "rep_id");
    int32_t name = bw_table_find(table, "rep_name");
    int32_t within = bw_table_find(table, "within_reach");
    const bw_reps *reps = &r->problem->reps;
    bw_place top = {bw_source_name(bw_table_source(table)), 1, 1};
    if (id < 0 || name < 0 || within < 0 ||
        bw_table_rows(table) != reps->n_serving) {
        bw_verify_mismatch(
            r->diags, top,
            "it does not list the reps that serve, each once, in "
            "the columns rep_id, rep_name and within_reach");
        return;
    }
    for (int32_t i = 0; i < reps->n_serving; i++) {
        const char *word = bw_table_cell(table, i, within).text;
        r->touched[i] = strcmp(word, "yes") == 0;
        r->n_touched += r->touched[i];
        if (strcmp(bw_table_cell(table, i, id).text, reps->id[i]) != 0)
            bw_verify_mismatch(r->diags, bw_table_place(table, i, id),
                               "another rep serves at this place of the list");
        if (strcmp(bw_table_cell(table, i, name).text,
                   reps->name[i] ? reps->name[i] : "") != 0)
            bw_verify_mismatch(r->diags, bw_table_place(table, i, name),
                               "the rep has another name");
        if (!r->touched[i] && strcmp(word, "no") != 0)
            bw_verify_mismatch(r->diags, bw_table_place(table, i, within),
                               "it must be yes or no");
    }
}

static bw_status read_reach(reading *r)
{
    bw_source *source = NULL;
    bw_table *table = NULL;
    r->touched =
        bw_arena_alloc(r->arena, (size_t)r->problem->reps.n_serving, 1);
    bw_status status =
        r->touched ? open_file(r, "repair.csv", &source) : BW_NOMEM;
    if (status == BW_OK)
        status = bw_own_table_read(source, r->diags, &table);
    if (status == BW_OK)
        read_rows(r, table);
    bw_table_free(table);
    bw_source_free(source);
    return status;
}

/* --- who stays --- */

/* -1: an account of the family differs, or cannot stay. */
static void settle_families(const reading *r, int32_t *keeper)
{
    const bw_accounts *accounts = &r->problem->accounts;
    size_t n = (size_t)accounts->n_families;
    int32_t *common = bw_arena_alloc(r->arena, n + 1, sizeof *common);
    uint8_t *seen = bw_arena_alloc(r->arena, n + 1, 1);
    for (int32_t a = 0; common && seen && a < accounts->n; a++) {
        int32_t f = accounts->family[a];
        if (f < 0)
            continue;
        if (!seen[f])
            common[f] = keeper[a];
        else if (common[f] != keeper[a])
            common[f] = -1;
        seen[f] = 1;
    }
    for (int32_t a = 0; common && a < accounts->n; a++)
        if (accounts->family[a] >= 0)
            keeper[a] = common[accounts->family[a]];
}

static void find_kept(reading *r)
{
    const bw_accounts *accounts = &r->problem->accounts;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t owner = accounts->owner[a];
        bw_account_figures figures = {.allowed = false};
        if (owner >= 0 && owner < r->problem->reps.n_serving)
            bw_verdict_account(r->problem, r->verdict, a, owner, &figures);
        r->keep[a] = figures.allowed ? owner : -1;
    }
    settle_families(r, r->keep);
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t keeper = r->keep[a];
        r->n_forced += keeper < 0 && accounts->owner[a] >= 0;
        if (keeper >= 0 && r->touched[keeper])
            r->keep[a] = -1;
        r->n_movable += r->keep[a] < 0;
    }
}

static bw_status find_stay(reading *r)
{
    bw_claim claim;
    size_t n = (size_t)r->problem->accounts.n;
    r->keep = bw_arena_alloc(r->arena, n, sizeof *r->keep);
    bw_status status = r->keep ? bw_verify_ask(r->problem, NULL, NULL, r->arena,
                                               &claim, &r->verdict)
                               : BW_NOMEM;
    if (status == BW_OK)
        find_kept(r);
    return status;
}

/* --- summary.json --- */

static int64_t compare(const reading *r, const bw_json *json, bw_place place,
                       const char *key, int64_t expected)
{
    int64_t claimed = -1;
    if (!bw_json_get_int(bw_json_member(json, key), &claimed))
        bw_diag_add(r->diags, BW_ERROR, BW_VERIFY_MISMATCH, place,
                    "repair.%s is not there", key);
    else if (expected >= 0 && claimed != expected)
        bw_diag_add(r->diags, BW_ERROR, BW_VERIFY_MISMATCH, place,
                    "repair.%s is %" PRId64 ", recomputed %" PRId64, key,
                    claimed, expected);
    return claimed;
}

static void compare_all(const reading *r, const bw_json *json, bw_place place,
                        int64_t *fewest)
{
    int64_t bound;
    compare(r, json, place, "reps_within_reach", r->n_touched);
    compare(r, json, place, "accounts_movable", r->n_movable);
    compare(r, json, place, "accounts_forced", r->n_forced);
    compare(r, json, place, "extra_moves",
            r->problem->scenario->repair.extra_moves);
    *fewest = compare(r, json, place, "fewest_moves", -1);
    bound = compare(r, json, place, "fewest_moves_bound", -1);
    if (bound > *fewest || *fewest < r->n_forced)
        bw_verify_mismatch(
            r->diags, place,
            "repair.fewest_moves is below what is proven, or below the "
            "accounts that are forced");
}

static bw_status read_fewest(const reading *r, int64_t *fewest)
{
    bw_source *source = NULL;
    bw_json *json = NULL;
    bw_status status = open_file(r, "summary.json", &source);
    if (status == BW_OK) {
        size_t len;
        const char *text = bw_source_text(source, &len);
        status = bw_json_read(text, len, bw_source_name(source),
                              BW_VERIFY_MISMATCH, r->diags, &json);
    }
    if (status == BW_OK)
        compare_all(r, bw_json_member(json, "repair"),
                    (bw_place){bw_source_name(source), 0, 0}, fewest);
    bw_json_free(json);
    bw_source_free(source);
    return status;
}

bw_status bw_verify_repair(const char *dir, const bw_problem *problem,
                           bw_diags *diags, void *arena, bw_problem *made)
{
    int64_t fewest = 0;
    reading r = {
        .dir = dir, .problem = problem, .diags = diags, .arena = arena};
    bw_status status = read_reach(&r);
    if (status == BW_OK)
        status = find_stay(&r);
    if (status == BW_OK)
        status = read_fewest(&r, &fewest);
    if (status == BW_OK) {
        const bw_repair_terms terms = {
            r.touched, r.keep,
            (fewest < 0 ? 0 : fewest) + problem->scenario->repair.extra_moves,
            r.verdict->low, r.verdict->high};
        status = bw_repair_problem(problem, &terms, arena, made);
    }
    bw_verdict_free(r.verdict);
    return status;
}
