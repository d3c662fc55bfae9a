/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The only caller of malloc: arenas for objects, plain blocks for scratch. */
#ifndef BW_ALLOC_H
#define BW_ALLOC_H

#include <stddef.h>

/** Memory that lives and dies together; one per object. Not thread-safe. */
typedef struct bw_arena bw_arena;

/** NULL when memory is short. */
bw_arena *bw_arena_new(void);
void bw_arena_free(bw_arena *arena); /* NULL is fine */

/** `count` zeroed items of `size` bytes, aligned for any type. A count of 0
 * gives a pointer that may not be read. NULL: no memory, or the product
 * overflows. */
void *bw_arena_alloc(bw_arena *arena, size_t count, size_t size);

/** A copy of `len` bytes with a NUL after them; NULL when memory is short. */
char *bw_arena_text(bw_arena *arena, const char *text, size_t len);

/** Scratch blocks: zeroed; resized (old bytes kept, new ones undefined);
 * released. NULL when memory is short; a failed resize leaves the old block. */
void *bw_alloc(size_t count, size_t size);
void *bw_realloc(void *block, size_t count, size_t size);
void bw_free(void *block);

/** For tests: the n-th request from now on fails (and all after it); 0 turns
 * that off. Returns the requests made since the last call. */
long bw_alloc_fail_at(long n);
/** For tests: blocks handed out and not yet released (arena blocks too). */
long bw_alloc_live(void);

#endif
