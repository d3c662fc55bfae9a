/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK's branch and bound, driven through its callback: the caller's start and
 * cutoff go in, branching follows the caller's weights, limits are counts. */
#include "mip_glpk.h"

#include "bw/alloc.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Distance from a whole number that counts as none. With GLPK's 1e-5, 0.99999
 * of 22 hours passes for 22 hours inside a hard limit of 21.9999. */
static const double whole = 1e-9;

/* A column is worth branching on even where it is nearly whole, if it is large:
 * weight x (0.1 + fractionality). */
static const double branch_floor = 0.1;

/* A branch and bound under way. */
typedef struct hunt {
    const bw_mip_limits *limits;
    double *solution; /* [1 + columns] scratch for injected solutions */
    int columns;      /* GLPK's count */
    int iterations;   /* the counter when it began */
    bool injected;
    double bound;
    int code; /* what glp_intopt returned */
    int64_t nodes;
} hunt;

static void inject(glp_tree *tree, hunt *h)
{
    const bw_mip_limits *limits = h->limits;
    glp_prob *lp = glp_ios_get_prob(tree);
    h->injected = true;
    if (limits->has_cutoff) {
        memset(h->solution, 0, ((size_t)h->columns + 1) * sizeof(double));
        h->solution[BW_OWN_COLUMN] = limits->cutoff;
        glp_ios_heur_sol(tree, h->solution);
    }
    if (!limits->start)
        return;
    h->solution[BW_OWN_COLUMN] = 0;
    for (int j = BW_FIRST_COLUMN; j <= h->columns; j++) {
        double x = limits->start[j - BW_FIRST_COLUMN];
        h->solution[j] = glp_get_col_kind(lp, j) == GLP_CV ? x : floor(x + 0.5);
    }
    glp_ios_heur_sol(tree, h->solution);
}

static void branch(glp_tree *tree, const hunt *h)
{
    glp_prob *lp = glp_ios_get_prob(tree);
    int chosen = 0;
    double most = -1;
    for (int j = BW_FIRST_COLUMN; j <= h->columns; j++) {
        if (!glp_ios_can_branch(tree, j))
            continue;
        double x = glp_get_col_prim(lp, j), part = x - floor(x);
        double nearest = part < 0.5 ? part : 1 - part;
        double score =
            h->limits->weight[j - BW_FIRST_COLUMN] * (branch_floor + nearest);
        if (score > most) {
            most = score;
            chosen = j;
        }
    }
    if (chosen > 0)
        glp_ios_branch_upon(
            tree, chosen, h->limits->depth_first ? GLP_UP_BRNCH : GLP_NO_BRNCH);
}

/* The least bound of the open nodes; before the root is solved GLPK gives
 * -DBL_MAX for it, so the bound only ever rises from the relaxation's value. */
static void note_bound(glp_tree *tree, hunt *h)
{
    int node = glp_ios_best_node(tree);
    if (node == 0)
        return;
    double bound = glp_ios_node_bound(tree, node);
    if (bound <= h->bound || bound >= DBL_MAX)
        return;
    h->bound = bound;
    if (h->limits->raised)
        h->limits->raised(h->limits->raised_data, bound);
}

static bool used_up(glp_tree *tree, const hunt *h)
{
    const bw_mip_limits *limits = h->limits;
    if (bw_mip_told_to_stop(limits))
        return true;
    if (limits->iterations > 0 &&
        glp_get_it_cnt(glp_ios_get_prob(tree)) - h->iterations >=
            limits->iterations)
        return true;
    int total;
    glp_ios_tree_size(tree, NULL, NULL, &total);
    return limits->nodes > 0 && total > limits->nodes;
}

static void on_event(glp_tree *tree, void *argument)
{
    hunt *h = argument;
    switch (glp_ios_reason(tree)) {
    case GLP_ISELECT:
        h->nodes++;
        note_bound(tree, h);
        if (used_up(tree, h))
            glp_ios_terminate(tree);
        break;
    case GLP_IROWGEN:
        if (bw_mip_told_to_stop(h->limits))
            glp_ios_terminate(tree);
        break;
    case GLP_IHEUR:
        if (!h->injected)
            inject(tree, h);
        break;
    case GLP_IBRANCH:
        if (h->limits->weight)
            branch(tree, h);
        break;
    default:
        break;
    }
}

/* To find: depth first, upwards, on the caller's weights, or pseudo-costs with
 * the best projection. To prove: best bound first. No cuts and no presolve:
 * with two-sided rows covers find nothing, and presolve forbids injection. */
static void run_tree(bw_mip *mip, void *argument)
{
    hunt *h = argument;
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.cb_func = on_event;
    how.cb_info = h;
    how.mip_gap = h->limits->gap;
    how.tol_int = whole;
    how.pp_tech = GLP_PP_NONE;
    how.sr_heur = GLP_OFF;
    how.br_tech = h->limits->weight ? GLP_BR_MFV : GLP_BR_PCH;
    if (!h->limits->depth_first)
        how.bt_tech = GLP_BT_BLB;
    else
        how.bt_tech = h->limits->weight ? GLP_BT_DFS : GLP_BT_BPH;
    h->code = glp_intopt(mip->lp, &how);
}

/* Whether the incumbent is a solution that counts. */
static bool has_solution(const bw_mip *mip, const bw_mip_limits *limits)
{
    int status = glp_mip_status(mip->lp);
    if (status != GLP_OPT && status != GLP_FEAS)
        return false;
    if (glp_mip_col_val(mip->lp, BW_OWN_COLUMN) != 0)
        return false; /* it is the cutoff itself */
    return !limits->has_cutoff || glp_mip_obj_val(mip->lp) < limits->cutoff;
}

static bw_mip_state tree_state(bw_mip *mip, const hunt *h)
{
    const bw_mip_limits *limits = h->limits;
    bool complete = h->code == 0 || h->code == GLP_EMIPGAP;
    bool found = has_solution(mip, limits);
    mip->bound = h->bound;
    if (h->code == 0 && found)
        mip->bound = glp_mip_obj_val(mip->lp);
    else if (h->code == 0)
        mip->bound = limits->has_cutoff ? limits->cutoff : INFINITY;
    if (limits->has_cutoff && mip->bound > limits->cutoff)
        mip->bound = limits->cutoff;
    if (found)
        return complete ? BW_MIP_OPTIMAL : BW_MIP_FEASIBLE;
    return complete ? BW_MIP_INFEASIBLE : BW_MIP_UNSOLVED;
}

/* After the relaxation is solved. */
static bw_status search_tree(bw_mip *mip, const bw_mip_limits *limits,
                             bw_mip_state *state)
{
    hunt h = {.limits = limits,
              .columns = glp_get_num_cols(mip->lp),
              .iterations = glp_get_it_cnt(mip->lp),
              .bound = glp_get_obj_val(mip->lp)};
    h.solution = bw_alloc((size_t)h.columns + 1, sizeof(double));
    if (!h.solution)
        return BW_NOMEM;
    *state = BW_MIP_UNSOLVED;
    if (bw_mip_guarded(mip, run_tree, &h)) {
        mip->integer = true;
        *state = tree_state(mip, &h);
    }
    mip->nodes += h.nodes;
    bw_free(h.solution);
    return mip->failed;
}

bw_status bw_mip_solve(bw_mip *mip, const bw_mip_limits *limits,
                       bw_mip_state *state)
{
    mip->bound = -INFINITY;
    bw_status status = bw_mip_solve_lp(mip, limits, state);
    if (status != BW_OK)
        return status;
    if (*state == BW_MIP_INFEASIBLE)
        mip->bound = INFINITY;
    if (*state != BW_MIP_OPTIMAL) {
        if (*state == BW_MIP_FEASIBLE)
            *state = BW_MIP_UNSOLVED; /* of the relaxation only */
        return BW_OK;
    }
    mip->bound = glp_get_obj_val(mip->lp);
    if (limits->has_cutoff && mip->bound >= limits->cutoff) {
        mip->bound = limits->cutoff;
        *state = BW_MIP_INFEASIBLE;
        return BW_OK;
    }
    return search_tree(mip, limits, state);
}
