/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two reps are near when many units could as well be with one as with the
 * other: affinity = sum over units of exp(-(above_j + above_k) / scale). The
 * nearest two groups are joined, affinity taken per rep, until none may grow.
 * Each group remembers its best partner, so that a join costs one row. */
#include "group.h"

#include "bw/alloc.h"

#include <math.h>

static const double far = 8; /* scales: exp(-8) is nothing */

typedef struct grouping {
    int32_t n, most;
    float *affinity; /* [n * n] symmetric; of groups, at their lowest reps */
    int32_t *size;   /* [n] 0: joined to another */
    int32_t *joined; /* [n] to whom */
    int32_t *mate;   /* [n] best partner, or -1 */
    double *score;   /* [n] with it */
} grouping;

/* near[n_reps]: scratch for the unit's arcs that count. */
static void count_unit(grouping *g, const bw_arcs *arcs, const double *above,
                       double scale, int32_t unit, int64_t *near)
{
    int32_t n = 0;
    for (int64_t a = arcs->first[unit]; a < arcs->first[unit + 1]; a++)
        if (above[a] <= far * scale)
            near[n++] = a;
    for (int32_t x = 0; x < n; x++)
        for (int32_t y = 0; y < x; y++) {
            int64_t i = arcs->rep[near[x]], j = arcs->rep[near[y]];
            float share =
                (float)exp(-(above[near[x]] + above[near[y]]) / scale);
            g->affinity[i * g->n + j] += share;
            g->affinity[j * g->n + i] += share;
        }
}

static void find_mate(grouping *g, int32_t i)
{
    g->mate[i] = -1;
    g->score[i] = 0;
    for (int32_t j = 0; j < g->n; j++) {
        int32_t both = g->size[i] + g->size[j];
        if (j == i || g->size[j] == 0 || both > g->most)
            continue;
        double score = (double)g->affinity[(int64_t)i * g->n + j] / both;
        if (score > g->score[i]) {
            g->score[i] = score;
            g->mate[i] = j;
        }
    }
}

static void join(grouping *g, int32_t i, int32_t j)
{
    int32_t n = g->n;
    g->size[i] += g->size[j];
    g->size[j] = 0;
    g->joined[j] = i;
    for (int32_t k = 0; k < n; k++) {
        float sum =
            g->affinity[(int64_t)i * n + k] + g->affinity[(int64_t)j * n + k];
        g->affinity[(int64_t)i * n + k] = sum;
        g->affinity[(int64_t)k * n + i] = sum;
    }
    for (int32_t k = 0; k < n; k++)
        if (g->size[k] > 0 &&
            (k == i || g->mate[k] == i || g->mate[k] == j ||
             (g->mate[k] >= 0 && g->size[k] + g->size[g->mate[k]] > g->most)))
            find_mate(g, k);
}

static void agglomerate(grouping *g)
{
    for (int32_t i = 0; i < g->n; i++)
        find_mate(g, i);
    for (;;) {
        int32_t best = -1;
        for (int32_t i = 0; i < g->n; i++)
            if (g->size[i] > 0 && g->mate[i] >= 0 &&
                (best < 0 || g->score[i] > g->score[best]))
                best = i;
        if (best < 0)
            return;
        int32_t mate = g->mate[best];
        join(g, best < mate ? best : mate, best < mate ? mate : best);
    }
}

static void number_groups(const grouping *g, int32_t *group, int32_t *n_groups)
{
    *n_groups = 0;
    for (int32_t i = 0; i < g->n;
         i++) { /* a group's lowest rep stands for it */
        int32_t root = i;
        while (g->size[root] == 0)
            root = g->joined[root];
        group[i] = root == i ? (*n_groups)++ : group[root];
    }
}

bw_status bw_group_reps(const bw_arcs *arcs, const double *above, double scale,
                        int32_t most, int32_t *group, int32_t *n_groups)
{
    size_t n = (size_t)arcs->n_reps;
    grouping g = {.n = arcs->n_reps, .most = most};
    g.affinity = bw_alloc(n * n, sizeof *g.affinity);
    g.size = bw_alloc(n, sizeof *g.size);
    g.joined = bw_alloc(n, sizeof *g.joined);
    g.mate = bw_alloc(n, sizeof *g.mate);
    g.score = bw_alloc(n, sizeof *g.score);
    int64_t *near = bw_alloc(n, sizeof *near);
    bw_status status = BW_NOMEM;
    if (g.affinity && g.size && g.joined && g.mate && g.score && near) {
        status = BW_OK;
        for (int32_t i = 0; i < g.n; i++)
            g.size[i] = 1;
        for (int32_t unit = 0; unit < arcs->n_units; unit++)
            count_unit(&g, arcs, above, scale, unit, near);
        agglomerate(&g);
        number_groups(&g, group, n_groups);
    }
    bw_free(g.affinity);
    bw_free(g.size);
    bw_free(g.joined);
    bw_free(g.mate);
    bw_free(g.score);
    bw_free(near);
    return status;
}
