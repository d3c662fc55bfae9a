/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables -> tree -> matches -> seats -> members. */
#include "crm_key.h"
#include "crm_territories_parts.h"

#include <string.h>
#include <sys/stat.h>

bool bw_crm_node_ready(const bw_crm_territories *t, int32_t node)
{
    int32_t parent = t->node[node].parent;
    return parent < 0 || t->node[parent].row >= 0;
}

enum {
    HEADER_MOST = 65536 /* bytes of a file that may be a header alone */
};

/* A query that finds nothing gives a header: there is nothing yet. */
static bool is_header(const char *path)
{
    struct stat about;
    bw_source *source = NULL;
    const bw_source_how how = {.lenient = true};
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) ||
        about.st_size > HEADER_MOST ||
        bw_source_open_table(path, path, &how, NULL, &source) != BW_OK)
        return false;
    size_t len;
    const char *text = bw_source_text(source, &len);
    size_t line = strcspn(text, "\r\n");
    bool alone = line > 0 && strspn(text + line, "\r\n") == len - line;
    bw_source_free(source);
    return alone;
}

/* All that are given, so that the faults of each are told. */
static bw_status read_tables(bw_crm_seating *s)
{
    const struct {
        const char *path;
        bw_crm_which which;
        unsigned needed;
        bw_crm_table *table;
    } file[] = {
        {s->order->territories, BW_CRM_TERRITORIES, 1U << BW_CRM_KEY,
         &s->t->tree},
        {s->order->associations, BW_CRM_ASSOCIATIONS,
         1U << BW_CRM_KEY | 1U << BW_CRM_ACCOUNT | 1U << BW_CRM_TERRITORY,
         &s->t->seats},
        {s->order->members, BW_CRM_MEMBERS,
         1U << BW_CRM_KEY | 1U << BW_CRM_USER | 1U << BW_CRM_TERRITORY,
         &s->t->members}};
    bw_status worst = BW_OK;
    for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
        if (!file[i].path || is_header(file[i].path))
            continue;
        bw_status status = bw_crm_table_read(
            file[i].path, file[i].which, s->t->change->profile, file[i].needed,
            s->diags, file[i].table);
        if (status > worst)
            worst = status;
    }
    return worst;
}

/* A key that the files need, given on the command line. */
static void check_given(const bw_crm_seating *s, const char *option,
                        const char *key)
{
    const bw_crm_form *tables =
        &s->t->change->profile->table[BW_CRM_TERRITORIES].key;
    const bw_crm_form form = {.kind = tables->kind};
    const bw_place place = {option, 0, 0};
    bw_buf clause = {0};
    bw_crm_key_fault fault =
        key ? bw_crm_key_check(&form, key, strlen(key)) : BW_CRM_KEY_GOOD;
    if (!key)
        bw_diag_add(s->diags, BW_ERROR, BW_CRM_KEY_UNKNOWN, place,
                    "%d territories are to be made and it is not given; give "
                    "the key of the one that they belong to, as the CRM shows "
                    "it",
                    (int)s->t->to_make);
    if (fault != BW_CRM_KEY_GOOD) {
        bw_crm_key_tell(&form, key, fault, &clause);
        bw_diag_add(s->diags, BW_ERROR, BW_CRM_KEY_FORM, place,
                    "\"%.80s\": %s; give the key as the CRM shows it", key,
                    clause.text ? clause.text : "it is not well formed");
    }
    bw_buf_free(&clause);
}

static bw_status check_keys(bw_crm_seating *s)
{
    const bw_crm_profile *p = s->t->change->profile;
    for (int f = 0; f < p->n_files && s->t->to_make > 0; f++)
        for (int i = 0; i < p->file[f].n_columns; i++) {
            if (p->file[f].column[i].value == BW_CRM_IS_MODEL)
                check_given(s, "--territory-model", s->order->model);
            if (p->file[f].column[i].value == BW_CRM_IS_TYPE)
                check_given(s, "--territory-type", s->order->type);
        }
    return BW_OK;
}

static bw_status read_all(bw_crm_seating *s)
{
    static bw_status (*const step[])(bw_crm_seating *) = {
        bw_crm_territory_nodes, bw_crm_territory_match, check_keys,
        bw_crm_territory_seats, bw_crm_territory_members};
    size_t errors = bw_diags_count(s->diags, BW_ERROR);
    bw_status status = read_tables(s);
    for (size_t i = 0; i < sizeof step / sizeof *step && status == BW_OK; i++)
        status = step[i](s);
    bool faulty = bw_diags_count(s->diags, BW_ERROR) > errors;
    return status == BW_OK && faulty ? BW_INVALID : status;
}

bw_status bw_crm_territories_read(const bw_crm_territory_order *order,
                                  const bw_crm_change *change, bw_diags *diags,
                                  bw_crm_territories **result)
{
    *result = NULL;
    bw_arena *arena = bw_arena_new();
    bw_crm_territories *t = arena ? bw_arena_alloc(arena, 1, sizeof *t) : NULL;
    if (!t) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    t->arena = arena;
    t->change = change;
    t->model = order->model;
    t->type = order->type;
    t->joins = order->members != NULL;
    bw_crm_seating s = {.order = order, .t = t, .diags = diags, .arena = arena};
    *result = t;
    bw_status status = read_all(&s);
    bw_index_free(s.rows_of_tree);
    return status;
}

void bw_crm_territories_free(bw_crm_territories *territories)
{
    if (!territories)
        return;
    bw_crm_table_free(&territories->tree);
    bw_crm_table_free(&territories->seats);
    bw_crm_table_free(&territories->members);
    bw_arena_free(territories->arena);
}
