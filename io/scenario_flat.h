/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A chain of scenarios as one file that says where each part comes from. */
#ifndef BW_SCENARIO_FLAT_H
#define BW_SCENARIO_FLAT_H

#include "buf.h"
#include "scenario_chain.h"

/** Valid against the schema; loading it gives the scenario that the chain
 * makes. Behind each element a comment has file and line of it, and of those of
 * its attributes that stand in another file. Names of files become relative to
 * `folder`, where the text will stand (it must exist); none of them is opened.
 * BW_IO: a folder that does not resolve. */
bw_status bw_scenario_flat_write(const bw_scenario_chain *chain,
                                 const char *folder, bw_buf *out);

#endif
