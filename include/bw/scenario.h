/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A scenario file as plain data, in the order and words of the file: what
 * io/scenario.c makes of the XML after schema and meaning were checked, before
 * any table is read. Attribute names are those of scenarios/scenario.xsd. */
#ifndef BW_SCENARIO_H
#define BW_SCENARIO_H

#include "bw/diag.h"

#include <stdbool.h>

/** An attribute as written; text NULL: not given. The place is that of the
 * attribute's value; when not given, that of its element. `raw` is the value as
 * it stands in the file (`&lt;` where `text` has `<`), so that a place inside
 * the value can be told exactly; NULL: same as text. */
typedef struct bw_attr {
    const char *text;
    bw_place place;
    const char *raw;
} bw_attr;

/** A number as written, per cents as fractions (15% is 0.15). Not given: NaN,
 * or the default where one is named below. */
typedef struct bw_attr_number {
    double value;
    bool given, percent;
    bw_place place;
} bw_attr_number;

typedef enum bw_unplaced {
    BW_UNPLACED_STOP,
    BW_UNPLACED_ANYWHERE,
    BW_UNPLACED_OWNER
} bw_unplaced;

/** <column name= from= value=>: `from` lists headers separated by `|`; "" means
 * the field is not in this file. `value` (instead of from): an expression over
 * the file's columns that gives the field. `as`: what a column of the user's
 * own name is; text NULL: as it looks. */
typedef struct bw_column_map {
    bw_place place;
    bw_attr name, from, value;
    bw_attr as; /* text, number, date, yes-no */
} bw_column_map;

typedef enum bw_date_order {
    BW_DATES_YMD, /* 2027-03-31, and nothing else */
    BW_DATES_MDY,
    BW_DATES_DMY
} bw_date_order;

/** How a table is written; not given: as found out from the file. */
typedef struct bw_format_spec {
    bw_attr encoding;  /* name of a character encoding, or NULL */
    bw_attr delimiter; /* as written */
    char separator;    /* what it means: , ; | or a tab; 0: find out */
    bool decimal_comma;
    bw_date_order dates;
    bw_attr blank; /* texts that stand for nothing, separated by | */
} bw_format_spec;

/** <accounts>, <reps>, <pairs>, <gazetteer>; file.text NULL: the element is
 * not there. */
typedef struct bw_source_spec {
    bw_place place;
    bw_attr file; /* as written, relative to the folder of place.file */
    bw_attr where;
    bw_column_map *columns; /* [n_columns] */
    int n_columns;
    bw_attr sha256; /* 64 hex digits: the file must be this one */
    bw_format_spec format;
} bw_source_spec;

typedef enum bw_gazetteer_format {
    BW_GAZETTEER_DETECT,
    BW_GAZETTEER_GEONAMES,
    BW_GAZETTEER_CSV
} bw_gazetteer_format;

typedef struct bw_gazetteer_spec {
    bw_source_spec source; /* no where */
    bw_gazetteer_format form;
    bw_attr country;       /* of rows that do not say theirs; NULL: none */
    bw_attr_number far_km; /* default 100 */
} bw_gazetteer_spec;

typedef enum bw_quality_do {
    BW_DO_STOP,
    BW_DO_IGNORE,
    BW_DO_OWNER,
    BW_DO_DROP,
    BW_DO_VALUE
} bw_quality_do;

/** <quality>: what is done about the flaw of a code. */
typedef struct bw_quality_spec {
    bw_place place;
    bw_attr code;
    bw_quality_do action;
    bw_attr value; /* with BW_DO_VALUE, and only then */
} bw_quality_spec;

typedef enum bw_share_by {
    BW_BY_ACCOUNTS,
    BW_BY_POTENTIAL
} bw_share_by;

typedef struct bw_segment_spec {
    bw_place place;
    bw_attr name, where;
    bw_attr_number share; /* 0 .. 1 */
    bw_share_by by;
    bw_attr of;                  /* column or expression; default potential */
    bw_attr_number calls, hours; /* <coverage>; NaN where not given */
} bw_segment_spec;

typedef struct bw_travel_spec {
    bool given, counts; /* counts: given and not count="no" */
    bw_place place;
    bw_attr_number hour_cost, km_cost; /* default 0 */
    bw_attr_number speed_kmh;          /* default 60 */
    bw_attr_number road_factor;        /* default 1.3 */
    bw_attr_number calls_per_trip;     /* default 1 */
} bw_travel_spec;

typedef struct bw_handover_spec {
    bool given;
    bw_place place;
    bw_attr_number share, hours; /* default 0 */
} bw_handover_spec;

typedef enum bw_target {
    BW_TARGET_NONE, /* low/high/low-from/high-from say it all */
    BW_TARGET_EQUAL,
    BW_TARGET_SHARE,
    BW_TARGET_CAPACITY,
    BW_TARGET_COLUMN
} bw_target;

typedef struct bw_balance_spec {
    bw_place place;
    bw_attr measure; /* workload, potential, accounts, or a column */
    bw_target target;
    bw_attr target_column; /* the NAME of column:NAME */
    bw_attr within;        /* column of reps */
    bw_attr_number tolerance, low, high;
    bw_attr low_from, high_from;
    bw_attr_number over_cost, under_cost; /* money per unit; NaN: not given */
    bool hard;
} bw_balance_spec;

typedef enum bw_rule_kind {
    BW_RULE_LOCK,
    BW_RULE_REQUIRE,
    BW_RULE_FORBID,
    BW_RULE_LIMIT_KM
} bw_rule_kind;

typedef struct bw_rule_spec {
    bw_place place;
    bw_rule_kind kind;
    bw_attr id; /* different from all others; not of limits */
    bw_attr where, rep_where, pair; /* expressions */
    bw_attr account, rep;           /* ids */
    bw_attr_number high;            /* limit: km */
} bw_rule_spec;

/** <moved>: a budget over the moves of the whole plan. */
typedef struct bw_budget_spec {
    bw_place place;
    bw_attr name;    /* text NULL: not given */
    bw_attr measure; /* accounts, revenue, potential, workload, or a column */
    bw_attr where;
    bw_attr_number max; /* percent: of the measure over owned accounts */
    bool count_all;     /* forced moves count too */
} bw_budget_spec;

typedef enum bw_effort {
    BW_EFFORT_QUICK,
    BW_EFFORT_NORMAL,
    BW_EFFORT_LONG,
    BW_EFFORT_UNLIMITED
} bw_effort;

/** What fits every reader of summary.json. */
#define BW_LARGEST_SEED ((uint64_t)INT64_MAX)

typedef struct bw_solve_spec {
    bw_place place;
    bw_attr_number gap;     /* fraction; default 0.001 */
    bw_attr_number seconds; /* >= 0; default: none */
    bw_effort effort;       /* default normal */
    uint64_t seed;          /* <= BW_LARGEST_SEED; default 1 */
} bw_solve_spec;

/** <positions>: which positions may open or close, and how many. Free are the
 * candidates and the reps that `close` names. */
typedef struct bw_positions_spec {
    bool given;
    bw_place place;
    bw_source_spec source;   /* candidates="FILE"; file.text NULL: none */
    bool automatic;          /* candidates="auto": made from the accounts */
    int32_t count;           /* of them; default 20 */
    int32_t n_added;         /* candidates that candidates= has led to, as
                              * changes; computed */
    bw_attr choose;          /* as written */
    int32_t least, most;     /* most -1: as many as there are */
    bool total;              /* counts of all positions that serve; else of the
                              * free ones */
    bw_attr_number cost;     /* a year, of one that does not say its own */
    bw_attr_number capacity; /* of automatic candidates; NaN: as others have */
    bw_attr close;           /* expression over reps */
} bw_positions_spec;

/** <frontier>: the plan's cost while one limit goes from tight to loose. */
typedef struct bw_frontier_spec {
    bool given;
    bw_place place;
    bw_attr over;            /* moved-MEASURE, a budget's name, or
                              * tolerance-MEASURE */
    bw_attr_number from, to; /* both percent, or both amounts; from <= to */
    int32_t steps;           /* points, both ends included; default 9 */
    /* What `over` means, one of: */
    int budget;             /* of the scenario's; -1: none */
    int balance;            /* likewise */
    bw_budget_spec further; /* measure.text: a budget that the scenario has
                             * not, which limits the curve alone */
} bw_frontier_spec;

typedef enum bw_reach {
    BW_REACH_NEIGHBOURS,
    BW_REACH_REGION,
    BW_REACH_ALL
} bw_reach;

/** <repair>: the plan that is in force, and who may be touched. */
typedef struct bw_repair_spec {
    bool given;
    bw_place place;
    bw_attr from; /* folder of a plan, relative to the scenario's folder */
    bw_reach reach;
    int32_t extra_moves; /* accounts, beyond the fewest; default 0 */
    bw_attr sha256;      /* of its assignments.csv, which must be this one */
} bw_repair_spec;
/** What a child of <change> does. */
typedef enum bw_change_kind {
    BW_CHANGE_REMOVE_REP,
    BW_CHANGE_ADD_REP,
    BW_CHANGE_CHANGE_REP,
    BW_CHANGE_CLOSE_REGION,
    BW_CHANGE_SET,
    BW_CHANGE_SCALE,
    BW_CHANGE_ADD,
    BW_CHANGE_GROW,
    BW_CHANGE_ADD_ACCOUNTS,
    BW_CHANGE_DROP_ACCOUNTS
} bw_change_kind;

/** A cell that a change of reps writes: an attribute such as capacity="1200"
 * (`attribute` is its name, `column` the field, `to` the cell as it would stand
 * in the file), or a <set> (attribute NULL, `to` an expression). */
typedef struct bw_change_cell {
    const char *attribute;
    bw_attr column, to;
} bw_change_cell;

/** One change of the data. Attributes that the kind does not have are not
 * given. */
typedef struct bw_change_spec {
    bw_place place;
    bw_change_kind kind;
    int group;         /* which <change> it stands in, from 0 */
    bw_attr id, where; /* of a rep; of rows */
    bw_attr region, account, segment;
    bw_attr column;
    bw_attr value;         /* to, by, amount */
    double factor;         /* of by: 120% and +20% are 1.2; NaN: at fault */
    bw_change_cell *cells; /* [n_cells] in the order in which they apply */
    int n_cells;
    bw_source_spec source; /* of <add-accounts> */
} bw_change_spec;

typedef struct bw_scenario bw_scenario;
struct bw_scenario {
    void *arena;      /* owns all that follows */
    const char *path; /* as given on the command line */
    /* [n_files] the scenario itself, what it extends, what that extends ...;
     * every place in it is in one of them */
    const char **files;
    int n_files;
    bw_attr name, currency;
    bw_attr date; /* 2027-03-01: when the plan takes effect; NULL: not said */
    double date_day; /* 20270301; NaN: not said */
    bw_source_spec accounts, reps, pairs;
    bw_gazetteer_spec *gazetteers; /* [n_gazetteers] in file order */
    int n_gazetteers;
    bw_quality_spec *qualities; /* [n_qualities] in file order, no code twice */
    int n_qualities;
    bw_unplaced unplaced; /* as the attribute or its <quality> says */
    bw_attr unplaced_as_told, unknown_owner_as_told;
    bool unknown_owner_stops; /* unknown-owner="stop" */
    bool pairs_only_listed, pairs_cost_replaces;
    bw_segment_spec *segments; /* [n_segments] */
    int n_segments;
    bw_travel_spec travel;
    bw_handover_spec handover;
    bw_balance_spec *balances; /* [n_balances] */
    int n_balances;
    bw_rule_spec *rules; /* [n_rules], in file order, all but families, limits
                          * of balances, and moved */
    int n_rules;
    bw_budget_spec *budgets; /* [n_budgets] in file order */
    int n_budgets;
    bool families_together;
    bw_place families_place;
    bw_positions_spec positions;
    bw_frontier_spec frontier;
    bw_repair_spec repair;
    bw_solve_spec solve;
    bw_change_spec *changes; /* [n_changes] of all <change>, in file order */
    int n_changes;
};

void bw_scenario_free(bw_scenario *scenario);

#endif
