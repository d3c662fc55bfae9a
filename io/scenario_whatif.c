/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <positions>, <frontier>, <repair>: what is asked of a scenario beyond one
 * plan. */
#include "scenario_form.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int32_t bw_form_whole(bw_form *form, const bw_element *e, const char *name,
                      int32_t fallback, int32_t least, int32_t most)
{
    bw_attr attr = bw_form_attr(form, e, name);
    if (!attr.text)
        return fallback;
    /* The schema allows 19 digits: no overflow. */
    unsigned long long value = strtoull(attr.text, NULL, 10);
    if (value >= (unsigned long long)least && value <= (unsigned long long)most)
        return (int32_t)value;
    bw_diag_add(form->diags, BW_ERROR, BW_FIELD_RANGE, attr.place,
                "%s=\"%s\" of <%s> is out of range; it must be between %d and "
                "%d",
                name, attr.text, bw_element_name(e), (int)least, (int)most);
    return fallback;
}

/* "3", "2..5", "any"; the schema keeps the form. */
static void read_numbers(bw_form *form, bw_positions_spec *p)
{
    const char *text = p->choose.text, *dots = text ? strstr(text, "..") : NULL;
    p->most = -1;
    if (!text || strcmp(text, "any") == 0)
        return;
    p->least = atoi(text);
    p->most = dots ? atoi(dots + 2) : p->least;
    if (p->most < p->least)
        bw_diag_add(form->diags, BW_ERROR, BW_FIELD_RANGE, p->choose.place,
                    "the range %s goes down; write the smaller number first",
                    text);
}

static void read_choice(bw_form *form, const bw_element *e,
                        bw_positions_spec *p)
{
    bw_attr total = bw_form_attr(form, e, "total");
    p->choose = bw_form_attr(form, e, "choose");
    if (total.text && p->choose.text)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, total.place,
                    "<positions> has both choose (of the free positions) and "
                    "total (of all that serve); leave one");
    p->total = total.text != NULL;
    if (p->total)
        p->choose = total;
    read_numbers(form, p);
}

static void read_candidates(bw_form *form, const bw_element *e,
                            bw_positions_spec *p)
{
    bw_form_source(form, e, "candidates", &p->source);
    bw_attr file = p->source.file;
    p->automatic = file.text && strcmp(file.text, "auto") == 0;
    if (p->automatic)
        p->source.file.text = NULL;
    p->count = bw_form_whole(form, e, "count", 20, 1, 10000);
    p->capacity =
        bw_form_number(form, e, "capacity", NAN, &bw_range_not_negative);
    const char *idle = bw_element_attr(e, "count", NULL)      ? "count"
                       : bw_element_attr(e, "capacity", NULL) ? "capacity"
                                                              : NULL;
    if (idle && !p->automatic)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA,
                    bw_form_attr(form, e, idle).place,
                    "%s is for candidates=\"auto\", which is not asked for; "
                    "ask for it, or take %s out",
                    idle, idle);
}

static void read_positions(bw_form *form, const bw_element *e)
{
    bw_positions_spec *p = &form->scenario->positions;
    p->most = -1;
    if (!e)
        return;
    p->given = true;
    p->place = bw_form_place(form, e);
    read_candidates(form, e, p);
    read_choice(form, e, p);
    p->cost = bw_form_number(form, e, "cost", 0, &bw_range_not_negative);
    p->close = bw_form_attr(form, e, "close");
}

static void read_repair(bw_form *form, const bw_element *e)
{
    bw_repair_spec *r = &form->scenario->repair;
    if (!e)
        return;
    r->given = true;
    r->place = bw_form_place(form, e);
    r->from = bw_form_attr(form, e, "from");
    r->reach = bw_form_is(e, "reach", "region") ? BW_REACH_REGION
               : bw_form_is(e, "reach", "all")  ? BW_REACH_ALL
                                                : BW_REACH_NEIGHBOURS;
    r->sha256 = bw_form_attr(form, e, "sha256");
    r->extra_moves = bw_form_whole(form, e, "extra-moves", 0, 0, INT32_MAX);
}

void bw_form_what_if(bw_form *form, const bw_element *positions,
                     const bw_element *frontier, const bw_element *repair)
{
    read_positions(form, positions);
    bw_form_frontier(form, frontier);
    read_repair(form, repair);
    const bw_element *other = frontier ? frontier : repair;
    if ((repair != NULL) + (frontier != NULL) + (positions != NULL) > 1)
        bw_diag_add(
            form->diags, BW_ERROR, BW_XML_SCHEMA, bw_form_place(form, other),
            "only one of <positions>, <frontier> and <repair> may stand "
            "in a scenario; make another one for <%s>, or take out an "
            "inherited one: action=\"remove\"",
            bw_element_name(other));
}
