/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bandit over arms: how many reps form a set, which x[u,r] of theirs are
 * open (d(u,r) up to the arm's reach), how many nodes that is worth. An arm is
 * drawn in proportion to the square of its gain per work against the best
 * arm's, both fading with each of its tasks, and none falls to nothing. Sets
 * grow around reps drawn by what G(r) is above its least. They are disjoint
 * and share what budgets leave, so that their programs run side by side from
 * one plan and all their moves can be offered after one another. What an arm
 * found nothing in is not solved again before one of its reps has changed:
 * sets are remembered by a signature of arm, reps and their versions. */
#include "improve.h"

#include "random.h"

#include <math.h>
#include <string.h>

enum {
    TASKS = 24,    /* of a round at most */
    WIDEST = 12,   /* reps of a set at most */
    SEEN = 1 << 16 /* sets remembered as solved; a power of two */
};

/* A way to choose and solve a set. `reach` is in scales of net.h. */
typedef struct arm {
    int64_t nodes;
    double reach;
    int32_t n_reps;
    bool by_size;
} arm;

static const arm arms[] = {
    {1000, 4, 2, false},  {2000, 2, 3, false},  {3000, 4, 3, false},
    {4000, 1.2, 4, true}, {6000, 2.4, 4, true}, {6000, 1.2, 5, true},
    {8000, 0.8, 6, true},
};

enum {
    N_ARMS = sizeof arms / sizeof *arms
};

typedef struct record {
    double gain, work; /* fading sums */
} record;

struct bw_improver {
    const bw_net *net;
    bw_regions *regions;
    uint64_t seed, round;
    record record[N_ARMS];
    uint64_t *seen; /* [SEEN] signatures of solved sets */
    int32_t *member_first, *member;
    double *lost; /* [n_reps] */
    bw_core core[TASKS];
    int32_t rep[TASKS * WIDEST];
    int arm_of[TASKS];
    uint64_t signature[TASKS];
};

bw_status bw_improver_new(const bw_net *net, bw_regions *regions, uint64_t seed,
                          bw_improver **improver)
{
    *improver = NULL;
    bw_improver *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->regions = regions;
    made->seed = seed;
    made->seen = bw_alloc(SEEN, sizeof *made->seen);
    made->member_first =
        bw_alloc((size_t)net->n_reps + 2, sizeof *made->member_first);
    made->member = bw_alloc((size_t)net->n_units, sizeof *made->member);
    made->lost = bw_alloc((size_t)net->n_reps, sizeof *made->lost);
    if (!made->lost || !made->seen || !made->member_first || !made->member) {
        bw_improver_free(made);
        return BW_NOMEM;
    }
    for (int i = 0; i < N_ARMS; i++)
        made->record[i] = (record){1, 1e6 * (double)arms[i].nodes};
    *improver = made;
    return BW_OK;
}

void bw_improver_free(bw_improver *improver)
{
    if (!improver)
        return;
    bw_free(improver->seen);
    bw_free(improver->lost);
    bw_free(improver->member_first);
    bw_free(improver->member);
    bw_free(improver);
}

/* What an arm brings per work, against the best one's; none is given up. */
static int draw_arm(const bw_improver *m, uint64_t *random)
{
    double weight[N_ARMS], sum = 0, best = 0;
    for (int i = 0; i < N_ARMS; i++) {
        weight[i] = m->record[i].gain / m->record[i].work;
        best = fmax(best, weight[i]);
    }
    for (int i = 0; i < N_ARMS; i++) {
        double part = best > 0 ? weight[i] / best : 1;
        weight[i] = part * part + 0.04;
        sum += weight[i];
    }
    double u = bw_random_unit(random) * sum;
    for (int i = 0; i < N_ARMS; i++) {
        u -= weight[i];
        if (u < 0)
            return i;
    }
    return N_ARMS - 1;
}

/* Set, arm and the versions of its reps: nothing new can come of the same. */
static uint64_t sign(const bw_incumbent *from, const int32_t *rep, int32_t n,
                     int arm_number)
{
    uint64_t state = (uint64_t)arm_number + 1, sum = 0;
    for (int32_t i = 0; i < n; i++) {
        state ^= (uint64_t)rep[i] << 32 | (uint32_t)from->version[rep[i]];
        sum ^= bw_random(&state);
    }
    return sum | 1;
}

/* The next task of the round; false: no free rep is left. */
static bool add_task(bw_improver *m, const bw_incumbent *from, int32_t *n,
                     uint64_t *random)
{
    int which = draw_arm(m, random);
    int32_t *rep = m->rep + *n * WIDEST;
    int32_t n_reps =
        bw_regions_pick(m->regions, arms[which].n_reps, random, rep);
    if (n_reps == 0)
        return false;
    uint64_t signature = sign(from, rep, n_reps, which);
    if (n_reps < 2 || m->seen[signature % SEEN] == signature)
        return true;
    m->arm_of[*n] = which;
    m->signature[*n] = signature;
    m->core[*n] =
        (bw_core){.scope = {.net = m->net,
                            .from = from->rep,
                            .member_first = m->member_first,
                            .member = m->member,
                            .rep = rep,
                            .n_reps = n_reps,
                            .margin = arms[which].reach * m->net->scale},
                  .how = {.nodes = arms[which].nodes,
                          .step = bw_incumbent_good(from) ? m->net->step : 0,
                          .by_size = arms[which].by_size}};
    ++*n;
    return true;
}

/* Long tasks first, so that the threads end at about the same time. */
static void order(bw_improver *m, int32_t n)
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t j = i;
             j > 0 && arms[m->arm_of[j - 1]].nodes < arms[m->arm_of[j]].nodes;
             j--) {
            bw_core core = m->core[j];
            m->core[j] = m->core[j - 1];
            m->core[j - 1] = core;
            int which = m->arm_of[j];
            m->arm_of[j] = m->arm_of[j - 1];
            m->arm_of[j - 1] = which;
            uint64_t signature = m->signature[j];
            m->signature[j] = m->signature[j - 1];
            m->signature[j - 1] = signature;
        }
}

static bw_status run_core(void *data, int32_t index, int thread)
{
    (void)thread;
    bw_improver *m = data;
    if (atomic_load(m->core[index].stop))
        return BW_OK;
    return bw_core_solve(&m->core[index]);
}

static void merge(bw_improver *m, bw_incumbent *incumbent, int32_t n,
                  int64_t *spent)
{
    for (int32_t i = 0; i < n; i++) {
        bw_core *core = &m->core[i];
        record *r = &m->record[m->arm_of[i]];
        bool better =
            core->n_moves > 0 &&
            bw_incumbent_offer_moves(incumbent, core->n_moves, core->moves);
        bw_free(core->moves);
        core->moves = NULL;
        r->gain = 0.95 * r->gain + (better ? core->gain : 0);
        r->work = 0.95 * r->work + (double)core->work;
        *spent += core->work;
        if (!better && core->work > 0)
            m->seen[m->signature[i] % SEEN] = m->signature[i];
    }
}

bw_status bw_improver_round(bw_improver *improver, bw_work *work,
                            bw_incumbent *incumbent, int64_t *spent,
                            bool *tried)
{
    bw_improver *m = improver;
    uint64_t random = bw_random_stream(m->seed, m->round++, 77);
    int32_t n = 0;
    bw_members(m->net, incumbent->rep, m->member_first, m->member);
    bw_net_lost(m->net, incumbent->rep, incumbent->load, m->lost);
    bw_regions_begin(m->regions, m->lost);
    while (n < TASKS && add_task(m, incumbent, &n, &random))
        continue;
    order(m, n);
    for (int32_t i = 0; i < n; i++) {
        m->core[i].stop = bw_work_stop(work);
        m->core[i].scope.use = incumbent->use;
        m->core[i].scope.share = 1.0 / n;
    }
    bw_status status = bw_work_run(work, n, run_core, m);
    merge(m, incumbent, n, spent);
    *tried = n > 0;
    return status;
}
