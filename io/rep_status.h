/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Words for the status of a position, ours and those of CRM exports. */
#ifndef BW_REP_STATUS_H
#define BW_REP_STATUS_H

#include <stddef.h>

typedef enum bw_rep_word {
    BW_REP_SAYS_ACTIVE, /* also blank, enabled, yes, true, 1 ... */
    BW_REP_SAYS_VACANT,
    BW_REP_SAYS_LEAVING,
    BW_REP_SAYS_CANDIDATE,
    BW_REP_SAYS_INACTIVE, /* also disabled, no, false, 0 ... */
    BW_REP_SAYS_NOTHING   /* that we know */
} bw_rep_word;

bw_rep_word bw_rep_word_of(const char *text, size_t len);

#endif
