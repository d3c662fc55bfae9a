/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is named by a text, and by what. */
#include "faults.h"

#include "crm_users.h"
#include "said.h"

static const bw_crm_profile profile = {
    .name = "test",
    .table[BW_CRM_USERS] = {
        .given = true,
        .key = {BW_CRM_SALESFORCE_ID, "005", NULL, NULL, 0},
    }};

typedef struct people {
    bw_crm_users *users;
    bw_diags *diags;
} people;

static bw_status add(people *p, const char *key, const char *login,
                     const char *email, const char *name, uint32_t line)
{
    char file[] = "u.csv"; /* the place's text is copied */
    const bw_crm_user user = {key, login, email, name, true, {file, line, 1}};
    bw_status status = bw_crm_users_add(p->users, &user, p->diags);
    file[0] = 'x';
    return status;
}

static people three(void)
{
    people p = {.diags = bw_diags_new()};
    assert_int_equal(bw_crm_users_new(&profile, &p.users), BW_OK);
    assert_int_equal(
        add(&p, "005x0000000fNSi", "ann", "ann@x.com", "Ann Lee", 2), BW_OK);
    assert_int_equal(
        add(&p, "005x0000000fNSj", "bob", "bob@x.com", "Bob Ray", 3), BW_OK);
    assert_int_equal(
        add(&p, "005x0000000fNSk", "bob@x.com", "Ann@X.com", "Bob Ray", 4),
        BW_OK);
    return p;
}

static void done(people *p)
{
    bw_crm_users_free(p->users);
    bw_diags_free(p->diags);
}

static void a_text_names_by_key_login_mail_and_name(void **state)
{
    (void)state;
    people p = three();
    const bw_crm_users *u = p.users;
    assert_int_equal(bw_crm_users_count(u), 3);
    assert_int_equal(bw_crm_users_find(u, "005x0000000fNSi"), 0);
    assert_int_equal(bw_crm_users_find(u, "005x0000000fNSiAAM"), 0);
    assert_int_equal(bw_crm_users_find(u, "005X0000000FNSI"), BW_CRM_UNKNOWN);
    assert_int_equal(bw_crm_users_find(u, "ANN"), 0);
    /* The second's e-mail is the third's login, and a login comes first. */
    assert_int_equal(bw_crm_users_find(u, "Bob@x.com"), 2);
    assert_int_equal(bw_crm_users_find_by(u, BW_CRM_BY_EMAIL, "bob@x.com"), 1);
    assert_int_equal(bw_crm_users_find(u, "ann@x.com"), BW_CRM_AMBIGUOUS);
    assert_int_equal(bw_crm_users_find(u, "Ann Lee"), 0);
    assert_int_equal(bw_crm_users_find(u, "ann lee"), BW_CRM_UNKNOWN);
    assert_int_equal(bw_crm_users_find(u, "Bob Ray"), BW_CRM_AMBIGUOUS);
    assert_int_equal(bw_crm_users_find_by(u, BW_CRM_BY_KEY, "ann"),
                     BW_CRM_UNKNOWN);
    assert_int_equal(bw_crm_users_find(u, ""), BW_CRM_NOBODY);
    assert_int_equal(bw_crm_users_find(u, " "), BW_CRM_NOBODY);
    done(&p);
}

static void what_is_there_is_a_copy(void **state)
{
    (void)state;
    people p = three();
    const bw_crm_user *bob = bw_crm_users_at(p.users, 1);
    assert_string_equal(bob->place.file, "u.csv");
    assert_int_equal(bob->place.line, 3);
    assert_string_equal(bw_crm_user_text(bob, BW_CRM_BY_KEY),
                        "005x0000000fNSj");
    assert_string_equal(bw_crm_user_text(bob, BW_CRM_BY_LOGIN), "bob");
    assert_string_equal(bw_crm_user_text(bob, BW_CRM_BY_EMAIL), "bob@x.com");
    assert_string_equal(bw_crm_user_text(bob, BW_CRM_BY_NAME), "Bob Ray");
    done(&p);
}

static void the_same_user_may_stand_twice_but_not_another(void **state)
{
    (void)state;
    people p = three();
    assert_int_equal(
        add(&p, "005x0000000fNSiAAM", "Ann", "ANN@x.com", "Ann Lee", 5), BW_OK);
    assert_int_equal(bw_crm_users_count(p.users), 3);
    assert_int_equal(bw_diags_count(p.diags, BW_ERROR), 0);
    assert_int_equal(
        add(&p, "005x0000000fNSi", "amy", "ann@x.com", "Amy Lee", 6),
        BW_INVALID);
    assert_string_equal(said_of(p.diags).text, "6:1 crm-owner-ambiguous");
    assert_true(said(p.diags,
                     "user \"005x0000000fNSi\" stands here again and is not "
                     "the same (\"Amy Lee\", amy, active) as in line 2 (\"Ann "
                     "Lee\", ann, active); keep one of them"));
    assert_int_equal(bw_crm_users_count(p.users), 3);
    done(&p);
}

/* Users without a key are told apart by what they have. */
static void users_without_a_key_are_several(void **state)
{
    (void)state;
    people p = three();
    assert_int_equal(add(&p, "", "cid", "", "", 7), BW_OK);
    assert_int_equal(add(&p, "", "dot", "", "", 8), BW_OK);
    assert_int_equal(bw_crm_users_find(p.users, "cid"), 3);
    assert_int_equal(bw_crm_users_find(p.users, "dot"), 4);
    done(&p);
}

static void texts_too_long_to_be_anybody_name_nobody(void **state)
{
    (void)state;
    people p = three();
    char text[2001];
    memset(text, 'x', 2000);
    text[2000] = '\0';
    assert_int_equal(add(&p, "", text, "", "Eve", 7), BW_OK);
    assert_int_equal(bw_crm_users_find(p.users, text), BW_CRM_UNKNOWN);
    assert_int_equal(bw_crm_users_find(p.users, "Eve"), 3);
    text[1023] = '\0';
    assert_int_equal(add(&p, "", text, "", "", 8), BW_OK);
    assert_int_equal(bw_crm_users_find(p.users, text), 4);
    done(&p);
}

static bw_status many(void *data)
{
    bw_crm_users *users;
    bw_status status = bw_crm_users_new(data, &users);
    for (int i = 0; status == BW_OK && i < 300; i++) {
        char login[16];
        snprintf(login, sizeof login, "u%d", i);
        const bw_crm_user user = {login, login, "", "Ann", true, {login, 1, 1}};
        status = bw_crm_users_add(users, &user, NULL);
    }
    if (status == BW_OK) {
        assert_int_equal(bw_crm_users_find(users, "U299"), 299);
        assert_int_equal(bw_crm_users_find(users, "Ann"), BW_CRM_AMBIGUOUS);
    }
    bw_crm_users_free(users);
    return status;
}

static void lack_of_memory_is_told(void **state)
{
    (void)state;
    bw_crm_profile data = profile;
    assert_true(survives_lack_of_memory(many, &data, BW_OK) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_names_by_key_login_mail_and_name),
        cmocka_unit_test(what_is_there_is_a_copy),
        cmocka_unit_test(the_same_user_may_stand_twice_but_not_another),
        cmocka_unit_test(users_without_a_key_are_several),
        cmocka_unit_test(texts_too_long_to_be_anybody_name_nobody),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
