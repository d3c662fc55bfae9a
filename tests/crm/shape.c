/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns a table of accounts and one of reps into what a CRM would export of
 * them, and into that CRM itself as tests/crm/importer.c keeps it.
 *
 *   shape CRM ACCOUNTS REPS OUT [--first N] [--owners STATE] [--no-vacancies]
 *
 * OUT/accounts.csv and OUT/users.csv are the exports, OUT/reps.csv the
 * planner's reps, called as the CRM's accounts call their owners,
 * OUT/scenario.xml the plan over them; OUT/state the CRM. --owners: owners (and
 * what else may have changed) are those of a state, and OUT/accounts.csv only
 * is written. */
#include "shapes.h"
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- keys --- */

static char digit62(unsigned n)
{
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[n %
                                                                            62];
}

/* Neighbours differ in case only, now and then: 7919 is prime to 62^3. */
static const char *salesforce_id(const char *begins, unsigned n)
{
    unsigned k = n * 7919;
    char *id = textf("%sx00000%s000000", begins, "2x");
    for (int at = 14; at > 11; at--, k /= 62)
        id[at] = digit62(k);
    char suffix[4] = "";
    for (int block = 0; block < 3; block++) {
        int bits = 0;
        for (int i = 0; i < 5; i++) {
            char c = id[block * 5 + i];
            bits |= (c >= 'A' && c <= 'Z') << i;
        }
        suffix[block] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
    }
    return textf("%.15s%s", id, suffix);
}

static const char *key(const shape *s, int user, int n)
{
    unsigned u = (unsigned)n, mix = u * 2654435761u;
    switch (s->keys) {
    case 'S':
        return salesforce_id(user ? "005" : "001", u);
    case 'G':
        return textf("%08x-%04x-%04x-%04x-%012x", mix, mix >> 20,
                     user ? 0x4005u : 0x4001u, 0x8000u + u, mix ^ u);
    case 'N':
        return textf("%d", (user ? 700000 : 90010000) + 7 * n);
    case 'Z':
        return textf("5547%d0000000%05d", user ? 1 : 2, n);
    case 'O':
        return user ? textf("__export__.res_users_%d_%08x", n, mix)
                    : textf("__export__.res_partner_%d_%08x", n, mix);
    case 'E':
        return textf("5f%08x%07x", mix, u + (user ? 0x5000000u : 0u));
    case 'n':
        return textf("%d", n);
    default:
        return textf("%s%04d", user ? "U-" : "C-", n);
    }
}

/* --- people --- */

typedef struct person {
    const char *key, *name, *login, *email;
    int active;
} person;

enum {
    MOST_PEOPLE = 200
};

static person people[MOST_PEOPLE];
static int n_people;

static int add_person(const shape *s, const char *name, const char *email,
                      int active)
{
    const char *at = strchr(email, '@');
    char *login = s->login == 'e' ? keep_text(email, strlen(email))
                                  : keep_text(email, (size_t)(at - email));
    for (char *c = login; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    people[n_people] =
        (person){key(s, 1, n_people + 1), name, login, email, active};
    return n_people++;
}

static int person_called(const char *email)
{
    for (int p = 0; p < n_people; p++)
        if (*email && !strcmp(people[p].email, email))
            return p;
    return -1;
}

/* People without accounts first, so that no row number is a rep's by chance. */
static void add_people(const shape *s, const sheet *reps)
{
    add_person(s, "Ines Integration", "integration@kestrel-lab.example", 1);
    add_person(s, "Otto Former", "o.former@kestrel-lab.example", 0);
    add_person(s, "Queue Unassigned", "queue@kestrel-lab.example", 1);
    add_person(s, "Pia Former-Jones", "p.former@kestrel-lab.example", 0);
    for (int row = 1; row < reps->n && n_people < MOST_PEOPLE; row++)
        if (*sheet_get(reps, row, "email"))
            add_person(s, sheet_get(reps, row, "name"),
                       sheet_get(reps, row, "email"), 1);
}

/* The rep's person, -1: a vacancy, or nobody. */
static int person_of(const sheet *reps, const char *rep)
{
    int row = *rep ? sheet_find(reps, "rep_id", rep) : 0;
    return row ? person_called(sheet_get(reps, row, "email")) : -1;
}

static const char *called(const shape *s, int p)
{
    return p < 0           ? ""
           : s->rep == 'k' ? people[p].key
           : s->rep == 'l' ? people[p].login
                           : people[p].name;
}

/* --- writing --- */

static void put(FILE *file, const shape *s, const char *text)
{
    int quote =
        s->quote_all || strchr(text, s->separator) || strpbrk(text, "\"\r\n");
    fputs(quote ? "\"" : "", file);
    for (; *text; text++)
        fprintf(file, *text == '"' ? "\"%c" : "%c", *text);
    fputs(quote ? "\"" : "", file);
}

typedef const char *cell_of(const shape *s, char what, int row, void *context);

/* Row -1 is the header. */
static void put_row(FILE *file, const shape *s, const char *columns, int row,
                    cell_of *cell, void *context)
{
    for (const char *at = columns; *at;) {
        const char *eq = strchr(at, '=');
        put(file, s,
            row < 0 ? keep_text(at, (size_t)(eq - at))
                    : cell(s, eq[1], row, context));
        at = eq + 2 + (eq[2] == '|');
        if (*at)
            putc(s->separator, file);
    }
    fputs(s->crlf ? "\r\n" : "\n", file);
}

static FILE *opened(const char *dir, const char *name, const shape *s)
{
    FILE *file = fopen(textf("%s/%s", dir, name), "wb");
    if (!file) {
        fprintf(stderr, "shape: cannot write %s/%s\n", dir, name);
        exit(4);
    }
    if (s && s->mark)
        fputs("\xEF\xBB\xBF", file);
    return file;
}

typedef struct company {
    sheet *accounts, *reps;
    sheet *state; /* owners as they are now, or NULL */
    int rows;
} company;

static int owner_of(const company *co, int row)
{
    if (!co->state)
        return person_of(co->reps, sheet_get(co->accounts, row, "owner_id"));
    /* Of several the one who was added last. */
    const char *id = sheet_get(co->state, row, "owner"), *last = id;
    for (const char *at = id; (at = strchr(at, '|')); last = ++at)
        ;
    for (int p = 0; p < n_people; p++)
        if (!strcmp(people[p].key, last))
            return p;
    return -1;
}

static const char *name_of(const company *co, int row)
{
    /* Quotes, commas, and what is not ASCII. */
    const char *name = sheet_get(co->accounts, row, "account_name");
    return row % 50 == 3 ? textf("%s \"Zoë & Söhne\"", name) : name;
}

static const char *parent_of(const shape *s, const company *co, int row)
{
    const char *parent = sheet_get(co->accounts, row, "parent_id");
    int at = *parent ? sheet_find(co->accounts, "account_id", parent) : 0;
    return at && at < co->rows ? key(s, 0, at) : "";
}

static const char *account_cell(const shape *s, char what, int row,
                                void *context)
{
    static const struct {
        char what;
        const char *from;
    } plain[] = {
        {'t', "type"},      {'i', "industry"},   {'e', "employees"},
        {'c', "city"},      {'s', "state"},      {'C', "country"},
        {'y', "latitude"},  {'x', "longitude"},  {'r', "annual_revenue"},
        {'P', "potential"}, {'z', "postal_code"}};
    const company *co = context;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].what == what)
            return sheet_get(co->accounts, row, plain[i].from);
    int owner = owner_of(co, row);
    const char *id = key(s, 0, row), *parent = parent_of(s, co, row);
    int len = s->short_ids ? 15 : 99;
    switch (what) {
    case 'k':
        return textf("%s%.*s", s->prefix, len, id);
    case 'p':
        return *parent ? textf("%s%.*s", s->prefix, len, parent) : "";
    case 'n':
        return name_of(co, row);
    case 'N':
        return textf("ACC-%05d", row);
    case 'o':
        return owner < 0 ? "" : people[owner].key;
    case 'O':
        return owner < 0 ? "" : people[owner].name;
    case 'l':
        return owner < 0 ? "" : people[owner].login;
    case '#':
        return co->state ? sheet_get(co->state, row, "checksum")
                         : textf("c%dk+/==", row * 31);
    case 'm':
        return co->state ? sheet_get(co->state, row, "modified")
                         : textf("2026-11-%02d 09:30:00", 1 + row % 24);
    case 'd':
        return textf("11/%02d/2026 09:30", 1 + row % 24);
    default:
        return row % 7 ? "" : "note, of \"no\" use\nin two lines";
    }
}

static const char *user_cell(const shape *s, char what, int row, void *context)
{
    (void)s;
    (void)context;
    const person *p = &people[row];
    const char *space = strchr(p->name, ' ');
    switch (what) {
    case 'k':
        return s->short_ids ? keep_text(p->key, 15) : p->key;
    case 'n':
        return p->name;
    case 'f':
        return space ? keep_text(p->name, (size_t)(space - p->name)) : "";
    case 'g':
        return space ? space + 1 : p->name;
    case 'l':
        return p->login;
    case 'e':
        return p->email;
    case 'a':
        return p->active ? "Active" : "Inactive";
    case 'A':
        return p->active ? "true" : "false";
    case 'S':
        return p->active ? "Enabled" : "Disabled";
    case '1':
        return p->active ? "1" : "0";
    default:
        return "";
    }
}

static void write_accounts(const shape *s, company *co, const char *dir)
{
    FILE *file = opened(dir, "accounts.csv", s);
    put_row(file, s, s->accounts, -1, account_cell, co);
    for (int row = 1; row < co->rows; row++)
        put_row(file, s, s->accounts, row, account_cell, co);
    if (s->footer)
        fputs(
            "\n\n\"Kestrel Lab Supply: accounts and owners\"\n\"Copyright (c) "
            "2000-2026 salesforce.com, inc. All rights reserved.\"\n"
            "\"Confidential Information - Do Not Distribute\"\n\"Generated "
            "By:  Ines Integration  11/25/2026 9:30 AM\"\n",
            file);
    fclose(file);
}

static void write_users(const shape *s, const char *dir)
{
    FILE *file = opened(dir, "users.csv", s);
    put_row(file, s, s->users, -1, user_cell, NULL);
    for (int p = 0; p < n_people; p++)
        put_row(file, s, s->users, p, user_cell, NULL);
    fclose(file);
}

/* The planner's table: reps are called as accounts call their owners. */
static void write_reps(const shape *s, const sheet *reps, const char *dir)
{
    sheet *ours = sheet_new();
    for (int row = 0; row < reps->n; row++) {
        sheet_add(ours, reps->width[row]);
        for (int c = 0; c < reps->width[row]; c++)
            ours->cell[row][c] = reps->cell[row][c];
        int p = row ? person_called(sheet_get(reps, row, "email")) : -1;
        if (p >= 0)
            sheet_set(ours, row, "rep_id", called(s, p));
    }
    sheet_save(ours, textf("%s/reps.csv", dir));
}

static void write_state(const shape *s, company *co, const char *dir)
{
    FILE *file = opened(dir, "state/users.csv", NULL);
    fputs("id,login,email,name,active\n", file);
    for (int p = 0; p < n_people; p++)
        fprintf(file, "%s,%s,%s,%s,%s\n", people[p].key, people[p].login,
                people[p].email, people[p].name,
                people[p].active ? "yes" : "no");
    fclose(file);
    sheet *state = sheet_new();
    static const char *const headers[] = {"key",    "name",     "owner",
                                          "number", "checksum", "modified"};
    for (int row = 0; row < co->rows; row++) {
        sheet_add(state, 6);
        for (int c = 0; !row && c < 6; c++)
            state->cell[0][c] = keep_text(headers[c], strlen(headers[c]));
        if (!row)
            continue;
        sheet_set(state, row, "key", key(s, 0, row));
        sheet_set(state, row, "name", name_of(co, row));
        sheet_set(state, row, "owner", account_cell(s, 'o', row, co));
        sheet_set(state, row, "number", account_cell(s, 'N', row, co));
        sheet_set(state, row, "checksum", account_cell(s, '#', row, co));
        sheet_set(state, row, "modified", account_cell(s, 'm', row, co));
    }
    sheet_save(state, textf("%s/state/accounts.csv", dir));
}

int main(int argc, char **argv)
{
    const shape *s = NULL;
    for (size_t i = 0; argc > 4 && i < sizeof shapes / sizeof *shapes; i++)
        if (!strcmp(shapes[i].crm, argv[1]))
            s = &shapes[i];
    if (!s) {
        fputs("usage: shape CRM ACCOUNTS REPS OUT [--first N] [--owners "
              "STATE]\n",
              stderr);
        return 3;
    }
    company co = {.accounts = sheet_read(argv[2], ','),
                  .reps = sheet_read(argv[3], ',')};
    if (!co.accounts || !co.reps)
        return 4;
    co.rows = co.accounts->n;
    for (int at = 5; at + 1 < argc; at += 2)
        if (!strcmp(argv[at], "--first") && atoi(argv[at + 1]) < co.rows)
            co.rows = atoi(argv[at + 1]) + 1;
        else if (!strcmp(argv[at], "--owners"))
            co.state = sheet_read(textf("%s/accounts.csv", argv[at + 1]), ',');
    add_people(s, co.reps);
    write_accounts(s, &co, argv[4]);
    if (co.state)
        return 0;
    write_users(s, argv[4]);
    write_reps(s, co.reps, argv[4]);
    write_state(s, &co, argv[4]);
    return 0;
}
