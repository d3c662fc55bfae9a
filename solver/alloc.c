/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arenas are chains of blocks that double in size, so that a million small
 * strings cost some twenty calls of malloc. The counters are the only mutable
 * globals of the program: tests need to reach them from outside any object. */
#include "bw/alloc.h"

#include <assert.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    FIRST_BLOCK = 4096,
    LARGEST_BLOCK = 16 << 20
};

typedef struct chunk {
    struct chunk *next;
    size_t used, size;
    max_align_t data[];
} chunk;

struct bw_arena {
    chunk *head;
    size_t next_size;
};

static atomic_long requests, fail_at, live;

static int may_allocate(void)
{
    long number = atomic_fetch_add(&requests, 1) + 1;
    long limit = atomic_load(&fail_at);
    return limit == 0 || number < limit;
}

long bw_alloc_fail_at(long n)
{
    assert(n >= 0);
    atomic_store(&fail_at, n);
    return atomic_exchange(&requests, 0);
}

long bw_alloc_live(void)
{
    return atomic_load(&live);
}

static int overflows(size_t count, size_t size)
{
    return size != 0 && count > PTRDIFF_MAX / size;
}

void *bw_alloc(size_t count, size_t size)
{
    if (overflows(count, size) || !may_allocate())
        return NULL;
    void *block = calloc(count ? count : 1, size ? size : 1);
    if (block)
        atomic_fetch_add(&live, 1);
    return block;
}

void *bw_realloc(void *old, size_t count, size_t size)
{
    if (overflows(count, size) || !may_allocate())
        return NULL;
    void *block = realloc(old, count && size ? count * size : 1);
    if (block && !old)
        atomic_fetch_add(&live, 1);
    return block;
}

void bw_free(void *block)
{
    if (!block)
        return;
    atomic_fetch_sub(&live, 1);
    free(block);
}

bw_arena *bw_arena_new(void)
{
    bw_arena *arena = bw_alloc(1, sizeof *arena);
    if (arena)
        arena->next_size = FIRST_BLOCK;
    return arena;
}

void bw_arena_free(bw_arena *arena)
{
    if (!arena)
        return;
    for (chunk *b = arena->head; b;) {
        chunk *next = b->next;
        bw_free(b);
        b = next;
    }
    bw_free(arena);
}

static int add_block(bw_arena *arena, size_t need)
{
    size_t size = need > arena->next_size ? need : arena->next_size;
    chunk *b = bw_alloc(1, sizeof *b + size);
    if (!b)
        return 0;
    b->size = size;
    if (need > arena->next_size && arena->head) {
        /* A big item gets a block of its own behind the head, whose rest
         * stays in use. */
        b->next = arena->head->next;
        arena->head->next = b;
        return 1;
    }
    b->next = arena->head;
    arena->head = b;
    if (arena->next_size < LARGEST_BLOCK)
        arena->next_size *= 2;
    return 1;
}

void *bw_arena_alloc(bw_arena *arena, size_t count, size_t size)
{
    assert(arena);
    if (overflows(count, size) || count * size > PTRDIFF_MAX / 2)
        return NULL;
    size_t align = alignof(max_align_t);
    size_t need = (count * size + align - 1) / align * align;
    chunk *b = arena->head;
    if (!b || b->size - b->used < need) {
        if (!add_block(arena, need))
            return NULL;
        b = arena->head;
        if (b->size - b->used < need)
            b = b->next;
    }
    void *item = (char *)b->data + b->used;
    b->used += need;
    return item;
}

char *bw_arena_text(bw_arena *arena, const char *text, size_t len)
{
    char *copy = bw_arena_alloc(arena, len + 1, 1);
    if (copy && len)
        memcpy(copy, text, len);
    return copy;
}
