/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The files of scenarios/crm as bytes in the program; the Makefile makes the
 * C. */
#ifndef BW_CRM_BUILTIN_H
#define BW_CRM_BUILTIN_H

#include <stddef.h>

typedef struct bw_crm_builtin_file {
    const char *name;
    const unsigned char *xml;
    size_t len;
} bw_crm_builtin_file;

/** Sorted by name. */
extern const bw_crm_builtin_file bw_crm_builtin_files[];
extern const size_t bw_crm_builtin_count;
/** The same names, NULL last. */
extern const char *const bw_crm_builtin_list[];

extern const unsigned char bw_crm_xsd[];
extern const size_t bw_crm_xsd_len;

#endif
