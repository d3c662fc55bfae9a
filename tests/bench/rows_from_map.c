/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large problem in memory: accounts and reps around made-up cities, every
 * pair allowed, so that rows are computed on demand. */
#include "rows_from_map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    CITIES = 120
};

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state)
{
    double radius = sqrt(-2 * log(uniform(state)));
    return radius * cos(6.283185307179586 * uniform(state));
}

static void *room(size_t n, size_t size)
{
    void *block = calloc(n, size);
    if (!block) {
        fprintf(stderr, "bench: out of memory\n");
        exit(4);
    }
    return block;
}

typedef struct town {
    double lat, lon, weight;
} town;

static town towns[CITIES];
static double heaviest;

static void make_towns(uint64_t *state)
{
    heaviest = 0;
    for (int i = 0; i < CITIES; i++) {
        towns[i] = (town){28 + 20 * uniform(state), -122 + 50 * uniform(state),
                          exp(normal(state))};
        heaviest = fmax(heaviest, towns[i].weight);
    }
}

static bw_point somewhere(uint64_t *state)
{
    int i;
    do
        i = (int)(uniform(state) * CITIES);
    while (uniform(state) * heaviest > towns[i].weight);
    double spread = uniform(state) < 0.6 ? 0.2 : 1.2;
    return (bw_point){towns[i].lat + spread * normal(state),
                      towns[i].lon + spread * normal(state)};
}

static void make_accounts(bw_problem *p, int32_t n, uint64_t *state)
{
    bw_accounts *a = &p->accounts;
    size_t room_n = (size_t)n;
    *a = (bw_accounts){.n = n};
    a->id = room(room_n, sizeof *a->id);
    a->name = room(room_n, sizeof *a->name);
    a->line = room(room_n, sizeof *a->line);
    a->point = room(room_n, sizeof *a->point);
    a->placing = room(room_n, sizeof *a->placing);
    a->owner = room(room_n, sizeof *a->owner);
    a->owner_text = room(room_n, sizeof *a->owner_text);
    a->revenue = room(room_n, sizeof *a->revenue);
    a->potential = room(room_n, sizeof *a->potential);
    a->hours = room(room_n, sizeof *a->hours);
    a->calls = room(room_n, sizeof *a->calls);
    a->family = room(room_n, sizeof *a->family);
    int32_t *lock = room(room_n, sizeof *lock);
    for (int32_t i = 0; i < n; i++) {
        a->id[i] = a->name[i] = a->owner_text[i] = "";
        a->point[i] = somewhere(state);
        a->placing[i] = BW_PLACED;
        a->owner[i] = a->family[i] = lock[i] = -1;
        a->potential[i] = fmin(exp(3.2 + 1.2 * normal(state)), 2000);
        a->hours[i] = 0.5 + 3 * uniform(state) * uniform(state);
        a->calls[i] = 2 + floor(6 * uniform(state));
    }
    p->lock = lock;
}

static void make_reps(bw_problem *p, int32_t n, uint64_t *state)
{
    bw_reps *r = &p->reps;
    size_t room_n = (size_t)n;
    *r = (bw_reps){.n = n, .n_serving = n};
    r->id = room(room_n, sizeof *r->id);
    r->name = room(room_n, sizeof *r->name);
    r->region = room(room_n, sizeof *r->region);
    r->line = room(room_n, sizeof *r->line);
    r->home = room(room_n, sizeof *r->home);
    r->status = room(room_n, sizeof *r->status);
    r->inside = room(room_n, sizeof *r->inside);
    r->capacity = room(room_n, sizeof *r->capacity);
    r->fte = room(room_n, sizeof *r->fte);
    r->ramp = room(room_n, sizeof *r->ramp);
    for (int32_t i = 0; i < n; i++) {
        r->id[i] = r->name[i] = r->region[i] = "";
        r->home[i] = somewhere(state);
        r->capacity[i] = NAN;
        r->fte[i] = r->ramp[i] = 1;
    }
}

bw_instance *instance_of_map(int32_t n_accounts, int32_t n_reps, uint64_t seed)
{
    bw_problem *p = room(1, sizeof *p);
    bw_balance *b = room(2, sizeof *b);
    bw_segment_rule *segment = room(1, sizeof *segment);
    bw_instance *instance;
    make_towns(&seed);
    make_accounts(p, n_accounts, &seed);
    make_reps(p, n_reps, &seed);
    *segment = (bw_segment_rule){
        .name = "all", .share = NAN, .calls = NAN, .hours = NAN};
    p->segments = segment;
    p->n_segments = 1;
    p->travel = (bw_travel){true, 50, 0.4, 60, 1.3, 4};
    b[0] = (bw_balance){.measure = "workload",
                        .kind = BW_MEASURE_WORKLOAD,
                        .target = BW_TARGET_EQUAL,
                        .tolerance = 0.1,
                        .under_cost = 50,
                        .over_cost = 80};
    b[1] = (bw_balance){.measure = "potential",
                        .kind = BW_MEASURE_VALUE,
                        .value = p->accounts.potential,
                        .target = BW_TARGET_EQUAL,
                        .tolerance = 0.15,
                        .under_cost = 2,
                        .over_cost = 2};
    p->balances = b;
    p->n_balances = 2;
    p->km_limit = NAN;
    bw_diags *diags = bw_diags_new();
    if (!diags || bw_instance_new(p, diags, &instance) != BW_OK) {
        fprintf(stderr, "bench: no instance\n");
        exit(4);
    }
    bw_diags_free(diags);
    return instance;
}
