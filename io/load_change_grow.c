/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <grow>: the accounts of a segment as it is without this change and those
 * after it. They are found by loading the scenario with the changes before it
 * alone, so that where, quality, places and shares count as they would there.
 * What earlier ones took is handed on: n of them load n times, not 2^n. */
#include "load_change.h"

#include "scenario_change.h"
#include "words.h"

#include <math.h>
#include <string.h>

typedef struct looking {
    const bw_change_spec *spec;
    bw_arena *arena; /* of what is found */
    bw_grown *found;
    bw_list names;
    bw_buf nearest; /* the nearest name */
} looking;

static int32_t find_segment(const bw_problem *problem, looking *l)
{
    int32_t found = -1;
    bw_guess guess = {.word = l->spec->segment.text};
    for (int32_t i = 0; i < problem->n_segments; i++) {
        const char *name = problem->segments[i].name;
        if (strcmp(name, l->spec->segment.text) == 0)
            found = i;
        bw_guess_try(&guess, name);
        bw_list_add(&l->names, name);
    }
    if (found < 0 && guess.best)
        bw_buf_text(&l->nearest, guess.best);
    return found;
}

static bw_status mark(const bw_loader *loader, int32_t segment, looking *l)
{
    const bw_problem *problem = loader->problem;
    size_t rows = (size_t)loader->accounts.rows;
    int32_t n = problem->accounts.n;
    uint8_t *member = bw_arena_alloc(l->arena, rows, 1);
    int32_t *of = bw_alloc((size_t)n, sizeof *of);
    bw_status status =
        member && of ? bw_segments_of(problem, of, NULL) : BW_NOMEM;
    for (int32_t a = 0; a < n && status == BW_OK; a++)
        member[loader->row_of_account[a]] = of[a] == segment;
    bw_free(of);
    l->found->member = member;
    l->found->rows = (int64_t)rows;
    return status;
}

static bw_status look(void *data, bw_loader *loader, bw_status status)
{
    looking *l = data;
    (void)status; /* its faults are the outer one's too, or are mended there */
    if (!loader->accounts.state || !loader->problem->segments)
        return BW_OK;
    int32_t segment = find_segment(loader->problem, l);
    l->found->segments = segment >= 0;
    return mark(loader, segment, l);
}

static bw_status find_rows(bw_changer *c, looking *l)
{
    bw_scenario before = *c->loader->scenario;
    bw_diags *diags = bw_diags_new();
    if (!diags)
        return BW_NOMEM;
    before.n_changes = c->index;
    l->found->known = true;
    bw_status status =
        bw_problem_look_before(c->loader, &before, diags, look, l);
    bw_diags_free(diags);
    return bw_fatal(status) && status != BW_IO ? status : BW_OK;
}

static void tell_none(const bw_changer *c, const looking *l)
{
    const bw_attr *name = &c->spec->segment;
    char hint[BW_HINT_ROOM];
    if (!l->found->member)
        c->loader->lost = c->spec;
    else if (!l->found->segments)
        bw_change_fault(c, BW_CHANGE_EMPTY, name->place,
                        "<grow> changes nothing: there is no segment "
                        "\"%.60s\"%s; there are: %.200s",
                        name->text, bw_change_hint(l->nearest.text, hint),
                        bw_list_text(&l->names));
    else
        bw_change_fault(c, BW_CHANGE_EMPTY, name->place,
                        "<grow> changes nothing: segment \"%.60s\" has no "
                        "accounts; take the change out",
                        name->text);
}

static bool any(const bw_grown *found)
{
    for (int64_t row = 0; found->member && row < found->rows; row++)
        if (found->member[row])
            return true;
    return false;
}

bw_status bw_change_grow(bw_changer *c)
{
    bw_loader *loader = c->loader;
    bw_sheet *sheet = &loader->accounts;
    if (!loader->grown)
        loader->grown =
            bw_arena_alloc(loader->scratch, (size_t)loader->scenario->n_changes,
                           sizeof *loader->grown);
    if (!loader->grown)
        return BW_NOMEM;
    looking l = {.spec = c->spec,
                 .arena = loader->scratch,
                 .found = &loader->grown[c->index]};
    bw_status status = l.found->known ? BW_OK : find_rows(c, &l);
    bool found = any(l.found);
    if (status == BW_OK && found)
        status =
            bw_change_scale(c, sheet, c->spec->factor, NULL, l.found->member);
    else if (status == BW_OK)
        tell_none(c, &l);
    bw_list_free(&l.names);
    bw_buf_free(&l.nearest);
    return status;
}
