/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a dirty copy of the sample company: every kind of flaw that real
 * exports have, each in rows of its own, and says how many there are.
 *
 *   soil DIR   reads DIR/accounts.csv and DIR/reps.csv as `generate sample`
 *              wrote them; writes DIR/dirty_accounts.csv, DIR/dirty_reps.csv,
 *              DIR/dirty_pairs.csv, DIR/places.txt (a gazetteer in GeoNames'
 *              form) and DIR/dirt.csv (file,code,count)
 *
 * What a row gets is counted at once, so that counts can be compared code by
 * code. The copies have byte-order marks, CRLF, money with signs and thousands
 * marks, the text NULL for blank, postal codes that lost their zero and a
 * report footer, none of which is a flaw. */
#include "soil.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_ROWS = 2000,
    N_COLUMNS = 18,
    ROOM = 200
};

enum {
    ID,
    NAME,
    INDUSTRY,
    TYPE,
    EMPLOYEES,
    CITY,
    STATE,
    COUNTRY,
    POSTAL_CODE,
    LATITUDE,
    LONGITUDE,
    REVENUE,
    POTENTIAL,
    PIPELINE,
    PARENT,
    SKILL,
    OWNER,
    SELLER
};

typedef struct row {
    char cell[N_COLUMNS][ROOM];
    int flawed, has_child;
} row;

static row rows[MOST_ROWS];
static int n_rows, column;

static void on_cell(void *text, size_t len, void *nothing)
{
    (void)nothing;
    if (n_rows < MOST_ROWS && column < N_COLUMNS && len < ROOM)
        memcpy(rows[n_rows].cell[column], text, len);
    column++;
}

static void on_row(int end, void *nothing)
{
    (void)end;
    (void)nothing;
    if (column == N_COLUMNS && n_rows < MOST_ROWS)
        n_rows++;
    column = 0;
}

static void read_rows(const char *path)
{
    static char text[1 << 20];
    FILE *in = fopen(path, "r");
    size_t len = in ? fread(text, 1, sizeof text, in) : 0;
    struct csv_parser parser;
    if (len == 0 || len == sizeof text || csv_init(&parser, 0) != 0) {
        fprintf(stderr, "soil: %s could not be read\n", path);
        exit(4);
    }
    csv_parse(&parser, text, len, on_cell, on_row, NULL);
    csv_fini(&parser, on_cell, on_row, NULL);
    csv_free(&parser);
    fclose(in);
    if (n_rows < 2) {
        fprintf(stderr, "soil: %s has no rows\n", path);
        exit(4);
    }
}

static void set(row *r, int at, const char *text)
{
    snprintf(r->cell[at], ROOM, "%s", text);
}

static int find(const char *id)
{
    for (int i = 1; i < n_rows; i++)
        if (strcmp(rows[i].cell[ID], id) == 0)
            return i;
    return 0;
}

/* Rows that no other row hangs on, in the order of a fixed stride. */
static row *fresh(void)
{
    static int at = 1;
    for (int i = 0; i < n_rows; i++) {
        at = 1 + (at + 36) % (n_rows - 1);
        row *r = &rows[at];
        if (!r->flawed && !r->has_child && !*r->cell[PARENT] &&
            strcmp(r->cell[TYPE], "Customer") == 0 && *r->cell[OWNER]) {
            r->flawed = 1;
            return r;
        }
    }
    fprintf(stderr, "soil: too few rows\n");
    exit(4);
}

/* --- flaws of single cells --- */

enum {
    MOST_CHANGES = 4
};

typedef struct flaw {
    const char *code, *follows; /* from which another flaw follows, or NULL */
    int count;
    struct change {
        int column;
        const char *text; /* NULL: no more */
    } change[MOST_CHANGES];
} flaw;

static const char unplaced[] = "account-unplaced";

/* clang-format off */
static const flaw flaws[] = {
    {"coordinate-zero", unplaced, 7,
     {{LATITUDE, "0"}, {LONGITUDE, "0"}, {POSTAL_CODE, ""}, {CITY, ""}}},
    {"coordinate-zero", NULL, 3, {{LATITUDE, "0"}, {LONGITUDE, "0.0"}}},
    {unplaced, NULL, 5,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, ""}, {CITY, ""}}},
    {"coordinate-range", NULL, 3, {{LATITUDE, "95.2"}}},
    {"place-far", NULL, 4, {{LATITUDE, "51.50"}, {LONGITUDE, "-0.12"}}},
    {"postal-unknown", unplaced, 3,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, "99998"}, {CITY, ""}}},
    {"postal-unknown", unplaced, 2,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {COUNTRY, "Atlantis"}}},
    {"postal-unknown", NULL, 2,
     {{LATITUDE, ""}, {LONGITUDE, ""}, {POSTAL_CODE, "99998"}}},
    {"owner-unknown", NULL, 6, {{OWNER, "R99"}, {SELLER, "R99"}}},
    {"owner-left-out", NULL, 4, {{OWNER, "R98"}, {SELLER, "R98"}}},
    {"parent-unknown", NULL, 4, {{PARENT, "A-9999"}}},
    {"revenue-negative", NULL, 4, {{REVENUE, "(1250.00)"}}},
    {"revenue-outlier", NULL, 3, {{REVENUE, "900000000"}}},
    {"field-number", NULL, 3, {{REVENUE, "unknown"}}},
    {"field-range", NULL, 2, {{POTENTIAL, "-500"}}},
    {"field-range", NULL, 1, {{REVENUE, "2E13"}}},
    {"id-blank", NULL, 2, {{ID, ""}}},
};
/* clang-format on */

static void add_flaw(const flaw *f)
{
    for (int i = 0; i < f->count; i++) {
        row *r = fresh();
        for (int k = 0; k < MOST_CHANGES && f->change[k].text; k++)
            set(r, f->change[k].column, f->change[k].text);
    }
    count_dirt(ACCOUNTS_FILE, f->code, f->count);
    if (f->follows)
        count_dirt(ACCOUNTS_FILE, f->follows, f->count);
}

/* A city that the country has twice, and nothing that says which is meant. */
static void add_namesakes(int n)
{
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
}

/* --- flaws between rows --- */

static void add_circles(int n)
{
    for (int i = 0; i < n; i++) {
        row *a = fresh(), *b = fresh();
        set(a, PARENT, b->cell[ID]);
        set(b, PARENT, a->cell[ID]);
    }
    count_dirt(ACCOUNTS_FILE, "parent-circular", 2 * n);
}

static row *copy_of(const row *r)
{
    if (n_rows == MOST_ROWS)
        exit(4);
    rows[n_rows] = *r;
    rows[n_rows].flawed = 1;
    return &rows[n_rows++];
}

static void add_same_ids(int n)
{
    for (int i = 0; i < n; i++)
        copy_of(fresh())->cell[NAME][0] = 'X';
    count_dirt(ACCOUNTS_FILE, "id-duplicate", n);
}

/* The same company entered again by another hand; the first stays fine. */
static void add_same_names(int n)
{
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
static void lose_zeros(int n)
{
    for (int i = 1; i < n_rows && n > 0; i++) {
        row *r = &rows[i];
        if (r->flawed || r->cell[POSTAL_CODE][0] != '0')
            continue;
        r->flawed = 1;
        memmove(r->cell[POSTAL_CODE], r->cell[POSTAL_CODE] + 1, ROOM - 1);
        set(r, LATITUDE, "");
        set(r, LONGITUDE, "");
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

static void write_cell(FILE *out, const char *text)
{
    putc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', out);
        putc(*text, out);
    }
    putc('"', out);
}

static void write_rows(FILE *out)
{
    fputs(MARK, out);
    for (int i = 0; i < n_rows; i++)
        for (int c = 0; c < N_COLUMNS; c++) {
            write_cell(out, rows[i].cell[c]);
            fputs(c + 1 < N_COLUMNS ? "," : "\r\n", out);
        }
    write_footer(out);
}

static void write_pairs(const char *folder)
{
    FILE *out = open_in(folder, PAIRS_FILE, "w");
    fputs("account;rep;allowed\r\n", out);
    for (int i = 0; i < 3; i++)
        fprintf(out, "%s;R01;yes\r\n", fresh()->cell[ID]);
    fprintf(out, "A-9998;R01;yes\r\n%s;R99;yes\r\n", fresh()->cell[ID]);
    count_dirt(PAIRS_FILE, "pair-unknown", 2);
    const char *id = fresh()->cell[ID];
    fprintf(out, "%s;R02;yes\r\n%s;R02;no\r\n", id, id);
    count_dirt(PAIRS_FILE, "pair-duplicate", 1);
    fprintf(out, "%s;R03;perhaps\r\n", fresh()->cell[ID]);
    count_dirt(PAIRS_FILE, "field-choice", 1);
    write_footer(out);
    finish(out);
}

int main(int argc, char **argv)
{
    char path[4096];
    if (argc != 2) {
        fputs("usage: soil DIR\n", stderr);
        return 3;
    }
    snprintf(path, sizeof path, "%s/accounts.csv", argv[1]);
    read_rows(path);
    for (int i = 1; i < n_rows; i++)
        rows[find(rows[i].cell[PARENT])].has_child = 1;
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
        add_flaw(&flaws[i]);
    add_namesakes(3);
    add_circles(2);
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
