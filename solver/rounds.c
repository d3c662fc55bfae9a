/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children work on the population (memetic.h). Kicks (polish.h) and programs
 * (improve.h) work on a plan of their own: the incumbent, until they have long
 * changed nothing; then the incumbent with many units of a few related reps
 * moved among these, where d(u,r) is small, to go down from there into
 * something else. Whatever gets better than the incumbent is offered to it,
 * and the plan of kicks and programs begins again from a better incumbent.
 * What an incumbent gains is booked to the kind that was on turn (choice.h);
 * programs rest where all they could try has been tried and the plan has not
 * changed since. */
#include "rounds.h"

#include "bw/settings.h"
#include "random.h"

#include <math.h>
#include <string.h>

enum {
    SEEKING = 20,      /* rounds to find a first plan */
    LARGE = 20000,     /* units: whole plans are too much for single kicks */
    SHAKEN_REPS = 4,   /* of the incumbent, when nothing is found any more */
    PATIENCE = 3000000 /* work a unit without gain before that */
};

static const double shaken_part = 0.4; /* of the units of these reps */

static bool alloc_rounds(bw_rounds *r)
{
    size_t n_reps = (size_t)r->net->n_reps;
    r->shaken = bw_alloc((size_t)r->net->n_units, sizeof *r->shaken);
    r->lost = bw_alloc(n_reps, sizeof *r->lost);
    r->set = bw_alloc(n_reps, sizeof *r->set);
    return r->shaken && r->lost && r->set;
}

bw_status bw_rounds_new(const bw_net *net, bw_regions *regions,
                        bw_searcher *searcher, bw_tolls *tolls,
                        const bw_work *work, uint64_t seed, bw_rounds **rounds)
{
    *rounds = NULL;
    bw_rounds *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->regions = regions;
    made->random = bw_random_stream(seed, 0, 55);
    bool single = net->n_reps < 2; /* nobody to trade with */
    bool *barred = made->choice.barred;
    barred[BW_KICKS] = single || (net->off & BW_OFF_POLISH);
    barred[BW_PROGRAMS] = made->no_programs =
        single || (net->off & BW_OFF_PROGRAMS);
    barred[BW_CHILDREN] =
        (!single && !net->any_hard && net->n_units > LARGE) ||
        ((net->off & BW_OFF_CHILDREN) &&
         !(barred[BW_KICKS] && barred[BW_PROGRAMS])); /* something is left */
    made->choice.alike = !net->any_hard;
    made->choice.fallback =
        BW_CHILDREN; /* hard capacities: they found it all */
    bw_status status = alloc_rounds(made) ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_incumbent_new(net->instance, &made->current);
    if (status == BW_OK)
        status = bw_memetic_new(net, searcher, tolls, seed, &made->memetic);
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
    bw_incumbent_free(rounds->current);
    bw_free(rounds->shaken);
    bw_free(rounds->lost);
    bw_free(rounds->set);
    bw_free(rounds);
}

bw_status bw_rounds_seek(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent)
{
    bw_status status = BW_OK;
    for (int i = 0;
         i < SEEKING && status == BW_OK && !bw_incumbent_good(incumbent) &&
         !bw_work_stopped(work, NULL);
         i++)
        status = bw_memetic_round(rounds->memetic, work, incumbent->rep,
                                  incumbent, spent);
    return status;
}

bw_status bw_rounds_first(bw_rounds *rounds, bw_work *work,
                          bw_incumbent *incumbent, int64_t amount,
                          int64_t *spent)
{
    int64_t until = *spent + amount;
    bw_status status = BW_OK;
    while (status == BW_OK && *spent < until && !bw_work_stopped(work, NULL))
        status = bw_rounds_next(rounds, work, incumbent, spent);
    return status;
}

/* --- the plan that kicks and programs work on --- */

static void start_from(bw_rounds *r, const bw_incumbent *incumbent,
                       const int32_t *rep)
{
    bw_incumbent_set(r->current, rep);
    r->based_on = incumbent->objective;
    r->idle = 0;
    r->choice.barred[BW_PROGRAMS] = r->no_programs;
}

/* The incumbent with some units of a few reps moved at random among these. */
static void shake(bw_rounds *r, const bw_incumbent *incumbent)
{
    const bw_net *net = r->net;
    size_t n_units = (size_t)net->n_units;
    memcpy(r->shaken, incumbent->rep, n_units * sizeof *r->shaken);
    bw_net_lost(net, incumbent->rep, incumbent->load, r->lost);
    bw_regions_begin(r->regions, r->lost);
    int32_t n = bw_regions_pick(r->regions, SHAKEN_REPS, &r->random, r->set);
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        bool inside = false;
        for (int32_t i = 0; i < n; i++)
            inside |= r->set[i] == incumbent->rep[unit];
        if (!inside || bw_random_unit(&r->random) >= shaken_part)
            continue;
        int32_t to = r->set[bw_random_below(&r->random, n)];
        int64_t arc = bw_net_arc(net, unit, to);
        if (arc >= 0 && net->reduced[arc] <= 3 * net->scale)
            r->shaken[unit] = to;
    }
    start_from(r, incumbent, r->shaken);
}

static void keep_current(bw_rounds *r, const bw_incumbent *incumbent)
{
    int64_t patience = PATIENCE * (int64_t)r->net->n_units;
    if (!r->current->any || incumbent->objective < r->based_on)
        start_from(r, incumbent, incumbent->rep);
    else if (r->idle > patience && r->net->n_reps > 1)
        shake(r, incumbent);
}

/* --- rounds --- */

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
                                 bw_memetic_hardness(r->memetic), r->current,
                                 spent);
    case BW_PROGRAMS:
    case BW_N_KINDS:
        break;
    }
    return bw_improver_round(r->improver, work, r->current, spent, tried);
}

typedef struct state_of_current {
    bw_wide objective, outside;
} state_of_current;

static bool better(const bw_incumbent *a, const bw_incumbent *b)
{
    return a->outside < b->outside ||
           (a->outside == b->outside && a->objective < b->objective);
}

bw_status bw_rounds_next(bw_rounds *rounds, bw_work *work,
                         bw_incumbent *incumbent, int64_t *spent)
{
    bw_rounds *r = rounds;
    keep_current(r, incumbent);
    bw_kind what = bw_choice_next(&r->choice);
    bool had = bw_incumbent_good(incumbent), tried;
    double before = had ? bw_from_fine(incumbent->objective) : 0, gain = 0;
    state_of_current was = {r->current->objective, r->current->outside};
    int64_t already = *spent;
    bw_status status = run(r, what, work, incumbent, spent, &tried);
    if (*spent == already)
        *spent += 100000;
    bool moved = was.objective != r->current->objective ||
                 was.outside != r->current->outside;
    if (what != BW_CHILDREN)
        r->idle = moved ? 0 : r->idle + *spent - already;
    if (better(r->current, incumbent)) {
        bw_incumbent_offer(incumbent, r->current->rep);
        r->based_on = incumbent->objective;
    }
    if (had && bw_incumbent_good(incumbent))
        gain = (before - bw_from_fine(incumbent->objective)) /
               fmax(1, fabs(before));
    bw_choice_paid(&r->choice, what, gain, *spent - already);
    /* Programs over the same reps come out the same until the plan changes. */
    if (what == BW_PROGRAMS && !tried)
        r->choice.barred[BW_PROGRAMS] = true;
    else if (moved && what == BW_KICKS && !r->no_programs)
        r->choice.barred[BW_PROGRAMS] = false;
    return status;
}
