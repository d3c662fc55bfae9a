/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clusters.csv: what the searched bound rests on. Clusters first, numbered from
 * 1, then every serving rep with his cluster, then the units that are priced,
 * by their first accounts. */
#include "tables.h"

static void write_cluster(const bw_searched *searched, int32_t k, bw_csv *csv)
{
    bw_csv_text(csv, "cluster");
    bw_csv_text(csv, NULL);
    bw_csv_int(csv, k + 1);
    bw_csv_text(csv, NULL);
    bw_csv_fine(csv, searched->bound[k]);
    bw_csv_text(csv, searched->closed[k] ? "yes" : "no");
    bw_csv_end(csv);
}

static void end_blank(bw_csv *csv, int n)
{
    for (int i = 0; i < n; i++)
        bw_csv_text(csv, NULL);
    bw_csv_end(csv);
}

void bw_write_clusters(const bw_figures *figures, bw_csv *csv)
{
    static const char *const names[] = {"kind",  "id",    "cluster",
                                        "price", "bound", "closed"};
    const bw_searched *searched = &figures->plan->searched;
    const bw_instance *instance = figures->instance;
    for (int i = 0; i < 6; i++)
        bw_csv_text(csv, names[i]);
    bw_csv_end(csv);
    for (int32_t k = 0; k < searched->n_clusters; k++)
        write_cluster(searched, k, csv);
    for (int32_t r = 0; searched->n_clusters && r < instance->n_reps; r++) {
        bw_csv_text(csv, "rep");
        bw_csv_text(csv, figures->problem->reps.id[r]);
        bw_csv_int(csv, searched->cluster ? searched->cluster[r] + 1 : 1);
        end_blank(csv, 3);
    }
    for (int32_t u = 0; searched->unit_price && u < instance->n_units; u++) {
        if (searched->unit_price[u] == BW_NO_LOW)
            continue;
        int32_t head = instance->unit_account[instance->first_account[u]];
        bw_csv_text(csv, "unit");
        bw_csv_text(csv, figures->problem->accounts.id[head]);
        bw_csv_text(csv, NULL);
        bw_csv_quanta(csv, searched->unit_price[u]);
        end_blank(csv, 2);
    }
}
