/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be touched, and the problem that comes of it. */
#include "bw/repair.h"

#include "bw/alloc.h"
#include "bw/solve.h"
#include "repair_fewest.h"

#include <string.h>

enum {
    NEAREST = 3 /* reps that an account can go to */
};

typedef struct mending {
    const bw_problem *problem;
    const bw_instance *instance;
    bw_repair *made;
    bw_arena *arena;
    int32_t *keeper; /* [n_units] the owner who can keep it, or -1 */
    uint8_t *core;   /* [n_reps] 1: outside a hard limit, or without accounts;
                      * of leaving reps: with accounts */
    bw_pair *buffer; /* [n_serving] */
    int32_t *account_count; /* [n_serving] units kept */
} mending;

/* --- as things stand --- */

/* All accounts have the same serving owner, and he may serve the unit. */
static int32_t keeper_of(const mending *m, int32_t unit)
{
    const bw_instance *instance = m->instance;
    const int32_t *account =
        &instance->unit_account[instance->first_account[unit]];
    int32_t n =
        instance->first_account[unit + 1] - instance->first_account[unit];
    int32_t owner = m->problem->accounts.owner[account[0]];
    bw_pair pair;
    for (int32_t i = 1; i < n; i++)
        if (m->problem->accounts.owner[account[i]] != owner)
            return -1;
    if (owner < 0 || owner >= instance->n_reps ||
        !bw_instance_pair(instance, unit, owner, &pair))
        return -1;
    return owner;
}

static void find_keepers(mending *m)
{
    for (int32_t unit = 0; unit < m->instance->n_units; unit++) {
        m->keeper[unit] = keeper_of(m, unit);
        if (m->keeper[unit] >= 0)
            m->account_count[m->keeper[unit]]++;
    }
}

/* Loads if everybody kept what he can keep. */
static bw_status find_loads(const mending *m, int64_t *load)
{
    const bw_instance *instance = m->instance;
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_pair pair;
        if (m->keeper[unit] < 0 ||
            !bw_instance_pair(instance, unit, m->keeper[unit], &pair))
            continue;
        for (int32_t k = 0; k < instance->n_measures; k++)
            load[(int64_t)pair.rep * instance->n_measures + k] +=
                bw_pair_measure(instance, unit, &pair, k);
    }
    return BW_OK;
}

static bw_status find_core(mending *m)
{
    const bw_instance *instance = m->instance;
    const bw_reps *reps = &m->problem->reps;
    int64_t *load =
        bw_alloc((size_t)bw_instance_windows(instance) + 1, sizeof *load);
    if (!load)
        return BW_NOMEM;
    find_loads(m, load);
    for (int32_t r = 0; r < instance->n_reps; r++) {
        m->core[r] = m->account_count[r] == 0;
        for (int32_t k = 0; k < instance->n_measures; k++) {
            int64_t outside;
            bw_instance_deviation(instance, r, k,
                                  load[(int64_t)r * instance->n_measures + k],
                                  &outside);
            m->core[r] |= outside != 0;
        }
    }
    for (int32_t a = 0; a < m->problem->accounts.n; a++)
        if (m->problem->accounts.owner[a] >= reps->n_serving)
            m->core[m->problem->accounts.owner[a]] = 1;
    bw_free(load);
    return BW_OK;
}

/* --- reach --- */

/* The cheapest reps of a unit, at most NEAREST; ties to the lowest. */
static int nearest(const mending *m, int32_t unit, int32_t found[NEAREST])
{
    bw_row row = bw_instance_row(m->instance, unit, m->buffer);
    int64_t cost[NEAREST];
    int n = 0;
    for (int32_t i = 0; i < row.n; i++) {
        int at = n;
        while (at > 0 && cost[at - 1] > row.pair[i].cost)
            at--;
        if (at == NEAREST)
            continue;
        n += n < NEAREST;
        for (int j = n - 1; j > at; j--) {
            cost[j] = cost[j - 1];
            found[j] = found[j - 1];
        }
        cost[at] = row.pair[i].cost;
        found[at] = row.pair[i].rep;
    }
    return n;
}

/* The owner's own accounts are cheap for him, as they cost no handover: he is
 * among the nearest of them, and no neighbour of himself. */
static void touch_neighbours(mending *m)
{
    uint8_t *touched = m->made->touched;
    for (int32_t unit = 0; unit < m->instance->n_units; unit++) {
        int32_t near[NEAREST], keeper = m->keeper[unit];
        int n = nearest(m, unit, near);
        bool gives = keeper < 0 || m->core[keeper];
        for (int i = 0; i < n; i++) {
            if (gives)
                touched[near[i]] = 1;
            else if (m->account_count[near[i]] == 0)
                touched[keeper] = 1;
        }
    }
    for (int32_t r = 0; r < m->instance->n_reps; r++)
        touched[r] |= m->core[r];
}

static void touch_regions(mending *m)
{
    const bw_reps *reps = &m->problem->reps;
    for (int32_t c = 0; c < reps->n; c++)
        for (int32_t r = 0;
             m->core[c] && reps->region[c][0] && r < reps->n_serving; r++)
            if (strcmp(reps->region[c], reps->region[r]) == 0)
                m->made->touched[r] = 1;
}

static void touch(mending *m)
{
    bw_repair *made = m->made;
    bw_reach reach = m->problem->scenario->repair.reach;
    if (reach == BW_REACH_ALL)
        memset(made->touched, 1, (size_t)m->problem->reps.n_serving);
    else
        touch_neighbours(m);
    if (reach == BW_REACH_REGION)
        touch_regions(m);
    for (int32_t r = 0; r < m->problem->reps.n_serving; r++)
        made->n_touched += made->touched[r];
}

/* --- all of it --- */

/* An account may move where its owner is touched, or cannot keep it. */
static void find_kept(const mending *m, int32_t *keep)
{
    const bw_instance *instance = m->instance;
    for (int32_t a = 0; a < m->problem->accounts.n; a++) {
        int32_t keeper = m->keeper[instance->account_unit[a]];
        bool moves = keeper < 0 || m->made->touched[keeper];
        keep[a] = moves ? -1 : keeper;
        m->made->n_movable += moves;
        m->made->n_forced += keeper < 0 && m->problem->accounts.owner[a] >= 0;
    }
}

static bw_status alloc_mending(mending *m)
{
    size_t n_reps = (size_t)m->problem->reps.n;
    size_t n_units = (size_t)m->instance->n_units;
    m->made->touched = bw_arena_alloc(m->arena, n_reps, 1);
    m->keeper = bw_alloc(n_units, sizeof *m->keeper);
    m->core = bw_alloc(n_reps, 1);
    m->buffer = bw_alloc(n_reps, sizeof *m->buffer);
    m->account_count = bw_alloc(n_reps, sizeof *m->account_count);
    return m->made->touched && m->keeper && m->core && m->buffer &&
                   m->account_count
               ? BW_OK
               : BW_NOMEM;
}

static bw_status mend(mending *m, const bw_settings *settings, bw_diags *diags)
{
    int32_t *keep =
        bw_arena_alloc(m->arena, (size_t)m->problem->accounts.n, sizeof *keep);
    bw_status status = keep ? alloc_mending(m) : BW_NOMEM;
    if (status != BW_OK)
        return status;
    find_keepers(m);
    status = find_core(m);
    if (status != BW_OK)
        return status;
    touch(m);
    find_kept(m, keep);
    bw_problem within;
    bw_repair_terms terms = {m->made->touched, keep, -1, m->instance->low,
                             m->instance->high};
    status = bw_repair_problem(m->problem, &terms, m->arena, &within);
    bw_fewest fewest = {.moves = -1};
    if (status == BW_OK)
        status = bw_repair_fewest(&within, settings, diags, m->arena, &fewest);
    m->made->fewest = fewest.moves;
    m->made->fewest_bound = fewest.bound;
    m->made->impossible = fewest.impossible;
    m->made->stopped_by = fewest.stopped_by;
    m->made->start = fewest.start;
    if (status == BW_OK && m->made->fewest >= 0)
        terms.moves =
            m->made->fewest + m->problem->scenario->repair.extra_moves;
    if (status == BW_OK)
        status =
            bw_repair_problem(m->problem, &terms, m->arena, &m->made->problem);
    return status;
}

bw_status bw_repair_new(const bw_problem *problem, const bw_settings *settings,
                        bw_diags *diags, bw_repair **repair)
{
    *repair = NULL;
    bw_instance *instance;
    bw_status status = bw_instance_new(problem, diags, &instance);
    if (status != BW_OK)
        return status;
    mending m = {.problem = problem, .instance = instance};
    m.arena = bw_arena_new();
    m.made = m.arena ? bw_arena_alloc(m.arena, 1, sizeof *m.made) : NULL;
    status = m.made ? BW_OK : BW_NOMEM;
    if (status == BW_OK) {
        m.made->arena = m.arena;
        m.made->fewest = -1;
        m.made->impossible = m.made->hopeless = instance->impossible;
    }
    if (status == BW_OK && !instance->impossible)
        status = mend(&m, settings, diags);
    bw_free(m.keeper);
    bw_free(m.core);
    bw_free(m.buffer);
    bw_free(m.account_count);
    bw_instance_free(instance);
    if (status == BW_OK)
        *repair = m.made;
    else
        bw_arena_free(m.arena);
    return status;
}

void bw_repair_free(bw_repair *repair)
{
    if (repair)
        bw_arena_free(repair->arena);
}
