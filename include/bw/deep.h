/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The judge's second court: solves again what a searched bound rests on. Slow
 * where bw_check is quick, and as far from the solver's code: it shares the
 * integer programming library with it and nothing more. */
#ifndef BW_DEEP_H
#define BW_DEEP_H

#include "bw/check.h"
#include "bw/settings.h"

/** What is claimed: see bw_searched, which plans keep. */
typedef struct bw_clusters_claim {
    int32_t n;
    const int32_t *of_rep;     /* [n_serving] 0 .. n-1 */
    const int64_t *unit_price; /* [accounts] U, quanta of money, at the first
                                * account of a unit; BW_NO_LOW: none */
    const bw_wide *bound;      /* [n] fine money */
    const uint8_t *closed;     /* [n] 1: solved to the end; NULL: none is said
                                * to be */
    const char *file;          /* for diagnostics */
} bw_clusters_claim;

typedef enum bw_finding {
    BW_NOT_DECIDED, /* a limit came first, or the figures are too close */
    BW_CONFIRMED,   /* no assignment costs less than the bound */
    BW_REFUTED      /* one does */
} bw_finding;

typedef struct bw_deep {
    int32_t n, n_confirmed, n_refuted; /* in all that is said of them */
    bw_finding *found;                 /* [n] */
    bw_finding *end; /* [n] of those that are said to be solved to the end and
                      * whose bound is confirmed: does any assignment attain
                      * it, to 1e-5? */
    bw_wide *cost;   /* [n] of an assignment below the bound: refuted */
    void *arena;
} bw_deep;

/** How it is done. Of the settings: threads, clock, seconds, interrupt. */
typedef struct bw_deep_settings {
    const bw_settings *settings;
    /* NULL: none. Often, from one thread at a time; `done` clusters are. */
    void (*progress)(void *data, int32_t done, int32_t n);
    void *progress_data;
} bw_deep_settings;

/**
 * verdict: bw_check's on the same problem and claim. BW_OK whatever it finds; a
 * unit that would need a price and has none is a BW_VERIFY_MISMATCH error, and
 * then nothing is solved and nothing confirmed.
 */
bw_status bw_check_deep(const bw_verdict *verdict, const bw_claim *claim,
                        const bw_clusters_claim *clusters,
                        const bw_deep_settings *settings, bw_diags *diags,
                        bw_deep **deep);
void bw_deep_free(bw_deep *deep); /* NULL is fine */

#endif
