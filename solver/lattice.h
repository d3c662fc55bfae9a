/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Values that the objective can take. Where every limit is hard, a deviation
 * costs nothing in money, so the objective is a sum of costs c[u,r], one for
 * each unit. All c of a unit agree modulo the step g, the greatest common
 * divisor of all differences inside a unit, hence
 *
 *   objective = sum_u c[u, any r] + a multiple of g,
 *
 * and a bound may be raised to the next such value. Costs in whole money give
 * g >= 1 money; kilometres give g = one quantum, where this gains nothing. */
#ifndef BW_LATTICE_H
#define BW_LATTICE_H

#include "bw/instance.h"

typedef struct bw_lattice {
    bw_wide step;   /* g, fine money; 0: any value is possible */
    bw_wide offset; /* a value that is possible, up to multiples of g */
} bw_lattice;

/** Looks at rows until the step is a single quantum: at once where costs come
 * from distances. Not at all where there are very many pairs. */
bw_status bw_lattice_of(const bw_instance *instance, bw_lattice *lattice);

/** The least possible value that is not below the bound. */
bw_wide bw_lattice_up(const bw_lattice *lattice, bw_wide bound);

#endif
