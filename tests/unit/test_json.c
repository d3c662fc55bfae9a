/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "json.h"

#include <math.h>

static void write_sample(bw_buf *buf)
{
    bw_json_out out = {.buf = buf};
    bw_json_object(&out, NULL);
    bw_json_text(&out, "say \"hi\"", "a\\b\n\xC3\xA9\xFF");
    bw_json_double(&out, "tenth", 0.1);
    bw_json_double(&out, "none", NAN);
    bw_json_fine(&out, "fine", bw_fine(12345) + 1);
    bw_json_unsigned(&out, "seed", UINT64_MAX);
    bw_json_list(&out, "empty");
    bw_json_end(&out);
    bw_json_list(&out, "list");
    bw_json_int(&out, NULL, -7);
    bw_json_bool(&out, NULL, true);
    bw_json_end(&out);
    bw_json_end(&out);
}

static void layout_is_one_member_a_line(void **state)
{
    (void)state;
    bw_buf buf = {0};
    write_sample(&buf);
    assert_string_equal(buf.text, "{\n"
                                  "  \"say \\\"hi\\\"\": "
                                  "\"a\\\\b\\u000a\xC3\xA9\xEF\xBF\xBD\",\n"
                                  "  \"tenth\": 0.1,\n"
                                  "  \"none\": null,\n"
                                  "  \"fine\": 1.2345000001,\n"
                                  "  \"seed\": 18446744073709551615,\n"
                                  "  \"empty\": [],\n"
                                  "  \"list\": [\n"
                                  "    -7,\n"
                                  "    true\n"
                                  "  ]\n"
                                  "}\n");
    bw_buf_free(&buf);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    bw_buf buf = {0};
    bw_json *json;
    double number = 0;
    int64_t whole = 0;
    bw_json_out out = {.buf = &buf};
    bw_json_object(&out, NULL);
    bw_json_text(&out, "text", "tab\tand \x01 quote\"");
    bw_json_double(&out, "third", 1.0 / 3);
    bw_json_list(&out, "list");
    bw_json_int(&out, NULL, -7);
    bw_json_end(&out);
    bw_json_end(&out);
    assert_int_equal(
        bw_json_read(buf.text, buf.len, "f", BW_VERIFY_MISMATCH, NULL, &json),
        BW_OK);
    assert_string_equal(bw_json_get_text(bw_json_member(json, "text")),
                        "tab\tand \x01 quote\"");
    assert_true(bw_json_get_double(bw_json_member(json, "third"), &number));
    assert_true(number == 1.0 / 3);
    const bw_json *list = bw_json_member(json, "list");
    assert_int_equal(bw_json_size(list), 1);
    assert_true(bw_json_get_int(bw_json_item(list, 0), &whole));
    assert_int_equal(whole, -7);
    assert_null(bw_json_item(list, 1));
    assert_null(bw_json_get_text(list));
    assert_false(bw_json_get_int(bw_json_member(json, "absent"), &whole));
    bw_json_free(json);
    bw_buf_free(&buf);
}

static void broken_json_is_reported_with_its_place(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\n \"a\": }", "{\"a\":1,\"a\":2}", "",
                                        "{} x"};
    for (int i = 0; i < 4; i++) {
        bw_diags *diags = bw_diags_new();
        bw_json *json;
        assert_int_equal(bw_json_read(texts[i], strlen(texts[i]), "f.json",
                                      BW_VERIFY_MISMATCH, diags, &json),
                         BW_INVALID);
        assert_null(json);
        const bw_diag *diag = bw_diags_at(diags, 0);
        assert_string_equal(diag->place.file, "f.json");
        if (i == 0)
            assert_int_equal(diag->place.line, 2);
        bw_diags_free(diags);
    }
}

static void short_memory_is_survived_at_every_request(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, 2.5, \"text\"], \"b\": {}}";
    long live = bw_alloc_live();
    bw_status status = BW_NOMEM;
    for (long n = 1; status != BW_OK; n++) {
        bw_json *json;
        bw_alloc_fail_at(n);
        status = bw_json_read(text, sizeof text - 1, "f", BW_VERIFY_MISMATCH,
                              NULL, &json);
        bw_alloc_fail_at(0);
        assert_true(status == BW_OK || !json);
        bw_json_free(json);
        assert_int_equal(bw_alloc_live(), live);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layout_is_one_member_a_line),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(broken_json_is_reported_with_its_place),
        cmocka_unit_test(short_memory_is_survived_at_every_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
