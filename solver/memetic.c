/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans are compared by money + hardness x what they are outside hard limits
 * and budgets, hardness being what local optima are made with as well: it
 * rises while fewer than a tenth of them are inside and falls when more than
 * three tenths are. Founders are the start, and the start with a few units
 * moved at random, each descended as a whole. A child takes a share of one
 * member's x[u,r] where they differ from another's, is descended around these
 * units and kicked. It stands in for the member that is nearly the same, else
 * for the worst, if it is better. When children have long stood in for nobody,
 * founders are made anew, at a distance from the best plan that is drawn.
 *
 * All children of a round are made from the members before it and put in by
 * their number after it, hence the plans are the same for any number of
 * threads. */
#include "memetic.h"

#include "random.h"

#include <math.h>
#include <string.h>

enum {
    CHILDREN = 16, /* of a round: enough to keep some cores busy */
    MOST = 12,     /* members */
    KICKS = 30,    /* of a child */
    PATIENCE = 50, /* children a member in turn, none of which stood in */
    ANEW = 1000    /* a stream of chance apart from the children's */
};

/* Of the founders after the first ones, at most. */
static const double later_shake = 0.4;

typedef struct member {
    int32_t *rep; /* [n_units] */
    bw_worth worth;
} member;

struct bw_memetic {
    const bw_net *net;
    bw_searcher *searcher;
    uint64_t seed, round;
    member member[MOST];
    int32_t n_members, wanted, n_idle;
    double shake, share; /* founders moved at random; choices crossed */
    double hardness;
    bw_hunt hunt[CHILDREN];
    int32_t *space; /* result and good of each child */
    bw_tolls *tolls;
    int64_t *use; /* [CHILDREN * n_budgets] */
};

bw_status bw_memetic_new(const bw_net *net, bw_searcher *searcher,
                         bw_tolls *tolls, uint64_t seed, bw_memetic **memetic)
{
    *memetic = NULL;
    bw_memetic *m = bw_alloc(1, sizeof *m);
    if (!m)
        return BW_NOMEM;
    bool few = net->n_units <= 600;
    *m = (bw_memetic){.net = net,
                      .searcher = searcher,
                      .tolls = tolls,
                      .seed = seed,
                      .wanted = few ? MOST : 4,
                      .shake = few ? 0.02 : 0.01,
                      .share = few ? 0.15 : 0.05,
                      .hardness = 1};
    size_t n_units = (size_t)net->n_units;
    m->space = bw_alloc(2 * CHILDREN * n_units, sizeof *m->space);
    m->use = bw_alloc(CHILDREN * (size_t)net->n_budgets, sizeof *m->use);
    bool ok = m->space && m->use;
    for (int i = 0; i < m->wanted; i++) {
        m->member[i].rep = bw_alloc(n_units, sizeof(int32_t));
        ok = ok && m->member[i].rep;
    }
    if (!ok) {
        bw_memetic_free(m);
        return BW_NOMEM;
    }
    *memetic = m;
    return BW_OK;
}

void bw_memetic_free(bw_memetic *memetic)
{
    if (!memetic)
        return;
    for (int i = 0; i < memetic->wanted; i++)
        bw_free(memetic->member[i].rep);
    bw_free(memetic->space);
    bw_free(memetic->use);
    bw_free(memetic);
}

static double weighed(const bw_memetic *m, const bw_worth *worth)
{
    return worth->money + m->hardness * worth->outside;
}

static bw_status run_child(void *data, int32_t index, int thread)
{
    bw_memetic *m = data;
    return bw_searcher_run(&m->searcher[thread], &m->hunt[index]);
}

static void prepare(bw_memetic *m, const int32_t *start, int32_t index,
                    const atomic_int *stop)
{
    uint64_t random = bw_random_stream(m->seed, m->round, (uint64_t)index);
    size_t n_units = (size_t)m->net->n_units;
    bw_hunt *h = &m->hunt[index];
    *h = (bw_hunt){.rep = start, .kicks = KICKS, .stop = stop};
    h->result = m->space + 2 * (size_t)index * n_units;
    h->good = bw_net_limited(m->net) ? h->result + n_units : NULL;
    h->use = m->use + (int64_t)index * m->net->n_budgets;
    h->hardness = m->hardness;
    if (m->n_members < m->wanted) {
        h->share = m->n_members + index == 0 ? 0 : m->shake;
        h->whole = true;
    } else {
        int32_t a = bw_random_below(&random, m->n_members);
        int32_t b = bw_random_below(&random, m->n_members - 1);
        b += b >= a;
        h->rep = m->member[a].rep;
        h->other = m->member[b].rep;
        h->share = m->share;
    }
    h->random = random;
}

static int32_t differences(const bw_memetic *m, const int32_t *a,
                           const int32_t *b)
{
    int32_t n = 0;
    for (int32_t unit = 0; unit < m->net->n_units; unit++)
        n += a[unit] != b[unit];
    return n;
}

/* The member that the child stands in for: the one nearly the same, else the
 * worst; -1 if that one is as good. */
static int32_t place_of(const bw_memetic *m, const bw_hunt *child)
{
    int32_t worst = 0, nearest = 0, least = INT32_MAX;
    for (int32_t i = 0; i < m->n_members; i++) {
        int32_t d = differences(m, m->member[i].rep, child->result);
        if (d < least) {
            least = d;
            nearest = i;
        }
        if (weighed(m, &m->member[i].worth) >
            weighed(m, &m->member[worst].worth))
            worst = i;
    }
    int32_t rival = least < 1 + m->net->n_units / 100 ? nearest : worst;
    bool better =
        weighed(m, &child->worth) < weighed(m, &m->member[rival].worth);
    return better ? rival : -1;
}

static void insert(bw_memetic *m, const bw_hunt *child)
{
    int32_t at;
    if (m->n_members < m->wanted)
        at = m->n_members++;
    else
        at = place_of(m, child);
    m->n_idle = at < 0 ? m->n_idle + 1 : 0;
    if (at < 0)
        return;
    m->member[at].worth = child->worth;
    memcpy(m->member[at].rep, child->result,
           (size_t)m->net->n_units * sizeof(int32_t));
}

/* Between one and three of ten local optima should lie inside hard limits:
 * fewer, and they must weigh more; more, and they may weigh less. */
static void adapt(bw_memetic *m, int32_t n_optima, int32_t n_good)
{
    if (!bw_net_limited(m->net) || n_optima == 0)
        return;
    double part = (double)n_good / n_optima;
    double steps = n_optima / 500.0;
    if (part < 0.1)
        m->hardness *= pow(1.05, steps);
    else if (part > 0.3)
        m->hardness *= pow(0.97, steps);
    double most = n_good == 0 ? 1000 : 10;
    m->hardness = fmax(0.5, fmin(most, m->hardness));
}

/* Members that have nothing left to give each other make room for others, which
 * begin at any distance from the best plan. */
static void begin_anew(bw_memetic *m)
{
    if (m->n_idle < PATIENCE * m->wanted)
        return;
    m->n_members = 0;
    m->n_idle = 0;
    uint64_t random = bw_random_stream(m->seed, m->round, ANEW);
    m->shake = later_shake * bw_random_unit(&random);
}

bw_status bw_memetic_round(bw_memetic *memetic, bw_work *work,
                           const int32_t *start, bw_incumbent *incumbent,
                           int64_t *spent)
{
    bw_memetic *m = memetic;
    int32_t n = m->n_members < m->wanted ? m->wanted : CHILDREN;
    for (int32_t i = 0; i < n; i++)
        prepare(m, start, i, bw_work_stop(work));
    bw_status status = bw_work_run(work, n, run_child, m);
    if (status != BW_OK)
        return status;
    int32_t n_optima = 0, n_good = 0;
    for (int32_t i = 0; i < n; i++) {
        bw_hunt *h = &m->hunt[i];
        insert(m, h);
        bw_tolls_note(m->tolls, h->use);
        n_optima += h->n_optima;
        n_good += h->n_good;
        *spent += h->work;
        bw_incumbent_offer(incumbent,
                           h->good && h->any_good ? h->good : h->result);
    }
    adapt(m, n_optima, n_good);
    begin_anew(m);
    bw_tolls_adapt(m->tolls);
    m->round++;
    return BW_OK;
}

double bw_memetic_hardness(const bw_memetic *memetic)
{
    return memetic->hardness;
}
