/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Territories in figures: for the terminal, LOAD.txt and programs. */
#ifndef BW_CRM_TERRITORIES_SHOW_H
#define BW_CRM_TERRITORIES_SHOW_H

#include "crm_territories.h"
#include "json.h"

/** A line for each count that is not 0. */
void bw_crm_show_territories(const bw_crm_territories *territories,
                             bw_buf *out);
/** Members of the object at hand. */
void bw_crm_json_territories(const bw_crm_territories *territories,
                             bw_json_out *json);

#endif
