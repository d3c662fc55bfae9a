/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The planning problem: accounts, reps, pairs and rules as typed columns,
 * every expression evaluated, nothing yet computed. It is what reading gives
 * (io/load.c), and the one thing that the solver and its judge share. Values
 * are as the files have them, in units of money, hours, kilometres.
 *
 * Everything is read-only once loaded and owned by `arena`. */
#ifndef BW_PROBLEM_H
#define BW_PROBLEM_H

#include "bw/geo.h"
#include "bw/scenario.h"

#include <stdbool.h>
#include <stdint.h>

/** How an account without a usable place is treated. */
typedef enum bw_placing {
    BW_PLACED,    /* `point` is known */
    BW_ANYWHERE,  /* no travel hours, no travel cost, no km limit, any rep */
    BW_WITH_OWNER /* likewise, and it stays with its owner */
} bw_placing;

/** Where a place comes from. */
typedef enum bw_place_source {
    BW_PLACE_GIVEN,       /* coordinates of the row */
    BW_PLACE_POSTAL_CODE, /* the row's postal code, from a gazetteer */
    BW_PLACE_POSTAL_AREA, /* the area of it: an outward code or the like */
    BW_PLACE_CITY,        /* the row's city, from a gazetteer */
    BW_PLACE_NONE,        /* no place is known */
    BW_N_PLACE_SOURCES
} bw_place_source;

/** given, postal-code, postal-area, city, none. */
const char *bw_place_source_text(int source);

/** Accounts that take part, in file order. */
typedef struct bw_accounts {
    int32_t n;
    const char **id;         /* [n] unique, not blank */
    const char **name;       /* [n] "" where the file has none */
    uint32_t *line;          /* [n] line of the record in its file */
    const int32_t *input;    /* [n] of the problem's inputs, the file that it
                              * stands in; NULL: all in the accounts file */
    bw_point *point;         /* [n] NaN where placing is not BW_PLACED */
    uint8_t *placing;        /* [n] bw_placing */
    uint8_t *place_source;   /* [n] bw_place_source */
    int32_t *owner;          /* [n] rep, or -1: none, unknown or left out */
    const char **owner_text; /* [n] as the file has it; "" blank */
    double *revenue;   /* [n] 0 where blank or no such column; may be < 0 */
    double *potential; /* [n] likewise; >= 0 */
    double *hours;     /* [n] service hours given, >= 0; NaN: by coverage */
    double *calls;     /* [n] calls a year given, >= 0; NaN: by coverage */
    int32_t *family;   /* [n] group 0 .. n_families-1, or -1: on its own; a
                        * group is only formed where <families> says so */
    int32_t n_families;
} bw_accounts;

typedef enum bw_rep_status {
    BW_ACTIVE,
    BW_VACANT,   /* a position without a person: holds accounts */
    BW_LEAVING,  /* owns accounts today, serves none in the plan */
    BW_CANDIDATE /* a position that may open */
} bw_rep_status;

/** Whether a position may be decided about. */
typedef enum bw_position_kind {
    BW_STAYS,
    BW_MAY_OPEN, /* a candidate */
    BW_MAY_CLOSE /* serves today */
} bw_position_kind;

/** Reps: first those that serve in the plan [0, n_serving), then those that
 * are leaving [n_serving, n); file order inside both. */
typedef struct bw_reps {
    int32_t n, n_serving;
    const char **id, **name, **region; /* [n]; name, region may be "" */
    uint32_t *line;                    /* [n] 0: a change of the scenario
                                        * added it */
    bw_point *home;        /* [n] NaN: unknown, only where nobody needs it */
    uint8_t *place_source; /* [n] bw_place_source of the home */
    uint8_t *status;       /* [n] bw_rep_status */
    uint8_t *inside;    /* [n] 1: inside rep, travels nowhere: no travel hours,
                         * no travel cost, no km limit */
    double *capacity;   /* [n] hours a year; NaN where not used or blank */
    double *fte, *ramp; /* [n] default 1; F[r] = fte x ramp */
    /* <positions>; all three NULL without. */
    uint8_t *free; /* [n] bw_position_kind; those that are free all serve */
    double *position_cost; /* [n] money a year while open; of free ones */
    const uint8_t *open;   /* [n_serving] 1: open; NULL: all are. Set where a
                            * choice was made: then nobody may have who is
                            * closed, and the costs of the open ones count */
} bw_reps;

/** Whether a serving rep has a place in the plan: not a closed position. */
static inline bool bw_rep_open(const bw_reps *reps, int32_t rep)
{
    return !reps->open || reps->open[rep];
}
/** How many of the serving reps have. */
static inline int32_t bw_reps_open(const bw_reps *reps)
{
    int32_t n = 0;
    for (int32_t r = 0; r < reps->n_serving; r++)
        n += bw_rep_open(reps, r);
    return n;
}

/** One segment: the first rule that holds wins, in order. */
typedef struct bw_segment_rule {
    const char *name;
    bw_place place;
    const uint8_t *holds; /* [accounts] the `where`; NULL: always */
    double share;         /* 0 .. 1 of the accounts that no earlier segment took
                           * and for which the `where` holds; NaN: all */
    bw_share_by by;       /* accounts: the top ceil(share x count - 1e-9);
                           * potential: the shortest prefix of the ranking
                           * whose sum of `of` is >= share x the total, both
                           * summed in the order of the ranking */
    const double *of;     /* [accounts] ranking, descending, ties by file
                           * order; NaN counts as 0; NULL without share */
    double calls, hours;  /* calls a year, hours per call; NaN: not given */
} bw_segment_rule;

/** calls[a] = accounts.calls, else the segment's, else 0.
 * service hours[a] = accounts.hours, else calls[a] x the segment's hours; 0
 * where that is not known, which is a fault only while workload is balanced. */

typedef struct bw_travel {
    bool counts; /* false: no travel hours and no travel cost for anybody */
    double hour_cost, km_cost, speed_kmh, road_factor, calls_per_trip;
} bw_travel;

/** Per account whose rep changes: share x revenue + hours x hour-cost, never
 * below 0. An account without owner (-1) changes nothing and costs nothing. */
typedef struct bw_handover {
    double share, hours;
} bw_handover;

typedef enum bw_measure_kind {
    BW_MEASURE_WORKLOAD, /* service + travel hours: the one that varies by rep
                          */
    BW_MEASURE_VALUE     /* a number per account: potential, accounts, column */
} bw_measure_kind;

/** One balanced measure; the order is workload, potential (where balanced),
 * then as in the scenario. */
typedef struct bw_balance {
    const char *measure; /* workload, potential, accounts, or column name */
    bw_place place;
    bw_measure_kind kind;
    const double *value; /* [accounts]; NULL for workload */
    bw_target target;
    double tolerance;           /* fraction; 0 without target */
    const double *target_value; /* [reps] for BW_TARGET_COLUMN */
    const int32_t *group;       /* [reps] `within`; NULL: one group */
    const char **group_name;    /* [n_groups] */
    int32_t n_groups;
    const double *low, *high; /* [reps] absolute limits that stand instead of
                               * target x (1 -/+ tolerance) where not NaN;
                               * NULL: none. Without target, NaN: no limit */
    double under_cost, over_cost; /* money per unit, >= 0; INFINITY: hard */
} bw_balance;

/** A budget over the moves of the whole plan (<moved>). Accounts with an owner,
 * leaving reps included, for which `holds` is not 0 count: what the plan moves
 * of them may come to `max` at most. Forced moves count only with `count_all`:
 * those whose owner serves nobody in the plan, or may not serve the account
 * (with its family, where that stays together). */
typedef struct bw_budget {
    const char *name; /* different from all others */
    bw_place place;
    const char *measure; /* accounts, revenue, potential, workload, column */
    bw_measure_kind kind;
    const double *value; /* [accounts] >= 0 and never NaN where they count; NULL
                          * for workload: the service hours, as hours of travel
                          * depend on the rep */
    const uint8_t *holds; /* [accounts] the `where`; NULL: all */
    bool count_all;
    bool share; /* max is a fraction of the measure summed over all accounts
                 * that count, to a millionth, and rounded down to a quantum;
                 * else an amount */
    double max;
} bw_budget;

/** A rule over pairs: account a may be with rep r only if
 * allowed[account_class[a] * n_rep_classes + rep_class[r]]. Classes are equal
 * values of the columns that the rule's expressions use. */
typedef struct bw_pair_rule {
    bw_place place;
    const char *text; /* the rule as written, for explanations */
    int32_t n_account_classes, n_rep_classes;
    const int32_t *account_class; /* [accounts] */
    const int32_t *rep_class;     /* [reps] */
    const uint8_t *allowed;       /* [n_account_classes * n_rep_classes] */
} bw_pair_rule;

/** A row of pairs.csv; NaN: not given. km and travel_hours stand for ours where
 * there is travel at all: it counts, the rep is not inside, the account is
 * BW_PLACED. The km limit holds for such pairs whether travel counts or not,
 * and wherever km is given. */
typedef struct bw_pair_given {
    int32_t account, rep;
    int8_t allowed; /* 1 yes, 0 no, -1 not given: yes, as far as rules go */
    double cost;    /* money; replaces all of c, or is added to it */
    double hours;   /* the pair's whole workload */
    double travel_hours, km; /* km: road kilometres, no road factor */
    uint32_t line;
} bw_pair_given;

typedef struct bw_pairs_given {
    int64_t n;
    bw_pair_given *row; /* [n] sorted by account, then rep; no duplicates */
    bool only_listed;   /* pairs that are not in the file are not allowed */
    bool cost_replaces; /* cost is all of c for listed pairs */
} bw_pairs_given;

/** An input row that took no part. */
typedef struct bw_rejected {
    const char *file; /* as named in the scenario */
    uint32_t line;
    const char *id, *reason;
} bw_rejected;

typedef struct bw_input {
    const char *role;       /* accounts, reps, pairs, gazetteer */
    const char *file;       /* as named in the scenario */
    const char *path;       /* as opened */
    int64_t rows, rejected; /* records and footer lines, without header; of
                             * them rejected */
    char sha256[65];
    const char *encoding, *reason; /* "UTF-16LE", "its mark"; or "declared" */
    bool compressed;               /* by gzip */
    const char **header;           /* [n_headers]; none of what is no table */
    int32_t n_headers;
} bw_input;

/** Which header stands for which field, for the reader of the log. */
typedef struct bw_mapping {
    const char *role, *field, *header; /* header: "a|b", or an expression */
    const char *how; /* "as told", "by name", "by synonym", "expression"; for
                      * owners that are found by what they are called: "names
                      * of reps, not ids"; for the field "delimiter" (not a
                      * comma): "as told", "as found" */
} bw_mapping;

/** How many of the free positions are open in the plan. */
typedef struct bw_position_choice {
    bool given;
    bw_place place;
    int32_t n_free, least, most; /* least <= most <= n_free */
} bw_position_choice;

typedef struct bw_problem {
    void *arena;
    const bw_scenario *scenario; /* borrowed; outlives the problem */
    bw_accounts accounts;
    bw_reps reps;
    bw_segment_rule *segments; /* [n_segments]; at least one: without
                                * <segments> it is "all", always, no coverage */
    int32_t n_segments;
    bw_travel travel;
    bw_handover handover;
    bw_balance *balances; /* [n_balances] */
    int32_t n_balances;
    bw_budget *budgets; /* [n_budgets] in the order of the scenario */
    int32_t n_budgets;
    int32_t n_curve_budgets; /* 0, or 1: budgets[n_budgets] is there for the
                              * frontier alone, and limits no plan */
    bw_position_choice positions;
    bw_pair_rule *rules; /* [n_rules] require and forbid */
    int32_t n_rules;
    const int32_t *lock; /* [accounts] the only rep allowed, or -1; covers
                          * <lock> and BW_WITH_OWNER */
    double km_limit;     /* road km; NaN: none */
    bw_pairs_given pairs;
    bw_rejected *rejected; /* [n_rejected] in order of file, line */
    int64_t n_rejected;
    bw_input *inputs; /* [n_inputs] */
    int32_t n_inputs;
    bw_mapping *mapping; /* [n_mapping] */
    int32_t n_mapping;
} bw_problem;

void bw_problem_free(bw_problem *problem);

/** The segment of each account, -1: none; count (NULL: not asked for): how many
 * each segment takes. BW_NOMEM. */
bw_status bw_segments_of(const bw_problem *problem, int32_t *segment,
                         int32_t *count);

#endif
