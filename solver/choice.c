/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best payer goes on; the others get a turn now and then, since what pays
 * changes as the plan improves. Where none pays any more, all get the same: the
 * rare gain that is left may be any one's. */
#include "choice.h"

static const double fading = 0.9;
static const double worth =
    1e-7; /* of the objective, fading: less is nothing */
static const double least_share = 0.05; /* of the work, for each kind */

/* The kind that had the least work lately, of those that may be chosen. */
static bw_kind most_waited(const bw_choice *choice)
{
    int least = -1;
    for (int kind = 0; kind < BW_N_KINDS; kind++)
        if (!choice->barred[kind] &&
            (least < 0 || choice->total[kind] < choice->total[least]))
            least = kind;
    return (bw_kind)least;
}

bw_kind bw_choice_next(const bw_choice *choice)
{
    int best = -1;
    double most = 0;
    for (int kind = 0; kind < BW_N_KINDS; kind++) {
        if (choice->barred[kind])
            continue;
        if (choice->work[kind] <= 0 ||
            choice->last[kind] < least_share * choice->waited[kind])
            return (bw_kind)kind;
        double rate = choice->gain[kind] / choice->work[kind];
        if (choice->gain[kind] > worth && rate > most) {
            best = kind;
            most = rate;
        }
    }
    return best < 0 ? most_waited(choice) : (bw_kind)best;
}

void bw_choice_paid(bw_choice *choice, bw_kind kind, double gain, int64_t work)
{
    choice->gain[kind] = fading * choice->gain[kind] + gain;
    choice->work[kind] = fading * choice->work[kind] + (double)work;
    choice->last[kind] = (double)work;
    for (int other = 0; other < BW_N_KINDS; other++)
        choice->waited[other] += (double)work;
    choice->waited[kind] = 0;
    choice->total[kind] += (double)work;
}
