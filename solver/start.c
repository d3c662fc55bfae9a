/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The relaxation's x[u,r] are 0 or 1 for all but few units, and rounding those
 * few, one descent repairs most: a plan within a second. Where budgets bind,
 * it is repeated while their prices v are off (tolls.h). A dive does the
 * rounding with care, and its simplex pays by the size of the program: so reps
 * are parted into groups that compete for the same units, each group's dive
 * has the units rounded into it and a share of what budgets leave, all run
 * side by side, and one descent mends what the seams cost. */
#include "start.h"

#include "closing.h"
#include "dive.h"
#include "fill.h"

#include <math.h>
#include <string.h>

enum {
    TRIALS = 8, /* of tolls */
    WAVES = 6,  /* of dives: after each the plan takes over what they found */
    WAVE = 4,   /* dives in a wave at least */
    GROUP = 13  /* reps of a dive at most: on 2,000 units with 50 reps, groups
                 * of 13 ended 1.6 % above the bound, of 25 1.8 %, of 8 2.0 %,
                 * in half, all and a quarter of the time */
};

/* Arcs of a dive, in scales of net.h. The more units a rep has, the less each
 * matters, and the nearer are the arcs that decide. 50 a rep (10,000 by 200):
 * 8 ended 1.47 % above the bound, 2 and 1 1.9 and 1.7 %; 100 a rep (50,000 by
 * 500): 2 ended at 0.56 %, 0.5 at 0.50 % after a fifth of the work. */
static double reach(const bw_net *net)
{
    double units = (double)net->n_units / net->n_reps;
    return fmax(0.25, fmin(8, 8 * pow(50 / units, 4)));
}

/* All dives together take as long on one core as so many first descents: 9 at
 * 2,000 by 50, 17 at 10,000 by 200. */
static const double descents = 16;

static int32_t cheapest(const bw_net *net, int32_t unit)
{
    return net->arcs
        ->rep[net->arcs->first[unit] + net->near[(int64_t)unit * net->n_near]];
}

/* Each unit at its largest part in the relaxation, where it has that arc. */
static void round_off(const bw_start *s, int32_t *rep)
{
    const bw_net *net = s->net;
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        rep[unit] = s->prices->best_rep[unit];
        if (bw_net_arc(net, unit, rep[unit]) < 0)
            rep[unit] = cheapest(net, unit);
    }
}

typedef struct descent {
    bw_start *start;
    bw_hunt hunt;
} descent;

static bw_status descend(void *data, int32_t index, int thread)
{
    (void)index;
    descent *d = data;
    return bw_searcher_run(&d->start->searcher[thread], &d->hunt);
}

/* One descent from there, offered to the incumbent with what it began from. */
static bw_status improve(bw_start *s, const int32_t *rep, int32_t *result)
{
    descent d = {s,
                 {.rep = rep,
                  .whole = true,
                  .trade_units = 2,
                  .regions = s->regions,
                  .hardness = 1,
                  .random = s->settings->seed,
                  .stop = bw_work_stop(s->work),
                  .result = result}};
    d.hunt.use = bw_alloc((size_t)s->net->n_budgets, sizeof *d.hunt.use);
    if (!d.hunt.use)
        return BW_NOMEM;
    bw_incumbent_offer(s->incumbent, rep);
    bw_status status = bw_work_run(s->work, 1, descend, &d);
    s->spent += d.hunt.work;
    bw_tolls_note(s->tolls, d.hunt.use);
    bw_free(d.hunt.use);
    if (status == BW_OK)
        bw_incumbent_offer(s->incumbent, result);
    return status;
}

typedef struct pouring {
    bw_start *start;
    int32_t *rep;
    int64_t work;
} pouring;

static bw_status pour(void *data, int32_t index, int thread)
{
    (void)index;
    (void)thread;
    pouring *p = data;
    return bw_fill(p->start->net, bw_work_stop(p->start->work), p->rep,
                   &p->work);
}

bw_status bw_start_filled(bw_start *start)
{
    pouring p = {.start = start};
    p.rep = bw_alloc((size_t)start->net->n_units, sizeof *p.rep);
    bw_status status = p.rep ? bw_work_run(start->work, 1, pour, &p) : BW_NOMEM;
    if (status == BW_OK)
        bw_incumbent_offer(start->incumbent, p.rep);
    start->spent += p.work;
    bw_free(p.rep);
    return status;
}

/* The same as long as the prices v are off. */
static bw_status improve_often(bw_start *s, const int32_t *rep, int32_t *result)
{
    double begun = bw_work_seconds(s->work);
    bw_status status = improve(s, rep, result);
    s->descent = bw_work_seconds(s->work) - begun;
    for (int i = 0; i < TRIALS && status == BW_OK; i++) {
        if (bw_work_stopped(s->work, NULL) || !bw_tolls_adapt(s->tolls))
            break;
        status = improve(s, rep, result);
    }
    return status;
}

/* The cheapest arc where there is none to the rep that was given. */
static void complete(const bw_net *net, const int32_t *given, int32_t *rep)
{
    for (int32_t unit = 0; unit < net->n_units; unit++) {
        rep[unit] = given[unit];
        if (rep[unit] < 0 || rep[unit] >= net->n_reps ||
            bw_net_arc(net, unit, rep[unit]) < 0)
            rep[unit] = cheapest(net, unit);
    }
}

bw_status bw_start_given(bw_start *start)
{
    int32_t *rep = bw_alloc((size_t)start->net->n_units, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    complete(start->net, start->settings->start, rep);
    bw_incumbent_offer(start->incumbent, rep);
    bw_free(rep);
    return BW_OK;
}

bw_status bw_start_improved(bw_start *start)
{
    size_t n = (size_t)start->net->n_units;
    if (bw_work_stopped(start->work, NULL))
        return BW_OK;
    int32_t *rep = bw_alloc(2 * n, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    memcpy(rep, start->incumbent->rep, n * sizeof *rep);
    bw_status status = improve_often(start, rep, rep + n);
    bw_free(rep);
    return status;
}

bw_status bw_start_rounded(bw_start *start)
{
    size_t n = (size_t)start->net->n_units;
    if (bw_incumbent_good(start->incumbent) &&
        bw_work_stopped(start->work, NULL))
        return BW_OK;
    int32_t *rep = bw_alloc(2 * n, sizeof *rep);
    if (!rep)
        return BW_NOMEM;
    /* Without a vertex of the relaxation the cheapest reps are far apart from
     * any plan. */
    if (start->prices->exact_lp || !start->incumbent->any)
        round_off(start, rep);
    else
        memcpy(rep, start->incumbent->rep, n * sizeof *rep);
    bw_status status = improve_often(start, rep, rep + n);
    bw_free(rep);
    return status;
}

typedef struct dives {
    bw_start *start;
    int32_t *rep;          /* [n_units] rounded */
    int32_t *result;       /* [n_units] the same with the dives so far */
    int32_t *merged;       /* [n_units] these, the rest as the plan has it */
    int32_t *improved;     /* [n_units] */
    int32_t *member_first; /* units by rep */
    int32_t *member;
    int32_t *group_first; /* [n + 1] reps by group */
    int32_t *group_rep;
    int32_t *group; /* [n_reps] */
    bw_dive *dive;  /* [n] */
    int64_t *use;   /* [n_budgets] of `rep` */
    int32_t n, ended;
} dives;

static bw_status run_dive(void *data, int32_t index, int thread)
{
    (void)thread;
    dives *d = data;
    if (atomic_load(bw_work_stop(d->start->work)))
        return BW_OK; /* its units stay as they were rounded */
    return bw_dive_run(&d->dive[d->ended + index]);
}

/* Lists reps by group. */
static void list_groups(dives *d)
{
    int32_t n_reps = d->start->net->n_reps, at = 0;
    for (int32_t g = 0; g < d->n; g++) {
        d->group_first[g] = at;
        for (int32_t rep = 0; rep < n_reps; rep++)
            if (d->group[rep] == g)
                d->group_rep[at++] = rep;
    }
    d->group_first[d->n] = at;
}

static void set_dives(dives *d)
{
    bw_start *s = d->start;
    const bw_net *net = s->net;
    bw_members(net, d->rep, d->member_first, d->member);
    bw_scope_use(net, d->rep, d->use);
    memcpy(d->result, d->rep, (size_t)net->n_units * sizeof *d->rep);
    for (int32_t g = 0; g < d->n; g++)
        d->dive[g] = (bw_dive){
            .scope = {.net = net,
                      .from = d->rep,
                      .member_first = d->member_first,
                      .member = d->member,
                      .rep = d->group_rep + d->group_first[g],
                      .n_reps = d->group_first[g + 1] - d->group_first[g],
                      .margin = reach(net) * net->scale,
                      .use = d->use,
                      .share = 1.0 / d->n},
            .trial_iterations = 80,
            .trial_size = 0.05,
            .stop = bw_work_stop(s->work),
            .result = d->result};
}

/* One descent from what the dives that came to their end have found, with the
 * plan as it is elsewhere; after the last of them nothing is elsewhere. */
static bw_status merge(dives *d)
{
    bw_start *s = d->start;
    bool any = false;
    for (int32_t unit = 0; unit < s->net->n_units; unit++) {
        const bw_dive *dive = &d->dive[d->group[d->rep[unit]]];
        any |= dive->complete;
        d->merged[unit] = dive->complete || d->ended == d->n
                              ? d->result[unit]
                              : s->incumbent->rep[unit];
    }
    return any ? improve(s, d->merged, d->improved) : BW_OK;
}

/* Time that is up within a wave ends its dives; what others have found is
 * finished in the time that is kept for the end. */
static bw_status run_waves(dives *d)
{
    bw_start *s = d->start;
    int32_t size = d->n / WAVES > WAVE ? d->n / WAVES : WAVE;
    bw_status status = BW_OK;
    bool stopped = false;
    while (status == BW_OK && d->ended < d->n && !stopped) {
        int32_t left = d->n - d->ended, n = left < size ? left : size;
        status = bw_work_run(s->work, n, run_dive, d);
        for (int32_t g = d->ended; g < d->ended + n; g++)
            s->spent += d->dive[g].work;
        stopped = bw_work_stopped(s->work, NULL);
        d->ended += stopped ? 0 : n;
        if (stopped)
            bw_work_limit(s->work, s->settings->seconds);
        if (status == BW_OK)
            status = merge(d);
        s->show(s->data);
    }
    return status;
}

/* Until more than half of the dives are there, the search is as good. */
static bool too_late(const dives *d)
{
    const bw_start *s = d->start;
    double left =
        bw_closing_search_seconds(s->settings) - bw_work_seconds(s->work);
    return 0.6 * descents * s->descent / bw_work_threads(s->work) > left;
}

static bool alloc_dives(dives *d)
{
    const bw_net *net = d->start->net;
    size_t n_units = (size_t)net->n_units, n_reps = (size_t)net->n_reps;
    d->rep = bw_alloc(5 * n_units + 4 * n_reps + 4, sizeof *d->rep);
    d->use = bw_alloc((size_t)net->n_budgets, sizeof *d->use);
    d->dive = bw_alloc(n_reps, sizeof *d->dive);
    if (!d->rep || !d->use || !d->dive)
        return false;
    d->result = d->rep + n_units;
    d->merged = d->result + n_units;
    d->improved = d->merged + n_units;
    d->member = d->improved + n_units;
    d->member_first = d->member + n_units;
    d->group_first = d->member_first + n_reps + 2;
    d->group_rep = d->group_first + n_reps + 1;
    d->group = d->group_rep + n_reps;
    return true;
}

bw_status bw_start_dive(bw_start *start)
{
    dives d = {.start = start};
    bw_status status = BW_NOMEM;
    if (alloc_dives(&d))
        status = bw_regions_groups(start->regions, GROUP, d.group, &d.n);
    if (status == BW_OK && !too_late(&d)) {
        round_off(start, d.rep);
        list_groups(&d);
        set_dives(&d);
        status = run_waves(&d);
    }
    bw_free(d.dive);
    bw_free(d.use);
    bw_free(d.rep);
    return status;
}
