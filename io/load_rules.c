/* SPDX-License-Identifier: GPL-3.0-or-later */
/* require and forbid: which accounts may be with which reps. Accounts of equal
 * values in what `pair` compares form a class, reps likewise; class 0 are those
 * that the rule does not speak of. `pair` is evaluated once for two classes, so
 * that a rule on countries costs 36 evaluations, not 10,000 x 200. */
#include "load_parts.h"

#include "buf.h"

#include <math.h>
#include <string.h>

/* One side's classes while they are being found. */
typedef struct classes {
    const bw_sheet *sheet;
    const bw_view *view;
    const int32_t *row_of, *used; /* [n], [n_used] */
    int32_t n, n_used;
    const uint8_t *member; /* [n] */
    int32_t *class;        /* [n] in the problem's arena */
    int64_t *row;          /* [count] a row of each class, -1 for class 0 */
    int32_t count;
} classes;

/* The values that `pair` sees, as bytes: equal keys, equal values. A text
 * carries its length, so that no two lists of texts run into one. */
static void build_key(const classes *c, int64_t row, bw_buf *key)
{
    key->len = 0;
    for (int32_t i = 0; i < c->n_used; i++) {
        int32_t column = c->view->column[c->used[i]];
        const bw_sheet_column *s = &c->sheet->column[column];
        if (s->type == BW_NUMBER) {
            double value = s->number[row] + 0.0; /* -0 becomes 0 */
            value = isnan(value) ? NAN : value;
            bw_buf_add(key, (const char *)&value, sizeof value);
        } else {
            bw_cell cell = bw_sheet_cell(c->sheet, column, row);
            bw_buf_add(key, (const char *)&cell.len, sizeof cell.len);
            bw_buf_add(key, cell.text, cell.len);
        }
    }
}

static bw_status classify(classes *c, bw_arena *scratch, bw_index *index,
                          bw_buf *key)
{
    c->row[0] = -1;
    c->count = 1;
    for (int32_t i = 0; i < c->n; i++) {
        int32_t class;
        if (!c->member[i])
            continue;
        build_key(c, c->row_of[i], key);
        if (key->failed)
            return BW_NOMEM;
        class = bw_index_find(index, key->len ? key->text : "", key->len);
        if (class < 0) {
            const char *kept = bw_arena_text(scratch, key->text, key->len);
            if (!kept ||
                bw_index_put(index, kept, key->len, c->count, &class) != BW_OK)
                return BW_NOMEM;
            c->row[c->count++] = c->row_of[i];
        }
        c->class[i] = class;
    }
    return BW_OK;
}

static bw_status find_classes(bw_loader *loader, classes *c)
{
    bw_index *index;
    bw_buf key = {0};
    size_t n = (size_t)c->n;
    c->class = bw_arena_alloc(loader->arena, n, sizeof *c->class);
    c->row = bw_arena_alloc(loader->scratch, n + 1, sizeof *c->row);
    bw_status status = bw_index_new(64, &index);
    if (!c->class || !c->row)
        status = BW_NOMEM;
    if (status == BW_OK)
        status = classify(c, loader->scratch, index, &key);
    bw_index_free(index);
    bw_buf_free(&key);
    return status;
}

static bw_status fill_allowed(const classes *accounts, const classes *reps,
                              bool require, bw_expr *pair, uint8_t *allowed)
{
    bw_rows rows = bw_rows_of(accounts->sheet, reps->sheet);
    bw_status status = BW_OK;
    memset(allowed, 1, (size_t)reps->count); /* class 0: free */
    for (int32_t a = 1; a < accounts->count; a++) {
        uint8_t *line = allowed + (size_t)a * (size_t)reps->count;
        rows.account_row = accounts->row[a];
        line[0] = !require;
        for (int32_t r = 1; r < reps->count && status == BW_OK; r++) {
            bool meant = true;
            rows.rep_row = reps->row[r];
            if (pair)
                status = bw_expr_truth(pair, bw_rows_lookup, &rows, &meant);
            line[r] = meant == require;
        }
    }
    return status;
}

static bw_status build_rule(bw_loader *loader, const bw_rule_spec *spec,
                            bw_expr *pair, classes *side, bw_pair_rule *rule)
{
    classes *accounts = &side[0], *reps = &side[1];
    if (pair) {
        accounts->n_used = bw_expr_used(pair, false, &accounts->used);
        reps->n_used = bw_expr_used(pair, true, &reps->used);
    }
    bw_status status = find_classes(loader, accounts);
    if (status == BW_OK)
        status = find_classes(loader, reps);
    if (status != BW_OK)
        return status;
    int64_t size = (int64_t)accounts->count * reps->count;
    if (size > INT32_MAX) {
        bw_diag_add(loader->diags, BW_ERROR, BW_VALUE_SYNTAX, spec->pair.place,
                    "this rule compares %d different kinds of accounts with %d "
                    "of reps, which is too many (2,147,483,647 combinations at "
                    "most); compare columns with fewer values",
                    (int)accounts->count, (int)reps->count);
        return BW_INVALID;
    }
    uint8_t *allowed = bw_arena_alloc(loader->arena, (size_t)size, 1);
    *rule = (bw_pair_rule){.place = spec->place,
                           .text = bw_rule_text(loader->arena, spec),
                           .n_account_classes = accounts->count,
                           .n_rep_classes = reps->count,
                           .account_class = accounts->class,
                           .rep_class = reps->class,
                           .allowed = allowed};
    if (!allowed || !rule->text)
        return BW_NOMEM;
    return fill_allowed(accounts, reps, spec->kind == BW_RULE_REQUIRE, pair,
                        allowed);
}

/* A rule that can change nothing. A require without reps can: nobody may
 * serve its accounts, which is for the solver to report, by account. */
static void warn_idle(const bw_loader *loader, const bw_rule_spec *spec,
                      int32_t n_accounts, int32_t n_reps)
{
    if (loader->accounts.blind || loader->reps.blind)
        return;
    if (n_accounts == 0)
        bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE, spec->place,
                    "no account satisfies this rule's condition, so it does "
                    "nothing; correct it or remove it");
    else if (n_reps == 0 && spec->kind == BW_RULE_FORBID)
        bw_diag_add(loader->diags, BW_WARNING, BW_RULE_IDLE, spec->place,
                    "no rep satisfies this rule's condition, so it forbids "
                    "nothing; correct it or remove it");
}

static bw_status load_rule(bw_loader *loader, const bw_rule_spec *spec,
                           bw_pair_rule *rule)
{
    uint8_t *accounts = NULL, *reps = NULL;
    int32_t n_accounts = 0, n_reps = 0;
    bw_expr *pair;
    bw_status by_account =
        bw_select_accounts(loader, spec, &accounts, &n_accounts);
    if (bw_fatal(by_account))
        return by_account;
    bw_status by_rep = bw_select_reps(loader, spec, &reps, &n_reps);
    if (bw_fatal(by_rep))
        return by_rep;
    bw_status status = bw_sheet_compile(&loader->accounts, &loader->reps,
                                        &spec->pair, BW_BOOLEAN, &pair);
    if (status != BW_OK || !accounts || !reps) {
        bw_expr_free(pair);
        return status;
    }
    warn_idle(loader, spec, n_accounts, n_reps);
    classes side[2] = {{.sheet = &loader->accounts,
                        .view = &loader->accounts.all,
                        .row_of = loader->row_of_account,
                        .n = loader->problem->accounts.n,
                        .member = accounts},
                       {.sheet = &loader->reps,
                        .view = &loader->reps.all,
                        .row_of = loader->row_of_rep,
                        .n = loader->problem->reps.n,
                        .member = reps}};
    status = build_rule(loader, spec, pair, side, rule);
    bw_expr_free(pair);
    return status;
}

/* Of several km limits the smallest holds. */
static void load_km_limit(bw_loader *loader)
{
    double *limit = &loader->problem->km_limit;
    *limit = NAN;
    for (int i = 0; i < loader->scenario->n_rules; i++) {
        const bw_rule_spec *spec = &loader->scenario->rules[i];
        if (spec->kind == BW_RULE_LIMIT_KM && !(*limit <= spec->high.value))
            *limit = spec->high.value;
    }
}

bw_status bw_load_rules(bw_loader *loader)
{
    const bw_scenario *scenario = loader->scenario;
    bw_problem *problem = loader->problem;
    load_km_limit(loader);
    problem->rules = bw_arena_alloc(loader->arena, (size_t)scenario->n_rules,
                                    sizeof *problem->rules);
    if (!problem->rules)
        return BW_NOMEM;
    for (int i = 0; i < scenario->n_rules; i++) {
        const bw_rule_spec *spec = &scenario->rules[i];
        if (spec->kind != BW_RULE_REQUIRE && spec->kind != BW_RULE_FORBID)
            continue;
        bw_status status =
            load_rule(loader, spec, &problem->rules[problem->n_rules++]);
        if (bw_fatal(status))
            return status;
    }
    return BW_OK;
}
