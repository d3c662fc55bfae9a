/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The closed table of flaws: what can be wrong with the input, and what may be
 * decided about it with <quality code= do=>. */
#ifndef BW_QUALITY_H
#define BW_QUALITY_H

#include "buf.h"
#include "bw/scenario.h"

/** What a flaw is found in, as bits. */
enum {
    BW_IN_ACCOUNTS = 1,
    BW_IN_REPS = 2,
    BW_IN_PAIRS = 4,
    BW_IN_SCENARIO = 8
};

typedef struct bw_flaw {
    bw_code code;
    unsigned subjects;
    bw_quality_do usual; /* what is done where the scenario says nothing */
    unsigned allowed;    /* bits 1 << bw_quality_do */
    bool number;         /* the value of do="value" must be a number */
    const char *words;   /* what is wrong: "a number is out of range" */
    const char *ignored; /* what do="ignore" means, in words */
} bw_flaw;

/** The n-th flaw in the order of the list of codes; NULL past the last. */
const bw_flaw *bw_flaw_at(size_t index);
/** NULL: nothing can be decided about this code. */
const bw_flaw *bw_flaw_of(bw_code code);
/** By the text of its code, or NULL. */
const bw_flaw *bw_flaw_named(const char *code);

/** What is done, in words: "the row takes no part". */
const char *bw_flaw_does(const bw_flaw *flaw, bw_quality_do action);
/** The action as the scenario writes it: "drop". */
const char *bw_do_text(bw_quality_do action);
/** What the flaw counts in the score: 1 where a plan stops at it as long as
 * nobody decides otherwise, else 1/4. Decisions do not change it, so that the
 * score of one month can be held against that of another. */
double bw_flaw_weight(bw_code code);

/** Adds "field-number (stop, ignore, drop, value)" and so on, for messages:
 * of one flaw its actions alone; NULL: all codes. */
void bw_flaw_list(const bw_flaw *flaw, bw_buf *buf);

/** Checks the <quality> elements against the table and against `unplaced` and
 * `unknown-owner`, which are the same decisions; carries account-unplaced over
 * to scenario->unplaced. Faults go to diags as xml-schema. */
void bw_quality_check(bw_scenario *scenario, bw_diags *diags);

/** What the scenario decides about a flaw; *value is its text, or NULL. */
bw_quality_do bw_quality_action(const bw_scenario *scenario, bw_code code,
                                const char **value);
/** Does the scenario itself say what is done about it? */
bool bw_quality_given(const bw_scenario *scenario, bw_code code);

#endif
