/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Writes a scenario as it was run: what was given, gap, effort and seed as
 * they were, the inputs with their SHA-256. Loading the file gives an equal
 * scenario. */
#ifndef BW_SCENARIO_WRITE_H
#define BW_SCENARIO_WRITE_H

#include "buf.h"
#include "bw/problem.h"

/** `file` attributes become relative to `folder`, where the text will stand;
 * `folder` must exist. The same scenario gives the same bytes. BW_IO: a path
 * that does not resolve. */
bw_status bw_scenario_write(const bw_scenario *scenario, const bw_input *inputs,
                            int32_t n_inputs, const char *folder, bw_buf *out);

/** <frontier>, <repair>. */
bw_status bw_write_what_if(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out);

/** Its first part: <accounts> to <quality>. */
bw_status bw_write_sources(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out);
/** Its last part: the <change> elements. */
bw_status bw_write_changes(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out);
/** Of them the n-th <add-accounts>, from 0: its file is the n+1-st input of the
 * accounts. */
bw_status bw_write_added(const bw_scenario *scenario, const bw_input *inputs,
                         int32_t n_inputs, const char *folder, int n,
                         const bw_source_spec *spec, bw_buf *out);

#endif
