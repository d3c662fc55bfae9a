/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Inside of the reader of profiles: attributes of the checked XML as values,
 * and the faults that a schema cannot see (crm-profile). */
#ifndef BW_CRM_PROFILE_FORM_H
#define BW_CRM_PROFILE_FORM_H

#include "crm_profile.h"
#include "xml_tree.h"

/** A profile being filled. */
typedef struct bw_crm_reading {
    bw_crm_profile *profile;
    bw_diags *diags;
    const bw_element *root, *files, *owner; /* NULL: not there */
    const bw_element *table[BW_CRM_N_TABLES];
    bool nomem; /* sticky; nothing after it counts */
} bw_crm_reading;

/** The same place, good for as long as the profile. */
bw_place bw_crm_place(const bw_crm_reading *r, bw_place place);
/** Copied, blanks at both ends left out; NULL where it is not given. *place
 * (may be NULL) is that of the value, else of the element. */
const char *bw_crm_attr(bw_crm_reading *r, const bw_element *element,
                        const char *name, bw_place *place);
/** Is the attribute there, with this value? */
bool bw_crm_attr_is(const bw_element *element, const char *name,
                    const char *value);
/** Digits, which the schema has counted; `none` where it is not given. */
int64_t bw_crm_whole(const bw_element *element, const char *name, int64_t none);
/** `count` zeroed items of the profile's arena; NULL sets nomem. */
void *bw_crm_items(bw_crm_reading *r, int count, size_t size);
int bw_crm_children(const bw_element *parent, const char *name);
/** The next of this name at or after `element`. */
const bw_element *bw_crm_named(const bw_element *element, const char *name);
/** The table that an attribute names; the schema knows no others. */
bw_crm_which bw_crm_which_of(const bw_element *element, const char *name);

/** A text that goes into files has no control characters and is no formula. */
void bw_crm_check_text(bw_crm_reading *r, bw_place place, const char *what,
                       const char *text);
/** Calls `part` for every piece between the separators, blanks at both ends
 * left out. */
typedef void bw_crm_part(void *data, const char *text, size_t len);
void bw_crm_split(const char *text, char separator, bw_crm_part *part,
                  void *data);

/** The parts of a profile; tables come before files, files before steps. */
void bw_crm_read_tables(bw_crm_reading *r);
void bw_crm_read_files(bw_crm_reading *r);
void bw_crm_read_steps(bw_crm_reading *r);
/** What only the whole shows. */
void bw_crm_read_meaning(bw_crm_reading *r);

#endif
