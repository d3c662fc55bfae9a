/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Attributes of a scenario that is being written: each with a blank before it,
 * what was not given left out. */
#ifndef BW_SCENARIO_ATTR_H
#define BW_SCENARIO_ATTR_H

#include "buf.h"
#include "bw/scenario.h"

#include <stdbool.h>

/** A path as seen from the folder; both must exist, else BW_IO. */
bw_status bw_write_path(bw_buf *out, const char *name, const char *path,
                        const char *folder);

/** Text inside a value's quotes. */
void bw_write_escaped(bw_buf *out, const char *text);
void bw_write_text(bw_buf *out, const char *name, const char *text);
void bw_write_attr(bw_buf *out, const char *name, const bw_attr *attr);
/** 0.15 as 15%, where that reads back as the same number; else false. */
bool bw_write_percent(bw_buf *out, double value);
/** A share stays one, whatever its digits: without % it would be an amount. */
void bw_write_most(bw_buf *out, const char *name, const bw_attr_number *number);
void bw_write_value(bw_buf *out, const char *name,
                    const bw_attr_number *number);
void bw_write_number(bw_buf *out, const char *name,
                     const bw_attr_number *number);

#endif
