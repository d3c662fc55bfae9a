/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deviations, what is outside, and the limit that presses most. */
#include "run_figures.h"

#include "bar.h"
#include "terminal_parts.h"

#include <math.h>
#include <stdlib.h>

static void write_measure(const bw_instance *instance, const int64_t *load,
                          int32_t k, bw_json_out *json)
{
    double worst = 0, sum = 0;
    int32_t n = 0, outside = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        bw_fit fit = bw_fit_of(instance, rep, k,
                               load[(int64_t)rep * instance->n_measures + k]);
        double share = bw_fit_share(&fit);
        outside += fit.outside != 0;
        if (isnan(share))
            continue;
        worst = fmax(worst, fabs(share - 1));
        sum += fabs(share - 1);
        n++;
    }
    bw_json_object(json, NULL);
    bw_json_text(json, "name", instance->measure[k].name);
    bw_json_double(json, "worst", n ? worst : NAN);
    bw_json_double(json, "mean", n ? sum / n : NAN);
    bw_json_int(json, "outside", outside);
    bw_json_end(json);
}

static bool is_outside(const bw_instance *instance, const int64_t *load,
                       int32_t rep)
{
    for (int32_t k = 0; k < instance->n_measures; k++)
        if (bw_fit_of(instance, rep, k,
                      load[(int64_t)rep * instance->n_measures + k])
                .outside != 0)
            return true;
    return false;
}

/* `held` gives the accounts of a rep. */
static void write_state(const bw_figures *figures, const int64_t *load,
                        int64_t (*held)(const bw_figures *, int32_t),
                        bw_json_out *json)
{
    const bw_instance *instance = figures->instance;
    int64_t reps = 0, accounts = 0;
    bw_json_list(json, "measures");
    for (int32_t k = 0; k < instance->n_measures; k++)
        write_measure(instance, load, k, json);
    bw_json_end(json);
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        if (!is_outside(instance, load, rep))
            continue;
        reps++;
        accounts += held(figures, rep);
    }
    bw_json_int(json, "reps_outside", reps);
    bw_json_int(json, "accounts_outside", accounts);
}

static int64_t held_in_plan(const bw_figures *figures, int32_t rep)
{
    return figures->rep[rep].accounts;
}

/* What is there, less what came in, with what went out. */
static int64_t held_today(const bw_figures *figures, int32_t rep)
{
    const bw_totals *totals = &figures->rep[rep];
    return totals->accounts - totals->accounts_in + totals->accounts_out;
}

/* What today's loads cost. */
static bw_wide imbalance_today(const bw_instance *instance,
                               const bw_today *today)
{
    bw_wide sum = 0;
    for (int32_t rep = 0; rep < instance->n_reps; rep++)
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t outside;
            int64_t at = (int64_t)rep * instance->n_measures + k;
            sum += bw_instance_deviation(instance, rep, k, today->load[at],
                                         &outside);
        }
    return sum;
}

static void write_today(const bw_figures *figures, const bw_today *today,
                        bw_json_out *json)
{
    bw_json_object(json, "today");
    bw_json_int(json, "unowned", today->unowned);
    bw_json_int(json, "leaving", today->leaving);
    bw_json_int(json, "ruled_out", today->not_allowed);
    bw_json_int(json, "comparable", today->comparable);
    if (today->comparable) {
        bw_json_fine(json, "travel_hours", bw_fine(today->hours_today));
        bw_json_fine(json, "travel_hours_then", bw_fine(today->hours_then));
    }
    bw_json_fine(json, "imbalance", imbalance_today(figures->instance, today));
    write_state(figures, today->load, held_today, json);
    bw_json_end(json);
}

typedef struct tightest {
    int64_t rep, measure, budget; /* -1: it is none of these */
    int64_t price;                /* price units, signed */
    double worth;                 /* of one per cent of the limit, money */
} tightest;

static double worth_of(int64_t price, int64_t limit)
{
    return fabs(bw_from_price(price) * bw_from_quanta(limit)) / 100;
}

static tightest find_tightest(const bw_figures *figures)
{
    const bw_instance *instance = figures->instance;
    const int64_t *price = figures->plan->certificate.price;
    int64_t windows = bw_instance_windows(instance);
    tightest best = {-1, -1, -1, 0, 0};
    for (int64_t at = 0; at < windows; at++) {
        int64_t limit = price[at] > 0 ? instance->high[at] : instance->low[at];
        double worth = price[at] ? worth_of(price[at], limit) : 0;
        if (worth > best.worth)
            best = (tightest){at / instance->n_measures,
                              at % instance->n_measures, -1, price[at], worth};
    }
    for (int32_t g = 0; g < instance->n_budgets; g++) {
        double worth = worth_of(price[windows + g], instance->budget[g].stated);
        if (worth > best.worth)
            best = (tightest){-1, -1, g, price[windows + g], worth};
    }
    return best;
}

/* "workload of Ada Lopez, top", "budget key accounts" */
static void name_limit(const bw_figures *figures, const tightest *limit,
                       bw_buf *name)
{
    const bw_instance *instance = figures->instance;
    if (limit->budget >= 0)
        bw_buf_format(name, "budget %s", instance->budget[limit->budget].name);
    else
        bw_buf_format(name, "%s of %s, %s",
                      instance->measure[limit->measure].name,
                      bw_rep_label(figures->problem, (int32_t)limit->rep),
                      limit->price > 0 ? "top" : "bottom");
}

static void write_tightest(const bw_figures *figures, bw_json_out *json)
{
    tightest limit = find_tightest(figures);
    if (limit.worth <= 0)
        return;
    bw_buf name = {0};
    name_limit(figures, &limit, &name);
    json->buf->failed |= name.failed;
    bw_json_object(json, "tightest");
    bw_json_text(json, "name", name.text);
    bw_json_fine(json, "price", (bw_wide)llabs(limit.price) * BW_QUANTA);
    bw_json_double(json, "worth", limit.worth);
    bw_json_end(json);
    bw_buf_free(&name);
}

void bw_run_figures(const bw_figures *figures, const bw_today *today,
                    bw_json_out *json)
{
    bw_json_object(json, "plan");
    write_state(figures, figures->plan->load, held_in_plan, json);
    bw_json_end(json);
    write_today(figures, today, json);
    write_tightest(figures, json);
}
