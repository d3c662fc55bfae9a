/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tree that a plan needs: the scenario on top, regions where reps have
 * them, and a territory for each rep who serves. */
#include "crm_territories_parts.h"

#include "words.h"

#include <stdio.h>
#include <string.h>

enum {
    CODE_ROOM = 80 /* characters of a DeveloperName, and the NUL */
};

typedef struct naming {
    bw_crm_seating *s;
    bw_index *codes, *regions;
} naming;

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Letters and digits stay, runs of anything else become one underscore, none
 * at the ends; a letter comes first. */
static void make_code(const char *name, char code[CODE_ROOM])
{
    size_t n = 0;
    const size_t room = CODE_ROOM - 1;
    if (!is_letter(*name))
        code[n++] = 'T';
    for (const char *c = name; *c && n < room; c++) {
        bool plain = is_letter(*c) || (*c >= '0' && *c <= '9');
        if (plain)
            code[n++] = *c;
        else if (n > 0 && code[n - 1] != '_')
            code[n++] = '_';
    }
    while (n > 0 && code[n - 1] == '_')
        n--;
    code[n] = '\0';
}

/* Codes are compared without case by those who keep them. */
static bw_status add_code(naming *g, const char *name, const char **result)
{
    char code[CODE_ROOM], numbered[CODE_ROOM], folded[CODE_ROOM];
    make_code(name, code);
    snprintf(numbered, sizeof numbered, "%s", code);
    for (int number = 2;; number++) {
        size_t len = bw_lower(numbered, strlen(numbered), folded);
        const char *own = bw_arena_text(g->s->arena, folded, len);
        int32_t there;
        bw_status status =
            own ? bw_index_put(g->codes, own, len, g->s->t->n, &there)
                : BW_NOMEM;
        if (status != BW_OK)
            return status;
        if (there == g->s->t->n)
            break;
        snprintf(numbered, sizeof numbered, "%.*s_%d", CODE_ROOM - 13, code,
                 number);
    }
    *result = bw_arena_text(g->s->arena, numbered, strlen(numbered));
    return *result ? BW_OK : BW_NOMEM;
}

static bw_status add_node(naming *g, const char *name, const char *coded,
                          int32_t parent, int32_t rep)
{
    bw_crm_territories *t = g->s->t;
    bw_crm_node *node = &t->node[t->n++];
    *node =
        (bw_crm_node){.name = name, .parent = parent, .rep = rep, .row = -1};
    return add_code(g, coded, &node->code);
}

/* "Amara Abara (R01)": people change, two may have one name. */
static const char *name_of(const bw_crm_seating *s, int32_t rep)
{
    const bw_reps *reps = &s->t->change->problem->reps;
    if (!*reps->name[rep])
        return reps->id[rep];
    bw_buf name = {0};
    bw_buf_format(&name, "%s (%s)", reps->name[rep], reps->id[rep]);
    const char *own =
        name.failed ? NULL : bw_arena_text(s->arena, name.text, name.len);
    bw_buf_free(&name);
    return own;
}

static bw_status add_region(naming *g, int32_t rep, int32_t *node)
{
    bw_crm_territories *t = g->s->t;
    const char *region = t->change->problem->reps.region[rep];
    *node = 0;
    if (!*region)
        return BW_OK;
    bw_status status =
        bw_index_put(g->regions, region, strlen(region), t->n, node);
    return status == BW_OK && *node == t->n ? add_node(g, region, region, 0, -1)
                                            : status;
}

/* A position that the plan leaves closed holds no accounts and gets none. */
static bw_status list_open(const bw_crm_territories *t, uint8_t **open)
{
    const bw_crm_change *change = t->change;
    const bw_reps *reps = &change->problem->reps;
    *open = bw_alloc((size_t)reps->n, 1);
    if (!*open)
        return BW_NOMEM;
    for (int32_t r = 0; r < reps->n_serving; r++)
        (*open)[r] = !reps->free || reps->free[r] == BW_STAYS;
    for (int32_t a = 0; a < change->n; a++)
        if (change->rep[a] >= 0)
            (*open)[change->rep[a]] = 1;
    return BW_OK;
}

static bw_status add_all(naming *g)
{
    bw_crm_territories *t = g->s->t;
    const bw_scenario *scenario = t->change->scenario;
    const bw_reps *reps = &t->change->problem->reps;
    uint8_t *open = NULL;
    int32_t *above = bw_alloc((size_t)reps->n_serving, sizeof *above);
    const char *top = scenario->name.text ? scenario->name.text : "Plan";
    bw_status status = above ? list_open(t, &open) : BW_NOMEM;
    if (status == BW_OK)
        status = add_node(g, top, top, -1, -1);
    for (int32_t r = 0; r < reps->n_serving && status == BW_OK; r++)
        if (open[r])
            status = add_region(g, r, &above[r]);
    for (int32_t r = 0; r < reps->n_serving && status == BW_OK; r++) {
        if (!open[r])
            continue;
        const char *name = name_of(g->s, r);
        t->node_of_rep[r] = t->n;
        status = name ? add_node(g, name, reps->id[r], above[r], r) : BW_NOMEM;
    }
    bw_free(above);
    bw_free(open);
    return status;
}

bw_status bw_crm_territory_nodes(bw_crm_seating *s)
{
    bw_crm_territories *t = s->t;
    const bw_reps *reps = &t->change->problem->reps;
    naming g = {.s = s};
    size_t most = 1 + 2 * (size_t)reps->n_serving;
    t->node = bw_arena_alloc(s->arena, most, sizeof *t->node);
    t->node_of_rep =
        bw_arena_alloc(s->arena, (size_t)reps->n, sizeof *t->node_of_rep);
    bw_status status = t->node && t->node_of_rep ? BW_OK : BW_NOMEM;
    for (int32_t r = 0; r < reps->n && status == BW_OK; r++)
        t->node_of_rep[r] = -1;
    if (status == BW_OK)
        status = bw_index_new((int64_t)most, &g.codes);
    if (status == BW_OK)
        status = bw_index_new(reps->n_serving, &g.regions);
    if (status == BW_OK)
        status = add_all(&g);
    bw_index_free(g.codes);
    bw_index_free(g.regions);
    return status;
}
