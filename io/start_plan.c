/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From assignments.csv of another scenario to reps of units. */
#include "start_plan.h"

#include "assigned.h"
#include "index.h"

#include <string.h>

static void carry_over(const bw_assigned *from, const bw_index *reps,
                       const bw_instance *instance, int32_t *rep)
{
    const bw_problem *problem = instance->problem;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        rep[unit] = -1;
    for (int32_t a = 0; a < problem->accounts.n; a++) {
        int32_t unit = instance->account_unit[a];
        const char *id = problem->accounts.id[a];
        int64_t row = bw_assigned_find(from, id, strlen(id));
        if (rep[unit] >= 0 || row < 0)
            continue;
        bw_cell cell = bw_assigned_rep(from, row);
        rep[unit] = bw_index_find(reps, cell.text, cell.len);
    }
}

bw_status bw_start_plan_read(const char *dir, const bw_instance *instance,
                             int32_t *rep)
{
    bw_assigned *from = NULL;
    bw_index *reps = NULL;
    bw_status status = bw_assigned_read(dir, true, &from);
    if (status == BW_OK)
        status =
            bw_index_ids(instance->problem->reps.id, instance->n_reps, &reps);
    if (status == BW_OK)
        carry_over(from, reps, instance, rep);
    bw_index_free(reps);
    bw_assigned_free(from);
    return status;
}
