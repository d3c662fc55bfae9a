/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario files over each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/load.h"
#include "faults.h"
#include "file_path.h"
#include "said.h"
#include "scenario_flat.h"
#include "scenario_keys.h"
#include "scenario_xsd.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The current directory while a test runs: top.xml, base.xml and sub/. */
static char root[] = "/tmp/test_scenario_merge_XXXXXX";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define START  "<scenario xmlns='urn:bailiwick:scenario:1' name='n'"
#define TABLES "<accounts file='a.csv'/><reps file='r.csv'/>"

static void write_base(const char *body)
{
    char text[4096];
    snprintf(text, sizeof text, "%s>%s\n%s</scenario>", START, TABLES, body);
    write_file("base.xml", text);
}

/* Its body begins at line 2. */
static void write_top(const char *body)
{
    char text[4096];
    snprintf(text, sizeof text, "%s extends='base.xml'>\n%s</scenario>", START,
             body);
    write_file("top.xml", text);
}

/* What `top` over `base` makes, without head, tables and comments. */
static void makes(const char *base, const char *top, const char *flat)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario_chain *chain;
    bw_buf out = {0}, plain = {0};
    write_base(base);
    write_top(top);
    bw_status status = bw_scenario_chain_read("top.xml", diags, &chain);
    assert_string_equal(said_of(diags).text, "");
    assert_int_equal(status, BW_OK);
    assert_int_equal(bw_scenario_flat_write(chain, ".", &out), BW_OK);
    const char *at = strstr(out.text, "<reps");
    at = strchr(at, '\n') + 1;
    for (; strncmp(at, "</scenario>", 11) != 0; at = strchr(at, '\n') + 1) {
        at += strspn(at, " ");
        const char *end = strstr(at, " <!-- "), *line = strchr(at, '\n');
        bw_buf_add(&plain, at, (size_t)((end && end < line ? end : line) - at));
    }
    assert_string_equal(plain.text ? plain.text : "", flat);
    bw_buf_free(&out);
    bw_buf_free(&plain);
    bw_scenario_chain_free(chain);
    bw_diags_free(diags);
}

static void refuses(const char *base, const char *top, const char *faults,
                    const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_scenario_chain *chain;
    write_base(base);
    write_top(top);
    assert_int_equal(bw_scenario_chain_read("top.xml", diags, &chain),
                     BW_INVALID);
    assert_null(chain);
    assert_string_equal(said_of(diags).text, faults);
    if (!said(diags, words))
        fail_msg("not said: %s", words);
    bw_diags_free(diags);
}

/* --------------------------------------------------------------- the rule */

static void attributes_are_laid_over_and_others_stay(void **state)
{
    (void)state;
    makes("<travel hour-cost='1' km-cost='2'/>", "<travel km-cost='3'/>",
          "<travel hour-cost=\"1\" km-cost=\"3\"/>");
    makes("<travel hour-cost='1'/>", "<travel km-cost='3'/>",
          "<travel hour-cost=\"1\" km-cost=\"3\"/>");
    makes("", "<travel km-cost='3'/><solve/>",
          "<travel km-cost=\"3\"/><solve/>");
    makes("<balance measure='a' low='1'/><balance measure='b' low='2'/>",
          "<balance measure=' b ' low='3'/><balance measure='c' low='4'/>",
          "<balance measure=\"a\" low=\"1\"/><balance measure=\"b\" low=\"3\"/>"
          "<balance measure=\"c\" low=\"4\"/>");
}

static void children_are_laid_over_by_the_same_rule(void **state)
{
    (void)state;
    makes("<segments><segment name='A'><coverage calls='1' hours='2'/>"
          "</segment><segment name='B'/></segments>",
          "<segments><segment name='C'/><segment name='A'>"
          "<coverage calls='3'/></segment></segments>",
          "<segments><segment name=\"A\"><coverage calls=\"3\" hours=\"2\"/>"
          "</segment><segment name=\"B\"/><segment name=\"C\"/></segments>");
    makes("<pairs file='p'><column name='x' from='y'/></pairs>",
          "<pairs><column name='x' from='z'/><column name='u' from='v'/>"
          "</pairs>",
          "<pairs file=\"p\"><column name=\"x\" from=\"z\"/>"
          "<column name=\"u\" from=\"v\"/></pairs>");
}

static void what_is_replaced_keeps_its_place_and_nothing_else(void **state)
{
    (void)state;
    makes("<segments><segment name='A' where='$x'><coverage calls='1'/>"
          "</segment><segment name='B'/></segments>",
          "<segments><segment name='A' action='replace' by='accounts'/>"
          "</segments>",
          "<segments><segment name=\"A\" by=\"accounts\"/>"
          "<segment name=\"B\"/></segments>");
    makes("<segments><segment name='A'/><segment name='B'/></segments><solve/>",
          "<segments action='replace'><segment name='C'/></segments>",
          "<segments><segment name=\"C\"/></segments><solve/>");
}

static void what_is_removed_is_gone(void **state)
{
    (void)state;
    makes("<solve/><quality code='a' do='stop'/><quality code='b' do='stop'/>"
          "<travel/>",
          "<quality code='a' action='remove'/><travel action='remove'/>"
          "<handover/>",
          "<solve/><quality code=\"b\" do=\"stop\"/><handover/>");
    makes("<rules><lock id='x' rep='1'/></rules>",
          "<rules><lock id='x' action='remove'/><forbid id='x' rep='2'/>"
          "</rules>",
          "<rules><forbid id=\"x\" rep=\"2\"/></rules>");
}

static void rules_without_id_are_only_added(void **state)
{
    (void)state;
    makes("<rules><lock rep='1'/><lock id='a' rep='2'/></rules>",
          "<rules><lock rep='1'/><lock id='a' rep='3'/></rules>",
          "<rules><lock rep=\"1\"/><lock id=\"a\" rep=\"3\"/>"
          "<lock rep=\"1\"/></rules>");
}

static void budgets_go_by_name_else_by_measure_and_where(void **state)
{
    (void)state;
    makes("<rules><moved measure='m' max='1'/>"
          "<moved measure='m' where='$x' max='2'/>"
          "<moved name='k' measure='m' max='3'/></rules>",
          "<rules><moved name='k' max='6'/><moved measure='m' where='$x' "
          "max='5'/><moved measure='m' max='4'/></rules>",
          "<rules><moved measure=\"m\" max=\"4\"/>"
          "<moved measure=\"m\" where=\"$x\" max=\"5\"/>"
          "<moved name=\"k\" measure=\"m\" max=\"6\"/></rules>");
}

static void a_gazetteer_is_the_file_that_its_name_leads_to(void **state)
{
    (void)state;
    makes("<gazetteer file='g.txt' country='US'/>",
          "<gazetteer file='sub/../g.txt' country='DE'/>"
          "<gazetteer file='h.txt'/>",
          "<gazetteer file=\"g.txt\" country=\"DE\"/>"
          "<gazetteer file=\"h.txt\"/>");
}

static void excluded_attributes_go(void **state)
{
    (void)state;
    makes("<pairs file='p' sha256='00112233445566778899aabbccddeeff"
          "00112233445566778899aabbccddeeff'><column name='a' from='x' "
          "as='text'/><column name='b' value='$y'/></pairs>",
          "<pairs file='q'><column name='a' value='$x'/>"
          "<column name='b' from='y'/></pairs>",
          "<pairs file=\"q\"><column name=\"a\" value=\"$x\"/>"
          "<column name=\"b\" from=\"y\"/></pairs>");
    makes("<balance measure='a' low='1' high-from='h' over-cost='2'/>"
          "<balance measure='b' low='1' hard='yes'/>",
          "<balance measure='a' low-from='l' high='3' hard='yes'/>"
          "<balance measure='b' under-cost='4'/>",
          "<balance measure=\"a\" low-from=\"l\" high=\"3\" hard=\"yes\"/>"
          "<balance measure=\"b\" low=\"1\" under-cost=\"4\"/>");
    makes("<balance measure='a' low='1' over-cost='2'/>",
          "<balance measure='a' hard='no'/>",
          "<balance measure=\"a\" low=\"1\" over-cost=\"2\" hard=\"no\"/>");
    makes("<quality code='a' do='value' value='0'/>"
          "<quality code='b' do='value' value='0'/>",
          "<quality code='a' do='drop'/><quality code='b' do='value'/>",
          "<quality code=\"a\" do=\"drop\"/>"
          "<quality code=\"b\" do=\"value\" value=\"0\"/>");
}

static void what_is_open_is_asked_for(void **state)
{
    (void)state;
    refuses("<balance measure='a' low='1'/>",
            "<balance measure='a' target='equal'/>", "2:22 extends-conflict",
            "target is new here, and low is inherited (base.xml:2)");
    makes("<balance measure='a' low='1'/>",
          "<balance measure='a' target='equal' low='1'/>",
          "<balance measure=\"a\" low=\"1\" target=\"equal\"/>");
    makes("<balance measure='a' low='1' target='equal'/>",
          "<balance measure='a' target='share'/>",
          "<balance measure=\"a\" low=\"1\" target=\"share\"/>");
}

/* ------------------------------------------------------------------ order */

static void ordered(const char *top, const char *flat)
{
    makes("<segments><segment name='A'/><segment name='B'/>"
          "<segment name='C'/></segments>",
          top, flat);
}

static void segments_are_put_before_others(void **state)
{
    (void)state;
#define S(name) "<segment name=\"" name "\"/>"
    ordered("<segments><segment name='X' before='B'/>"
            "<segment name='Y' before='B'/><segment name='Z'/></segments>",
            "<segments>" S("A") S("X") S("Y") S("B") S("C")
                S("Z") "</segments>");
    ordered("<segments><segment name='C' before='A'/></segments>",
            "<segments>" S("C") S("A") S("B") "</segments>");
    /* each wants to be before one that is put elsewhere later */
    ordered("<segments><segment name='X' before='Y'/>"
            "<segment name='Y' before='C'/><segment name='C' before='A'/>"
            "</segments>",
            "<segments>" S("X") S("Y") S("C") S("A") S("B") "</segments>");
#undef S
    refuses("<segments><segment name='A'/></segments>",
            "<segments><segment name='X' before='Y'/>"
            "<segment name='Y' before='Z'/>\n<segment name='Z' before='X'/>"
            "</segments>",
            "2:37 extends-conflict", "cannot hold together");
}

/* ------------------------------------------------------------------ places */

static void every_attribute_has_the_place_where_it_was_written(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_scenario *s;
    write_base("<travel hour-cost='1'\n km-cost='2'/>");
    write_top("<travel\n speed-kmh='3' hour-cost='4'/>");
    mkdir("sub", 0777);
    write_file("sub/leaf.xml",
               START " extends='../top.xml' currency='EUR'><reps file='b.csv'/>"
                     "</scenario>");
    assert_int_equal(bw_scenario_load("sub/leaf.xml", diags, &s), BW_OK);
    assert_int_equal(s->n_files, 3);
    assert_ptr_equal(s->path, s->files[0]);
    assert_string_equal(s->files[1], "top.xml");
    assert_string_equal(s->files[2], "base.xml");
    assert_ptr_equal(s->travel.place.file, s->files[2]);
    assert_ptr_equal(s->travel.km_cost.place.file, s->files[2]);
    assert_int_equal(s->travel.km_cost.place.line, 3);
    assert_ptr_equal(s->travel.hour_cost.place.file, s->files[1]);
    assert_int_equal(s->travel.hour_cost.place.line, 3);
    assert_int_equal(s->travel.hour_cost.place.column, 27);
    assert_true(s->travel.hour_cost.value == 4);
    assert_ptr_equal(s->accounts.file.place.file, s->files[2]);
    assert_ptr_equal(s->reps.place.file, s->files[2]);
    assert_ptr_equal(s->reps.file.place.file, s->files[0]);
    assert_string_equal(s->currency.text, "EUR");
    bw_scenario_free(s);
    bw_diags_free(diags);
    unlink("sub/leaf.xml");
}

static void comments_hold_any_name_of_a_file(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_scenario_chain *chain;
    bw_buf out = {0};
    write_file("a---b.xml", START ">" TABLES "</scenario>");
    assert_int_equal(bw_scenario_chain_read("a---b.xml", diags, &chain), BW_OK);
    assert_int_equal(bw_scenario_flat_write(chain, "nowhere", &out), BW_IO);
    assert_int_equal(bw_scenario_flat_write(chain, "/", &out), BW_OK);
    assert_non_null(strstr(out.text, "<!-- a-%2D%2Db.xml:1 -->"));
    char file[128];
    snprintf(file, sizeof file, "file=\"%s/a.csv\"", root + 1);
    assert_non_null(strstr(out.text, file));
    bw_buf_free(&out);
    bw_scenario_chain_free(chain);
    bw_diags_free(diags);
    unlink("a---b.xml");
}

static void folds(const char *path, const char *folded)
{
    char text[64];
    snprintf(text, sizeof text, "%s", path);
    bw_file_fold(text);
    assert_string_equal(text, folded);
}

static void detours_are_taken_out_of_paths(void **state)
{
    (void)state;
    folds("a/../b.xml", "b.xml");
    folds("./a/./b/../../c//d.xml", "c/d.xml");
    folds("../../a/../b.xml", "../../b.xml");
    folds("a/../../b.xml", "../b.xml");
    folds("/a/../b.xml", "/b.xml");
    folds("/../b.xml", "/../b.xml");
    folds("b.xml", "b.xml");
    folds("", "");
    folds("a/..", "");
    folds("..", "..");
}

/* ------------------------------------------------------------------ limits */

/* A new element of the schema needs a line in scenario_keys.c. */
static void every_element_of_the_schema_has_a_key(void **state)
{
    (void)state;
    static const char mark[] = "<xs:element name=\"";
    const char *xsd = (const char *)bw_scenario_xsd;
    const char *end = xsd + bw_scenario_xsd_len;
    int n = 0;
    for (const char *at = xsd; at + sizeof mark < end; at++) {
        if (strncmp(at, mark, sizeof mark - 1) != 0)
            continue;
        char name[64] = "";
        sscanf(at + sizeof mark - 1, "%63[^\"]", name);
        if (!bw_element_key_of(name))
            fail_msg("<%s> has no line in scenario_keys.c", name);
        n++;
    }
    assert_true(n > 20);
}

static bool is_key(const bw_element_key *k, const char *attr)
{
    return strcmp(k->key[0] ? k->key[0] : "", attr) == 0 ||
           strcmp(k->key[1] ? k->key[1] : "", attr) == 0;
}

/* What may be inherited is no requirement of the schema but one of `needs`. */
static void the_schema_requires_keys_alone(void **state)
{
    (void)state;
    char *xsd = calloc(bw_scenario_xsd_len + 1, 1), type[64] = "", name[64];
    assert_non_null(xsd);
    memcpy(xsd, bw_scenario_xsd, bw_scenario_xsd_len);
    int n = 0;
    for (char *line = strtok(xsd, "\n"); line; line = strtok(NULL, "\n")) {
        sscanf(line, " <xs:complexType name=\"%63[^\"]", type);
        if (!strstr(line, "use=\"required\""))
            continue;
        assert_int_equal(sscanf(line, " <xs:attribute name=\"%63[^\"]", name),
                         1);
        /* A type with another name than its element. */
        const char *of = strcmp(type, "set-cell") == 0 ? "set" : type;
        const bw_element_key *k = bw_element_key_of(of);
        if (!k || (k->kind != BW_KEY_ADDED && !is_key(k, name)))
            fail_msg("%s of <%s> is required and no key", name, type);
        n++;
    }
    assert_true(n > 4);
    free(xsd);
}

static bw_status load_top(void *data)
{
    (void)data;
    bw_diags *diags = bw_diags_new();
    if (!diags)
        return BW_NOMEM;
    bw_scenario_chain *chain = NULL;
    bw_scenario *scenario = NULL;
    bw_buf out = {0};
    bw_status status = bw_scenario_chain_read("top.xml", diags, &chain);
    if (status == BW_OK)
        status = bw_scenario_from_chain(chain, diags, &scenario);
    if (status == BW_OK)
        status = bw_scenario_flat_write(chain, ".", &out);
    bw_buf_free(&out);
    bw_scenario_free(scenario);
    bw_scenario_chain_free(chain);
    bw_diags_free(diags);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    write_base("<gazetteer file='g'/><segments><segment name='A' where='$x'/>"
               "<segment name='B'/></segments><rules><lock id='a' rep='1' "
               "where='$x'/></rules>");
    write_top("<gazetteer file='g'/><segments><segment name='C' where='$y' "
              "before='A'/></segments><rules><lock id='a' rep='2'/></rules>");
    assert_true(survives_lack_of_memory(load_top, NULL, BW_OK) > 50);
    write_top("<gazetteer file='h' action='remove'/><segments>"
              "<segment name='C' before='D'/></segments><rules>"
              "<forbid id='a' rep='1'/><lock id='b' action='remove'/></rules>");
    survives_lack_of_memory(load_top, NULL, BW_INVALID);
}

static int enter(void **state)
{
    (void)state;
    return mkdtemp(root) && chdir(root) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    unlink("base.xml");
    unlink("top.xml");
    rmdir("sub");
    return chdir("/") || rmdir(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attributes_are_laid_over_and_others_stay),
        cmocka_unit_test(children_are_laid_over_by_the_same_rule),
        cmocka_unit_test(what_is_replaced_keeps_its_place_and_nothing_else),
        cmocka_unit_test(what_is_removed_is_gone),
        cmocka_unit_test(rules_without_id_are_only_added),
        cmocka_unit_test(budgets_go_by_name_else_by_measure_and_where),
        cmocka_unit_test(a_gazetteer_is_the_file_that_its_name_leads_to),
        cmocka_unit_test(excluded_attributes_go),
        cmocka_unit_test(what_is_open_is_asked_for),
        cmocka_unit_test(segments_are_put_before_others),
        cmocka_unit_test(every_attribute_has_the_place_where_it_was_written),
        cmocka_unit_test(comments_hold_any_name_of_a_file),
        cmocka_unit_test(detours_are_taken_out_of_paths),
        cmocka_unit_test(every_element_of_the_schema_has_a_key),
        cmocka_unit_test(the_schema_requires_keys_alone),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests_name("scenario_merge", tests, enter, leave);
}
