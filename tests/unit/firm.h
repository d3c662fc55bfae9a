/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A small company on the equator, made by hand, for tests of what is written.
 * Ann (R1) lives at 0 degrees, "Ben, Jr." (R2) one degree east of her, 111.1951
 * km away; Cyd (R3) is leaving. A call is a trip: a degree there and back is
 * 222.3902 km and 3.7065 hours, which cost 259.4552 (10 an hour, 1 a km).
 * Handover is a tenth of the revenue.
 *
 *   A1  at Ann's   Ann's   revenue 1000  potential 10
 *   A2  at Ben's   Ann's   revenue 2000  potential 20
 *   A3  at Ann's   Cyd's   revenue 3000  potential 30
 *   A4  at Ben's   nobody's         400  potential 40
 *   A5  nowhere    Ann's, locked to her  potential 50
 *
 * Every account takes 5 hours. Workload 0..100; potential 25..100, 1 a unit
 * beyond either side. The plan gives A2 and A4 to Ben, the rest to Ann. */
#ifndef TESTS_FIRM_H
#define TESTS_FIRM_H

#include "bw/plan.h"

#include <math.h>

typedef struct firm {
    bw_scenario scenario;
    bw_problem problem;
    const char *id[5], *name[5], *owner_text[5];
    uint32_t line[5];
    bw_point point[5];
    uint8_t placing[5], place_source[5];
    int32_t owner[5], family[5], lock[5];
    double revenue[5], potential[5], hours[5], calls[5];
    const char *rep_id[3], *rep_name[3], *region[3];
    uint32_t rep_line[3];
    bw_point home[3];
    uint8_t home_source[3], status[3], inside[3];
    double capacity[3], fte[3], ramp[3];
    bw_segment_rule segment;
    bw_balance balance[2];
    double low[2][3], high[2][3];
    bw_rejected rejected[1];
    bw_input input[1];
    bw_instance *instance;
    bw_plan *plan;
} firm;

static inline void firm_accounts(firm *o)
{
    static const char *const ids[] = {"A1", "A2", "A3", "A4", "A5"};
    static const int32_t owners[] = {0, 0, 2, -1, 0};
    static const double revenues[] = {1000, 2000, 3000, 400, 0};
    for (int a = 0; a < 5; a++) {
        o->id[a] = ids[a];
        o->name[a] = a == 0 ? "Say \"hi\"" : "";
        o->owner_text[a] = "";
        o->line[a] = (uint32_t)a + 2;
        o->point[a] = (bw_point){0, a % 2};
        o->owner[a] = owners[a];
        o->family[a] = -1;
        o->lock[a] = a == 4 ? 0 : -1;
        o->revenue[a] = revenues[a];
        o->potential[a] = 10 * (a + 1);
        o->hours[a] = 5;
        o->calls[a] = 1;
    }
    o->placing[4] = BW_ANYWHERE;
    o->place_source[4] = BW_PLACE_NONE;
    o->point[4] = (bw_point){NAN, NAN};
    o->problem.accounts = (bw_accounts){.n = 5,
                                        .id = o->id,
                                        .name = o->name,
                                        .line = o->line,
                                        .point = o->point,
                                        .placing = o->placing,
                                        .place_source = o->place_source,
                                        .owner = o->owner,
                                        .owner_text = o->owner_text,
                                        .revenue = o->revenue,
                                        .potential = o->potential,
                                        .hours = o->hours,
                                        .calls = o->calls,
                                        .family = o->family};
    o->problem.lock = o->lock;
}

static inline void firm_reps(firm *o)
{
    static const char *const ids[] = {"R1", "R2", "R3"};
    static const char *const names[] = {"Ann", "Ben, Jr.", "Cyd"};
    for (int r = 0; r < 3; r++) {
        o->rep_id[r] = ids[r];
        o->rep_name[r] = names[r];
        o->region[r] = r == 0 ? "East" : "";
        o->rep_line[r] = (uint32_t)r + 2;
        o->home[r] = (bw_point){0, r % 2};
        o->status[r] = r == 2 ? BW_LEAVING : BW_ACTIVE;
        o->capacity[r] = NAN;
        o->fte[r] = o->ramp[r] = 1;
    }
    o->problem.reps = (bw_reps){.n = 3,
                                .n_serving = 2,
                                .id = o->rep_id,
                                .name = o->rep_name,
                                .region = o->region,
                                .line = o->rep_line,
                                .home = o->home,
                                .place_source = o->home_source,
                                .status = o->status,
                                .inside = o->inside,
                                .capacity = o->capacity,
                                .fte = o->fte,
                                .ramp = o->ramp};
}

static inline void firm_rules(firm *o)
{
    static const double lows[] = {0, 25};
    bw_problem *p = &o->problem;
    o->segment = (bw_segment_rule){
        .name = "all", .share = NAN, .calls = NAN, .hours = NAN};
    p->segments = &o->segment;
    p->n_segments = 1;
    p->travel = (bw_travel){true, 10, 1, 60, 1, 1};
    p->handover = (bw_handover){0.1, 0};
    for (int k = 0; k < 2; k++) {
        for (int r = 0; r < 3; r++) {
            o->low[k][r] = lows[k];
            o->high[k][r] = 100;
        }
        o->balance[k] =
            (bw_balance){.measure = k ? "potential" : "workload",
                         .kind = k ? BW_MEASURE_VALUE : BW_MEASURE_WORKLOAD,
                         .value = k ? o->potential : NULL,
                         .target = BW_TARGET_NONE,
                         .low = o->low[k],
                         .high = o->high[k],
                         .under_cost = 1,
                         .over_cost = 1};
    }
    p->balances = o->balance;
    p->n_balances = 2;
    p->km_limit = NAN;
    o->rejected[0] = (bw_rejected){"accounts.csv", 9, "A9", "left out"};
    p->rejected = o->rejected;
    p->n_rejected = 1;
    o->input[0] =
        (bw_input){"accounts", "accounts.csv", "/x/accounts.csv", 6, 1, "ab"};
    p->inputs = o->input;
    p->n_inputs = 1;
}

/** Fills everything but instance and plan. The firm must not move. */
static inline void firm_problem(firm *o)
{
    *o = (firm){0};
    firm_accounts(o);
    firm_reps(o);
    firm_rules(o);
    o->scenario.name.text = "office";
    o->scenario.currency.text = "EUR";
    o->problem.scenario = &o->scenario;
}

/** Instance and plan too; NULL: fine. `rep` by account, which are the units. */
static inline bw_status firm_plan(firm *o, const int32_t *rep)
{
    bw_status status = bw_instance_new(&o->problem, NULL, &o->instance);
    if (status == BW_OK)
        status = bw_plan_new(o->instance, &o->plan);
    return status == BW_OK ? bw_plan_assign(o->plan, rep) : status;
}

static inline void firm_close(firm *o)
{
    bw_plan_free(o->plan);
    bw_instance_free(o->instance);
}

#endif
