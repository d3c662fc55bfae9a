/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the two halves of the GLPK back end share: models and relaxations in
 * mip_glpk.c, branch and bound in mip_tree.c. The only file that includes
 * glpk.h. */
#ifndef BW_MIP_GLPK_H
#define BW_MIP_GLPK_H

#include "mip.h"

#include <glpk.h>

enum {
    BW_OWN_COLUMN = 1,  /* GLPK's number of the model's own column */
    BW_FIRST_COLUMN = 2 /* of the caller's column 0 */
};

struct bw_mip {
    glp_prob *lp;
    bw_status failed; /* BW_OK, or why nothing works any more */
    bool integer;     /* the last solve was a branch and bound */
    bool unsettled;   /* the last simplex call ended on an error */
    double bound;
    int64_t nodes; /* of all branch and bound */
    int *index;    /* [1 + room] scratch for entries, 1-based */
    double *value;
    int32_t room;
};

typedef void bw_mip_step(bw_mip *mip, void *argument);

/** Runs a step; an abort inside it makes the model fail for good: false. */
bool bw_mip_guarded(bw_mip *mip, bw_mip_step *run, void *argument);

static inline bool bw_mip_told_to_stop(const bw_mip_limits *limits)
{
    if (limits->stop && atomic_load(limits->stop) != 0)
        return true;
    return limits->give_up && limits->give_up(limits->give_up_data);
}

#endif
