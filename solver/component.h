/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Parts of a problem that share no allowed pair, such as countries: a plan is
 * best when it is best in each of them. */
#ifndef BW_COMPONENT_H
#define BW_COMPONENT_H

#include "net.h"

typedef struct bw_components {
    int32_t n;
    int32_t *of_rep; /* [n_reps] numbered from 0 by their first rep */
    int32_t *first;  /* [n + 1] reps by component */
    int32_t *rep;    /* [n_reps] ascending inside one */
    double *value;   /* [n] money that the net's prices prove for each */
    bw_arena *arena;
} bw_components;

/** The net must have an arc for every allowed pair. */
bw_status bw_components_new(const bw_net *net, bw_components **components);
void bw_components_free(bw_components *components); /* NULL is fine */

/** The component of a unit: that of any rep it may have. */
static inline int32_t bw_component_of(const bw_components *components,
                                      const bw_net *net, int32_t unit)
{
    int64_t arc = net->arcs->first[unit];
    return components->of_rep[net->arcs->rep[arc]];
}

#endif
