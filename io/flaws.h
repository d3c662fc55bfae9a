/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Flaws found while the tables are read: each is counted once and treated as
 * the scenario decides, and whoever asks for it gets a list of all rows. */
#ifndef BW_FLAWS_H
#define BW_FLAWS_H

#include "load_table.h"
#include "quality.h"

enum {
    BW_ROLES = 3,
    BW_NO_TABLE = 15 /* the role of what stands in none of them */
};

/** One flaw of one row. */
typedef struct bw_finding {
    int64_t row;      /* of the table; -1: of none (see place) */
    int32_t other;    /* a row that it is like, or -1 */
    int32_t column;   /* of the sheet; -1: see place */
    bw_place place;   /* where row or column are -1 */
    uint8_t role;     /* bw_role or BW_NO_TABLE */
    uint8_t code;     /* bw_code */
    uint8_t action;   /* bw_quality_do */
    uint8_t severity; /* bw_severity */
} bw_finding;

/** Flaws of a code in one table. */
typedef struct bw_flaw_count {
    int64_t n;
    int64_t row; /* the first */
    int32_t column;
} bw_flaw_count;

struct bw_flaws {
    const bw_scenario *scenario;
    bw_diags *diags;
    bw_quality_do action[BW_N_CODES];
    const char *value[BW_N_CODES];             /* of do="value" */
    bw_flaw_count count[BW_ROLES][BW_N_CODES]; /* of those that do not stop */
    bool listed;  /* every flaw goes into `found` */
    bool failed;  /* memory was short for the list */
    bool telling; /* a diagnostic of ours is being added */
    bw_finding *found;
    int64_t n_found, room;
};

void bw_flaws_begin(bw_flaws *flaws, const bw_scenario *scenario,
                    bw_diags *diags);
void bw_flaws_free(bw_flaws *flaws);

/** A flaw of a row that takes part. The result is what is to be done:
 * BW_DO_STOP: it was reported as an error with this text, and the row is marked
 * faulty; BW_DO_DROP: the row takes no part any more. */
__attribute__((format(printf, 5, 6))) bw_quality_do
bw_flaw_found(bw_sheet *sheet, bw_code code, int32_t column, int64_t row,
              const char *format, ...);

/** Where faults of the cells of a column are told. Cells are read once, be it
 * while the sheet's own diagnostics are off because an expression is only
 * tried: they have to be told then. */
bw_diags *bw_flaw_diags(const bw_sheet *sheet);

/** The number that stands instead (do="value"), or NaN. */
double bw_flaw_number(const bw_sheet *sheet, bw_code code);

/** Only lists: somebody else tells it. */
void bw_flaw_list_row(bw_sheet *sheet, bw_code code, int32_t column,
                      int64_t row);
/** Counts and lists a flaw that stops nothing, and is like another row. */
void bw_flaw_note(bw_sheet *sheet, bw_code code, int32_t column, int64_t row,
                  int32_t other);
/** A flaw of no table's row; diagnostics of others come here too. */
void bw_flaw_list_place(bw_flaws *flaws, bw_severity severity, bw_code code,
                        bw_place place);

/** One warning per table and code for all flaws that do not stop. */
void bw_flaws_tell(bw_flaws *flaws, bw_sheet *const sheet[BW_ROLES]);

#endif
