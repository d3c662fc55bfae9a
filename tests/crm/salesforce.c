/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Salesforce's Bulk API 2.0 as `sf data ... bulk` drives it: one command, one
 * file, and what is declared must be so. */
#include "importer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef struct field {
    const char *name;  /* of the API */
    const char *state; /* header in the state's table */
    const char *ref;   /* table that it is a key of; NULL: a text */
    const char *begins;
    int must;
} field;

enum {
    MOST_FIELDS = 10
};

typedef struct object {
    const char *name, *table, *begins;
    int updates; /* the API has update for it */
    field field[MOST_FIELDS];
} object;

static const object objects[] = {
    {"Account",
     "accounts",
     "001",
     1,
     {{"OwnerId", "owner", "users", "005", 0}}},
    {"Contact",
     "contacts",
     "003",
     1,
     {{"OwnerId", "owner", "users", "005", 0}}},
    {"Opportunity",
     "opportunities",
     "006",
     1,
     {{"OwnerId", "owner", "users", "005", 0}}},
    {"ObjectTerritory2Association",
     "associations",
     "",
     0,
     {{"ObjectId", "account", "accounts", "001", 1},
      {"Territory2Id", "territory", "territories", "0MI", 1},
      {"AssociationCause", "cause", NULL, NULL, 1}}},
    {"UserTerritory2Association",
     "members",
     "",
     1,
     {{"UserId", "user", "users", "005", 1},
      {"Territory2Id", "territory", "territories", "0MI", 1},
      {"RoleInTerritory2", "role", NULL, NULL, 0}}},
    {"Territory2",
     "territories",
     "0MI",
     1,
     {{"Name", "name", NULL, NULL, 1},
      {"DeveloperName", "code", NULL, NULL, 1},
      {"Territory2ModelId", "model", NULL, NULL, 1},
      {"Territory2TypeId", "type", NULL, NULL, 1},
      {"ParentTerritory2Id", "parent", "territories", "0MI", 0},
      {"AccountAccessLevel", "access", NULL, NULL, 0},
      {"OpportunityAccessLevel", "access", NULL, NULL, 0},
      {"CaseAccessLevel", "access", NULL, NULL, 0}}},
};

typedef struct job {
    importer *im;
    const char *does, *sobject, *file, *ends, *separator;
    const object *object;
    sheet *given;
} job;

/* --- the command --- */

static const char *value_of(const char *command, const char *name,
                            const char *letter)
{
    const char *copy = keep_text(command, strlen(command)), *before = "";
    for (char *at = strtok((char *)copy, " \n"); at; at = strtok(NULL, " \n")) {
        if (!strcmp(before, name) || !strcmp(before, letter))
            return at;
        before = at;
    }
    return NULL;
}

static char separator_of(const char *name)
{
    static const char *const names[] = {"BACKQUOTE", "CARET",     "COMMA",
                                        "PIPE",      "SEMICOLON", "TAB"};
    for (size_t i = 0; i < 6; i++)
        if (name && !strcmp(name, names[i]))
            return "`^,|;\t"[i];
    return 0;
}

/* --- ids --- */

static char suffix_of(const char *five)
{
    int bits = 0;
    for (int i = 0; i < 5; i++)
        bits |= (five[i] >= 'A' && five[i] <= 'Z') << i;
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
}

/* What is wrong with an id, or NULL. */
static const char *id_fault(const char *id, const char *begins)
{
    size_t len = strlen(id);
    if (!len)
        return "MISSING_ARGUMENT";
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)id[i]))
            return "MALFORMED_ID";
    if ((len != 15 && len != 18) || strncmp(id, begins, strlen(begins)) != 0)
        return "MALFORMED_ID";
    for (size_t i = 15; i < len; i++)
        if (id[i] != suffix_of(id + (i - 15) * 5))
            return "MALFORMED_ID, the suffix is not that of the first 15";
    return NULL;
}

static int find_id(const sheet *table, const char *id)
{
    for (int row = 1; row < table->n; row++)
        if (!strncmp(sheet_at(table, row, 0), id, 15))
            return row;
    return 0;
}

/* --- rows --- */

/* The table that a field's keys are of, read once. */
static const sheet *table_of(const job *j, const char *name)
{
    static const sheet *read[2];
    static const char *names[2];
    if (!strcmp(name, "users"))
        return j->im->users;
    if (!strcmp(name, j->object->table))
        return j->im->records;
    int at = names[0] && strcmp(names[0], name) != 0;
    if (!names[at]) {
        names[at] = name;
        read[at] = state_table(j->im, name);
    }
    return read[at];
}

static const field *field_of(const job *j, const char *header)
{
    for (int i = 0; i < MOST_FIELDS && j->object->field[i].name; i++)
        if (!strcmp(j->object->field[i].name, header))
            return &j->object->field[i];
    return NULL;
}

static const char *code_fault(const job *j, const char *code)
{
    size_t len = strlen(code);
    for (size_t i = 0; i < len; i++)
        if (!isalnum((unsigned char)code[i]) && code[i] != '_')
            return "DeveloperName: letters, digits, underscores";
    if (!isalpha((unsigned char)code[0]) || code[len - 1] == '_' ||
        strstr(code, "__"))
        return "DeveloperName: begins with a letter, no underscore at the end, "
               "no two";
    return sheet_find(j->im->records, "code", code) ? "DUPLICATE_DEVELOPER_NAME"
                                                    : NULL;
}

/* What is wrong with a cell, or NULL. */
static const char *cell_fault(const job *j, const field *f, const char *text)
{
    if (!*text)
        return f->must ? "REQUIRED_FIELD_MISSING" : NULL;
    if (strlen(text) > 32000)
        return "a field over 32,000 characters";
    if (!strcmp(f->name, "DeveloperName"))
        return code_fault(j, text);
    if (!strcmp(f->name, "AssociationCause"))
        return strcmp(text, "Territory2Manual") ? "not a cause" : NULL;
    if (!strcmp(f->state, "access"))
        return strcmp(text, "Read") && strcmp(text, "Edit") &&
                       strcmp(text, "All")
                   ? "not an access level"
                   : NULL;
    if (!f->ref)
        return NULL;
    const char *why = id_fault(text, f->begins);
    const sheet *table =
        strcmp(f->ref, "users") ? state_table(j->im, f->ref) : j->im->users;
    int row = !why && table ? find_id(table, text) : 0;
    if (!why && !row)
        return "INVALID_CROSS_REFERENCE_KEY";
    if (!why && table == j->im->users && !is_active(j->im, row))
        return "INACTIVE_OWNER_OR_USER";
    return why;
}

static const char *cells_fault(const job *j, int row, const char **cell)
{
    for (int c = 0; c < j->given->width[row]; c++) {
        const char *header = j->given->cell[0][c];
        *cell = sheet_at(j->given, row, c);
        const field *f = field_of(j, header);
        if (!f || (!strcmp(*cell, "#N/A") && !f->must))
            continue;
        const char *why = cell_fault(j, f, *cell);
        if (why)
            return textf("%s, %s", why, header);
    }
    return NULL;
}

/* Puts cells into a row of the state; tells whether anything is another. */
static int put(const job *j, int row, int record)
{
    int changed = 0;
    for (int c = 0; c < j->given->width[row]; c++) {
        const field *f = field_of(j, j->given->cell[0][c]);
        const char *text = sheet_at(j->given, row, c);
        if (!f || !*text)
            continue;
        if (!strcmp(text, "#N/A"))
            text = "";
        if (f->ref && *text) {
            const sheet *table = table_of(j, f->ref);
            text = sheet_at(table, find_id(table, text), 0);
        }
        changed |=
            strcmp(sheet_get(j->im->records, record, f->state), text) != 0;
        sheet_set(j->im->records, record, f->state, text);
    }
    return changed;
}

static void update(const job *j, int row, int record)
{
    importer *im = j->im;
    if (!*sheet_at(j->given, row, 1))
        say_silent(im, j->file, row, "a blank is ignored; nothing happens");
    else if (!put(j, row, record))
        say_silent(im, j->file, row, "nothing in it is new");
    else if (!im->may_clear &&
             !*sheet_get(im->records, record, j->object->field[0].state))
        say_silent(im, j->file, row, "the record has no owner now");
    else
        im->applied++;
}

static void insert(const job *j, int row)
{
    importer *im = j->im;
    const sheet *all = im->records;
    const object *o = j->object;
    for (int r = 1; !o->begins[0] && r < all->n; r++) {
        int same = 0;
        for (int i = 0; i < 2; i++)
            same += !strncmp(sheet_get(all, r, o->field[i].state),
                             sheet_get(j->given, row, o->field[i].name), 15);
        if (same == 2) {
            say_refused(im, j->file, row,
                        "DUPLICATE_VALUE, such a pair exists");
            return;
        }
    }
    int record = sheet_add(im->records, all->width[0]);
    char *id =
        textf("%s%c%011d", o->begins[0] ? o->begins : "0tr", 'N', record);
    sheet_set(im->records, record, "key",
              textf("%s%c%c%c", id, suffix_of(id), suffix_of(id + 5),
                    suffix_of(id + 10)));
    put(j, row, record);
    im->applied++;
}

static void take_row(const job *j, int row, int *seen)
{
    importer *im = j->im;
    const char *cell = "", *why = NULL;
    int inserts = !strcmp(j->does, "import"), record = 0;
    if (j->given->width[row] != j->given->width[0])
        why = "InvalidBatch, as many cells as headers";
    else if (j->given->stray[row])
        why = "text beside a quote";
    if (!why && !inserts) {
        cell = sheet_get(j->given, row, "Id");
        why = id_fault(cell, j->object->begins);
        record = why ? 0 : find_id(im->records, cell);
        if (!why && (!record || seen[record]++))
            why = record ? "DUPLICATE_VALUE" : "INVALID_CROSS_REFERENCE_KEY";
    }
    if (!why)
        why = cells_fault(j, row, &cell);
    if (why)
        say_refused(im, j->file, row, "%s: \"%s\"", why, cell);
    else if (inserts)
        insert(j, row);
    else if (!strcmp(j->does, "update"))
        update(j, row, record);
    else if (!strcmp(sheet_get(im->records, record, "cause"),
                     "Territory2AssignmentRule"))
        say_silent(im, j->file, row,
                   "a rule's association is deleted; the rule "
                   "makes it again");
    else {
        sheet_set(im->records, record, "key", "deleted");
        im->applied++;
    }
}

static void drop_deleted(sheet *all)
{
    for (int row = all->n - 1; row > 0; row--)
        if (!strcmp(sheet_get(all, row, "key"), "deleted"))
            sheet_drop(all, row);
}

/* --- the file --- */

static const char *headers_fault(const job *j)
{
    int id = sheet_column(j->given, "Id");
    if (!strcmp(j->does, "import") ? id >= 0 : id != 0)
        return "update and delete have Id first, inserts have none";
    if (!strcmp(j->does, "delete") && j->given->width[0] != 1)
        return "a delete has Id only";
    for (int c = 0; c < j->given->width[0]; c++)
        if (c != id && !field_of(j, j->given->cell[0][c]))
            return textf("InvalidBatch : Field name not found : %s",
                         j->given->cell[0][c]);
    return NULL;
}

static const char *file_fault(const job *j)
{
    const sheet *given = j->given;
    long bytes = j->im->most_bytes ? j->im->most_bytes : 100L * 1000 * 1000;
    if (given->mark)
        return "InvalidBatch : Field name not found : \\uFEFFId";
    if (!j->ends || !j->separator)
        return "line end and separator are not declared: guessed";
    if (!strcmp(j->ends, "CRLF") ? given->lf != given->crlf : given->crlf > 0)
        return "LineEnding is invalid on user data";
    if (!all_utf8(given))
        return "not UTF-8";
    if (given->bytes > (size_t)bytes)
        return "too many bytes";
    if (given->open)
        return "a quote that is not closed";
    if (!strcmp(j->does, "update") && !j->object->updates)
        return "there is no update of this object";
    return headers_fault(j);
}

int salesforce_take(importer *im, const char *command)
{
    job j = {.im = im,
             .does = value_of(command, "data", "data"),
             .sobject = value_of(command, "--sobject", "-s"),
             .file = value_of(command, "--file", "-f"),
             .ends = value_of(command, "--line-ending", "--line-ending"),
             .separator = value_of(command, "--column-delimiter", "--")};
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (j.sobject && !strcmp(objects[i].name, j.sobject))
            j.object = &objects[i];
    char separator = j.separator ? separator_of(j.separator) : ',';
    if (!j.does || !j.object || !j.file || !separator ||
        (strcmp(j.does, "update") != 0 && strcmp(j.does, "import") != 0 &&
         strcmp(j.does, "delete") != 0)) {
        fprintf(stderr, "importer: not a command of sf: %s\n", command);
        return 3;
    }
    j.given = sheet_read(j.file, separator);
    im->records = state_table(im, j.object->table);
    if (!j.given || !j.given->n || !im->records)
        return 4;
    const char *why = file_fault(&j);
    if (why) {
        refuse_file(im, j.file, j.given, why);
        return 0;
    }
    int *seen = keep((size_t)(im->records->n + 1) * sizeof *seen);
    for (int row = 1; row < j.given->n; row++) {
        im->rows++;
        take_row(&j, row, seen);
    }
    drop_deleted(im->records);
    state_save(im, im->records, j.object->table);
    return 0;
}
