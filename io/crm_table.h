/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A table that a CRM exported, read as its profile says. */
#ifndef BW_CRM_TABLE_H
#define BW_CRM_TABLE_H

#include "buf.h"
#include "bw/scenario.h"
#include "crm_profile.h"
#include "csv_table.h"

enum {
    BW_CRM_JOINED = 4 /* columns that one field may be made of */
};

typedef struct bw_crm_table {
    bw_crm_which which;
    const bw_crm_table_spec *spec; /* the profile's; borrowed */
    bw_source *source;
    bw_table *table;
    int32_t column[BW_CRM_N_FIELDS][BW_CRM_JOINED]; /* -1: none (any more) */
} bw_crm_table;

/**
 * Reads it in whatever encoding and with whatever separator it is written.
 * Fields that are not in it have column -1 throughout; those in `needed` (bits
 * 1 << field) must be there, else column-missing names the headers that would
 * do and those there are. Headers that stand twice, or two that serve equally
 * well, are column-ambiguous where needed. BW_IO, BW_INVALID: told.
 */
bw_status bw_crm_table_read(const char *path, bw_crm_which which,
                            const bw_crm_profile *profile, unsigned needed,
                            bw_diags *diags, bw_crm_table *table);
/** The accounts that a scenario names, in the encoding, with the separator and
 * the texts for nothing that it tells; <column> says where owner and name are,
 * and the key (its `id`) where no header of the profile's is there. */
bw_status bw_crm_table_read_told(const bw_source_spec *told,
                                 const bw_crm_profile *profile, unsigned needed,
                                 bw_diags *diags, bw_crm_table *table);
void bw_crm_table_free(bw_crm_table *table); /* what is in it */

bool bw_crm_has(const bw_crm_table *table, bw_crm_field field);
/** The cell of a field; blank where there is none. Of joined ones the first;
 * bw_crm_table_name joins. */
bw_cell bw_crm_table_cell(const bw_crm_table *table, int64_t row,
                          bw_crm_field field);
bw_place bw_crm_table_place(const bw_crm_table *table, int64_t row,
                            bw_crm_field field);
/** A name, first and last joined, into `out` (emptied before). */
void bw_crm_table_name(const bw_crm_table *table, int64_t row, bw_buf *out);
/** true, 1, yes, y, t, on, x are 1; false, 0, no, n, f, off and a blank cell
 * are 0; -1 for all else. */
int bw_crm_yes_no(const char *text);

#endif
