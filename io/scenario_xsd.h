/* SPDX-License-Identifier: GPL-3.0-or-later */
/** scenarios/scenario.xsd as bytes in the program; the Makefile makes the C. */
#ifndef BW_SCENARIO_XSD_H
#define BW_SCENARIO_XSD_H

#include <stddef.h>

extern const unsigned char bw_scenario_xsd[];
extern const size_t bw_scenario_xsd_len;

#endif
