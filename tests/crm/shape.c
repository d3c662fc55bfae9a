/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns a table of accounts and one of reps into what a CRM would export of
 * them, and into that CRM itself as tests/crm/importer.c keeps it.
 *
 *   shape CRM ACCOUNTS REPS OUT [--first N] [--owners STATE] [--locked yes]
 *
 * OUT/accounts.csv and OUT/users.csv are the exports, OUT/reps.csv the
 * planner's reps, called as the CRM's accounts call their owners,
 * OUT/scenario.xml the plan over them; OUT/state the CRM. --owners: owners (and
 * what else may have changed) are those of a state, and OUT/accounts.csv only
 * is written. */
#include "people.h"
#include "shapes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    return at && at < co->rows ? key(s, ACCOUNT, at) : "";
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
    const char *id = key(s, ACCOUNT, row), *parent = parent_of(s, co, row);
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

/* Contacts and opportunities: two an account, the second of another owner (of a
 * contact) or closed (an opportunity). */
typedef struct part {
    const company *co;
    int of;
} part;

static int part_owner(const part *p, int row)
{
    int owner = owner_of(p->co, (row + 1) / 2);
    return p->of == CONTACT && row % 2 == 0 && owner >= 0
               ? 4 + (owner - 3) % (n_people - 4)
               : owner;
}

static const char *part_cell(const shape *s, char what, int row, void *context)
{
    const part *p = context;
    int owner = part_owner(p, row);
    switch (what) {
    case 'k':
        return key(s, p->of, row);
    case 'p':
        return key(s, ACCOUNT, (row + 1) / 2);
    case 'o':
        return owner < 0 ? "" : people[owner].key;
    case 'A':
        return row % 2 ? "false" : "true";
    default:
        return textf("No. %d, of \"%s\"", row, name_of(p->co, (row + 1) / 2));
    }
}

static void write_parts(const shape *s, const company *co, int of,
                        const char *dir)
{
    const char *name = of == CONTACT ? "contacts.csv" : "opportunities.csv";
    const char *columns = of == CONTACT ? s->contacts : s->opportunities;
    if (!columns)
        return;
    part p = {co, of};
    FILE *file = opened(dir, name, s);
    FILE *state = opened(dir, textf("state/%s", name), NULL);
    put_row(file, s, columns, -1, part_cell, &p);
    fputs("key,account,owner,closed\n", state);
    for (int row = 1; row <= 2 * (co->rows - 1); row++) {
        put_row(file, s, columns, row, part_cell, &p);
        fprintf(state, "%s,%s,%s,%s\n", part_cell(s, 'k', row, &p),
                part_cell(s, 'p', row, &p), part_cell(s, 'o', row, &p),
                of == OPPORTUNITY ? part_cell(s, 'A', row, &p) : "");
    }
    fclose(file);
    fclose(state);
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
        sheet_set(state, row, "key", key(s, ACCOUNT, row));
        sheet_set(state, row, "name", name_of(co, row));
        sheet_set(state, row, "owner", account_cell(s, 'o', row, co));
        sheet_set(state, row, "number", account_cell(s, 'N', row, co));
        sheet_set(state, row, "checksum", account_cell(s, '#', row, co));
        sheet_set(state, row, "modified", account_cell(s, 'm', row, co));
    }
    sheet_save(state, textf("%s/state/accounts.csv", dir));
}

static void begin_scenario(FILE *file, const shape *s)
{
    fprintf(file,
            "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"%s\" "
            "date=\"2027-01-01\" currency=\"USD\">\n"
            "<accounts file=\"accounts.csv\"><column name=\"owner\" "
            "from=\"%s\"/><column name=\"potential\" from=\"%s\"/>%s"
            "</accounts>\n<reps file=\"reps.csv\"/>\n",
            s->crm, s->owner, s->potential, s->more ? s->more : "");
}

/* What the shipped sample plans, over the headers of this CRM. */
static void write_scenario(const shape *s, const char *dir)
{
    FILE *file = opened(dir, "scenario.xml", NULL);
    begin_scenario(file, s);
    fputs("<segments>\n"
          "<segment name=\"A\" where=\"$type = 'Named' or $potential >= "
          "150000\"><coverage calls=\"24\" hours=\"1.5\"/></segment>\n"
          "<segment name=\"B\" share=\"45%\" by=\"potential\"><coverage "
          "calls=\"12\" hours=\"1\"/></segment>\n"
          "<segment name=\"C\"><coverage calls=\"4\" hours=\"0.75\"/>"
          "</segment>\n</segments>\n"
          "<travel speed-kmh=\"70\" road-factor=\"1.3\" calls-per-trip=\"6\" "
          "hour-cost=\"75\" km-cost=\"0.4\"/>\n"
          "<handover share=\"6%\" hours=\"2\"/>\n"
          "<balance measure=\"workload\" target=\"share\" tolerance=\"10%\" "
          "over-cost=\"200\" under-cost=\"100\"/>\n"
          "<balance measure=\"potential\" target=\"equal\" tolerance=\"15%\" "
          "over-cost=\"0.1\" under-cost=\"0.1\"/>\n"
          "<rules><lock where=\"$type = 'Named'\"/><limit measure=\"km\" "
          "high=\"1500\"/></rules>\n"
          "<solve gap=\"5%\" effort=\"quick\" seed=\"1\"/>\n</scenario>\n",
          file);
    fclose(file);
}

/* Whatever the solver does, this is the plan. */
static void write_locked(const shape *s, company *co, const char *dir)
{
    FILE *file = opened(dir, "scenario.xml", NULL);
    begin_scenario(file, s);
    fputs("<travel count=\"no\"/>\n<rules>\n", file);
    for (int row = 1; row < co->rows; row++) {
        const char *rep = sheet_get(co->accounts, row, "last_seller_id");
        if (!*rep)
            rep = sheet_get(co->accounts, row, "owner_id");
        int p = person_of(co->reps, rep);
        fprintf(file, "<lock account=\"%s\" rep=\"%s\"/>\n",
                account_cell(s, 'k', row, co), p < 0 ? rep : called(s, p));
    }
    fputs("</rules>\n<solve effort=\"quick\"/>\n</scenario>\n", file);
    fclose(file);
}

int main(int argc, char **argv)
{
    const shape *s = NULL;
    for (size_t i = 0; argc > 4 && i < sizeof shapes / sizeof *shapes; i++)
        if (!strcmp(shapes[i].crm, argv[1]))
            s = &shapes[i];
    if (!s) {
        fputs("usage: shape CRM ACCOUNTS REPS OUT [--first N] [--owners "
              "STATE] [--locked yes]\n",
              stderr);
        return 3;
    }
    company co = {.accounts = sheet_read(argv[2], ','),
                  .reps = sheet_read(argv[3], ',')};
    if (!co.accounts || !co.reps)
        return 4;
    co.rows = co.accounts->n;
    int locked = 0;
    for (int at = 5; at + 1 < argc; at += 2)
        if (!strcmp(argv[at], "--locked"))
            locked = 1;
        else if (!strcmp(argv[at], "--first") && atoi(argv[at + 1]) < co.rows)
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
    write_parts(s, &co, CONTACT, argv[4]);
    write_parts(s, &co, OPPORTUNITY, argv[4]);
    if (locked)
        write_locked(s, &co, argv[4]);
    else
        write_scenario(s, argv[4]);
    return 0;
}
