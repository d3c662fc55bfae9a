/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which header stands for which field. */
#include "faults.h"

#include "columns.h"
#include "synonyms.h"

#include <stdio.h>
#include <string.h>

enum {
    MAPS = 8
};

/* A file of one record, the scenario's words about it, and what came of it. */
typedef struct bound {
    bw_source *source;
    bw_table *table;
    bw_diags *diags;
    bw_columns *columns;
    bw_status status;
    bw_source_spec spec;
    bw_column_map map[MAPS];
} bound;

/* `told`: name, from, name, from, ... and NULL. An attribute's value starts at
 * column 30, the line is that of the pair, from 5. */
static void bind_text(bound *b, bw_role role, const char *text,
                      const char *const *told)
{
    memset(b, 0, sizeof *b);
    b->diags = bw_diags_new();
    assert_int_equal(
        bw_source_from(text, strlen(text), "t.csv", b->diags, &b->source),
        BW_OK);
    assert_int_equal(bw_table_read(b->source, b->diags, &b->table), BW_OK);
    for (; told && *told; told += 2) {
        uint32_t line = (uint32_t)b->spec.n_columns + 5;
        b->map[b->spec.n_columns++] = (bw_column_map){
            .place = {"s.xml", line, 3},
            .name = {told[0], {"s.xml", line, 17}, NULL},
            .from = {told[1], {"s.xml", line, 30}, NULL},
        };
    }
    b->spec.columns = b->map;
    b->status =
        bw_columns_bind(role, b->table, &b->spec, b->diags, &b->columns);
}

/* A header line alone; its record is as many blank fields. */
static bound bind_headers(bw_role role, const char *headers,
                          const char *const *told)
{
    char text[2000];
    snprintf(text, sizeof text, "%s\nx", headers);
    for (const char *c = headers; *c; c++)
        if (*c == ',')
            strcat(text, ",");
    bound b;
    bind_text(&b, role, text, told);
    b.spec.columns = NULL; /* the copy has another address */
    return b;
}

static void done(bound *b)
{
    bw_columns_free(b->columns);
    bw_table_free(b->table);
    bw_source_free(b->source);
    bw_diags_free(b->diags);
}

static void assert_bound(const bound *b, const char *name, const char *header,
                         const char *how)
{
    const bw_binding *binding = bw_columns_find(b->columns, name);
    assert_non_null(binding);
    assert_string_equal(binding->how, how);
    if (!header) {
        assert_int_equal(binding->n_columns, 0);
        return;
    }
    assert_true(binding->n_columns > 0);
    assert_string_equal(bw_table_header(b->table, binding->column[0]).text,
                        header);
}

static void assert_fault(const bound *b, size_t index, bw_severity severity,
                         bw_code code, bw_place place)
{
    const bw_diag *diag = bw_diags_at(b->diags, index);
    assert_non_null(diag);
    assert_int_equal(diag->severity, severity);
    assert_string_equal(bw_code_text(diag->code), bw_code_text(code));
    assert_string_equal(diag->place.file, place.file);
    assert_int_equal(diag->place.line, place.line);
    assert_int_equal(diag->place.column, place.column);
}

static const char *message(const bound *b, size_t index)
{
    return bw_diags_at(b->diags, index)->text;
}

/* ------------------------------------------------------------- by itself */

static void our_own_names_bind(void **state)
{
    (void)state;
    bound b = bind_headers(BW_ROLE_ACCOUNTS,
                           "revenue,id,postal_code,Latitude,LON,other", NULL);
    assert_int_equal(b.status, BW_OK);
    assert_int_equal(bw_diags_kept(b.diags), 0);
    assert_bound(&b, "id", "id", "by name");
    assert_bound(&b, "revenue", "revenue", "by name");
    assert_bound(&b, "postal_code", "postal_code", "by name");
    assert_bound(&b, "latitude", "Latitude", "by name");
    assert_bound(&b, "longitude", "LON", "by synonym");
    assert_bound(&b, "name", NULL, "none");
    assert_null(bw_columns_find(b.columns, "other"));
    assert_true(bw_columns_find(b.columns, "revenue")->numeric);
    assert_false(bw_columns_find(b.columns, "id")->numeric);
    assert_int_equal(bw_columns_count(b.columns), 21);
    assert_string_equal(bw_columns_at(b.columns, 0)->field, "id");
    done(&b);
}

static void exports_of_crm_systems_bind(void **state)
{
    (void)state;
    static const char *const cases[][5] = {
        /* headers, id, name, owner, postal code */
        {"Id,Name,OwnerId,BillingPostalCode,AnnualRevenue", "Id", "Name",
         "OwnerId", "BillingPostalCode"},
        {"Account Owner,Account Name,Account ID,Billing Zip/Postal Code",
         "Account ID", "Account Name", "Account Owner",
         "Billing Zip/Postal Code"},
        {"Record ID,Company name,Company owner,Zip", "Record ID",
         "Company name", "Company owner", "Zip"},
        {"(Do Not Modify) Account,Account Name,Owner,Postal Code",
         "(Do Not Modify) Account", "Account Name", "Owner", "Postal Code"},
        {"External ID,Name,Salesperson/External ID,ZIP", "External ID", "Name",
         "Salesperson/External ID", "ZIP"},
        {"Name,ID,Billing Postal Code,Assigned to,Assigned User", "ID", "Name",
         "Assigned User", "Billing Postal Code"},
        {"Organization - ID,Organization - Name,Organization - Owner,Postcode",
         "Organization - ID", "Organization - Name", "Organization - Owner",
         "Postcode"},
        {"account_id,name,owner_rep_id,zip", "account_id", "name",
         "owner_rep_id", "zip"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bound b = bind_headers(BW_ROLE_ACCOUNTS, cases[i][0], NULL);
        assert_int_equal(b.status, BW_OK);
        assert_int_equal(bw_diags_kept(b.diags), 0);
        static const char *const fields[] = {"id", "name", "owner",
                                             "postal_code"};
        for (int f = 0; f < 4; f++) {
            const bw_binding *binding = bw_columns_find(b.columns, fields[f]);
            if (binding->n_columns != 1)
                fail_msg("%s: no %s", cases[i][0], fields[f]);
            assert_string_equal(
                bw_table_header(b.table, binding->column[0]).text,
                cases[i][f + 1]);
        }
        done(&b);
    }
}

static void reps_and_pairs_have_synonyms_too(void **state)
{
    (void)state;
    bound b = bind_headers(BW_ROLE_REPS,
                           "rep_id,Rep Name,home_latitude,Home Longitude,"
                           "home_country,Capacity Hours,FTE,Username,E-mail",
                           NULL);
    assert_bound(&b, "id", "rep_id", "by synonym");
    assert_bound(&b, "name", "Rep Name", "by synonym");
    assert_bound(&b, "latitude", "home_latitude", "by synonym");
    assert_bound(&b, "longitude", "Home Longitude", "by synonym");
    assert_bound(&b, "country", "home_country", "by synonym");
    assert_bound(&b, "capacity", "Capacity Hours", "by synonym");
    assert_bound(&b, "fte", "FTE", "by name");
    assert_bound(&b, "login", "Username", "by synonym");
    assert_bound(&b, "email", "E-mail", "by name");
    done(&b);
    b = bind_headers(BW_ROLE_PAIRS, "account_id,Rep ID,travel hours,km", NULL);
    assert_bound(&b, "account", "account_id", "by synonym");
    assert_bound(&b, "rep", "Rep ID", "by synonym");
    assert_bound(&b, "travel_hours", "travel hours", "by name");
    assert_bound(&b, "km", "km", "by name");
    done(&b);
}

static void the_exact_name_wins_over_everything_else(void **state)
{
    (void)state;
    bound b = bind_headers(BW_ROLE_ACCOUNTS,
                           "Account ID,ID,id,Record ID,owner,Owner ID", NULL);
    assert_int_equal(b.status, BW_OK);
    assert_int_equal(bw_diags_kept(b.diags), 0);
    assert_bound(&b, "id", "id", "by name");
    assert_bound(&b, "owner", "owner", "by name");
    done(&b);
}

static void an_id_of_the_owner_wins_over_the_owners_name(void **state)
{
    (void)state;
    bound b =
        bind_headers(BW_ROLE_ACCOUNTS, "id,Owner,Account Owner,Owner ID", NULL);
    assert_int_equal(bw_diags_kept(b.diags), 0);
    assert_bound(&b, "owner", "Owner ID", "by synonym");
    done(&b);
}

static void two_ids_that_fit_equally_are_an_error(void **state)
{
    (void)state;
    bound b =
        bind_headers(BW_ROLE_ACCOUNTS, "hours,Account ID,Record ID", NULL);
    assert_int_equal(b.status, BW_INVALID);
    assert_true(bw_columns_find(b.columns, "id")->faulty);
    assert_int_equal(bw_diags_kept(b.diags), 1);
    assert_fault(&b, 0, BW_ERROR, BW_COLUMN_AMBIGUOUS,
                 (bw_place){"t.csv", 1, 7});
    assert_non_null(strstr(message(&b, 0), "\"Account ID\", \"Record ID\""));
    assert_non_null(strstr(message(&b, 0), "<column name=\"id\""));
    done(&b);
    b = bind_headers(BW_ROLE_PAIRS, "account,Rep ID,rep-id", NULL);
    assert_int_equal(b.status, BW_INVALID);
    done(&b);
}

static void other_fields_that_are_ambiguous_are_errors(void **state)
{
    (void)state;
    bound b = bind_headers(BW_ROLE_ACCOUNTS, "id,Zip,Post code,lat,LAT", NULL);
    assert_int_equal(b.status, BW_INVALID);
    assert_int_equal(bw_diags_kept(b.diags), 2);
    assert_fault(&b, 0, BW_ERROR, BW_COLUMN_AMBIGUOUS,
                 (bw_place){"t.csv", 1, 4});
    assert_non_null(strstr(bw_diags_at(b.diags, 0)->text,
                           "\"Zip\", \"Post code\"; say which by <column "
                           "name=\"postal_code\" from=\"...\"/>, or "
                           "from=\"\" for none"));
    assert_bound(&b, "postal_code", NULL, "none");
    assert_bound(&b, "latitude", NULL, "none");
    done(&b);
}

static void a_header_of_signs_alone_stands_for_nothing(void **state)
{
    (void)state;
    bound b = bind_headers(BW_ROLE_ACCOUNTS, "id,--,#", NULL);
    assert_int_equal(bw_diags_kept(b.diags), 0);
    for (int32_t i = 1; i < bw_columns_count(b.columns); i++)
        assert_int_equal(bw_columns_at(b.columns, i)->n_columns, 0);
    done(&b);
}

/* ---------------------------------------------------------------- as told */

static void what_the_scenario_says_stands(void **state)
{
    (void)state;
    static const char *const told[] = {"id", "Nr",   "owner",  "",  "hours",
                                       "id", "beds", "N beds", NULL};
    bound b =
        bind_headers(BW_ROLE_ACCOUNTS, "Nr,id,owner,N beds,Account ID", told);
    assert_int_equal(b.status, BW_OK);
    assert_int_equal(bw_diags_kept(b.diags), 0);
    assert_bound(&b, "id", "Nr", "as told");
    assert_bound(&b, "owner", NULL, "as told");
    assert_bound(&b, "hours", "id", "as told");
    assert_bound(&b, "beds", "N beds", "as told");
    assert_false(bw_columns_find(b.columns, "beds")->numeric);
    assert_int_equal(bw_columns_count(b.columns), 22);
    done(&b);
}

static void of_several_headers_the_first_not_blank_counts(void **state)
{
    (void)state;
    static const char *const told[] = {"owner", " last | first ", NULL};
    bound b;
    bind_text(&b, BW_ROLE_ACCOUNTS,
              "id,first,last\n1,a,b\n2,c,\n3,c,\"  \"\n4,,\n", told);
    const bw_binding *owner = bw_columns_find(b.columns, "owner");
    assert_int_equal(owner->n_columns, 2);
    assert_ptr_equal(owner->map, &b.map[0]);
    static const char *const want[] = {"b", "c", "c", ""};
    static const int32_t from[] = {2, 1, 1, 2};
    for (int64_t row = 0; row < 4; row++) {
        int32_t column;
        bw_cell cell = bw_columns_cell(b.table, owner, row, &column);
        assert_string_equal(cell.text, want[row]);
        assert_int_equal(cell.len, strlen(want[row]));
        assert_int_equal(column, from[row]);
    }
    int32_t column;
    const bw_binding *none = bw_columns_find(b.columns, "city");
    assert_string_equal(bw_columns_cell(b.table, none, 0, &column).text, "");
    assert_int_equal(column, -1);
    done(&b);
}

static void an_expression_takes_no_column(void **state)
{
    (void)state;
    bound b;
    bind_text(&b, BW_ROLE_ACCOUNTS, "id,potential\n1,2\n", NULL);
    bw_columns_free(b.columns);
    b.map[0] = (bw_column_map){
        .name = {"potential", {"s.xml", 5, 17}, NULL},
        .value = {"$revenue * 2", {"s.xml", 5, 30}, NULL},
        .from = {NULL, {"s.xml", 5, 3}, NULL},
    };
    b.spec.n_columns = 1;
    assert_int_equal(bw_columns_bind(BW_ROLE_ACCOUNTS, b.table, &b.spec,
                                     b.diags, &b.columns),
                     BW_OK);
    assert_bound(&b, "potential", NULL, "expression");
    assert_ptr_equal(bw_columns_find(b.columns, "potential")->map, &b.map[0]);
    done(&b);
}

static void every_header_that_is_not_there_is_listed(void **state)
{
    (void)state;
    static const char *const told[] = {
        "id", "Id", "revenue", "x|Z\xC3\xBC|  y", "mine", "nr", NULL};
    bound b = bind_headers(BW_ROLE_ACCOUNTS, "id,x,name", told);
    assert_int_equal(b.status, BW_INVALID);
    assert_int_equal(bw_diags_kept(b.diags), 4);
    assert_fault(&b, 0, BW_ERROR, BW_COLUMN_MISSING,
                 (bw_place){"s.xml", 5, 30});
    assert_non_null(strstr(message(&b, 0), "did you mean \"id\"?"));
    assert_non_null(strstr(message(&b, 0), "\"id\", \"x\", \"name\""));
    assert_fault(&b, 1, BW_ERROR, BW_COLUMN_MISSING,
                 (bw_place){"s.xml", 6, 32});
    assert_null(strstr(message(&b, 1), "did you mean"));
    assert_fault(&b, 2, BW_ERROR, BW_COLUMN_MISSING,
                 (bw_place){"s.xml", 6, 37});
    assert_fault(&b, 3, BW_ERROR, BW_COLUMN_MISSING,
                 (bw_place){"s.xml", 7, 30});
    done(&b);
}

static void places_count_references_as_they_stand(void **state)
{
    (void)state;
    bound b;
    bind_text(&b, BW_ROLE_ACCOUNTS, "id,R&D\n1,2\n", NULL);
    bw_columns_free(b.columns);
    b.map[0] = (bw_column_map){
        .name = {"x", {"s.xml", 5, 17}, NULL},
        .from = {"R&D|no", {"s.xml", 5, 30}, "R&amp;D|no"},
    };
    b.spec.n_columns = 1;
    assert_int_equal(bw_columns_bind(BW_ROLE_ACCOUNTS, b.table, &b.spec,
                                     b.diags, &b.columns),
                     BW_INVALID);
    assert_int_equal(bw_diags_kept(b.diags), 1);
    assert_fault(&b, 0, BW_ERROR, BW_COLUMN_MISSING,
                 (bw_place){"s.xml", 5, 38});
    done(&b);
}

static void a_long_list_of_headers_is_cut(void **state)
{
    (void)state;
    static const char *const told[] = {"revenue", "nope", NULL};
    bound b = bind_headers(
        BW_ROLE_ACCOUNTS,
        "id,h02,h03,h04,h05,h06,h07,h08,h09,h10,"
        "h11 with a name that is very very long and goes on and on until "
        "nobody reads it any more,h12,h13,h14,h15,h16",
        told);
    const char *text = message(&b, 0);
    assert_non_null(strstr(text, "\"h10\""));
    assert_non_null(strstr(text, "...\""));
    assert_null(strstr(text, "\"h16\""));
    assert_non_null(strstr(text, " and 4 more"));
    done(&b);
}

static void a_name_given_twice_is_a_fault(void **state)
{
    (void)state;
    static const char *const told[] = {"id", "a", "x", "b", "id", "b", NULL};
    bound b = bind_headers(BW_ROLE_REPS, "a,b", told);
    assert_int_equal(b.status, BW_INVALID);
    assert_int_equal(bw_diags_kept(b.diags), 1);
    assert_fault(&b, 0, BW_ERROR, BW_COLUMN_DUPLICATE,
                 (bw_place){"s.xml", 7, 17});
    assert_non_null(strstr(message(&b, 0), "line 5"));
    done(&b);
}

static void a_from_that_makes_no_sense_is_a_fault(void **state)
{
    (void)state;
    static const char *const told[] = {"x", "a||b", "y", "a|b|a|b|a|b|a|b|a",
                                       NULL};
    bound b = bind_headers(BW_ROLE_REPS, "a,b", told);
    assert_int_equal(b.status, BW_INVALID);
    assert_int_equal(bw_diags_kept(b.diags), 2);
    assert_fault(&b, 0, BW_ERROR, BW_VALUE_SYNTAX, (bw_place){"s.xml", 5, 32});
    assert_fault(&b, 1, BW_ERROR, BW_VALUE_SYNTAX, (bw_place){"s.xml", 6, 46});
    done(&b);
}

/* -------------------------------------------------------------- the table */

#define NAME(name, numeric) #name,
static const char *const account_fields[] = {BW_ACCOUNT_FIELDS(NAME) NULL};
static const char *const rep_fields[] = {BW_REP_FIELDS(NAME) NULL};
static const char *const pair_fields[] = {BW_PAIR_FIELDS(NAME) NULL};
static const char *const gazetteer_fields[] = {BW_GAZETTEER_FIELDS(NAME) NULL};
static const char *const *const fields[] = {account_fields, rep_fields,
                                            pair_fields, gazetteer_fields};

static int fields_of(bw_role role, const char *plain)
{
    int hits = 0;
    for (const char *const *f = fields[role]; *f; f++)
        hits += bw_header_rank(role, *f, plain) >= 0;
    return hits;
}

static void no_header_stands_for_two_fields(void **state)
{
    (void)state;
    bw_role role;
    const char *headers;
    size_t i = 0;
    for (; (headers = bw_synonyms_at(i, &role)); i++) {
        char plain[64], again[64];
        while (sscanf(headers, "%63s", plain) == 1) {
            bw_header_plain(plain, again);
            assert_string_equal(plain, again);
            if (fields_of(role, plain) != 1)
                fail_msg("\"%s\" stands for %d fields of role %d", plain,
                         fields_of(role, plain), (int)role);
            headers = strstr(headers, plain) + strlen(plain);
        }
    }
    assert_true(i > 60);
}

static void plain_form_keeps_letters_and_digits(void **state)
{
    (void)state;
    char plain[64];
    bw_header_plain("(Do Not Modify) Account_2 \xC3\x84", plain);
    assert_string_equal(plain, "donotmodifyaccount2\xC3\x84");
    bw_header_plain("\xEF\xBB\xBF"
                    "Account\xC2\xA0Name \xE2\x80\x93 \xE5\x85\xAC\xE2\x82\xAC",
                    plain);
    assert_string_equal(plain, "accountname\xE5\x85\xAC\xE2\x82\xAC");
    bw_header_plain("--", plain);
    assert_string_equal(plain, "");
}

static bw_status bind_it(void *data)
{
    bound *b = data;
    bw_columns *columns;
    bw_status status =
        bw_columns_bind(BW_ROLE_ACCOUNTS, b->table, &b->spec, NULL, &columns);
    assert_true((status == BW_OK || status == BW_INVALID) == !!columns);
    bw_columns_free(columns);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    static const char *const good[] = {"revenue", "a|b", "mine", "c", NULL};
    static const char *const bad[] = {"revenue", "a|nope", "mine", "C", NULL};
    bound b;
    bind_text(&b, BW_ROLE_ACCOUNTS, "id,a,b,c\n1,2,3,4\n", good);
    assert_true(survives_lack_of_memory(bind_it, &b, BW_OK) >= 2);
    done(&b);
    bind_text(&b, BW_ROLE_ACCOUNTS, "id,a,b,c,zip,ZIP\n1,2,3,4,5,6\n", bad);
    assert_true(survives_lack_of_memory(bind_it, &b, BW_INVALID) >= 3);
    done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_names_bind),
        cmocka_unit_test(exports_of_crm_systems_bind),
        cmocka_unit_test(reps_and_pairs_have_synonyms_too),
        cmocka_unit_test(the_exact_name_wins_over_everything_else),
        cmocka_unit_test(an_id_of_the_owner_wins_over_the_owners_name),
        cmocka_unit_test(two_ids_that_fit_equally_are_an_error),
        cmocka_unit_test(other_fields_that_are_ambiguous_are_errors),
        cmocka_unit_test(a_header_of_signs_alone_stands_for_nothing),
        cmocka_unit_test(what_the_scenario_says_stands),
        cmocka_unit_test(of_several_headers_the_first_not_blank_counts),
        cmocka_unit_test(an_expression_takes_no_column),
        cmocka_unit_test(every_header_that_is_not_there_is_listed),
        cmocka_unit_test(places_count_references_as_they_stand),
        cmocka_unit_test(a_long_list_of_headers_is_cut),
        cmocka_unit_test(a_name_given_twice_is_a_fault),
        cmocka_unit_test(a_from_that_makes_no_sense_is_a_fault),
        cmocka_unit_test(no_header_stands_for_two_fields),
        cmocka_unit_test(plain_form_keeps_letters_and_digits),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
