/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a solve may cost, how it is stopped, and how it reports. */
#ifndef BW_SETTINGS_H
#define BW_SETTINGS_H

#include "bw/scenario.h"

#include <stdatomic.h>

typedef struct bw_progress {
    double seconds;
    bool has_plan;
    double objective, bound; /* money; objective only if has_plan */
    const char *phase;       /* prices, start, search, proof */
} bw_progress;

/** Parts of the engine that can be left out, to measure what each brings. Bits
 * of bw_settings.off; the words of bw_off_parse in the same order. */
enum {
    BW_OFF_CHAINS = 1 << 0,   /* exchanges of more than two units */
    BW_OFF_CHILDREN = 1 << 1, /* the population */
    BW_OFF_PROGRAMS = 1 << 2, /* integer programs over a few reps */
    BW_OFF_DIVES = 1 << 3,    /* dives at the start */
    BW_OFF_FIXING = 1 << 4,   /* columns fixed by reduced cost */
    BW_OFF_PROOF = 1 << 5,    /* branch and bound on the whole program */
    BW_OFF_CLUSTERS = 1 << 6, /* the clusters' bound at the end */
    BW_OFF_SWEEP = 1 << 7,    /* the last look at all pairs */
    BW_OFF_POLISH = 1 << 8,   /* kicks in regions */
    BW_OFF_TRADES = 1 << 9    /* several units against several, after a kick */
};

typedef struct bw_settings {
    double gap;       /* stop at this gap; 0: prove the optimum */
    double seconds;   /* INFINITY: no limit */
    bw_effort effort; /* deterministic work limit */
    uint64_t seed;
    int threads; /* >= 1; the plan does not depend on it, unless time or
                  * an interrupt stops the run */
    double (*clock)(void *); /* seconds from any start; never NULL */
    void *clock_data;
    const atomic_int *interrupt; /* becomes 1: stop, give the best plan */
    void (*progress)(void *, const bw_progress *); /* NULL: none. Called from
                                                    * the calling thread */
    void *progress_data;
    unsigned off;         /* BW_OFF_... bits; 0: everything takes part */
    const int32_t *start; /* [n_units] the rep of each unit in a plan to begin
                           * with; no rep, or one that the unit may not go to:
                           * unknown. The result is no dearer than this plan
                           * where it names a rep for all and is inside the
                           * hard limits. Borrowed; NULL: none */
} bw_settings;

/** "chains,dives" as bits. False: *word is what is not one of bw_off_words. */
bool bw_off_parse(const char *list, unsigned *off, const char **word);
/** The words, the last one NULL. */
extern const char *const bw_off_words[];

#endif
