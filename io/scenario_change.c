/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <change>: what differs in the data, and the day of the plan. */
#include "scenario_change.h"

#include "bw/quantum.h"
#include "date.h"
#include "field.h"
#include "scenario_form.h"

#include <math.h>
#include <string.h>

static const bw_rep_attribute attributes[] = {
    {"name", "name"},
    {"email", "email"},
    {"login", "login"},
    {"latitude", "latitude"},
    {"longitude", "longitude"},
    {"postal-code", "postal_code"},
    {"city", "city"},
    {"state", "state"},
    {"country", "country"},
    {"capacity", "capacity"},
    {"fte", "fte"},
    {"type", "type"},
    {"ramp", "ramp"},
    {"skills", "skills"},
    {"region", "region"},
    {"manager", "manager"},
    {"status", "status"},
    {"active-from", "active_from"},
    {"active-to", "active_to"},
    {"position-cost", "position_cost"}};

enum {
    N_ATTRIBUTES = sizeof attributes / sizeof *attributes
};

static const struct {
    const char *name, *value;
} kinds[] = {
    [BW_CHANGE_REMOVE_REP] = {"remove-rep", NULL},
    [BW_CHANGE_ADD_REP] = {"add-rep", NULL},
    [BW_CHANGE_CHANGE_REP] = {"change-rep", NULL},
    [BW_CHANGE_CLOSE_REGION] = {"close-region", NULL},
    [BW_CHANGE_SET] = {"set", "to"},
    [BW_CHANGE_SCALE] = {"scale", "by"},
    [BW_CHANGE_ADD] = {"add", "amount"},
    [BW_CHANGE_GROW] = {"grow", "by"},
    [BW_CHANGE_ADD_ACCOUNTS] = {"add-accounts", NULL},
    [BW_CHANGE_DROP_ACCOUNTS] = {"drop-accounts", NULL},
};

enum {
    N_KINDS = sizeof kinds / sizeof *kinds
};

const bw_rep_attribute *bw_rep_attribute_at(int index)
{
    return index >= 0 && index < N_ATTRIBUTES ? &attributes[index] : NULL;
}

const char *bw_change_name(bw_change_kind kind)
{
    return kinds[kind].name;
}

const char *bw_change_value_name(bw_change_kind kind)
{
    return kinds[kind].value;
}

void bw_form_date(bw_form *form, const bw_element *root)
{
    bw_scenario *s = form->scenario;
    s->date = bw_form_attr(form, root, "date");
    s->date_day = NAN;
    if (s->date.text && bw_field_date(s->date.text, strlen(s->date.text),
                                      BW_DATES_YMD, &s->date_day))
        bw_diag_add(form->diags, BW_ERROR, BW_FIELD_DATE, s->date.place,
                    "date=\"%.20s\" of <scenario> is not a day of the "
                    "calendar; write one such as 2027-03-01",
                    s->date.text);
}

/* 1.2 and 120% are the factor, +20% and -5% what is added to 1. */
static double read_factor(bw_form *form, const bw_change_spec *c)
{
    static const bw_range range = {0, 1e6, false, BW_FIELD_RANGE,
                                   "a factor between 0 and 1e6, such as 1.2, "
                                   "120% or +20%"};
    const char *text = c->value.text;
    double value;
    size_t len = text ? strlen(text) : 0;
    bool percent = len > 0 && text[len - 1] == '%';
    bool step = percent && (text[0] == '+' || text[0] == '-');
    len -= percent;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (len == 0 || !bw_field_number(text, len, &value))
        value = NAN; /* the schema allows no such text */
    value = step ? (100 + value) / 100 : percent ? value / 100 : value;
    if (value >= range.low && value <= range.high)
        return value;
    bw_diag_add(form->diags, BW_ERROR, range.code, c->value.place,
                "by=\"%.40s\" of <%s> is out of range; it must be %s",
                text ? text : "", bw_change_name(c->kind), range.rule);
    return NAN;
}

static bw_attr named(bw_place place, const char *name)
{
    return (bw_attr){.text = name, .place = place};
}

/* The attributes, in our order, then the <set>s in theirs. */
static void read_cells(bw_form *form, const bw_element *e, bw_change_spec *c)
{
    int most = N_ATTRIBUTES + bw_form_count(e, "set");
    c->cells = bw_form_alloc(form, most, sizeof *c->cells);
    if (!c->cells)
        return;
    for (int i = 0; i < N_ATTRIBUTES; i++) {
        bw_attr value = bw_form_attr(form, e, attributes[i].name);
        if (value.text)
            c->cells[c->n_cells++] = (bw_change_cell){
                attributes[i].name, named(value.place, attributes[i].field),
                value};
    }
    const bw_element *set = bw_element_child(e);
    for (; set; set = bw_element_next(set))
        c->cells[c->n_cells++] =
            (bw_change_cell){NULL, bw_form_attr(form, set, "column"),
                             bw_form_attr(form, set, "to")};
}

/* Exactly one of the two must be given. */
static void check_choice(bw_form *form, const bw_change_spec *c,
                         const bw_attr *first, const char *name)
{
    const char *element = bw_change_name(c->kind);
    if (first->text && c->where.text)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, c->where.place,
                    "<%s> has both %s and where; leave one", element, name);
    else if (!first->text && !c->where.text)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, c->place,
                    "<%s> does not say which; add %s=\"...\" or where=\"an "
                    "expression\"",
                    element, name);
}

static void read_reps(bw_form *form, const bw_element *e, bw_change_spec *c)
{
    read_cells(form, e, c);
    if (c->kind != BW_CHANGE_CHANGE_REP)
        return;
    check_choice(form, c, &c->id, "id");
    if (c->n_cells == 0)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, c->place,
                    "<change-rep> changes nothing; add an attribute such as "
                    "capacity=\"1200\", or a <set column=\"...\" to=\"...\"/>");
}

static bool find_kind(const char *name, bw_change_kind *kind)
{
    for (int i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].name, name) == 0) {
            *kind = (bw_change_kind)i;
            return true;
        }
    return false;
}

static void read_change(bw_form *form, const bw_element *e, int group)
{
    bw_change_spec *c = &form->scenario->changes[form->scenario->n_changes];
    if (!find_kind(bw_element_name(e), &c->kind))
        return;
    form->scenario->n_changes++;
    c->place = bw_form_place(form, e);
    c->group = group;
    c->id = bw_form_attr(form, e, "id");
    c->where = bw_form_attr(form, e, "where");
    c->region = bw_form_attr(form, e, "region");
    c->account = bw_form_attr(form, e, "account");
    c->segment = bw_form_attr(form, e, "segment");
    c->column = bw_form_attr(form, e, "column");
    c->factor = NAN;
    const char *value = bw_change_value_name(c->kind);
    if (value)
        c->value = bw_form_attr(form, e, value);
    if (value && strcmp(value, "by") == 0)
        c->factor = read_factor(form, c);
    if (c->kind == BW_CHANGE_ADD_REP || c->kind == BW_CHANGE_CHANGE_REP) {
        c->region = (bw_attr){.text = NULL}; /* it is a cell of theirs */
        read_reps(form, e, c);
    }
    if (c->kind == BW_CHANGE_DROP_ACCOUNTS)
        check_choice(form, c, &c->account, "account");
    if (c->kind == BW_CHANGE_ADD_ACCOUNTS)
        bw_form_source(form, e, "file", &c->source);
}

void bw_form_changes(bw_form *form, const bw_element *root)
{
    int n = 0, group = 0;
    const bw_element *e = bw_element_child(root);
    for (; e; e = bw_element_next(e))
        if (strcmp(bw_element_name(e), "change") == 0)
            for (const bw_element *c = bw_element_child(e); c;
                 c = bw_element_next(c))
                n++;
    form->scenario->changes =
        bw_form_alloc(form, n, sizeof *form->scenario->changes);
    if (!form->scenario->changes)
        return;
    for (e = bw_element_child(root); e; e = bw_element_next(e)) {
        if (strcmp(bw_element_name(e), "change") != 0)
            continue;
        for (const bw_element *c = bw_element_child(e); c;
             c = bw_element_next(c))
            read_change(form, c, group);
        group++;
    }
}
