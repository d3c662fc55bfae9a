/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked of the scenario beyond one plan. */
#include "scenario_attr.h"
#include "scenario_write.h"

#include <string.h>

static void add_frontier(const bw_frontier_spec *frontier, bw_buf *out)
{
    if (!frontier->given)
        return;
    bw_buf_text(out, "  <frontier");
    bw_write_attr(out, "over", &frontier->over);
    bw_write_most(out, "from", &frontier->from);
    bw_write_most(out, "to", &frontier->to);
    bw_buf_format(out, " steps=\"%d\"/>\n", (int)frontier->steps);
}

/* Candidates stand among the changes. */
static void add_positions(const bw_positions_spec *positions, bw_buf *out)
{
    if (!positions->given)
        return;
    bw_buf_text(out, "  <positions");
    bw_write_attr(out, positions->total ? "total" : "choose",
                  &positions->choose);
    bw_write_number(out, "cost", &positions->cost);
    bw_write_attr(out, "close", &positions->close);
    bw_buf_text(out, "/>\n");
}

static const bw_input *find_plan(const bw_input *inputs, int32_t n_inputs)
{
    for (int32_t i = 0; i < n_inputs; i++)
        if (strcmp(inputs[i].role, "plan") == 0)
            return &inputs[i];
    return NULL;
}

/* The input is a file in the folder that is named. */
static bw_status add_from(const bw_input *plan, const char *folder, bw_buf *out)
{
    const char *slash = strrchr(plan->path, '/');
    bw_buf from = {.text = NULL};
    bw_buf_add(&from, slash ? plan->path : ".",
               slash ? (size_t)(slash - plan->path) : 1);
    bw_status status =
        from.failed ? BW_NOMEM : bw_write_path(out, "from", from.text, folder);
    bw_buf_free(&from);
    return status;
}

static bw_status add_repair(const bw_repair_spec *repair, const bw_input *plan,
                            const char *folder, bw_buf *out)
{
    static const char *const reach[] = {[BW_REACH_NEIGHBOURS] = "neighbours",
                                        [BW_REACH_REGION] = "region",
                                        [BW_REACH_ALL] = "all"};
    bw_status status = BW_OK;
    if (!repair->given)
        return BW_OK;
    bw_buf_text(out, "  <repair");
    if (plan)
        status = add_from(plan, folder, out);
    else
        bw_write_attr(out, "from", &repair->from);
    bw_write_text(out, "reach", reach[repair->reach]);
    bw_buf_format(out, " extra-moves=\"%d\"", (int)repair->extra_moves);
    if (plan)
        bw_write_text(out, "sha256", plan->sha256);
    bw_buf_text(out, "/>\n");
    return status;
}

bw_status bw_write_what_if(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out)
{
    add_positions(&scenario->positions, out);
    add_frontier(&scenario->frontier, out);
    return add_repair(&scenario->repair, find_plan(inputs, n_inputs), folder,
                      out);
}
