/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who the CRM's users are, and which of them is which rep. */
#include "crm_change_parts.h"

#include "columns.h"
#include "field.h"
#include "rep_status.h"

#include <string.h>
#include <strings.h>

/* The file of the scenario's reps once more, with what a problem leaves out. */
typedef struct rep_file {
    bw_source *source;
    bw_table *table;
    bw_columns *columns;
    int64_t *row_of_rep; /* [reps] -1: a change of the scenario made it */
    int32_t *rep_of_row; /* [rows] -1: takes no part */
} rep_file;

static bw_cell cell_of(const rep_file *f, const char *field, int64_t row)
{
    int32_t column;
    const bw_binding *b = bw_columns_find(f->columns, field);
    if (row < 0 || !b || b->n_columns == 0)
        return (bw_cell){"", 0};
    return bw_columns_cell(f->table, b, row, &column);
}

/* A first and a last name, where they stand apart. */
static void add_name(const rep_file *f, int64_t row, bw_buf *name)
{
    const bw_binding *b = bw_columns_find(f->columns, "name");
    int32_t n = !b ? 0 : b->joined ? b->n_columns : b->n_columns > 0;
    bw_buf_add(name, "", 0);
    for (int32_t i = 0; i < n; i++) {
        bw_cell cell = b->joined ? bw_table_cell(f->table, row, b->column[i])
                                 : cell_of(f, "name", row);
        if (bw_field_blank(cell.text))
            continue;
        bw_buf_text(name, name->len > 0 ? " " : "");
        bw_buf_add(name, cell.text, cell.len);
    }
}

/* The loader read the same file and had its say: a fault now is a file that
 * has changed in between. */
static bw_status open_reps(const bw_crm_changing *c, rep_file *f)
{
    const bw_source_spec *spec = &c->change->scenario->reps;
    const char *path = c->change->problem->inputs[1].path;
    const bw_source_how how = {.encoding = &spec->format.encoding};
    bw_status status = bw_source_open_table(path, path, &how, NULL, &f->source);
    if (status == BW_OK)
        status = bw_table_read_as(f->source, spec->format.separator, NULL,
                                  &f->table);
    if (status == BW_OK)
        status =
            bw_columns_bind(BW_ROLE_REPS, f->table, spec, NULL, &f->columns);
    if (status == BW_OK || status == BW_NOMEM)
        return status;
    bw_diag_add(c->diags, BW_ERROR, BW_FILE_CHANGED, (bw_place){path, 0, 0},
                "has changed while it was read; export again");
    return BW_INVALID;
}

static uint32_t line_of(const rep_file *f, int64_t row)
{
    return bw_table_place(f->table, row, 0).line;
}

/* Reps of the problem and rows of the file, by line. */
static bw_status match_rows(const bw_crm_changing *c, rep_file *f)
{
    const bw_reps *reps = &c->change->problem->reps;
    int64_t rows = bw_table_rows(f->table);
    size_t lines = rows > 0 ? (size_t)line_of(f, rows - 1) + 1 : 1;
    f->row_of_rep = bw_alloc((size_t)reps->n, sizeof *f->row_of_rep);
    f->rep_of_row = bw_alloc((size_t)rows, sizeof *f->rep_of_row);
    int32_t *of_line = bw_alloc(lines, sizeof *of_line);
    bool room = f->row_of_rep && f->rep_of_row && of_line;
    for (int32_t r = 0; r < reps->n && room; r++) {
        f->row_of_rep[r] = -1;
        if (reps->line[r] > 0 && reps->line[r] < lines)
            of_line[reps->line[r]] = r + 1;
    }
    for (int64_t row = 0; row < rows && room; row++) {
        int32_t rep = of_line[line_of(f, row)] - 1;
        f->rep_of_row[row] = rep;
        if (rep >= 0)
            f->row_of_rep[rep] = row;
    }
    bw_free(of_line);
    return room ? BW_OK : BW_NOMEM;
}

/* A user at fault is told and does not keep the others from being read. */
static bw_status unless_told(bw_status status)
{
    return status == BW_INVALID ? BW_OK : status;
}

static bool is_vacancy(const bw_reps *reps, int32_t rep)
{
    return reps->status[rep] == BW_VACANT || reps->status[rep] == BW_CANDIDATE;
}

static bw_status add_rep(const bw_crm_changing *c, const rep_file *f,
                         int32_t rep)
{
    const bw_reps *reps = &c->change->problem->reps;
    const bw_crm_user user = {
        .key = reps->id[rep],
        .login = cell_of(f, "login", f->row_of_rep[rep]).text,
        .email = cell_of(f, "email", f->row_of_rep[rep]).text,
        .name = reps->name[rep],
        .active = true,
        .place = bw_crm_rep_place(c->change, rep)};
    return unless_told(bw_crm_users_add(c->change->users, &user, c->diags));
}

/* Whoever takes no part may own accounts all the same. */
static bw_status add_row(const bw_crm_changing *c, const rep_file *f,
                         int64_t row)
{
    bw_cell id = cell_of(f, "id", row), status = cell_of(f, "status", row);
    bw_rep_word word = bw_rep_word_of(status.text, status.len);
    if (bw_field_blank(id.text) || word == BW_REP_SAYS_VACANT ||
        word == BW_REP_SAYS_CANDIDATE ||
        bw_crm_users_find_by(c->change->users, BW_CRM_BY_KEY, id.text) !=
            BW_CRM_UNKNOWN)
        return BW_OK;
    bw_buf name = {0};
    add_name(f, row, &name);
    const bw_crm_user user = {.key = id.text,
                              .login = cell_of(f, "login", row).text,
                              .email = cell_of(f, "email", row).text,
                              .name = name.text ? name.text : "",
                              .active = word == BW_REP_SAYS_ACTIVE ||
                                        word == BW_REP_SAYS_LEAVING,
                              .place = bw_table_place(f->table, row, 0)};
    bw_status added = name.failed
                          ? BW_NOMEM
                          : bw_crm_users_add(c->change->users, &user, c->diags);
    bw_buf_free(&name);
    return unless_told(added);
}

/* Those who take part first: of two rows with one id theirs counts. Whom a
 * change of the scenario hired stands in no file, and is no user yet. */
static bw_status add_reps(const bw_crm_changing *c, const rep_file *f)
{
    const bw_reps *reps = &c->change->problem->reps;
    bw_status status = BW_OK;
    for (int32_t r = 0; r < reps->n && status == BW_OK; r++)
        if (!is_vacancy(reps, r) && f->row_of_rep[r] >= 0)
            status = add_rep(c, f, r);
    for (int64_t i = 0; i < bw_table_rows(f->table) && status == BW_OK; i++)
        if (f->rep_of_row[i] < 0)
            status = add_row(c, f, i);
    return status;
}

static bw_status add_table(const bw_crm_changing *c)
{
    static const bw_crm_field field[BW_CRM_N_BY] = {
        [BW_CRM_BY_KEY] = BW_CRM_KEY,
        [BW_CRM_BY_LOGIN] = BW_CRM_LOGIN,
        [BW_CRM_BY_EMAIL] = BW_CRM_EMAIL,
        [BW_CRM_BY_NAME] = BW_CRM_NAME};
    bw_crm_table table = {0};
    bw_status status =
        bw_crm_table_read(c->order->users, BW_CRM_USERS, c->change->profile,
                          1U << field[c->change->by], c->diags, &table);
    if (status == BW_OK)
        status = unless_told(
            bw_crm_users_add_table(c->change->users, &table, c->diags));
    bw_crm_table_free(&table);
    return status;
}

/* By any of the ways, in this order; the first that knows the text decides. */
static int32_t find_by(const bw_crm_users *users, const char *text,
                       const bw_crm_by *by, int n)
{
    int32_t found = BW_CRM_UNKNOWN;
    for (int i = 0; i < n && found == BW_CRM_UNKNOWN && *text; i++)
        found = bw_crm_users_find_by(users, by[i], text);
    return found == BW_CRM_NOBODY ? BW_CRM_UNKNOWN : found;
}

/* An id may be a CRM's key by chance: lists of reps are numbered from 1, too.
 */
static bool is_telling(const bw_crm_form *form)
{
    return form->kind == BW_CRM_GUID || form->kind == BW_CRM_SALESFORCE_ID;
}

/* A rep whom nothing but the id leads to the user: not where the name leads to
 * another one. */
static int32_t compare_names(const bw_crm_changing *c, int32_t rep,
                             int32_t user)
{
    const bw_crm_change *change = c->change;
    const bw_reps *reps = &change->problem->reps;
    const char *name = reps->name[rep];
    const char *of_user = bw_crm_users_at(change->users, user)->name;
    int32_t other = bw_crm_users_find_by(change->users, BW_CRM_BY_NAME, name);
    if (is_telling(&change->profile->table[BW_CRM_USERS].key) || !*name ||
        !*of_user || strcasecmp(name, of_user) == 0)
        return user;
    if (other >= 0)
        return BW_CRM_AMBIGUOUS;
    bw_diag_add(c->diags, BW_WARNING, BW_CRM_OWNER_AMBIGUOUS,
                bw_crm_rep_place(change, rep),
                "rep \"%.80s\" (%.80s) is user \"%.80s\" of %.200s by id "
                "alone; if that is not the same person, give the rep the "
                "user's key as id, or a login or e-mail",
                reps->id[rep], name, of_user, c->order->users);
    return user;
}

/* Id, login and e-mail must not speak of two users; the name counts only where
 * none of them is known. */
static int32_t find_rep(const bw_crm_changing *c, const rep_file *f,
                        int32_t rep)
{
    static const bw_crm_by of_id[] = {BW_CRM_BY_KEY, BW_CRM_BY_LOGIN,
                                      BW_CRM_BY_EMAIL};
    static const bw_crm_by of_login[] = {BW_CRM_BY_LOGIN};
    static const bw_crm_by of_email[] = {BW_CRM_BY_EMAIL, BW_CRM_BY_LOGIN};
    const bw_crm_users *users = c->change->users;
    const bw_reps *reps = &c->change->problem->reps;
    int64_t row = f->row_of_rep[rep];
    int32_t by_text[] = {
        find_by(users, reps->id[rep], of_id, 3),
        find_by(users, cell_of(f, "login", row).text, of_login, 1),
        find_by(users, cell_of(f, "email", row).text, of_email, 2)};
    int32_t found = BW_CRM_UNKNOWN;
    for (int i = 0; i < 3; i++) {
        if (by_text[i] == BW_CRM_UNKNOWN)
            continue;
        if (found != BW_CRM_UNKNOWN && found != by_text[i])
            return BW_CRM_AMBIGUOUS;
        found = by_text[i];
    }
    if (by_text[0] >= 0 && by_text[1] == BW_CRM_UNKNOWN &&
        by_text[2] == BW_CRM_UNKNOWN)
        return compare_names(c, rep, found);
    if (found != BW_CRM_UNKNOWN || !*reps->name[rep])
        return found;
    found = bw_crm_users_find_by(users, BW_CRM_BY_NAME, reps->name[rep]);
    return found == BW_CRM_NOBODY ? BW_CRM_UNKNOWN : found;
}

/* A vacancy has a user only where the CRM has one in its place. */
static int32_t user_of(const bw_crm_changing *c, const rep_file *f, int32_t rep)
{
    const bw_reps *reps = &c->change->problem->reps;
    if (!c->order->users)
        return is_vacancy(reps, rep)
                   ? BW_CRM_NOBODY
                   : bw_crm_users_find_by(c->change->users, BW_CRM_BY_KEY,
                                          reps->id[rep]);
    int32_t user = find_rep(c, f, rep);
    if (is_vacancy(reps, rep) &&
        (user < 0 || !bw_crm_users_at(c->change->users, user)->active))
        return BW_CRM_NOBODY;
    return user;
}

static void find_parking(bw_crm_changing *c)
{
    static const bw_place place = {"--parking-owner", 0, 0};
    const char *text = c->order->parking;
    if (!text)
        return;
    int32_t user = bw_crm_users_find(c->change->users, text);
    const char *from =
        c->order->users ? c->order->users : c->change->problem->inputs[1].path;
    if (user == BW_CRM_AMBIGUOUS)
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_OWNER_AMBIGUOUS, place,
                    "\"%.80s\" is what several users of %.200s are called; "
                    "give the key of the one who is meant",
                    text, from);
    else if (user < 0)
        bw_diag_add(c->diags, BW_ERROR, BW_CRM_OWNER_UNKNOWN, place,
                    "\"%.80s\" is no user of %.200s by key, login, e-mail or "
                    "name; give the key of one who is",
                    text, from);
    c->parking = user >= 0 ? user : BW_CRM_NOBODY;
}

bw_status bw_crm_change_users(bw_crm_changing *c)
{
    rep_file f = {0};
    bw_crm_change *change = c->change;
    bw_status status = bw_crm_users_new(change->profile, &change->users);
    if (status == BW_OK)
        status = open_reps(c, &f);
    if (status == BW_OK)
        status = match_rows(c, &f);
    if (status == BW_OK)
        status = c->order->users ? add_table(c) : add_reps(c, &f);
    for (int32_t r = 0; r < change->problem->reps.n && status == BW_OK; r++)
        change->user_of_rep[r] = user_of(c, &f, r);
    if (status == BW_OK)
        find_parking(c);
    bw_free(f.row_of_rep);
    bw_free(f.rep_of_row);
    bw_columns_free(f.columns);
    bw_table_free(f.table);
    bw_source_free(f.source);
    return status;
}
