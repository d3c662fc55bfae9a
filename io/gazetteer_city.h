/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where cities lie. Cities are asked for first; then all rows of the
 * gazetteers are shown, of which only those that were asked for are kept. */
#ifndef BW_GAZETTEER_CITY_H
#define BW_GAZETTEER_CITY_H

#include "bw/geo.h"
#include "csv_table.h"

typedef struct bw_cities bw_cities;

bw_cities *bw_cities_new(void); /* NULL when memory is short */
void bw_cities_free(bw_cities *cities);

/** Asks for a city by its name; *number says which it is, -1 where the name is
 * blank. BW_OK or BW_NOMEM. */
bw_status bw_cities_ask(bw_cities *cities, int32_t country, bw_cell name,
                        int32_t *number);
/** The number of a city that was asked for; -1: it was not. */
int32_t bw_cities_asked(const bw_cities *cities, int32_t country, bw_cell name);

/** A row of a file 0, 1, ... (in rising order) that has the city `number`. A
 * city that several files have is that of the first file. */
bw_status bw_cities_add(bw_cities *cities, int32_t number, int32_t file,
                        double far_km, bw_cell state, bw_cell state_name,
                        bw_point point);

typedef enum bw_city_match {
    BW_CITY_UNKNOWN,
    BW_CITY_FOUND,
    BW_CITY_SEVERAL /* several of that name, and the state does not decide */
} bw_city_match;

/** The mean of the city's rows. With a state (code or name) that has a city of
 * that name, it is that one; else the country must have only one. Rows of one
 * state further than far-km from the first are two cities. */
bw_city_match bw_cities_find(const bw_cities *cities, int32_t number,
                             bw_cell state, bw_point *point);

#endif
