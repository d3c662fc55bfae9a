/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan's own problem, then the same scenario with one more file. */
#include "newcomers.h"

#include "bw/alloc.h"
#include "load_shown.h"
#include "verify_positions.h"
#include "verify_repair.h"

#include <string.h>

/* No path has a slash in it: the file is sought from where the program stands.
 */
static const bw_place told_at = {"--accounts", 0, 0};

static bw_status load_scenario(const bw_newcomers_from *from, bw_diags *diags,
                               bw_newcomers *n)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/scenario.resolved.xml", from->dir);
    bw_status status = BW_NOMEM;
    if (!path.failed)
        status = bw_scenario_load(path.text, diags, &n->scenario);
    bw_buf_free(&path);
    return status;
}

/* Columns as the accounts of the scenario have them, but for the owner: who
 * appears after the plan is nobody's, whatever the file says. */
static bw_status copy_columns(bw_scenario *s, bw_source_spec *source)
{
    int n = s->accounts.n_columns;
    bw_column_map *columns =
        bw_arena_alloc(s->arena, (size_t)n + 1, sizeof *columns);
    if (!columns)
        return BW_NOMEM;
    source->columns = columns;
    source->n_columns = 0;
    for (int i = 0; i < n; i++) {
        const bw_column_map *map = &s->accounts.columns[i];
        if (!map->name.text || strcmp(map->name.text, "owner") != 0)
            columns[source->n_columns++] = *map;
    }
    columns[source->n_columns++] =
        (bw_column_map){.place = told_at,
                        .name = {.text = "owner", .place = told_at},
                        .from = {.text = "", .place = told_at}};
    return BW_OK;
}

/* One more <add-accounts>, written as the accounts of the scenario are. */
static bw_status add_file(bw_scenario *s, const char *file)
{
    size_t n = (size_t)s->n_changes;
    bw_change_spec *changes = bw_arena_alloc(s->arena, n + 1, sizeof *changes);
    if (!changes)
        return BW_NOMEM;
    if (n > 0)
        memcpy(changes, s->changes, n * sizeof *changes);
    bw_change_spec *added = &changes[n];
    added->place = told_at;
    added->kind = BW_CHANGE_ADD_ACCOUNTS;
    added->group = n > 0 ? changes[n - 1].group + 1 : 0;
    added->source = s->accounts;
    added->source.place = told_at;
    added->source.file = (bw_attr){.text = file, .place = told_at};
    added->source.where = added->source.sha256 = (bw_attr){.place = told_at};
    s->changes = changes;
    s->n_changes++;
    return copy_columns(s, &added->source);
}

/* <lock> keeps accounts with the rep they know, and new ones know nobody. Those
 * of the plan that it locks have an owner, or were let go by the scenario. */
static bw_status free_ownerless(bw_scenario *s)
{
    size_t n = (size_t)s->n_qualities;
    bw_quality_spec *all = bw_arena_alloc(s->arena, n + 1, sizeof *all);
    if (!all)
        return BW_NOMEM;
    s->n_qualities = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(s->qualities[i].code.text,
                   bw_code_text(BW_LOCK_OWNERLESS)) != 0)
            all[s->n_qualities++] = s->qualities[i];
    all[s->n_qualities++] = (bw_quality_spec){
        .place = told_at,
        .code = {.text = bw_code_text(BW_LOCK_OWNERLESS), .place = told_at},
        .action = BW_DO_IGNORE};
    s->qualities = all;
    return BW_OK;
}

/* What was said of the plan's inputs is not said again, nor that new accounts
 * are locked to nobody: faults are, and what else concerns the new file. */
static bool is_news(const bw_diag *d, const char *file)
{
    return d->severity == BW_ERROR ||
           (d->place.file && strcmp(d->place.file, file) == 0 &&
            d->code != BW_LOCK_OWNERLESS);
}

static void hand_on(bw_diags *found, const char *file, bw_diags *diags)
{
    for (size_t i = 0; i < bw_diags_kept(found); i++) {
        const bw_diag *d = bw_diags_at(found, i);
        if (is_news(d, file))
            bw_diag_add(diags, d->severity, d->code, d->place, "%s", d->text);
        if (!d->place.file)
            continue;
        const char *encoding = bw_diags_encoding(found, d->place.file);
        if (encoding)
            bw_diags_written(diags, d->place.file, encoding);
        bw_diags_separated(diags, d->place.file,
                           bw_diags_separator(found, d->place.file));
    }
}

static bw_status load(const bw_newcomers *n, bool quiet, bw_diags *diags,
                      bw_problem **problem)
{
    bw_diags *found = bw_diags_new();
    if (!found)
        return BW_NOMEM;
    bw_status status = bw_load_shown(n->scenario, quiet, found, problem);
    hand_on(found, n->file, diags);
    bw_diags_free(found);
    return status;
}

/* The rep of each account, the prices, and that the plan holds by them. */
static bw_status judge_plan(const char *dir, bw_diags *diags, bw_newcomers *n)
{
    bw_status status = BW_OK;
    size_t errors = bw_diags_count(diags, BW_ERROR);
    n->before = *n->loaded_before;
    if (n->scenario->repair.given)
        status = bw_verify_repair(dir, n->loaded_before, diags, n->arena,
                                  &n->before);
    else if (n->scenario->positions.given)
        status = bw_verify_positions(dir, n->loaded_before, diags, n->arena,
                                     &n->before);
    if (status == BW_OK)
        status = bw_plan_tables_read(dir, &n->before, diags, &n->tables);
    if (status != BW_OK)
        return status;
    const bw_claim claim = {n->tables->rep, n->tables->price,
                            n->tables->unit_price};
    status = bw_check(&n->before, &claim, diags, &n->verdict_before);
    if (status == BW_OK && bw_diags_count(diags, BW_ERROR) > errors)
        status = BW_INVALID;
    return status;
}

/* The accounts of the plan come first, and are all there. */
static bw_status find_first(bw_newcomers *n, bw_diags *diags)
{
    const bw_accounts *before = &n->before.accounts;
    const bw_accounts *after = &n->loaded->accounts;
    for (int32_t a = 0; a < before->n; a++) {
        if (a < after->n && strcmp(before->id[a], after->id[a]) == 0)
            continue;
        bw_diag_add(diags, BW_ERROR, BW_CHANGE_CONFLICT, told_at,
                    "with the rows of %s account \"%.60s\" of the plan would "
                    "take no part; leave out what leads to that, or plan again",
                    n->file, before->id[a]);
        return BW_INVALID;
    }
    n->first = before->n;
    n->n = after->n - before->n;
    return BW_OK;
}

static bw_status read_all(const bw_newcomers_from *from, bw_diags *diags,
                          bw_newcomers *n)
{
    bw_status status = load_scenario(from, diags, n);
    if (status == BW_OK)
        status = load(n, from->quiet, diags, &n->loaded_before);
    if (status == BW_OK)
        status = add_file(n->scenario, n->file);
    if (status == BW_OK && from->guard)
        status = from->guard(from->data, n->scenario, diags);
    if (status == BW_OK)
        status = judge_plan(from->dir, diags, n);
    if (status == BW_OK)
        status = free_ownerless(n->scenario);
    if (status == BW_OK)
        status = load(n, from->quiet, diags, &n->loaded);
    if (status == BW_OK)
        status = find_first(n, diags);
    return status == BW_OK ? bw_newcomers_grow(n) : status;
}

bw_status bw_newcomers_read(const bw_newcomers_from *from, bw_diags *diags,
                            bw_newcomers **result)
{
    bw_arena *arena = bw_arena_new();
    bw_newcomers *n = arena ? bw_arena_alloc(arena, 1, sizeof *n) : NULL;
    *result = n;
    if (!n) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    n->arena = arena;
    n->file = from->file;
    return read_all(from, diags, n);
}

void bw_newcomers_free(bw_newcomers *n)
{
    if (!n)
        return;
    bw_verdict_free(n->verdict);
    bw_verdict_free(n->verdict_before);
    bw_plan_tables_free(n->tables);
    bw_problem_free(n->loaded);
    bw_problem_free(n->loaded_before);
    bw_scenario_free(n->scenario);
    bw_arena_free(n->arena);
}
