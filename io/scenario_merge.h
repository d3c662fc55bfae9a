/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Scenario files laid over each other: the first is the one that extends
 * nothing. Elements that are the same (scenario_keys.h) become one, whose
 * attributes each keep the place where they were written. */
#ifndef BW_SCENARIO_MERGE_H
#define BW_SCENARIO_MERGE_H

#include "bw/alloc.h"
#include "xml_tree.h"

typedef struct bw_merge {
    bw_arena *arena; /* of the flat tree; texts stay those of the files */
    bw_diags *diags;
    const char *base; /* the file that is extended; NULL: the first file */
    bool extended;    /* the first file is: no two elements of it may have one
                       * key */
} bw_merge;

/** A copy of the first file's tree. Faults are reported; the status is never
 * BW_INVALID. */
bw_status bw_merge_first(const bw_merge *merge, const bw_element *root,
                         bw_element **flat);
/** Lays another file over it. */
bw_status bw_merge_over(const bw_merge *merge, bw_element *flat,
                        const bw_element *root);
/** Once all are laid: what must be there, and no id twice. */
bw_status bw_merge_finish(const bw_merge *merge, const bw_element *flat);

/** Inside of it: what a fault may speak of. */
typedef struct bw_merge_absent {
    const bw_element *element; /* that speaks of another of its name */
    const char *word;          /* the key it speaks of; NULL: its own */
    bw_place place;
    bw_element *const *there; /* [n] what there is; NULLs are left out */
    int32_t n;
    bool fresh; /* the parent is new: nothing is inherited */
} bw_merge_absent;
/** Reports that there is no such element, and what there is. */
void bw_merge_tell_absent(const bw_merge *merge, const bw_merge_absent *absent);
/** The second of two elements with one key in one file; `first` is the number
 * of the first among its siblings. */
void bw_merge_tell_twin(const bw_merge *merge, const bw_element *element,
                        int32_t first);
/** Attributes and elements of an element that is only taken out. */
void bw_merge_check_removal(const bw_merge *merge, const bw_element *element);
/** action and before in the first file, which has nothing to act upon. */
void bw_merge_check_first(const bw_merge *merge, const bw_element *root);

/** Brings the children of `into` in the order that the `before`s
 * of `from` want. */
bw_status bw_merge_order(const bw_merge *merge, bw_element *into,
                         const bw_element *from);
/** Takes a child out of its parent's list. */
void bw_merge_unlink(bw_element *child);

#endif
