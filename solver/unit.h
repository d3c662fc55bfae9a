/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Units: single accounts, and families that stay together. */
#ifndef BW_UNIT_H
#define BW_UNIT_H

#include "build.h"

/** Fills n_units, first_account, unit_account, account_unit. Units stand in
 * the order of their first accounts, accounts in file order inside a unit. */
bw_status bw_units_form(bw_build *build);

/** Fills owner[n_units] (allocated by the caller). BW_NOMEM. */
bw_status bw_units_own(bw_build *build);

#endif
