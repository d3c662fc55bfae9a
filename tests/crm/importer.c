/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does with a file what a CRM's importer would do, on a CRM that is a folder of
 * tables.
 *
 *   importer CRM STATE [OPTION...] FILE...
 *     --sf 'COMMAND'    salesforce: the line of `sf`, instead of files
 *     --table NAME      what the files are for: accounts (default), contacts
 * ...
 *     --remove          the rows are taken away (dolibarr)
 *     --may-clear       that a record has no owner then is meant (a rollback)
 *     --key HEADER      that is chosen in the importer's dialogue
 *     --separator C     as set in the importer's dialogue
 *     --rows N, --bytes N   other limits of a file than the CRM's own
 *
 * STATE has accounts.csv (key,name,owner), users.csv (id,login,email,name,
 * active), and what else is needed: contacts.csv and opportunities.csv
 * (key,account,owner), territories.csv (key,name,code,parent), associations.csv
 * (key,account,territory,cause), members.csv (key,user,territory,role).
 *
 * Prints a line for each row that is refused, and for each that goes wrong
 * without the CRM saying so; then "rows N applied N refused N silent N". Exit:
 * 0 all is applied, 1 not all, 3 usage, 4 a file. */
#include "importer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__attribute__((format(printf, 4, 0))) static void
say(const char *what, const char *file, int row, const char *why, va_list list)
{
    printf("%s %s:%d: ", what, file, row);
    vprintf(why, list);
    putchar('\n');
}

void say_refused(importer *im, const char *file, int row, const char *why, ...)
{
    va_list list;
    va_start(list, why);
    say("refused", file, row, why, list);
    va_end(list);
    im->refused++;
}

void say_silent(importer *im, const char *file, int row, const char *why, ...)
{
    va_list list;
    va_start(list, why);
    say("silent", file, row, why, list);
    va_end(list);
    im->silent++;
}

void refuse_file(importer *im, const char *file, const sheet *given,
                 const char *why)
{
    int rows = given->n - 1;
    say_refused(im, file, 0, "%s; none of %d rows is taken", why, rows);
    im->rows += rows;
    im->refused += rows > 0 ? rows - 1 : 0;
}

sheet *state_table(const importer *im, const char *name)
{
    sheet *table = sheet_read(textf("%s/%s.csv", im->state, name), ',');
    if (!table || !table->n) {
        fprintf(stderr, "importer: no %s.csv in %s\n", name, im->state);
        return NULL;
    }
    return table;
}

void state_save(const importer *im, const sheet *table, const char *name)
{
    if (sheet_save(table, textf("%s/%s.csv", im->state, name))) {
        fprintf(stderr, "importer: cannot write %s\n", name);
        exit(4);
    }
}

static int utf8(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        int more = *at < 0x80 ? 0 : *at >= 0xF0 ? 3 : *at >= 0xE0 ? 2 : 1;
        if (*at >= 0xF5 || (*at >= 0x80 && *at < 0xC2))
            return 0;
        for (at++; more > 0; more--, at++)
            if ((*at & 0xC0) != 0x80)
                return 0;
    }
    return 1;
}

int all_utf8(const sheet *given)
{
    for (int row = 0; row < given->n; row++)
        for (int c = 0; c < given->width[row]; c++)
            if (!utf8(given->cell[row][c]))
                return 0;
    return 1;
}

void misread(sheet *given)
{
    for (int row = 0; row < given->n; row++)
        for (int c = 0; c < given->width[row]; c++) {
            const char *at = given->cell[row][c];
            char *out = keep(2 * strlen(at) + 1), *end = out;
            for (; *at; at++) {
                unsigned char b = (unsigned char)*at;
                if (b >= 0x80)
                    *end++ = (char)(0xC0 | b >> 6);
                *end++ = (char)(b >= 0x80 ? 0x80 | (b & 0x3F) : b);
            }
            given->cell[row][c] = out;
        }
}

int find_user(const importer *im, unsigned by, const char *text, int *many)
{
    static const char *const header[] = {"id", "login", "email", "name"};
    *many = 0;
    int found = 0;
    for (int row = 1; row < im->users->n; row++) {
        int named = 0;
        for (unsigned i = 0; i < 4; i++)
            if (by & 1u << i)
                named |= !strcmp(sheet_get(im->users, row, header[i]), text);
        *many |= named && found;
        found = named && !found ? row : found;
    }
    return found;
}

int is_active(const importer *im, int user)
{
    return !strcmp(sheet_get(im->users, user, "active"), "yes");
}

static int usage(void)
{
    fputs("usage: importer CRM STATE [--table NAME] [--remove] [--may-clear] "
          "[--key HEADER] [--separator C] [--rows N] [--bytes N] {--sf COMMAND "
          "| FILE...}\n",
          stderr);
    return 3;
}

/* What is left of the arguments are files. */
static int options(importer *im, int argc, char **argv, const char **sf)
{
    int at = 3;
    for (; at < argc && !strncmp(argv[at], "--", 2); at++) {
        const char *value = at + 1 < argc ? argv[at + 1] : "";
        int removes = !strcmp(argv[at], "--remove");
        if (removes || !strcmp(argv[at], "--may-clear")) {
            im->removes |= removes;
            im->may_clear |= !removes;
            continue;
        }
        if (!strcmp(argv[at], "--table"))
            im->table = value;
        else if (!strcmp(argv[at], "--key"))
            im->key = value;
        else if (!strcmp(argv[at], "--separator"))
            im->separator = *value;
        else if (!strcmp(argv[at], "--rows"))
            im->most_rows = atol(value);
        else if (!strcmp(argv[at], "--bytes"))
            im->most_bytes = atol(value);
        else if (!strcmp(argv[at], "--sf"))
            *sf = value;
        else
            return argc + 1;
        at++;
    }
    return at;
}

int main(int argc, char **argv)
{
    importer im = {.table = "accounts", .separator = ','};
    const char *sf = NULL;
    int at = argc < 4 ? argc + 1 : options(&im, argc, argv, &sf);
    if (at > argc || (at == argc && !sf))
        return usage();
    im.state = argv[2];
    im.users = state_table(&im, "users");
    if (!im.users)
        return 4;
    int failed = sf ? salesforce_take(&im, sf) : 0;
    for (; !failed && at < argc; at++)
        failed = !strcmp(argv[1], "dolibarr")
                     ? dolibarr_take(&im, argv[at])
                     : owners_take(&im, argv[1], argv[at]);
    if (failed)
        return failed;
    printf("rows %ld applied %ld refused %ld silent %ld\n", im.rows, im.applied,
           im.refused, im.silent);
    return im.refused || im.silent;
}
