/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Pseudo-random numbers: splitmix64 (Steele, Lea, Flood, OOPSLA 2014). A
 * stream is its 64-bit state, so a task's numbers depend on its seed alone. */
#ifndef BW_RANDOM_H
#define BW_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

static inline uint64_t bw_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/** 0 .. n-1; n > 0. The bias of the remainder is below n / 2^64. */
static inline int32_t bw_random_below(uint64_t *state, int32_t n)
{
    return (int32_t)(bw_random(state) % (uint64_t)n);
}

/** 0 <= x < 1. */
static inline double bw_random_unit(uint64_t *state)
{
    return (double)(bw_random(state) >> 11) * 0x1p-53;
}

/** A stream for task number `index` of round number `round`. */
static inline uint64_t bw_random_stream(uint64_t seed, uint64_t round,
                                        uint64_t index)
{
    uint64_t state = seed;
    state ^= bw_random(&state) + round;
    state ^= bw_random(&state) + index;
    return bw_random(&state);
}

/** Which of two reps that cost the same a unit takes: another one for every
 * unit. If it were the lower number, a thousand reps at no cost would have all
 * units fight for the first few. */
static inline bool bw_prefers(int32_t unit, int32_t rep, int32_t other)
{
    uint64_t a = (uint64_t)unit << 32 | (uint32_t)rep;
    uint64_t b = (uint64_t)unit << 32 | (uint32_t)other;
    return bw_random(&a) < bw_random(&b);
}

#endif
