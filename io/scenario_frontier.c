/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <frontier>: which limit goes from tight to loose. */
#include "bw/alloc.h"
#include "scenario_form.h"
#include "words.h"

#include <math.h>
#include <string.h>

static int find_budget(const bw_scenario *s, const char *name)
{
    for (int i = 0; i < s->n_budgets; i++)
        if (s->budgets[i].name.text &&
            strcmp(s->budgets[i].name.text, name) == 0)
            return i;
    return -1;
}

/* The only budget over all moves of the measure, or -1. */
static int find_moved(const bw_scenario *s, const char *measure)
{
    int found = -1, n = 0;
    for (int i = 0; i < s->n_budgets; i++)
        if (s->budgets[i].measure.text && !s->budgets[i].where.text &&
            strcmp(s->budgets[i].measure.text, measure) == 0) {
            found = i;
            n++;
        }
    return n == 1 ? found : -1;
}

static int find_tolerance(const bw_scenario *s, const char *measure)
{
    for (int i = 0; i < s->n_balances; i++)
        if (s->balances[i].measure.text &&
            s->balances[i].target != BW_TARGET_NONE &&
            strcmp(s->balances[i].measure.text, measure) == 0)
            return i;
    return -1;
}

static void report_over(bw_form *form, const bw_frontier_spec *f)
{
    const bw_scenario *s = form->scenario;
    bw_list list = {{0}, 0};
    bw_guess guess = {.word = f->over.text};
    bw_buf name = {0};
    static const char *const moved[] = {"moved-accounts", "moved-revenue",
                                        "moved-potential", "moved-workload"};
    for (int i = 0; i < 4; i++) {
        bw_list_add(&list, moved[i]);
        bw_guess_try(&guess, moved[i]);
    }
    for (int i = 0; i < s->n_budgets; i++)
        if (s->budgets[i].name.text) {
            bw_list_add(&list, s->budgets[i].name.text);
            bw_guess_try(&guess, s->budgets[i].name.text);
        }
    for (int i = 0; i < s->n_balances; i++) {
        if (s->balances[i].target == BW_TARGET_NONE)
            continue;
        name.len = 0;
        bw_buf_format(&name, "tolerance-%s", s->balances[i].measure.text);
        const char *kept =
            name.failed ? NULL : bw_arena_text(s->arena, name.text, name.len);
        if (!kept)
            continue;
        bw_list_add(&list, kept);
        bw_guess_try(&guess, kept);
    }
    bw_diag_add(form->diags, BW_ERROR, BW_FRONTIER_OVER, f->over.place,
                "over=\"%.60s\" is no limit that can be moved%s%s%s; there "
                "are: %s",
                f->over.text, guess.best ? "; did you mean \"" : "",
                guess.best ? guess.best : "", guess.best ? "\"?" : "",
                bw_list_text(&list));
    bw_buf_free(&name);
    bw_list_free(&list);
}

/* What `over` means; budgets and balances are known. */
static void resolve_over(bw_form *form, bw_frontier_spec *f)
{
    static const char moved[] = "moved-", tolerance[] = "tolerance-";
    const bw_scenario *s = form->scenario;
    const char *over = f->over.text ? f->over.text : "";
    size_t n_moved = sizeof moved - 1, n_tolerance = sizeof tolerance - 1;
    f->budget = find_budget(s, over);
    f->balance = -1;
    if (f->budget >= 0)
        return;
    if (strncmp(over, tolerance, n_tolerance) == 0)
        f->balance = find_tolerance(s, over + n_tolerance);
    if (strncmp(over, moved, n_moved) == 0 && over[n_moved]) {
        f->budget = find_moved(s, over + n_moved);
        if (f->budget >= 0)
            return;
        f->further = (bw_budget_spec){.place = f->place, .max = f->to};
        f->further.measure = f->over;
        f->further.measure.text += n_moved;
        f->further.measure.raw = NULL;
        f->further.measure.place.column += (uint32_t)n_moved;
        return;
    }
    if (f->balance < 0 && over[0])
        report_over(form, f);
}

void bw_form_frontier(bw_form *form, const bw_element *e)
{
    bw_frontier_spec *f = &form->scenario->frontier;
    if (!e)
        return;
    f->given = true;
    f->place = bw_form_place(form, e);
    f->over = bw_form_attr(form, e, "over");
    f->from = bw_form_number(form, e, "from", NAN, &bw_range_not_negative);
    f->to = bw_form_number(form, e, "to", NAN, &bw_range_not_negative);
    f->steps = bw_form_whole(form, e, "steps", 9, 2, 1000);
    resolve_over(form, f);
    if (f->from.percent != f->to.percent)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, f->to.place,
                    "from and to of <frontier> must both be shares (with %%) "
                    "or both amounts");
    else if (f->from.value > f->to.value)
        bw_diag_add(form->diags, BW_ERROR, BW_FIELD_RANGE, f->to.place,
                    "the frontier goes down; from must be the tightest value, "
                    "to the loosest");
    else if (f->to.percent && f->to.value > 1 && f->balance < 0)
        bw_diag_add(form->diags, BW_ERROR, BW_FIELD_RANGE, f->to.place,
                    "more than 100%% cannot move; write a share up to 100%%, "
                    "or an amount without %%");
}
