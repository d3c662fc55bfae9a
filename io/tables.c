/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small tables: segments, rejected rows, certificate. */
#include "tables.h"

#include <math.h>

void bw_write_km(bw_csv *csv, double km)
{
    if (isnan(km))
        bw_csv_text(csv, NULL);
    else
        bw_csv_quanta(csv, bw_quanta(km));
}

void bw_write_price(bw_csv *csv, int64_t price)
{
    bw_csv_fine(csv, (bw_wide)price * BW_QUANTA);
}

static void write_names(bw_csv *csv, const char *const *names)
{
    for (int i = 0; names[i]; i++)
        bw_csv_text(csv, names[i]);
    bw_csv_end(csv);
}

void bw_write_segments(const bw_figures *figures, bw_csv *csv)
{
    static const char *const names[] = {
        "segment",        "accounts",  "service_hours",    "travel_hours",
        "workload_hours", "potential", "revenue",          "moved_accounts",
        "moved_revenue",  "cost",      "mean_distance_km", NULL};
    write_names(csv, names);
    for (int32_t s = 0; s < figures->problem->n_segments; s++) {
        const bw_totals *totals = &figures->segment[s];
        bw_csv_text(csv, figures->problem->segments[s].name);
        bw_csv_int(csv, totals->accounts);
        bw_csv_quanta(csv, totals->service_hours);
        bw_csv_quanta(csv, totals->travel_hours);
        bw_csv_quanta(csv, bw_totals_hours(totals));
        bw_csv_quanta(csv, totals->potential);
        bw_csv_fine(csv, totals->revenue * BW_PRICE_UNIT);
        bw_csv_int(csv, totals->moved);
        bw_csv_fine(csv, totals->moved_revenue * BW_PRICE_UNIT);
        bw_csv_fine(csv, totals->cost * BW_PRICE_UNIT);
        bw_write_km(csv, bw_totals_km(totals));
        bw_csv_end(csv);
    }
}

void bw_write_rejected(const bw_problem *problem, bw_csv *csv)
{
    static const char *const names[] = {"file", "line", "id", "reason", NULL};
    write_names(csv, names);
    for (int64_t i = 0; i < problem->n_rejected; i++) {
        const bw_rejected *row = &problem->rejected[i];
        bw_csv_text(csv, row->file);
        bw_csv_int(csv, row->line);
        bw_csv_text(csv, row->id);
        bw_csv_text(csv, row->reason);
        bw_csv_end(csv);
    }
}

void bw_write_certificate(const bw_figures *figures, bw_csv *csv)
{
    static const char *const names[] = {"kind", "id", "measure", "price", NULL};
    const bw_certificate *certificate = &figures->plan->certificate;
    write_names(csv, names);
    for (int32_t rep = 0; rep < certificate->n_reps; rep++)
        for (int32_t k = 0; k < certificate->n_measures; k++) {
            bw_csv_text(csv, "rep");
            bw_csv_text(csv, figures->problem->reps.id[rep]);
            bw_csv_text(csv, figures->instance->measure[k].name);
            bw_write_price(
                csv,
                certificate->price[(int64_t)rep * certificate->n_measures + k]);
            bw_csv_end(csv);
        }
    for (int32_t g = 0; g < certificate->n_budgets; g++) {
        bw_csv_text(csv, "budget");
        bw_csv_text(csv, figures->instance->budget[g].name);
        bw_csv_text(csv, figures->problem->budgets[g].measure);
        bw_write_price(
            csv,
            certificate->price[bw_instance_windows(figures->instance) + g]);
        bw_csv_end(csv);
    }
}
