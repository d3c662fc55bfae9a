/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The better payer goes on; the other one gets a turn now and then, since what
 * pays changes as the plan improves. */
#include "choice.h"

static const double fading = 0.9, least_share = 0.05;

bw_kind bw_choice_next(const bw_choice *choice)
{
    double rate[BW_N_KINDS];
    for (int kind = 0; kind < BW_N_KINDS; kind++) {
        if (choice->work[kind] <= 0)
            return (bw_kind)kind; /* not tried yet */
        rate[kind] = choice->gain[kind] / choice->work[kind];
    }
    bw_kind better =
        rate[BW_CHILDREN] > rate[BW_PROGRAMS] ? BW_CHILDREN : BW_PROGRAMS;
    bw_kind other = better == BW_CHILDREN ? BW_PROGRAMS : BW_CHILDREN;
    return choice->work[other] < least_share * choice->work[better] ? other
                                                                    : better;
}

void bw_choice_paid(bw_choice *choice, bw_kind kind, double gain, int64_t work)
{
    choice->gain[kind] = fading * choice->gain[kind] + gain;
    choice->work[kind] = fading * choice->work[kind] + (double)work;
}
