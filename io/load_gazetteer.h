/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Placing the rows of a table by gazetteers: what its three parts share. */
#ifndef BW_LOAD_GAZETTEER_H
#define BW_LOAD_GAZETTEER_H

#include "gazetteer.h"
#include "gazetteer_city.h"
#include "gazetteer_file.h"
#include "load_parts.h"

enum {
    BW_FIRST_ROWS = 3,
    BW_COUNTRY_BLANK = -1,  /* the row says none */
    BW_COUNTRY_UNKNOWN = -2 /* what it says is no country */
};

/** What would put coordinates near their postal code. */
typedef enum bw_fix {
    BW_FIX_NONE,
    BW_FIX_SWAP,
    BW_FIX_LATITUDE, /* its sign */
    BW_FIX_LONGITUDE,
    BW_FIX_SIGNS,
    BW_N_FIXES
} bw_fix;

/** What was found of a row, as bits. */
enum {
    BW_ROW_LOST = 1,    /* no coordinates, with code or city, but no country */
    BW_ROW_UNKNOWN = 2, /* no coordinates, and a code that was not found */
    BW_ROW_AMBIGUOUS = 4, /* a city of which there are several */
    BW_ROW_FAR = 8,       /* coordinates far from the postal code */
    BW_ROW_BEYOND = 16    /* no coordinates, with code or city in a country
                           * that no gazetteer has */
};

/** What is read of a country's rows in gazetteers, as bits. */
enum {
    BW_WANT_ALL = 1,  /* rows of a table are there */
    BW_WANT_CODES = 2 /* rows of a table are in its postal system */
};

/** Rows of one kind: how many, and the first of them. */
typedef struct bw_some_rows {
    int32_t n, first[BW_FIRST_ROWS]; /* accounts or reps */
} bw_some_rows;

/** A table whose rows are placed: accounts, or homes of reps. */
typedef struct bw_placed_table {
    bw_sheet *sheet;
    const char *one, *many; /* what a row is */
    int32_t n;
    const int32_t *row; /* [n] */
    const char *const *id;
    bw_point *point;
    uint8_t *source;
    int32_t country_column, postal_column, city_column, state_column;
    int16_t *country; /* [n] number, or BW_COUNTRY_... */
    int32_t *city;    /* [n] asked for, or -1 */
    uint8_t *found;   /* [n] bits BW_ROW_... */

    int32_t needy;   /* rows without coordinates, but with code or city */
    int32_t at_home; /* rows in a country that a gazetteer has, or found */
    int32_t abroad;  /* rows in another country */
    int32_t codes;   /* postal codes looked up, and of these found */
    int32_t codes_found;
    bw_some_rows unknown, ambiguous, lost, far, beyond; /* see `found` */
    int32_t unknown_by_city;
    int32_t fixed_by[BW_N_FIXES]; /* of the far ones */
    double least_far_km;          /* the smallest far-km that was exceeded */
} bw_placed_table;

/** All that placing works with. */
typedef struct bw_placer {
    bw_loader *loader;
    bw_index *countries;
    bw_gazetteer *codes;
    bw_cities *cities;
    int32_t usual;            /* country of rows that say none; or -1 */
    bool usual_told;          /* by country= */
    bool any_blank;           /* there are such rows */
    bool any_city;            /* cities were asked for */
    uint8_t *wanted;          /* [countries] bits BW_WANT_... */
    int64_t *has;             /* [countries] rows of the gazetteers */
    bw_placed_table table[2]; /* accounts, reps */
} bw_placer;

/* load_gazetteer_rows.c: the country of every row; then, when the gazetteers
 * were read, what can be placed by postal code, and cities asked for; then
 * those. BW_NOMEM. */
bw_status bw_place_countries(bw_placer *placer, bw_placed_table *table);
bw_status bw_place_by_code(bw_placer *placer, bw_placed_table *table);
void bw_place_by_city(const bw_placer *placer, bw_placed_table *table);
/** Rows of the country are to be looked up. */
void bw_place_want(bw_placer *placer, int32_t country);
/** The country that counts for a row; or BW_COUNTRY_... */
int32_t bw_place_country(const bw_placer *placer, const bw_placed_table *table,
                         int32_t which);
/** From a row's coordinates to the place of its postal code, both known. */
double bw_place_km(const bw_placer *placer, const bw_placed_table *table,
                   int32_t which);

/* load_gazetteer_tell.c: what was found. */

/** Tells of a gazetteer of other countries. True: accounts need another, so
 * that nothing can be said of single rows. */
bool bw_tell_foreign(const bw_placer *placer);
/** Does with the rows what the scenario decides: lists, reports, drops. */
void bw_tell_table(const bw_placer *placer, const bw_placed_table *table);
void bw_tell_spread(const bw_placer *placer);

#endif
