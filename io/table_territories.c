/* SPDX-License-Identifier: GPL-3.0-or-later */
/* territories.csv: a line per rep. */
#include "tables.h"

#include <string.h>

/* A measure's value stands in a column of its name, unless there is one of
 * that name anyway: `accounts` and `revenue` say the same number already, and
 * any other namesake is set apart. */
static const char *const fixed[] = {
    "rep_id",           "rep_name",    "region",
    "accounts",         "revenue",     "travel_hours",
    "mean_distance_km", "accounts_in", "accounts_out",
    "revenue_in",       "revenue_out", "cost",
    "within_bands",     "home_source", NULL};

static bool is_fixed(const char *name)
{
    for (int i = 0; fixed[i]; i++)
        if (strcmp(fixed[i], name) == 0)
            return true;
    return false;
}

static const char *const ends[] = {"", "_low", "_high", "_price"};

/* A limit or price of this measure stands in a column called `name`. */
static bool is_limit_of(const char *measure, const char *name)
{
    size_t len = strlen(measure);
    if (strncmp(name, measure, len) != 0)
        return false;
    for (int i = 1; i < 4; i++)
        if (strcmp(name + len, ends[i]) == 0)
            return true;
    return false;
}

static bool stands_already(const char *name)
{
    return strcmp(name, "accounts") == 0 || strcmp(name, "revenue") == 0;
}

/* Another column has the name of this measure. */
static bool is_taken(const bw_instance *instance, const char *name)
{
    bool taken = is_fixed(name) || is_limit_of("workload", name) ||
                 is_limit_of("potential", name);
    for (int32_t k = 0; k < instance->n_measures; k++)
        taken |= is_limit_of(instance->measure[k].name, name);
    return taken && !stands_already(name);
}

static void measure_header(const bw_instance *instance, bw_csv *csv,
                           const char *name)
{
    bool taken = is_taken(instance, name);
    for (int i = stands_already(name) ? 1 : 0; i < 4; i++) {
        bw_buf header = {0};
        bw_buf_text(&header, taken ? "measure_" : "");
        bw_buf_text(&header, name);
        bw_buf_text(&header, ends[i]);
        csv->buf->failed |= header.failed;
        bw_csv_text(csv, header.text);
        bw_buf_free(&header);
    }
}

/* The measure of this name, or -1. */
static int32_t find(const bw_instance *instance, const char *name)
{
    for (int32_t k = 0; k < instance->n_measures; k++)
        if (strcmp(instance->measure[k].name, name) == 0)
            return k;
    return -1;
}

/* Workload and potential stand first, balanced or not. */
static bool stands_first(const char *name)
{
    return strcmp(name, "workload") == 0 || strcmp(name, "potential") == 0;
}

static void write_header(const bw_figures *figures, bw_csv *csv)
{
    for (int i = 0; i < 4; i++)
        bw_csv_text(csv, fixed[i]);
    const bw_instance *instance = figures->instance;
    measure_header(instance, csv, "workload");
    measure_header(instance, csv, "potential");
    for (int32_t k = 0; k < instance->n_measures; k++)
        if (!stands_first(instance->measure[k].name))
            measure_header(instance, csv, instance->measure[k].name);
    for (int i = 4; fixed[i]; i++)
        bw_csv_text(csv, fixed[i]);
    bw_csv_end(csv);
}

static void write_limit(bw_csv *csv, int64_t limit)
{
    if (limit == BW_NO_LOW || limit == BW_NO_HIGH)
        bw_csv_text(csv, NULL);
    else
        bw_csv_quanta(csv, limit);
}

/* Low, high and price; blank where the measure is not balanced (k < 0) or the
 * rep serves nobody. */
static void write_band(const bw_figures *figures, int32_t rep, int32_t k,
                       bw_csv *csv)
{
    const bw_instance *instance = figures->instance;
    if (k < 0 || rep >= instance->n_reps) {
        for (int i = 0; i < 3; i++)
            bw_csv_text(csv, NULL);
        return;
    }
    int64_t at = (int64_t)rep * instance->n_measures + k;
    write_limit(csv, instance->low[at]);
    write_limit(csv, instance->high[at]);
    bw_write_price(csv, figures->plan->certificate.price[at]);
}

static void write_measures(const bw_figures *figures, int32_t rep, bw_csv *csv)
{
    const bw_instance *instance = figures->instance;
    const bw_totals *totals = &figures->rep[rep];
    bw_csv_quanta(csv, bw_totals_hours(totals));
    write_band(figures, rep, find(instance, "workload"), csv);
    bw_csv_quanta(csv, totals->potential);
    write_band(figures, rep, find(instance, "potential"), csv);
    for (int32_t k = 0; k < instance->n_measures; k++) {
        const char *name = instance->measure[k].name;
        if (stands_first(name))
            continue;
        bool serves = rep < instance->n_reps;
        if (!stands_already(name))
            bw_csv_quanta(csv,
                          serves ? bw_fit_in_plan(figures, rep, k).load : 0);
        write_band(figures, rep, k, csv);
    }
}

static void write_rep(const bw_figures *figures, int32_t rep, bw_csv *csv)
{
    const bw_reps *reps = &figures->problem->reps;
    const bw_totals *totals = &figures->rep[rep];
    bool serves = rep < figures->instance->n_reps;
    bw_csv_text(csv, reps->id[rep]);
    bw_csv_text(csv, reps->name[rep]);
    bw_csv_text(csv, reps->region[rep]);
    bw_csv_int(csv, totals->accounts);
    write_measures(figures, rep, csv);
    bw_csv_fine(csv, totals->revenue * BW_PRICE_UNIT);
    bw_csv_quanta(csv, totals->travel_hours);
    bw_write_km(csv, bw_totals_km(totals));
    bw_csv_int(csv, totals->accounts_in);
    bw_csv_int(csv, totals->accounts_out);
    bw_csv_fine(csv, totals->revenue_in * BW_PRICE_UNIT);
    bw_csv_fine(csv, totals->revenue_out * BW_PRICE_UNIT);
    bw_csv_fine(csv, totals->cost * BW_PRICE_UNIT);
    bw_csv_text(csv, !serves ? NULL : bw_rep_fits(figures, rep) ? "yes" : "no");
    bw_csv_text(csv, bw_place_source_text(reps->place_source[rep]));
    bw_csv_end(csv);
}

void bw_write_territories(const bw_figures *figures, bw_csv *csv)
{
    write_header(figures, csv);
    for (int32_t rep = 0; rep < figures->problem->reps.n; rep++)
        write_rep(figures, rep, csv);
}
