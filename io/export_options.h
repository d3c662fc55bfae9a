/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The command line of `bailiwick export`. */
#ifndef BW_EXPORT_OPTIONS_H
#define BW_EXPORT_OPTIONS_H

#include "crm_export.h"
#include "options.h"

typedef struct bw_export_options {
    bw_crm_order order;
    bw_crm_companion_order companions; /* without inputs */
    bw_crm_territory_order territories;
    const char *crm, *profile; /* one of them */
    const char *output;        /* NULL only where `dry` */
    const char *show;          /* the profile to print; NULL: none */
    bool list, dry, json, all_errors;
} bw_export_options;

/** With --list or --show there is no plan to name. */
bw_parsed bw_export_options_read(int argc, char **argv,
                                 bw_export_options *options);
/** Can the profile be used, and owners be written as told? False: told as a
 * fault of usage. */
bool bw_export_may(const bw_export_options *options,
                   const bw_crm_profile *profile);

#endif
