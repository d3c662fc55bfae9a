/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Inside of the scenario reader: attributes of the checked XML as values, and
 * the faults that a schema cannot see. */
#ifndef BW_SCENARIO_FORM_H
#define BW_SCENARIO_FORM_H

#include "bw/scenario.h"
#include "xml_tree.h"

/** A scenario being filled. */
typedef struct bw_form {
    bw_scenario *scenario;
    bw_diags *diags;
    bool nomem; /* sticky; nothing after it counts */
} bw_form;

/** What a number may be. `above`: low itself may not. */
typedef struct bw_range {
    double low, high;
    bool above;
    bw_code code;     /* of the fault */
    const char *rule; /* ends "it must be ..." */
} bw_range;

/** A place of the tree, good for as long as the scenario. */
bw_place bw_form_place(const bw_form *form, const bw_element *element);
/** Copied; blanks at both ends are left out. */
bw_attr bw_form_attr(bw_form *form, const bw_element *element,
                     const char *name);
/** `fallback` where it is not given, NaN where it is at fault. */
bw_attr_number bw_form_number(bw_form *form, const bw_element *element,
                              const char *name, double fallback,
                              const bw_range *range);
/** Is the attribute there, with this value? */
bool bw_form_is(const bw_element *element, const char *name, const char *value);
/** `count` zeroed items of the scenario's arena; NULL sets nomem. */
void *bw_form_alloc(bw_form *form, int count, size_t size);

/** Children of this name. */
int bw_form_count(const bw_element *parent, const char *name);

extern const bw_range bw_range_any, bw_range_not_negative, bw_range_positive,
    bw_range_share;

/** The parts of a scenario that bring faults of their own. An element that is
 * not there is NULL. */
void bw_form_sources(bw_form *form, const bw_element *accounts,
                     const bw_element *reps, const bw_element *pairs);
/** A file and how it is written; `file`: the attribute that names it. */
void bw_form_source(bw_form *form, const bw_element *element, const char *file,
                    bw_source_spec *spec);
void bw_form_gazetteers(bw_form *form, const bw_element *root);
void bw_form_qualities(bw_form *form, const bw_element *root);
void bw_form_segments(bw_form *form, const bw_element *segments);
void bw_form_balances(bw_form *form, const bw_element *root,
                      const bw_element *rules);
void bw_form_rules(bw_form *form, const bw_element *rules);
void bw_form_budgets(bw_form *form, const bw_element *rules);
/** A whole number between the two; `fallback` where it is not given or out of
 * range. */
int32_t bw_form_whole(bw_form *form, const bw_element *element,
                      const char *name, int32_t fallback, int32_t least,
                      int32_t most);
/** Budgets and balances must be known. */
void bw_form_frontier(bw_form *form, const bw_element *frontier);
void bw_form_what_if(bw_form *form, const bw_element *positions,
                     const bw_element *frontier, const bw_element *repair);
void bw_form_changes(bw_form *form, const bw_element *root);
void bw_form_date(bw_form *form, const bw_element *root);

#endif
