/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a profile writes, and their columns. */
#include "bw/alloc.h"
#include "crm_profile_form.h"
#include "words.h"

#include <string.h>
#include <strings.h>

#define BIT(value) (1u << (value))

enum {
    OF_RECORDS = BIT(BW_CRM_IS_DATE) | BIT(BW_CRM_IS_TEXT),
    OF_OWNED = OF_RECORDS | BIT(BW_CRM_IS_KEY) | BIT(BW_CRM_IS_OWNER) |
               BIT(BW_CRM_IS_NAME) | BIT(BW_CRM_IS_COPY)
};

static const char *const value_text[] = {
    [BW_CRM_IS_KEY] = "key",         [BW_CRM_IS_OWNER] = "owner",
    [BW_CRM_IS_NAME] = "name",       [BW_CRM_IS_DATE] = "date",
    [BW_CRM_IS_COPY] = "copy",       [BW_CRM_IS_TEXT] = "text",
    [BW_CRM_IS_PARENT] = "parent",   [BW_CRM_IS_CODE] = "code",
    [BW_CRM_IS_MODEL] = "model",     [BW_CRM_IS_TYPE] = "type",
    [BW_CRM_IS_ACCOUNT] = "account", [BW_CRM_IS_TERRITORY] = "territory",
    [BW_CRM_IS_USER] = "user",
};
enum {
    N_VALUES = sizeof value_text / sizeof *value_text
};

/* What columns of a table's files can hold, and what they must: there is no
 * table of users to be written. A record that is new has no key yet. */
static const struct {
    unsigned can, must;
} values_of[BW_CRM_N_TABLES] = {
    [BW_CRM_ACCOUNTS] = {OF_OWNED, BIT(BW_CRM_IS_KEY) | BIT(BW_CRM_IS_OWNER)},
    [BW_CRM_CONTACTS] = {OF_OWNED, BIT(BW_CRM_IS_KEY) | BIT(BW_CRM_IS_OWNER)},
    [BW_CRM_OPPORTUNITIES] = {OF_OWNED,
                              BIT(BW_CRM_IS_KEY) | BIT(BW_CRM_IS_OWNER)},
    [BW_CRM_TERRITORIES] = {OF_RECORDS | BIT(BW_CRM_IS_NAME) |
                                BIT(BW_CRM_IS_CODE) | BIT(BW_CRM_IS_PARENT) |
                                BIT(BW_CRM_IS_MODEL) | BIT(BW_CRM_IS_TYPE),
                            BIT(BW_CRM_IS_NAME) | BIT(BW_CRM_IS_CODE) |
                                BIT(BW_CRM_IS_PARENT)},
    [BW_CRM_ASSOCIATIONS] = {OF_RECORDS | BIT(BW_CRM_IS_ACCOUNT) |
                                 BIT(BW_CRM_IS_TERRITORY),
                             BIT(BW_CRM_IS_ACCOUNT) | BIT(BW_CRM_IS_TERRITORY)},
    [BW_CRM_MEMBERS] = {OF_RECORDS | BIT(BW_CRM_IS_USER) |
                            BIT(BW_CRM_IS_TERRITORY),
                        BIT(BW_CRM_IS_USER) | BIT(BW_CRM_IS_TERRITORY)},
};

static bool is_owned(bw_crm_which table)
{
    return table == BW_CRM_ACCOUNTS || table == BW_CRM_CONTACTS ||
           table == BW_CRM_OPPORTUNITIES;
}

/* Records of territories are taken away by their keys. */
static unsigned can_hold(const bw_crm_file *file, unsigned *must)
{
    *must = values_of[file->table].must;
    if (is_owned(file->table) || file->does != BW_CRM_REMOVES)
        return values_of[file->table].can;
    *must = BIT(BW_CRM_IS_KEY);
    return values_of[file->table].can | BIT(BW_CRM_IS_KEY);
}

static void list_values(unsigned values, bw_list *list)
{
    for (int v = 0; v < N_VALUES; v++)
        if (values & BIT(v))
            bw_list_add(list, value_text[v]);
}

static bw_crm_value value_of(const bw_element *e)
{
    int value = 0;
    while (value < N_VALUES && !bw_crm_attr_is(e, "value", value_text[value]))
        value++;
    return value < N_VALUES ? (bw_crm_value)value : BW_CRM_IS_TEXT;
}

static void check_header(bw_crm_reading *r, const bw_crm_file *file, int n,
                         bw_place at)
{
    const char *header = file->column[n].header;
    bw_crm_check_text(r, at, "the header", header);
    for (int i = 0; header && i < n; i++)
        if (file->column[i].header &&
            strcmp(file->column[i].header, header) == 0) {
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s has two columns \"%s\"; leave one", file->name,
                        header);
            return;
        }
}

/* Either value or text; nothing of a kind that the table has not. */
static void check_value(bw_crm_reading *r, const bw_element *e,
                        const bw_crm_file *file, const bw_crm_column *column)
{
    bw_place at;
    bool said = bw_crm_attr(r, e, "value", &at) != NULL;
    if (said == (column->text != NULL)) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "column \"%s\" must have either value or text; %s",
                    column->header, said ? "take one out" : "add one");
        return;
    }
    unsigned must, can = can_hold(file, &must);
    if (can & BIT(column->value))
        return;
    bw_list list = {.n = 0};
    list_values(can, &list);
    bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                "column \"%s\" cannot hold %s: %s is a file of %s; it can hold "
                "%s",
                column->header, value_text[column->value], file->name,
                bw_crm_which_text(file->table), bw_list_text(&list));
    bw_list_free(&list);
}

static void read_column(bw_crm_reading *r, const bw_element *e,
                        const bw_crm_file *file, bw_crm_column *column, int n)
{
    bw_place header_at, text_at, optional_at;
    column->header = bw_crm_attr(r, e, "header", &header_at);
    column->text = bw_crm_attr(r, e, "text", &text_at);
    column->value = value_of(e);
    column->optional = bw_crm_attr_is(e, "optional", "yes");
    if (r->nomem)
        return;
    check_header(r, file, n, header_at);
    bw_crm_check_text(r, text_at, "the text", column->text);
    check_value(r, e, file, column);
    bw_element_attr(e, "optional", &optional_at);
    if (column->optional && column->value != BW_CRM_IS_COPY)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE,
                    bw_crm_place(r, optional_at),
                    "column \"%s\" is no copy, so that it is always there; "
                    "take optional out",
                    column->header);
}

/* What a row needs to say whom it is about; twice would contradict itself. */
static void check_columns(bw_crm_reading *r, const bw_crm_file *file)
{
    unsigned must, found = 0;
    if (r->nomem)
        return;
    can_hold(file, &must);
    for (int i = 0; i < file->n_columns; i++)
        found |= BIT(file->column[i].value);
    must &= ~found;
    if (!must)
        return;
    bw_list list = {.n = 0};
    list_values(must, &list);
    bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, file->place,
                "%s has no column for: %s; without it its rows say nothing",
                file->name, bw_list_text(&list));
    bw_list_free(&list);
}

/* Names that an export writes itself, and those of parts of other files. */
static void check_name(bw_crm_reading *r, const bw_crm_file *file, int n,
                       bw_place at)
{
    static const char *const own[] = {"held.csv", "owners.csv", "users.csv"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcasecmp(file->name, own[i]) == 0)
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s is a file that every export has; choose another "
                        "name",
                        own[i]);
    for (int i = 0; i < n; i++) {
        const char *a = r->profile->file[i].name, *b = file->name;
        if (strlen(a) > strlen(b)) {
            const char *longer = a;
            a = b;
            b = longer;
        }
        size_t base = strlen(a) - strlen(".csv");
        const char *rest = b + base;
        bool part =
            rest[0] == '_' && rest[1] >= '0' && rest[1] <= '9' &&
            strcmp(rest + 1 + strspn(rest + 1, "0123456789"), ".csv") == 0;
        if (strncasecmp(a, b, base) == 0 &&
            (part || strcasecmp(rest, ".csv") == 0))
            bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                        "%s would be mixed up with %s, whole or cut into parts "
                        "(first at line %u); choose another name",
                        file->name, r->profile->file[i].name,
                        r->profile->file[i].place.line);
    }
}

static void read_file(bw_crm_reading *r, const bw_element *e, bw_crm_file *file,
                      int n)
{
    bw_place name_at, table_at;
    file->place = bw_crm_place(r, bw_element_place(e));
    file->name = bw_crm_attr(r, e, "name", &name_at);
    bw_crm_attr(r, e, "table", &table_at);
    file->table = bw_crm_which_of(e, "table");
    file->does = bw_crm_attr_is(e, "does", "replaces") ? BW_CRM_REPLACES
                 : bw_crm_attr_is(e, "does", "adds")   ? BW_CRM_ADDS
                                                       : BW_CRM_REMOVES;
    file->n_columns = bw_crm_children(e, "column");
    bw_crm_column *columns =
        bw_crm_items(r, file->n_columns, sizeof *file->column);
    if (r->nomem)
        return;
    file->column = columns;
    check_name(r, file, n, name_at);
    if (file->table == BW_CRM_USERS) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, table_at,
                    "%s would change users; no file can", file->name);
        file->n_columns = 0;
        return;
    }
    if (!r->profile->table[file->table].given)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, table_at,
                    "%s is a file of %s, a table that is not given; add "
                    "<table name=\"%s\"> with its key",
                    file->name, bw_crm_which_text(file->table),
                    bw_crm_which_text(file->table));
    const bw_element *c = bw_crm_named(bw_element_child(e), "column");
    for (int i = 0; c; i++, c = bw_crm_named(bw_element_next(c), "column"))
        read_column(r, c, file, &columns[i], i);
    check_columns(r, file);
}

void bw_crm_read_files(bw_crm_reading *r)
{
    bw_crm_profile *p = r->profile;
    int n = bw_crm_children(r->root, "file");
    bw_crm_file *files = bw_crm_items(r, n, sizeof *files);
    if (r->nomem)
        return;
    p->file = files;
    const bw_element *e = bw_crm_named(bw_element_child(r->root), "file");
    for (; e && !r->nomem; e = bw_crm_named(bw_element_next(e), "file")) {
        read_file(r, e, &files[p->n_files], p->n_files);
        p->n_files++;
    }
}
