/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best payer goes on; the others get a turn now and then, since what pays
 * changes as the plan improves. What lies back fades for all alike, by the work
 * done since: after a third of all work so far, to a half. So one round without
 * a gain is enough to tell that what paid long ago pays no more. (Fading by
 * rounds, on hard capacities the programs lived on their first gains and took
 * most of the time.) Where none pays any more, the fallback goes on, or all get
 * the same: the rare gain that is left may be any one's. */
#include "choice.h"

static const double memory = 1.0 / 3;
static const double least_share = 0.05; /* of the work, for each kind */
static const double worth = 1e-7;       /* faded gains below it are nothing */

/* The kind that had the least work, of those that may be chosen. */
static bw_kind least_served(const bw_choice *choice)
{
    int least = -1;
    for (int kind = 0; kind < BW_N_KINDS; kind++)
        if (!choice->barred[kind] &&
            (least < 0 || choice->served[kind] < choice->served[least]))
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
    if (best >= 0)
        return (bw_kind)best;
    bool alike = choice->alike || choice->barred[choice->fallback];
    return alike ? least_served(choice) : choice->fallback;
}

void bw_choice_paid(bw_choice *choice, bw_kind kind, double gain, int64_t work)
{
    choice->total += (double)work;
    double horizon = memory * choice->total;
    double stays = horizon / (horizon + (double)work);
    for (int i = 0; i < BW_N_KINDS; i++) {
        choice->gain[i] *= stays;
        choice->work[i] *= stays;
        choice->waited[i] += (double)work;
    }
    choice->gain[kind] += gain;
    choice->work[kind] += (double)work;
    choice->last[kind] = (double)work;
    choice->served[kind] += (double)work;
    choice->waited[kind] = 0;
}
