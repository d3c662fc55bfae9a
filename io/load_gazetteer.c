/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gazetteers: which countries are wanted of them, the rows of these, and the
 * order in which accounts and homes are placed by them. */
#include "load_gazetteer.h"

#include <string.h>

/* ----------------------------------------------------------------- opening */

bw_status bw_load_open_gazetteers(bw_loader *loader, bool *io)
{
    const bw_scenario *scenario = loader->scenario;
    size_t n = (size_t)scenario->n_gazetteers;
    loader->gazetteers =
        bw_arena_alloc(loader->scratch, n, sizeof *loader->gazetteers);
    if (!loader->gazetteers)
        return BW_NOMEM;
    for (int i = 0; i < scenario->n_gazetteers; i++) {
        bw_gazetteer_file *file = &loader->gazetteers[i];
        file->spec = &scenario->gazetteers[i];
        file->sheet = (bw_sheet){.role = BW_ROLE_GAZETTEER,
                                 .spec = &file->spec->source,
                                 .scratch = loader->scratch,
                                 .diags = loader->diags,
                                 .watch = loader->watch};
        bw_status status = bw_gazetteer_open(file);
        *io = *io || status == BW_IO;
        if (status == BW_NOMEM)
            return status;
        loader->places_blind = loader->places_blind || status != BW_OK;
    }
    return BW_OK;
}

void bw_load_close_gazetteers(bw_loader *loader)
{
    for (int i = 0; loader->gazetteers && i < loader->scenario->n_gazetteers;
         i++)
        bw_gazetteer_close(&loader->gazetteers[i]);
}

/* --------------------------------------------------------------- countries */

static int32_t declared(const bw_placer *placer, const bw_gazetteer_spec *spec)
{
    const char *text = spec->country.text;
    return text ? bw_country_find(placer->countries, text, strlen(text)) : -1;
}

/* country= of the gazetteers, where they do not contradict each other. */
static void settle_usual(bw_placer *placer)
{
    bw_loader *loader = placer->loader;
    bool several = false;
    placer->usual = -1;
    for (int i = 0; i < loader->scenario->n_gazetteers; i++) {
        const bw_gazetteer_spec *spec = &loader->scenario->gazetteers[i];
        int32_t country = declared(placer, spec);
        if (spec->country.text && country < 0) {
            loader->places_blind = true;
            bw_diag_add(loader->diags, BW_ERROR, BW_VALUE_SYNTAX,
                        spec->country.place,
                        "country=\"%.40s\" is no country; write its code of "
                        "two or three letters, such as US, or its English "
                        "name",
                        spec->country.text);
        }
        several = several || (placer->usual >= 0 && country >= 0 &&
                              country != placer->usual);
        if (country >= 0)
            placer->usual = country;
    }
    if (several)
        placer->usual = -1;
    placer->usual_told = placer->usual >= 0;
}

/* Where no country is told and all rows are of one, it is that. */
static void settle_only(bw_placer *placer)
{
    int32_t only = -1, n = 0;
    for (int32_t c = 0; c < bw_country_count(); c++)
        if (placer->has[c] > 0) {
            only = c;
            n++;
        }
    if (!placer->usual_told)
        placer->usual = n == 1 ? only : -1;
}

/* ------------------------------------------------------------------ reading */

/* Rows of one country mostly follow one another: the last answer is kept. */
typedef struct country_memo {
    bw_cell text;
    int32_t country;
} country_memo;

static int32_t country_of(const bw_placer *placer, bw_gazetteer_file *file,
                          bw_gazetteer_row *row, country_memo *memo)
{
    bw_cell text = row->country;
    if (memo->text.text && text.len == memo->text.len &&
        memcmp(text.text, memo->text.text, text.len) == 0)
        return memo->country;
    int32_t country =
        text.len > 0 ? bw_country_find(placer->countries, text.text, text.len)
                     : declared(placer, file->spec);
    bool told = text.len == 0 && file->spec->country.text; /* settle_usual */
    if (country < 0 && !file->checked && !told) {
        /* A line that is none at all, or has no place, needs no country. */
        if (!bw_gazetteer_fill(file, row))
            return country;
        bw_diag_add(placer->loader->diags, BW_ERROR, BW_FIELD_CHOICE,
                    bw_gazetteer_place(file, row),
                    "country is \"%.*s\", which is none; write its code of two "
                    "or three letters, such as US, or its English name, or "
                    "leave it blank and say country=\"...\" on <gazetteer>",
                    text.len > 40 ? 40 : (int)text.len, text.text);
    }
    *memo = (country_memo){text, country};
    return country;
}

/* Rows of countries whose codes nobody can have are passed over. While it is
 * not known what country rows without one are in, it may be that of the first
 * row. */
static bool is_wanted(bw_placer *placer, int32_t country)
{
    if (country < 0)
        return false;
    if (placer->usual < 0 && placer->any_blank) {
        placer->usual = country;
        bw_place_want(placer, country);
    }
    placer->has[country]++;
    return placer->wanted[country] != 0;
}

static bw_status read_codes(bw_placer *placer, int32_t number)
{
    bw_gazetteer_file *file = &placer->loader->gazetteers[number];
    country_memo memo = {{NULL, 0}, -1};
    bw_gazetteer_row row;
    bw_status status = BW_OK;
    bw_gazetteer_rewind(file);
    while (status == BW_OK && bw_gazetteer_next(file, &row)) {
        int32_t country = country_of(placer, file, &row, &memo);
        if (!is_wanted(placer, country) || !bw_gazetteer_fill(file, &row))
            continue;
        bw_postal code = bw_postal_normal(
            bw_country_at(country), row.postal_code.text, row.postal_code.len);
        if (code.len > 0)
            status = bw_gazetteer_add(placer->codes, number,
                                      file->spec->far_km.value, country, &code,
                                      row.point);
    }
    return status;
}

static bw_status read_cities(bw_placer *placer, int32_t number)
{
    bw_gazetteer_file *file = &placer->loader->gazetteers[number];
    country_memo memo = {{NULL, 0}, -1};
    bw_gazetteer_row row;
    bw_status status = BW_OK;
    bw_gazetteer_rewind(file);
    while (status == BW_OK && bw_gazetteer_next(file, &row)) {
        int32_t country = country_of(placer, file, &row, &memo);
        if (country < 0 || !(placer->wanted[country] & BW_WANT_ALL) ||
            !bw_gazetteer_fill(file, &row))
            continue;
        int32_t city = bw_cities_asked(placer->cities, country, row.city);
        if (city >= 0)
            status = bw_cities_add(placer->cities, city, number,
                                   file->spec->far_km.value, row.state,
                                   row.state_name, row.point);
    }
    return status;
}

static bw_status read_all(bw_placer *placer,
                          bw_status (*read)(bw_placer *, int32_t))
{
    bw_status status = BW_OK;
    int n = placer->loader->scenario->n_gazetteers;
    for (int i = 0; i < n && status == BW_OK; i++)
        status = read(placer, i);
    return status;
}

/* A file whose rows say no country must be told one. */
static void check_countries(bw_placer *placer)
{
    bw_loader *loader = placer->loader;
    for (int i = 0; i < loader->scenario->n_gazetteers; i++) {
        const bw_gazetteer_file *file = &loader->gazetteers[i];
        if (file->geonames || file->country >= 0 || file->spec->country.text ||
            !file->sheet.column)
            continue;
        bw_load_need(&file->sheet, "country", file->spec->source.place,
                     "<gazetteer> must say the country of its codes, by "
                     "country=\"US\" or the like, or");
        loader->places_blind = true;
    }
}

/* ------------------------------------------------------------------ placing */

static void set_tables(bw_placer *placer)
{
    bw_loader *loader = placer->loader;
    bw_accounts *a = &loader->problem->accounts;
    bw_reps *r = &loader->problem->reps;
    placer->table[0] = (bw_placed_table){.sheet = &loader->accounts,
                                         .one = "account",
                                         .many = "accounts",
                                         .n = a->n,
                                         .row = loader->row_of_account,
                                         .id = a->id,
                                         .point = a->point,
                                         .source = a->place_source};
    placer->table[1] = (bw_placed_table){.sheet = &loader->reps,
                                         .one = "rep",
                                         .many = "reps",
                                         .n = r->n,
                                         .row = loader->row_of_rep,
                                         .id = r->id,
                                         .point = r->home,
                                         .source = r->place_source};
}

static bw_status prepare(bw_placer *placer)
{
    bw_loader *loader = placer->loader;
    size_t n = (size_t)bw_country_count();
    placer->wanted = bw_arena_alloc(loader->scratch, n, 1);
    placer->has = bw_arena_alloc(loader->scratch, n, sizeof *placer->has);
    placer->codes = bw_gazetteer_new();
    placer->cities = bw_cities_new();
    bw_status status = bw_country_index(loader->scratch, &placer->countries);
    if (!placer->wanted || !placer->has || !placer->codes || !placer->cities)
        status = BW_NOMEM;
    if (status != BW_OK)
        return status;
    set_tables(placer);
    settle_usual(placer);
    check_countries(placer);
    for (int i = 0; i < 2 && status == BW_OK; i++)
        status = bw_place_countries(placer, &placer->table[i]);
    if (placer->usual >= 0 && placer->any_blank)
        bw_place_want(placer, placer->usual);
    return status;
}

static bw_status place(bw_placer *placer)
{
    bw_loader *loader = placer->loader;
    bw_status status = read_all(placer, read_codes);
    settle_only(placer);
    for (int i = 0; i < 2 && status == BW_OK; i++)
        status = bw_place_by_code(placer, &placer->table[i]);
    if (status == BW_OK && placer->any_city)
        status = read_all(placer, read_cities);
    if (status != BW_OK)
        return status;
    for (int i = 0; i < 2; i++)
        bw_place_by_city(placer, &placer->table[i]);
    bw_tell_spread(placer);
    if (bw_tell_foreign(placer)) {
        loader->places_blind = true;
        return BW_OK;
    }
    for (int i = 0; i < 2; i++)
        bw_tell_table(placer, &placer->table[i]);
    const bw_quality_do *action = loader->flaws.action;
    if (action[BW_POSTAL_UNKNOWN] == BW_DO_DROP ||
        action[BW_CITY_AMBIGUOUS] == BW_DO_DROP ||
        action[BW_PLACE_FAR] == BW_DO_DROP)
        bw_load_drop_accounts(loader);
    return BW_OK;
}

bw_status bw_load_gazetteers(bw_loader *loader)
{
    bw_placer placer = {.loader = loader};
    if (loader->scenario->n_gazetteers == 0 || loader->places_blind)
        return BW_OK;
    bw_status status = prepare(&placer);
    if (status == BW_OK && !loader->places_blind)
        status = place(&placer);
    bw_gazetteer_free(placer.codes);
    bw_cities_free(placer.cities);
    bw_index_free(placer.countries);
    return status;
}
