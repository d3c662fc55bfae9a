/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does every row of every input of a plan stand in the plan, or in
 * rejected.csv? Reads the files anew and counts.
 *
 * For each file: as many records as summary.json says, every line of
 * rejected.csv the first of one of them, none twice. The ids of the accounts
 * and reps that are left are those of assignments.csv and territories.csv. The
 * pairs that are left are of accounts and reps of these, each one once. */
#include "count.h"

#include "reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *dir;
static int bad;

#define SAY(...)                                                               \
    (bad = 1, printf("%s: ", dir), printf(__VA_ARGS__), (void)putchar('\n'))

/* --- the folder --- */

/* A text that --spreadsheet, whose files have marks, wrote with an apostrophe
 * in front. */
static char *plain(char *text)
{
    size_t marks = strspn(text, "'");
    return marks && text[marks] && strchr("=+-@", text[marks]) ? text + 1
                                                               : text;
}

static char *read_inside(const char *name, size_t *len)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    char *bytes = read_bytes(path, len);
    if (!bytes) {
        printf("%s cannot be read\n", path);
        exit(4);
    }
    return bytes;
}

static table read_own(const char *name)
{
    size_t len;
    char *bytes = read_inside(name, &len);
    int marked = len > 2 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    bytes = in_utf8(bytes, &len, NULL, "UTF-8");
    table t = read_records(bytes, len, ',');
    for (int i = 0; i < t.n && marked; i++)
        for (int c = 0; c < t.row[i].n; c++)
            t.row[i].cell[c] = plain(t.row[i].cell[c]);
    return t;
}

static char *read_text(const char *name)
{
    size_t len;
    return read_inside(name, &len);
}

/* An attribute of the start tag at `at`, its entities resolved; NULL: none. */
static char *attribute(const char *at, const char *name)
{
    static const struct {
        const char *entity;
        char stands_for;
    } entities[] = {
        {"&amp;", '&'}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}};
    char start[64];
    snprintf(start, sizeof start, " %s=\"", name);
    const char *from = strstr(at, start), *end = strchr(at, '>');
    if (!from || from > end)
        return NULL;
    from += strlen(start);
    char *text = keep_text(from, (size_t)(strchr(from, '"') - from));
    for (char *c = text; *c; c++)
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
            size_t len = strlen(entities[i].entity);
            if (strncmp(c, entities[i].entity, len) != 0)
                continue;
            *c = entities[i].stands_for;
            memmove(c + 1, c + len, strlen(c + len) + 1);
            break;
        }
    return text;
}

/* One file of the plan. */
typedef struct input {
    char role[32], file[1024];
    long rows, rejected;
    char *path, *encoding;
    char separator;
    table table;
    char *out; /* [table.n] 1: listed in rejected.csv */
} input;

enum {
    MOST_INPUTS = 64
};

static input inputs[MOST_INPUTS];
static int n_inputs;

/* The n-th start tag of a name; NULL: there are fewer. */
static const char *tag(const char *xml, const char *name, int n)
{
    char start[64];
    snprintf(start, sizeof start, "<%s ", name);
    for (xml = strstr(xml, start); xml && n > 0; n--)
        xml = strstr(xml + 1, start);
    return xml;
}

/* The first accounts are those of <accounts>, all others of <add-accounts>. */
static void find_file(input *in, const char *xml)
{
    int nth = 0;
    for (int i = 0; i < n_inputs; i++)
        nth += strcmp(inputs[i].role, in->role) == 0;
    int added = nth > 0 && strcmp(in->role, "accounts") == 0;
    const char *at = tag(xml, added ? "add-accounts" : in->role, nth - added);
    const char *file = at ? attribute(at, "file") : NULL;
    const char *separator = at ? attribute(at, "delimiter") : NULL;
    if (!file) {
        SAY("no element names the file of %s", in->role);
        exit(1);
    }
    in->path = keep(strlen(dir) + strlen(file) + 2);
    sprintf(in->path, "%s%s%s", *file == '/' ? "" : dir,
            *file == '/' ? "" : "/", file);
    in->encoding = attribute(at, "encoding");
    if (separator)
        in->separator = *separator == 'c'   ? ','
                        : *separator == 's' ? ';'
                        : *separator == 't' ? '\t'
                                            : '|';
}

/* The list in summary.json, one value a line as the program writes it. */
static void find_inputs(void)
{
    char *json = read_text("summary.json"),
         *xml = read_text("scenario.resolved.xml");
    char *at = strstr(json, "\"inputs\": ["),
         *end = at ? strstr(at, "\n  ]") : at;
    for (; end && (at = strstr(at, "\"role\": ")) && at < end; at++) {
        input *in = &inputs[n_inputs];
        if (n_inputs == MOST_INPUTS ||
            sscanf(at,
                   "\"role\": \"%31[^\"]\", \"file\": \"%1023[^\"]\", "
                   "\"rows\": %ld, \"rejected\": %ld",
                   in->role, in->file, &in->rows, &in->rejected) != 4) {
            SAY("the inputs of summary.json cannot be read");
            exit(1);
        }
        if (strcmp(in->role, "plan") == 0) /* of a repair: no row of ours */
            continue;
        find_file(in, xml);
        n_inputs++;
    }
    if (n_inputs < 2)
        SAY("summary.json has no accounts and reps");
}

/* --- what was rejected --- */

static int record_at(const table *t, long line)
{
    int low = 1, high = t->n;
    while (low < high) {
        int middle = (low + high) / 2;
        if (t->row[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->n && t->row[low].line == line ? low : 0;
}

static void mark_rejected(const table *rejected)
{
    for (int i = 1; i < rejected->n; i++) {
        char **cell = rejected->row[i].cell;
        int known = strcmp(cell[0], "<add-rep>") == 0;
        for (int k = 0; k < n_inputs && !known; k++) {
            int row = strcmp(inputs[k].file, cell[0]) == 0
                          ? record_at(&inputs[k].table, atol(cell[1]))
                          : 0;
            known = row && !inputs[k].out[row];
            if (known)
                inputs[k].out[row] = 1;
        }
        if (!known)
            SAY("rejected.csv: line %s of %s is none, or stands twice", cell[1],
                cell[0]);
        if (!*cell[3])
            SAY("rejected.csv: line %s of %s has no reason", cell[1], cell[0]);
    }
}

static void count_input(const input *in)
{
    long n = 0;
    int headless =
        strcmp(in->role, "gazetteer") == 0 && in->table.n == in->rows;
    for (int i = 1; i < in->table.n; i++)
        n += in->out[i];
    if (in->table.n - !headless != in->rows || n != in->rejected)
        SAY("%s: %d rows of which %ld rejected; summary.json says %ld and %ld",
            in->file, in->table.n - 1, n, in->rows, in->rejected);
}

/* --- ids --- */

typedef struct ids {
    char **id; /* [n] sorted */
    int n;
} ids;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static ids ids_of(const table *t, const char *header)
{
    ids all = {keep((size_t)t->n * sizeof(char *)), 0};
    int c = 0;
    while (c < t->row[0].n && strcmp(t->row[0].cell[c], header) != 0)
        c++;
    for (int i = 1; i < t->n; i++)
        all.id[all.n++] = t->row[i].cell[c];
    qsort(all.id, (size_t)all.n, sizeof *all.id, by_text);
    for (int i = 1; i < all.n; i++)
        if (strcmp(all.id[i - 1], all.id[i]) == 0)
            SAY("%s stands twice in the plan", all.id[i]);
    return all;
}

/* Pairs name Salesforce's records by 15 characters or by 18. */
static int position(const ids *all, const char *id)
{
    size_t len = strlen(id), other = 15 + 18 - len;
    char **at = bsearch(&id, all->id, (size_t)all->n, sizeof *all->id, by_text);
    if (at)
        return (int)(at - all->id);
    for (int i = 0; i < all->n && (len == 15 || len == 18); i++)
        if (strlen(all->id[i]) == other && strncmp(all->id[i], id, 15) == 0)
            return i;
    return -1;
}

/* How many rows are left and have an id of the plan in this column; each id
 * that was met is noted. */
static int match(const input *in, int c, const ids *all, char *met)
{
    int n = 0;
    for (int i = 1; i < in->table.n; i++) {
        const record *r = &in->table.row[i];
        int at = in->out[i] || c >= r->n ? -1 : position(all, r->cell[c]);
        n += at >= 0 && !met[at];
        if (at >= 0)
            met[at] = 1;
    }
    return n;
}

/* Every row that is left is in the plan: some column holds its id. */
static void find_planned(const input *in, const ids *all, char *met)
{
    int left = 0, best = 0, most = -1;
    for (int i = 1; i < in->table.n; i++)
        left += !in->out[i];
    for (int c = 0; c < in->table.row[0].n; c++) {
        int n = match(in, c, all, keep_text(met, (size_t)all->n));
        if (n > most) {
            most = n;
            best = c;
        }
    }
    match(in, best, all, met);
    if (most != left)
        SAY("%s: %d rows are left, but only %d are in the plan", in->file, left,
            most);
}

/* `more`: what may be in the plan and in no file. */
static void check_ids(const char *role, const ids *all, const char *more)
{
    char *met = keep((size_t)all->n + 1),
         *xml = read_text("scenario.resolved.xml");
    const char *at;
    for (int k = 0; k < n_inputs; k++)
        if (strcmp(inputs[k].role, role) == 0)
            find_planned(&inputs[k], all, met);
    for (int n = 0; more && (at = tag(xml, more, n)); n++) {
        const char *id = attribute(at, "id");
        int is = id ? position(all, id) : -1;
        if (is >= 0)
            met[is] = 1;
    }
    for (int i = 0; i < all->n; i++)
        if (!met[i])
            SAY("%s is in the plan, but in no row of the %s", all->id[i], role);
}

/* The pairs that are left name two of the plan, and no two the same. */
static void check_pairs(const input *in, const ids *accounts, const ids *reps)
{
    char **pair = keep((size_t)in->table.n * sizeof *pair);
    int n = 0, best[2] = {0, 0}, most[2] = {-1, -1};
    const ids *both[2] = {accounts, reps};
    for (int c = 0; c < in->table.row[0].n; c++)
        for (int side = 0; side < 2; side++) {
            int found = 0;
            for (int i = 1; i < in->table.n; i++)
                found += !in->out[i] && c < in->table.row[i].n &&
                         position(both[side], in->table.row[i].cell[c]) >= 0;
            if (found > most[side]) {
                most[side] = found;
                best[side] = c;
            }
        }
    for (int i = 1; i < in->table.n; i++) {
        const record *r = &in->table.row[i];
        if (in->out[i])
            continue;
        pair[n] = keep(strlen(r->cell[best[0]]) + strlen(r->cell[best[1]]) + 2);
        sprintf(pair[n++], "%s\n%s", r->cell[best[0]], r->cell[best[1]]);
    }
    if (most[0] != n || most[1] != n)
        SAY("%s: %d rows are left, but only %d accounts and %d reps of them "
            "are in the plan",
            in->file, n, most[0], most[1]);
    qsort(pair, (size_t)n, sizeof *pair, by_text);
    for (int i = 1; i < n; i++)
        if (strcmp(pair[i - 1], pair[i]) == 0)
            SAY("%s: a pair counts twice", in->file);
}

/* All of it, with files of unknown encoding read in this one. */
static void check(const char *guess)
{
    const table rejected = read_own("rejected.csv");
    const table assignments = read_own("assignments.csv");
    const table territories = read_own("territories.csv");
    const ids accounts = ids_of(&assignments, "account_id");
    const ids reps = ids_of(&territories, "rep_id");
    for (int i = 0; i < n_inputs; i++) {
        input *in = &inputs[i];
        size_t len;
        char *bytes = read_bytes(in->path, &len);
        char *text = bytes ? in_utf8(bytes, &len, in->encoding, guess) : NULL;
        if (!text) {
            SAY("%s cannot be read", in->path);
            exit(1);
        }
        in->table = read_records(text, len, in->separator);
        in->out = keep((size_t)in->table.n + 1);
    }
    mark_rejected(&rejected);
    for (int i = 0; i < n_inputs; i++)
        count_input(&inputs[i]);
    check_ids("accounts", &accounts, NULL);
    check_ids("reps", &reps, "add-rep");
    for (int i = 0; i < n_inputs; i++)
        if (strcmp(inputs[i].role, "pairs") == 0)
            check_pairs(&inputs[i], &accounts, &reps);
}

int count_rows(const char *folder)
{
    dir = folder; /* one folder in a process */
    find_inputs();
    check("WINDOWS-1252");
    return !bad;
}
