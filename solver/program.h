/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The integer program over the units of some reps, as a model of bw_mip.
 *
 * Columns: one for each arc of a unit with a choice, cost less the unit's least
 * so that values stay small; then for each band the amounts short and beyond,
 * then for each budget the amount above. Rows: one for each such unit, sum = 1;
 * one for each band; one for each budget: the units of the set may use what
 * they use now, and a share of what the plan leaves. Units without a choice are
 * constants. Hard limits that the plan breaks now are elastic at a
 * high price, so that a program can mend what it can reach. */
#ifndef BW_PROGRAM_H
#define BW_PROGRAM_H

#include "incumbent.h"
#include "mip.h"

/** What the program is about. */
typedef struct bw_scope {
    const bw_net *net;
    const int32_t *from;         /* [n_units] the plan; read-only while tasks
                                  * run */
    const int32_t *member_first; /* [n_reps + 1] units by rep of `from` */
    const int32_t *member;
    const int32_t *rep; /* [n_reps] the set, ascending */
    int32_t n_reps;
    double margin; /* arcs of larger reduced cost stay out, unless in use */
    bool fresh;    /* no plan to start from: hard limits as they are */
    const int64_t *use; /* [n_budgets] of `from`; NULL without budgets */
    double share;       /* of what budgets leave (or lack): programs that run
                         * side by side share it */
} bw_scope;

typedef struct bw_program {
    const bw_scope *scope;
    const bw_net *net;
    bw_mip *mip;
    int32_t *unit;  /* [n_units] units with a choice */
    int32_t *first; /* [n_units + 1] columns by unit */
    int64_t *arc;   /* [n_columns] */
    double *cost;   /* [n_columns] less the unit's least */
    double *start;  /* [n_columns + deviations] the present plan */
    double *weight; /* likewise: size of the unit */
    double *fixed;  /* [n_reps * n_measures] load of units without choice */
    double *load;   /* likewise: load now, of all */
    int64_t *fixed_use, *use; /* [n_budgets] likewise, quanta */
    int32_t *place;           /* [net reps] place in the set, -1 */
    int32_t *index;           /* scratch of one column */
    double *entry;
    int32_t n_units, n_columns, room_units, room_columns;
    int32_t n_bands;       /* rows of bands; those of budgets follow */
    int32_t n_rows, n_all; /* of the model: rows; columns */
    double value;          /* of the present plan on the program's scale */
} bw_program;

/** What an assignment uses of budgets. */
void bw_scope_use(const bw_net *net, const int32_t *rep, int64_t *use);

/** Builds the model with a basis to begin from. What was made must be freed
 * also after a failure. The scope is borrowed. */
bw_status bw_program_build(const bw_scope *scope, bw_program *program);
void bw_program_free(bw_program *program);

/** The rep of the unit's largest column in the last solution. */
int32_t bw_program_choice(const bw_program *program, int32_t i);
/** Work of the model so far: an iteration costs about in proportion to the
 * rows. */
int64_t bw_program_work(const bw_program *program);

/** Units by rep, each in order of number: first[n_reps + 2], member[n_units].
 */
void bw_members(const bw_net *net, const int32_t *rep, int32_t *first,
                int32_t *member);

#endif
