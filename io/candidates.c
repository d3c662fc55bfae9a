/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of candidates="FILE" and places of candidates="auto" as <add-rep>. */
#include "candidates.h"

#include "buf.h"
#include "bw/sites.h"
#include "field.h"
#include "load_parts.h"
#include "scenario_change.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_CELLS = 24
};

/* The changes of a scenario with room for more. */
typedef struct adding {
    bw_scenario *scenario;
    bw_arena *arena;
    bw_change_spec *change; /* [n] */
    int n, group;
    bool failed; /* memory was short for a cell */
} adding;

static bw_status begin(bw_scenario *scenario, size_t more, adding *a)
{
    size_t n = (size_t)scenario->n_changes;
    *a = (adding){.scenario = scenario, .arena = scenario->arena};
    a->change = bw_arena_alloc(a->arena, n + more, sizeof *a->change);
    if (!a->change)
        return BW_NOMEM;
    if (n > 0) {
        memcpy(a->change, scenario->changes, n * sizeof *a->change);
        a->group = scenario->changes[n - 1].group + 1;
    }
    a->n = scenario->n_changes;
    return BW_OK;
}

static void finish(const adding *a)
{
    a->scenario->positions.n_added = a->n - a->scenario->n_changes;
    a->scenario->changes = a->change;
    a->scenario->n_changes = a->n;
}

static bw_attr attr_of(bw_arena *arena, bw_place place, const char *text)
{
    return (bw_attr){.text = bw_arena_text(arena, text, strlen(text)),
                     .place = place};
}

/* NULL: memory is short. */
static bw_change_spec *add_rep(adding *a, bw_place place, const char *id)
{
    bw_change_spec *c = &a->change[a->n++];
    *c = (bw_change_spec){.place = place,
                          .kind = BW_CHANGE_ADD_REP,
                          .group = a->group,
                          .factor = NAN};
    c->id = attr_of(a->arena, place, id);
    c->cells = bw_arena_alloc(a->arena, MOST_CELLS, sizeof *c->cells);
    return c->id.text ? c : NULL;
}

static void add_cell(adding *a, bw_change_spec *c, const char *attribute,
                     const char *field, const char *text, bw_place place)
{
    bw_change_cell *cell = &c->cells[c->n_cells++];
    cell->attribute = attribute;
    cell->column = attr_of(a->arena, place, field);
    cell->to = attr_of(a->arena, place, text);
    a->failed = a->failed || !cell->column.text || !cell->to.text;
}

static void add_number(adding *a, bw_change_spec *c, const char *attribute,
                       const char *field, double value, bw_place place)
{
    char text[40];
    snprintf(text, sizeof text, "%.10g", value);
    add_cell(a, c, attribute, field, text, place);
}

/* --- a file --- */

/* A number as it is written with a point, whatever the file does. */
static void copy_cell(adding *a, bw_change_spec *c, bw_sheet *sheet,
                      const bw_rep_attribute *which, int32_t column,
                      int64_t row)
{
    bw_cell cell = bw_sheet_cell(sheet, column, row);
    bw_place place = bw_sheet_place(sheet, column, row);
    const bw_binding *b = sheet->column[column].binding;
    place.file = c->place.file;
    if (cell.len == 0 || strcmp(which->name, "status") == 0)
        return;
    double number = b && b->cells == BW_CELLS_NUMBER
                        ? bw_cell_number(sheet, column, row, false)
                        : NAN;
    if (isnan(number))
        add_cell(a, c, which->name, which->field, cell.text, place);
    else
        add_number(a, c, which->name, which->field, number, place);
}

static bw_status copy_row(adding *a, bw_sheet *sheet, const char *file,
                          int64_t row)
{
    int32_t id = bw_sheet_field(sheet, "id");
    bw_place place = bw_sheet_place(sheet, id, row);
    place.file = file;
    bw_change_spec *c = add_rep(a, place, bw_sheet_cell(sheet, id, row).text);
    if (!c || !c->cells)
        return BW_NOMEM;
    const bw_rep_attribute *which;
    for (int i = 0; (which = bw_rep_attribute_at(i)); i++) {
        int32_t column = bw_sheet_find(sheet, which->field);
        if (column >= 0)
            copy_cell(a, c, sheet, which, column, row);
    }
    add_cell(a, c, "status", "status", "candidate", place);
    return a->failed ? BW_NOMEM : BW_OK;
}

static bw_status copy_rows(bw_scenario *scenario, bw_sheet *sheet,
                           bw_diags *diags)
{
    adding a;
    int32_t id = bw_load_need(sheet, "id", sheet->spec->place, "<positions>");
    bw_status status =
        id < 0 ? BW_INVALID : begin(scenario, (size_t)sheet->rows, &a);
    if (status != BW_OK)
        return status;
    const char *file = bw_arena_text(a.arena, sheet->path, strlen(sheet->path));
    for (int64_t row = 0; row < sheet->rows && status == BW_OK; row++) {
        if (bw_sheet_cell(sheet, id, row).len == 0)
            bw_diag_add(diags, BW_ERROR, BW_ID_BLANK,
                        bw_sheet_place(sheet, id, row),
                        "the id is blank; give every candidate one");
        else
            status = file ? copy_row(&a, sheet, file, row) : BW_NOMEM;
    }
    finish(&a);
    return status;
}

static bw_status add_file(bw_scenario *scenario, bw_diags *diags)
{
    size_t errors = bw_diags_count(diags, BW_ERROR);
    bw_loader loader = {.scenario = scenario, .diags = diags};
    bw_sheet sheet = {0};
    loader.scratch = bw_arena_new();
    if (!loader.scratch)
        return BW_NOMEM;
    bw_flaws_begin(&loader.flaws, scenario, diags);
    bw_load_prepare(&loader, &sheet, BW_ROLE_REPS, &scenario->positions.source);
    bw_status status = bw_sheet_open(&sheet);
    if (status == BW_OK)
        status = copy_rows(scenario, &sheet, diags);
    bw_sheet_close(&sheet);
    bw_flaws_free(&loader.flaws);
    bw_arena_free(loader.scratch);
    if (status == BW_OK && bw_diags_count(diags, BW_ERROR) > errors)
        status = BW_INVALID;
    return status;
}

/* --- auto --- */

typedef struct making {
    bw_scenario *scenario;
    bw_diags *diags;
    bw_status status;
} making;

/* What most serving reps have; NaN: nobody has any. */
static double usual_capacity(const bw_reps *reps)
{
    double usual = NAN;
    int32_t most = 0;
    for (int32_t r = 0; r < reps->n_serving; r++) {
        int32_t n = 0;
        for (int32_t i = 0; i < reps->n_serving; i++)
            n += reps->capacity[i] == reps->capacity[r];
        if (n > most) {
            most = n;
            usual = reps->capacity[r];
        }
    }
    return usual;
}

static double km_between(bw_point a, bw_point b)
{
    return bw_point_known(a) && bw_point_known(b)
               ? bw_geo_km(bw_geo_vec(a), bw_geo_vec(b))
               : INFINITY;
}

/* The city of the nearest account that says one. */
static void name_site(const bw_loader *loader, bw_point site, char name[80])
{
    const bw_accounts *accounts = &loader->problem->accounts;
    int32_t city = bw_sheet_field(&loader->accounts, "city");
    double least = INFINITY;
    snprintf(name, 80, "New position");
    for (int32_t a = 0; city >= 0 && a < accounts->n; a++) {
        double km = km_between(accounts->point[a], site);
        bw_cell cell =
            bw_sheet_cell(&loader->accounts, city, loader->row_of_account[a]);
        if (km >= least || cell.len == 0)
            continue;
        least = km;
        snprintf(name, 80, "New, near %.60s", cell.text);
    }
}

/* A place that becomes a candidate. */
typedef struct siting {
    adding *a;
    const bw_loader *loader;
    bw_point site;
    bw_change_spec *c;
} siting;

/* What the nearest rep has in the column, of those who have something there. */
static const char *nearest_cell(const siting *s, int32_t column)
{
    const bw_reps *reps = &s->loader->problem->reps;
    const char *nearest = "";
    double least = INFINITY;
    for (int32_t r = 0; column >= 0 && r < reps->n_serving; r++) {
        double km = km_between(reps->home[r], s->site);
        bw_cell cell =
            bw_sheet_cell(&s->loader->reps, column, s->loader->row_of_rep[r]);
        if (km >= least || bw_field_blank(cell.text))
            continue;
        least = km;
        nearest = cell.text;
    }
    return nearest;
}

/* The attribute that says the field; NULL: a <set> does. */
static const char *attribute_of(const char *field)
{
    const bw_rep_attribute *which;
    for (int i = 0; (which = bw_rep_attribute_at(i)); i++)
        if (strcmp(which->field, field) == 0)
            return which->name;
    return NULL;
}

static bool has_cell(const bw_change_spec *c, const char *field)
{
    for (int i = 0; i < c->n_cells; i++)
        if (c->cells[i].column.text &&
            strcmp(c->cells[i].column.text, field) == 0)
            return true;
    return c->n_cells == MOST_CELLS;
}

/* By an attribute, or by a <set>, whose expression cannot have both kinds of
 * quotes. */
static void add_nearest(siting *s, const char *field, bool by_attribute)
{
    const char *attribute = attribute_of(field);
    const char *text = nearest_cell(s, bw_sheet_find(&s->loader->reps, field));
    char quote = strchr(text, '\'') ? '"' : '\'';
    bw_buf value = {0};
    if (!*text || has_cell(s->c, field) || by_attribute != (attribute != NULL))
        return;
    bw_buf_format(&value, "%c%s%c", quote, text, quote);
    if (by_attribute)
        add_cell(s->a, s->c, attribute, field, text, s->c->place);
    else if (value.failed)
        s->a->failed = true;
    else if (!strchr(text, quote))
        add_cell(s->a, s->c, NULL, field, value.text, s->c->place);
    bw_buf_free(&value);
}

/* The columns of within=; those that are attributes stand before <set>s. */
static void add_groups(siting *s, bool by_attribute)
{
    const bw_scenario *scenario = s->loader->scenario;
    for (int k = 0; k < scenario->n_balances; k++)
        if (scenario->balances[k].within.text)
            add_nearest(s, scenario->balances[k].within.text, by_attribute);
}

static bw_status add_site(adding *a, const bw_loader *loader, bw_point site,
                          double capacity, int number)
{
    bw_place place = a->scenario->positions.place;
    char id[32], name[80];
    snprintf(id, sizeof id, "new-%d", number);
    name_site(loader, site, name);
    bw_change_spec *c = add_rep(a, place, id);
    if (!c || !c->cells)
        return BW_NOMEM;
    siting s = {a, loader, site, c};
    add_cell(a, c, "name", "name", name, place);
    add_number(a, c, "latitude", "latitude", round(site.lat_deg * 1e4) / 1e4,
               place);
    add_number(a, c, "longitude", "longitude", round(site.lon_deg * 1e4) / 1e4,
               place);
    if (!isnan(capacity))
        add_number(a, c, "capacity", "capacity", capacity, place);
    add_nearest(&s, "region", true); /* rules may ask for it */
    add_cell(a, c, "status", "status", "candidate", place);
    add_groups(&s, true);
    add_groups(&s, false);
    return a->failed ? BW_NOMEM : BW_OK;
}

static bw_status find_sites(const bw_loader *loader, bw_point *site,
                            int32_t count, int32_t *found)
{
    const bw_accounts *accounts = &loader->problem->accounts;
    const bw_reps *reps = &loader->problem->reps;
    double *weight = bw_alloc((size_t)accounts->n + 1, sizeof *weight);
    if (!weight)
        return BW_NOMEM;
    for (int32_t a = 0; a < accounts->n; a++)
        weight[a] = accounts->hours[a] > 0   ? accounts->hours[a]
                    : accounts->calls[a] > 0 ? accounts->calls[a]
                                             : 1;
    bw_status status =
        bw_sites_find(accounts->point, weight, accounts->n, reps->home,
                      reps->n_serving, 1, site, count, found);
    bw_free(weight);
    return status;
}

static bw_status add_sites(making *m, const bw_loader *loader)
{
    const bw_positions_spec *spec = &m->scenario->positions;
    int32_t found = 0;
    adding a;
    bw_point *site = bw_alloc((size_t)spec->count, sizeof *site);
    bw_status status = site ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = find_sites(loader, site, spec->count, &found);
    if (status == BW_OK)
        status = begin(m->scenario, (size_t)found, &a);
    if (status == BW_OK) {
        double capacity = isnan(spec->capacity.value)
                              ? usual_capacity(&loader->problem->reps)
                              : spec->capacity.value;
        for (int32_t i = 0; i < found && status == BW_OK; i++)
            status = add_site(&a, loader, site[i], capacity, i + 1);
        finish(&a);
    }
    bw_free(site);
    if (status == BW_OK && found == 0)
        bw_diag_add(m->diags, BW_ERROR, BW_POSITIONS_COUNT, spec->place,
                    "candidates=\"auto\" finds no place, as no account has "
                    "one; give coordinates, or a gazetteer");
    return status;
}

static bw_status look(void *data, bw_loader *loader, bw_status loaded)
{
    making *m = data;
    m->status = loaded == BW_OK ? add_sites(m, loader) : loaded;
    return m->status;
}

/* The scenario as it is without <positions>, which would miss candidates. */
static bw_status make(bw_scenario *scenario, bw_diags *diags)
{
    bw_scenario without = *scenario;
    making m = {scenario, diags, BW_OK};
    size_t errors = bw_diags_count(diags, BW_ERROR);
    bw_diags *told = bw_diags_new();
    if (!told)
        return BW_NOMEM;
    without.positions.given = false;
    without.repair.given = false;
    bw_status status = bw_problem_look(&without, NULL, told, look, &m);
    /* What is wrong with the files is told when they are loaded in earnest. */
    bw_diags_free(told);
    if (bw_diags_count(diags, BW_ERROR) > errors)
        return BW_INVALID;
    return status == BW_INVALID || status == BW_IO ? BW_OK : status;
}

bw_status bw_candidates_add(bw_scenario *scenario, bw_diags *diags)
{
    const bw_positions_spec *spec = &scenario->positions;
    if (!spec->given)
        return BW_OK;
    if (spec->automatic)
        return make(scenario, diags);
    return spec->source.file.text ? add_file(scenario, diags) : BW_OK;
}
