/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The affinity of reps r and s is the sum, over units near both, of
 * exp(-(d(u,r) + d(u,s)) / scale): a unit that x[u,r] and x[u,s] suit alike
 * counts 1, one that clearly belongs to either nothing. Sets grow by drawing
 * neighbours of what is in them, by affinity and chance, so that the same rep
 * has another company the next time; groups join along the strongest ties
 * while they are small enough. */
#include "region.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"

void bw_regions_free(bw_regions *regions)
{
    if (!regions)
        return;
    bw_free(regions->neighbour);
    bw_free(regions->affinity);
    bw_free(regions->used);
    bw_free(regions->taken);
    bw_free(regions->pull);
    bw_free(regions->fringe);
    bw_free(regions);
}

/* Adds what the units near `rep` have in common with other reps. */
static int32_t gather(const bw_net *net, int32_t rep, double *sum,
                      int32_t *seen)
{
    int32_t n = 0;
    for (int64_t i = net->into_first[rep]; i < net->into_first[rep + 1]; i++) {
        int32_t unit = net->into_unit[i];
        const int32_t *near = net->near + (int64_t)unit * net->n_near;
        int64_t first = net->arcs->first[unit];
        double own = net->reduced[bw_net_arc(net, unit, rep)];
        for (int32_t j = 0; j < net->n_near && near[j] >= 0; j++) {
            int32_t other = net->arcs->rep[first + near[j]];
            if (other == rep)
                continue;
            if (sum[other] == 0)
                seen[n++] = other;
            sum[other] +=
                exp(-(own + net->reduced[first + near[j]]) / net->scale) +
                1e-12;
        }
    }
    return n;
}

/* Keeps the strongest, by falling affinity, ties to the lower rep. */
static void keep(bw_regions *regions, int32_t rep, int32_t other, double weight)
{
    int32_t *list = regions->neighbour + (int64_t)rep * BW_NEIGHBOURS;
    double *affinity = regions->affinity + (int64_t)rep * BW_NEIGHBOURS;
    int at = BW_NEIGHBOURS;
    while (at > 0 && (list[at - 1] < 0 || affinity[at - 1] < weight ||
                      (affinity[at - 1] == weight && list[at - 1] > other)))
        at--;
    if (at == BW_NEIGHBOURS)
        return;
    size_t behind = (size_t)(BW_NEIGHBOURS - at - 1);
    memmove(list + at + 1, list + at, behind * sizeof *list);
    memmove(affinity + at + 1, affinity + at, behind * sizeof *affinity);
    list[at] = other;
    affinity[at] = weight;
}

static void fill(bw_regions *regions, const bw_net *net)
{
    size_t n = (size_t)net->n_reps * BW_NEIGHBOURS;
    memset(regions->neighbour, 0xff, n * sizeof *regions->neighbour);
    for (int32_t rep = 0; rep < net->n_reps; rep++) {
        int32_t seen = gather(net, rep, regions->pull, regions->fringe);
        for (int32_t i = 0; i < seen; i++) {
            int32_t other = regions->fringe[i];
            keep(regions, rep, other, regions->pull[other]);
            regions->pull[other] = 0;
        }
    }
}

bw_status bw_regions_new(const bw_net *net, bw_regions **regions)
{
    *regions = NULL;
    bw_regions *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    size_t n = (size_t)net->n_reps;
    made->n_reps = net->n_reps;
    made->neighbour = bw_alloc(n * BW_NEIGHBOURS, sizeof *made->neighbour);
    made->affinity = bw_alloc(n * BW_NEIGHBOURS, sizeof *made->affinity);
    made->used = bw_alloc(n, sizeof *made->used);
    made->taken = bw_alloc(n, sizeof *made->taken);
    made->pull = bw_alloc(n, sizeof *made->pull);
    made->fringe = bw_alloc(n, sizeof *made->fringe);
    if (!made->neighbour || !made->affinity || !made->used || !made->taken ||
        !made->pull || !made->fringe) {
        bw_regions_free(made);
        return BW_NOMEM;
    }
    fill(made, net);
    *regions = made;
    return BW_OK;
}

void bw_regions_begin(bw_regions *regions, const double *weight)
{
    regions->weight = weight;
    memset(regions->taken, 0, (size_t)regions->n_reps);
}

static int32_t longest_waiting(const bw_regions *regions)
{
    int32_t best = -1;
    for (int32_t rep = 0; rep < regions->n_reps; rep++)
        if (!regions->taken[rep] &&
            (best < 0 || regions->used[rep] < regions->used[best]))
            best = rep;
    return best;
}

/* A free rep, with a chance in proportion to its weight. */
static int32_t weightiest(const bw_regions *regions, uint64_t *random)
{
    int32_t best = -1;
    double least = 0;
    for (int32_t rep = 0; rep < regions->n_reps; rep++) {
        double late = -log(1 - bw_random_unit(random)) / regions->weight[rep];
        if (!regions->taken[rep] && (best < 0 || late < least)) {
            best = rep;
            least = late;
        }
    }
    return best;
}

/* Its neighbours are drawn by what they have in common with the set. */
static int32_t widen(bw_regions *regions, int32_t rep, int32_t n_fringe)
{
    for (int32_t i = 0; i < BW_NEIGHBOURS; i++) {
        int64_t at = (int64_t)rep * BW_NEIGHBOURS + i;
        int32_t other = regions->neighbour[at];
        if (other < 0)
            break;
        if (regions->taken[other])
            continue;
        if (regions->pull[other] == 0)
            regions->fringe[n_fringe++] = other;
        regions->pull[other] += regions->affinity[at];
    }
    return n_fringe;
}

static int32_t draw(const bw_regions *regions, int32_t n_fringe,
                    uint64_t *random)
{
    int32_t best = -1;
    double most = -1;
    for (int32_t i = 0; i < n_fringe; i++) {
        int32_t rep = regions->fringe[i];
        double score = regions->pull[rep] * (0.05 + bw_random_unit(random));
        if (!regions->taken[rep] && score > most) {
            most = score;
            best = rep;
        }
    }
    return best;
}

static void sort_reps(int32_t *rep, int32_t n)
{
    for (int32_t i = 1; i < n; i++)
        for (int32_t j = i; j > 0 && rep[j - 1] > rep[j]; j--) {
            int32_t swap = rep[j];
            rep[j] = rep[j - 1];
            rep[j - 1] = swap;
        }
}

int32_t bw_regions_pick(bw_regions *regions, int32_t size, uint64_t *random,
                        int32_t *rep)
{
    int64_t now = 0;
    for (int32_t r = 0; r < regions->n_reps; r++)
        now = regions->used[r] > now ? regions->used[r] : now;
    int32_t n = 0, n_fringe = 0;
    int32_t next = regions->weight ? weightiest(regions, random)
                                   : longest_waiting(regions);
    while (next >= 0) {
        regions->taken[next] = 1;
        regions->used[next] = now + 1;
        rep[n++] = next;
        if (n == size)
            break;
        n_fringe = widen(regions, next, n_fringe);
        next = draw(regions, n_fringe, random);
    }
    for (int32_t i = 0; i < n_fringe; i++)
        regions->pull[regions->fringe[i]] = 0;
    sort_reps(rep, n);
    return n;
}

typedef struct tie {
    double affinity;
    int32_t a, b;
} tie;

static int by_affinity(const void *x, const void *y)
{
    const tie *s = x, *t = y;
    if (s->affinity != t->affinity)
        return s->affinity > t->affinity ? -1 : 1;
    if (s->a != t->a)
        return s->a < t->a ? -1 : 1;
    return (s->b > t->b) - (s->b < t->b);
}

static int32_t root(int32_t *group, int32_t rep)
{
    while (group[rep] != rep) {
        group[rep] = group[group[rep]];
        rep = group[rep];
    }
    return rep;
}

/* Joins groups along the strongest ties first, while they stay small enough. */
static void join(tie *ties, int64_t n, int32_t largest, int32_t *group,
                 int32_t *size)
{
    qsort(ties, (size_t)n, sizeof *ties, by_affinity);
    for (int64_t i = 0; i < n; i++) {
        int32_t a = root(group, ties[i].a), b = root(group, ties[i].b);
        if (a == b || size[a] + size[b] > largest)
            continue;
        int32_t first = a < b ? a : b, other = a < b ? b : a;
        group[other] = first;
        size[first] += size[other];
    }
}

bw_status bw_regions_groups(const bw_regions *regions, int32_t largest,
                            int32_t *group, int32_t *n)
{
    int32_t n_reps = regions->n_reps;
    size_t room = (size_t)n_reps * BW_NEIGHBOURS;
    tie *ties = bw_alloc(room, sizeof *ties);
    int32_t *size = bw_alloc((size_t)n_reps, sizeof *size);
    int64_t n_ties = 0;
    if (!ties || !size) {
        bw_free(ties);
        bw_free(size);
        return BW_NOMEM;
    }
    for (int32_t rep = 0; rep < n_reps; rep++) {
        group[rep] = rep;
        size[rep] = 1;
        for (int32_t i = 0; i < BW_NEIGHBOURS; i++) {
            int64_t at = (int64_t)rep * BW_NEIGHBOURS + i;
            if (regions->neighbour[at] >= 0)
                ties[n_ties++] =
                    (tie){regions->affinity[at], rep, regions->neighbour[at]};
        }
    }
    join(ties, n_ties, largest, group, size);
    *n = 0;
    for (int32_t rep = 0; rep < n_reps; rep++)
        size[rep] = root(group, rep) == rep ? (*n)++ : -1;
    for (int32_t rep = 0; rep < n_reps; rep++)
        ties[rep].a = size[root(group, rep)];
    for (int32_t rep = 0; rep < n_reps; rep++)
        group[rep] = ties[rep].a;
    bw_free(ties);
    bw_free(size);
    return BW_OK;
}
