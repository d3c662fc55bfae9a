/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a dirty copy of the sample company: every kind of flaw that real
 * exports have, each in a number of rows of its own, and says how many.
 *
 *   soil DIR   reads DIR/accounts.csv as `generate sample` wrote it; writes
 *              DIR/dirty_accounts.csv and DIR/dirt.csv (code,count)
 *
 * A row gets one flaw at most, so that counts can be compared one by one. The
 * copy has a byte-order mark, CRLF, money with signs and thousands marks, the
 * text NULL for blank, and a report footer, none of which is a flaw. */
#include <csv.h>
#include <stdint.h>
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

typedef struct flaw {
    const char *code;
    int count;
    int column[2];
    const char *text[2];
} flaw;

static const flaw flaws[] = {
    {"coordinate-zero", 7, {LATITUDE, LONGITUDE}, {"0", "0"}},
    {"account-unplaced", 5, {LATITUDE, LONGITUDE}, {"", ""}},
    {"coordinate-range", 3, {LATITUDE, LATITUDE}, {"95.2", "95.2"}},
    {"owner-unknown", 6, {OWNER, SELLER}, {"R99", "R99"}},
    {"parent-unknown", 4, {PARENT, PARENT}, {"A-9999", "A-9999"}},
    {"revenue-negative", 4, {REVENUE, REVENUE}, {"(1250.00)", "(1250.00)"}},
    {"revenue-outlier", 3, {REVENUE, REVENUE}, {"900000000", "900000000"}},
    {"field-number", 3, {REVENUE, REVENUE}, {"unknown", "unknown"}},
    {"id-blank", 2, {ID, ID}, {"", ""}},
};

static void add_flaw(FILE *dirt, const flaw *f)
{
    for (int i = 0; i < f->count; i++) {
        row *r = fresh();
        set(r, f->column[0], f->text[0]);
        set(r, f->column[1], f->text[1]);
    }
    fprintf(dirt, "%s,%d\n", f->code, f->count);
}

/* --- flaws between rows --- */

static void add_circles(FILE *dirt, int n)
{
    for (int i = 0; i < n; i++) {
        row *a = fresh(), *b = fresh();
        set(a, PARENT, b->cell[ID]);
        set(b, PARENT, a->cell[ID]);
    }
    fprintf(dirt, "parent-circular,%d\n", 2 * n);
}

static row *copy_of(const row *r)
{
    if (n_rows == MOST_ROWS)
        exit(4);
    rows[n_rows] = *r;
    rows[n_rows].flawed = 1;
    return &rows[n_rows++];
}

static void add_same_ids(FILE *dirt, int n)
{
    for (int i = 0; i < n; i++)
        copy_of(fresh())->cell[NAME][0] = 'X';
    fprintf(dirt, "id-duplicate,%d\n", n);
}

/* The same company entered again by another hand. */
static void add_same_names(FILE *dirt, int n)
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
    fprintf(dirt, "account-duplicate,%d\n", 2 * n);
}

static void count_stale(FILE *dirt)
{
    int n = 0;
    for (int i = 1; i < n_rows; i++)
        n += *rows[i].cell[OWNER] && *rows[i].cell[SELLER] &&
             strcmp(rows[i].cell[OWNER], rows[i].cell[SELLER]) != 0;
    fprintf(dirt, "owner-stale,%d\n", n);
}

/* --- what is no flaw, if it is read as declared --- */

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
    fputs("\xEF\xBB\xBF", out);
    for (int i = 0; i < n_rows; i++)
        for (int c = 0; c < N_COLUMNS; c++) {
            write_cell(out, rows[i].cell[c]);
            fputs(c + 1 < N_COLUMNS ? "," : "\r\n", out);
        }
    fputs("\r\n\"Kestrel Lab Supply: All Accounts\"\r\n"
          "\"Copyright (c) 2000-2026 Kestrel Lab Supply\"\r\n"
          "\"Confidential Information - Do Not Distribute\"\r\n",
          out);
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(4);
    }
    return out;
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
    FILE *dirt = create(argv[1], "dirt.csv");
    fputs("code,count\n", dirt);
    for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++)
        add_flaw(dirt, &flaws[i]);
    add_circles(dirt, 2);
    add_same_ids(dirt, 4);
    add_same_names(dirt, 6);
    count_stale(dirt);
    dress_up();
    FILE *out = create(argv[1], "dirty_accounts.csv");
    write_rows(out);
    int bad = ferror(out) || ferror(dirt);
    return fclose(out) || fclose(dirt) || bad ? 4 : 0;
}
