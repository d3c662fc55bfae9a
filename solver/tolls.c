/* SPDX-License-Identifier: GPL-3.0-or-later */
/* v[g] moves by twice the part by which the mean use at local optima is off
 * its limit, within a factor, and never below the relaxation's. Each change of
 * v gives new d(u,r) (net.h). */
#include "tolls.h"

#include "bw/alloc.h"

#include <math.h>

/* Use this far from the limit, as a part of it, is right. */
static const double right = 0.01;
/* A price changes by at most this factor at once. */
static const double largest_step = 1.5;

void bw_tolls_free(bw_tolls *tolls)
{
    if (!tolls)
        return;
    bw_free(tolls->price);
    bw_free(tolls->least);
    bw_free(tolls->seen);
    bw_free(tolls);
}

bw_status bw_tolls_new(bw_net *net, bw_tolls **tolls)
{
    size_t n = (size_t)net->n_budgets;
    *tolls = NULL;
    bw_tolls *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    made->net = net;
    made->price = bw_alloc(n, sizeof *made->price);
    made->least = bw_alloc(n, sizeof *made->least);
    made->seen = bw_alloc(n, sizeof *made->seen);
    if (!made->price || !made->least || !made->seen) {
        bw_tolls_free(made);
        return BW_NOMEM;
    }
    for (int32_t g = 0; g < net->n_budgets; g++)
        made->price[g] = made->least[g] = net->budget[g].price;
    *tolls = made;
    return BW_OK;
}

void bw_tolls_note(bw_tolls *tolls, const int64_t *use)
{
    for (int32_t g = 0; g < tolls->net->n_budgets; g++)
        tolls->seen[g] += (double)use[g];
    tolls->n_seen++;
}

/* A price grows by twice the part by which its use is too large; a budget
 * without a price begins with a small one. */
static bool adapt(bw_tolls *t, int32_t g)
{
    const bw_net_budget *b = &t->net->budget[g];
    double limit = (double)b->limit, use = t->seen[g] / t->n_seen;
    double part = (use - limit) / fmax(limit, b->size * BW_QUANTA);
    double before = t->price[g];
    if (fabs(part) <= right)
        return false;
    if (part > 0 && before == 0)
        t->price[g] = 0.01 * t->net->scale / b->size;
    else
        t->price[g] *= fmin(fmax(1 + 2 * part, 1 / largest_step), largest_step);
    t->price[g] = fmax(t->price[g], t->least[g]);
    return t->price[g] != before;
}

bool bw_tolls_adapt(bw_tolls *tolls)
{
    bool changed = false;
    for (int32_t g = 0; g < tolls->net->n_budgets && tolls->n_seen > 0; g++) {
        changed |= adapt(tolls, g);
        tolls->seen[g] = 0;
    }
    tolls->n_seen = 0;
    if (changed)
        bw_net_reprice(tolls->net, tolls->price);
    return changed;
}
