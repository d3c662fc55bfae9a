/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a dirty copy of the sample company: every kind of flaw that real
 * exports have, each in rows of its own, and says how many there are.
 *
 *   soil DIR [SEED]   reads DIR/accounts.csv and DIR/reps.csv as `generate
 *              sample` wrote them; writes DIR/dirty_accounts.csv,
 *              DIR/dirty_reps.csv, DIR/dirty_pairs.csv, DIR/places.txt (a
 *              gazetteer in GeoNames' form), DIR/dirt.csv (file,code,count) and
 *              DIR/told.csv (what,count: what else can be counted in a plan)
 *
 * With a SEED other rows get the flaws, and another number of each.
 *
 * What a row gets is counted at once, so that counts can be compared code by
 * code. The copies have byte-order marks, CRLF, money with signs and thousands
 * marks, the text NULL for blank, postal codes that lost their zero and a
 * report footer, none of which is a flaw. */
#include "soil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- flaws of single cells --- */

enum {
    MOST_CHANGES = 4
};

typedef struct flaw {
    const char *code, *follows; /* from which another flaw follows, or NULL */
    const char *placed_by;      /* in the end, if the flaw is ignored */
    int count;
    struct change {
        int column;
        const char *text; /* NULL: no more */
    } change[MOST_CHANGES];
} flaw;

static const char unplaced[] = "account-unplaced";

/* clang-format off */
static const flaw flaws[] = {
    {"coordinate-zero", unplaced, "none", 7,
     {{LATITUDE, "0"}, {LONGITUDE, "0"}, {POSTAL_CODE, ""}, {CITY, ""}}},
    {"coordinate-zero", NULL, "postal-code", 3,
     {{LATITUDE, "0"}, {LONGITUDE, "0.0"}}},
    {unplaced, NULL, "none", 5,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, ""}, {CITY, ""}}},
    {"coordinate-range", NULL, "postal-code", 3, {{LATITUDE, "95.2"}}},
    {"place-far", NULL, NULL, 4, {{LATITUDE, "51.50"}, {LONGITUDE, "-0.12"}}},
    {"postal-unknown", unplaced, "none", 3,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, "99998"}, {CITY, ""}}},
    {"postal-unknown", unplaced, "none", 2,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {COUNTRY, "Atlantis"}}},
    {"postal-unknown", NULL, "city", 2,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, "99998"}}},
    {"owner-unknown", NULL, NULL, 6, {{OWNER, "R99"}, {SELLER, "R99"}}},
    {"owner-left-out", NULL, NULL, 4, {{OWNER, "R98"}, {SELLER, "R98"}}},
    {"parent-unknown", NULL, NULL, 4, {{PARENT, "A-9999"}}},
    {"revenue-negative", NULL, NULL, 4, {{REVENUE, "(1250.00)"}}},
    {"revenue-outlier", NULL, NULL, 3, {{REVENUE, "900000000"}}},
    {"field-number", NULL, NULL, 3, {{REVENUE, "unknown"}}},
    {"field-date", NULL, NULL, 2, {{SINCE, "2021-02-30"}}},
    {"field-date", NULL, NULL, 1, {{SINCE, "3/4/21"}}},
    {"field-range", NULL, NULL, 2, {{POTENTIAL, "-500"}}},
    {"field-range", NULL, NULL, 1, {{REVENUE, "2E13"}}},
    {"id-blank", NULL, NULL, 2, {{ID, ""}}},
};
/* clang-format on */

static void add_flaw(const flaw *f)
{
    int n = some(f->count);
    for (int i = 0; i < n; i++) {
        row *r = fresh();
        for (int k = 0; k < MOST_CHANGES && f->change[k].text; k++)
            set(r, f->change[k].column, f->change[k].text);
    }
    count_dirt(ACCOUNTS_FILE, f->code, n);
    if (f->follows)
        count_dirt(ACCOUNTS_FILE, f->follows, n);
    if (f->code == unplaced)
        tell("account-unplaced alone", n);
    if (f->placed_by)
        tell(f->placed_by, n);
}

/* A city that the country has twice, and nothing that says which is meant. */
static void add_namesakes(int usual)
{
    int n = some(usual);
    for (int i = 0; i < n; i++) {
        row *r = fresh();
        set(r, LATITUDE, "");
        set(r, LONGITUDE, "");
        set(r, POSTAL_CODE, "");
        set(r, STATE, "");
        set(r, CITY, "Springfield");
    }
    count_dirt(ACCOUNTS_FILE, "city-ambiguous", n);
    count_dirt(ACCOUNTS_FILE, unplaced, n);
    tell("none", n);
}

/* --- flaws between rows --- */

static void add_circles(int usual)
{
    int n = some(usual);
    for (int i = 0; i < n; i++) {
        row *a = fresh(), *b = fresh();
        set(a, PARENT, b->cell[ID]);
        set(b, PARENT, a->cell[ID]);
    }
    count_dirt(ACCOUNTS_FILE, "parent-circular", 2 * n);
}

/* Named accounts are locked to their owner, and these have none. */
static void add_ownerless(int usual)
{
    int n = some(usual);
    for (int i = 0; i < n; i++) {
        row *r = fresh_of("Named");
        set(r, OWNER, "");
        set(r, SELLER, "");
    }
    count_dirt(ACCOUNTS_FILE, "lock-ownerless", n);
}

static void add_same_ids(int usual)
{
    int n = some(usual);
    for (int i = 0; i < n; i++)
        copy_of(fresh())->cell[NAME][0] = 'X';
    count_dirt(ACCOUNTS_FILE, "id-duplicate", n);
}

/* The same company entered again by another hand; the first stays fine. */
static void add_same_names(int usual)
{
    int n = some(usual);
    for (int i = 0; i < n; i++) {
        const row *r = fresh();
        row *again = copy_of(r);
        char name[ROOM];
        snprintf(again->cell[ID], ROOM, "B-%04d", i + 1);
        snprintf(name, ROOM, "%.150s%s", r->cell[NAME],
                 i % 2 ? ", LLC" : " inc");
        for (char *c = name; i % 3 == 0 && *c; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c + 32);
        set(again, NAME, name);
    }
    count_dirt(ACCOUNTS_FILE, "account-duplicate", n);
}

static void count_stale(void)
{
    int n = 0;
    for (int i = 1; i < n_rows; i++)
        n += *rows[i].cell[OWNER] && *rows[i].cell[SELLER] &&
             strcmp(rows[i].cell[OWNER], rows[i].cell[SELLER]) != 0;
    count_dirt(ACCOUNTS_FILE, "owner-stale", n);
}

/* --- what is no flaw, if it is read as declared --- */

/* As a spreadsheet leaves the codes of New England. */
static void lose_zeros(int usual)
{
    int n = some(usual);
    for (int i = 1; i < n_rows && n > 0; i++) {
        row *r = &rows[i];
        if (r->flawed || r->cell[POSTAL_CODE][0] != '0')
            continue;
        r->flawed = 1;
        memmove(r->cell[POSTAL_CODE], r->cell[POSTAL_CODE] + 1, ROOM - 1);
        set(r, LATITUDE, "");
        set(r, LONGITUDE, "");
        tell("postal-code", 1);
        n--;
    }
}

static void dress_up(void)
{
    for (int i = 1; i < n_rows; i++) {
        row *r = &rows[i];
        char *end;
        long amount = strtol(r->cell[REVENUE], &end, 10);
        if (r->flawed || *end || !*r->cell[REVENUE])
            continue;
        if (i % 5 == 0 && amount >= 1000)
            snprintf(r->cell[REVENUE], ROOM, "$ %ld,%03ld.00", amount / 1000,
                     amount % 1000);
        if (i % 7 == 0)
            set(r, PIPELINE, "NULL");
    }
}

/* A column of dates, which the sample has not. */
static void add_dates(void)
{
    set(&rows[0], SINCE, "customer_since");
    for (int i = 1; i < n_rows; i++)
        snprintf(rows[i].cell[SINCE], ROOM, "20%02d-%02d-%02d", 10 + i % 16,
                 1 + i % 12, 1 + i % 28);
}

/* n pairs of their own with a rep and what follows. */
static void write_flawed(FILE *out, const char *code, int n, const char *rest)
{
    for (int i = 0; i < n; i++)
        fprintf(out, "%s;%s\r\n", fresh()->cell[ID], rest);
    if (code)
        count_dirt(PAIRS_FILE, code, n);
}

static void write_pairs(const char *folder)
{
    FILE *out = open_in(folder, PAIRS_FILE, "w");
    int n = some(1);
    fputs("account;rep;allowed;cost;km\r\n", out);
    write_flawed(out, NULL, some(3), "R01;yes;;");
    for (int i = 0; i < n; i++)
        fprintf(out, "X-%04d;R01;yes;;\r\n", i);
    count_dirt(PAIRS_FILE, "pair-unknown", n);
    write_flawed(out, "pair-unknown", some(1), "R99;yes;;");
    n = some(1);
    for (int i = 0; i < n; i++) {
        const char *id = fresh()->cell[ID];
        fprintf(out, "%s;R02;yes;;\r\n%s;R02;no;;\r\n", id, id);
    }
    count_dirt(PAIRS_FILE, "pair-duplicate", n);
    write_flawed(out, "field-choice", some(1), "R03;perhaps;;");
    write_flawed(out, "field-number", some(1), "R03;yes;much;");
    write_flawed(out, "field-range", some(1), "R03;yes;;-40");
    write_footer(out);
    finish(out);
}

int main(int argc, char **argv)
{
    char path[4096];
    if (argc != 2 && argc != 3) {
        fputs("usage: soil DIR [SEED]\n", stderr);
        return 3;
    }
    snprintf(path, sizeof path, "%s/accounts.csv", argv[1]);
    read_rows(path);
    if (argc == 3)
        choose_rows(argv[2]);
    add_dates();
    for (int i = 1; i < n_rows; i++)
        rows[find(rows[i].cell[PARENT])].has_child = 1;
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
        add_flaw(&flaws[i]);
    add_namesakes(3);
    add_circles(2);
    add_ownerless(2);
    add_same_ids(4);
    add_same_names(6);
    write_pairs(argv[1]);
    lose_zeros(5);
    count_stale();
    dress_up();
    FILE *out = open_in(argv[1], ACCOUNTS_FILE, "w");
    write_rows(out);
    finish(out);
    soil_reps(argv[1]);
    write_places(argv[1]);
    write_dirt(argv[1]);
    return 0;
}
