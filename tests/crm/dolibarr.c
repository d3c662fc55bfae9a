/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dolibarr's profile "Third-parties sales representatives": a record may have
 * several, a file adds one, and next to nothing is looked at. */
#include "importer.h"

#include <stdio.h>
#include <string.h>

/* Owners of a record stand in one cell with | between them. */
static int has(const char *owners, const char *id)
{
    size_t len = strlen(id);
    for (const char *at = owners; *at;) {
        size_t n = strcspn(at, "|");
        if (n == len && !memcmp(at, id, n))
            return 1;
        at += n + (at[n] == '|');
    }
    return 0;
}

static const char *without(const char *owners, const char *id)
{
    const char *rest = "";
    for (const char *at = owners; *at;) {
        size_t n = strcspn(at, "|");
        const char *one = keep_text(at, n);
        if (strcmp(one, id) != 0)
            rest = *rest ? textf("%s|%s", rest, one) : one;
        at += n + (at[n] == '|');
    }
    return rest;
}

/* The record, 0 none. A name must be one record's only; `id:` is not looked
 * up by the CRM at all. */
static int record_of(const importer *im, const char *text, const char **why)
{
    if (!strncmp(text, "id:", 3))
        return sheet_find(im->records, "key", text + 3);
    int found = sheet_find(im->records, "name", text);
    *why = found ? NULL : "no such third party";
    for (int row = found + 1; found && row < im->records->n; row++)
        if (!strcmp(sheet_get(im->records, row, "name"), text))
            *why = "Several record found";
    return found;
}

/* The user's id: 0 for a login that is not there, anything after `id:`. */
static const char *user_of(const importer *im, const char *text, int *known)
{
    int many;
    int by_id = !strncmp(text, "id:", 3);
    int user = find_user(im, by_id ? BY_KEY : BY_LOGIN, by_id ? text + 3 : text,
                         &many);
    *known = user && is_active(im, user);
    if (user)
        return sheet_get(im->users, user, "id");
    return by_id ? text + 3 : "0";
}

static void take_row(importer *im, const char *file, const sheet *given,
                     int row)
{
    const char *who = sheet_get(given, row, "ThirdPartyName*");
    const char *text = sheet_get(given, row, "User*");
    if (!*who || !*text || given->width[row] != given->width[0]) {
        say_refused(im, file, row, "a mandatory field is empty");
        return;
    }
    const char *why = NULL;
    int record = record_of(im, who, &why), known;
    const char *id = user_of(im, text, &known);
    const char *owners = record ? sheet_get(im->records, record, "owner") : "";
    if (!why && has(owners, id) != im->removes)
        why = im->removes ? "no such representative" : "Duplicate entry";
    if (!why && im->removes && !record)
        why = "no such third party";
    if (why) {
        say_refused(im, file, row, "%s: \"%s\", \"%s\"", why, who, text);
        return;
    }
    sheet_set(im->records, record, "owner",
              im->removes ? without(owners, id)
              : *owners   ? textf("%s|%s", owners, id)
                          : id);
    if (!record)
        say_silent(im, file, row,
                   "stored for a third party that is not there, "
                   "\"%s\"",
                   who);
    else if (!known && !im->removes)
        say_silent(im, file, row, "stored for user %s, from \"%s\"", id, text);
    else
        im->applied++;
}

int dolibarr_take(importer *im, const char *file)
{
    sheet *given = sheet_read(file, im->separator);
    im->records = state_table(im, "accounts");
    if (!given || !given->n || !im->records)
        return 4;
    if (strcmp(sheet_at(given, 0, 0), "ThirdPartyName*") != 0 ||
        strcmp(sheet_at(given, 0, 1), "User*") != 0) {
        refuse_file(im, file, given, "not the headers of this import profile");
        return 0;
    }
    for (int row = 1; row < given->n; row++) {
        im->rows++;
        take_row(im, file, given, row);
    }
    state_save(im, im->records, "accounts");
    return 0;
}
