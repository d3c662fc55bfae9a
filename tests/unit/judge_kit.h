/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Small problems in memory for the judge's tests: plain arrays, no files. */
#ifndef TESTS_JUDGE_KIT_H
#define TESTS_JUDGE_KIT_H

#include "bw/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    KIT_ACCOUNTS = 8,
    KIT_REPS = 4,
    KIT_BALANCES = 3
};

#define Q(amount) ((int64_t)llround((amount)*BW_QUANTA))
#define P(price)  ((int64_t)llround((price)*BW_PRICE_UNIT))

typedef struct kit {
    bw_problem problem;
    char ids[KIT_ACCOUNTS + KIT_REPS][16];
    const char *account_id[KIT_ACCOUNTS], *account_name[KIT_ACCOUNTS];
    const char *owner_text[KIT_ACCOUNTS];
    uint32_t account_line[KIT_ACCOUNTS], rep_line[KIT_REPS];
    bw_point point[KIT_ACCOUNTS], home[KIT_REPS];
    uint8_t placing[KIT_ACCOUNTS], status[KIT_REPS], inside[KIT_REPS];
    int32_t owner[KIT_ACCOUNTS], family[KIT_ACCOUNTS], lock[KIT_ACCOUNTS];
    double revenue[KIT_ACCOUNTS], potential[KIT_ACCOUNTS];
    double hours[KIT_ACCOUNTS], calls[KIT_ACCOUNTS];
    const char *rep_id[KIT_REPS], *rep_name[KIT_REPS], *region[KIT_REPS];
    double capacity[KIT_REPS], fte[KIT_REPS], ramp[KIT_REPS];
    bw_segment_rule segment[3];
    bw_balance balance[KIT_BALANCES];
    double low[KIT_BALANCES][KIT_REPS], high[KIT_BALANCES][KIT_REPS];
    bw_pair_given pair[KIT_ACCOUNTS * KIT_REPS];
    bw_pair_rule rule;
    int32_t account_class[KIT_ACCOUNTS], rep_class[KIT_REPS];
    uint8_t rule_allowed[KIT_ACCOUNTS * KIT_REPS];
    bw_input inputs[2];
    int32_t plan[KIT_ACCOUNTS];
    int64_t price[KIT_REPS * KIT_BALANCES];
    bw_claim claim;
} kit;

static inline void kit_accounts(kit *k, int32_t n)
{
    for (int32_t a = 0; a < n; a++) {
        snprintf(k->ids[a], sizeof k->ids[a], "A%d", (int)a + 1);
        k->account_id[a] = k->ids[a];
        k->account_name[a] = k->owner_text[a] = "";
        k->account_line[a] = (uint32_t)a + 2;
        k->point[a] = (bw_point){NAN, NAN};
        k->placing[a] = BW_ANYWHERE;
        k->owner[a] = k->family[a] = k->lock[a] = -1;
        k->hours[a] = k->calls[a] = NAN;
    }
    k->problem.accounts = (bw_accounts){.n = n,
                                        .id = k->account_id,
                                        .name = k->account_name,
                                        .line = k->account_line,
                                        .point = k->point,
                                        .placing = k->placing,
                                        .owner = k->owner,
                                        .owner_text = k->owner_text,
                                        .revenue = k->revenue,
                                        .potential = k->potential,
                                        .hours = k->hours,
                                        .calls = k->calls,
                                        .family = k->family,
                                        .n_families = KIT_ACCOUNTS};
}

static inline void kit_reps(kit *k, int32_t m)
{
    for (int32_t r = 0; r < m; r++) {
        char *id = k->ids[KIT_ACCOUNTS + r];
        snprintf(id, sizeof k->ids[0], "R%d", (int)r + 1);
        k->rep_id[r] = id;
        k->rep_name[r] = k->region[r] = "";
        k->rep_line[r] = (uint32_t)r + 2;
        k->home[r] = (bw_point){NAN, NAN};
        k->capacity[r] = NAN;
        k->fte[r] = k->ramp[r] = 1;
    }
    k->problem.reps = (bw_reps){.n = m,
                                .n_serving = m,
                                .id = k->rep_id,
                                .name = k->rep_name,
                                .region = k->region,
                                .line = k->rep_line,
                                .home = k->home,
                                .status = k->status,
                                .inside = k->inside,
                                .capacity = k->capacity,
                                .fte = k->fte,
                                .ramp = k->ramp};
}

/** n accounts, m reps: one segment without coverage, no rules, no measures, no
 * travel; nobody owned; everybody with rep 0 at prices 0. */
static inline void kit_start(kit *k, int32_t n, int32_t m)
{
    memset(k, 0, sizeof *k);
    kit_accounts(k, n);
    kit_reps(k, m);
    bw_problem *p = &k->problem;
    k->segment[0] = (bw_segment_rule){
        .name = "all", .share = NAN, .calls = NAN, .hours = NAN};
    p->segments = k->segment;
    p->n_segments = 1;
    p->travel = (bw_travel){false, 0, 0, 60, 1.3, 1};
    p->balances = k->balance;
    p->rules = &k->rule;
    p->lock = k->lock;
    p->km_limit = NAN;
    p->pairs.row = k->pair;
    k->inputs[0] = (bw_input){.role = "accounts", .path = "a.csv"};
    k->inputs[1] = (bw_input){.role = "reps", .path = "r.csv"};
    p->inputs = k->inputs;
    p->n_inputs = 2;
    k->claim = (bw_claim){.rep = k->plan, .price = k->price};
}

/** Adds a measure with explicit bands, the same for all reps. NAN: no limit. */
static inline bw_balance *kit_band(kit *k, const double *value, double low,
                                   double high)
{
    int32_t i = k->problem.n_balances++;
    for (int32_t r = 0; r < KIT_REPS; r++) {
        k->low[i][r] = low;
        k->high[i][r] = high;
    }
    k->balance[i] =
        (bw_balance){.measure = value ? "beds" : "workload",
                     .kind = value ? BW_MEASURE_VALUE : BW_MEASURE_WORKLOAD,
                     .value = value,
                     .n_groups = 1,
                     .low = k->low[i],
                     .high = k->high[i]};
    return &k->balance[i];
}

/** Adds a row of pairs.csv with nothing given; rows must come in order. */
static inline bw_pair_given *kit_pair(kit *k, int32_t account, int32_t rep)
{
    bw_pair_given *row = &k->pair[k->problem.pairs.n++];
    *row = (bw_pair_given){.account = account,
                           .rep = rep,
                           .allowed = -1,
                           .cost = NAN,
                           .hours = NAN,
                           .travel_hours = NAN,
                           .km = NAN,
                           .line = (uint32_t)k->problem.pairs.n + 1};
    return row;
}

/** One rule over all: allowed[a * m + r] in rule_allowed, all 1 at first. */
static inline void kit_rule(kit *k)
{
    int32_t m = k->problem.reps.n;
    for (int32_t a = 0; a < KIT_ACCOUNTS; a++)
        k->account_class[a] = a;
    for (int32_t r = 0; r < KIT_REPS; r++)
        k->rep_class[r] = r;
    memset(k->rule_allowed, 1, sizeof k->rule_allowed);
    k->rule = (bw_pair_rule){.place = {"s.xml", 7, 3},
                             .text = "$a = $rep.b",
                             .n_account_classes = KIT_ACCOUNTS,
                             .n_rep_classes = m,
                             .account_class = k->account_class,
                             .rep_class = k->rep_class,
                             .allowed = k->rule_allowed};
    k->problem.n_rules = 1;
}

#endif
