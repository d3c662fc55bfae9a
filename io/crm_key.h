/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Keys of records as CRMs write them: well formed or not, compared, written.
 * Nothing here knows of tables. */
#ifndef BW_CRM_KEY_H
#define BW_CRM_KEY_H

#include "buf.h"
#include "crm_profile.h"

typedef enum bw_crm_key_fault {
    BW_CRM_KEY_GOOD,
    BW_CRM_KEY_BLANK,
    BW_CRM_KEY_FORMULA, /* begins with = + - @, or a tab, or a line's end */
    BW_CRM_KEY_CONTROL, /* has a control character, or a blank at an end */
    BW_CRM_KEY_SHAPE,   /* is not what the kind says */
    BW_CRM_KEY_BEGINS,  /* does not begin as keys of this table do */
    BW_CRM_KEY_SUFFIX,  /* Salesforce: the last three are not those that the
                         * first 15 give: a program changed its case */
    BW_CRM_KEY_LONG
} bw_crm_key_fault;

/** What is wrong with the key, after what `strip` drops, or `prefix` where that
 * is in front of it. A GUID may have braces. */
bw_crm_key_fault bw_crm_key_check(const bw_crm_form *form, const char *key,
                                  size_t len);
/** A clause for messages: "its last three characters are not those that the
 * first 15 give (AAM): the case was changed". Into `out`. */
void bw_crm_key_tell(const bw_crm_form *form, const char *key,
                     bw_crm_key_fault fault, bw_buf *out);

/** The form in which two keys of one record are the same bytes: the first 15
 * characters of a Salesforce id, a GUID in lower case without braces, a number
 * without zeros in front, anything else as it is; without what `strip` or
 * `prefix` puts in front. A Salesforce id
 * whose last three characters do not belong to it is left as it is: its first
 * 15 may be another record's. Room for len + 1 in `out`; returns its length.
 * The key need not be well formed. */
size_t bw_crm_key_normal(const bw_crm_form *form, const char *key, size_t len,
                         char *out);
/** As it goes into files: 18 characters of a Salesforce id, `prefix` in front;
 * the key is well formed. Without `strip`'s text and a GUID's braces. */
void bw_crm_key_write(const bw_crm_form *form, const char *key, bw_buf *out);

/** The three characters that follow 15 of a Salesforce id. */
void bw_crm_salesforce_suffix(const char *id, char suffix[4]);

#endif
