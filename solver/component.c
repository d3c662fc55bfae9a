/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Union-find over the reps: each unit joins those that it may have. */
#include "component.h"

#include <string.h>

/* The root of a rep's tree is its least rep; paths are halved on the way. */
static int32_t root_of(int32_t *parent, int32_t rep)
{
    while (parent[rep] != rep) {
        parent[rep] = parent[parent[rep]];
        rep = parent[rep];
    }
    return rep;
}

static void join(int32_t *parent, int32_t a, int32_t b)
{
    a = root_of(parent, a);
    b = root_of(parent, b);
    if (a < b)
        parent[b] = a;
    else
        parent[a] = b;
}

static void join_all(const bw_net *net, int32_t *parent)
{
    const bw_arcs *arcs = net->arcs;
    for (int32_t rep = 0; rep < net->n_reps; rep++)
        parent[rep] = rep;
    for (int32_t rep = 0; rep < net->n_reps && net->n_budgets > 0; rep++)
        parent[rep] = 0; /* what one part leaves of a budget another may use */
    for (int32_t unit = 0; unit < net->n_units; unit++)
        for (int64_t arc = arcs->first[unit]; arc < arcs->first[unit + 1];
             arc++)
            join(parent, arcs->rep[arcs->first[unit]], arcs->rep[arc]);
}

/* Roots are least reps, so a rep's root has its number before the rep does. */
static void number(bw_components *c, int32_t n_reps)
{
    for (int32_t rep = 0; rep < n_reps; rep++) {
        int32_t root = root_of(c->of_rep, rep);
        c->rep[rep] = root == rep ? c->n++ : c->rep[root];
    }
    memcpy(c->of_rep, c->rep, (size_t)n_reps * sizeof *c->rep);
}

static void list_reps(bw_components *c, int32_t n_reps)
{
    for (int32_t rep = 0; rep < n_reps; rep++)
        c->first[c->of_rep[rep] + 1]++;
    for (int32_t i = 0; i < c->n; i++)
        c->first[i + 1] += c->first[i];
    for (int32_t rep = n_reps - 1; rep >= 0; rep--)
        c->rep[--c->first[c->of_rep[rep] + 1]] = rep;
    /* Each end has gone down to its component's begin. */
    memmove(c->first, c->first + 1, (size_t)c->n * sizeof *c->first);
    c->first[c->n] = n_reps;
}

/* model.md: w[u] of its units, and -(p >= 0 ? p high : p low) of its reps. */
static void add_values(bw_components *c, const bw_net *net)
{
    if (c->n == 1) {
        c->value[0] = net->value;
        return;
    }
    for (int32_t unit = 0; unit < net->n_units; unit++)
        c->value[bw_component_of(c, net, unit)] += net->unit_price[unit];
    for (int32_t rep = 0; rep < net->n_reps; rep++)
        for (int32_t k = 0; k < net->n_measures; k++) {
            const bw_band *b = &net->band[(int64_t)rep * net->n_measures + k];
            if (b->price != 0)
                c->value[c->of_rep[rep]] -=
                    b->price * (b->price > 0 ? b->high : b->low);
        }
}

bw_status bw_components_new(const bw_net *net, bw_components **components)
{
    size_t n_reps = (size_t)net->n_reps;
    *components = NULL;
    bw_arena *arena = bw_arena_new();
    bw_components *made = arena ? bw_arena_alloc(arena, 1, sizeof *made) : NULL;
    if (!made) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    made->arena = arena;
    made->of_rep = bw_arena_alloc(arena, n_reps, sizeof *made->of_rep);
    made->rep = bw_arena_alloc(arena, n_reps, sizeof *made->rep);
    made->first = bw_arena_alloc(arena, n_reps + 1, sizeof *made->first);
    made->value = bw_arena_alloc(arena, n_reps, sizeof *made->value);
    if (!made->of_rep || !made->rep || !made->first || !made->value) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    join_all(net, made->of_rep);
    number(made, net->n_reps);
    list_reps(made, net->n_reps);
    add_values(made, net);
    *components = made;
    return BW_OK;
}

void bw_components_free(bw_components *components)
{
    if (components)
        bw_arena_free(components->arena);
}
