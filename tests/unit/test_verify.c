/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small plan is made, then lied about in every way. */
#include "bw/alloc.h"
#include "bw/load.h"
#include "commands.h"
#include "verify.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

/* The tests run inside one fresh folder: a plan "made", its problem loaded,
 * and "lie", the copy that is changed. */
static char home[] = "/tmp/bw-verify-XXXXXX";
static char start[4096];
static bw_scenario *scenario;
static bw_problem *problem;

typedef struct content {
    char text[20000];
} content;

enum {
    N_FILES = 8
};
static const char *const files[N_FILES] = {
    "assignments.csv", "territories.csv", "certificate.csv", "clusters.csv",
    "moves.csv",       "segments.csv",    "rejected.csv",    "summary.json"};

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static void get(const char *path, content *c)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t n = fread(c->text, 1, sizeof c->text - 1, f);
    assert_true(n < sizeof c->text - 1);
    c->text[n] = '\0';
    fclose(f);
}

static void path_of(const char *dir, const char *name, char path[64])
{
    snprintf(path, 64, "%s/%s", dir, name);
}

/* Makes "lie" as true as "made". */
static void restore(void)
{
    for (int i = 0; i < N_FILES; i++) {
        char from[64], to[64];
        content c;
        path_of("made", files[i], from);
        path_of("lie", files[i], to);
        get(from, &c);
        put(to, c.text);
    }
}

/* Runs a command with both streams going to files "out" and "err". */
static int run(int (*command)(int, char **), const char *line)
{
    char text[200];
    char *argv[20] = {0};
    int argc = 0;
    snprintf(text, sizeof text, "%s", line);
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    fflush(stdout);
    fflush(stderr);
    int out = dup(1), err = dup(2);
    assert_non_null(freopen("out", "w", stdout));
    assert_non_null(freopen("err", "w", stderr));
    int code = command(argc, argv);
    fflush(stdout);
    fflush(stderr);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    return code;
}

static void write_inputs(void)
{
    put("accounts.csv",
        "id,name,latitude,longitude,hours,calls,revenue,potential,owner,"
        "workload_high\n"
        "A1,Ash,40,1,4,4,100,10,R1,2\nA2,Birch,40.5,1,4,4,50.5,20,R1,2\n"
        "A3,Cedar,41,1.5,4,8,80,30,R1,2\nA4,Dogwood,41,2,4,2,10,40,R2,2\n"
        "A5,\"Elm, old\",40,2,4,4,20,50,,2\nA6,Fir,40.2,1.7,4,4,30,60,R3,2\n"
        "A7,Gum,40.8,1.1,4,4,70,5,R2,2\nA8,Hazel,40.1,1.9,30,4,90,15,R2,2\n"
        "A9,Ilex,40.1,1.9,30,4,90,-1,R2,2\n");
    put("reps.csv", "id,name,latitude,longitude,region,status\n"
                    "R1,Ann,40,1.1,N,active\nR2,Ben,41,1.9,N,active\n"
                    "R3,Cho,40,1.5,S,leaving\n");
    put("s.xml",
        "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"small\">\n"
        "  <accounts file=\"accounts.csv\" where=\"$potential > 0\"/>\n  <reps "
        "file=\"reps.csv\"/>\n"
        "  <travel hour-cost=\"75\" km-cost=\"0.4\" calls-per-trip=\"2\"/>\n"
        "  <handover share=\"10%\" hours=\"1\"/>\n"
        "  <balance measure=\"workload\" target=\"equal\" tolerance=\"5%\" "
        "over-cost=\"50\" under-cost=\"40\"/>\n"
        "  <balance measure=\"potential\" target=\"equal\" tolerance=\"9%\" "
        "over-cost=\"9\" under-cost=\"7\"/>\n"
        "  <balance measure=\"accounts\" high=\"6\" hard=\"yes\"/>\n"
        "  <balance measure=\"revenue\" low=\"20\" high=\"400\" "
        "over-cost=\"1\" under-cost=\"1\"/>\n"
        /* A column of that name is there anyway. */
        "  <balance measure=\"workload_high\" high=\"9\" over-cost=\"1\"/>\n"
        "  <rules><moved measure=\"revenue\" max=\"80%\"/></rules>\n"
        "  <solve gap=\"0%\"/>\n</scenario>\n");
}

static int begin(void **state)
{
    (void)state;
    if (!getcwd(start, sizeof start) || !mkdtemp(home) || chdir(home))
        return -1;
    write_inputs();
    if (run(bw_cmd_plan, "plan s.xml -o made --quiet"))
        return system("cat err >&2") + 1;
    if (system("cp -r made lie"))
        return -1;
    bw_diags *diags = bw_diags_new();
    bw_status status =
        bw_scenario_load("made/scenario.resolved.xml", diags, &scenario);
    if (status == BW_OK)
        status = bw_problem_load(scenario, diags, &problem);
    bw_diags_free(diags);
    return status != BW_OK;
}

static int end(void **state)
{
    (void)state;
    bw_problem_free(problem);
    bw_scenario_free(scenario);
    char command[60];
    snprintf(command, sizeof command, "rm -rf %s", home);
    return chdir(start) || system(command);
}

/* Errors that verify finds in a folder; all must be its own. */
static size_t errors_of(const char *dir)
{
    bw_diags *diags = bw_diags_new();
    bw_verified verified;
    bw_status status = bw_verify(dir, problem, diags, &verified);
    assert_true(status == BW_OK || status == BW_INVALID);
    size_t errors = bw_diags_count(diags, BW_ERROR);
    assert_true(verified.holds == (errors == 0));
    bw_diags_free(diags);
    return errors;
}

static void a_plan_as_it_was_written_holds(void **state)
{
    (void)state;
    bw_diags *diags = bw_diags_new();
    bw_verified verified;
    assert_int_equal(bw_verify("made", problem, diags, &verified), BW_OK);
    assert_int_equal(bw_diags_count(diags, BW_ERROR), 0);
    assert_true(verified.holds);
    assert_int_equal(verified.accounts, 8);
    assert_int_equal(verified.reps, 2);
    assert_int_equal(verified.pairs, 16);
    assert_int_equal(verified.limits, 17); /* two have no low side */
    assert_int_equal(verified.rounded, 0);
    assert_true(verified.bound_certified <= verified.objective);
    bw_diags_free(diags);
}

/* The same text, but wrong: a digit before a number, a letter after a word. */
static void put_wrong(FILE *f, const char *cell, size_t len)
{
    bool quoted = len > 0 && cell[0] == '"';
    if (len == 0)
        fputs("7", f);
    else if (strchr("0123456789", cell[0]))
        fprintf(f, "1%.*s", (int)len, cell);
    else if (quoted)
        fprintf(f, "%.*sx\"", (int)len - 1, cell);
    else
        fprintf(f, "%.*sx", (int)len, cell);
}

/* The end of the field that begins here. */
static const char *end_of_field(const char *at)
{
    bool inside = false;
    while (*at && (inside || (*at != ',' && *at != '\n'))) {
        inside ^= *at == '"';
        at++;
    }
    return at;
}

/* Every field of a table in turn, headers too, but those of `spared`. */
static int change_every_field(const char *name, int columns, int spared)
{
    content c;
    char path[64];
    path_of("made", name, path);
    get(path, &c);
    path_of("lie", name, path);
    int n = 0;
    const char *at = c.text;
    for (; *at; n++) {
        const char *field_end = end_of_field(at);
        FILE *f = fopen(path, "w");
        fprintf(f, "%.*s", (int)(at - c.text), c.text);
        put_wrong(f, at, (size_t)(field_end - at));
        fputs(field_end, f);
        fclose(f);
        if (n % columns != spared && errors_of("lie") == 0)
            fail_msg("%s: field %d may be changed: %.20s", name, n, at);
        at = *field_end ? field_end + 1 : field_end;
    }
    restore();
    return n;
}

static void every_changed_field_of_the_tables_is_found(void **state)
{
    (void)state;
    /* The last column but one of the assignments is prose. */
    assert_int_equal(change_every_field("assignments.csv", 18, 16), 9 * 18);
    assert_int_equal(change_every_field("territories.csv", 32, -1), 4 * 32);
    assert_int_equal(change_every_field("certificate.csv", 4, -1), 12 * 4);
    assert_int_equal(change_every_field("clusters.csv", 6, -1), 4 * 6);
    assert_int_equal(change_every_field("segments.csv", 11, -1), 2 * 11);
    assert_int_equal(change_every_field("rejected.csv", 4, -1), 2 * 4);
    assert_true(change_every_field("moves.csv", 19, -1) >= 3 * 19);
    assert_int_equal(errors_of("lie"), 0);
}

/* Words of the summary that nothing can be held against. */
static bool is_free(const char *line)
{
    static const char *const keys[] = {"\"version\"", "\"warnings\": "};
    while (*line == ' ')
        line++;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strncmp(line, keys[i], strlen(keys[i])) == 0)
            return true;
    return false;
}

static void every_changed_figure_of_the_summary_is_found(void **state)
{
    (void)state;
    content c;
    get("made/summary.json", &c);
    int n = 0;
    for (const char *line = c.text; line;
         line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const char *value = strstr(line, "\": ");
        const char *line_end = strchr(line, '\n');
        if (!value || !line_end || value > line_end || is_free(line) ||
            strchr("{[", value[3]))
            continue;
        value += value[3] == '-' ? 4 : 3;
        FILE *f = fopen("lie/summary.json", "w");
        fprintf(f, "%.*s", (int)(value - c.text), c.text);
        fprintf(f, *value == '"' ? "\"x%s" : "1%s", value + (*value == '"'));
        fclose(f);
        if (errors_of("lie") == 0)
            fail_msg("may be changed: %.*s", (int)(line_end - line), line);
        n++;
    }
    restore();
    assert_true(n > 40);
}

/* Replaces the first `from` in a table of "lie". */
static void replace(const char *name, const char *from, const char *to)
{
    content c;
    char path[64];
    path_of("made", name, path);
    get(path, &c);
    char *at = strstr(c.text, from);
    if (!at)
        fail_msg("no \"%s\" in %s", from, name);
    path_of("lie", name, path);
    FILE *f = fopen(path, "w");
    fprintf(f, "%.*s%s%s", (int)(at - c.text), c.text, to, at + strlen(from));
    fclose(f);
}

/* One fault with these words. */
static void assert_told(const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_verified verified;
    bw_verify("lie", problem, diags, &verified);
    bool told = false;
    for (size_t i = 0; i < bw_diags_kept(diags); i++)
        told |= strstr(bw_diags_at(diags, i)->text, words) != NULL;
    if (!told)
        fail_msg("nobody says \"%s\"", words);
    assert_false(verified.holds);
    bw_diags_free(diags);
    restore();
}

static void accounts_stand_there_once(void **state)
{
    (void)state;
    content c;
    get("made/assignments.csv", &c);
    char *a3 = strstr(c.text, "\nA3,"), *a4 = strstr(c.text, "\nA4,");
    char row[400];
    snprintf(row, sizeof row, "%.*s", (int)(a4 - a3), a3);
    replace("assignments.csv", row, "");
    assert_told("account \"A3\" has no row");
    char twice[800];
    snprintf(twice, sizeof twice, "%s%s", row, row);
    replace("assignments.csv", row, twice);
    assert_told("\"A3\" stands here a second time (first at line 4)");
    replace("assignments.csv", "\nA3,", "\nA9,");
    assert_told("\"A9\" takes no part");
    replace("certificate.csv", "rep,R1", "rep,R3");
    assert_told("rep \"R3\" serves nobody");
    replace("certificate.csv", "price\n", "price\nbudget,moved,accounts,1\n");
    assert_told("the scenario has no budget \"moved\"");
    replace("certificate.csv", "price\n",
            "price\nbudget,moved revenue,revenue,1\n");
    assert_told("a second price of the budget \"moved revenue\"");
    replace("certificate.csv", "revenue,revenue,0", "revenue,accounts,0");
    assert_told("is one of revenue, not of \"accounts\"");
    replace("certificate.csv", "revenue,revenue,0", "revenue,revenue,-1");
    assert_told("the price -1.000000 of the budget \"moved revenue\" is neg");
    replace("certificate.csv", "price\n", "price\nhouse,moved,accounts,1\n");
    assert_told("prices of the kind \"house\" are not known");
    replace("certificate.csv", "price\n", "price\nrep,R1,workload,0.0000001\n");
    assert_told("no decimal of at most 6 places");
}

static void the_lists_hold_every_row_once_and_in_order(void **state)
{
    (void)state;
    content c;
    char two[2][400], text[20000];
    get("made/moves.csv", &c);
    const char *first = strchr(c.text, '\n') + 1;
    const char *second = strchr(first, '\n') + 1;
    const char *third = strchr(second, '\n') + 1;
    snprintf(two[0], sizeof two[0], "%.*s", (int)(second - first), first);
    snprintf(two[1], sizeof two[1], "%.*s", (int)(third - second), second);
    replace("moves.csv", two[0], "");
    assert_told("rows, recomputed");
    snprintf(text, sizeof text, "%s%s", two[0], two[1]);
    char turned[800];
    snprintf(turned, sizeof turned, "%s%s", two[1], two[0]);
    replace("moves.csv", text, turned);
    assert_told("account_id of");
    put("lie/moves.csv", "account_id\n");
    assert_told("has 0 rows");
    put("lie/rejected.csv", "file,line,id,reason\n");
    assert_told("has 0 rows, recomputed 1");
}

static void an_account_given_to_another_rep_is_found(void **state)
{
    (void)state;
    static const char *const ids[] = {"A1", "A2", "A3", "A4",
                                      "A5", "A6", "A7", "A8"};
    content c;
    get("made/assignments.csv", &c);
    for (int i = 0; i < 8; i++) {
        char key[8], to[64];
        snprintf(key, sizeof key, "\n%s,", ids[i]);
        char *row = strstr(c.text, key), *name = strstr(row, ",R");
        char *other = strstr(row, ",R1,") == name ? ",R2," : ",R1,";
        char from[64];
        snprintf(from, sizeof from, "%.*s", (int)(name + 4 - row), row);
        snprintf(to, sizeof to, "%.*s%s", (int)(name - row), row, other);
        replace("assignments.csv", from, to);
        assert_true(errors_of("lie") > 0);
        restore();
    }
}

static void unit_prices_are_part_of_the_certificate(void **state)
{
    (void)state;
    /* w = 0 undercuts what A1 costs at least: the bound is another. */
    replace("certificate.csv", "price\n", "price\nunit,A1,,-1\n");
    assert_told("bound_certified is");
    replace("certificate.csv", "price\n", "price\nunit,A0,,-1\n");
    assert_told("account \"A0\" takes no part");
}

/* A change of this file, and what is said of it. */
static void clusters_say_what_is_wrong(void **state)
{
    (void)state;
    static const char good[] =
        "kind,id,cluster,price,bound,closed\ncluster,,1,,-9,no\n"
        "cluster,,2,,-8,yes\nrep,R1,1,,,\nrep,R2,2,,,\nunit,A1,,1.5,,\n";
    static const char *const changes[][3] = {
        {"rep,R1", "team,R1", "rows of the kind \"team\" are not known"},
        {"R1,1", "R1,3", "\"3\" is no cluster; the file has 2"},
        {"R1,1", "R1,0", "\"0\" is no cluster"},
        {"R1,1", "R1,", "\"\" is no cluster"},
        {"R1,1", "R1,1x", "\"1x\" is no cluster"},
        {"rep,R2", "rep,R1",
         "rep \"R1\" stands here a second time (first at "
         "line 4)"},
        {"rep,R2", "rep,R3", "rep \"R3\" serves nobody"},
        {"rep,R2", "rep,R9", "rep \"R9\" serves nobody"},
        {"rep,R2,2,,,\n", "", "rep \"R2\" has no row"},
        {"R2,2", "R2,1", "cluster 2 has no rep"},
        {"rep,R2,2,", "rep,R2,2,4", "\"rep\" has no price, \"4\" stands"},
        {"cluster,,2", "cluster,,1", "cluster \"1\" stands here a second time"},
        {"cluster,,2,,-8,yes\n", "", "\"2\" is no cluster; the file has 1"},
        {"cluster,,1", "cluster,R1,1", "\"cluster\" has no id, \"R1\" stands"},
        {"yes", "maybe", "closed is \"maybe\""},
        {"-9", "-9e3", "\"-9e3\" is no decimal of at most 10 places"},
        {"-9", "-9.00000000001", "no decimal of at most 10 places"},
        {"-9", "", "\"\" is no decimal"},
        {"-9", "1234567890123456789012345678", "is no decimal"},
        {"1.5", "1.00005", "\"1.00005\" is no decimal of at most 4 places"},
        {"1.5", "1234567890123456", "is too large"},
        {"unit,A1", "unit,A9", "account \"A9\" takes no part"},
        {"unit,A1,,1.5,,\n", "unit,A1,,1.5,,\nunit,A1,,1.5,,\n",
         "unit \"A1\" stands here a second time (first at line 6)"},
        {"unit,A1,", "unit,A1,2", "\"unit\" has no cluster, \"2\" stands"},
        {"bound", "limit", "there is no column \"bound\""},
        {"-9", "9",
         "but certificate.csv and clusters.csv make"}, /* as it stands */
        {"-9", "90000", "add up to more than the plan costs"}};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const char *at = strstr(good, changes[i][0]);
        FILE *f = fopen("lie/clusters.csv", "w");
        fprintf(f, "%.*s%s%s", (int)(at - good), good, changes[i][1],
                at + strlen(changes[i][0]));
        fclose(f);
        assert_told(changes[i][2]);
    }
}

static void the_command_says_what_it_found_by_its_exit_code(void **state)
{
    (void)state;
    content c;
    assert_int_equal(run(bw_cmd_verify, "verify made"), 0);
    get("out", &c);
    assert_non_null(strstr(c.text, "holds"));
    get("err", &c);
    assert_string_equal(c.text, "");
    assert_int_equal(run(bw_cmd_verify, "verify --json made"), 0);
    get("out", &c);
    assert_non_null(strstr(c.text, "\"holds\": true"));
    replace("summary.json", "\"objective\": ", "\"objective\": 1");
    assert_int_equal(run(bw_cmd_verify, "verify lie"), 5);
    get("out", &c);
    assert_non_null(strstr(c.text, "does not hold"));
    get("err", &c);
    assert_non_null(strstr(c.text, "lie/summary.json:6:16: error: objective"));
    restore();
    put("lie/certificate.csv", "kind,id\n\"");
    assert_int_equal(run(bw_cmd_verify, "verify lie"), 5);
    assert_int_equal(unlink("lie/certificate.csv"), 0);
    assert_int_equal(run(bw_cmd_verify, "verify lie"), 4);
    restore();
    assert_int_equal(run(bw_cmd_verify, "verify none"), 4);
    assert_int_equal(run(bw_cmd_verify, "verify"), 3);
    assert_int_equal(run(bw_cmd_verify, "verify --help"), 0);
    put("reps.csv", "id,name\nR1,Ann\n");
    assert_int_equal(run(bw_cmd_verify, "verify made"), 2);
    get("err", &c);
    assert_non_null(strstr(c.text, "file-changed"));
    write_inputs();
}

static void every_failing_allocation_is_survived(void **state)
{
    (void)state;
    bw_status status = BW_NOMEM;
    long before = bw_alloc_live(), n = 0;
    while (status == BW_NOMEM) {
        bw_diags *diags = bw_diags_new();
        bw_verified verified;
        bw_alloc_fail_at(++n);
        status = bw_verify("made", problem, diags, &verified);
        bw_alloc_fail_at(0);
        assert_true(verified.holds == (status == BW_OK));
        bw_diags_free(diags);
        assert_int_equal(bw_alloc_live(), before);
    }
    assert_int_equal(status, BW_OK);
    assert_true(n > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_as_it_was_written_holds),
        cmocka_unit_test(every_changed_field_of_the_tables_is_found),
        cmocka_unit_test(every_changed_figure_of_the_summary_is_found),
        cmocka_unit_test(accounts_stand_there_once),
        cmocka_unit_test(the_lists_hold_every_row_once_and_in_order),
        cmocka_unit_test(an_account_given_to_another_rep_is_found),
        cmocka_unit_test(unit_prices_are_part_of_the_certificate),
        cmocka_unit_test(clusters_say_what_is_wrong),
        cmocka_unit_test(the_command_says_what_it_found_by_its_exit_code),
        cmocka_unit_test(every_failing_allocation_is_survived),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
