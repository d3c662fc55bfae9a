/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Repairs: who was touched, how many accounts had to move. */
#include "repair_show.h"

#include "csv_write.h"
#include "number.h"

static const char *const reach_text[] = {[BW_REACH_NEIGHBOURS] = "neighbours",
                                         [BW_REACH_REGION] = "region",
                                         [BW_REACH_ALL] = "all"};

static const bw_repair_spec *spec_of(const bw_repair *repair)
{
    return &repair->problem.scenario->repair;
}

void bw_write_repair(const bw_repair *repair, bw_csv *csv)
{
    const bw_reps *reps = &repair->problem.reps;
    bw_csv_text(csv, "rep_id");
    bw_csv_text(csv, "rep_name");
    bw_csv_text(csv, "within_reach");
    bw_csv_end(csv);
    for (int32_t r = 0; r < reps->n_serving; r++) {
        bw_csv_text(csv, reps->id[r]);
        bw_csv_text(csv, reps->name[r]);
        bw_csv_text(csv, repair->touched[r] ? "yes" : "no");
        bw_csv_end(csv);
    }
}

void bw_json_repair(const bw_repair *repair, const bw_figures *figures,
                    bw_json_out *json)
{
    bw_json_object(json, "repair");
    bw_json_text(json, "from", spec_of(repair)->from.text);
    bw_json_text(json, "reach", reach_text[spec_of(repair)->reach]);
    bw_json_int(json, "reps_within_reach", repair->n_touched);
    bw_json_int(json, "accounts_movable", repair->n_movable);
    bw_json_int(json, "accounts_forced", repair->n_forced);
    bw_json_int(json, "fewest_moves", repair->fewest);
    bw_json_int(json, "fewest_moves_bound", repair->fewest_bound);
    bw_json_int(json, "extra_moves", spec_of(repair)->extra_moves);
    bw_json_int(json, "moves", figures->all.moved);
    bw_json_end(json);
}

void bw_show_repair(const bw_repair *repair, const bw_figures *figures,
                    bw_buf *buf)
{
    const bw_problem *problem = &repair->problem;
    bool proven = repair->fewest <= repair->fewest_bound;
    bw_buf_format(buf, "Repair: %s of %s accounts move, of %s reps",
                  bw_number_whole(figures->all.moved).text,
                  bw_number_whole(problem->accounts.n).text,
                  bw_number_whole(repair->n_touched).text);
    bw_buf_format(buf, " of %s within reach (%s)\n",
                  bw_number_whole(problem->reps.n_serving).text,
                  reach_text[spec_of(repair)->reach]);
    bw_buf_format(buf, "  at least %s have to%s",
                  bw_number_whole(repair->fewest_bound).text,
                  proven ? ": proven" : "");
    if (!proven)
        bw_buf_format(buf, "; the fewest found: %s",
                      bw_number_whole(repair->fewest).text);
    bw_buf_format(buf, "; up to %s more where it pays\n\n",
                  bw_number_whole(spec_of(repair)->extra_moves).text);
}

void bw_repair_tell_impossible(const bw_repair *repair, bw_diags *diags)
{
    bool all = spec_of(repair)->reach == BW_REACH_ALL;
    bw_diag_add(diags, BW_ERROR, BW_LIMITS_IMPOSSIBLE, spec_of(repair)->place,
                "no repair with reach=\"%s\" keeps the hard limits: proven: %s",
                reach_text[spec_of(repair)->reach],
                all ? "loosen them" : "widen the reach, or loosen them");
}
