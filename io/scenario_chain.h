/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scenario file with all that it extends, and the one tree that they make:
 * flat, as if it stood in one file, but every part knows its own place. */
#ifndef BW_SCENARIO_CHAIN_H
#define BW_SCENARIO_CHAIN_H

#include "bw/scenario.h"
#include "xml_tree.h"

typedef struct bw_scenario_chain bw_scenario_chain;

/** Reads and checks every file against the schema, then lays them over each
 * other. Faults are reported: BW_INVALID, or BW_IO for those of the file
 * system. */
bw_status bw_scenario_chain_read(const char *path, bw_diags *diags,
                                 bw_scenario_chain **chain);
void bw_scenario_chain_free(bw_scenario_chain *chain);

/** The file itself is number 0, what it extends 1, and so on. */
int bw_scenario_chain_files(const bw_scenario_chain *chain);
const char *bw_scenario_chain_file(const bw_scenario_chain *chain, int number);
/** Of a file, as it stands in it; lives as long as the chain. */
const bw_element *bw_scenario_chain_tree(const bw_scenario_chain *chain,
                                         int number);
/** The flat tree; lives as long as the chain. */
const bw_element *bw_scenario_chain_root(const bw_scenario_chain *chain);

/** The scenario that it makes: checks what the schema cannot say. The chain may
 * go afterwards. */
bw_status bw_scenario_from_chain(const bw_scenario_chain *chain,
                                 bw_diags *diags, bw_scenario **scenario);

#endif
