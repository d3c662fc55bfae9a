/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a table, placed one by one. */
#include "load_gazetteer.h"

#include "country_kin.h"

#include <math.h>
#include <string.h>

/* No degree of latitude is longer, and none of longitude. */
#define KM_PER_DEGREE 111.2

static void note(bw_placed_table *table, bw_some_rows *some, unsigned bit,
                 int32_t which)
{
    if (some->n < BW_FIRST_ROWS)
        some->first[some->n] = which;
    some->n++;
    table->found[which] |= (uint8_t)bit;
}

/* --------------------------------------------------------------- countries */

void bw_place_want(bw_placer *placer, int32_t country)
{
    int16_t kin[BW_KIN_MOST];
    if (placer->wanted[country] & BW_WANT_ALL)
        return;
    placer->wanted[country] |= BW_WANT_ALL | BW_WANT_CODES;
    for (int32_t n = bw_country_kin(country, kin); n > 0; n--)
        placer->wanted[kin[n - 1]] |= BW_WANT_CODES;
}

bw_status bw_place_countries(bw_placer *placer, bw_placed_table *table)
{
    bw_arena *scratch = placer->loader->scratch;
    bw_sheet *sheet = table->sheet;
    size_t n = (size_t)table->n;
    table->country = bw_arena_alloc(scratch, n, sizeof *table->country);
    table->city = bw_arena_alloc(scratch, n, sizeof *table->city);
    table->found = bw_arena_alloc(scratch, n, sizeof *table->found);
    if (!table->country || !table->city || !table->found)
        return BW_NOMEM;
    table->country_column = bw_sheet_field(sheet, "country");
    table->postal_column = bw_sheet_field(sheet, "postal_code");
    table->city_column = bw_sheet_field(sheet, "city");
    table->state_column = bw_sheet_field(sheet, "state");
    bw_cell last = {"", 0};
    int32_t country = BW_COUNTRY_BLANK;
    for (int32_t i = 0; i < table->n; i++) {
        bw_cell cell =
            bw_sheet_cell(sheet, table->country_column, table->row[i]);
        if (cell.len != last.len ||
            memcmp(cell.text, last.text, cell.len) != 0) {
            country = bw_country_find(placer->countries, cell.text, cell.len);
            if (country < 0)
                country = BW_COUNTRY_UNKNOWN;
        }
        if (cell.len == 0)
            country = BW_COUNTRY_BLANK;
        last = cell;
        table->country[i] = (int16_t)country;
        placer->any_blank = placer->any_blank || country == BW_COUNTRY_BLANK;
        if (country >= 0)
            bw_place_want(placer, country);
    }
    return BW_OK;
}

int32_t bw_place_country(const bw_placer *placer, const bw_placed_table *table,
                         int32_t which)
{
    int32_t country = table->country[which];
    return country == BW_COUNTRY_BLANK ? placer->usual : country;
}

/* ----------------------------------------------------------- postal codes */

static double km_between(bw_point a, bw_point b)
{
    return bw_geo_km(bw_geo_vec(a), bw_geo_vec(b));
}

/* Whether two places are surely near each other: along the meridian and then
 * along the parallel is no shorter than straight on. Spares the trigonometry of
 * nearly all rows. */
static bool surely_near(bw_point a, bw_point b, double km)
{
    double turn = fabs(a.lon_deg - b.lon_deg);
    if (turn > 180)
        turn = 360 - turn;
    return (fabs(a.lat_deg - b.lat_deg) + turn) * KM_PER_DEGREE <= km;
}

static bw_fix find_fix(bw_point given, bw_point right, double far_km)
{
    const bw_point tries[BW_N_FIXES] = {
        [BW_FIX_NONE] = {NAN, NAN},
        [BW_FIX_SWAP] = {given.lon_deg, given.lat_deg},
        [BW_FIX_LATITUDE] = {-given.lat_deg, given.lon_deg},
        [BW_FIX_LONGITUDE] = {given.lat_deg, -given.lon_deg},
        [BW_FIX_SIGNS] = {-given.lat_deg, -given.lon_deg}};
    for (int fix = BW_FIX_SWAP; fix < BW_N_FIXES; fix++)
        if (bw_point_known(tries[fix]) &&
            km_between(tries[fix], right) <= far_km)
            return (bw_fix)fix;
    return BW_FIX_NONE;
}

static void check_far(const bw_placer *placer, bw_placed_table *table,
                      int32_t which, const bw_postal_place *found)
{
    const bw_gazetteer_file *file = &placer->loader->gazetteers[found->file];
    double far_km = file->spec->far_km.value;
    bw_point given = table->point[which];
    if (surely_near(given, found->point, far_km))
        return;
    if (km_between(given, found->point) <= far_km)
        return;
    if (table->far.n == 0 || far_km < table->least_far_km)
        table->least_far_km = far_km;
    note(table, &table->far, BW_ROW_FAR, which);
    table->fixed_by[find_fix(given, found->point, far_km)]++;
}

double bw_place_km(const bw_placer *placer, const bw_placed_table *table,
                   int32_t which)
{
    bw_cell code =
        bw_sheet_cell(table->sheet, table->postal_column, table->row[which]);
    bw_postal_place found;
    bw_postal_match match =
        bw_gazetteer_find(placer->codes, bw_place_country(placer, table, which),
                          code.text, code.len, &found);
    bool hit = match == BW_MATCH_CODE || match == BW_MATCH_AREA;
    return hit ? km_between(table->point[which], found.point) : NAN;
}

/* Does the row say where it is, in any way? */
static bool has_words(const bw_placed_table *table, int64_t row)
{
    return bw_sheet_cell(table->sheet, table->postal_column, row).len > 0 ||
           bw_sheet_cell(table->sheet, table->city_column, row).len > 0;
}

/* True: it needs no city. */
static bool place_row(const bw_placer *placer, bw_placed_table *table,
                      int32_t which, int32_t country)
{
    bool known = bw_point_known(table->point[which]);
    bw_cell code =
        bw_sheet_cell(table->sheet, table->postal_column, table->row[which]);
    bw_postal_place found;
    bw_postal_match match =
        bw_gazetteer_find(placer->codes, country, code.text, code.len, &found);
    table->codes += match != BW_MATCH_BLANK;
    bool hit = match == BW_MATCH_CODE || match == BW_MATCH_AREA;
    table->codes_found += hit;
    if (known && hit)
        check_far(placer, table, which, &found);
    if (known)
        return true;
    if (placer->has[country] == 0 && !hit) {
        if (has_words(table, table->row[which]))
            note(table, &table->beyond, BW_ROW_BEYOND, which);
        return true;
    }
    if (match == BW_MATCH_UNKNOWN)
        note(table, &table->unknown, BW_ROW_UNKNOWN, which);
    if (!hit)
        return false;
    table->point[which] = found.point;
    table->source[which] =
        match == BW_MATCH_CODE ? BW_PLACE_POSTAL_CODE : BW_PLACE_POSTAL_AREA;
    return true;
}

/* Why a row is not looked up: what it says is of no use without a country. */
static void add_lost(bw_placed_table *table, int32_t which)
{
    int64_t row = table->row[which];
    if (bw_point_known(table->point[which]) || table->sheet->faulty[row])
        return;
    if (has_words(table, row))
        note(table, &table->lost, BW_ROW_LOST, which);
}

bw_status bw_place_by_code(bw_placer *placer, bw_placed_table *table)
{
    bw_status status = BW_OK;
    for (int32_t i = 0; i < table->n && status == BW_OK; i++) {
        int32_t country = bw_place_country(placer, table, i);
        table->city[i] = -1;
        table->needy +=
            !bw_point_known(table->point[i]) && has_words(table, table->row[i]);
        if (country < 0)
            add_lost(table, i);
        if (country < 0 || table->sheet->faulty[table->row[i]])
            continue;
        int32_t found = table->codes_found;
        bool placed = place_row(placer, table, i, country);
        bool here = placer->has[country] > 0 || table->codes_found > found;
        table->at_home += here;
        table->abroad += !here;
        if (placed)
            continue;
        bw_cell city =
            bw_sheet_cell(table->sheet, table->city_column, table->row[i]);
        status = bw_cities_ask(placer->cities, country, city, &table->city[i]);
        placer->any_city = placer->any_city || table->city[i] >= 0;
    }
    return status;
}

/* ------------------------------------------------------------------ cities */

void bw_place_by_city(const bw_placer *placer, bw_placed_table *table)
{
    for (int32_t i = 0; i < table->n; i++) {
        if (table->city[i] < 0)
            continue;
        bw_cell state =
            bw_sheet_cell(table->sheet, table->state_column, table->row[i]);
        bw_city_match match = bw_cities_find(placer->cities, table->city[i],
                                             state, &table->point[i]);
        if (match == BW_CITY_SEVERAL)
            note(table, &table->ambiguous, BW_ROW_AMBIGUOUS, i);
        if (match != BW_CITY_FOUND)
            continue;
        table->source[i] = BW_PLACE_CITY;
        table->unknown_by_city += (table->found[i] & BW_ROW_UNKNOWN) != 0;
    }
}
