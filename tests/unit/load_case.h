/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Loads small scenarios from a temporary folder, for the tests of loading.
 * Files stand in it as accounts.csv, reps.csv, pairs.csv and s.xml, whose
 * first line opens the scenario, so that the body starts at line 2. */
#ifndef TESTS_LOAD_CASE_H
#define TESTS_LOAD_CASE_H

#include "bw/alloc.h"
#include "bw/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FILES "<accounts file='accounts.csv'/><reps file='reps.csv'/>\n"

typedef struct load_case {
    char folder[32];
    bw_diags *diags;
    bw_scenario *scenario;
    bw_problem *problem;
    bw_status status;
} load_case;

static const char *case_path(const load_case *c, const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "%s/%s", c->folder, name);
    return path;
}

static void case_write(const load_case *c, const char *name, const char *text)
{
    FILE *file = fopen(case_path(c, name), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void case_close(load_case *c)
{
    static const char *const name[] = {"s.xml", "accounts.csv", "reps.csv",
                                       "pairs.csv"};
    bw_problem_free(c->problem);
    bw_scenario_free(c->scenario);
    bw_diags_free(c->diags);
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        unlink(case_path(c, name[i]));
    rmdir(c->folder);
    free(c);
}

/* NULL: the file is not there. The scenario itself must be fine. */
static load_case *case_load(const char *body, const char *accounts,
                            const char *reps, const char *pairs)
{
    char xml[8192];
    load_case *c = calloc(1, sizeof *c);
    assert_non_null(c);
    strcpy(c->folder, "/tmp/bw-load-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    snprintf(xml, sizeof xml,
             "<scenario xmlns='urn:bailiwick:scenario:1'>\n%s</scenario>\n",
             body);
    case_write(c, "s.xml", xml);
    if (accounts)
        case_write(c, "accounts.csv", accounts);
    if (reps)
        case_write(c, "reps.csv", reps);
    if (pairs)
        case_write(c, "pairs.csv", pairs);
    c->diags = bw_diags_new();
    bw_status status =
        bw_scenario_load(case_path(c, "s.xml"), c->diags, &c->scenario);
    for (size_t i = 0; i < bw_diags_kept(c->diags) && status != BW_OK; i++)
        print_message("%s\n", bw_diags_at(c->diags, i)->text);
    assert_int_equal(status, BW_OK);
    c->status = bw_problem_load(c->scenario, c->diags, &c->problem);
    return c;
}

/* As case_load, for input that must be accepted. */
static inline load_case *case_good(const char *body, const char *accounts,
                                   const char *reps, const char *pairs)
{
    load_case *c = case_load(body, accounts, reps, pairs);
    for (size_t i = 0; i < bw_diags_kept(c->diags) && c->status != BW_OK; i++)
        print_message("%s\n", bw_diags_at(c->diags, i)->text);
    assert_int_equal(c->status, BW_OK);
    assert_non_null(c->problem);
    return c;
}

/* As case_load, for input that must be refused with this many errors. */
static inline load_case *case_bad(const char *body, const char *accounts,
                                  const char *reps, const char *pairs,
                                  size_t errors)
{
    load_case *c = case_load(body, accounts, reps, pairs);
    size_t found = bw_diags_count(c->diags, BW_ERROR);
    for (size_t i = 0; i < bw_diags_kept(c->diags) && found != errors; i++)
        print_message("%s\n", bw_diags_at(c->diags, i)->text);
    assert_int_equal(found, errors);
    assert_null(c->problem);
    return c;
}

/* How many records of this code stand at this line of this file with all of
 * this text in them. */
static inline int case_told(const load_case *c, bw_code code, const char *file,
                            unsigned line, const char *text)
{
    int n = 0;
    for (size_t i = 0; i < bw_diags_kept(c->diags); i++) {
        const bw_diag *d = bw_diags_at(c->diags, i);
        const char *name = d->place.file ? strrchr(d->place.file, '/') : NULL;
        if (d->code == code && d->place.line == line && name &&
            strcmp(name + 1, file) == 0 && strstr(d->text, text))
            n++;
    }
    if (n == 0)
        for (size_t i = 0; i < bw_diags_kept(c->diags); i++) {
            const bw_diag *d = bw_diags_at(c->diags, i);
            print_message("%s:%u:%u: %s [%s]\n", d->place.file, d->place.line,
                          d->place.column, d->text, bw_code_text(d->code));
        }
    return n;
}

#endif
