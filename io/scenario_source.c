/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a scenario names: how they are written, what their columns
 * stand for, and what is done about flaws in them. */
#include "scenario_form.h"

#include "quality.h"

#include <string.h>

static const bw_range far_km = {0, 20100, true, BW_FIELD_RANGE,
                                "above 0 and at most 20100"};

static char separator_of(const char *text)
{
    static const struct {
        const char *name;
        char separator;
    } names[] = {
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"pipe", '|'}};
    for (size_t i = 0; text && i < sizeof names / sizeof *names; i++)
        if (strcmp(text, names[i].name) == 0)
            return names[i].separator;
    return text ? text[0] : 0;
}

static void read_format(bw_form *form, const bw_element *e,
                        bw_format_spec *format)
{
    format->encoding = bw_form_attr(form, e, "encoding");
    format->delimiter = bw_form_attr(form, e, "delimiter");
    format->separator = separator_of(format->delimiter.text);
    format->decimal_comma = bw_form_is(e, "decimal", "comma");
    format->dates = bw_form_is(e, "dates", "mdy")   ? BW_DATES_MDY
                    : bw_form_is(e, "dates", "dmy") ? BW_DATES_DMY
                                                    : BW_DATES_YMD;
    format->blank = bw_form_attr(form, e, "blank");
}

static void read_column(bw_form *form, const bw_element *e, bw_column_map *map)
{
    map->place = bw_form_place(form, e);
    map->name = bw_form_attr(form, e, "name");
    map->from = bw_form_attr(form, e, "from");
    map->value = bw_form_attr(form, e, "value");
    map->as = bw_form_attr(form, e, "as");
    bool both = map->from.text && map->value.text;
    if (map->as.text && map->value.text)
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, map->as.place,
                    "<column name=\"%s\"> has both value and as; an expression "
                    "says itself what it gives: take out as",
                    map->name.text ? map->name.text : "");
    if (!both && (map->from.text || map->value.text))
        return;
    bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA,
                both ? map->value.place : map->place,
                both ? "<column name=\"%s\"> has both from and value; leave "
                       "one"
                     : "<column name=\"%s\"> says nothing; add from=\"a "
                       "header\" or value=\"an expression\"",
                map->name.text ? map->name.text : "");
}

void bw_form_source(bw_form *form, const bw_element *e, const char *file,
                    bw_source_spec *spec)
{
    if (!e)
        return;
    spec->place = bw_form_place(form, e);
    spec->file = bw_form_attr(form, e, file);
    spec->where = bw_form_attr(form, e, "where");
    spec->sha256 = bw_form_attr(form, e, "sha256");
    read_format(form, e, &spec->format);
    int n = bw_form_count(e, "column");
    spec->columns = bw_form_alloc(form, n, sizeof *spec->columns);
    if (!spec->columns)
        return;
    const bw_element *column = bw_element_child(e);
    for (; column; column = bw_element_next(column))
        read_column(form, column, &spec->columns[spec->n_columns++]);
}

void bw_form_sources(bw_form *form, const bw_element *accounts,
                     const bw_element *reps, const bw_element *pairs)
{
    bw_scenario *s = form->scenario;
    bw_form_source(form, accounts, "file", &s->accounts);
    bw_form_source(form, reps, "file", &s->reps);
    bw_form_source(form, pairs, "file", &s->pairs);
    if (accounts) {
        if (bw_form_is(accounts, "unplaced", "anywhere"))
            s->unplaced = BW_UNPLACED_ANYWHERE;
        else if (bw_form_is(accounts, "unplaced", "owner"))
            s->unplaced = BW_UNPLACED_OWNER;
        s->unplaced_as_told = bw_form_attr(form, accounts, "unplaced");
        s->unknown_owner_as_told =
            bw_form_attr(form, accounts, "unknown-owner");
        s->unknown_owner_stops = bw_form_is(accounts, "unknown-owner", "stop");
    }
    if (pairs) {
        s->pairs_only_listed = bw_form_is(pairs, "only", "listed");
        s->pairs_cost_replaces = bw_form_is(pairs, "cost", "replace");
    }
}

static bw_gazetteer_spec read_gazetteer(bw_form *form, const bw_element *e)
{
    bw_gazetteer_spec g = {.form = BW_GAZETTEER_DETECT};
    bw_form_source(form, e, "file", &g.source);
    if (bw_form_is(e, "format", "geonames"))
        g.form = BW_GAZETTEER_GEONAMES;
    else if (bw_form_is(e, "format", "csv"))
        g.form = BW_GAZETTEER_CSV;
    g.country = bw_form_attr(form, e, "country");
    g.far_km = bw_form_number(form, e, "far-km", 100, &far_km);
    return g;
}

void bw_form_gazetteers(bw_form *form, const bw_element *root)
{
    bw_scenario *s = form->scenario;
    int n = bw_form_count(root, "gazetteer");
    s->gazetteers = bw_form_alloc(form, n, sizeof *s->gazetteers);
    const bw_element *e = bw_element_child(root);
    for (; s->gazetteers && e; e = bw_element_next(e))
        if (strcmp(bw_element_name(e), "gazetteer") == 0)
            s->gazetteers[s->n_gazetteers++] = read_gazetteer(form, e);
}

static bw_quality_do read_do(const bw_element *e)
{
    static const struct {
        const char *name;
        bw_quality_do action;
    } names[] = {{"ignore", BW_DO_IGNORE},
                 {"owner", BW_DO_OWNER},
                 {"drop", BW_DO_DROP},
                 {"value", BW_DO_VALUE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bw_form_is(e, "do", names[i].name))
            return names[i].action;
    return BW_DO_STOP;
}

static void read_quality(bw_form *form, const bw_element *e)
{
    bw_scenario *s = form->scenario;
    bw_quality_spec q = {.place = bw_form_place(form, e)};
    q.code = bw_form_attr(form, e, "code");
    q.action = read_do(e);
    q.value = bw_form_attr(form, e, "value");
    bool needs = q.action == BW_DO_VALUE;
    if (needs != (q.value.text != NULL))
        bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA,
                    needs ? q.place : q.value.place,
                    needs ? "<quality do=\"value\"> does not say which; add "
                            "value=\"what the field becomes\""
                          : "<quality> has a value that nothing uses; say "
                            "do=\"value\", or take it out");
    for (int i = 0; i < s->n_qualities && q.code.text; i++)
        if (strcmp(s->qualities[i].code.text, q.code.text) == 0) {
            bw_diag_add(form->diags, BW_ERROR, BW_XML_SCHEMA, q.code.place,
                        "<quality code=\"%s\"> stands twice (first at line "
                        "%u); leave one",
                        q.code.text, s->qualities[i].place.line);
            return;
        }
    if (q.code.text)
        s->qualities[s->n_qualities++] = q;
}

void bw_form_qualities(bw_form *form, const bw_element *root)
{
    bw_scenario *s = form->scenario;
    int n = bw_form_count(root, "quality");
    s->qualities = bw_form_alloc(form, n, sizeof *s->qualities);
    const bw_element *e = bw_element_child(root);
    for (; s->qualities && e; e = bw_element_next(e))
        if (strcmp(bw_element_name(e), "quality") == 0)
            read_quality(form, e);
    bw_quality_check(s, form->diags);
}
