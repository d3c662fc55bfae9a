/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The steps of reading territories, in the order in which they are called.
 * Each tells all faults that it finds and returns BW_OK all the same. */
#ifndef BW_CRM_TERRITORIES_PARTS_H
#define BW_CRM_TERRITORIES_PARTS_H

#include "bw/alloc.h"
#include "crm_territories.h"
#include "index.h"

typedef struct bw_crm_seating {
    const bw_crm_territory_order *order;
    bw_crm_territories *t;
    bw_diags *diags;
    bw_arena *arena;        /* the territories' */
    bw_index *rows_of_tree; /* normal key -> row of the tree */
} bw_crm_seating;

/** crm_territory_tree.c: nodes, with names and codes. */
bw_status bw_crm_territory_nodes(bw_crm_seating *s);
/** crm_territory_match.c: rows and keys of nodes. */
bw_status bw_crm_territory_match(bw_crm_seating *s);
/** crm_territory_seats.c: accounts. */
bw_status bw_crm_territory_seats(bw_crm_seating *s);
/** crm_territory_members.c: users. */
bw_status bw_crm_territory_members(bw_crm_seating *s);

/** Normal form of a key, kept in `arena`; NULL when memory is short. */
const char *bw_crm_territory_normal(bw_arena *arena, const bw_crm_form *form,
                                    const char *key, size_t *len);
/** The row of the tree with this key, or -1; `scratch` for the normal form.
 * BW_NOMEM. */
bw_status bw_crm_territory_find(const bw_crm_seating *s, bw_arena *scratch,
                                const char *key, int64_t *row);
/** Tells a key that is not well formed; true: it is. */
bool bw_crm_territory_key(const bw_crm_seating *s, const bw_crm_table *table,
                          int64_t row);

#endif
