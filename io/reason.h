/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Why an account is where it is: one plain sentence, true by computation. */
#ifndef BW_REASON_H
#define BW_REASON_H

#include "buf.h"
#include "figures.h"

/**
 * Adds the sentence. It compares with what decides: the owner when the account
 * leaves one that could have kept it, else the cheapest rep, else the next
 * best. Amounts are differences of the objective, or of the account's own cost
 * where the sentence says "cheaper in itself"; for a family, the family's.
 */
void bw_reason(const bw_figures *figures, int32_t account, bw_buf *buf);

#endif
