/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Four indices over one list. Whoever shares a login, an e-mail or a name with
 * another is marked where the first of them stands: such a text names nobody
 * for sure. */
#include "crm_users.h"

#include "bw/alloc.h"
#include "crm_key.h"
#include "field.h"
#include "index.h"
#include "words.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum {
    LONGEST = 1023, /* bytes of a text that may name somebody */
    FIRST_ROOM = 64,
    EXPECTED = 256
};

/* A user, and which of his texts are another's too: bit 1 << by. */
typedef struct entry {
    bw_crm_user user;
    unsigned shared;
} entry;

struct bw_crm_users {
    bw_crm_form key; /* of the profile, which need not live as long */
    bw_arena *arena;
    bw_index *index[BW_CRM_N_BY];
    entry *entry; /* [n] */
    int32_t n, room;
    const char *file_copy; /* the last one that a place named */
};

static const char *copy(bw_crm_users *users, const char *text)
{
    return bw_arena_text(users->arena, text, strlen(text));
}

/* The profile's texts are copied, as the set may outlive it. */
static bw_status take_form(bw_crm_users *users, const bw_crm_table_spec *spec)
{
    const char **const text[] = {&users->key.begins, &users->key.strip,
                                 &users->key.prefix};
    users->key = spec->key;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        if (*text[i] && !(*text[i] = copy(users, *text[i])))
            return BW_NOMEM;
    }
    return BW_OK;
}

bw_status bw_crm_users_new(const bw_crm_profile *profile, bw_crm_users **result)
{
    *result = NULL;
    bw_crm_users *users = bw_alloc(1, sizeof *users);
    if (!users)
        return BW_NOMEM;
    users->arena = bw_arena_new();
    bw_status status = users->arena
                           ? take_form(users, &profile->table[BW_CRM_USERS])
                           : BW_NOMEM;
    for (int by = 0; status == BW_OK && by < BW_CRM_N_BY; by++)
        status = bw_index_new(EXPECTED, &users->index[by]);
    if (status == BW_OK)
        *result = users;
    else
        bw_crm_users_free(users);
    return status;
}

void bw_crm_users_free(bw_crm_users *users)
{
    if (!users)
        return;
    for (int by = 0; by < BW_CRM_N_BY; by++)
        bw_index_free(users->index[by]);
    bw_arena_free(users->arena);
    bw_free(users->entry);
    bw_free(users);
}

/* The form in which equal ones are the same bytes, in `out` of LONGEST + 1.
 * 0: blank, or too long to be anybody's. */
static size_t normal(const bw_crm_users *users, bw_crm_by by, const char *text,
                     char *out)
{
    size_t len = strlen(text);
    if (len > LONGEST || bw_field_blank(text))
        return 0;
    if (by == BW_CRM_BY_KEY)
        return bw_crm_key_normal(&users->key, text, len, out);
    if (by != BW_CRM_BY_NAME)
        return bw_lower(text, len, out);
    memcpy(out, text, len + 1);
    return len;
}

const char *bw_crm_user_text(const bw_crm_user *user, bw_crm_by by)
{
    switch (by) {
    case BW_CRM_BY_LOGIN:
        return user->login;
    case BW_CRM_BY_EMAIL:
        return user->email;
    case BW_CRM_BY_NAME:
        return user->name;
    case BW_CRM_BY_KEY:
    case BW_CRM_N_BY:
    default:
        return user->key;
    }
}

static bool same(const bw_crm_user *a, const bw_crm_user *b)
{
    return strcasecmp(a->login, b->login) == 0 &&
           strcasecmp(a->email, b->email) == 0 &&
           strcmp(a->name, b->name) == 0 && a->active == b->active;
}

/* BW_OK: it is the same user once more. */
static bw_status meet_again(const bw_crm_users *users, int32_t there,
                            const bw_crm_user *user, bw_diags *diags)
{
    const bw_crm_user *first = &users->entry[there].user;
    char text[BW_PLACE_TEXT];
    if (same(first, user))
        return BW_OK;
    bw_diag_add(
        diags, BW_ERROR, BW_CRM_OWNER_AMBIGUOUS, user->place,
        "user \"%.80s\" stands here again and is not the same (\"%.60s\""
        ", %s, %s) as in %s (\"%.60s\", %s, %s); keep one of them",
        user->key, user->name, *user->login ? user->login : user->email,
        user->active ? "active" : "inactive",
        bw_place_text(first->place, user->place.file, text), first->name,
        *first->login ? first->login : first->email,
        first->active ? "active" : "inactive");
    return BW_INVALID;
}

static bw_status copy_user(bw_crm_users *users, const bw_crm_user *user,
                           bw_crm_user *own)
{
    *own = (bw_crm_user){.key = copy(users, user->key),
                         .login = copy(users, user->login),
                         .email = copy(users, user->email),
                         .name = copy(users, user->name),
                         .active = user->active,
                         .place = user->place};
    if (user->place.file &&
        (!users->file_copy || strcmp(users->file_copy, user->place.file) != 0))
        users->file_copy = copy(users, user->place.file);
    own->place.file = user->place.file ? users->file_copy : NULL;
    return own->key && own->login && own->email && own->name &&
                   (own->place.file || !user->place.file)
               ? BW_OK
               : BW_NOMEM;
}

static bw_status put(bw_crm_users *users, bw_crm_by by, int32_t index)
{
    char form[LONGEST + 1];
    int32_t there = index;
    const char *text = bw_crm_user_text(&users->entry[index].user, by);
    size_t len = normal(users, by, text, form);
    if (len == 0)
        return BW_OK;
    const char *own = bw_arena_text(users->arena, form, len);
    if (!own || bw_index_put(users->index[by], own, len, index, &there))
        return BW_NOMEM;
    if (there != index)
        users->entry[there].shared |= 1U << by;
    return BW_OK;
}

static bw_status make_room(bw_crm_users *users)
{
    if (users->n < users->room)
        return BW_OK;
    int32_t room = users->room ? 2 * users->room : FIRST_ROOM;
    entry *grown = bw_realloc(users->entry, (size_t)room, sizeof *grown);
    if (!grown)
        return BW_NOMEM;
    users->entry = grown;
    users->room = room;
    return BW_OK;
}

bw_status bw_crm_users_add(bw_crm_users *users, const bw_crm_user *user,
                           bw_diags *diags)
{
    assert(user->key && user->login && user->email && user->name);
    int32_t there = bw_crm_users_find_by(users, BW_CRM_BY_KEY, user->key);
    if (there >= 0)
        return meet_again(users, there, user, diags);
    bw_status status = make_room(users);
    if (status != BW_OK)
        return status;
    entry *own = &users->entry[users->n];
    *own = (entry){0};
    status = copy_user(users, user, &own->user);
    for (int by = 0; status == BW_OK && by < BW_CRM_N_BY; by++)
        status = put(users, (bw_crm_by)by, users->n);
    users->n += status == BW_OK;
    return status;
}

/* Is the cell one of the words that the list separates by | ? */
static bool is_word(const char *list, const char *text)
{
    char form[LONGEST + 1];
    size_t len = strlen(text);
    if (len > LONGEST)
        return false;
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
        len--;
    bw_lower(text, len, form);
    for (const char *at = list; at; at = strchr(at, '|')) {
        at += *at == '|';
        size_t n = strcspn(at, "|");
        if (n == len && len > 0 && memcmp(at, form, len) == 0)
            return true;
    }
    return false;
}

/* Who has no such cell is active: the CRM exported those who are. */
static bool is_active(const bw_crm_table *table, int64_t row)
{
    const char *words = table->spec->active_words;
    words = words ? words : "true|1|yes";
    return !bw_crm_has(table, BW_CRM_ACTIVE) ||
           is_word(words, bw_crm_table_cell(table, row, BW_CRM_ACTIVE).text);
}

bw_status bw_crm_users_add_table(bw_crm_users *users, const bw_crm_table *table,
                                 bw_diags *diags)
{
    bw_buf name = {0};
    bw_status status = BW_OK, worst = BW_OK;
    for (int64_t row = 0; row < bw_table_rows(table->table); row++) {
        bw_crm_table_name(table, row, &name);
        if (name.failed)
            status = BW_NOMEM;
        const bw_crm_user user = {
            .key = bw_crm_table_cell(table, row, BW_CRM_KEY).text,
            .login = bw_crm_table_cell(table, row, BW_CRM_LOGIN).text,
            .email = bw_crm_table_cell(table, row, BW_CRM_EMAIL).text,
            .name = name.text ? name.text : "",
            .active = is_active(table, row),
            .place = bw_crm_table_place(table, row, BW_CRM_KEY)};
        if (bw_field_blank(user.key) && bw_field_blank(user.login) &&
            bw_field_blank(user.email) && bw_field_blank(user.name))
            continue;
        if (status == BW_OK)
            status = bw_crm_users_add(users, &user, diags);
        if (status == BW_NOMEM)
            break;
        worst = status != BW_OK ? status : worst;
        status = BW_OK;
    }
    bw_buf_free(&name);
    return status == BW_OK ? worst : status;
}

int32_t bw_crm_users_count(const bw_crm_users *users)
{
    return users->n;
}

const bw_crm_user *bw_crm_users_at(const bw_crm_users *users, int32_t index)
{
    assert(index >= 0 && index < users->n);
    return &users->entry[index].user;
}

int32_t bw_crm_users_find_by(const bw_crm_users *users, bw_crm_by by,
                             const char *text)
{
    char form[LONGEST + 1];
    if (bw_field_blank(text))
        return BW_CRM_NOBODY;
    size_t len = normal(users, by, text, form);
    int32_t found = len > 0 ? bw_index_find(users->index[by], form, len) : -1;
    if (found < 0)
        return BW_CRM_UNKNOWN;
    return users->entry[found].shared & 1U << by ? BW_CRM_AMBIGUOUS : found;
}

int32_t bw_crm_users_find(const bw_crm_users *users, const char *text)
{
    int32_t found = BW_CRM_UNKNOWN;
    for (int by = 0; found == BW_CRM_UNKNOWN && by < BW_CRM_N_BY; by++)
        found = bw_crm_users_find_by(users, (bw_crm_by)by, text);
    return found;
}
