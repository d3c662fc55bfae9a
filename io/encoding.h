/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Settles which encoding a file has, and makes its bytes UTF-8 text. */
#ifndef BW_ENCODING_H
#define BW_ENCODING_H

#include "encoding_state.h"

/** BW_INVALID: told, each line once at most. `bytes` and `lines` remain the
 * caller's to free whatever comes. */
bw_status bw_encoding_settle(bw_encoding *e);

#endif
