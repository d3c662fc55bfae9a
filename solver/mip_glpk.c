/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK behind the seam of mip.h: models and linear relaxations; branch and
 * bound is mip_tree.c.
 *
 * GLPK keeps one environment per thread, so models of different threads never
 * meet. On misuse and on lack of memory it aborts the process unless an error
 * hook leaves by longjmp; every call that may abort runs inside bw_mip_guarded.
 * What the aborted call held stays in the environment until bw_mip_thread_done.
 *
 * Each model has one column of its own before the caller's: fixed at 0 in every
 * relaxation, cost 1, no entries. A cutoff is an incumbent in which only that
 * column is not zero: GLPK 5.0 has no cutoff parameter, and a cutoff row would
 * be one more dense row in every factorisation. */
#include "mip_glpk.h"

#include "bw/alloc.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>

enum {
    LP_CHUNK = 1000 /* iterations between two looks at `stop` */
};

static void leave(void *place)
{
    longjmp(*(jmp_buf *)place, 1);
}

static int swallow(void *nothing, const char *text)
{
    (void)nothing;
    (void)text;
    return 1;
}

/* Runs a step; an abort inside it makes the model fail for good. */
bool bw_mip_guarded(bw_mip *mip, bw_mip_step *run, void *argument)
{
    jmp_buf place;
    if (mip->failed != BW_OK)
        return false;
    if (setjmp(place)) {
        glp_error_hook(NULL, NULL);
        mip->failed = BW_INTERNAL;
        return false;
    }
    glp_error_hook(leave, &place);
    run(mip, argument);
    glp_error_hook(NULL, NULL);
    return true;
}

static void create(bw_mip *mip, void *argument)
{
    (void)argument;
    glp_term_hook(swallow, NULL);
    glp_term_out(GLP_OFF);
    mip->lp = glp_create_prob();
    glp_set_obj_dir(mip->lp, GLP_MIN);
    glp_add_cols(mip->lp, 1);
    glp_set_col_bnds(mip->lp, BW_OWN_COLUMN, GLP_FX, 0, 0);
    glp_set_obj_coef(mip->lp, BW_OWN_COLUMN, 1);
}

bw_status bw_mip_new(bw_mip **mip)
{
    *mip = NULL;
    bw_mip *made = bw_alloc(1, sizeof *made);
    if (!made)
        return BW_NOMEM;
    if (!bw_mip_guarded(made, create, NULL)) {
        bw_status failed = made->failed;
        bw_free(made);
        return failed;
    }
    *mip = made;
    return BW_OK;
}

static void delete (bw_mip *mip, void *argument)
{
    (void)argument;
    glp_delete_prob(mip->lp);
}

void bw_mip_free(bw_mip *mip)
{
    if (!mip)
        return;
    bw_mip_guarded(mip, delete,
                   NULL); /* after an abort: left to the environment */
    bw_free(mip->index);
    bw_free(mip->value);
    bw_free(mip);
}

void bw_mip_thread_done(void)
{
    glp_free_env();
}

static void add_rows(bw_mip *mip, void *n)
{
    glp_add_rows(mip->lp, *(int32_t *)n);
}

static void add_columns(bw_mip *mip, void *n)
{
    glp_add_cols(mip->lp, *(int32_t *)n);
}

bw_status bw_mip_add_rows(bw_mip *mip, int32_t n, int32_t *first)
{
    assert(n >= 0);
    *first = glp_get_num_rows(mip->lp);
    if (n > 0 && !bw_mip_guarded(mip, add_rows, &n))
        return mip->failed;
    return mip->failed;
}

bw_status bw_mip_add_columns(bw_mip *mip, int32_t n, int32_t *first)
{
    assert(n >= 0);
    *first = glp_get_num_cols(mip->lp) + 1 - BW_FIRST_COLUMN;
    if (n > 0 && !bw_mip_guarded(mip, add_columns, &n))
        return mip->failed;
    return mip->failed;
}

static int bound_type(double low, double high)
{
    bool below = low > -INFINITY, above = high < INFINITY;
    if (!below)
        return above ? GLP_UP : GLP_FR;
    if (!above)
        return GLP_LO;
    return low < high ? GLP_DB : GLP_FX;
}

void bw_mip_row(bw_mip *mip, int32_t row, double low, double high)
{
    assert(low <= high);
    if (mip->failed == BW_OK)
        glp_set_row_bnds(mip->lp, row + 1, bound_type(low, high), low, high);
}

void bw_mip_column(bw_mip *mip, int32_t column, double low, double high,
                   double cost, bool integer)
{
    if (mip->failed != BW_OK)
        return;
    if (integer) { /* GLPK wants whole bounds of whole columns */
        low = ceil(low - 1e-9);
        high = floor(high + 1e-9);
    }
    assert(low <= high);
    int j = column + BW_FIRST_COLUMN;
    glp_set_col_bnds(mip->lp, j, bound_type(low, high), low, high);
    glp_set_obj_coef(mip->lp, j, cost);
    glp_set_col_kind(mip->lp, j, integer ? GLP_IV : GLP_CV);
}

static bool make_room(bw_mip *mip, int32_t n)
{
    if (mip->index && n <= mip->room)
        return true;
    int32_t room = n < 64 ? 64 : n;
    int *index = bw_realloc(mip->index, (size_t)room + 1, sizeof *index);
    if (!index)
        return false;
    mip->index = index;
    double *value = bw_realloc(mip->value, (size_t)room + 1, sizeof *value);
    if (!value)
        return false;
    mip->value = value;
    mip->room = room;
    return true;
}

typedef struct entries {
    int column, n;
} entries;

static void set_entries(bw_mip *mip, void *argument)
{
    const entries *e = argument;
    glp_set_mat_col(mip->lp, e->column, e->n, mip->index, mip->value);
}

void bw_mip_entries(bw_mip *mip, int32_t column, int32_t n, const int32_t *row,
                    const double *value)
{
    if (mip->failed != BW_OK)
        return;
    if (!make_room(mip, n)) {
        mip->failed = BW_NOMEM;
        return;
    }
    int kept = 0;
    for (int32_t i = 0; i < n; i++) {
        if (value[i] == 0)
            continue;
        kept++;
        mip->index[kept] = row[i] + 1;
        mip->value[kept] = value[i];
    }
    entries e = {column + BW_FIRST_COLUMN, kept};
    bw_mip_guarded(mip, set_entries, &e);
}

void bw_mip_set_basis(bw_mip *mip, bool of_row, int32_t index,
                      bw_mip_basis status)
{
    static const int code[] = {[BW_BASIC] = GLP_BS,
                               [BW_AT_LOWER] = GLP_NL,
                               [BW_AT_UPPER] = GLP_NU,
                               [BW_FREE] = GLP_NF};
    if (mip->failed != BW_OK)
        return;
    if (of_row)
        glp_set_row_stat(mip->lp, index + 1, code[status]);
    else
        glp_set_col_stat(mip->lp, index + BW_FIRST_COLUMN, code[status]);
}

bw_mip_basis bw_mip_get_basis(const bw_mip *mip, bool of_row, int32_t index)
{
    if (mip->failed != BW_OK)
        return BW_FREE;
    int code = of_row ? glp_get_row_stat(mip->lp, index + 1)
                      : glp_get_col_stat(mip->lp, index + BW_FIRST_COLUMN);
    switch (code) {
    case GLP_BS:
        return BW_BASIC;
    case GLP_NU:
        return BW_AT_UPPER;
    case GLP_NF:
        return BW_FREE;
    default:
        return BW_AT_LOWER;
    }
}

/* One call of the simplex method of at most `most` iterations. Returns GLPK's
 * code. A basis that it refuses or loses is replaced by the trivial one. */
static int simplex(bw_mip *mip, const bw_mip_limits *limits, int most)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = limits->dual_simplex ? GLP_DUALP : GLP_PRIMAL;
    how.it_lim = most;
    int code = glp_simplex(mip->lp, &how);
    if (code == 0 || code == GLP_EITLIM || code == GLP_EBOUND)
        return code;
    glp_std_basis(mip->lp);
    how.meth = GLP_DUALP;
    return glp_simplex(mip->lp, &how);
}

static void run_lp(bw_mip *mip, void *argument)
{
    const bw_mip_limits *limits = argument;
    int64_t left = limits->iterations > 0 ? limits->iterations : INT64_MAX;
    mip->unsettled = false;
    while (left > 0 && !bw_mip_told_to_stop(limits)) {
        int most = left < LP_CHUNK ? (int)left : LP_CHUNK;
        int code = simplex(mip, limits, most);
        if (code != GLP_EITLIM) {
            mip->unsettled = code != 0;
            return;
        }
        left -= most;
    }
}

static bw_mip_state lp_state(const bw_mip *mip)
{
    if (mip->unsettled)
        return BW_MIP_UNSOLVED;
    switch (glp_get_status(mip->lp)) {
    case GLP_OPT:
        return BW_MIP_OPTIMAL;
    case GLP_FEAS:
        return BW_MIP_FEASIBLE;
    case GLP_NOFEAS:
        return BW_MIP_INFEASIBLE;
    default:
        return BW_MIP_UNSOLVED;
    }
}

bw_status bw_mip_solve_lp(bw_mip *mip, const bw_mip_limits *limits,
                          bw_mip_state *state)
{
    *state = BW_MIP_UNSOLVED;
    bw_mip_limits copy = *limits;
    if (!bw_mip_guarded(mip, run_lp, &copy))
        return mip->failed;
    mip->integer = false;
    *state = lp_state(mip);
    return BW_OK;
}

double bw_mip_objective(const bw_mip *mip)
{
    if (mip->failed != BW_OK)
        return NAN;
    return mip->integer ? glp_mip_obj_val(mip->lp) : glp_get_obj_val(mip->lp);
}

double bw_mip_bound(const bw_mip *mip)
{
    return mip->bound;
}

double bw_mip_value(const bw_mip *mip, int32_t column)
{
    if (mip->failed != BW_OK)
        return NAN;
    int j = column + BW_FIRST_COLUMN;
    return mip->integer ? glp_mip_col_val(mip->lp, j)
                        : glp_get_col_prim(mip->lp, j);
}

double bw_mip_row_dual(const bw_mip *mip, int32_t row)
{
    return mip->failed == BW_OK ? glp_get_row_dual(mip->lp, row + 1) : NAN;
}

double bw_mip_reduced_cost(const bw_mip *mip, int32_t column)
{
    return mip->failed == BW_OK
               ? glp_get_col_dual(mip->lp, column + BW_FIRST_COLUMN)
               : NAN;
}

int64_t bw_mip_work(const bw_mip *mip)
{
    return mip->failed == BW_OK ? glp_get_it_cnt(mip->lp) : 0;
}

int64_t bw_mip_nodes(const bw_mip *mip)
{
    return mip->nodes;
}
