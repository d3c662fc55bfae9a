/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "bw/load.h"
#include "said.h"
#include "scenario_write.h"

#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder with in/{s.xml,a.csv,r.csv}, p.csv, out/deep/; current directory
 * while a test runs. */
static char root[] = "/tmp/test_scenario_write_XXXXXX";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static const char full[] =
    "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"n &amp; "
    "&quot;m&quot;\""
    " currency=\"EUR\" date=\"2027-03-01\"><rules><families keep=\"together\"/>"
    "<lock where=\"$a &lt; 1&#10;and $b &gt; '&#9;'\" rep=\"R1\"/>"
    "<limit measure=\"km\" high=\"400.5\"/><limit measure=\"accounts\" "
    "high=\"120\"/><require rep-where=\"$b\" where=\"$a = 'x'\"/>"
    "<forbid pair=\"$c = $rep.c\" account=\"A1\"/></rules>"
    "<solve gap=\"0.7%\" effort=\"long\" seconds=\"30\" "
    "seed=\"9223372036854775807\"/>"
    "<balance measure=\"workload\" target=\"column:quota\" within=\"region\" "
    "tolerance=\"10%\" over-cost=\"110\" under-cost=\"1e-7\"/>"
    "<balance measure=\"beds\" low=\"-1.5e2\" high-from=\"hi\" hard=\"yes\"/>"
    "<balance measure=\"potential\" target=\"equal\" over-cost=\"1e12\"/>"
    "<handover share=\"6.5%\" hours=\"2\"/><travel hour-cost=\"75\" "
    "km-cost=\"0.4\" speed-kmh=\"70\" road-factor=\"1.25\" count=\"no\" "
    "calls-per-trip=\"4\"/><segments><segment name=\"A\" where=\"$x\" "
    "share=\"33.333333333%\" by=\"potential\" of=\"beds\">"
    "<coverage calls=\"12\"/></segment><segment name=\"B\" share=\"0.29\" "
    "by=\"accounts\"/><segment name=\"C\"><coverage hours=\"0.75\"/></segment>"
    "</segments><pairs file=\"../p.csv\" only=\"listed\" cost=\"replace\"/>"
    "<reps file=\"r.csv\" where=\"$y\"><column name=\"id\" from=\"\"/></reps>"
    "<accounts file=\"a.csv\" unplaced=\"owner\" unknown-owner=\"stop\">"
    "<column name=\"owner\" from=\"x|y z\"/><column name=\"potential\" "
    "value=\"$u * 2\"/><column name=\"since\" from=\"Since\" as=\"date\"/>"
    "</accounts><gazetteer file=\"g.txt\" format=\"geonames\" country=\"US\" "
    "far-km=\"50\" delimiter=\"tab\"/><gazetteer file=\"h.csv\" "
    "encoding=\"GB18030\" decimal=\"comma\" dates=\"dmy\" "
    "blank=\"NULL|-999\"/><quality code=\"revenue-negative\" do=\"value\" "
    "value=\"0\"/><quality code=\"id-duplicate\" do=\"drop\"/>"
    "<change><remove-rep id=\"R1\"/><add-rep id=\"N1\" name=\"New, &lt;\" "
    "postal-code=\"02139\" active-to=\"2027-12-31\" region=\"West\"><set "
    "column=\"a b\" to=\"'&quot;x'\"/></add-rep><change-rep where=\"$a = 1\" "
    "ramp=\"80%\"/><close-region region=\"East\"/></change><change/>"
    "<change><set column=\"c\" to=\"$a + 1\" where=\"$b &lt; 2\"/><scale "
    "column=\"c\" by=\"-5 %\"/><add column=\"c\" amount=\"$a\"/><grow "
    "segment=\"A\" column=\"c\" by=\"120%\"/><add-accounts file=\"n.csv\" "
    "encoding=\"UTF-16\" dates=\"mdy\"><column name=\"id\" from=\"K\"/>"
    "</add-accounts><drop-accounts account=\"A1 A2\"/></change></scenario>";

static const bw_input inputs[] = {
    {.role = "accounts",
     .file = "a.csv",
     .path = "in/a.csv",
     .sha256 = "00112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
    {.role = "reps",
     .file = "r.csv",
     .path = "in/r.csv",
     .sha256 = "ff112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
    {.role = "gazetteer",
     .file = "g.txt",
     .path = "in/g.txt",
     .sha256 = "aa112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
    {.role = "gazetteer",
     .file = "h.csv",
     .path = "in/h.csv",
     .sha256 = "bb112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
    {.role = "pairs",
     .file = "../p.csv",
     .path = "in/../p.csv",
     .sha256 = "ee112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
    {.role = "accounts",
     .file = "n.csv",
     .path = "in/n.csv",
     .sha256 = "cc112233445566778899aabbccddeeff"
               "00112233445566778899aabbccddeeff"},
};

enum {
    N_INPUTS = sizeof inputs / sizeof *inputs
};

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(root) || chdir(root) || mkdir("in", 0777) ||
        mkdir("out", 0777) || mkdir("out/deep", 0777))
        return -1;
    write_file("in/s.xml", full);
    write_file("in/a.csv", "id\n1\n");
    write_file("in/r.csv", "id\n1\n");
    write_file("in/n.csv", "K\n1\n");
    write_file("in/g.txt", "US\t1\n");
    write_file("in/h.csv", "country\nUS\n");
    write_file("p.csv", "account,rep\n1,1\n");
    return 0;
}

static int leave(void **state)
{
    (void)state;
    const char *const files[] = {
        "in/s.xml", "in/a.csv", "in/r.csv", "p.csv",
        "in/g.txt", "in/h.csv", "in/n.csv", "out/deep/s.xml",
        "out/deep", "out",      "in"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        remove(files[i]);
    return chdir("/") || rmdir(root);
}

static bw_scenario *load(const char *path)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario *scenario;
    bw_status status = bw_scenario_load(path, diags, &scenario);
    assert_string_equal(said_of(diags).text, "");
    assert_int_equal(status, BW_OK);
    bw_diags_free(diags);
    return scenario;
}

static void same_text(const bw_attr *a, const bw_attr *b)
{
    assert_int_equal(a->text != NULL, b->text != NULL);
    if (a->text)
        assert_string_equal(a->text, b->text);
}

static void same_number(const bw_attr_number *a, const bw_attr_number *b)
{
    assert_int_equal(isnan(a->value) != 0, isnan(b->value) != 0);
    if (!isnan(a->value))
        assert_true(a->value == b->value);
    assert_int_equal(a->given, b->given);
}

static void same_source(const bw_source_spec *a, const bw_source_spec *b)
{
    same_text(&a->where, &b->where);
    assert_int_equal(a->n_columns, b->n_columns);
    for (int i = 0; i < a->n_columns; i++) {
        same_text(&a->columns[i].name, &b->columns[i].name);
        same_text(&a->columns[i].from, &b->columns[i].from);
        same_text(&a->columns[i].value, &b->columns[i].value);
        same_text(&a->columns[i].as, &b->columns[i].as);
    }
    same_text(&a->format.encoding, &b->format.encoding);
    same_text(&a->format.delimiter, &b->format.delimiter);
    assert_int_equal(a->format.separator, b->format.separator);
    assert_int_equal(a->format.decimal_comma, b->format.decimal_comma);
    assert_int_equal(a->format.dates, b->format.dates);
    same_text(&a->format.blank, &b->format.blank);
}

static void same_repairs(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->n_gazetteers, b->n_gazetteers);
    for (int i = 0; i < a->n_gazetteers; i++) {
        same_source(&a->gazetteers[i].source, &b->gazetteers[i].source);
        assert_int_equal(a->gazetteers[i].form, b->gazetteers[i].form);
        same_text(&a->gazetteers[i].country, &b->gazetteers[i].country);
        assert_true(a->gazetteers[i].far_km.value ==
                    b->gazetteers[i].far_km.value);
    }
    assert_int_equal(a->n_qualities, b->n_qualities);
    for (int i = 0; i < a->n_qualities; i++) {
        same_text(&a->qualities[i].code, &b->qualities[i].code);
        assert_int_equal(a->qualities[i].action, b->qualities[i].action);
        same_text(&a->qualities[i].value, &b->qualities[i].value);
    }
}

static void same_segments(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->n_segments, b->n_segments);
    for (int i = 0; i < a->n_segments; i++) {
        const bw_segment_spec *s = &a->segments[i], *t = &b->segments[i];
        same_text(&s->name, &t->name);
        same_text(&s->where, &t->where);
        same_text(&s->of, &t->of);
        assert_int_equal(s->by, t->by);
        same_number(&s->share, &t->share);
        same_number(&s->calls, &t->calls);
        same_number(&s->hours, &t->hours);
    }
}

static void same_balances(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->n_balances, b->n_balances);
    for (int i = 0; i < a->n_balances; i++) {
        const bw_balance_spec *s = &a->balances[i], *t = &b->balances[i];
        same_text(&s->measure, &t->measure);
        assert_int_equal(s->target, t->target);
        same_text(&s->target_column, &t->target_column);
        same_text(&s->within, &t->within);
        same_text(&s->low_from, &t->low_from);
        same_text(&s->high_from, &t->high_from);
        same_number(&s->tolerance, &t->tolerance);
        same_number(&s->low, &t->low);
        same_number(&s->high, &t->high);
        same_number(&s->over_cost, &t->over_cost);
        same_number(&s->under_cost, &t->under_cost);
        assert_int_equal(s->hard, t->hard);
    }
}

static void same_rules(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->families_together, b->families_together);
    assert_int_equal(a->n_rules, b->n_rules);
    for (int i = 0; i < a->n_rules; i++) {
        const bw_rule_spec *s = &a->rules[i], *t = &b->rules[i];
        assert_int_equal(s->kind, t->kind);
        same_text(&s->where, &t->where);
        same_text(&s->rep_where, &t->rep_where);
        same_text(&s->pair, &t->pair);
        same_text(&s->account, &t->account);
        same_text(&s->rep, &t->rep);
        same_number(&s->high, &t->high);
    }
}

static void same_numbers(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->travel.given, b->travel.given);
    assert_int_equal(a->travel.counts, b->travel.counts);
    same_number(&a->travel.hour_cost, &b->travel.hour_cost);
    same_number(&a->travel.km_cost, &b->travel.km_cost);
    same_number(&a->travel.speed_kmh, &b->travel.speed_kmh);
    same_number(&a->travel.road_factor, &b->travel.road_factor);
    same_number(&a->travel.calls_per_trip, &b->travel.calls_per_trip);
    assert_int_equal(a->handover.given, b->handover.given);
    same_number(&a->handover.share, &b->handover.share);
    same_number(&a->handover.hours, &b->handover.hours);
    assert_true(a->solve.gap.value == b->solve.gap.value);
    same_number(&a->solve.seconds, &b->solve.seconds);
    assert_int_equal(a->solve.effort, b->solve.effort);
    assert_true(a->solve.seed == b->solve.seed);
}

static void same_changes(const bw_scenario *a, const bw_scenario *b)
{
    assert_int_equal(a->n_changes, b->n_changes);
    for (int i = 0; i < a->n_changes; i++) {
        const bw_change_spec *s = &a->changes[i], *t = &b->changes[i];
        assert_int_equal(s->kind, t->kind);
        same_text(&s->id, &t->id);
        same_text(&s->where, &t->where);
        same_text(&s->region, &t->region);
        same_text(&s->account, &t->account);
        same_text(&s->segment, &t->segment);
        same_text(&s->column, &t->column);
        same_text(&s->value, &t->value);
        assert_true(isnan(s->factor) ? isnan(t->factor) != 0
                                     : s->factor == t->factor);
        same_source(&s->source, &t->source);
        assert_int_equal(s->n_cells, t->n_cells);
        for (int k = 0; k < s->n_cells; k++) {
            assert_int_equal(s->cells[k].attribute != NULL,
                             t->cells[k].attribute != NULL);
            same_text(&s->cells[k].column, &t->cells[k].column);
            same_text(&s->cells[k].to, &t->cells[k].to);
        }
    }
}

static void same(const bw_scenario *a, const bw_scenario *b)
{
    same_text(&a->date, &b->date);
    same_changes(a, b);
    same_text(&a->name, &b->name);
    same_text(&a->currency, &b->currency);
    same_source(&a->accounts, &b->accounts);
    same_source(&a->reps, &b->reps);
    same_source(&a->pairs, &b->pairs);
    assert_int_equal(a->unplaced, b->unplaced);
    assert_int_equal(a->unknown_owner_stops, b->unknown_owner_stops);
    assert_int_equal(a->pairs_only_listed, b->pairs_only_listed);
    assert_int_equal(a->pairs_cost_replaces, b->pairs_cost_replaces);
    same_repairs(a, b);
    same_segments(a, b);
    same_balances(a, b);
    same_rules(a, b);
    same_numbers(a, b);
}

static void what_is_written_loads_as_the_same_scenario(void **state)
{
    (void)state;
    bw_scenario *first = load("in/s.xml");
    bw_buf text = {.text = NULL}, again = {.text = NULL};
    assert_int_equal(
        bw_scenario_write(first, inputs, N_INPUTS, "out/deep", &text), BW_OK);
    assert_int_equal(bw_buf_save(&text, "out/deep/s.xml"), BW_OK);
    bw_scenario *second = load("out/deep/s.xml");
    same(first, second);
    assert_string_equal(second->accounts.file.text, "../../in/a.csv");
    assert_string_equal(second->pairs.file.text, "../../p.csv");
    assert_string_equal(second->reps.sha256.text, inputs[1].sha256);
    assert_int_equal(second->n_gazetteers, 2);
    assert_string_equal(second->gazetteers[1].source.sha256.text,
                        inputs[3].sha256);
    assert_int_equal(second->gazetteers[0].source.format.separator, '\t');
    assert_true(second->gazetteers[1].source.format.decimal_comma);
    assert_int_equal(second->n_qualities, 2);
    assert_int_equal(second->qualities[1].action, BW_DO_DROP);
    assert_int_equal(second->n_changes, 10);
    assert_true(second->changes[5].factor == 0.95);
    assert_true(second->changes[7].factor == 1.2);
    /* An empty <change> is not written: its number goes. */
    assert_int_equal(first->changes[4].group, 2);
    assert_int_equal(second->changes[4].group, 1);
    assert_string_equal(second->changes[8].source.file.text, "../../in/n.csv");
    assert_string_equal(second->changes[8].source.sha256.text,
                        inputs[5].sha256);
    assert_true(second->date_day == 20270301);
    /* ... and that one gives the same bytes, also without knowing its inputs:
     * paths are then found by its own folder, checksums are kept. */
    assert_int_equal(bw_scenario_write(second, NULL, 0, "out/deep", &again),
                     BW_OK);
    assert_string_equal(text.text, again.text);
    bw_scenario_free(first);
    bw_scenario_free(second);
    bw_buf_free(&text);
    bw_buf_free(&again);
}

static void numbers_are_written_as_they_were_meant(void **state)
{
    (void)state;
    bw_scenario *s = load("in/s.xml");
    bw_buf text = {.text = NULL};
    assert_int_equal(bw_scenario_write(s, inputs, N_INPUTS, "in", &text),
                     BW_OK);
    static const char *const parts[] = {
        "tolerance=\"10%\"",
        "share=\"6.5%\"",
        "share=\"0.29\"",
        "share=\"33.333333333%\"",
        "gap=\"0.7%\"",
        "high=\"400.5\"",
        "<accounts file=\"a.csv\"",
        "<pairs file=\"../p.csv\"",
        "where=\"$a &lt; 1&#10;and $b > '&#9;'\"",
        "name=\"n &amp; &quot;m&quot;\"",
        "<balance measure=\"accounts\" high=\"120\" hard=\"yes\"/>",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(text.text, parts[i]))
            fail_msg("%s is not in %s", parts[i], text.text);
    bw_scenario_free(s);
    bw_buf_free(&text);
}

static void gap_effort_and_seed_are_always_written(void **state)
{
    (void)state;
    write_file("in/s.xml",
               "<scenario xmlns=\"urn:bailiwick:scenario:1\">"
               "<accounts file=\"a.csv\"/><reps file=\"r.csv\"/></scenario>");
    bw_scenario *s = load("in/s.xml");
    s->solve.gap.value = 0.25; /* as from the command line */
    s->solve.seconds.value = 5;
    bw_buf text = {.text = NULL};
    assert_int_equal(bw_scenario_write(s, NULL, 0, "out", &text), BW_OK);
    assert_string_equal(
        text.text,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<!-- The scenario as it was run. -->\n"
        "<scenario xmlns=\"urn:bailiwick:scenario:1\">\n"
        "  <accounts file=\"../in/a.csv\"/>\n"
        "  <reps file=\"../in/r.csv\"/>\n"
        "  <solve gap=\"0.25\" effort=\"normal\" seconds=\"5\" seed=\"1\"/>\n"
        "</scenario>\n");
    bw_buf_free(&text);
    remove("in/r.csv");
    assert_int_equal(bw_scenario_write(s, NULL, 0, "out", &text), BW_IO);
    bw_buf_free(&text);
    assert_int_equal(bw_scenario_write(s, NULL, 0, "nowhere", &text), BW_IO);
    bw_buf_free(&text);
    write_file("in/r.csv", "id\n1\n");
    write_file("in/s.xml", full);
    bw_scenario_free(s);
}

static void lack_of_memory_is_told(void **state)
{
    (void)state;
    bw_scenario *s = load("in/s.xml");
    long live = bw_alloc_live();
    bool written = false;
    for (long n = 1; n < 400 && !written; n++) {
        bw_buf text = {.text = NULL};
        bw_alloc_fail_at(n);
        bw_status status = bw_scenario_write(s, inputs, N_INPUTS, "out", &text);
        bw_alloc_fail_at(0);
        written = status == BW_OK;
        assert_true(written || status == BW_NOMEM);
        bw_buf_free(&text);
        assert_int_equal(bw_alloc_live(), live);
    }
    assert_true(written);
    bw_scenario_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_loads_as_the_same_scenario),
        cmocka_unit_test(numbers_are_written_as_they_were_meant),
        cmocka_unit_test(gap_effort_and_seed_are_always_written),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests_name("scenario_write", tests, enter, leave);
}
