/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names made comparable, and groups of duplicates against a search that
 * compares each with each. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "duplicates.h"
#include "fold.h"
#include "name_plain.h"
#include "utf8.h"

static void assert_plain(const char *name, const char *plain)
{
    bw_buf buf = {0};
    bw_buf_text(&buf, "what was there before");
    bw_name_plain(name, &buf);
    assert_string_equal(buf.text, plain);
    assert_int_equal(buf.len, strlen(plain));
    bw_buf_free(&buf);
}

static void names_lose_case_points_accents_and_legal_forms(void **state)
{
    (void)state;
    assert_plain("ACME, Inc.", "acme");
    assert_plain("  Acme   Corporation  ", "acme");
    assert_plain("M\xC3\xBCller & S\xC3\xB6hne GmbH & Co. KG",
                 "muller and sohne");
    assert_plain("Muller and Sohne", "muller and sohne");
    assert_plain("Banco do Sul, S.A.", "banco do sul");
    assert_plain("Stra\xC3\x9F"
                 "enbau AG",
                 "strassenbau");
    assert_plain("O\xE2\x80\x99Neil Ltd", "oneil");
    assert_plain("O'Neil LLC", "oneil");
    assert_plain("\xC5\x81\xC3\xB3"
                 "d\xC5\xBA Sp. z o.o.",
                 "lodz");
    assert_plain("North\xE2\x80\x93South", "north south");
    /* One word remains, and what looks like a form inside stays. */
    assert_plain("Why\xEF\xBC\x9FNot", "why not"); /* as wide as Chinese */
    assert_plain("Inc.", "inc");
    assert_plain("Limited Co.", "limited");
    assert_plain("Co Op Bank", "co op bank");
    assert_plain("\xE6\x9D\xB1\xE4\xBA\xAC", "\xE6\x9D\xB1\xE4\xBA\xAC");
    assert_plain("", "");
    assert_plain("---", "");
    assert_plain("broken \xC3", "broken");
}

static void names_of_other_scripts_and_countries_are_made_plain(void **state)
{
    (void)state;
    assert_plain("\xCE\x91\xCE\x98\xCE\x89\xCE\x9D\xCE\x91 \xCE\x91.\xCE\x95.",
                 "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1");
    assert_plain("\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1\xCF\x82",
                 "\xCE\xB1\xCE\xB8\xCE\xB7\xCE\xBD\xCE\xB1\xCF\x83");
    assert_plain("\xD0\x9E\xD0\x9E\xD0\x9E "
                 "\xC2\xAB\xD0\x81\xD0\xBB\xD0\xBA\xD0\xB0\xC2\xBB",
                 "\xD0\xB5\xD0\xBB\xD0\xBA\xD0\xB0");
    assert_plain("\xD0\x90\xD0\x9E \xD0\x99\xD0\x9E\xD0\x94",
                 "\xD0\xB8\xD0\xBE\xD0\xB4");
    assert_plain("Cafe\xCC\x81", "cafe");
    assert_plain("CAF\xC3\x89", "cafe");
    assert_plain("Nguy\xE1\xBB\x85n \xC4\x90\xE1\xBB\xA9"
                 "c",
                 "nguyen duc");
    assert_plain("BRA\xC8\x98OV", "brasov");
    assert_plain("Bra\xC5\x9Fov", "brasov");
    assert_plain("\xEF\xBC\xA1\xEF\xBD\x83\xEF\xBD\x8D\xEF\xBD\x85\xEF\xBC\x86"
                 "\xEF\xBC\xA3\xEF\xBD\x8F\xEF\xBC\x8E",
                 "acme");
    assert_plain("\xE3\x83\x88\xE3\x83\xA8\xE3\x82\xBF\xE6\xA0\xAA\xE5\xBC\x8F"
                 "\xE4\xBC\x9A\xE7\xA4\xBE",
                 "\xE3\x83\x88\xE3\x83\xA8\xE3\x82\xBF");
    assert_plain("\xE6\xA0\xAA\xE5\xBC\x8F\xE4\xBC\x9A\xE7\xA4\xBE\xE3\x80\x80"
                 "\xE3\x83\x88\xE3\x83\xA8\xE3\x82\xBF",
                 "\xE3\x83\x88\xE3\x83\xA8\xE3\x82\xBF");
    assert_plain("\xE4\xB8\xAD\xE5\x9B\xBD\xE9\x93\xB6\xE8\xA1\x8C\xE8\x82\xA1"
                 "\xE4\xBB\xBD\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",
                 "\xE4\xB8\xAD\xE5\x9B\xBD\xE9\x93\xB6\xE8\xA1\x8C");
    assert_plain("\xE4\xB8\xAD\xE5\x9B\xBD\xE9\x93\xB6\xE8\xA1\x8C\xE3\x80\x82",
                 "\xE4\xB8\xAD\xE5\x9B\xBD\xE9\x93\xB6\xE8\xA1\x8C");
    assert_plain("\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8",
                 "\xE6\x9C\x89\xE9\x99\x90\xE5\x85\xAC\xE5\x8F\xB8");
    assert_plain("Zero\xE2\x80\x8BWidth", "zerowidth");
    assert_plain("Acme\xE2\x84\xA2", "acme");
    assert_plain("STRA\xE1\xBA\x9E"
                 "E",
                 "strasse");
    assert_plain("\xD9\x85\xD9\x80\xD8\xAD\xD9\x8E\xD9\x85\xD8\xAF",
                 "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF");
    assert_plain("Skoda a/s", "skoda");
    assert_plain("Acme S. A.", "acme");
    assert_plain("Acme S.A. de C.V.", "acme");
    assert_plain("Acme S. de R.L. de C.V.", "acme");
    assert_plain("Acme (Pty) Ltd.", "acme");
    assert_plain("Sp. z o.o.", "sp z oo");
    /* Every letter has a place or stays; nothing is cut in two. */
    for (uint32_t letter = 0x80; letter < 0x10000; letter++) {
        char room[BW_FOLD_ROOM];
        const char *stands = bw_fold(letter, room);
        if (stands)
            assert_true(strlen(stands) < BW_FOLD_ROOM &&
                        bw_utf8_fault(stands, strlen(stands), 0) ==
                            strlen(stands));
    }
}

static uint64_t random_state = 11;

static double draw(void)
{
    random_state = random_state * 6364136223846793005U + 1442695040888963407U;
    return (double)(random_state >> 33) / 2147483648.0;
}

static bool alike(const bw_namesake *a, const bw_namesake *b)
{
    if (!a->name || a->name != b->name)
        return false;
    if (a->postal && a->postal == b->postal)
        return true;
    return bw_point_known(a->point) && bw_point_known(b->point) &&
           bw_geo_km(bw_geo_vec(a->point), bw_geo_vec(b->point)) <=
               BW_SAME_PLACE_KM;
}

/* Each takes the lowest number it can reach, until nothing changes. */
static void find_slowly(const bw_namesake *item, int32_t n, int32_t *first)
{
    for (int32_t i = 0; i < n; i++)
        first[i] = i;
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t i = 0; i < n; i++)
            for (int32_t j = 0; j < n; j++)
                if (first[j] < first[i] && alike(&item[i], &item[j])) {
                    first[i] = first[j];
                    changed = true;
                }
    }
}

/* spread: degrees over which the places lie; 0.05 is 5 km. */
static void compare(int32_t n, int n_names, double spread, double lat)
{
    bw_namesake *item = calloc((size_t)n, sizeof *item);
    int32_t *fast = calloc((size_t)n, sizeof *fast);
    int32_t *slow = calloc((size_t)n, sizeof *slow);
    assert_true(item && fast && slow);
    for (int32_t i = 0; i < n; i++) {
        item[i].name = (uint64_t)(draw() * (n_names + 1));
        item[i].postal = draw() < 0.3 ? (uint64_t)(1 + draw() * 3 * n) : 0;
        item[i].point = (bw_point){lat + draw() * spread, draw() * spread};
        if (draw() < 0.1)
            item[i].point.lat_deg = NAN;
    }
    assert_int_equal(bw_duplicates_find(item, n, fast), BW_OK);
    find_slowly(item, n, slow);
    assert_memory_equal(fast, slow, (size_t)n * sizeof *fast);
    free(item);
    free(fast);
    free(slow);
}

static void groups_are_those_of_comparing_each_with_each(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        compare(12, 2, 0.03, 40); /* few: compared directly */
        compare(300, 2, 0.3, 40); /* by cubes */
        compare(300, 1, 1.0, 0);
        compare(200, 1, 0.3, -0.1); /* across the equator */
        compare(150, 1, 0.2, 89.7); /* at the pole */
        compare(600, 1, 0.02, 40);  /* many in each cube, which are halved */
    }
}

static double seconds(int32_t n, double spread)
{
    bw_namesake *item = calloc((size_t)n, sizeof *item);
    int32_t *first = calloc((size_t)n, sizeof *first);
    assert_true(item && first);
    for (int32_t i = 0; i < n; i++)
        item[i] = (bw_namesake){
            1, (uint64_t)i + 1, {40 + draw() * spread, draw() * spread}};
    clock_t begun = clock();
    assert_int_equal(bw_duplicates_find(item, n, first), BW_OK);
    double took = (double)(clock() - begun) / CLOCKS_PER_SEC;
    free(item);
    free(first);
    return took;
}

/* Two heaps and two lines of one name, which lie in neighbouring cubes and are
 * a little too far apart, or just near enough. */
static double seconds_apart(int32_t n, double km, double width, int32_t groups)
{
    bw_namesake *item = calloc((size_t)n, sizeof *item);
    int32_t *first = calloc((size_t)n, sizeof *first), n_groups = 0;
    assert_true(item && first);
    for (int32_t i = 0; i < n; i++)
        item[i] =
            (bw_namesake){1, 0, {40 + (i % 2) * km / 111.1951, draw() * width}};
    clock_t begun = clock();
    assert_int_equal(bw_duplicates_find(item, n, first), BW_OK);
    double took = (double)(clock() - begun) / CLOCKS_PER_SEC;
    for (int32_t i = 0; i < n; i++)
        n_groups += first[i] == i;
    assert_int_equal(n_groups, groups);
    free(item);
    free(first);
    return took;
}

static void heaps_that_are_just_too_far_apart_take_no_longer(void **state)
{
    (void)state;
    assert_true(seconds_apart(200000, 1.3, 0, 2) < 5);
    assert_true(seconds_apart(200000, 1.3, 1e-4, 2) < 5);
    assert_true(seconds_apart(200000, 1.001, 0.005, 2) < 5);
    assert_true(seconds_apart(200000, 1.001, 0.5, 2) < 5);
    assert_true(seconds_apart(200000, 0.999, 0.5, 1) < 5);
}

/* Each with each would be 5e9 comparisons: minutes. */
static void a_hundred_thousand_of_one_name_take_seconds_at_most(void **state)
{
    (void)state;
    assert_true(seconds(100000, 1e-5) < 5);
    assert_true(seconds(100000, 0.5) < 5);
    assert_true(seconds(100000, 40) < 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lose_case_points_accents_and_legal_forms),
        cmocka_unit_test(names_of_other_scripts_and_countries_are_made_plain),
        cmocka_unit_test(groups_are_those_of_comparing_each_with_each),
        cmocka_unit_test(heaps_that_are_just_too_far_apart_take_no_longer),
        cmocka_unit_test(a_hundred_thousand_of_one_name_take_seconds_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
