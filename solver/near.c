/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Boxes are taken depth first, the better half of each first, so that the value
 * beyond which nothing matters falls early. */
#include "near.h"

#include "bw/alloc.h"
#include "near_tree.h"
#include "pair_store.h"

#include <assert.h>
#include <math.h>

enum {
    ACCOUNTS_MOST = 16, /* a larger family is looked at as a whole row */
    SINGLES_MOST = 64,  /* and a unit with so many pairs of its own */
    SHORT_ROW = 24      /* and one that so few reps may serve */
};

struct bw_lens {
    const bw_instance *instance;
    const bw_near *near; /* NULL: rows are kept, there is nothing to save */
    bool cost_free;
    double *price;      /* [n_reps * K] in the order of the tree */
    double *low, *high; /* [n_boxes * K] least and largest price in a box */
    double size[BW_MEASURES_MAX]; /* largest |price| */
    double per_km;                /* money of a driven km without prices */
    double hours_per_km;
};

void bw_lens_free(bw_lens *lens)
{
    if (!lens)
        return;
    bw_free(lens->price);
    bw_free(lens->low);
    bw_free(lens->high);
    bw_free(lens);
}

bw_status bw_lens_new(const bw_instance *instance, bw_lens **lens)
{
    *lens = NULL;
    bw_lens *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->instance = instance;
    const struct bw_pair_store *store = instance->store;
    *lens = made;
    if (store->first || !store->source->near)
        return BW_OK;
    made->near = store->source->near;
    size_t n_measures = (size_t)instance->n_measures;
    size_t n_boxes = (size_t)made->near->n_boxes;
    made->price =
        bw_alloc((size_t)instance->n_reps * n_measures, sizeof(double));
    made->low = bw_alloc(n_boxes * n_measures, sizeof(double));
    made->high = bw_alloc(n_boxes * n_measures, sizeof(double));
    if (!made->price || !made->low || !made->high) {
        bw_lens_free(made);
        *lens = NULL;
        return BW_NOMEM;
    }
    bw_lens_set(made, NULL, false);
    return BW_OK;
}

/* The price that makes the bound: where an amount is cut, what is cut off is
 * paid at `over`, or not at all where costs do not count. */
static double price_for_bound(const bw_lens *lens, int32_t k, double price)
{
    const bw_instance_measure *m = &lens->instance->measure[k];
    if (!m->tightens)
        return price;
    return fmin(price, lens->cost_free ? 0 : bw_from_price(m->over));
}

static void set_box(bw_lens *lens, int32_t box)
{
    const bw_near *near = lens->near;
    const bw_near_box *b = &near->box[box];
    int32_t n = lens->instance->n_measures;
    for (int32_t k = 0; k < n; k++) {
        double low = (double)INFINITY, high = -(double)INFINITY;
        for (int32_t i = b->first; i < b->last && b->child == 0; i++) {
            low = fmin(low, lens->price[(int64_t)i * n + k]);
            high = fmax(high, lens->price[(int64_t)i * n + k]);
        }
        for (int32_t c = b->child; c > 0 && c < b->child + 2; c++) {
            low = fmin(low, lens->low[(int64_t)c * n + k]);
            high = fmax(high, lens->high[(int64_t)c * n + k]);
        }
        lens->low[(int64_t)box * n + k] = low;
        lens->high[(int64_t)box * n + k] = high;
    }
}

void bw_lens_set(bw_lens *lens, const double *price, bool cost_free)
{
    const bw_near *near = lens->near;
    int32_t n = lens->instance->n_measures;
    lens->cost_free = cost_free;
    if (!near)
        return;
    const bw_travel *travel = &lens->instance->problem->travel;
    lens->hours_per_km = 1 / travel->speed_kmh;
    lens->per_km =
        cost_free ? 0 : travel->hour_cost / travel->speed_kmh + travel->km_cost;
    for (int32_t k = 0; k < n; k++) {
        lens->size[k] = 0;
        for (int32_t i = 0; i < near->n_reps; i++) {
            double p = price ? price[(int64_t)near->rep[i] * n + k] : 0;
            p = price_for_bound(lens, k, p);
            lens->price[(int64_t)i * n + k] = p;
            lens->size[k] = fmax(lens->size[k], fabs(p));
        }
    }
    for (int32_t box = near->n_boxes - 1; box >= 0; box--)
        set_box(lens, box);
}

/* A unit, as bounds see it. */
typedef struct seen {
    const bw_lens *lens;
    const bw_pair_source *source;
    const uint64_t *bits; /* the reps it may have */
    int32_t unit, n_measures, workload;
    const int64_t *whole_base;
    double base[BW_MEASURES_MAX];
    double away;  /* handover of all its accounts, less what bounds may err */
    double limit; /* what lies above it need not be shown */
    int32_t n_places;
    bw_vec place[ACCOUNTS_MOST]; /* accounts that travel */
    double drive[ACCOUNTS_MOST]; /* driven km for a chord of 1 */
    int32_t n_singles;
    int32_t single[SINGLES_MOST]; /* reps to be looked at by themselves */
    bw_pair *buffer;
    bw_look *look;
    void *data;
} seen;

static void show(seen *s, int32_t n)
{
    n = bw_pair_source_some(s->source, s->unit, s->buffer, n);
    if (n > 0)
        s->limit = s->look(s->data, s->buffer, n);
}

/* False: too many. */
static bool add_single(seen *s, int32_t rep)
{
    if (rep < 0 || rep >= s->lens->near->n_reps || !bw_mask_has(s->bits, rep))
        return true;
    int32_t at = 0;
    while (at < s->n_singles && s->single[at] < rep)
        at++;
    if (at < s->n_singles && s->single[at] == rep)
        return true;
    if (s->n_singles == SINGLES_MOST)
        return false;
    for (int32_t i = s->n_singles++; i > at; i--)
        s->single[i] = s->single[i - 1];
    s->single[at] = rep;
    return true;
}

static bool is_single(const seen *s, int32_t rep)
{
    for (int32_t i = 0; i < s->n_singles; i++)
        if (s->single[i] == rep)
            return true;
    return false;
}

/* False: the account has too many pairs of its own. */
static bool add_account(seen *s, int32_t account)
{
    const bw_problem *problem = s->source->problem;
    int32_t owner = problem->accounts.owner[account];
    if (owner >= 0 && !s->lens->cost_free)
        s->away += (double)s->source->handover[account] / BW_QUANTA;
    bool fits = add_single(s, owner);
    for (int64_t i = s->source->given_first[account];
         fits && i < s->source->given_first[account + 1]; i++)
        fits = add_single(s, problem->pairs.row[i].rep);
    if (s->source->travels[account]) {
        s->place[s->n_places] = s->source->place[account];
        s->drive[s->n_places++] = s->source->trips[account] *
                                  BW_EARTH_RADIUS_KM *
                                  problem->travel.road_factor;
    }
    return fits;
}

/* What rounding may take off a pair: half a quantum of money and of hours for
 * each account, and what doubles lose. */
static double doubt(const seen *s, int32_t n_accounts)
{
    const bw_lens *lens = s->lens;
    double hours = s->workload >= 0 ? lens->size[s->workload] : 0;
    double sum = s->away,
           per_km = fabs(lens->per_km) + hours * lens->hours_per_km;
    for (int32_t k = 0; k < s->n_measures; k++)
        sum += lens->size[k] * fabs(s->base[k]);
    for (int32_t i = 0; i < s->n_places; i++)
        sum += s->drive[i] * per_km * 4; /* half round the Earth is pi */
    return (1 + hours) * n_accounts / BW_QUANTA + 1e-11 * sum;
}

/* False: better the whole row. */
static bool see(const bw_lens *lens, int32_t unit, seen *s)
{
    const bw_instance *instance = lens->instance;
    const bw_pair_source *source = instance->store->source;
    int32_t first = instance->first_account[unit];
    int32_t end = instance->first_account[unit + 1], mask = source->mask[unit];
    s->lens = lens;
    s->source = source;
    s->bits = bw_pair_bits(source, unit);
    s->unit = unit;
    s->n_measures = instance->n_measures;
    s->workload = instance->workload;
    if (source->problem->pairs.only_listed || end - first > ACCOUNTS_MOST ||
        source->list_first[mask + 1] - source->list_first[mask] <= SHORT_ROW)
        return false;
    s->whole_base = instance->base + (int64_t)unit * s->n_measures;
    for (int32_t k = 0; k < s->n_measures; k++)
        s->base[k] = (double)s->whole_base[k] / BW_QUANTA;
    s->away = 0;
    s->n_places = s->n_singles = 0;
    for (int32_t i = first; i < end; i++)
        if (!add_account(s, instance->unit_account[i]))
            return false;
    s->away -= doubt(s, end - first);
    s->limit = (double)INFINITY;
    return true;
}

/* Least value of anything in a box at these chords; `low`, `high` are prices.
 * Between two points lies at least the chord, at most pi / 2 of it. */
static double bound(const seen *s, const double *low, const double *high,
                    double near_drive, double far_drive)
{
    const bw_lens *lens = s->lens;
    double sum = s->away, per_km = lens->per_km;
    for (int32_t k = 0; k < s->n_measures; k++)
        sum += (s->base[k] >= 0 ? low[k] : high[k]) * s->base[k];
    if (s->workload >= 0)
        per_km += low[s->workload] * lens->hours_per_km;
    return sum + per_km * (per_km >= 0 ? near_drive : far_drive);
}

/* Least value in a box; INFINITY: all of it is beyond the km limit. */
static double box_bound(const seen *s, int32_t number)
{
    const bw_near *near = s->lens->near;
    const bw_near_box *box = &near->box[number];
    int64_t at = (int64_t)number * s->n_measures;
    const double *low = s->lens->low + at, *high = s->lens->high + at;
    double nearest = 0, farthest = 0;
    for (int32_t i = 0; i < s->n_places && !box->still; i++) {
        double least = bw_near_least(box, s->place[i]);
        if (least > near->reach)
            return (double)INFINITY;
        nearest += s->drive[i] * sqrt(least);
        farthest +=
            s->drive[i] * sqrt(bw_near_most(box, s->place[i])) * 1.5707964;
    }
    return bound(s, low, high, nearest, farthest);
}

/* The same for one rep. */
static double rep_bound(const seen *s, int32_t at, bool still)
{
    const bw_near *near = s->lens->near;
    const double *price = s->lens->price + (int64_t)at * s->n_measures;
    double drive = 0;
    for (int32_t i = 0; i < s->n_places && !still; i++) {
        double x = s->place[i].x - near->home[at].x;
        double y = s->place[i].y - near->home[at].y;
        double z = s->place[i].z - near->home[at].z;
        drive += s->drive[i] * sqrt(x * x + y * y + z * z);
    }
    return bound(s, price, price, drive, drive * 1.5707964);
}

static void show_leaf(seen *s, const bw_near_box *box)
{
    const bw_near *near = s->lens->near;
    int32_t n = 0;
    for (int32_t i = box->first; i < box->last; i++) {
        int32_t rep = near->rep[i];
        if (bw_mask_has(s->bits, rep) &&
            rep_bound(s, i, box->still) <= s->limit && !is_single(s, rep))
            s->buffer[n++] = (bw_pair){rep, 0, 0};
    }
    if (n > 0)
        show(s, n);
}

typedef struct waiting {
    int32_t box;
    double bound;
} waiting;

static void descend(seen *s, int32_t root)
{
    const bw_near *near = s->lens->near;
    waiting stack[BW_TREE_DEPTH];
    int depth = 0;
    stack[depth++] = (waiting){root, box_bound(s, root)};
    while (depth > 0) {
        waiting w = stack[--depth];
        const bw_near_box *box = &near->box[w.box];
        if (w.bound > s->limit || isinf(w.bound))
            continue;
        if (box->child == 0) {
            show_leaf(s, box);
            continue;
        }
        waiting one = {box->child, box_bound(s, box->child)};
        waiting two = {box->child + 1, box_bound(s, box->child + 1)};
        bool swap = two.bound > one.bound;
        assert(depth + 2 <= BW_TREE_DEPTH);
        stack[depth++] = swap ? two : one;
        stack[depth++] = swap ? one : two;
    }
}

void bw_lens_walk(const bw_lens *lens, int32_t unit, bw_pair *buffer,
                  bw_look *look, void *data)
{
    seen s;
    if (!lens->near || !see(lens, unit, &s)) {
        bw_row row = bw_instance_row(lens->instance, unit, buffer);
        if (row.n > 0)
            look(data, row.pair, row.n);
        return;
    }
    s.buffer = buffer;
    s.look = look;
    s.data = data;
    for (int32_t i = 0; i < s.n_singles; i++)
        buffer[i] = (bw_pair){s.single[i], 0, 0};
    if (s.n_singles > 0)
        show(&s, s.n_singles);
    for (int32_t i = 0; i < lens->near->n_roots; i++)
        descend(&s, lens->near->root[i]);
}
