/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds.h"

enum {
    LARGE = 20000 /* units: whole plans are too much for single kicks */
};

bw_status bw_rounds_new(const bw_net *net, bw_regions *regions,
                        bw_searcher *searcher, const bw_work *work,
                        uint64_t seed, bw_rounds **rounds)
{
    *rounds = NULL;
    bw_rounds *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    bool single = net->n_reps < 2; /* nobody to trade with */
    bool *barred = made->choice.barred;
    barred[BW_KICKS] = barred[BW_PROGRAMS] = single;
    barred[BW_CHILDREN] = !single && !net->any_hard && net->n_units > LARGE;
    bw_status status = bw_memetic_new(net, searcher, seed, &made->memetic);
    if (status == BW_OK)
        status = bw_polisher_new(net, regions, searcher, work, seed,
                                 &made->polisher);
    if (status == BW_OK)
        status = bw_improver_new(net, regions, seed, &made->improver);
    if (status == BW_OK)
        *rounds = made;
    else
        bw_rounds_free(made);
    return status;
}

void bw_rounds_free(bw_rounds *rounds)
{
    if (!rounds)
        return;
    bw_memetic_free(rounds->memetic);
    bw_polisher_free(rounds->polisher);
    bw_improver_free(rounds->improver);
    bw_free(rounds);
}

/* *tried: false where there was nothing left to try. */
static bw_status run(bw_rounds *r, bw_kind what, bw_work *work,
                     bw_incumbent *incumbent, int64_t *spent, bool *tried)
{
    *tried = true;
    switch (what) {
    case BW_CHILDREN:
        return bw_memetic_round(r->memetic, work, incumbent->rep, incumbent,
                                spent);
    case BW_KICKS:
        return bw_polisher_round(r->polisher, work,
                                 bw_memetic_hardness(r->memetic), incumbent,
                                 spent);
    case BW_PROGRAMS:
    case BW_N_KINDS:
        break;
    }
    return bw_improver_round(r->improver, work, incumbent, spent, tried);
}

bw_status bw_rounds_next(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent)
{
    bw_rounds *r = rounds;
    bw_kind what = bw_choice_next(&r->choice);
    bool had = bw_incumbent_good(incumbent), tried;
    double before = had ? bw_from_fine(incumbent->objective) : 0, gain = 0;
    int64_t already = *spent;
    bw_status status = run(r, what, work, incumbent, spent, &tried);
    if (*spent == already)
        *spent += 100000;
    if (had && bw_incumbent_good(incumbent))
        gain = before - bw_from_fine(incumbent->objective);
    bw_choice_paid(&r->choice, what, gain, *spent - already);
    /* Programs over the same reps come out the same until the plan changes. */
    if (what == BW_PROGRAMS && !tried)
        r->choice.barred[BW_PROGRAMS] = true;
    else if (gain > 0 && r->net->n_reps > 1)
        r->choice.barred[BW_PROGRAMS] = false;
    return status;
}
