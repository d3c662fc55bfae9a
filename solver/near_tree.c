/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes are halved at the median of their longest side. */
#include "near_tree.h"

#include "bw/alloc.h"

#include <math.h>
#include <stdlib.h>

typedef struct spot {
    double at[3];
    double key; /* what it is sorted by */
    int32_t rep;
} spot;

typedef struct planting {
    bw_near *near;
    spot *spot; /* [n_reps] */
} planting;

static int by_key(const void *left, const void *right)
{
    const spot *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->rep > b->rep) - (a->rep < b->rep);
}

static int by_rep(const void *left, const void *right)
{
    const spot *a = left, *b = right;
    return (a->rep > b->rep) - (a->rep < b->rep);
}

static void enclose(const spot *spots, bw_near_box *box)
{
    double low[3], high[3];
    for (int axis = 0; axis < 3; axis++) {
        low[axis] = high[axis] = spots[box->first].at[axis];
        for (int32_t i = box->first + 1; i < box->last; i++) {
            low[axis] = fmin(low[axis], spots[i].at[axis]);
            high[axis] = fmax(high[axis], spots[i].at[axis]);
        }
    }
    box->low = (bw_vec){low[0], low[1], low[2]};
    box->high = (bw_vec){high[0], high[1], high[2]};
}

static int longest_axis(const bw_near_box *box)
{
    double x = box->high.x - box->low.x, y = box->high.y - box->low.y;
    double z = box->high.z - box->low.z;
    return x >= y && x >= z ? 0 : y >= z ? 1 : 2;
}

/* Boxes are split in the order of their numbers, so that a parent comes first
 * and nothing recurses. */
static void split(planting *p, int32_t number)
{
    bw_near *near = p->near;
    bw_near_box *box = &near->box[number];
    size_t n = (size_t)(box->last - box->first);
    spot *spots = p->spot + box->first;
    enclose(p->spot, box);
    if (n <= BW_LEAF_REPS) {
        qsort(spots, n, sizeof *spots, by_rep);
        return;
    }
    int axis = longest_axis(box);
    for (size_t i = 0; i < n; i++)
        spots[i].key = box->still ? 0 : spots[i].at[axis];
    qsort(spots, n, sizeof *spots, by_key);
    int32_t middle = box->first + (int32_t)(n / 2);
    box->child = near->n_boxes;
    near->box[near->n_boxes++] =
        (bw_near_box){.first = box->first, .last = middle, .still = box->still};
    near->box[near->n_boxes++] =
        (bw_near_box){.first = middle, .last = box->last, .still = box->still};
}

static void plant(planting *p, int32_t first, int32_t last, bool still)
{
    bw_near *near = p->near;
    if (first == last)
        return;
    int32_t next = near->n_boxes;
    near->root[near->n_roots++] = next;
    near->box[near->n_boxes++] =
        (bw_near_box){.first = first, .last = last, .still = still};
    for (; next < near->n_boxes; next++)
        split(p, next);
}

/* Those that travel first. */
static int32_t list_spots(const bw_pair_source *source, planting *p)
{
    int32_t n = 0, n_moving = 0;
    for (int still = 0; still < 2; still++) {
        for (int32_t rep = 0; rep < p->near->n_reps; rep++)
            if ((source->road_factor[rep] == 0) == still)
                p->spot[n++] = (spot){
                    {source->x[rep], source->y[rep], source->z[rep]}, 0, rep};
        n_moving = still ? n_moving : n;
    }
    return n_moving;
}

bw_status bw_near_new(bw_arena *arena, const bw_pair_source *source,
                      bw_near **near)
{
    int32_t n_reps = source->problem->reps.n_serving;
    size_t n = (size_t)n_reps;
    bw_near *made = bw_arena_alloc(arena, 1, sizeof *made);
    planting p = {made, bw_alloc(n, sizeof *p.spot)};
    *near = made;
    if (made) {
        made->n_reps = n_reps;
        /* A leaf holds more than 3 reps, and there are leaf + leaf - 1. */
        made->box = bw_arena_alloc(arena, n / 2 + 4, sizeof *made->box);
        made->rep = bw_arena_alloc(arena, n, sizeof *made->rep);
        made->home = bw_arena_alloc(arena, n, sizeof *made->home);
    }
    bool there = made && made->box && made->rep && made->home && p.spot;
    if (there) {
        int32_t n_moving = list_spots(source, &p);
        plant(&p, 0, n_moving, false);
        plant(&p, n_moving, n_reps, true);
        made->reach =
            n_moving ? source->reach[p.spot[0].rep] : (double)INFINITY;
        for (int32_t i = 0; i < n_reps; i++) {
            const double *at = p.spot[i].at;
            made->rep[i] = p.spot[i].rep;
            made->home[i] = (bw_vec){at[0], at[1], at[2]};
        }
    }
    bw_free(p.spot);
    return there ? BW_OK : BW_NOMEM;
}

static double beside(double low, double high, double at)
{
    return at < low ? low - at : at > high ? at - high : 0;
}

double bw_near_least(const bw_near_box *box, bw_vec at)
{
    double x = beside(box->low.x, box->high.x, at.x);
    double y = beside(box->low.y, box->high.y, at.y);
    double z = beside(box->low.z, box->high.z, at.z);
    return x * x + y * y + z * z;
}

double bw_near_most(const bw_near_box *box, bw_vec at)
{
    double x = fmax(at.x - box->low.x, box->high.x - at.x);
    double y = fmax(at.y - box->low.y, box->high.y - at.y);
    double z = fmax(at.z - box->low.z, box->high.z - at.z);
    return x * x + y * y + z * z;
}
