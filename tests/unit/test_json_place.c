/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where values stand in JSON. */
#include "json_place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char text[] =
    " {\"bands\": {\"budgets\": {\"within\":7 , \"worst\": -1.5e3}},\n"
    "  \"empty\": [], \"name\": \"a \\\" ,]} b\", \"none\": null,\n"
    "  \"budgets\" : [ {\"name\": \"\\\"limit\\\": 1\", \"limit\": 2},\n"
    "    5, {\"inner\": [{\"limit\": 3}], \"limit\":4}],\n"
    "  \"last\":true}";

static void expect(bw_json_path path, const char *value)
{
    size_t at = 0, end = 0;
    bool there = bw_json_find(text, &path, &at, &end);
    assert_int_equal(there, value != NULL);
    if (!value)
        return;
    assert_int_equal(end - at, strlen(value));
    assert_memory_equal(text + at, value, end - at);
}

static void values_are_found_at_their_own_level(void **state)
{
    (void)state;
    expect((bw_json_path){"bands", "budgets", "within", 0}, "7");
    expect((bw_json_path){"bands", "budgets", "worst", 0}, "-1.5e3");
    expect((bw_json_path){.key = "name"}, "\"a \\\" ,]} b\"");
    expect((bw_json_path){.key = "none"}, "null");
    expect((bw_json_path){.key = "empty"}, "[]");
    expect((bw_json_path){.key = "last"}, "true");
    expect((bw_json_path){"budgets", "limit", NULL, 1}, "2");
    expect((bw_json_path){"budgets", "limit", NULL, 3}, "4");
    expect((bw_json_path){.key = "budgets", .item = 2}, "5");
    expect((bw_json_path){"bands", "budgets", NULL, 0},
           "{\"within\":7 , \"worst\": -1.5e3}");
}

static void what_is_not_there_is_not_found(void **state)
{
    (void)state;
    expect((bw_json_path){.key = "limit"}, NULL);
    expect((bw_json_path){.key = "within"}, NULL);
    expect((bw_json_path){"bands", "within", NULL, 0}, NULL);
    expect((bw_json_path){"name", "limit", NULL, 0}, NULL);
    expect((bw_json_path){"budgets", "limit", NULL, 0}, NULL);
    expect((bw_json_path){"budgets", "limit", NULL, 2}, NULL);
    expect((bw_json_path){"budgets", "limit", NULL, 4}, NULL);
    expect((bw_json_path){.key = "empty", .item = 1}, NULL);
    expect((bw_json_path){.key = "last", .item = 1}, NULL);
}

static void paths_are_written_as_people_do(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_json_path item = {"budgets", "limit", NULL, 3};
    bw_json_path part = {"bands", "workload", "within", 0};
    bw_json_path_text(&item, &buf);
    bw_buf_text(&buf, " ");
    bw_json_path_text(&part, &buf);
    assert_string_equal(buf.text, "budgets[3].limit bands.workload.within");
    bw_buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_found_at_their_own_level),
        cmocka_unit_test(what_is_not_there_is_not_found),
        cmocka_unit_test(paths_are_written_as_people_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
