/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places for new positions: Lloyd's algorithm (k-means) on the unit sphere,
 * with the homes that there are as centres that do not move, begun as in
 * Arthur and Vassilvitskii, SODA 2007 (k-means++). Many accounts are first
 * gathered in cells of a grid: places need not be known to the metre. */
#include "bw/sites.h"

#include "bw/alloc.h"
#include "random.h"

#include <math.h>
#include <stdlib.h>

enum {
    MOST_CELLS = 20000,
    ROUNDS = 40
};

typedef struct cell {
    bw_vec at; /* sum of the points times their weights, then the unit
                * bw_vec of it */
    double weight;
    int64_t key;   /* of the grid */
    int32_t first; /* point that is in it */
} cell;

typedef struct gathering {
    cell *cell; /* [n] */
    int32_t n;
    bw_vec *centre; /* [n_fixed + count] */
    int32_t n_fixed, n_centres;
    int32_t *nearest; /* [n] */
    double *distance; /* [n] squared chord to the nearest */
} gathering;

static bw_point to_point(bw_vec v)
{
    const double degree = 3.14159265358979323846 / 180;
    double length = sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
    return (bw_point){asin(fmax(-1, fmin(1, v.z / length))) / degree,
                      atan2(v.y, v.x) / degree};
}

static double apart(bw_vec a, bw_vec b)
{
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    return x * x + y * y + z * z;
}

/* --- cells --- */

static int by_key(const void *a, const void *b)
{
    const cell *one = a, *other = b;
    if (one->key != other->key)
        return one->key > other->key ? 1 : -1;
    return (one->first > other->first) - (one->first < other->first);
}

static int64_t key_of(bw_point p, double degrees)
{
    int64_t row = (int64_t)floor((p.lat_deg + 90) / degrees);
    int64_t column = (int64_t)floor((p.lon_deg + 180) / degrees);
    return row * 1000000 + column;
}

/* Cells of one key become one. */
static int32_t merge(cell *cells, int32_t n)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < n; i++) {
        if (kept > 0 && cells[kept - 1].key == cells[i].key) {
            cell *to = &cells[kept - 1];
            to->at.x += cells[i].at.x;
            to->at.y += cells[i].at.y;
            to->at.z += cells[i].at.z;
            to->weight += cells[i].weight;
        } else {
            cells[kept++] = cells[i];
        }
    }
    return kept;
}

static void gather(gathering *g, const bw_point *point, const double *weight,
                   int32_t n)
{
    double degrees = n > MOST_CELLS ? 0.05 : 1e-4;
    do {
        g->n = 0;
        for (int32_t i = 0; i < n; i++) {
            if (!bw_point_known(point[i]) || !(weight[i] > 0))
                continue;
            bw_vec v = bw_geo_vec(point[i]);
            double w = weight[i];
            g->cell[g->n++] = (cell){
                {v.x * w, v.y * w, v.z * w}, w, key_of(point[i], degrees), i};
        }
        qsort(g->cell, (size_t)g->n, sizeof *g->cell, by_key);
        g->n = merge(g->cell, g->n);
        degrees *= 2;
    } while (g->n > MOST_CELLS);
    for (int32_t i = 0; i < g->n; i++)
        g->cell[i].at = bw_geo_vec(to_point(g->cell[i].at));
}

/* --- centres --- */

static void see_centre(gathering *g, int32_t c)
{
    for (int32_t i = 0; i < g->n; i++) {
        double d = apart(g->cell[i].at, g->centre[c]);
        if (d >= g->distance[i])
            continue;
        g->distance[i] = d;
        g->nearest[i] = c;
    }
}

static void see_all(gathering *g)
{
    for (int32_t i = 0; i < g->n; i++)
        g->distance[i] = (double)INFINITY;
    for (int32_t c = 0; c < g->n_centres; c++)
        see_centre(g, c);
}

/* The next one, where it is likely to bring much. False: everything lies at a
 * centre already. */
static bool begin_centre(gathering *g, uint64_t *random)
{
    double sum = 0, at;
    int32_t i = 0, last = -1;
    for (int32_t k = 0; k < g->n; k++)
        sum += g->cell[k].weight * fmin(g->distance[k], 4);
    if (!(sum > 0))
        return false;
    at = bw_random_unit(random) * sum;
    for (; i < g->n; i++) {
        double part = g->cell[i].weight * fmin(g->distance[i], 4);
        if (part > 0)
            last = i;
        at -= part;
        if (at < 0 && part > 0)
            break;
    }
    g->centre[g->n_centres] = g->cell[last].at;
    see_centre(g, g->n_centres++);
    return true;
}

static bool move_centres(gathering *g, bw_vec *sum)
{
    bool moved = false;
    for (int32_t c = 0; c < g->n_centres; c++)
        sum[c] = (bw_vec){0, 0, 0};
    for (int32_t i = 0; i < g->n; i++) {
        bw_vec *s = &sum[g->nearest[i]];
        s->x += g->cell[i].at.x * g->cell[i].weight;
        s->y += g->cell[i].at.y * g->cell[i].weight;
        s->z += g->cell[i].at.z * g->cell[i].weight;
    }
    for (int32_t c = g->n_fixed; c < g->n_centres; c++) {
        if (apart(sum[c], (bw_vec){0, 0, 0}) <= 0)
            continue;
        bw_vec to = bw_geo_vec(to_point(sum[c]));
        moved |= apart(to, g->centre[c]) > 1e-14;
        g->centre[c] = to;
    }
    return moved;
}

static bw_status settle(gathering *g, uint64_t seed, int32_t count)
{
    bw_vec *sum = bw_alloc((size_t)g->n_fixed + (size_t)count, sizeof *sum);
    if (!sum)
        return BW_NOMEM;
    g->n_centres = g->n_fixed;
    see_all(g);
    while (g->n_centres < g->n_fixed + count && begin_centre(g, &seed))
        ;
    for (int i = 0; i < ROUNDS && move_centres(g, sum); i++)
        see_all(g);
    bw_free(sum);
    return BW_OK;
}

bw_status bw_sites_find(const bw_point *point, const double *weight, int32_t n,
                        const bw_point *fixed, int32_t n_fixed, uint64_t seed,
                        bw_point *site, int32_t count, int32_t *found)
{
    gathering g = {.n_fixed = 0};
    g.cell = bw_alloc((size_t)n + 1, sizeof *g.cell);
    g.nearest = bw_alloc((size_t)n + 1, sizeof *g.nearest);
    g.distance = bw_alloc((size_t)n + 1, sizeof *g.distance);
    g.centre = bw_alloc((size_t)(n_fixed + count) + 1, sizeof *g.centre);
    bw_status status =
        g.cell && g.nearest && g.distance && g.centre ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        for (int32_t i = 0; i < n_fixed; i++)
            if (bw_point_known(fixed[i]))
                g.centre[g.n_fixed++] = bw_geo_vec(fixed[i]);
        gather(&g, point, weight, n);
        status = settle(&g, seed, count);
    }
    *found = 0;
    for (int32_t c = g.n_fixed; status == BW_OK && c < g.n_centres; c++)
        site[(*found)++] = to_point(g.centre[c]);
    bw_free(g.cell);
    bw_free(g.nearest);
    bw_free(g.distance);
    bw_free(g.centre);
    return status;
}
