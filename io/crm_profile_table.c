/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a profile: keys, fields and the headers that they go by. */
#include "bw/alloc.h"
#include "crm_profile_form.h"
#include "crm_table.h"
#include "synonyms.h"
#include "words.h"

#include <ctype.h>
#include <string.h>

enum {
    LONGEST_HEADER = 200 /* bytes of a header's plain form */
};

#define BIT(field) (1u << (field))

/* Which fields a table can have, and which it must have. */
static const struct {
    unsigned can, must;
} fields_of[BW_CRM_N_TABLES] = {
    [BW_CRM_ACCOUNTS] = {BIT(BW_CRM_NAME) | BIT(BW_CRM_OWNER), 0},
    [BW_CRM_USERS] = {BIT(BW_CRM_NAME) | BIT(BW_CRM_LOGIN) | BIT(BW_CRM_EMAIL) |
                          BIT(BW_CRM_ACTIVE),
                      0},
    [BW_CRM_CONTACTS] = {BIT(BW_CRM_NAME),
                         BIT(BW_CRM_OWNER) | BIT(BW_CRM_ACCOUNT)},
    [BW_CRM_OPPORTUNITIES] = {BIT(BW_CRM_NAME), BIT(BW_CRM_OWNER) |
                                                    BIT(BW_CRM_ACCOUNT) |
                                                    BIT(BW_CRM_CLOSED)},
    [BW_CRM_TERRITORIES] = {BIT(BW_CRM_NAME) | BIT(BW_CRM_PARENT),
                            BIT(BW_CRM_CODE)},
    [BW_CRM_ASSOCIATIONS] = {BIT(BW_CRM_CAUSE),
                             BIT(BW_CRM_ACCOUNT) | BIT(BW_CRM_TERRITORY)},
    [BW_CRM_MEMBERS] = {BIT(BW_CRM_ROLE),
                        BIT(BW_CRM_USER) | BIT(BW_CRM_TERRITORY)},
};

/* The headers of one table so far, in plain form, as a list in the arena. */
typedef struct seen {
    struct seen *next;
    const char *plain;
    const char *field;
    bw_place place;
} seen;

typedef struct headers {
    bw_crm_reading *r;
    seen *all;
    const char *field, *table;
    bw_place place;
    int joined; /* of the alternative at hand */
} headers;

static void list_fields(unsigned fields, bw_list *list)
{
    for (int f = 0; f < BW_CRM_N_FIELDS; f++)
        if (fields & BIT(f))
            bw_list_add(list, bw_crm_field_text((bw_crm_field)f));
}

/* Two fields cannot be read from one column, and of two equal headers the
 * second never counts. */
static void note_header(headers *h, const char *header, const char *plain)
{
    const seen *twin = h->all;
    while (twin && strcmp(twin->plain, plain) != 0)
        twin = twin->next;
    if (twin) {
        char place[BW_PLACE_TEXT];
        bool same = strcmp(twin->field, h->field) == 0;
        bw_diag_add(h->r->diags, BW_ERROR, BW_CRM_PROFILE, h->place,
                    "header \"%s\" of field %s stands %s%s%s%s%s; headers are "
                    "compared by their letters and digits alone; leave one",
                    header, h->field, same ? "twice" : "also at field ",
                    same ? "" : twin->field, same ? "" : " (",
                    same ? ""
                         : bw_place_text(twin->place, h->place.file, place),
                    same ? "" : ")");
        return;
    }
    seen *mine = bw_crm_items(h->r, 1, sizeof *mine);
    char *copy = bw_arena_text(h->r->profile->arena, plain, strlen(plain));
    h->r->nomem |= !copy;
    if (h->r->nomem)
        return;
    *mine = (seen){h->all, copy, h->field, h->place};
    h->all = mine;
}

static void read_header(void *data, const char *text, size_t len)
{
    headers *h = data;
    char header[LONGEST_HEADER], plain[LONGEST_HEADER];
    h->joined++;
    if (len >= sizeof header) {
        bw_diag_add(h->r->diags, BW_ERROR, BW_CRM_PROFILE, h->place,
                    "a header of field %s has %zu bytes; the most is %d",
                    h->field, len, LONGEST_HEADER - 1);
        return;
    }
    memcpy(header, text, len);
    header[len] = '\0';
    bw_header_plain(header, plain);
    if (plain[0])
        note_header(h, header, plain);
    else
        bw_diag_add(h->r->diags, BW_ERROR, BW_CRM_PROFILE, h->place,
                    "header \"%s\" of field %s has no letter and no digit, so "
                    "that no column would be found by it; take it out",
                    header, h->field);
}

/* One alternative: a header, or several joined. */
static void read_joined(void *data, const char *text, size_t len)
{
    headers *h = data;
    char *copy = bw_arena_text(h->r->profile->arena, text, len);
    h->r->nomem |= !copy;
    if (!copy)
        return;
    h->joined = 0;
    bw_crm_split(copy, '+', read_header, h);
    if (h->joined > 1 && strcmp(h->field, bw_crm_field_text(BW_CRM_NAME)) != 0)
        bw_diag_add(h->r->diags, BW_ERROR, BW_CRM_PROFILE, h->place,
                    "field %s is joined of %d columns; only name can be; list "
                    "the headers with | between",
                    h->field, h->joined);
    else if (h->joined > BW_CRM_JOINED)
        bw_diag_add(h->r->diags, BW_ERROR, BW_CRM_PROFILE, h->place,
                    "field %s is joined of %d columns; the most is %d",
                    h->field, h->joined, BW_CRM_JOINED);
}

static int field_of(const bw_element *e)
{
    int field = 0;
    while (field < BW_CRM_N_FIELDS - 1 &&
           !bw_crm_attr_is(e, "name", bw_crm_field_text((bw_crm_field)field)))
        field++;
    return field;
}

static void read_field(bw_crm_reading *r, const bw_element *e, unsigned can,
                       headers *h)
{
    bw_place at;
    int field = field_of(e);
    bw_crm_which which = bw_crm_which_of(e->parent, "name");
    const char **mine = &r->profile->table[which].headers[field];
    h->field = bw_crm_field_text((bw_crm_field)field);
    bw_crm_attr(r, e, "name", &at);
    const char *text = bw_crm_attr(r, e, "headers", &h->place);
    if (!(can & BIT(field))) {
        bw_list list = {.n = 0};
        list_fields(can, &list);
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "table %s has no field %s; it can have: %s", h->table,
                    h->field, bw_list_text(&list));
        bw_list_free(&list);
    } else if (*mine) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "field %s of table %s is given twice; put all headers "
                    "into one, with | between",
                    h->field, h->table);
    } else if (text) {
        *mine = text;
        bw_crm_split(text, '|', read_joined, h);
    }
}

static void read_form(bw_crm_reading *r, const bw_element *e, bw_crm_form *form)
{
    static const char *const kinds[] = {"text", "number", "guid",
                                        "salesforce-id"};
    bw_place at;
    for (int kind = 0; kind < 4; kind++)
        if (bw_crm_attr_is(e, "key", kinds[kind]))
            form->kind = (bw_crm_kind)kind;
    form->most = (int32_t)bw_crm_whole(e, "most", 0);
    form->strip = bw_crm_attr(r, e, "strip", NULL);
    form->prefix = bw_crm_attr(r, e, "prefix", &at);
    bw_crm_check_text(r, at, "the prefix", form->prefix);
    form->begins = bw_crm_attr(r, e, "begins", &at);
    if (!form->begins)
        return;
    size_t len = strlen(form->begins);
    size_t digits = strspn(form->begins, "0123456789");
    size_t letters = 0;
    while (isalnum((unsigned char)form->begins[letters]))
        letters++;
    if ((form->kind == BW_CRM_NUMBER && digits < len) ||
        (form->kind == BW_CRM_GUID &&
         strspn(form->begins, "0123456789abcdefABCDEF-") < len) ||
        (form->kind == BW_CRM_SALESFORCE_ID && letters < len))
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "no key that is a %s can begin with \"%s\"",
                    kinds[form->kind], form->begins);
}

/* Keys of these kinds have a length of their own. */
static void check_most(bw_crm_reading *r, const bw_element *e,
                       const bw_crm_form *form)
{
    size_t least = form->kind == BW_CRM_GUID            ? 36
                   : form->kind == BW_CRM_SALESFORCE_ID ? 18
                   : form->begins                       ? strlen(form->begins)
                                                        : 1;
    bw_place at;
    bw_element_attr(e, "most", &at);
    if (form->most && (size_t)form->most < least)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, bw_crm_place(r, at),
                    "most=\"%d\" would refuse every key of table %s: they have "
                    "%zu characters or more",
                    (int)form->most, bw_crm_attr(r, e, "name", NULL), least);
    bw_element_attr(e, "begins", &at);
    if (form->begins && form->kind == BW_CRM_SALESFORCE_ID &&
        strlen(form->begins) > 15)
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, bw_crm_place(r, at),
                    "begins=\"%s\" is longer than a key", form->begins);
}

/* Lower case, blanks around | left out. */
static void read_active(bw_crm_reading *r, const bw_element *e,
                        bw_crm_which which)
{
    bw_place at;
    const char *text = bw_crm_attr(r, e, "active", &at);
    if (!text)
        return;
    if (which != BW_CRM_USERS) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "table %s has no field active; active is for users",
                    bw_crm_which_text(which));
        return;
    }
    char *words = bw_arena_text(r->profile->arena, text, strlen(text));
    r->nomem |= !words;
    if (!words)
        return;
    char *to = words;
    for (; *text; text++)
        if (*text != ' ' ||
            (text[1] != '|' && text[1] != ' ' && to > words && to[-1] != '|'))
            *to++ = *text;
    bw_lower(words, (size_t)(to - words), words);
    r->profile->table[which].active_words = words;
    if (words[0] == '|' || to[-1] == '|' || strstr(words, "||"))
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "active=\"%s\" has an empty word; a blank cell would mean "
                    "that a user is active; take the extra | out",
                    words);
}

static void read_table(bw_crm_reading *r, const bw_element *e)
{
    bw_crm_which which = bw_crm_which_of(e, "name");
    bw_crm_table_spec *spec = &r->profile->table[which];
    bw_place at;
    bw_crm_attr(r, e, "name", &at);
    if (spec->given) {
        bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                    "table %s is given twice (first at line %u); leave one",
                    bw_crm_which_text(which), r->table[which]->place.line);
        return;
    }
    spec->given = true;
    r->table[which] = e;
    read_form(r, e, &spec->key);
    check_most(r, e, &spec->key);
    read_active(r, e, which);
    unsigned must = fields_of[which].must | BIT(BW_CRM_KEY), missing = 0;
    headers h = {.r = r, .table = bw_crm_which_text(which)};
    const bw_element *f = bw_crm_named(bw_element_child(e), "field");
    for (; f; f = bw_crm_named(bw_element_next(f), "field"))
        read_field(r, f, must | fields_of[which].can, &h);
    for (int field = 0; field < BW_CRM_N_FIELDS; field++)
        if ((must & BIT(field)) && !spec->headers[field])
            missing |= BIT(field);
    if (!missing || r->nomem)
        return;
    bw_list list = {.n = 0};
    list_fields(missing, &list);
    bw_diag_add(r->diags, BW_ERROR, BW_CRM_PROFILE, at,
                "table %s lacks: %s; say under which headers they are found: "
                "<field name=\"%s\" headers=\"...\"/>",
                h.table, bw_list_text(&list),
                bw_crm_field_text((bw_crm_field)__builtin_ctz(missing)));
    bw_list_free(&list);
}

void bw_crm_read_tables(bw_crm_reading *r)
{
    const bw_element *e = bw_crm_named(bw_element_child(r->root), "table");
    for (; e; e = bw_crm_named(bw_element_next(e), "table"))
        read_table(r, e);
}
