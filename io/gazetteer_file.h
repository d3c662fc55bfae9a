/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A gazetteer as a file, in either form, row by row. */
#ifndef BW_GAZETTEER_FILE_H
#define BW_GAZETTEER_FILE_H

#include "bw/geo.h"
#include "load_table.h"

typedef struct bw_gazetteer_file {
    bw_sheet sheet; /* role, spec, scratch and diags are set by the caller */
    const bw_gazetteer_spec *spec; /* likewise */
    bool geonames;
    char mark;    /* of GeoNames: what ends its lines */
    bool checked; /* all rows were read once: faults are not told again */
    size_t at;    /* of GeoNames: where the next line begins */
    int64_t next; /* number of the next row, from 0 */
    int32_t country, postal_code, city, state, state_name; /* columns, or -1 */
    const double *latitude, *longitude;                    /* [rows] of a CSV */
} bw_gazetteer_file;

/** A row. Texts are not NUL-terminated and live as long as the file. */
typedef struct bw_gazetteer_row {
    int64_t number;
    size_t start, end; /* of GeoNames: its line */
    bw_cell country;
    /* these by bw_gazetteer_fill */
    bw_cell postal_code, city, state, state_name;
    bw_point point;
} bw_gazetteer_row;

/** Does the text begin like GeoNames' postal code file: tabs, a country's code,
 * and a place in the tenth and eleventh field (blank in the first lines, it
 * may be)? */
bool bw_is_geonames(const char *text, size_t len);

/** Opens the file and finds out its form; a CSV is read and bound, and must
 * have what places need. BW_INVALID, BW_IO: reported. */
bw_status bw_gazetteer_open(bw_gazetteer_file *file);
void bw_gazetteer_close(bw_gazetteer_file *file);

/** Back to the first row. */
void bw_gazetteer_rewind(bw_gazetteer_file *file);
/** The next row, of which only number and country are known; false: there is
 * none, and the number of rows is then the sheet's. */
bool bw_gazetteer_next(bw_gazetteer_file *file, bw_gazetteer_row *row);
/** The rest of it; false: it has no place, or is faulty, which is reported. */
bool bw_gazetteer_fill(bw_gazetteer_file *file, bw_gazetteer_row *row);
bw_place bw_gazetteer_place(const bw_gazetteer_file *file,
                            const bw_gazetteer_row *row);

#endif
