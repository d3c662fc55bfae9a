/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Inside of load_change*.c: one change after the other, written over the
 * tables of accounts and reps. All faults are reported at the change. */
#ifndef BW_LOAD_CHANGE_H
#define BW_LOAD_CHANGE_H

#include "layer.h"
#include "load_parts.h"

enum {
    BW_TWINS = 32 /* fields of one header at most */
};

typedef struct bw_changer {
    bw_loader *loader;
    const bw_change_spec *spec; /* the one being applied */
    int32_t index;              /* its number */
    uint8_t *removed, *made;    /* [room of reps] by a change */
    bool conflict;              /* of this one, was told */
    struct {
        const bw_sheet *sheet; /* NULL: of none yet */
        int32_t column, other[BW_TWINS], n;
    } twins; /* the columns that are written with one, remembered */
} bw_changer;

/** A fault of the change, change-empty or change-conflict. */
__attribute__((format(printf, 4, 5))) void
bw_change_fault(const bw_changer *c, bw_code code, bw_place place,
                const char *format, ...);

/** Room for "; did you mean \"East\"?" */
enum {
    BW_HINT_ROOM = 96
};
/** The cell of the column that is nearest to the word; "" where none is. */
const char *bw_change_near_cell(const bw_sheet *sheet, int32_t column,
                                const char *word, char hint[BW_HINT_ROOM]);
const char *bw_change_hint(const char *best, char hint[BW_HINT_ROOM]);

/** The column of that name; where there is none, a new one, blank throughout,
 * with a warning where its name is near to another's.
 * -1: its <column> is at fault. */
int32_t bw_change_make_column(const bw_changer *c, bw_sheet *sheet,
                              const bw_attr *name);
/** Likewise, but its absence is a fault. */
int32_t bw_change_need_column(const bw_changer *c, bw_sheet *sheet,
                              const bw_attr *name);

/** Writes a cell of the column; of a field also that of the header that it is
 * read from, and of a header those of the fields. `by_set`: two different
 * values in one <change> are a fault. BW_NOMEM. */
bw_status bw_change_write(bw_changer *c, bw_sheet *sheet, int32_t column,
                          int64_t row, const char *text, bw_place place,
                          bool by_set);
/** After all of a column's cells: types are found out anew. */
void bw_change_done(bw_changer *c, bw_sheet *sheet, int32_t column);
/** Appends the part's rows. */
void bw_change_append(bw_sheet *sheet, const bw_layer_part *part);

/** load_change_cells.c: the rows that `where` holds for (all without it),
 * rows that are left out by changes aside; *member NULL: reported. */
bw_status bw_change_select(bw_changer *c, bw_sheet *sheet, const bw_attr *where,
                           const uint8_t *left_out, uint8_t **member);
/** Sets a column of these rows to an expression. */
bw_status bw_change_set(bw_changer *c, bw_sheet *sheet, const bw_attr *column,
                        const bw_attr *to, const uint8_t *member);
/** Multiplies it and adds `amount` (NULL: nothing). */
bw_status bw_change_scale(bw_changer *c, bw_sheet *sheet, double factor,
                          const bw_attr *amount, const uint8_t *member);

/** load_change_reps.c */
bw_status bw_change_reps(bw_changer *c);
/** load_change_accounts.c */
bw_status bw_change_accounts(bw_changer *c);
/** load_change_grow.c */
bw_status bw_change_grow(bw_changer *c);

#endif
