/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the reader and the writer of <change> share. */
#ifndef BW_SCENARIO_CHANGE_H
#define BW_SCENARIO_CHANGE_H

#include "bw/scenario.h"

/** An attribute of <add-rep> and <change-rep>, and the field that it is. */
typedef struct bw_rep_attribute {
    const char *name, *field;
} bw_rep_attribute;

/** The n-th one; NULL past the last. */
const bw_rep_attribute *bw_rep_attribute_at(int index);

/** "remove-rep" and so on. */
const char *bw_change_name(bw_change_kind kind);
/** What its value is called: to, by, amount; NULL: it has none. */
const char *bw_change_value_name(bw_change_kind kind);

#endif
