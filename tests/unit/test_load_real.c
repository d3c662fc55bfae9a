/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading data that nobody wrote for this program, against figures that any
 * import of it must reproduce. Skipped where the data are not there. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "load_case.h"

#define DATA "../shared/data"

static void need(const char *path)
{
    if (access(path, R_OK) == 0)
        return;
    print_message("%s is not there\n", path);
    skip();
}

static load_case *load_file(const char *path)
{
    load_case *c = calloc(1, sizeof *c);
    assert_non_null(c);
    c->diags = bw_diags_new();
    c->status = bw_scenario_load(path, c->diags, &c->scenario);
    if (c->status == BW_OK)
        c->status = bw_problem_load(c->scenario, c->diags, &c->problem);
    for (size_t i = 0; i < bw_diags_kept(c->diags) && c->status != BW_OK; i++)
        print_message("%s\n", bw_diags_at(c->diags, i)->text);
    assert_int_equal(c->status, BW_OK);
    return c;
}

static void close_file(load_case *c)
{
    bw_problem_free(c->problem);
    bw_scenario_free(c->scenario);
    bw_diags_free(c->diags);
    free(c);
}

static double total(const double *value, int32_t n)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

static void adventureworks_is_loaded_as_planned(void **state)
{
    (void)state;
    need(DATA "/adventureworks/accounts.csv");
    load_case *c = load_file("tests/real/adventureworks.xml");
    const bw_problem *p = c->problem;
    assert_int_equal(p->accounts.n, 701);
    assert_int_equal(p->reps.n, 14);
    assert_int_equal(p->reps.n_serving, 14);
    assert_int_equal(p->n_rejected, 3);
    assert_string_equal(p->rejected[0].id, "274");
    assert_true(fabs(total(p->accounts.revenue, 701) - 32890351.68) < 0.01);
    assert_memory_equal(p->accounts.revenue, p->accounts.potential,
                        701 * sizeof(double));

    int unplaced = 0, owned[14] = {0}, unowned = 0;
    int64_t pairs = 0;
    const bw_pair_rule *rule = &p->rules[0];
    for (int32_t a = 0; a < 701; a++) {
        unplaced += p->accounts.placing[a] == BW_ANYWHERE;
        unowned += p->accounts.owner[a] < 0;
        if (p->accounts.owner[a] >= 0)
            owned[p->accounts.owner[a]]++;
        for (int32_t r = 0; r < 14; r++)
            pairs +=
                rule->allowed[rule->account_class[a] * rule->n_rep_classes +
                              rule->rep_class[r]];
    }
    static const int sellers[] = {71, 75, 78, 39, 78, 14, 41,
                                  48, 31, 30, 36, 40, 64, 40};
    assert_int_equal(unplaced, 30);
    assert_int_equal(unowned, 16); /* sold to by one of the three managers */
    assert_memory_equal(owned, sellers, sizeof sellers);
    assert_int_equal(bw_diags_count_code(c->diags, BW_OWNER_LEFT_OUT), 16);
    assert_int_equal(bw_diags_count_code(c->diags, BW_ACCOUNT_UNPLACED), 30);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 4);
    /* US 427 accounts x 8 reps, CA 114 x 2, four countries of 40 x 1 */
    assert_int_equal(pairs, 427 * 8 + 114 * 2 + 160);
    assert_int_equal(p->balances[0].n_groups, 6);
    close_file(c);
}

static void by_number(double *values, int n)
{
    for (int i = 1; i < n; i++)
        for (int k = i; k > 0 && values[k - 1] > values[k]; k--) {
            double t = values[k];
            values[k] = values[k - 1];
            values[k - 1] = t;
        }
}

/* A scenario over the published file, without its coordinates or with. */
static load_case *with_zips(const char *accounts, bool coordinates)
{
    char body[4096], folder[1024];
    const char *none = "<column name='latitude' from=''/>"
                       "<column name='longitude' from=''/>";
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(body, sizeof body,
             "<accounts file='%s/" DATA "/adventureworks/%s' "
             "unplaced='anywhere'>%s</accounts>"
             "<reps file='%s/" DATA "/adventureworks/reps.csv' "
             "where=\"$home_country = 'US'\">%s</reps>"
             "<gazetteer file='%s/" DATA "/geo/zip_centroids.csv' "
             "country='US'/><travel hour-cost='1'/>",
             folder, accounts, coordinates ? "" : none, folder,
             coordinates ? "" : none, folder);
    return case_good(body, NULL, NULL, NULL);
}

/* Every account of the US and every home there is placed by its ZIP, none
 * further than 31 km from where it is, half of them within 9 km. */
static void zip_codes_place_what_has_no_coordinates(void **state)
{
    (void)state;
    need(DATA "/adventureworks/accounts_as_published.csv");
    need(DATA "/geo/zip_centroids.csv");
    load_case *real = with_zips("accounts.csv", true);
    load_case *c = with_zips("accounts_as_published.csv", false);
    const bw_accounts *a = &c->problem->accounts, *b = &real->problem->accounts;
    const bw_reps *reps = &c->problem->reps;
    double km[701];
    int n = 0;
    for (int32_t i = 0; i < a->n; i++) {
        assert_string_equal(a->id[i], b->id[i]);
        if (a->place_source[i] == BW_PLACE_NONE)
            continue;
        assert_int_equal(a->place_source[i], BW_PLACE_POSTAL_CODE);
        assert_true(bw_point_known(b->point[i]));
        km[n++] = bw_geo_km(bw_geo_vec(a->point[i]), bw_geo_vec(b->point[i]));
    }
    assert_int_equal(n, 427);
    by_number(km, n);
    assert_true(km[n - 1] < 31);
    assert_true(km[n / 2] < 9);
    assert_true(reps->n > 5);
    for (int32_t r = 0; r < reps->n; r++) {
        assert_int_equal(reps->place_source[r], BW_PLACE_POSTAL_CODE);
        assert_true(bw_geo_km(bw_geo_vec(reps->home[r]),
                              bw_geo_vec(real->problem->reps.home[r])) < 31);
    }
    assert_int_equal(bw_diags_count_code(real->diags, BW_PLACE_FAR), 0);
    case_close(c);
    case_close(real);
}

/* The 30 that were published at (0,0) are in Germany, Britain and France: the
 * US gazetteer places none of them, and says so. */
static void codes_of_other_countries_are_told(void **state)
{
    (void)state;
    need(DATA "/adventureworks/accounts_as_published.csv");
    need(DATA "/geo/zip_centroids.csv");
    load_case *c = with_zips("accounts_as_published.csv", true);
    int count[BW_N_PLACE_SOURCES] = {0};
    for (int32_t i = 0; i < c->problem->accounts.n; i++)
        count[c->problem->accounts.place_source[i]]++;
    assert_int_equal(count[BW_PLACE_GIVEN], 671);
    assert_int_equal(count[BW_PLACE_NONE], 30);
    assert_int_equal(bw_diags_count_code(c->diags, BW_PLACE_FAR), 0);
    assert_int_equal(bw_diags_count_code(c->diags, BW_POSTAL_UNKNOWN), 30);
    assert_int_equal(case_told(c, BW_POSTAL_UNKNOWN,
                               "accounts_as_published.csv", 13,
                               "30 accounts have no coordinates and a country "
                               "that no gazetteer has (DE, FR, GB): \"314\""),
                     1);
    case_close(c);
}

static void adventureworks_owners_have_the_published_figures(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        int accounts;
        double revenue;
    } known[] = {
        {"274", 0, 0},        {"275", 77, 3396776}, {"276", 39, 1763426},
        {"277", 76, 3985375}, {"278", 40, 1405679}, {"279", 80, 2192088},
        {"280", 38, 1473327}, {"281", 79, 4857261}, {"282", 74, 4190778},
        {"283", 38, 2315815}, {"284", 0, 0},        {"285", 0, 0},
        {"286", 40, 987312},  {"287", 0, 0},        {"288", 40, 1383522},
        {"289", 40, 2233703}, {"290", 40, 2705289}};
    need(DATA "/adventureworks/accounts.csv");
    char body[4096], folder[1024];
    assert_non_null(getcwd(folder, sizeof folder));
    snprintf(body, sizeof body,
             "<accounts file='%s/" DATA "/adventureworks/accounts.csv'>"
             "<column name='revenue' from='revenue_2013'/></accounts>"
             "<reps file='%s/" DATA "/adventureworks/reps.csv'/>"
             "<balance measure='revenue' target='equal' over-cost='1'/>",
             folder, folder);
    load_case *c = case_good(body, NULL, NULL, NULL);
    const bw_accounts *a = &c->problem->accounts;
    assert_int_equal(c->problem->reps.n, 17);
    for (int32_t r = 0; r < 17; r++) {
        int owned = 0;
        double revenue = 0;
        for (int32_t i = 0; i < a->n; i++) {
            owned += a->owner[i] == r;
            revenue += a->owner[i] == r ? a->revenue[i] : 0;
        }
        assert_string_equal(c->problem->reps.id[r], known[r].id);
        assert_int_equal(owned, known[r].accounts);
        assert_true(fabs(revenue - known[r].revenue) < 1);
    }
    assert_int_equal(bw_diags_count_code(c->diags, BW_OWNER_STALE), 308);
    assert_int_equal(bw_diags_count(c->diags, BW_WARNING), 1);
    case_close(c);
}

static void northwind_keeps_unplaced_customers_with_their_owners(void **state)
{
    (void)state;
    need(DATA "/northwind/accounts.csv");
    load_case *c = load_file("tests/real/northwind.xml");
    const bw_problem *p = c->problem;
    int locked = 0;
    assert_int_equal(p->accounts.n, 91);
    assert_int_equal(p->reps.n_serving, 9);
    for (int32_t a = 0; a < 91; a++) {
        bool stays = p->accounts.placing[a] == BW_WITH_OWNER;
        assert_int_equal(p->lock[a], stays ? p->accounts.owner[a] : -1);
        locked += stays;
    }
    assert_int_equal(locked, 4);
    close_file(c);
}

static void hospitals_take_beds_for_potential_and_no_owner(void **state)
{
    (void)state;
    need(DATA "/hospitals/accounts.csv");
    load_case *c = load_file("tests/real/hospitals.xml");
    const bw_problem *p = c->problem;
    int blank = 0, owned = 0;
    assert_int_equal(p->accounts.n, 7146);
    assert_int_equal(p->reps.n_serving, 120);
    for (int32_t a = 0; a < p->accounts.n; a++) {
        blank += p->accounts.potential[a] == 0;
        owned += p->accounts.owner[a] >= 0 || p->accounts.owner_text[a][0];
    }
    assert_int_equal(owned, 0);
    assert_int_equal(blank, 570);
    close_file(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adventureworks_is_loaded_as_planned),
        cmocka_unit_test(zip_codes_place_what_has_no_coordinates),
        cmocka_unit_test(codes_of_other_countries_are_told),
        cmocka_unit_test(adventureworks_owners_have_the_published_figures),
        cmocka_unit_test(northwind_keeps_unplaced_customers_with_their_owners),
        cmocka_unit_test(hospitals_take_beds_for_potential_and_no_owner),
    };
    return cmocka_run_group_tests_name("load_real", tests, NULL, NULL);
}
