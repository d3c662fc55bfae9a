/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A problem made by hand, without files: n accounts and m serving reps with
 * plain values that tests then change. Everything lives in one arena. */
#ifndef TESTS_OFFICE_H
#define TESTS_OFFICE_H

#include "bw/alloc.h"
#include "bw/problem.h"
#include "bw/quantum.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct office {
    bw_arena *arena;
    bw_scenario scenario;
    bw_input input[3];
    bw_problem problem;
    bw_segment_rule segment[4];
    bw_balance balance[4];
    bw_budget budget[4];
    bw_pair_rule rule[4];
    bw_pair_given given[4096];
    int32_t *lock;
} office;

static inline void *office_array(office *o, int32_t n, size_t size)
{
    void *array = bw_arena_alloc(o->arena, (size_t)n, size);
    assert(array);
    return array;
}

static inline double *office_numbers(office *o, int32_t n, double value)
{
    double *number = office_array(o, n, sizeof *number);
    for (int32_t i = 0; i < n; i++)
        number[i] = value;
    return number;
}

static inline const char **office_ids(office *o, int32_t n, char letter)
{
    const char **id = office_array(o, n, sizeof *id);
    for (int32_t i = 0; i < n; i++) {
        char text[24];
        int len = snprintf(text, sizeof text, "%c%d", letter, (int)i + 1);
        id[i] = bw_arena_text(o->arena, text, (size_t)len);
    }
    return id;
}

static inline void office_accounts(office *o, int32_t n)
{
    bw_accounts *a = &o->problem.accounts;
    a->n = n;
    a->id = a->name = a->owner_text = office_ids(o, n, 'A');
    a->line = office_array(o, n, sizeof *a->line);
    a->point = office_array(o, n, sizeof *a->point);
    a->placing = office_array(o, n, sizeof *a->placing);
    a->owner = office_array(o, n, sizeof *a->owner);
    a->revenue = office_numbers(o, n, 0);
    a->potential = office_numbers(o, n, 0);
    a->hours = office_numbers(o, n, 1);
    a->calls = office_numbers(o, n, (double)NAN);
    a->family = office_array(o, n, sizeof *a->family);
    o->lock = office_array(o, n, sizeof *o->lock);
    for (int32_t i = 0; i < n; i++) {
        a->line[i] = (uint32_t)i + 2;
        a->placing[i] = BW_ANYWHERE;
        a->point[i] = (bw_point){(double)NAN, (double)NAN};
        a->owner[i] = a->family[i] = o->lock[i] = -1;
    }
    o->problem.lock = o->lock;
}

static inline void office_reps(office *o, int32_t m)
{
    bw_reps *r = &o->problem.reps;
    r->n = r->n_serving = m;
    r->id = r->name = r->region = office_ids(o, m, 'R');
    r->line = office_array(o, m, sizeof *r->line);
    r->home = office_array(o, m, sizeof *r->home);
    r->status = office_array(o, m, 1);
    r->inside = office_array(o, m, 1);
    r->capacity = office_numbers(o, m, 1000);
    r->fte = office_numbers(o, m, 1);
    r->ramp = office_numbers(o, m, 1);
    for (int32_t i = 0; i < m; i++) {
        r->line[i] = (uint32_t)i + 2;
        r->home[i] = (bw_point){0, 0};
    }
}

/** One segment that takes everything, workload balanced to 0 .. 1000 at 2 and
 * 3 a unit, no travel, no handover, no rules; every account 1 hour. */
static inline office *office_new(int32_t n, int32_t m)
{
    bw_arena *arena = bw_arena_new();
    office *o = bw_arena_alloc(arena, 1, sizeof *o);
    assert(o);
    o->arena = arena;
    o->input[0] = (bw_input){.role = "accounts", .path = "accounts.csv"};
    o->input[1] = (bw_input){.role = "reps", .path = "reps.csv"};
    o->input[2] = (bw_input){.role = "pairs", .path = "pairs.csv"};
    o->problem.inputs = o->input;
    o->problem.n_inputs = 3;
    bw_problem *p = &o->problem;
    p->scenario = &o->scenario;
    office_accounts(o, n);
    office_reps(o, m);
    p->segments = o->segment;
    p->n_segments = 1;
    for (int i = 0; i < 4; i++)
        o->segment[i] = (bw_segment_rule){.name = "all",
                                          .share = (double)NAN,
                                          .calls = (double)NAN,
                                          .hours = (double)NAN};
    p->travel =
        (bw_travel){.speed_kmh = 60, .road_factor = 1.3, .calls_per_trip = 1};
    p->balances = o->balance;
    p->n_balances = 1;
    o->balance[0] = (bw_balance){.measure = "workload",
                                 .kind = BW_MEASURE_WORKLOAD,
                                 .low = office_numbers(o, m, 0),
                                 .high = office_numbers(o, m, 1000),
                                 .under_cost = 2,
                                 .over_cost = 3};
    p->budgets = o->budget;
    p->rules = o->rule;
    p->km_limit = (double)NAN;
    p->pairs.row = o->given;
    return o;
}

static inline void office_free(office *o)
{
    bw_arena_free(o->arena);
}

static inline void office_place(office *o, int32_t account, double lat,
                                double lon)
{
    o->problem.accounts.placing[account] = BW_PLACED;
    o->problem.accounts.point[account] = (bw_point){lat, lon};
}

/** A rule whose classes are accounts and reps themselves. */
static inline uint8_t *office_rule(office *o, const char *text)
{
    int32_t n = o->problem.accounts.n, m = o->problem.reps.n;
    int32_t *of_account = office_array(o, n, sizeof *of_account);
    int32_t *of_rep = office_array(o, m, sizeof *of_rep);
    uint8_t *allowed = office_array(o, n * m, 1);
    for (int32_t a = 0; a < n; a++)
        of_account[a] = a;
    for (int32_t r = 0; r < m; r++)
        of_rep[r] = r;
    memset(allowed, 1, (size_t)n * (size_t)m);
    o->rule[o->problem.n_rules++] =
        (bw_pair_rule){.place = {"scenario.xml", 9, 5},
                       .text = text,
                       .n_account_classes = n,
                       .n_rep_classes = m,
                       .account_class = of_account,
                       .rep_class = of_rep,
                       .allowed = allowed};
    return allowed;
}

/** A row of pairs.csv with nothing given; rows come sorted. */
static inline bw_pair_given *office_given(office *o, int32_t account,
                                          int32_t rep)
{
    bw_pair_given *row = &o->given[o->problem.pairs.n++];
    double none = (double)NAN;
    *row =
        (bw_pair_given){account, rep,  -1,   none,
                        none,    none, none, (uint32_t)o->problem.pairs.n + 1};
    return row;
}

/* A small generator, so that random tests are the same everywhere. */
static inline uint64_t office_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline double office_uniform(uint64_t *state, double low, double high)
{
    double unit = (double)(office_random(state) >> 11) * 0x1p-53;
    return low + unit * (high - low);
}

static inline int32_t office_pick(uint64_t *state, int32_t n)
{
    return (int32_t)(office_random(state) % (uint64_t)n);
}

#endif
