/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of loading, in the order in which load.c calls them. Each reports
 * all faults it finds and returns BW_OK all the same: the driver counts errors
 * at the end. Only what ends loading at once (memory) is returned. */
#ifndef BW_LOAD_PARTS_H
#define BW_LOAD_PARTS_H

#include "buf.h"
#include "bw/problem.h"
#include "flaws.h"
#include "index.h"
#include "load_table.h"

struct bw_gazetteer_file;

enum {
    BW_HEADERS_ROOM = 640, /* of a message, for the list of headers */
    BW_NONE_REPORTED = -1,
    BW_NOT_ONE = -1,
    BW_REP_NOBODY = -1,
    BW_REP_SEVERAL = -2
};

/** The assignments of the plan in force (<repair>); all NULL without one. */
typedef struct bw_state {
    const char *file, *path; /* as named, as opened */
    bw_source *source;
    bw_table *table;
    bw_index *rows; /* account id -> row; NULL: not known */
    int32_t rep_column;
} bw_state;
/** The rows of accounts that a <grow> takes. */
typedef struct bw_grown {
    bool known;
    uint8_t *member; /* [rows] NULL: nothing is known of segments */
    int64_t rows;
    int32_t segments; /* how many of that name there are: 0 or 1 */
} bw_grown;

typedef struct bw_loader {
    const bw_scenario *scenario;
    bw_diags *diags;
    const bw_load_watch *watch; /* NULL: nobody looks on */
    bw_problem *problem;
    bw_arena *arena;   /* the problem's */
    bw_arena *scratch; /* gone when loading ends */
    bw_sheet accounts, reps, pairs;
    bw_index *account_rows, *rep_rows; /* id -> row of the file; where several
                                        * rows have it, one that takes part */
    bw_index *rep_names;               /* see load_named.c */
    int32_t *row_of_name;    /* [names of rep_names] row, or BW_REP_SEVERAL */
    bw_index *account_names; /* see load_parents.c; NULL: not needed yet */
    int32_t *row_of_account_name; /* [names] row, or BW_NOT_ONE */
    bool owners_named;            /* some owner is given by name, not by id */
    int32_t *account_of_row, *rep_of_row; /* [rows] number, or -1 */
    int32_t *row_of_account, *row_of_rep; /* [n] */
    uint8_t *rep_status; /* [rows] bw_rep_status of reps that take part */
    bool need_places; /* something needs places, and their columns are there */
    const char *places_use;               /* what needs them, in words */
    struct bw_gazetteer_file *gazetteers; /* [scenario's n_gazetteers] */
    bool places_blind; /* it is not known which rows have a place: that none
                        * is known is not reported */
    bool capacity_checked;
    bw_state state;
    bw_flaws flaws;
    bw_sheet *added; /* [n_added] the files of <add-accounts>, in order */
    int n_added;
    const bw_change_spec *lost; /* a <grow> whose segment cannot be told; NULL:
                                 * none */
    bw_grown *grown; /* [scenario's n_changes] what each <grow> takes, as far
                      * as that is known */
} bw_loader;

/* load.c: a sheet before it is opened. */
void bw_load_prepare(bw_loader *loader, bw_sheet *sheet, bw_role role,
                     const bw_source_spec *spec);

/* load_change.c: changes of the data. */

/** Opens the files of <add-accounts>; *io: one could not be read. BW_NOMEM. */
bw_status bw_load_open_added(bw_loader *loader, bool *io);
void bw_load_close_added(bw_loader *loader);
/** Applies all changes, one after the other. */
bw_status bw_load_changes(bw_loader *loader);

/* load_ids.c: account_rows and rep_rows. */
bw_status bw_load_ids(bw_sheet *sheet, bw_index **rows);
/** The row with that id, or with the other form of a Salesforce id (of 15
 * characters, in reports, or 18); -1: none. */
int32_t bw_load_find_id(const bw_index *rows, const char *text, size_t len);
/** Likewise, whether the text means that id. */
bool bw_load_is_id(const char *text, size_t len, bw_cell id);

/* load_named.c: reps by what owners are called in the exports of CRM systems.
 */

/** rep_names, after rep_rows. */
bw_status bw_load_rep_names(bw_loader *loader);
/** The row of the rep with that id, else of the only one of that name, e-mail
 * address or login, upper and lower case the same; or BW_REP_NOBODY, or
 * BW_REP_SEVERAL. Of several the one that takes part counts. */
int32_t bw_load_find_rep(const bw_loader *loader, const char *text, size_t len);
/** Adds the ids of the reps of that name: "R1", "R2". */
void bw_load_rep_candidates(const bw_loader *loader, const char *text,
                            bw_buf *list);

/* load_reps.c: which reps take part; then problem.reps. */
bw_status bw_load_rep_states(bw_loader *loader);
bw_status bw_load_reps(bw_loader *loader);

/* load_gazetteer.c: places of accounts and reps that have no coordinates. */

/** Opens them all; *io: a file could not be read. BW_NOMEM. */
bw_status bw_load_open_gazetteers(bw_loader *loader, bool *io);
void bw_load_close_gazetteers(bw_loader *loader);
bw_status bw_load_gazetteers(bw_loader *loader);

/* load_state.c: the plan in force. */

/** Opens it; *io: it could not be read. BW_NOMEM. */
bw_status bw_load_open_state(bw_loader *loader, bool *io);
void bw_load_close_state(bw_loader *loader);
/** The rep that the plan gives the account; false: it does not know it. */
bool bw_state_owner(const bw_loader *loader, int32_t account, bw_cell *owner);
/** Where it does. */
bool bw_state_place(const bw_loader *loader, int32_t account, bw_place *place);

/* load_places.c: whether anybody needs a place; then that those have one. */
bw_status bw_load_places(bw_loader *loader);

/* load_fields.c: cells and columns, shared by the parts. */

/** The column of a field, or -1 after a fault at `place` that names the use. */
int32_t bw_load_need(const bw_sheet *sheet, const char *field, bw_place place,
                     const char *use);
/** Likewise for a column that the scenario names: field or header. */
int32_t bw_load_need_named(const bw_sheet *sheet, const bw_attr *name,
                           const char *use);
/** Numbers of a field; *values NULL where the file does not have it. */
bw_status bw_load_numbers(bw_sheet *sheet, const char *field,
                          const double **values);
/** Numbers of a column by account or by rep, NaN where blank, in the problem's
 * arena. */
bw_status bw_load_account_numbers(bw_loader *loader, int32_t column,
                                  const double **result);
bw_status bw_load_rep_numbers(bw_loader *loader, int32_t column,
                              const double **result);
/** A copy of the field's text, "" where the file does not have it. NULL when
 * memory is short. */
const char *bw_load_text(bw_arena *arena, const bw_sheet *sheet, int32_t column,
                         int64_t row);

/** The row's place; NaN both where it has none: a coordinate blank or out of
 * range, both exactly 0. NULL: no such column. */
bw_point bw_load_point(const double *latitude, const double *longitude,
                       int64_t row);

/* load_flaws.c: flaws of single rows, found before accounts and reps are
 * numbered, so that a row may still be dropped. */

/** Reads every number column that the scenario uses and that load_accounts.c
 * and load_reps.c do not read themselves. */
bw_status bw_load_all_numbers(bw_loader *loader);
/** Rows that a later part drops after all: a fault each. */
void bw_load_tell_late(bw_loader *loader);
/** Coordinates that are not on Earth, or both 0. */
void bw_load_check_points(bw_sheet *sheet);
/** Negative numbers of a field where there must be none. */
void bw_load_check_sign(bw_sheet *sheet, const char *field, bw_code code);
/** Owners whose accounts are to be dropped, or to become another's. */
void bw_load_check_owners(bw_loader *loader);
/** load_accounts.c: takes those out whose rows were dropped after accounts were
 * numbered, while nothing but the reps depends on the numbers. */
void bw_load_drop_accounts(bw_loader *loader);

/* load_parents.c */

/** *parent: the row of the account with that id, else of the only one of that
 * name, unless it is `row` itself, which asks; or BW_NOT_ONE. BW_NOMEM. */
bw_status bw_load_find_parent(bw_loader *loader, bw_cell text, int32_t row,
                              int32_t *parent);

/* load_checks.c: what stops nothing unless it is told to. */
bw_status bw_load_checks(bw_loader *loader);

/* load_duplicates.c: probable duplicates; costs a second for a million. */
bw_status bw_load_duplicates(bw_loader *loader);

/* load_accounts.c, load_owners.c, load_families.c: problem.accounts. */
bw_status bw_load_accounts(bw_loader *loader);
bw_status bw_load_owners(bw_loader *loader);
bw_status bw_load_families(bw_loader *loader);

/* load_pairs.c: problem.pairs. */
bw_status bw_load_pairs(bw_loader *loader);

/* load_segments.c: problem.segments. */
bw_status bw_load_segments(bw_loader *loader);

/* load_balance.c, load_bands.c: problem.balances. */
bw_status bw_load_balances(bw_loader *loader);
/** What a balance asks of reps.csv: groups, targets, limits. */
bw_status bw_load_bands(bw_loader *loader, const bw_balance_spec *spec,
                        bw_balance *balance);

/* load_locks.c: problem.lock. */
bw_status bw_load_locks(bw_loader *loader);

/* load_rules.c: problem.rules, problem.km_limit. */
bw_status bw_load_rules(bw_loader *loader);

/* load_positions.c: which positions are free, what they cost, how many are
 * open. */
bw_status bw_load_positions(bw_loader *loader);

/* load_moved.c: problem.budgets. */
bw_status bw_load_budgets(bw_loader *loader);

/* load_select.c: which accounts and reps a rule speaks of. */

/** member[account] = 1 where `where` holds and, if the rule names accounts,
 * it is among them; *count of them, or BW_NONE_REPORTED where there are none
 * and names were reported. BW_INVALID: reported. */
bw_status bw_select_accounts(bw_loader *loader, const bw_rule_spec *rule,
                             uint8_t **member, int32_t *count);
/** Likewise for reps by rep-where and rep. */
bw_status bw_select_reps(bw_loader *loader, const bw_rule_spec *rule,
                         uint8_t **member, int32_t *count);
/** The rule as written. NULL when memory is short. */
const char *bw_rule_text(bw_arena *arena, const bw_rule_spec *rule);

/* load.c: loads as bw_problem_load does and shows the loader to `look` while
 * the tables are still open; `status` is what loading came to, never a fatal
 * one, and after faults the problem holds what is known all the same. Every
 * flaw is listed in loader->flaws. The result is the look's. */
typedef bw_status bw_look(void *data, bw_loader *loader, bw_status status);
bw_status bw_problem_look(const bw_scenario *scenario,
                          const bw_load_watch *watch, bw_diags *diags,
                          bw_look *look, void *data);

/** The same for a scenario with only some of the outer one's changes; `grown`
 * is borrowed, so that no <grow> is looked into twice. */
bw_status bw_problem_look_before(const bw_loader *outer,
                                 const bw_scenario *scenario, bw_diags *diags,
                                 bw_look *look, void *data);

/* load_record.c: rejected, inputs, mapping. */
bw_status bw_load_records(bw_loader *loader);

#endif
