/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Namesakes are brought together by sorting, then joined by postal code and by
 * place. For places, space is cut into cubes so small that all inside one are
 * within the distance (side 1/sqrt(3) of it): a cube is joined as a whole, and
 * only cubes that lie up to two apart are compared, until one pair of them is
 * near enough; two that hold many are halved until their halves are all near or
 * all far. So ten thousand branches in one street cost no more than ten
 * thousand in as many towns. */
#include "duplicates.h"

#include "bw/alloc.h"
#include "sets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEW = 24,       /* namesakes that are compared each with each */
    TOGETHER = 256, /* so many pairs of two cubes too */
    REACH = 2,      /* cubes */
    OFFSET = 1 << 19,
    BITS = 20
};

/* Of the diagonal a little is left over for rounding and for the chord, which
 * is shorter than the way on the ground by 1e-9 of it. */
static const double side_km = 0.577 * BW_SAME_PLACE_KM;

typedef struct entry {
    uint64_t key;
    int32_t item;
} entry;

typedef struct search {
    const bw_namesake *item;
    int32_t *up;    /* towards the lowest of the group */
    entry *name;    /* [n] by name */
    entry *cell;    /* [n] of one name, by postal code, then by cube */
    int32_t *start; /* [n + 1] of the cubes in `cell` */
} search;

uint64_t bw_hash(const char *text, size_t len)
{
    uint64_t hash = 0xCBF29CE484222325U;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001B3U;
    return hash ? hash : 1;
}

static int by_key(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->item > b->item) - (a->item < b->item);
}

static bool is_near(const search *s, int32_t a, int32_t b)
{
    bw_point p = s->item[a].point, q = s->item[b].point;
    return bw_point_known(p) && bw_point_known(q) &&
           bw_geo_km(bw_geo_vec(p), bw_geo_vec(q)) <= BW_SAME_PLACE_KM;
}

static void join_few(search *s, const entry *same, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = i + 1; j < n; j++) {
            int32_t a = same[i].item, b = same[j].item;
            bool postal =
                s->item[a].postal && s->item[a].postal == s->item[b].postal;
            if (postal || is_near(s, a, b))
                bw_sets_join(s->up, a, b);
        }
}

static void join_postal(search *s, const entry *same, int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        s->cell[i] = (entry){s->item[same[i].item].postal, same[i].item};
    qsort(s->cell, (size_t)n, sizeof *s->cell, by_key);
    for (int32_t i = 1; i < n; i++)
        if (s->cell[i].key && s->cell[i].key == s->cell[i - 1].key)
            bw_sets_join(s->up, s->cell[i].item, s->cell[i - 1].item);
}

static uint64_t pack(int64_t x, int64_t y, int64_t z)
{
    return (uint64_t)(x + OFFSET) << 2 * BITS | (uint64_t)(y + OFFSET) << BITS |
           (uint64_t)(z + OFFSET);
}

static int64_t cube_of(double part)
{
    return (int64_t)floor(part * BW_EARTH_RADIUS_KM / side_km);
}

/* Cubes of those whose place is known; how many cubes. */
static int32_t make_cubes(search *s, const entry *same, int32_t n)
{
    int32_t known = 0, n_cubes = 0;
    for (int32_t i = 0; i < n; i++) {
        bw_point point = s->item[same[i].item].point;
        if (!bw_point_known(point))
            continue;
        bw_vec v = bw_geo_vec(point);
        s->cell[known++] = (entry){
            pack(cube_of(v.x), cube_of(v.y), cube_of(v.z)), same[i].item};
    }
    qsort(s->cell, (size_t)known, sizeof *s->cell, by_key);
    for (int32_t i = 0; i < known; i++) {
        if (i == 0 || s->cell[i].key != s->cell[i - 1].key)
            s->start[n_cubes++] = i;
        else
            bw_sets_join(s->up, s->cell[i].item, s->cell[i - 1].item);
    }
    s->start[n_cubes] = known;
    return n_cubes;
}

/* Entries of one cube, and the box around their places. */
typedef struct part {
    entry *from;
    int32_t n;
    double low[3], high[3]; /* km */
} part;

static void km_of(const search *s, const entry *e, double at[3])
{
    bw_vec v = bw_geo_vec(s->item[e->item].point);
    at[0] = v.x * BW_EARTH_RADIUS_KM;
    at[1] = v.y * BW_EARTH_RADIUS_KM;
    at[2] = v.z * BW_EARTH_RADIUS_KM;
}

static part part_of(const search *s, entry *from, int32_t n)
{
    part p = {.from = from, .n = n};
    for (int32_t i = 0; i < n; i++) {
        double at[3];
        km_of(s, &from[i], at);
        for (int d = 0; d < 3; d++) {
            p.low[d] = i ? fmin(p.low[d], at[d]) : at[d];
            p.high[d] = i ? fmax(p.high[d], at[d]) : at[d];
        }
    }
    return p;
}

/* The least and the greatest distance that two boxes leave open. */
static void distances(const part *a, const part *b, double *least, double *most)
{
    double near = 0, far = 0;
    for (int d = 0; d < 3; d++) {
        double between = fmax(a->low[d] - b->high[d], b->low[d] - a->high[d]);
        double across = fmax(a->high[d] - b->low[d], b->high[d] - a->low[d]);
        near += between > 0 ? between * between : 0;
        far += across * across;
    }
    *least = sqrt(near);
    *most = sqrt(far);
}

static int longest(const part *p)
{
    int side = 0;
    for (int d = 1; d < 3; d++)
        if (p->high[d] - p->low[d] > p->high[side] - p->low[side])
            side = d;
    return side;
}

static double extent(const part *p)
{
    int side = longest(p);
    return p->high[side] - p->low[side];
}

/* How many stand below the middle of the longest side, which are moved to the
 * front. Halving space, not numbers, ends after some fifty steps. */
static int32_t halve(const search *s, part *p)
{
    int side = longest(p);
    double middle = p->low[side] + extent(p) / 2;
    int32_t below = 0;
    for (int32_t i = 0; i < p->n; i++) {
        double at[3];
        km_of(s, &p->from[i], at);
        if (at[side] > middle)
            continue;
        entry moved = p->from[i];
        p->from[i] = p->from[below];
        p->from[below++] = moved;
    }
    return below;
}

static bool any_near(const search *s, const part *a, const part *b)
{
    for (int32_t i = 0; i < a->n; i++)
        for (int32_t j = 0; j < b->n; j++)
            if (is_near(s, a->from[i].item, b->from[j].item))
                return true;
    return false;
}

/* Boxes a millionth of the distance wide are taken for points, as what is told
 * of them then depends on rounding. */
static bool parts_near(const search *s, part a, part b)
{
    double least, most, slack = 1e-6 * BW_SAME_PLACE_KM;
    distances(&a, &b, &least, &most);
    if (least > BW_SAME_PLACE_KM + slack)
        return false;
    if (most < BW_SAME_PLACE_KM - slack)
        return true;
    if ((int64_t)a.n * b.n <= TOGETHER)
        return any_near(s, &a, &b);
    part *wide = extent(&a) >= extent(&b) ? &a : &b;
    if (extent(wide) < slack)
        return is_near(s, a.from->item, b.from->item);
    part other = wide == &a ? b : a;
    int32_t below = halve(s, wide);
    return parts_near(s, part_of(s, wide->from, below), other) ||
           parts_near(s, part_of(s, wide->from + below, wide->n - below),
                      other);
}

static void compare_cubes(search *s, int32_t a, int32_t b)
{
    entry *of_a = s->cell + s->start[a], *of_b = s->cell + s->start[b];
    if (bw_sets_top(s->up, of_a->item) == bw_sets_top(s->up, of_b->item))
        return;
    if (parts_near(s, part_of(s, of_a, s->start[a + 1] - s->start[a]),
                   part_of(s, of_b, s->start[b + 1] - s->start[b])))
        bw_sets_join(s->up, of_a->item, of_b->item);
}

/* The first cube whose key is at least this. */
static int32_t find_cube(const search *s, int32_t n_cubes, uint64_t key)
{
    int32_t low = 0, high = n_cubes;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (s->cell[s->start[middle]].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Cubes above each other have keys that follow, so a column of them is found
 * by one search. Only later ones are looked at: the others did it themselves.
 */
static void join_near(search *s, const entry *same, int32_t n)
{
    int32_t n_cubes = make_cubes(s, same, n);
    for (int32_t c = 0; c < n_cubes; c++) {
        uint64_t key = s->cell[s->start[c]].key;
        for (int64_t x = 0; x <= REACH; x++)
            for (int64_t y = x ? -REACH : 0; y <= REACH; y++) {
                uint64_t middle = key + ((uint64_t)x << 2 * BITS) +
                                  (uint64_t)(y * (1 << BITS));
                int32_t at = find_cube(s, n_cubes, middle - REACH);
                for (; at < n_cubes &&
                       s->cell[s->start[at]].key <= middle + REACH;
                     at++)
                    if (at > c)
                        compare_cubes(s, c, at);
            }
    }
}

static void join_namesakes(search *s, const entry *same, int32_t n)
{
    if (n <= FEW) {
        join_few(s, same, n);
        return;
    }
    join_postal(s, same, n);
    join_near(s, same, n);
}

static void find(search *s, int32_t n)
{
    int32_t named = 0;
    for (int32_t i = 0; i < n; i++) {
        s->up[i] = i;
        if (s->item[i].name)
            s->name[named++] = (entry){s->item[i].name, i};
    }
    qsort(s->name, (size_t)named, sizeof *s->name, by_key);
    for (int32_t from = 0, to; from < named; from = to) {
        for (to = from + 1; to < named && s->name[to].key == s->name[from].key;)
            to++;
        if (to - from > 1)
            join_namesakes(s, s->name + from, to - from);
    }
    for (int32_t i = 0; i < n; i++)
        s->up[i] = bw_sets_top(s->up, i);
}

bw_status bw_duplicates_find(const bw_namesake *item, int32_t n, int32_t *first)
{
    size_t room = (size_t)n;
    search s = {.item = item, .up = first};
    s.name = bw_alloc(room, sizeof *s.name);
    s.cell = bw_alloc(room, sizeof *s.cell);
    s.start = bw_alloc(room + 1, sizeof *s.start);
    bw_status status = s.name && s.cell && s.start ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        find(&s, n);
    bw_free(s.name);
    bw_free(s.cell);
    bw_free(s.start);
    return status;
}
