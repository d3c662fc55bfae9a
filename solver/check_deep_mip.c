/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does any assignment of the cluster K cost less than b? First the prices
 * answer, exactly: with u's least c + p q - U in K (0, to stay out, counts for
 * a unit with a price),
 *
 *     R = sum over units of K of their least - what the bands of K earn at p
 *
 * bounds every assignment, and R + (v - U) - least those with that pair. Where
 * it reaches b the pair is out; where R does, the answer is no. What is left is
 * a program for branch and bound with b as its cutoff. Units that have a single
 * pair left and cannot stay out are a constant.
 *
 * "No" holds to the library's tolerance, 1e-7 of the figures. "Yes" is exact:
 * the assignment found is costed in integers, and one that breaks a hard limit
 * by the library's tolerance is no answer at all. */
#include "check_deep.h"

#include <math.h>

typedef struct question {
    bw_deep_cluster *c;
    const bw_judge *judge;
    bw_wide *value;  /* [n_pairs] c + p q - U */
    int64_t *column; /* [n_columns] pairs */
    int32_t *first;  /* [n_units + 1] columns of each unit with a row */
    uint8_t *must;   /* [n_units] it cannot stay out */
    int32_t *place;  /* [m] of a rep in the cluster */
    int64_t *fixed;  /* [n_windows + n_budgets] quanta, of units that have no
                      * choice: loads, then uses */
    int64_t *load;   /* likewise: scratch */
    double *weight;  /* [2 n_windows + n_columns] for branching */
    double *size;    /* [n_measures] one over a mean limit */
    int32_t *at; /* [n_measures + n_budgets + 1] scratch: a column's entries */
    double *entry;
    bw_wide constant, relaxed;
    int32_t n_columns, n_units, n_windows;
    int32_t n_budgets; /* that are rows: 0 unless this is all */
    bool none;         /* answered: no */
    double scale;      /* money in one unit of the program's objective */
    bw_mip *mip;
} question;

/* --- what the prices say -------------------------------------------------- */

static int64_t end_of_unit(const question *q, int64_t first)
{
    int64_t end = first;
    while (end < q->c->n_pairs &&
           q->c->pair[end].unit == q->c->pair[first].unit)
        end++;
    return end;
}

static bw_wide least_of(const question *q, int64_t first, int64_t end)
{
    bw_wide price, least = q->value[first];
    for (int64_t i = first + 1; i < end; i++)
        if (q->value[i] < least)
            least = q->value[i];
    bool may_stay_out = bw_deep_price(q->c, q->c->pair[first].unit, &price);
    return may_stay_out && least > 0 ? 0 : least;
}

static void relax(question *q)
{
    const bw_judge *judge = q->judge;
    for (int64_t i = 0; i < q->c->n_pairs; i++) {
        const bw_deep_pair *pair = &q->c->pair[i];
        bw_wide price;
        bw_deep_price(q->c, pair->unit, &price);
        q->value[i] = bw_judge_priced(judge, pair->unit, pair->rep, pair->cost,
                                      pair->work) -
                      price;
    }
    for (int64_t i = 0, end; i < q->c->n_pairs; i = end) {
        end = end_of_unit(q, i);
        q->relaxed += least_of(q, i, end);
    }
    for (int32_t i = 0; i < q->c->n_reps; i++)
        for (int32_t k = 0; k < judge->n_measures; k++) {
            int64_t at = (int64_t)q->c->rep[i] * judge->n_measures + k;
            int64_t p = judge->price[at];
            if (p != 0)
                q->relaxed -= (bw_wide)p * (p > 0 ? judge->verdict.high[at]
                                                  : judge->verdict.low[at]);
        }
    if (q->c->whole)
        q->relaxed -= bw_judge_budgets_back(judge);
    q->none = q->relaxed >= q->c->bound;
}

/* --- the program ---------------------------------------------------------- */

static int32_t window_of(const question *q, const bw_deep_pair *pair, int32_t k)
{
    return q->place[pair->rep] * q->judge->n_measures + k;
}

/* What a budget's price makes of a pair, where it has one. */
static bw_wide charge(const question *q, const bw_deep_pair *pair)
{
    return q->c->whole ? 0 : bw_judge_charge(q->judge, pair->unit, pair->rep);
}

/* Adds the pair's amounts to the loads; its tightened cost less U. */
static bw_wide take(const question *q, const bw_deep_pair *pair, int64_t *load)
{
    bw_wide price, cost = bw_fine(pair->cost);
    for (int32_t k = 0; k < q->judge->n_measures; k++)
        load[window_of(q, pair, k)] += bw_judge_tight(
            q->judge, pair->unit, pair->rep, k, pair->work, &cost);
    for (int32_t g = 0; g < q->n_budgets; g++)
        load[q->n_windows + g] +=
            bw_judge_use(q->judge, g, pair->unit, pair->rep);
    bw_deep_price(q->c, pair->unit, &price);
    return cost + charge(q, pair) - price;
}

/* The columns of one unit, a constant, or the answer that nothing is left. */
static void list_unit(question *q, int64_t first, int64_t end)
{
    bw_wide price, least = least_of(q, first, end);
    bw_wide room = q->c->bound - q->relaxed;
    bool must =
        !bw_deep_price(q->c, q->c->pair[first].unit, &price) || -least >= room;
    int32_t before = q->n_columns;
    for (int64_t i = first; i < end; i++)
        if (q->value[i] - least < room)
            q->column[q->n_columns++] = i;
    int32_t n = q->n_columns - before;
    if (n == 0) {
        q->none |= must;
    } else if (n == 1 && must) {
        q->n_columns = before;
        q->constant += take(q, &q->c->pair[q->column[before]], q->fixed);
    } else {
        q->must[q->n_units++] = must;
        q->first[q->n_units] = q->n_columns;
    }
}

/* low - s <= load <= high + t, with what is fixed taken off the limits. The
 * basis begins with what the load needs. */
static void make_window(question *q, int32_t w)
{
    const bw_judge *judge = q->judge;
    int32_t k = w % judge->n_measures;
    int64_t at = (int64_t)q->c->rep[w / judge->n_measures] * judge->n_measures;
    int64_t low = judge->verdict.low[at + k],
            high = judge->verdict.high[at + k];
    bool below = low != BW_NO_LOW && judge->under[k] != BW_HARD;
    bool above = high != BW_NO_HIGH && judge->over[k] != BW_HARD;
    double infinity = (double)INFINITY;
    bw_mip_row(q->mip, w,
               low == BW_NO_LOW ? -infinity : bw_from_quanta(low - q->fixed[w]),
               high == BW_NO_HIGH ? infinity
                                  : bw_from_quanta(high - q->fixed[w]));
    bw_mip_column(q->mip, 2 * w, 0, below ? infinity : 0,
                  below ? bw_from_price(judge->under[k]) / q->scale : 0, false);
    bw_mip_column(q->mip, 2 * w + 1, 0, above ? infinity : 0,
                  above ? bw_from_price(judge->over[k]) / q->scale : 0, false);
    bw_mip_entries(q->mip, 2 * w, 1, &w, (double[]){1});
    bw_mip_entries(q->mip, 2 * w + 1, 1, &w, (double[]){-1});
    below &= q->load[w] < low;
    above &= q->load[w] > high;
    bw_mip_set_basis(q->mip, true, w,
                     below   ? BW_AT_LOWER
                     : above ? BW_AT_UPPER
                             : BW_BASIC);
    bw_mip_set_basis(q->mip, false, 2 * w, below ? BW_BASIC : BW_AT_LOWER);
    bw_mip_set_basis(q->mip, false, 2 * w + 1, above ? BW_BASIC : BW_AT_LOWER);
}

static void make_column(question *q, int32_t row, int32_t j)
{
    const bw_deep_pair *pair = &q->c->pair[q->column[j]];
    int32_t n = q->judge->n_measures, column = 2 * q->n_windows + j;
    bw_wide price, cost = bw_fine(pair->cost);
    for (int32_t k = 0; k < n; k++) {
        q->at[k] = window_of(q, pair, k);
        q->entry[k] = bw_from_quanta(bw_judge_tight(
            q->judge, pair->unit, pair->rep, k, pair->work, &cost));
        q->weight[column] += fabs(q->entry[k]) * q->size[k];
    }
    q->at[n] = row;
    q->entry[n] = 1;
    for (int32_t g = 0; g < q->n_budgets; g++) {
        q->at[n + 1 + g] = q->n_windows + q->n_units + g;
        q->entry[n + 1 + g] =
            bw_from_quanta(bw_judge_use(q->judge, g, pair->unit, pair->rep));
    }
    cost += charge(q, pair);
    bw_deep_price(q->c, pair->unit, &price);
    bw_mip_column(q->mip, column, 0, 1, bw_from_fine(cost - price) / q->scale,
                  true);
    bw_mip_entries(q->mip, column, n + 1 + q->n_budgets, q->at, q->entry);
}

static void make_unit(question *q, int32_t i)
{
    int32_t row = q->n_windows + i, best = q->first[i];
    for (int32_t j = q->first[i]; j < q->first[i + 1]; j++) {
        make_column(q, row, j);
        if (q->value[q->column[j]] < q->value[q->column[best]])
            best = j;
    }
    bool in = q->must[i] || q->value[q->column[best]] < 0;
    bw_mip_row(q->mip, row, q->must[i] ? 1 : 0, 1);
    bw_mip_set_basis(q->mip, true, row, in ? BW_AT_UPPER : BW_BASIC);
    if (!in)
        return;
    bw_mip_set_basis(q->mip, false, 2 * q->n_windows + best, BW_BASIC);
    take(q, &q->c->pair[q->column[best]], q->load);
}

static bw_status make_program(question *q)
{
    int32_t first;
    for (int32_t k = 0; k < q->judge->n_measures; k++)
        q->size[k] = bw_deep_size(q->c, k);
    bw_status status = bw_mip_new(&q->mip);
    if (status == BW_OK)
        status = bw_mip_add_rows(
            q->mip, q->n_windows + q->n_units + q->n_budgets, &first);
    if (status == BW_OK)
        status =
            bw_mip_add_columns(q->mip, 2 * q->n_windows + q->n_columns, &first);
    if (status != BW_OK)
        return status;
    for (int32_t w = 0; w < q->n_windows + q->n_budgets; w++)
        q->load[w] = q->fixed[w];
    for (int32_t g = 0; g < q->n_budgets; g++) {
        int64_t rest = q->judge->verdict.limit[g] - q->fixed[q->n_windows + g];
        bw_mip_row(q->mip, q->n_windows + q->n_units + g, -(double)INFINITY,
                   bw_from_quanta(rest));
    }
    for (int32_t i = 0; i < q->n_units; i++)
        make_unit(q, i);
    for (int32_t w = 0; w < q->n_windows; w++)
        make_window(q, w);
    return BW_OK;
}

/* --- the answer ----------------------------------------------------------- */

/* Adds what the loads cost; false: they break a hard limit. */
static bool add_deviations(const question *q, bw_wide *cost)
{
    int32_t n = q->judge->n_measures;
    bool kept = true;
    for (int32_t w = 0; w < q->n_windows; w++) {
        int64_t outside;
        *cost += bw_judge_deviation(q->judge, q->c->rep[w / n], w % n,
                                    q->load[w], &outside);
        kept &= outside == 0;
    }
    for (int32_t g = 0; g < q->n_budgets; g++)
        kept &= q->load[q->n_windows + g] <= q->judge->verdict.limit[g];
    return kept;
}

/* What the assignment that was found costs. */
static bool cost_found(question *q, bw_wide *cost)
{
    *cost = q->constant;
    for (int32_t w = 0; w < q->n_windows + q->n_budgets; w++)
        q->load[w] = q->fixed[w];
    for (int32_t j = 0; j < q->n_columns; j++)
        if (bw_mip_value(q->mip, 2 * q->n_windows + j) > 0.5)
            *cost += take(q, &q->c->pair[q->column[j]], q->load);
    return add_deviations(q, cost);
}

/* The plan's own part is an assignment too, where its pairs are among those
 * that count. */
static bool cost_plan(question *q, bw_wide *cost)
{
    const bw_judge *judge = q->judge;
    *cost = 0;
    for (int64_t i = 0, end; i < q->c->n_pairs; i = end) {
        int32_t unit = q->c->pair[i].unit;
        int32_t rep = q->c->plan[judge->unit_account[judge->unit_first[unit]]];
        bw_wide price;
        bool served = false;
        end = end_of_unit(q, i);
        for (int64_t j = i; j < end; j++) {
            if (q->c->pair[j].rep != rep)
                continue;
            served = true;
            *cost += take(q, &q->c->pair[j], q->load);
        }
        if (!served && !bw_deep_price(q->c, unit, &price))
            return false;
    }
    return add_deviations(q, cost);
}

static void answer(question *q, bw_mip_state state)
{
    bw_wide cost;
    q->c->found = BW_NOT_DECIDED;
    if (state == BW_MIP_INFEASIBLE)
        q->c->found = BW_CONFIRMED;
    bool found = state == BW_MIP_OPTIMAL || state == BW_MIP_FEASIBLE;
    if (!found || !cost_found(q, &cost))
        return;
    if (cost < q->c->bound) {
        q->c->found = BW_REFUTED;
        q->c->cost = cost;
    } else if (state == BW_MIP_OPTIMAL) {
        q->c->found = BW_CONFIRMED; /* below it by rounding alone */
    }
}

static bw_status solve(question *q, const bw_mip_limits *limits)
{
    bw_mip_limits how = *limits;
    bw_mip_state state;
    double size = fabs(bw_from_fine(q->c->bound - q->constant));
    q->scale = fmax(size / (q->n_units + 1), 1e-4);
    how.has_cutoff = true;
    how.cutoff = bw_from_fine(q->c->bound - q->constant) / q->scale;
    how.weight = q->weight;
    how.depth_first = true; /* with its cutoff known, the tree is the same */
    bw_status status = make_program(q);
    if (status == BW_OK)
        status = bw_mip_solve(q->mip, &how, &state);
    if (status == BW_OK)
        answer(q, state);
    return status;
}

static bool allocate(question *q)
{
    size_t pairs = (size_t)q->c->n_pairs, windows = (size_t)q->n_windows;
    q->value = bw_alloc(pairs, sizeof *q->value);
    q->column = bw_alloc(pairs, sizeof *q->column);
    q->first = bw_alloc(pairs + 1, sizeof *q->first);
    q->must = bw_alloc(pairs, sizeof *q->must);
    q->place = bw_alloc((size_t)q->judge->m, sizeof *q->place);
    size_t budgets = (size_t)q->n_budgets;
    q->fixed = bw_alloc(windows + budgets, sizeof *q->fixed);
    q->load = bw_alloc(windows + budgets, sizeof *q->load);
    q->weight = bw_alloc(2 * windows + pairs, sizeof *q->weight);
    size_t measures = (size_t)q->judge->n_measures;
    q->size = bw_alloc(measures, sizeof *q->size);
    q->at = bw_alloc(measures + budgets + 1, sizeof *q->at);
    q->entry = bw_alloc(measures + budgets + 1, sizeof *q->entry);
    return q->value && q->column && q->first && q->must && q->place &&
           q->fixed && q->load && q->weight && q->size && q->at && q->entry;
}

static void release(question *q)
{
    bw_mip_free(q->mip);
    bw_free(q->value);
    bw_free(q->column);
    bw_free(q->first);
    bw_free(q->must);
    bw_free(q->place);
    bw_free(q->fixed);
    bw_free(q->load);
    bw_free(q->weight);
    bw_free(q->size);
    bw_free(q->at);
    bw_free(q->entry);
}

bw_status bw_deep_ask(bw_deep_cluster *c, const bw_mip_limits *limits)
{
    question q = {.c = c,
                  .judge = c->judge,
                  .n_windows = c->n_reps * c->judge->n_measures,
                  .n_budgets = c->whole ? c->judge->n_budgets : 0};
    bw_status status = allocate(&q) ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        for (int32_t i = 0; i < c->n_reps; i++)
            q.place[c->rep[i]] = i;
        relax(&q);
        if (cost_plan(&q, &c->cost) && c->cost < c->bound)
            c->found = BW_REFUTED;
        for (int64_t i = 0, end; i < c->n_pairs && !q.none; i = end) {
            end = end_of_unit(&q, i);
            list_unit(&q, i, end);
        }
    }
    if (status == BW_OK && q.none)
        c->found = BW_CONFIRMED;
    else if (status == BW_OK && c->found != BW_REFUTED)
        status = solve(&q, limits);
    release(&q);
    return status;
}
