/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arenas, scratch blocks, and running out of them. */
#include "faults.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

static void assert_zero(const void *block, size_t size)
{
    const unsigned char *bytes = block;
    for (size_t i = 0; i < size; i++)
        assert_int_equal(bytes[i], 0);
}

static void items_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    unsigned char *item[400];
    size_t size[400];
    for (size_t i = 0; i < 400; i++) {
        size[i] = 1 + i * i % 977;
        item[i] = bw_arena_alloc(arena, size[i], 1);
        assert_non_null(item[i]);
        assert_int_equal((uintptr_t)item[i] % alignof(max_align_t), 0);
        assert_zero(item[i], size[i]);
        memset(item[i], (int)(i % 251), size[i]);
    }
    for (size_t i = 0; i < 400; i++)
        for (size_t b = 0; b < size[i]; b++)
            assert_int_equal(item[i][b], i % 251);
    bw_arena_free(arena);
}

static void a_big_item_leaves_the_rest_of_a_block_in_use(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    char *before = bw_arena_alloc(arena, 16, 1);
    char *big = bw_arena_alloc(arena, 100, 10000);
    memset(big, 'x', 1000000);
    long live = bw_alloc_live();
    char *after = bw_arena_alloc(arena, 16, 1);
    assert_int_equal(bw_alloc_live(), live); /* no new block was needed */
    assert_ptr_equal(after, before + 16);
    bw_arena_free(arena);
}

static void a_million_small_texts_take_few_blocks(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    long live = bw_alloc_live();
    for (int i = 0; i < 1000000; i++)
        assert_non_null(bw_arena_text(arena, "A-000000", 8));
    assert_true(bw_alloc_live() - live < 20);
    bw_arena_free(arena);
}

static void a_text_is_copied_and_ended(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    const char source[] = "a\0bcd";
    char *copy = bw_arena_text(arena, source, 4);
    assert_memory_equal(copy, "a\0bc", 5);
    assert_string_equal(bw_arena_text(arena, NULL, 0), "");
    bw_arena_free(arena);
}

static void a_product_that_overflows_is_refused(void **state)
{
    (void)state;
    bw_arena *arena = bw_arena_new();
    assert_null(bw_arena_alloc(arena, SIZE_MAX / 2, 4));
    assert_null(bw_arena_alloc(arena, SIZE_MAX, 1));
    assert_null(bw_alloc(SIZE_MAX / 2, 4));
    assert_null(bw_alloc(SIZE_MAX, 1));
    void *block = bw_alloc(1, 1);
    assert_null(bw_realloc(block, SIZE_MAX / 2, 4));
    bw_free(block);
    bw_arena_free(arena);
}

static void nothing_is_something_that_can_be_freed(void **state)
{
    (void)state;
    long live = bw_alloc_live();
    bw_arena *arena = bw_arena_new();
    assert_non_null(bw_arena_alloc(arena, 0, 8));
    void *block = bw_alloc(0, 8);
    assert_non_null(block);
    block = bw_realloc(block, 0, 8);
    assert_non_null(block);
    bw_free(block);
    bw_free(NULL);
    bw_arena_free(arena);
    bw_arena_free(NULL);
    assert_int_equal(bw_alloc_live(), live);
}

static void a_block_keeps_its_bytes_when_resized(void **state)
{
    (void)state;
    long live = bw_alloc_live();
    char *block = bw_realloc(NULL, 4, 1);
    assert_int_equal(bw_alloc_live(), live + 1);
    memcpy(block, "abc", 4);
    char *grown = bw_realloc(block, 100000, 1);
    assert_string_equal(grown, "abc");
    assert_int_equal(bw_alloc_live(), live + 1);
    bw_free(grown);
    assert_int_equal(bw_alloc_live(), live);
}

static void the_nth_request_and_all_after_it_fail(void **state)
{
    (void)state;
    bw_alloc_fail_at(3);
    void *first = bw_alloc(1, 1), *second = bw_realloc(NULL, 1, 1);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(bw_realloc(first, 50, 1)); /* the old block stays */
    assert_null(bw_alloc(1, 1));
    assert_null(bw_arena_new());
    assert_int_equal(bw_alloc_fail_at(0), 5);
    bw_free(first);
    first = bw_alloc(1, 1);
    assert_non_null(first);
    bw_free(first);
    bw_free(second);
    assert_int_equal(bw_alloc_fail_at(0), 1);
}

static bw_status fill_an_arena(void *data)
{
    (void)data;
    bw_arena *arena = bw_arena_new();
    bw_status status = arena ? BW_OK : BW_NOMEM;
    for (size_t i = 0; status == BW_OK && i < 200; i++)
        if (!bw_arena_alloc(arena, 1 + i * i, 3))
            status = BW_NOMEM;
    bw_arena_free(arena);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    assert_true(survives_lack_of_memory(fill_an_arena, NULL, BW_OK) >= 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_big_item_leaves_the_rest_of_a_block_in_use),
        cmocka_unit_test(a_million_small_texts_take_few_blocks),
        cmocka_unit_test(a_text_is_copied_and_ended),
        cmocka_unit_test(a_product_that_overflows_is_refused),
        cmocka_unit_test(nothing_is_something_that_can_be_freed),
        cmocka_unit_test(a_block_keeps_its_bytes_when_resized),
        cmocka_unit_test(the_nth_request_and_all_after_it_fail),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
