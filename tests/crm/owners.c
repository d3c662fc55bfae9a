/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Importers that take a table of records and owners in a dialogue. Each is a
 * row of the list below: what it looks for, and what it does with what it does
 * not find. A rule that no vendor states is the strictest one. */
#include "importer.h"

#include <stdio.h>
#include <string.h>

/* What becomes of a row with something wrong. */
typedef enum answer {
    ROW_FAILS,
    FILE_FAILS, /* and with it the whole file */
    LEFT,       /* nothing, without a word */
    STORED,     /* the text is stored as it is, and leads nowhere */
    CLEARED,    /* the record has no owner afterwards */
    CREATED     /* a new record comes to be */
} answer;

typedef enum mark_rule {
    MARK_FINE,
    MARK_NEEDED, /* for anything but ASCII */
    MARK_STRANGE /* not documented: the first header may be lost */
} mark_rule;

enum {
    MOST_OWNER_HEADERS = 10
};

typedef struct crm {
    const char *name;
    const char *key[5];
    struct {
        const char *header;
        unsigned by;
        answer unknown;
    } owner[MOST_OWNER_HEADERS];
    const char *must; /* a column that every row must fill */
    answer blank, unknown_record, several, inactive;
    mark_rule mark;
    long rows, bytes; /* of a file; 0: any number */
    int guid;         /* keys are; compared without case */
} crm;

static const crm crms[] = {
    {.name = "hubspot",
     .key = {"Record ID"},
     .owner = {{"Company owner", BY_EMAIL, ROW_FAILS},
               {"Contact owner", BY_EMAIL, ROW_FAILS},
               {"Deal owner", BY_EMAIL, ROW_FAILS}},
     .blank = LEFT,
     .mark = MARK_STRANGE,
     .rows = 1048575,
     .bytes = 512L * 1000 * 1000},
    {.name = "dynamics",
     .key = {"(Do Not Modify) Account", "Account Number", "Account"},
     .owner = {{"Owner", BY_EMAIL | BY_NAME, ROW_FAILS}},
     .blank = LEFT,
     .mark = MARK_NEEDED,
     .bytes = 8L * 1000 * 1000,
     .guid = 1},
    {.name = "zoho",
     .key = {"Record Id"},
     .owner = {{"Account Owner", BY_EMAIL, ROW_FAILS},
               {"Contact Owner", BY_EMAIL, ROW_FAILS},
               {"Deal Owner", BY_EMAIL, ROW_FAILS}},
     .blank = LEFT,
     .mark = MARK_STRANGE,
     .rows = 30000},
    {.name = "pipedrive",
     .key = {"Organization - ID"},
     .owner = {{"Organization - Owner", BY_NAME | BY_EMAIL, ROW_FAILS}},
     .must = "Organization - Name",
     .blank = LEFT,
     .mark = MARK_STRANGE,
     .rows = 50000,
     .bytes = 50L * 1000 * 1000},
    {.name = "odoo",
     .key = {"External ID", "id", "ID", "Id"},
     .owner = {{"Salesperson", BY_LOGIN | BY_NAME, FILE_FAILS},
               {"user_id", BY_LOGIN | BY_NAME, FILE_FAILS},
               {"Salesperson/External ID", BY_KEY, FILE_FAILS},
               {"Salesperson / External ID", BY_KEY, FILE_FAILS},
               {"Salesperson/ID", BY_KEY, FILE_FAILS},
               {"user_id/id", BY_KEY, FILE_FAILS}},
     .blank = CLEARED,
     .unknown_record = FILE_FAILS,
     .several = STORED,
     .inactive = FILE_FAILS,
     .mark = MARK_NEEDED},
    {.name = "suitecrm",
     .key = {"ID", "id"},
     .owner = {{"Assigned to", BY_LOGIN | BY_NAME, LEFT},
               {"assigned_user_name", BY_LOGIN | BY_NAME, LEFT},
               {"Assigned User", BY_KEY, STORED},
               {"assigned_user_id", BY_KEY, STORED}},
     .blank = LEFT,
     .unknown_record = CREATED,
     .several = STORED,
     .inactive = STORED},
    {.name = "espocrm",
     .key = {"id"},
     .owner = {{"assignedUserId", BY_KEY, STORED},
               {"assignedUserName", BY_LOGIN | BY_NAME, LEFT}},
     .blank = LEFT,
     .unknown_record = LEFT,
     .several = STORED,
     .inactive = STORED,
     .mark = MARK_STRANGE},
    {.name = "generic",
     .key = {"account_id", "contact_id", "opportunity_id", "id"},
     .owner = {{"owner_id", BY_KEY | BY_LOGIN | BY_EMAIL, ROW_FAILS},
               {"owner", BY_KEY | BY_LOGIN | BY_EMAIL, ROW_FAILS}},
     .blank = CLEARED,
     .mark = MARK_STRANGE},
};

/* What a file holds, and where. */
typedef struct take {
    importer *im;
    const crm *crm;
    const char *file;
    sheet *given;
    int key, owner, rule; /* columns; the row of crm.owner */
} take;

static int same_key(int guid, const char *a, const char *b)
{
    for (; *a && *b; a++, b++) {
        char x = *a, y = *b;
        if (guid && x >= 'A' && x <= 'Z')
            x = (char)(x - 'A' + 'a');
        if (guid && y >= 'A' && y <= 'Z')
            y = (char)(y - 'A' + 'a');
        if (x != y)
            return 0;
    }
    return *a == *b;
}

static int find_record(const take *t, const char *key)
{
    const sheet *all = t->im->records;
    const char *header = t->given->cell[0][t->key];
    int column =
        sheet_column(all, !strcmp(header, "Account Number") ? "number" : "key");
    for (int row = 1; row < all->n; row++)
        if (same_key(t->crm->guid, sheet_at(all, row, column), key))
            return row;
    return 0;
}

static int columns_found(take *t)
{
    t->key = t->im->key ? sheet_column(t->given, t->im->key) : -1;
    t->owner = -1;
    for (int i = 0; i < 5 && t->crm->key[i] && t->key < 0; i++)
        t->key = sheet_column(t->given, t->crm->key[i]);
    for (int i = 0; i < MOST_OWNER_HEADERS && t->crm->owner[i].header; i++)
        if (t->owner < 0) {
            t->owner = sheet_column(t->given, t->crm->owner[i].header);
            t->rule = i;
        }
    return t->key >= 0 && t->owner >= 0;
}

/* What Dynamics asks of a row of the user's own export. NULL: nothing. */
static const char *untouched(const take *t, int row, int record)
{
    if (strcmp(t->given->cell[0][t->key], "(Do Not Modify) Account") != 0)
        return NULL;
    const char *sum = sheet_get(t->given, row, "(Do Not Modify) Row Checksum");
    const char *on = sheet_get(t->given, row, "(Do Not Modify) Modified On");
    if (strcmp(sum, sheet_get(t->im->records, record, "checksum")) != 0)
        return "the row's checksum is missing, or is not that of the row";
    if (strcmp(on, sheet_get(t->im->records, record, "modified")) != 0)
        return "the row was changed since it was exported";
    return NULL;
}

/* What an importer makes of a row's fault. */
static answer fault(const take *t, int row, answer what, int file_only,
                    const char *why, const char *text)
{
    static const char *const end[] = {"",
                                      "",
                                      "; nothing happens",
                                      "; stored all the same",
                                      "; the record has no owner now",
                                      "; a nameless record was created"};
    if (file_only)
        return what;
    if (what == ROW_FAILS || what == FILE_FAILS)
        say_refused(t->im, t->file, row, "%s \"%s\"", why, text);
    else
        say_silent(t->im, t->file, row, "%s \"%s\"%s", why, text, end[what]);
    return what;
}

static void give(const take *t, int record, const char *owner)
{
    sheet *all = t->im->records;
    sheet_set(all, record, "owner", owner);
    /* Whatever changes a row gives it another checksum. */
    sheet_set(all, record, "checksum",
              textf("%s'", sheet_get(all, record, "checksum")));
    sheet_set(all, record, "modified",
              textf("%s'", sheet_get(all, record, "modified")));
}

/* The owner of a row that names a record. `trial`: nothing is said or done;
 * only whether the file fails is asked. */
static answer take_owner(const take *t, int row, int record, int trial)
{
    const char *text = sheet_at(t->given, row, t->owner);
    if (!*text) {
        if (!trial && t->crm->blank == CLEARED)
            give(t, record, "");
        if (!trial && t->crm->blank == CLEARED && t->im->may_clear) {
            t->im->applied++;
            return CLEARED;
        }
        return fault(t, row, t->crm->blank, trial, "no owner", text);
    }
    int many;
    int user = find_user(t->im, t->crm->owner[t->rule].by, text, &many);
    const char *new = user ? sheet_get(t->im->users, user, "id") : text;
    answer unknown = t->crm->owner[t->rule].unknown;
    if (!user) {
        if (!trial && unknown == STORED)
            give(t, record, new);
        return fault(t, row, unknown, trial, "unknown owner", text);
    }
    if (many || !is_active(t->im, user)) {
        answer what = many ? t->crm->several : t->crm->inactive;
        if (!trial && what == STORED)
            give(t, record, new);
        return fault(t, row, what, trial,
                     many ? "several users are called" : "inactive owner",
                     text);
    }
    if (trial)
        return LEFT;
    if (!strcmp(sheet_get(t->im->records, record, "owner"), new))
        return fault(t, row, LEFT, 0, "the owner already is", text);
    give(t, record, new);
    t->im->applied++;
    return LEFT;
}

static void create(const take *t, int row)
{
    sheet *all = t->im->records;
    int new = sheet_add(all, all->width[0]);
    sheet_set(all, new, "key", sheet_at(t->given, row, t->key));
    sheet_set(all, new, "owner", sheet_at(t->given, row, t->owner));
}

static answer take_row(const take *t, int row, int trial)
{
    const sheet *given = t->given;
    const char *key = sheet_at(given, row, t->key);
    if (given->width[row] != given->width[0])
        return fault(t, row, ROW_FAILS, trial, "as many cells as headers, key",
                     key);
    if (given->stray[row])
        return fault(t, row, ROW_FAILS, trial, "text beside a quote, key", key);
    int record = find_record(t, key);
    if (!record) {
        answer what = *key ? t->crm->unknown_record : ROW_FAILS;
        if (!trial && what == CREATED)
            create(t, row);
        return fault(t, row, what, trial, "unknown record", key);
    }
    const char *why = untouched(t, row, record);
    if (why)
        return fault(t, row, ROW_FAILS, trial, why, key);
    if (t->crm->must) {
        const char *name = sheet_get(given, row, t->crm->must);
        if (!*name)
            return fault(t, row, ROW_FAILS, trial, "a mandatory field, key",
                         key);
        if (strcmp(name, sheet_get(t->im->records, record, "name")) != 0)
            return fault(t, row, STORED, trial, "another name", name);
    }
    return take_owner(t, row, record, trial);
}

/* What the file as a whole is refused for, or NULL. */
static const char *file_fault(take *t)
{
    const importer *im = t->im;
    const sheet *given = t->given;
    long rows = im->most_rows ? im->most_rows : t->crm->rows;
    long bytes = im->most_bytes ? im->most_bytes : t->crm->bytes;
    if (!all_utf8(given))
        return "not UTF-8";
    if (given->mark && t->crm->mark == MARK_STRANGE)
        return "a mark: the first header may not be known";
    if (!given->mark && t->crm->mark == MARK_NEEDED)
        misread(t->given);
    if (!columns_found(t))
        return "no column for the key, or for the owner";
    if (rows && given->n - 1 > rows)
        return "too many rows";
    if (bytes && given->bytes > (size_t)bytes)
        return "too many bytes";
    if (given->open)
        return "a quote that is not closed";
    for (int row = 1; row < given->n; row++)
        if (take_row(t, row, 1) == FILE_FAILS)
            return textf("row %d names a record or an owner that is not there",
                         row);
    return NULL;
}

int owners_take(importer *im, const char *crm_name, const char *file)
{
    take t = {im, NULL, file, sheet_read(file, im->separator), -1, -1, 0};
    for (size_t i = 0; i < sizeof crms / sizeof *crms; i++)
        if (!strcmp(crms[i].name, crm_name))
            t.crm = &crms[i];
    if (!t.crm || !t.given || !t.given->n) {
        fprintf(stderr, "importer: %s: %s\n", file,
                t.crm ? "no such file, or nothing in it" : "no such CRM");
        return t.crm ? 4 : 3;
    }
    im->records = state_table(im, im->table);
    if (!im->records)
        return 4;
    const char *why = file_fault(&t);
    if (why) {
        refuse_file(im, file, t.given, why);
        return 0;
    }
    for (int row = 1; row < t.given->n; row++) {
        im->rows++;
        take_row(&t, row, 0);
    }
    state_save(im, im->records, im->table);
    return 0;
}
