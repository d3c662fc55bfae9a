/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Accounts of a plan and rows of a CRM's table, by the normal form of keys. */
#ifndef BW_CRM_CHANGE_MATCH_H
#define BW_CRM_CHANGE_MATCH_H

#include "crm_change_parts.h"

/** row[accounts] of the table, -1: told as crm-key-unknown; a key that two rows
 * or two accounts have is crm-key-ambiguous. Counts not_in_plan. BW_NOMEM. */
bw_status bw_crm_match(bw_crm_changing *c, const bw_crm_table *table,
                       int64_t *row);
/** No two accounts have one key; else crm-key-ambiguous. BW_NOMEM. */
bw_status bw_crm_check_unique(bw_crm_changing *c);

#endif
