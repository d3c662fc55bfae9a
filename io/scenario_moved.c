/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <moved>: budgets over the moves of the whole plan. */
#include "bw/quantum.h"
#include "scenario_form.h"

#include <math.h>
#include <string.h>

static void check_budget(bw_form *form, const bw_budget_spec *budgets, int n)
{
    const bw_budget_spec *b = &budgets[n];
    char where[BW_PLACE_TEXT];
    if (b->max.percent && b->max.value > 1)
        bw_diag_add(
            form->diags, BW_ERROR, BW_FIELD_RANGE, b->max.place,
            "more than 100%% cannot move; write a share up to 100%%, or "
            "an amount without %%");
    for (int i = 0; i < n && b->name.text; i++) {
        if (!budgets[i].name.text ||
            strcmp(budgets[i].name.text, b->name.text) != 0)
            continue;
        bw_diag_add(
            form->diags, BW_ERROR, BW_BUDGET_DUPLICATE, b->name.place,
            "two budgets have the name \"%.80s\" (the first at %s); give "
            "it another name, or leave the name out",
            b->name.text,
            bw_place_text(budgets[i].place, b->name.place.file, where));
        return;
    }
}

void bw_form_budgets(bw_form *form, const bw_element *rules)
{
    bw_scenario *s = form->scenario;
    int n = bw_form_count(rules, "moved");
    s->budgets = bw_form_alloc(form, n, sizeof *s->budgets);
    if (!s->budgets || n == 0)
        return;
    for (const bw_element *e = bw_element_child(rules); e;
         e = bw_element_next(e)) {
        if (strcmp(bw_element_name(e), "moved") != 0)
            continue;
        bw_budget_spec *b = &s->budgets[s->n_budgets];
        b->place = bw_form_place(form, e);
        b->name = bw_form_attr(form, e, "name");
        b->measure = bw_form_attr(form, e, "measure");
        b->where = bw_form_attr(form, e, "where");
        b->max = bw_form_number(form, e, "max", NAN, &bw_range_not_negative);
        b->count_all = bw_form_is(e, "count", "all");
        if (form->nomem)
            return;
        check_budget(form, s->budgets, s->n_budgets++);
    }
}
