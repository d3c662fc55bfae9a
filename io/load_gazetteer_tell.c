/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What placing by gazetteers found. Of rows that nothing is done about, one
 * message for all of a kind, which says more than the general one of flaws. */
#include "buf.h"
#include "load_gazetteer.h"

#include <string.h>

enum {
    CODES_TO_JUDGE = 20, /* so many unknown ones and no other are no accident */
    COUNTRIES_SHOWN = 6
};

static void add_rows(bw_buf *text, const bw_placed_table *table, int32_t n)
{
    bw_buf_format(text, "%d %s%s", (int)n, n == 1 ? table->one : table->many,
                  n == 1 ? " has" : " have");
}

/* "A" ("x"), "B" ("y"), ... with what stands in a field. */
static void add_first(bw_buf *text, const bw_placed_table *table,
                      const bw_some_rows *some, int32_t column)
{
    int32_t n = some->n < BW_FIRST_ROWS ? some->n : BW_FIRST_ROWS;
    for (int32_t i = 0; i < n; i++) {
        bw_cell cell =
            bw_sheet_cell(table->sheet, column, table->row[some->first[i]]);
        bw_buf_format(text, "%s\"%.40s\" (%.40s)", i > 0 ? ", " : "",
                      table->id[some->first[i]], cell.text);
    }
    if (some->n > n)
        bw_buf_text(text, ", ...");
}

/* ---------------------------------------------------------- wrong countries */

static void add_countries(bw_buf *text, const int64_t *rows)
{
    int n = 0;
    for (int32_t c = 0; c < bw_country_count(); c++) {
        if (rows[c] == 0)
            continue;
        if (n++ < COUNTRIES_SHOWN)
            bw_buf_format(text, "%s%s", n > 1 ? ", " : "",
                          bw_country_at(c)->code);
    }
    if (n > COUNTRIES_SHOWN)
        bw_buf_format(text, " and %d more", n - COUNTRIES_SHOWN);
    if (n == 0)
        bw_buf_text(text, "no country");
}

static void add_foreign(bw_buf *text, const bw_placer *placer,
                        const int64_t *countries)
{
    const bw_placed_table *accounts = &placer->table[0];
    bw_buf_text(text, "the gazetteer is not one for these accounts: ");
    if (accounts->at_home == 0)
        bw_buf_text(text, "none of their countries is in it");
    else
        bw_buf_format(text, "none of their %d postal codes is in it",
                      (int)accounts->codes);
    bw_buf_text(text, "; the accounts are in ");
    add_countries(text, countries);
    bw_buf_text(text, ", the gazetteer has ");
    add_countries(text, placer->has);
    bw_buf_text(text, ": name the file of the accounts' countries, correct "
                      "country=\"...\", or take <gazetteer> out");
}

bool bw_tell_foreign(const bw_placer *placer)
{
    const bw_loader *loader = placer->loader;
    const bw_placed_table *accounts = &placer->table[0];
    bool other_countries = accounts->at_home == 0 && accounts->abroad > 0;
    bool no_code =
        accounts->codes > CODES_TO_JUDGE && accounts->codes_found == 0;
    if (!other_countries && !no_code)
        return false;
    int64_t *countries = bw_arena_alloc(
        loader->scratch, (size_t)bw_country_count(), sizeof *countries);
    for (int32_t i = 0; countries && i < accounts->n; i++) {
        int32_t country = bw_place_country(placer, accounts, i);
        if (country >= 0)
            countries[country]++;
    }
    bw_buf text = {0};
    if (countries)
        add_foreign(&text, placer, countries);
    bool needed = accounts->needy > 0;
    bw_diag_add(loader->diags, needed ? BW_ERROR : BW_WARNING,
                BW_GAZETTEER_FOREIGN,
                loader->scenario->gazetteers[0].source.file.place, "%s",
                text.failed ? "" : text.text);
    bw_buf_free(&text);
    return needed;
}

/* ----------------------------------------------------------------- by table */

typedef struct kind {
    unsigned bit;
    bw_code code;
    int32_t column;
    const bw_some_rows *some;
} kind;

/* A row's fault, where such rows stop the plan. */
static void add_fault(bw_buf *text, const bw_placer *placer,
                      const bw_placed_table *table, const kind *k,
                      int32_t which)
{
    bw_cell cell = bw_sheet_cell(table->sheet, k->column, table->row[which]);
    bw_buf_format(text, "%s \"%.80s\" ", table->one, table->id[which]);
    if (k->bit == BW_ROW_LOST)
        bw_buf_format(text,
                      "has no coordinates and no country that is known "
                      "(\"%.40s\"); write its ISO code or English name, or say "
                      "country=\"...\" on <gazetteer>",
                      cell.text);
    else if (k->bit == BW_ROW_BEYOND)
        bw_buf_format(text,
                      "has no coordinates, and no gazetteer has its country "
                      "(\"%.40s\"); add one that does, or fill in coordinates",
                      cell.text);
    else if (k->bit == BW_ROW_UNKNOWN)
        bw_buf_format(text,
                      "has no coordinates, and no gazetteer has its postal "
                      "code \"%.40s\"; correct it, or fill in coordinates",
                      cell.text);
    else if (k->bit == BW_ROW_AMBIGUOUS)
        bw_buf_format(text,
                      "has only the city \"%.40s\", of which the country has "
                      "several, and no state that decides; fill in the postal "
                      "code, or the state as the gazetteer writes it",
                      cell.text);
    else
        bw_buf_format(
            text,
            "has coordinates %.0f km from the place of its postal "
            "code \"%.40s\"; correct one of them",
            bw_place_km(placer, table, which),
            bw_sheet_cell(table->sheet, table->postal_column, table->row[which])
                .text);
}

/* Owners were looked up among the reps before, so that none can be dropped any
 * more: it stops the plan. */
static void fault_rep(const bw_placed_table *table, const kind *k, int64_t row,
                      const char *text)
{
    table->sheet->faulty[row] = 1;
    bw_diag_add(table->sheet->diags, BW_ERROR, k->code,
                bw_sheet_place(table->sheet, k->column, row),
                "%s; a rep cannot be dropped for it", text);
}

static void decide_row(const bw_placer *placer, const bw_placed_table *table,
                       const kind *k, int32_t which)
{
    bw_sheet *sheet = table->sheet;
    int64_t row = table->row[which];
    bw_buf text = {0};
    add_fault(&text, placer, table, k, which);
    const char *says = text.failed ? "" : text.text;
    if (sheet->flaws->action[k->code] == BW_DO_DROP &&
        sheet->role == BW_ROLE_REPS)
        fault_rep(table, k, row, says);
    else
        bw_flaw_found(sheet, k->code, k->column, row, "%s", says);
    bw_buf_free(&text);
}

/* True: nothing is done about such rows, of which there are some. */
static bool ignored(const bw_placer *placer, const bw_placed_table *table,
                    const kind *k)
{
    bw_sheet *sheet = table->sheet;
    bool ignore = sheet->flaws->action[k->code] == BW_DO_IGNORE;
    for (int32_t i = 0; k->some->n > 0 && i < table->n; i++) {
        if (!(table->found[i] & k->bit) ||
            !bw_sheet_takes(sheet, table->row[i]))
            continue;
        if (ignore)
            bw_flaw_list_row(sheet, k->code, k->column, table->row[i]);
        else
            decide_row(placer, table, k, i);
    }
    return ignore && k->some->n > 0;
}

/* One warning that stands for them all. */
static void warn(const bw_placed_table *table, const kind *k, bw_buf *text)
{
    bw_flaws *flaws = table->sheet->flaws;
    if (bw_quality_given(flaws->scenario, k->code))
        bw_buf_text(text, ", as do=\"ignore\" says");
    flaws->telling = true;
    bw_diag_add_many(
        flaws->diags, BW_WARNING, k->code,
        bw_sheet_place(table->sheet, k->column, table->row[k->some->first[0]]),
        (size_t)k->some->n, "%s", text->failed ? "" : text->text);
    flaws->telling = false;
    bw_buf_free(text);
}

static void tell_unknown(const bw_placer *placer, const bw_placed_table *table)
{
    const kind k = {BW_ROW_UNKNOWN, BW_POSTAL_UNKNOWN, table->postal_column,
                    &table->unknown};
    bw_buf text = {0};
    if (!ignored(placer, table, &k))
        return;
    add_rows(&text, table, table->unknown.n);
    bw_buf_text(&text, " no coordinates and a postal code that no gazetteer "
                       "has: ");
    add_first(&text, table, &table->unknown, table->postal_column);
    if (table->unknown_by_city > 0)
        bw_buf_format(&text, "; placed by their city: %d",
                      (int)table->unknown_by_city);
    bw_buf_text(&text, "; correct the postal codes, or fill in coordinates");
    warn(table, &k, &text);
}

static void tell_beyond(const bw_placer *placer, const bw_placed_table *table)
{
    const kind k = {BW_ROW_BEYOND, BW_POSTAL_UNKNOWN, table->country_column,
                    &table->beyond};
    bw_buf text = {0};
    if (!ignored(placer, table, &k))
        return;
    int64_t *countries = bw_arena_alloc(
        placer->loader->scratch, (size_t)bw_country_count(), sizeof *countries);
    for (int32_t i = 0; countries && i < table->n; i++)
        if (table->found[i] & BW_ROW_BEYOND)
            countries[bw_place_country(placer, table, i)]++;
    add_rows(&text, table, table->beyond.n);
    bw_buf_text(&text, " no coordinates and a country that no gazetteer has (");
    if (countries)
        add_countries(&text, countries);
    bw_buf_text(&text, "): ");
    add_first(&text, table, &table->beyond, table->postal_column);
    bw_buf_text(&text, "; add a <gazetteer> that has it, or fill in "
                       "coordinates");
    warn(table, &k, &text);
}

static void tell_lost(const bw_placer *placer, const bw_placed_table *table)
{
    const kind k = {BW_ROW_LOST, BW_POSTAL_UNKNOWN, table->country_column,
                    &table->lost};
    bw_buf text = {0};
    if (!ignored(placer, table, &k))
        return;
    add_rows(&text, table, table->lost.n);
    bw_buf_text(&text, " no coordinates and no country that is known: ");
    add_first(&text, table, &table->lost, table->country_column);
    bw_buf_text(&text, "; write its ISO code or English name, or say "
                       "country=\"...\" on <gazetteer>");
    warn(table, &k, &text);
}

static void tell_ambiguous(const bw_placer *placer,
                           const bw_placed_table *table)
{
    const kind k = {BW_ROW_AMBIGUOUS, BW_CITY_AMBIGUOUS, table->city_column,
                    &table->ambiguous};
    bw_buf text = {0};
    if (!ignored(placer, table, &k))
        return;
    add_rows(&text, table, table->ambiguous.n);
    bw_buf_text(&text, " only a city, of which the country has several, and "
                       "no state that decides; not placed: ");
    add_first(&text, table, &table->ambiguous, table->city_column);
    bw_buf_text(&text, "; fill in the postal code, or the state as the "
                       "gazetteer writes it");
    warn(table, &k, &text);
}

static void add_fixes(bw_buf *text, const bw_placed_table *table)
{
    static const char *const fixes[BW_N_FIXES] = {
        [BW_FIX_NONE] = "",
        [BW_FIX_SWAP] = "latitude and longitude exchanged",
        [BW_FIX_LATITUDE] = "a minus sign more or less on the latitude",
        [BW_FIX_LONGITUDE] = "a minus sign more or less on the longitude",
        [BW_FIX_SIGNS] = "one more or less on both"};
    const char *before = "; near it with ";
    for (int fix = BW_FIX_SWAP; fix < BW_N_FIXES; fix++) {
        if (table->fixed_by[fix] == 0)
            continue;
        bw_buf_format(text, "%s%s: %d", before, fixes[fix],
                      (int)table->fixed_by[fix]);
        before = ", with ";
    }
}

static void tell_far(const bw_placer *placer, const bw_placed_table *table)
{
    const kind k = {BW_ROW_FAR, BW_PLACE_FAR,
                    bw_sheet_field(table->sheet, "latitude"), &table->far};
    bw_buf text = {0};
    int32_t n = table->far.n;
    if (!ignored(placer, table, &k))
        return;
    add_rows(&text, table, n);
    bw_buf_format(&text,
                  " coordinates more than %g km from the place of the postal "
                  "code: ",
                  table->least_far_km);
    for (int32_t i = 0; i < n && i < BW_FIRST_ROWS; i++)
        bw_buf_format(&text, "%s\"%.40s\" (%.0f km)", i > 0 ? ", " : "",
                      table->id[table->far.first[i]],
                      bw_place_km(placer, table, table->far.first[i]));
    bw_buf_text(&text, n > BW_FIRST_ROWS ? ", ..." : "");
    add_fixes(&text, table);
    bw_buf_text(&text, "; the coordinates are used: correct them, or the "
                       "postal codes");
    warn(table, &k, &text);
}

void bw_tell_table(const bw_placer *placer, const bw_placed_table *table)
{
    tell_lost(placer, table);
    tell_beyond(placer, table);
    tell_unknown(placer, table);
    tell_ambiguous(placer, table);
    tell_far(placer, table);
}

/* ------------------------------------------------------------ the gazetteers
 */

void bw_tell_spread(const bw_placer *placer)
{
    const bw_scenario *scenario = placer->loader->scenario;
    for (int i = 0; i < scenario->n_gazetteers; i++) {
        bw_postal first;
        const bw_gazetteer_spec *spec = &scenario->gazetteers[i];
        int64_t n = bw_gazetteer_spread(placer->codes, i, &first);
        if (n > 0)
            bw_diag_add(placer->loader->diags, BW_NOTE, BW_POSTAL_SPREAD,
                        spec->source.file.place,
                        "%s has %lld postal code%s with places more than %g km "
                        "from its first (one is %s); the first counts",
                        spec->source.file.text, (long long)n, n == 1 ? "" : "s",
                        spec->far_km.value, first.text);
    }
}
