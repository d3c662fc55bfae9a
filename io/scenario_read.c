/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scenario file -> bw_scenario. What the schema guarantees (which elements
 * and attributes there are, the form of numbers and choices) is relied on;
 * what it cannot say is checked here and in scenario_rules.c. */
#include "bw/alloc.h"
#include "bw/load.h"
#include "scenario_chain.h"
#include "scenario_form.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const bw_range road_factor = {1, 100, false, BW_FIELD_RANGE,
                                     "between 1 and 100"};

/* The only child of this name; a second one is a fault. */
static const bw_element *only(const bw_form *form, const bw_element *parent,
                              const char *name)
{
    const bw_element *first = NULL;
    const bw_element *e = bw_element_child(parent);
    for (; e; e = bw_element_next(e)) {
        if (strcmp(bw_element_name(e), name) != 0)
            continue;
        if (first)
            bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA,
                        bw_form_place(form, e),
                        "<%s> stands twice (first at line %u); leave one", name,
                        bw_element_place(first).line);
        else
            first = e;
    }
    return first;
}

static const bw_element *needed(const bw_form *form, const bw_element *root,
                                const char *name)
{
    const bw_element *e = only(form, root, name);
    if (!e)
        bw_diag_add(
            form->diags, BW_ERROR, BW_XML_SCHEMA, bw_form_place(form, root),
            "<%s> is missing; add <%s file=\"%s.csv\"/>", name, name, name);
    return e;
}

static void read_travel(bw_form *form, const bw_element *root)
{
    const bw_element *e = only(form, root, "travel");
    bw_travel_spec *t = &form->scenario->travel;
    t->given = e != NULL;
    t->counts = e && !bw_form_is(e, "count", "no");
    e = e ? e : root; /* the scenario has none of these: all defaults */
    t->place = bw_form_place(form, e);
    t->hour_cost =
        bw_form_number(form, e, "hour-cost", 0, &bw_range_not_negative);
    t->km_cost = bw_form_number(form, e, "km-cost", 0, &bw_range_not_negative);
    t->speed_kmh = bw_form_number(form, e, "speed-kmh", 60, &bw_range_positive);
    t->road_factor = bw_form_number(form, e, "road-factor", 1.3, &road_factor);
    t->calls_per_trip =
        bw_form_number(form, e, "calls-per-trip", 1, &bw_range_positive);
}

static void read_handover(bw_form *form, const bw_element *root)
{
    const bw_element *e = only(form, root, "handover");
    bw_handover_spec *h = &form->scenario->handover;
    h->given = e != NULL;
    e = e ? e : root;
    h->place = bw_form_place(form, e);
    h->share = bw_form_number(form, e, "share", 0, &bw_range_share);
    h->hours = bw_form_number(form, e, "hours", 0, &bw_range_not_negative);
}

static bw_effort read_effort(const bw_element *e)
{
    if (bw_form_is(e, "effort", "quick"))
        return BW_EFFORT_QUICK;
    if (bw_form_is(e, "effort", "long"))
        return BW_EFFORT_LONG;
    if (bw_form_is(e, "effort", "unlimited"))
        return BW_EFFORT_UNLIMITED;
    return BW_EFFORT_NORMAL;
}

static uint64_t read_seed(bw_form *form, const bw_element *e)
{
    bw_attr seed = bw_form_attr(form, e, "seed");
    /* The schema allows 19 digits: no overflow. */
    uint64_t value = seed.text ? strtoull(seed.text, NULL, 10) : 1;
    if (value > BW_LARGEST_SEED)
        bw_diag_add(form->diags, BW_ERROR, BW_FIELD_RANGE, seed.place,
                    "seed=\"%s\" of <solve> is out of range; a seed is at "
                    "most %llu",
                    seed.text, (unsigned long long)BW_LARGEST_SEED);
    return value;
}

static void read_solve(bw_form *form, const bw_element *root)
{
    const bw_element *e = only(form, root, "solve");
    bw_solve_spec *solve = &form->scenario->solve;
    e = e ? e : root;
    solve->place = bw_form_place(form, e);
    solve->gap = bw_form_number(form, e, "gap", 0.001, &bw_range_share);
    solve->seconds =
        bw_form_number(form, e, "seconds", NAN, &bw_range_not_negative);
    solve->effort = read_effort(e);
    solve->seed = read_seed(form, e);
}

static void read_root(bw_form *form, const bw_element *root)
{
    bw_scenario *s = form->scenario;
    const bw_element *rules = only(form, root, "rules");
    s->name = bw_form_attr(form, root, "name");
    s->currency = bw_form_attr(form, root, "currency");
    bw_form_date(form, root);
    bw_form_sources(form, needed(form, root, "accounts"),
                    needed(form, root, "reps"), only(form, root, "pairs"));
    bw_form_gazetteers(form, root);
    bw_form_qualities(form, root);
    bw_form_segments(form, only(form, root, "segments"));
    read_travel(form, root);
    read_handover(form, root);
    bw_form_balances(form, root, rules);
    if (rules) {
        const bw_element *families = only(form, rules, "families");
        s->families_together = families != NULL;
        if (families)
            s->families_place = bw_form_place(form, families);
    }
    bw_form_rules(form, rules);
    bw_form_budgets(form, rules);
    bw_form_what_if(form, only(form, root, "positions"),
                    only(form, root, "frontier"), only(form, root, "repair"));
    read_solve(form, root);
    bw_form_changes(form, root);
}

static bw_status new_scenario(const bw_scenario_chain *chain,
                              bw_scenario **scenario)
{
    *scenario = NULL;
    bw_arena *arena = bw_arena_new();
    bw_scenario *s = arena ? bw_arena_alloc(arena, 1, sizeof *s) : NULL;
    int n = bw_scenario_chain_files(chain);
    if (s)
        s->files = bw_arena_alloc(arena, (size_t)n, sizeof *s->files);
    bool room = s && s->files;
    for (int i = 0; room && i < n; i++) {
        const char *path = bw_scenario_chain_file(chain, i);
        s->files[i] = bw_arena_text(arena, path, strlen(path));
        room = s->files[i] != NULL;
    }
    if (!room) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    s->arena = arena;
    s->n_files = n;
    s->path = s->files[0];
    *scenario = s;
    return BW_OK;
}

/* Errors of this scenario, whatever was in diags before. */
static bw_status fill(bw_scenario *scenario, const bw_element *root,
                      bw_diags *diags)
{
    size_t before = bw_diags_count(diags, BW_ERROR);
    bw_form form = {.scenario = scenario, .diags = diags};
    read_root(&form, root);
    if (form.nomem)
        return BW_NOMEM;
    return bw_diags_count(diags, BW_ERROR) > before ? BW_INVALID : BW_OK;
}

bw_status bw_scenario_from_chain(const bw_scenario_chain *chain,
                                 bw_diags *diags, bw_scenario **scenario)
{
    bw_scenario *made;
    bw_status status = new_scenario(chain, &made);
    if (status == BW_OK)
        status = fill(made, bw_scenario_chain_root(chain), diags);
    if (status != BW_OK) {
        bw_scenario_free(made);
        made = NULL;
    }
    *scenario = made;
    return status;
}

bw_status bw_scenario_load(const char *path, bw_diags *diags,
                           bw_scenario **scenario)
{
    *scenario = NULL;
    bw_scenario_chain *chain;
    bw_status status = bw_scenario_chain_read(path, diags, &chain);
    if (status == BW_OK)
        status = bw_scenario_from_chain(chain, diags, scenario);
    bw_scenario_chain_free(chain);
    return status;
}

void bw_scenario_free(bw_scenario *scenario)
{
    if (scenario)
        bw_arena_free(scenario->arena);
}
