/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a plan changes in a CRM: fates, keys, owners, order, and every check. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bw/alloc.h"
#include "crm_change.h"
#include "crm_key.h"
#include "faults.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A plan's folder with its inputs in it, and what is read from it. */
typedef struct plan {
    char folder[32];
    char path[4][64];
    bw_crm_profile profile;
    bw_crm_file file;
    bw_crm_column column[2];
    bw_crm_order order;
    bw_diags *diags;
    bw_crm_change *change;
} plan;

static const char *const files[] = {
    "scenario.resolved.xml", "accounts.csv", "reps.csv",
    "assignments.csv",       "users.csv",    "later.csv"};

static const char *in(const plan *p, const char *name)
{
    static char path[96];
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return path;
}

static void put(const plan *p, const char *name, const char *text)
{
    FILE *file = fopen(in(p, name), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A profile by hand: keys are texts, owners ids. */
static bw_crm_profile plain_profile(void)
{
    bw_crm_profile p = {.name = "hand",
                        .title = "By hand",
                        .separator = ',',
                        .by = BW_CRM_BY_KEY,
                        .may_by = 15,
                        .blank = BW_CRM_BLANK_IGNORED};
    p.table[BW_CRM_ACCOUNTS] = (bw_crm_table_spec){
        .given = true,
        .headers = {[BW_CRM_KEY] = "id", [BW_CRM_OWNER] = "owner"}};
    p.table[BW_CRM_USERS] =
        (bw_crm_table_spec){.given = true,
                            .headers = {[BW_CRM_KEY] = "id",
                                        [BW_CRM_LOGIN] = "login",
                                        [BW_CRM_EMAIL] = "email",
                                        [BW_CRM_NAME] = "name",
                                        [BW_CRM_ACTIVE] = "active"}};
    return p;
}

static plan *new_plan(const char *body, const char *accounts, const char *reps,
                      const char *assignments)
{
    char xml[1024];
    plan *p = calloc(1, sizeof *p);
    assert_non_null(p);
    strcpy(p->folder, "/tmp/bw-crm-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(xml, sizeof xml,
             "<scenario xmlns='urn:bailiwick:scenario:1' name='t'>\n"
             "<accounts file='accounts.csv'/><reps file='reps.csv'/>%s"
             "<balance measure='accounts' target='equal' over-cost='1' "
             "under-cost='1'/>"
             "</scenario>\n",
             body);
    put(p, "scenario.resolved.xml", xml);
    put(p, "accounts.csv", accounts);
    put(p, "reps.csv", reps);
    put(p, "assignments.csv", assignments);
    p->profile = plain_profile();
    p->order.dir = p->folder;
    p->order.owner_by = -1;
    p->order.quiet = true;
    return p;
}

static const char *keep(plan *p, int slot, const char *name, const char *text)
{
    char folder[sizeof p->folder];
    put(p, name, text);
    memcpy(folder, p->folder, sizeof folder);
    snprintf(p->path[slot], sizeof p->path[slot], "%s/%s", folder, name);
    return p->path[slot];
}

static bw_status read_plan(plan *p)
{
    bw_crm_change_free(p->change);
    bw_diags_free(p->diags);
    p->diags = bw_diags_new();
    return bw_crm_change_read(&p->order, &p->profile, p->diags, &p->change);
}

static void show(const plan *p)
{
    for (size_t i = 0; i < bw_diags_kept(p->diags); i++) {
        const bw_diag *d = bw_diags_at(p->diags, i);
        print_message("%s:%u: %s [%s]\n", d->place.file, d->place.line, d->text,
                      bw_code_text(d->code));
    }
}

static void must_read(plan *p)
{
    bw_status status = read_plan(p);
    if (status != BW_OK)
        show(p);
    assert_int_equal(status, BW_OK);
}

/* Records of the code at this line of this file, with this text in them. */
static int told(const plan *p, bw_code code, const char *file, unsigned line,
                const char *text)
{
    int n = 0;
    for (size_t i = 0; i < bw_diags_kept(p->diags); i++) {
        const bw_diag *d = bw_diags_at(p->diags, i);
        const char *slash = strrchr(d->place.file, '/');
        const char *name = slash ? slash + 1 : d->place.file;
        n += d->code == code && d->place.line == line &&
             strcmp(name, file) == 0 && strstr(d->text, text) != NULL;
    }
    if (n != 1)
        show(p);
    return n;
}

static void end_plan(plan *p)
{
    bw_crm_change_free(p->change);
    bw_diags_free(p->diags);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(in(p, files[i]));
    rmdir(p->folder);
    free(p);
}

#define ACCOUNTS                                                               \
    "id,name,owner,parent,latitude,longitude\n"                                \
    "A1,One,R1,,40,-75\n"                                                      \
    "A2,Two,R1,,40,-75\n"                                                      \
    "A3,Three,R2,,40,-75\n"                                                    \
    "A4,Four,,,40,-75\n"
#define REPS                                                                   \
    "id,name,email,status,latitude,longitude\n"                                \
    "R1,Ann,ann@x.example,,40,-75\n"                                           \
    "R2,Ben,ben@x.example,,40,-75\n"                                           \
    "V1,Vacant,,vacant,40,-75\n"
#define ASSIGNMENTS                                                            \
    "account_id,segment,rep_id\n"                                              \
    "A1,all,R1\n"                                                              \
    "A2,all,R2\n"                                                              \
    "A3,all,V1\n"                                                              \
    "A4,all,\n"

static void each_account_has_one_fate(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS, ASSIGNMENTS);
    must_read(p);
    const bw_crm_change *c = p->change;
    static const uint8_t fate[] = {BW_CRM_STAYS, BW_CRM_CHANGES, BW_CRM_HELD,
                                   BW_CRM_HELD};
    assert_int_equal(c->n, 4);
    assert_memory_equal(c->fate, fate, sizeof fate);
    for (int32_t a = 0; a < c->n; a++)
        assert_int_equal(bw_crm_is_written(c, a), a == 1);
    assert_string_equal(bw_crm_users_at(c->users, c->was[1])->key, "R1");
    assert_string_equal(bw_crm_users_at(c->users, c->now[1])->key, "R2");
    assert_int_equal(c->now[2], BW_CRM_NOBODY);
    assert_int_equal(c->was[3], BW_CRM_NOBODY);
    assert_int_equal(c->rep[3], -1);
    assert_int_equal(c->count[BW_CRM_HELD], 2);
    assert_string_equal(c->segment[0], "all");
    assert_int_equal(strlen(c->plan_sha256), 64);
    /* The problem was enough. */
    assert_null(c->accounts.table);
    assert_null(c->row);
    end_plan(p);
}

static void a_vacancys_accounts_are_parked(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS,
                       "account_id,segment,rep_id\nA1,all,V1\nA2,all,R2\n"
                       "A3,all,V1\nA4,all,\n");
    p->order.parking = "Ben@X.example";
    must_read(p);
    const bw_crm_change *c = p->change;
    assert_int_equal(c->count[BW_CRM_PARKED], 2);
    assert_true(bw_crm_is_written(c, 0));
    assert_false(bw_crm_is_written(c, 2)); /* is with Ben already */
    assert_int_equal(c->fate[3], BW_CRM_HELD);
    p->order.parking = "nobody";
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(
        told(p, BW_CRM_OWNER_UNKNOWN, "--parking-owner", 0, "nobody"), 1);
    end_plan(p);
}

static void rows_in_another_order_are_found(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS,
                       "account_id,segment,rep_id\nA3,C,R2\nA4,C,R1\n"
                       "A2,B,R1\nA1,B,R2\n");
    must_read(p);
    assert_int_equal(p->change->fate[0], BW_CRM_CHANGES);
    assert_int_equal(p->change->fate[2], BW_CRM_STAYS);
    assert_string_equal(p->change->segment[0], "B");
    assert_string_equal(p->change->segment[3], "C");
    put(p, "assignments.csv",
        "account_id,segment,rep_id\nA3,C,R9\nA3,C,R1\nA9,B,R1\nA1,B,R2\n");
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(bw_diags_count_code(p->diags, BW_VERIFY_MISMATCH), 5);
    end_plan(p);
}

/* 15 characters of three ids, each with its suffix. */
#define ID1 "001000000000AbC"
#define ID2 "001000000000ABc"
#define ID3 "001000000000abD"

static void salesforce(plan *p)
{
    bw_crm_form form = {.kind = BW_CRM_SALESFORCE_ID, .begins = "001"};
    p->profile.table[BW_CRM_ACCOUNTS].key = form;
    p->profile.table[BW_CRM_ACCOUNTS].headers[BW_CRM_KEY] = "Account ID";
}

static void the_key_is_another_column_than_the_id(void **state)
{
    (void)state;
    plan *p = new_plan("",
                       "id,Account ID,owner,latitude,longitude\n"
                       "A1," ID1 ",R1,40,-75\n"
                       "A2," ID2 ",R1,40,-75\n"
                       "A3,,R1,40,-75\n",
                       REPS,
                       "account_id,segment,rep_id\nA1,all,R1\nA2,all,R2\n"
                       "A3,all,R1\n");
    salesforce(p);
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_KEY_FORM, "accounts.csv", 4, "A3"), 1);
    assert_int_equal(bw_diags_count(p->diags, BW_ERROR), 1);
    assert_string_equal(p->change->key[0], ID1);
    assert_string_equal(p->change->key[1], ID2);
    assert_int_equal(p->change->row[1], 1);
    /* Only case tells the two apart; equal they are one record. */
    put(p, "accounts.csv",
        "id,Account ID,owner,latitude,longitude\n"
        "A1," ID1 ",R1,40,-75\n"
        "A2," ID1 ",R1,40,-75\n"
        "A3," ID3 ",=R1,40,-75\n");
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_KEY_AMBIGUOUS, "accounts.csv", 3, "line 2"),
                     1);
    end_plan(p);
}

static void a_later_export_says_who_owns_now(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS, ASSIGNMENTS);
    p->order.accounts = keep(p, 0, "later.csv",
                             "owner,id\nR2,A4\nR2,A2\nR2,A1\nR1,B7\nR2,A3\n");
    must_read(p);
    const bw_crm_change *c = p->change;
    assert_int_equal(c->fate[0], BW_CRM_CHANGES);
    assert_int_equal(c->fate[1], BW_CRM_STAYS); /* the plan has arrived */
    assert_int_equal(c->moved_meanwhile, 3);
    assert_int_equal(c->not_in_plan, 1);
    assert_int_equal(c->row[0], 2);
    assert_non_null(c->accounts.table);
    keep(p, 0, "later.csv", "owner,id\nR2,A2\nR1,A2\nR1,A1\n");
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_KEY_AMBIGUOUS, "later.csv", 3, "A2"), 1);
    assert_int_equal(told(p, BW_CRM_KEY_UNKNOWN, "accounts.csv", 4, "A3"), 1);
    assert_int_equal(told(p, BW_CRM_KEY_UNKNOWN, "accounts.csv", 5, "A4"), 1);
    end_plan(p);
}

static void keys_of_two_exports_meet_in_their_normal_form(void **state)
{
    (void)state;
    plan *p = new_plan(
        "",
        "Account ID,owner,latitude,longitude\n" ID1 ",R1,40,-75\n" ID2
        ",R1,40,-75\n",
        REPS, "account_id,segment,rep_id\n" ID1 ",all,R1\n" ID2 ",all,R2\n");
    char later[128], suffix[4];
    bw_crm_salesforce_suffix(ID2, suffix);
    snprintf(later, sizeof later, "Account ID,owner\n%s%s,R1\n%s,R1\n", ID2,
             suffix, ID1);
    salesforce(p);
    p->order.accounts = keep(p, 0, "later.csv", later);
    must_read(p);
    assert_int_equal(p->change->row[0], 1);
    assert_int_equal(p->change->row[1], 0);
    assert_int_equal(strlen(p->change->key[1]), 18);
    end_plan(p);
}

#define USERS                                                                  \
    "id,login,email,name,active\n"                                             \
    "U1,ann,ann@x.example,Ann,yes\n"                                           \
    "U2,ben,ben@x.example,Ben,no\n"                                            \
    "U3,cy,cy@x.example,Cy,yes\n"

static void every_fault_of_owners_is_told_at_once(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS,
                       "id,name,email,status,latitude,longitude\n"
                       "R1,Ann,,,40,-75\n"
                       "R2,Ben,,,40,-75\n"
                       "U3,Cy,ann@x.example,,40,-75\n"
                       "R4,Dee,,,40,-75\n",
                       "account_id,segment,rep_id\nA1,all,R2\nA2,all,U3\n"
                       "A3,all,R4\nA4,all,R1\n");
    p->order.users = keep(p, 1, "users.csv", USERS);
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_OWNER_INACTIVE, "users.csv", 3, "R2"), 1);
    assert_int_equal(told(p, BW_CRM_OWNER_AMBIGUOUS, "reps.csv", 4, "Cy"), 1);
    assert_int_equal(told(p, BW_CRM_OWNER_UNKNOWN, "reps.csv", 5, "Dee"), 1);
    /* Owners in accounts.csv are R1 and R2: neither is a user's text. */
    assert_int_equal(
        told(p, BW_CRM_OWNER_LOST, "accounts.csv", 2, "2 accounts"), 1);
    assert_int_equal(
        told(p, BW_CRM_OWNER_LOST, "accounts.csv", 4, "1 account,"), 1);
    p->order.lost_owners = true;
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(bw_diags_count(p->diags, BW_ERROR), 3);
    assert_int_equal(bw_diags_count(p->diags, BW_WARNING), 2);
    end_plan(p);
}

static void reps_are_users_by_email_login_or_name(void **state)
{
    (void)state;
    plan *p = new_plan("",
                       "id,owner,latitude,longitude\nA1,Ann,40,-75\n"
                       "A2,U1,40,-75\nA3,CY,40,-75\n",
                       "id,name,email,login,status,latitude,longitude\n"
                       "R1,Nobody,ANN@x.example,,,40,-75\n"
                       "R2,Cy,,,,40,-75\n"
                       "V1,Free,,ben,vacant,40,-75\n",
                       "account_id,segment,rep_id\nA1,all,R1\nA2,all,R2\n"
                       "A3,all,V1\n");
    p->order.users = keep(p, 1, "users.csv", USERS);
    must_read(p);
    const bw_crm_change *c = p->change;
    assert_string_equal(bw_crm_users_at(c->users, c->user_of_rep[0])->key,
                        "U1");
    assert_string_equal(bw_crm_users_at(c->users, c->user_of_rep[1])->key,
                        "U3");
    /* The CRM's user of the vacancy is not active: it is none. */
    assert_int_equal(c->user_of_rep[2], BW_CRM_NOBODY);
    assert_int_equal(c->fate[0], BW_CRM_STAYS);
    assert_int_equal(c->fate[1], BW_CRM_CHANGES);
    assert_int_equal(c->fate[2], BW_CRM_HELD);
    end_plan(p);
}

static void reps_who_take_no_part_are_users_all_the_same(void **state)
{
    (void)state;
    plan *p = new_plan("",
                       "id,owner,latitude,longitude\nA1,Cy Cole,40,-75\n"
                       "A2,R4,40,-75\n",
                       "id,First Name,Last Name,status,latitude,longitude\n"
                       "R1,Ann,Ames,,40,-75\nR3,Cy,Cole,inactive,,\n"
                       "R4,Dee,Dunn,leaving,,\n",
                       "account_id,segment,rep_id\nA1,all,R1\nA2,all,R1\n");
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(bw_diags_count(p->diags, BW_ERROR), 1);
    assert_int_equal(
        told(p, BW_CRM_OWNER_LOST, "accounts.csv", 2, "not active"), 1);
    end_plan(p);
}

static void an_owner_must_be_one_that_can_be_written(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS, ASSIGNMENTS);
    bw_buf out = {0};
    p->order.owner_by = BW_CRM_BY_EMAIL;
    must_read(p);
    bw_crm_owner_write(p->change, p->change->now[1], &out);
    bw_crm_owner_write(p->change, BW_CRM_NOBODY, &out);
    assert_string_equal(out.text, "ben@x.example");
    bw_buf_free(&out);
    p->order.owner_by = BW_CRM_BY_LOGIN; /* nobody has one */
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_OWNER_FORM, "reps.csv", 3, "no login"), 1);
    assert_int_equal(told(p, BW_CRM_OWNER_LOST, "accounts.csv", 3, "no login"),
                     1);
    p->order.owner_by = -1;
    p->profile.clear = "#N/A";
    p->profile.table[BW_CRM_USERS].key.prefix = "id:";
    must_read(p);
    bw_crm_owner_write(p->change, p->change->now[1], &out);
    bw_crm_owner_write(p->change, BW_CRM_NOBODY, &out);
    assert_string_equal(out.text, "id:R2#N/A");
    bw_buf_free(&out);
    p->profile.table[BW_CRM_USERS].key.begins = "005";
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_OWNER_FORM, "reps.csv", 3, "R2"), 1);
    end_plan(p);
}

static void a_formula_is_never_a_key(void **state)
{
    (void)state;
    plan *p =
        new_plan("",
                 "id,owner,latitude,longitude\n=1+1,R1,40,-75\n"
                 "A2,R1,40,-75\n",
                 REPS, "account_id,segment,rep_id\n=1+1,all,R1\nA2,all,R1\n");
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(told(p, BW_CRM_FORMULA, "accounts.csv", 2, "=1+1"), 1);
    end_plan(p);
}

static void families_are_written_together(void **state)
{
    (void)state;
    plan *p = new_plan("<rules><families keep='together'/></rules>",
                       "id,owner,parent,latitude,longitude\n"
                       "A1,R1,,40,-75\nA2,R1,,40,-75\nA3,R1,A1,40,-75\n"
                       "A4,R1,,40,-75\nA5,R1,A3,40,-75\n",
                       REPS,
                       "account_id,segment,rep_id\nA1,all,R2\nA2,all,R2\n"
                       "A3,all,R2\nA4,all,R2\nA5,all,R2\n");
    static const int32_t order[] = {0, 2, 4, 1, 3};
    p->profile.most_rows = 4; /* three below the header */
    must_read(p);
    assert_memory_equal(p->change->order, order, sizeof order);
    p->profile.most_rows = 3;
    assert_int_equal(read_plan(p), BW_INVALID);
    assert_int_equal(
        told(p, BW_CRM_FAMILY_LARGE, "accounts.csv", 2, "3 accounts"), 1);
    end_plan(p);
}

static void copies_need_the_table(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS, ASSIGNMENTS);
    p->column[0] = (bw_crm_column){.header = "name", .value = BW_CRM_IS_COPY};
    p->file = (bw_crm_file){.name = "f.csv",
                            .table = BW_CRM_ACCOUNTS,
                            .column = p->column,
                            .n_columns = 1};
    p->profile.file = &p->file;
    p->profile.n_files = 1;
    must_read(p);
    assert_non_null(p->change->accounts.table);
    for (int32_t a = 0; a < 4; a++)
        assert_int_equal(p->change->row[a], a);
    end_plan(p);
}

static bw_status read_once(void *data)
{
    const plan *p = data;
    bw_diags *diags = bw_diags_new();
    bw_crm_change *change = NULL;
    bw_status status =
        bw_crm_change_read(&p->order, &p->profile, diags, &change);
    bw_crm_change_free(change);
    bw_diags_free(diags);
    return status;
}

static void memory_that_is_short_is_survived(void **state)
{
    (void)state;
    plan *p = new_plan("", ACCOUNTS, REPS, ASSIGNMENTS);
    p->order.users =
        keep(p, 1, "users.csv", "id,name,active\nR1,Ann,yes\nR2,Ben,yes\n");
    p->order.accounts =
        keep(p, 0, "later.csv", "owner,id\nR2,A4\nR2,A2\nR2,A1\nR2,A3\n");
    survives_lack_of_memory(read_once, p, BW_OK);
    p->order.users = NULL;
    p->order.accounts = NULL;
    p->profile.table[BW_CRM_ACCOUNTS].headers[BW_CRM_KEY] = "Key";
    survives_lack_of_memory(read_once, p, BW_OK);
    end_plan(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_account_has_one_fate),
        cmocka_unit_test(a_vacancys_accounts_are_parked),
        cmocka_unit_test(rows_in_another_order_are_found),
        cmocka_unit_test(the_key_is_another_column_than_the_id),
        cmocka_unit_test(a_later_export_says_who_owns_now),
        cmocka_unit_test(keys_of_two_exports_meet_in_their_normal_form),
        cmocka_unit_test(every_fault_of_owners_is_told_at_once),
        cmocka_unit_test(reps_are_users_by_email_login_or_name),
        cmocka_unit_test(reps_who_take_no_part_are_users_all_the_same),
        cmocka_unit_test(an_owner_must_be_one_that_can_be_written),
        cmocka_unit_test(a_formula_is_never_a_key),
        cmocka_unit_test(families_are_written_together),
        cmocka_unit_test(copies_need_the_table),
        cmocka_unit_test(memory_that_is_short_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
