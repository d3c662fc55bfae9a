/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Where postal codes lie: the rows of all gazetteers, by country and code. */
#ifndef BW_GAZETTEER_H
#define BW_GAZETTEER_H

#include "bw/geo.h"
#include "postal_code.h"

/**
 * The place of a code is the mean of its rows' places, each counted once; where
 * one of them lies further than the file's far-km from the first, it is the
 * first. A code that several files have is that of the first file. Some 50
 * bytes a code.
 */
typedef struct bw_gazetteer bw_gazetteer;

bw_gazetteer *bw_gazetteer_new(void); /* NULL when memory is short */
void bw_gazetteer_free(bw_gazetteer *gazetteer);

/** A row: file 0, 1, ... in rising order; a code in normal form, not empty; a
 * known place. BW_OK or BW_NOMEM. */
bw_status bw_gazetteer_add(bw_gazetteer *gazetteer, int32_t file, double far_km,
                           int32_t country, const bw_postal *code,
                           bw_point point);

typedef enum bw_postal_match {
    BW_MATCH_BLANK,   /* neither letters nor digits in the text */
    BW_MATCH_UNKNOWN, /* also of text that cannot be a code */
    BW_MATCH_CODE,
    BW_MATCH_AREA /* the area of the code, as the code itself is not there */
} bw_postal_match;

typedef struct bw_postal_place {
    bw_point point; /* where there is a match */
    int32_t file;
} bw_postal_place;

/** The place of a postal code as somebody wrote it: in the country, else in
 * another of its postal system (country_kin.h). */
bw_postal_match bw_gazetteer_find(const bw_gazetteer *gazetteer,
                                  int32_t country, const char *text, size_t len,
                                  bw_postal_place *place);

int64_t bw_gazetteer_size(const bw_gazetteer *gazetteer); /* codes */
/** Codes whose rows lie too far apart; *first (may be NULL) gets one, where
 * there are any. */
int64_t bw_gazetteer_spread(const bw_gazetteer *gazetteer, int32_t file,
                            bw_postal *first);

#endif
