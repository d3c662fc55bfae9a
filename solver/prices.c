/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prices from nothing: ascent on the smoothed Lagrangian over the arcs, then
 * the exact relaxation by sifting where its program is small enough, then, if a
 * hard side could not be kept at any price, the question whether any plan can
 * keep it. */
#include "bound.h"

#include "ascent.h"
#include "bw/alloc.h"
#include "sift.h"

#include <math.h>
#include <string.h>

enum {
    ARCS_LIMIT = 600000,  /* pairs up to which every pair is an arc */
    ARCS_ROOM = 16000000, /* arcs where not, ... */
    ARCS_LEAST = 12,      /* ... a unit within these limits */
    ARCS_MOST = 40,
    PASSES = 60,       /* of the ascent over few arcs, */
    PASSES_LEAST = 40, /* and over many */
    PASSES_ARCS = 2000000,
    WINDOWS_MOST = 2400,  /* beyond it the simplex would take minutes */
    CORE_ARCS = 20,       /* a rep in the first core */
    SAMPLE_OF_REP = 60,   /* units a rep in a sample, */
    SAMPLE_LEAST = 60000, /* and at least */
    REFRESHES = 3         /* of the arcs by the prices, where not all are in */
};

/* Prices whose value over the arcs is this much above that over all pairs need
 * other arcs. */
static const double arcs_lack = 1e-4;
static const double part_least = 1e-7; /* x below is none */

void bw_prices_free(bw_prices *prices)
{
    if (!prices)
        return;
    bw_free(prices->price);
    bw_free(prices->unit);
    bw_free(prices->part_unit);
    bw_free(prices->part_rep);
    bw_free(prices->part_x);
    bw_free(prices->best_rep);
    bw_free(prices);
}

/* What one run works with. */
typedef struct pricing {
    const bw_instance *instance;
    const bw_settings *settings;
    bw_clockwork clockwork;
    bw_view *view;
    bw_arcs *arcs;
    bw_pass *pass;
    bw_prices *prices;
    int32_t every; /* of so many units one is looked at */
} pricing;

static bw_status prepare(pricing *p)
{
    size_t units = (size_t)p->instance->n_units;
    size_t windows = (size_t)bw_instance_prices(p->instance);
    bw_prices *made = bw_alloc(1, sizeof *made);
    p->prices = made;
    if (!made)
        return BW_NOMEM;
    made->n_units = p->instance->n_units;
    made->n_reps = p->instance->n_reps;
    made->n_measures = p->instance->n_measures;
    made->n_budgets = p->instance->n_budgets;
    made->price = bw_alloc(windows, sizeof *made->price);
    made->unit = bw_alloc(units, sizeof *made->unit);
    made->best_rep = bw_alloc(units, sizeof *made->best_rep);
    if (!made->price || !made->unit || !made->best_rep)
        return BW_NOMEM;
    bw_status status = bw_view_new(p->instance, &p->view);
    if (status == BW_OK)
        status = bw_pass_new(p->view, p->settings->threads, &p->pass);
    if (status == BW_OK)
        p->pass->stop = p->clockwork.stop;
    return status;
}

/* Every n-th unit is in the sample. */
static int32_t sample_every(const pricing *p)
{
    int64_t room = (int64_t)p->instance->n_reps * SAMPLE_OF_REP;
    room = room > SAMPLE_LEAST ? room : SAMPLE_LEAST;
    int64_t every = p->instance->n_units / room;
    return p->instance->n_pairs <= ARCS_LIMIT || every < 3 ? 1 : (int32_t)every;
}

static int32_t arcs_per_unit(const pricing *p)
{
    int64_t n = p->instance->n_units / p->every;
    n = n > 0 ? n : 1;
    int64_t most = ARCS_ROOM / n;
    return most < ARCS_LEAST  ? ARCS_LEAST
           : most > ARCS_MOST ? ARCS_MOST
                              : (int32_t)most;
}

static bw_ascent_settings ascent_settings(const pricing *p, bool again)
{
    int64_t n = p->arcs->first[p->arcs->n_units];
    int64_t passes = n > 0 ? (int64_t)PASSES * PASSES_ARCS / n : PASSES;
    return (bw_ascent_settings){.passes = passes > PASSES         ? PASSES
                                          : passes < PASSES_LEAST ? PASSES_LEAST
                                                                  : (int)passes,
                                .hot = again ? 0.1 : 1,
                                .cold = 0.02,
                                .damping = 0.3,
                                .threads = p->settings->threads};
}

/* Prices to be compared with the best so far. */
typedef struct trial {
    double *price, *unit;
    int32_t *rep;
} trial;

/* Chooses arcs anew at the trial's prices, which shows what these are worth
 * over all pairs. */
static bw_status refresh(pricing *p, const trial *t, double *value)
{
    bw_arcs_choice how = {.price = t->price,
                          .per_unit = arcs_per_unit(p),
                          .limit = ARCS_LIMIT,
                          .threads = p->settings->threads,
                          .every = p->every,
                          .mixed = true,
                          .unit = t->unit,
                          .rep = t->rep,
                          .stop = p->clockwork.stop};
    bw_arcs_free(p->arcs);
    p->arcs = NULL;
    bw_status status = bw_arcs_of_view(p->view, &how, &p->arcs);
    *value = 0;
    for (int32_t unit = 0; unit < p->view->n_units; unit++)
        *value += t->unit[unit];
    for (int32_t rep = 0; rep < p->view->n_reps; rep++)
        *value -= bw_view_band(p->view, rep, t->price);
    *value -= bw_view_budgets(p->view, t->price);
    return status;
}

static void keep(pricing *p, const trial *t, double value)
{
    bw_prices *made = p->prices;
    size_t units = (size_t)made->n_units;
    size_t windows = (size_t)bw_instance_prices(p->instance);
    made->value = value;
    memcpy(made->price, t->price, windows * sizeof *t->price);
    memcpy(made->unit, t->unit, units * sizeof *t->unit);
    memcpy(made->best_rep, t->rep, units * sizeof *t->rep);
}

/* The last look may have been cut short: then its value means nothing. */
static void keep_better(pricing *p, const trial *t, double value)
{
    if (!bw_clockwork_over(&p->clockwork) && value > p->prices->value)
        keep(p, t, value);
}

/* When time was up before any prices were looked at with all pairs: they stand
 * as they are, and the certificate will tell what they are worth. */
static void keep_any(pricing *p, const trial *t)
{
    size_t units = (size_t)p->instance->n_units;
    if (isfinite(p->prices->value))
        return;
    memcpy(t->rep, p->instance->cheapest, units * sizeof *t->rep);
    keep(p, t, bw_from_fine(p->instance->bound_zero));
}

/* Ascent over the arcs; where not all pairs are arcs, again over those that the
 * prices make cheap, as long as the value over all pairs falls short. */
static bw_status climb(pricing *p, const trial *t, bool again)
{
    double over_arcs, value;
    /* Beside a sample, more than one brought nothing. */
    int refreshes = again || p->every > 1 ? 1 : REFRESHES;
    for (int i = 0; i <= refreshes; i++) {
        bw_ascent_settings how = ascent_settings(p, again || i > 0);
        bw_status status = bw_ascend(p->view, p->arcs, &how, &p->clockwork,
                                     t->price, &over_arcs);
        if (status != BW_OK)
            return status;
        bool last = p->arcs->all || (p->every == 1 && i == refreshes);
        if (last)
            value = bw_pass_run(p->pass, t->price, t->unit, t->rep);
        else
            status = refresh(p, t, &value);
        if (status != BW_OK)
            return status;
        if (p->every == 1)
            keep_better(p, t, value);
        if (last || over_arcs - value <= arcs_lack * fabs(over_arcs) ||
            bw_clockwork_over(&p->clockwork))
            return BW_OK;
    }
    return BW_OK;
}

/* The instance with the bands of a sample. */
static bw_status scaled_view(const bw_instance *instance, double factor,
                             bw_view **view)
{
    bw_status status = bw_view_new(instance, view);
    int64_t n = (int64_t)instance->n_reps * instance->n_measures;
    for (int64_t at = 0; status == BW_OK && at < n; at++) {
        (*view)->low[at] *= factor;
        (*view)->high[at] *= factor;
    }
    return status;
}

static double sampled_part(const pricing *p)
{
    int64_t n = 0, units = p->instance->n_units;
    for (int64_t unit = 0; unit < units; unit++)
        n += p->arcs->first[unit + 1] > p->arcs->first[unit];
    return n > 0 ? (double)n / (double)units : 1;
}

/* Where units are very many, a part of them finds the prices, with more arcs
 * each; then arcs for all are chosen at these. */
static bw_status climb_sample(pricing *p, const trial *t)
{
    double value;
    bw_view *whole = p->view;
    bw_status status = scaled_view(p->instance, sampled_part(p), &p->view);
    if (status == BW_OK)
        status = climb(p, t, false);
    bw_view_free(p->view);
    p->view = whole;
    p->every = 1;
    if (status == BW_OK)
        status = refresh(p, t, &value);
    if (status == BW_OK)
        keep_better(p, t, value);
    return status;
}

/* Leaves prices, their value over all pairs, and each unit's cheapest rep. */
static bw_status first_prices(pricing *p)
{
    size_t units = (size_t)p->instance->n_units;
    size_t windows = (size_t)bw_instance_prices(p->instance);
    p->every = sample_every(p);
    bw_arcs_choice how = {.per_unit = arcs_per_unit(p),
                          .limit = ARCS_LIMIT,
                          .threads = p->settings->threads,
                          .every = p->every,
                          .stop = p->clockwork.stop};
    trial t = {bw_alloc(windows, sizeof(double)),
               bw_alloc(units, sizeof(double)),
               bw_alloc(units, sizeof(int32_t))};
    bw_status status = t.price && t.unit && t.rep ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = bw_arcs_of_view(p->view, &how, &p->arcs);
    p->prices->value = -(double)INFINITY;
    bool sampled = p->every > 1;
    if (status == BW_OK && sampled)
        status = climb_sample(p, &t);
    if (status == BW_OK && !bw_clockwork_over(&p->clockwork))
        status = climb(p, &t, sampled);
    if (status == BW_OK)
        keep_any(p, &t);
    bw_free(t.price);
    bw_free(t.unit);
    bw_free(t.rep);
    return status;
}

static bool worth(const bw_core_lp *core, int32_t column, double *x)
{
    *x = bw_mip_value(core->mip, 2 * core->n_windows + column);
    return *x > part_least;
}

/* Reads the relaxation's solution: each unit's largest share, and all shares of
 * the units that are split. */
static bw_status read_parts(bw_prices *made, const bw_core_lp *core)
{
    size_t room = (size_t)core->n_columns;
    double x;
    made->part_unit = bw_alloc(room, sizeof *made->part_unit);
    made->part_rep = bw_alloc(room, sizeof *made->part_rep);
    made->part_x = bw_alloc(room, sizeof *made->part_x);
    if (!made->part_unit || !made->part_rep || !made->part_x)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < made->n_units; unit++) {
        int64_t first = made->n_parts;
        double most = 0;
        made->best_rep[unit] = core->sole[unit];
        for (int32_t c = core->head[unit]; c >= 0; c = core->next[c]) {
            if (!worth(core, c, &x))
                continue;
            made->part_unit[made->n_parts] = unit;
            made->part_rep[made->n_parts] = core->column_rep[c];
            made->part_x[made->n_parts++] = x;
            if (x > most)
                made->best_rep[unit] = core->column_rep[c];
            most = fmax(most, x);
        }
        if (made->n_parts - first < 2)
            made->n_parts = first; /* not split */
    }
    return BW_OK;
}

static bw_sift start_sift(pricing *p)
{
    return (bw_sift){.view = p->view,
                     .pass = p->pass,
                     .clockwork = &p->clockwork,
                     .first_arcs = CORE_ARCS * p->instance->n_reps,
                     .price = p->prices->price,
                     .unit = p->prices->unit,
                     .rep = p->prices->best_rep,
                     .value = p->prices->value};
}

/* The cost-free program: least amount outside the hard limits. */
static bw_status ask_feasible(pricing *p)
{
    size_t units = (size_t)p->instance->n_units;
    size_t n = (size_t)bw_instance_prices(p->instance);
    bw_sift sift = start_sift(p);
    sift.price = bw_alloc(n, sizeof(double));
    sift.unit = bw_alloc(units, sizeof(double));
    sift.rep = bw_alloc(units, sizeof *sift.rep);
    bw_status status = sift.price && sift.unit && sift.rep ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        memcpy(sift.rep, p->prices->best_rep, units * sizeof *sift.rep);
        sift.cost_free = true;
        sift.value = 0; /* of prices 0 */
        status = bw_sift_run(&sift, p->arcs);
    }
    bw_sift_done(&sift);
    if (status == BW_OK && sift.value > 0)
        status =
            bw_prices_confirm(p->instance, sift.price, p->settings->threads,
                              &p->prices->infeasible);
    bw_free(sift.price);
    bw_free(sift.unit);
    bw_free(sift.rep);
    return status;
}

static bw_status solve_relaxation(pricing *p)
{
    bw_sift sift = start_sift(p);
    bw_status status = bw_sift_run(&sift, p->arcs);
    p->prices->value = sift.value;
    p->prices->exact_lp = sift.exact;
    if (status == BW_OK && sift.exact)
        status = read_parts(p->prices, sift.core);
    bw_sift_done(&sift);
    if (status == BW_OK && sift.blocked)
        status = ask_feasible(p);
    return status;
}

bw_status bw_prices_new(const bw_instance *instance,
                        const bw_settings *settings, const atomic_int *stop,
                        bw_prices **prices)
{
    pricing p = {.instance = instance,
                 .settings = settings,
                 .clockwork = bw_clockwork_start(settings, stop)};
    int64_t windows = (int64_t)instance->n_reps * instance->n_measures;
    *prices = NULL;
    bw_status status = prepare(&p);
    if (status == BW_OK)
        status = first_prices(&p);
    if (status == BW_OK && windows <= WINDOWS_MOST &&
        !bw_clockwork_over(&p.clockwork))
        status = solve_relaxation(&p);
    bw_arcs_free(p.arcs);
    bw_pass_free(p.pass);
    bw_view_free(p.view);
    if (status == BW_OK)
        *prices = p.prices;
    else
        bw_prices_free(p.prices);
    return status;
}
