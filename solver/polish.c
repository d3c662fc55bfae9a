/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task of a round has its region's reps in play and all others' units out of
 * it, so that what it does costs by the region and not by the plan. Tasks
 * share no rep: each begins from the round's plan, and their moves are offered
 * one task after another. */
#include "polish.h"

#include "bw/settings.h"

#include "random.h"

#include <string.h>

enum {
    TASKS = 16,  /* of a round */
    REGION = 12, /* reps of a region */
    KICKS = 4,   /* of a region, for each of its reps */
    TRADE_UNITS = 2
};

typedef struct region {
    bw_hunt hunt;
    int32_t n_reps, rep[REGION];
    bw_move *moves; /* what changed, released after the merge */
    int32_t n_moves;
} region;

struct bw_polisher {
    const bw_net *net;
    bw_regions *regions;
    bw_searcher *searcher;
    uint64_t seed, round;
    region region[TASKS];
    int32_t *plan;   /* [threads * 2 * n_units] result and good of a task */
    uint8_t *active; /* [TASKS * n_reps] */
    double *lost;    /* [n_reps] */
};

bw_status bw_polisher_new(const bw_net *net, bw_regions *regions,
                          bw_searcher *searcher, const bw_work *work,
                          uint64_t seed, bw_polisher **polisher)
{
    *polisher = NULL;
    bw_polisher *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->regions = regions;
    made->searcher = searcher;
    made->seed = seed;
    size_t n_units = (size_t)net->n_units, n_reps = (size_t)net->n_reps;
    size_t threads = (size_t)bw_work_threads(work);
    made->plan = bw_alloc(threads * 2 * n_units, sizeof *made->plan);
    made->active = bw_alloc(TASKS * n_reps, sizeof *made->active);
    made->lost = bw_alloc(n_reps, sizeof *made->lost);
    if (!made->plan || !made->active || !made->lost) {
        bw_polisher_free(made);
        return BW_NOMEM;
    }
    *polisher = made;
    return BW_OK;
}

void bw_polisher_free(bw_polisher *polisher)
{
    if (!polisher)
        return;
    bw_free(polisher->plan);
    bw_free(polisher->active);
    bw_free(polisher->lost);
    bw_free(polisher);
}

/* The thread's plans are used again by its next task: what changed is kept. */
static bw_status keep_moves(const bw_polisher *p, region *r)
{
    const bw_hunt *h = &r->hunt;
    const int32_t *plan = h->good && h->any_good ? h->good : h->result;
    int32_t n = 0;
    for (int32_t unit = 0; unit < p->net->n_units; unit++)
        n += plan[unit] != h->rep[unit];
    r->moves = bw_alloc((size_t)n, sizeof *r->moves);
    if (!r->moves)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < p->net->n_units; unit++)
        if (plan[unit] != h->rep[unit])
            r->moves[r->n_moves++] = (bw_move){unit, plan[unit]};
    return BW_OK;
}

static bw_status run_region(void *data, int32_t index, int thread)
{
    bw_polisher *p = data;
    region *r = &p->region[index];
    r->hunt.result = p->plan + 2 * (size_t)thread * (size_t)p->net->n_units;
    if (bw_net_limited(p->net))
        r->hunt.good = r->hunt.result + p->net->n_units;
    bw_status status = bw_searcher_run(&p->searcher[thread], &r->hunt);
    return status == BW_OK ? keep_moves(p, r) : status;
}

/* False: no free rep is left. */
static bool prepare(bw_polisher *p, int32_t index, const bw_hunt *like,
                    uint64_t *random)
{
    region *r = &p->region[index];
    uint8_t *active = p->active + (size_t)index * (size_t)p->net->n_reps;
    *r = (region){.hunt = *like};
    r->n_reps = bw_regions_pick(p->regions, REGION, random, r->rep);
    memset(active, 0, (size_t)p->net->n_reps);
    for (int32_t i = 0; i < r->n_reps; i++)
        active[r->rep[i]] = 1;
    r->hunt.active = active;
    r->hunt.kicks = KICKS * r->n_reps;
    r->hunt.random = bw_random(random);
    return r->n_reps > 0;
}

static void merge(bw_polisher *p, int32_t n, bw_incumbent *incumbent,
                  int64_t *spent)
{
    for (int32_t i = 0; i < n; i++) {
        region *r = &p->region[i];
        *spent += r->hunt.work;
        if (r->n_moves > 0)
            bw_incumbent_offer_moves(incumbent, r->n_moves, r->moves);
        bw_free(r->moves);
    }
}

bw_status bw_polisher_round(bw_polisher *polisher, bw_work *work,
                            double hardness, bw_incumbent *incumbent,
                            int64_t *spent)
{
    bw_polisher *p = polisher;
    uint64_t random = bw_random_stream(p->seed, p->round++, 99);
    bw_hunt like = {.rep = incumbent->rep,
                    .trade_units =
                        p->net->off & BW_OFF_TRADES ? 0 : TRADE_UNITS,
                    .regions = p->regions,
                    .hardness = hardness,
                    .stop = bw_work_stop(work)};
    int32_t n = 0;
    bw_net_lost(p->net, incumbent->rep, incumbent->load, p->lost);
    bw_regions_begin(p->regions, p->lost);
    while (n < TASKS && prepare(p, n, &like, &random))
        n++;
    bw_status status = bw_work_run(work, n, run_region, p);
    merge(p, n, incumbent, spent);
    return status;
}
