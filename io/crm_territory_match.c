/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the territories that are there are the plan's: by key, code, name.
 */
#include "crm_territories_parts.h"

#include "crm_key.h"
#include "words.h"

#include <string.h>

typedef struct matching {
    bw_crm_seating *s;
    bw_arena *scratch;
    bw_index *codes, *names; /* in lower case -> row */
    int32_t *same_name; /* [rows] a further row of this name + 1; 0: none */
} matching;

const char *bw_crm_territory_normal(bw_arena *arena, const bw_crm_form *form,
                                    const char *key, size_t *len)
{
    char *own = bw_arena_alloc(arena, *len + 1, 1);
    if (own)
        *len = bw_crm_key_normal(form, key, *len, own);
    return own;
}

bw_status bw_crm_territory_find(const bw_crm_seating *s, bw_arena *scratch,
                                const char *key, int64_t *row)
{
    size_t len = strlen(key);
    *row = -1;
    if (!s->t->tree.table)
        return BW_OK;
    const char *own =
        bw_crm_territory_normal(scratch, &s->t->tree.spec->key, key, &len);
    if (own)
        *row = bw_index_find(s->rows_of_tree, own, len);
    return own ? BW_OK : BW_NOMEM;
}

bool bw_crm_territory_key(const bw_crm_seating *s, const bw_crm_table *table,
                          int64_t row)
{
    bw_buf clause = {0};
    bw_cell key = bw_crm_table_cell(table, row, BW_CRM_KEY);
    bw_crm_key_fault fault =
        bw_crm_key_check(&table->spec->key, key.text, key.len);
    if (fault == BW_CRM_KEY_GOOD)
        return true;
    bw_crm_key_tell(&table->spec->key, key.text, fault, &clause);
    bw_diag_add(s->diags, BW_ERROR,
                fault == BW_CRM_KEY_FORMULA ? BW_CRM_FORMULA : BW_CRM_KEY_FORM,
                bw_crm_table_place(table, row, BW_CRM_KEY),
                "key \"%.80s\" of the %s: %s; export them again", key.text,
                bw_crm_which_text(table->which),
                clause.text ? clause.text : "it is not well formed");
    bw_buf_free(&clause);
    return false;
}

static const char *folded(const matching *m, const char *text, size_t len)
{
    char *own = bw_arena_alloc(m->scratch, len + 1, 1);
    if (own)
        bw_lower(text, len, own);
    return own;
}

/* Codes and names; a blank one is nobody's. *there: the row that has it. */
static bw_status put(const matching *m, bw_index *index, bw_cell cell,
                     int64_t row, int64_t *there)
{
    int32_t first;
    *there = row;
    if (cell.len == 0)
        return BW_OK;
    const char *own = folded(m, cell.text, cell.len);
    bw_status status =
        own ? bw_index_put(index, own, cell.len, (int32_t)row, &first)
            : BW_NOMEM;
    if (status == BW_OK)
        *there = first;
    return status;
}

static void tell_twice(const matching *m, int64_t row, int64_t first,
                       bw_crm_field field)
{
    char text[BW_PLACE_TEXT];
    const bw_crm_table *tree = &m->s->t->tree;
    bw_place place = bw_crm_table_place(tree, row, field);
    bw_diag_add(m->s->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS, place,
                "%s \"%.80s\" of a territory stands here again (first at %s); "
                "keep one of the rows",
                bw_crm_field_text(field),
                bw_crm_table_cell(tree, row, field).text,
                bw_place_text(bw_crm_table_place(tree, first, field),
                              place.file, text));
}

static bw_status index_row(matching *m, int64_t row)
{
    const bw_crm_table *tree = &m->s->t->tree;
    bw_cell key = bw_crm_table_cell(tree, row, BW_CRM_KEY);
    int32_t first = (int32_t)row;
    int64_t there;
    size_t len = key.len;
    if (!bw_crm_territory_key(m->s, tree, row))
        return BW_OK;
    const char *own =
        bw_crm_territory_normal(m->s->arena, &tree->spec->key, key.text, &len);
    bw_status status =
        own ? bw_index_put(m->s->rows_of_tree, own, len, first, &first)
            : BW_NOMEM;
    if (status == BW_OK && first != row)
        tell_twice(m, row, first, BW_CRM_KEY);
    if (status == BW_OK)
        status = put(m, m->codes, bw_crm_table_cell(tree, row, BW_CRM_CODE),
                     row, &there);
    if (status == BW_OK && there != row)
        tell_twice(m, row, there, BW_CRM_CODE);
    if (status == BW_OK)
        status = put(m, m->names, bw_crm_table_cell(tree, row, BW_CRM_NAME),
                     row, &there);
    if (status == BW_OK && there != row)
        m->same_name[there] = (int32_t)row + 1;
    return status;
}

static bw_status find_in(const matching *m, const bw_index *index,
                         const char *text, int64_t *row)
{
    size_t len = strlen(text);
    const char *own = folded(m, text, len);
    if (*row < 0 && own && len > 0)
        *row = bw_index_find(index, own, len);
    return own ? BW_OK : BW_NOMEM;
}

static void tell_names(const matching *m, const bw_crm_node *node, int64_t row)
{
    char text[BW_PLACE_TEXT];
    const bw_crm_table *tree = &m->s->t->tree;
    bw_place place =
        bw_crm_table_place(tree, m->same_name[row] - 1, BW_CRM_NAME);
    bw_diag_add(m->s->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS, place,
                "several territories are called \"%.80s\" (first at %s); give "
                "the one that is meant the code %.80s",
                bw_crm_table_cell(tree, row, BW_CRM_NAME).text,
                bw_place_text(bw_crm_table_place(tree, row, BW_CRM_NAME),
                              place.file, text),
                node->code);
}

/* A rep's id may be the key, code or name of its territory. */
static bw_status find_node(const matching *m, const bw_crm_node *node,
                           int64_t *row)
{
    const bw_reps *reps = &m->s->t->change->problem->reps;
    const char *own = node->rep >= 0 ? reps->id[node->rep] : "";
    const char *called = node->name;
    bw_status status = BW_OK;
    *row = -1;
    if (node->rep >= 0)
        status = bw_crm_territory_find(m->s, m->scratch, own, row);
    if (status == BW_OK)
        status = find_in(m, m->codes, own, row);
    if (status == BW_OK)
        status = find_in(m, m->codes, node->code, row);
    if (status != BW_OK || *row >= 0)
        return status;
    status = find_in(m, m->names, own, row);
    if (status == BW_OK)
        status = find_in(m, m->names, called, row);
    if (*row >= 0 && m->same_name[*row])
        tell_names(m, node, *row);
    return status;
}

static void take_row(matching *m, int32_t number, int64_t row)
{
    bw_crm_territories *t = m->s->t;
    bw_crm_node *node = &t->node[number];
    bw_place place = bw_crm_table_place(&t->tree, row, BW_CRM_KEY);
    if (t->node_of_row[row] >= 0) {
        const bw_crm_node *other = &t->node[t->node_of_row[row]];
        bw_diag_add(m->s->diags, BW_ERROR, BW_CRM_KEY_AMBIGUOUS, place,
                    "the territory is that of \"%.80s\" and of \"%.80s\"; give "
                    "one of them the code %.80s, so that it is known which",
                    other->name, node->name, node->code);
        return;
    }
    t->node_of_row[row] = number;
    node->row = row;
    node->key = bw_crm_table_cell(&t->tree, row, BW_CRM_KEY).text;
}

static bw_status match_all(matching *m)
{
    bw_crm_territories *t = m->s->t;
    bw_status status = BW_OK;
    int64_t rows = bw_table_rows(t->tree.table);
    for (int64_t row = 0; row < rows && status == BW_OK; row++)
        status = index_row(m, row);
    /* Reps first: a region may be called as one of its reps. */
    for (int32_t i = t->n - 1; i >= 0 && status == BW_OK; i--) {
        int64_t row;
        status = find_node(m, &t->node[i], &row);
        if (status == BW_OK && row >= 0)
            take_row(m, i, row);
    }
    return status;
}

static void count_missing(bw_crm_territories *t)
{
    for (int32_t i = t->n - 1; i >= 0; i--) {
        bw_crm_node *node = &t->node[i];
        node->wanted |= node->rep >= 0;
        if (!node->wanted || node->row >= 0)
            continue;
        if (node->parent >= 0)
            t->node[node->parent].wanted = true;
        if (bw_crm_node_ready(t, i))
            t->to_make++;
        else
            t->to_wait++;
    }
}

bw_status bw_crm_territory_match(bw_crm_seating *s)
{
    bw_crm_territories *t = s->t;
    matching m = {.s = s};
    size_t rows = t->tree.table ? (size_t)bw_table_rows(t->tree.table) : 0;
    t->node_of_row = bw_arena_alloc(s->arena, rows, sizeof *t->node_of_row);
    m.same_name = bw_alloc(rows, sizeof *m.same_name);
    m.scratch = bw_arena_new();
    bw_status status =
        t->node_of_row && m.same_name && m.scratch ? BW_OK : BW_NOMEM;
    for (size_t row = 0; row < rows && status == BW_OK; row++)
        t->node_of_row[row] = -1;
    if (status == BW_OK)
        status = bw_index_new((int64_t)rows, &s->rows_of_tree);
    if (status == BW_OK)
        status = bw_index_new((int64_t)rows, &m.codes);
    if (status == BW_OK)
        status = bw_index_new((int64_t)rows, &m.names);
    if (status == BW_OK && rows > 0)
        status = match_all(&m);
    if (status == BW_OK)
        count_missing(t);
    bw_index_free(m.codes);
    bw_index_free(m.names);
    bw_free(m.same_name);
    bw_arena_free(m.scratch);
    return status;
}
