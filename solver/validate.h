/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Faults that only the whole instance shows. */
#ifndef BW_VALIDATE_H
#define BW_VALIDATE_H

#include "build.h"
#include "pair.h"

/** unservable.c: units that no rep may serve, each with the reason. */
void bw_validate_service(bw_build *build, const bw_pair_source *source,
                         const bw_survey *survey);

/** Units above the band of every rep they may go to: an error where the band
 * is hard, else one warning a measure. Bands must stand. BW_NOMEM. */
bw_status bw_validate_sizes(bw_build *build, const bw_survey *survey);

/** capacity.c: sets of reps whose hard bands cannot hold what only they may
 * serve, or cannot be filled by all that they may serve: errors, and
 * instance->impossible. BW_NOMEM. */
bw_status bw_validate_capacity(bw_build *build, const bw_pair_source *source,
                               const bw_survey *survey);

/** Room for a name of a unit, for an amount. */
enum {
    BW_UNIT_ROOM = 160,
    BW_AMOUNT_ROOM = 28
};

/** `account "A1"`, or `the family of account "A1" (3 accounts)`. */
void bw_unit_text(const bw_build *build, int32_t unit, char *text, size_t room);

/** Exact decimal without trailing zeros; gives `text` back. */
const char *bw_amount_text(int64_t quanta, char *text);

#endif
