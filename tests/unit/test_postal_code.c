/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries, postal codes and names of places, as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "place_name.h"
#include "postal_code.h"

static bw_arena *arena;
static bw_index *countries;

static int begin(void **state)
{
    (void)state;
    arena = bw_arena_new();
    return bw_country_index(arena, &countries) == BW_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    bw_index_free(countries);
    bw_arena_free(arena);
    return 0;
}

static int32_t find(const char *text)
{
    return bw_country_find(countries, text, strlen(text));
}

static const bw_country *country(const char *text)
{
    int32_t number = find(text);
    assert_true(number >= 0);
    return bw_country_at(number);
}

static void countries_have_codes_of_their_own(void **state)
{
    (void)state;
    int32_t n = bw_country_count();
    assert_int_equal(n, 249 + 1); /* ISO 3166-1, and Kosovo */
    for (int32_t i = 0; i < n; i++) {
        const bw_country *c = bw_country_at(i);
        assert_int_equal(strlen(c->code), 2);
        assert_int_equal(strlen(c->alpha3), 3);
        assert_true(c->digits <= BW_POSTAL_LENGTH);
        assert_int_equal(find(c->code), i);
        assert_int_equal(find(c->alpha3), i);
        for (const char *at = c->names; *at;) {
            size_t len = strcspn(at, "|");
            assert_int_equal(bw_country_find(countries, at, len), i);
            at += len + (at[len] == '|');
        }
    }
}

static void countries_are_found_however_they_are_written(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"us", "US"},
        {"U.S.A.", "US"},
        {"united states", "US"},
        {"DEU", "DE"},
        {"GERMANY", "DE"},
        {"Uk", "GB"},
        {"Great Britain", "GB"},
        {"C\xC3\xB4te d\xE2\x80\x99Ivoire", "CI"},
        {"Cote d'Ivoire", "CI"},
        {"T\xC3\xBCrkiye", "TR"},
        {"The Netherlands", "NL"},
        {"Czechia", "CZ"},
        {"Korea, Republic of", "KR"},
        {" Canada ", "CA"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        assert_string_equal(country(same[i][0])->code, same[i][1]);
    assert_int_equal(find(""), -1);
    static const char *const spelled[][2] = {
        {"Netherlands (the)", "NL"},
        {"The United States", "US"},
        {"United States of America (the)", "US"},
        {"Congo, the Democratic Republic of the", "CD"},
        {"Congo (the)", "CG"},
        {"Trinidad & Tobago", "TT"},
        {"St. Lucia", "LC"},
        {"St Kitts & Nevis", "KN"},
        {"Saint Vincent & the Grenadines", "VC"},
        {"S\xC3\xA3o Tom\xC3\xA9 & Pr\xC3\xADncipe", "ST"},
        {"ST", "ST"},
        {"Holy See (Vatican City State)", "VA"},
        {"Macedonia, the former Yugoslav Republic of", "MK"},
        {"Myanmar (Burma)", "MM"},
        {"Korea, South", "KR"},
        {"Hong Kong SAR China", "HK"}};
    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++)
        assert_string_equal(country(spelled[i][0])->code, spelled[i][1]);
    assert_int_equal(find("the"), -1);
    assert_int_equal(find("Atlantis"), -1);
    assert_int_equal(find("ZZ"), -1);
}

/* As the countries' posts have them; those with letters in their codes, or of
 * several lengths, are not among them. */
static void codes_of_digits_are_as_long_as_posts_say(void **state)
{
    (void)state;
    static const struct {
        uint8_t digits;
        const char *countries;
    } all[] = {
        {3, "AD FO GN IS LS MG OM PG"},
        {4, "AF AL AM AR AT AU AZ BD BE BG CC CH CV CX CY DK ET GE GL GW HT HU "
            "LI LR LU LV MD MK MZ NE NF NO NZ PA PH PY SI SJ SV TN VE ZA"},
        {5, "AS AX BA BL BT CR CU CZ DE DO DZ EE EG EH ES FI FM FR GF GP GR GT "
            "GU HN HR ID IQ IT JO KE KR KW LA LK LT MA MC ME MF MH MM MN MP MQ "
            "MU MV MX MY NA NC NI NP PE PF PK PL PM PR PW RE RS SA SD SE SK SM "
            "SN SS TH TR TZ UA UM US UY VA VI WF XK YT ZM"},
        {6, "BY CN CO EC IN KG KZ NG RO RU SG TJ TM TT UZ"},
        {7, "CL IL JP"},
        {8, "BR"},
        {10, "IR"}};
    int32_t n = 0, with_digits = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (const char *at = all[i].countries; *at; at += at[2] ? 3 : 2, n++)
            assert_int_equal(
                bw_country_at(bw_country_find(countries, at, 2))->digits,
                all[i].digits);
    for (int32_t i = 0; i < bw_country_count(); i++)
        with_digits += bw_country_at(i)->digits > 0;
    assert_int_equal(with_digits, n);
}

static const char *normal(const char *of, const char *text)
{
    static bw_postal code;
    code = bw_postal_normal(country(of), text, strlen(text));
    assert_int_equal(strlen(code.text), code.len);
    return code.text;
}

static const char *area(const char *of, const char *text)
{
    static bw_postal found;
    bw_postal code = bw_postal_normal(country(of), text, strlen(text));
    found = bw_postal_area(country(of), &code);
    assert_int_equal(strlen(found.text), found.len);
    return found.text;
}

static void codes_take_one_form(void **state)
{
    (void)state;
    static const char *const form[][3] = {
        {"US", "2139", "02139"},
        {"US", "501", "00501"},
        {"US", "02139-4307", "02139"},
        {"US", "021394307", "02139"},
        {"US", "21394307", "02139"},
        {"US", "2139-4307", "02139"},
        {"US", "US-02139", "02139"},
        {"US", "2139.0", "02139"},
        {"US", " 2139.0 ", "02139"},
        {"US", "\t2139.00", "02139"},
        {"US", "2139,0", "02139"},
        {"DE", "10,115", "10115"},
        {"CH", "8.000", "8000"},
        {"SE", "123 40", "12340"},
        {"US", " 60601 ", "60601"},
        {"PR", "901", "00901"},
        {"DE", "1067", "01067"},
        {"DE", "D-10115", "10115"},
        {"FR", "1000", "01000"},
        {"FR", "F-75008", "75008"},
        {"FR", "92081 CEDEX 12", "92081"},
        {"FR", "92081 Cedex", "92081"},
        {"IT", "00118", "00118"},
        {"IT", "118", "00118"},
        {"ES", "8001", "08001"},
        {"SE", "111 22", "11122"},
        {"CZ", "110 00", "11000"},
        {"GR", "104 31", "10431"},
        {"PL", "00-950", "00950"},
        {"PL", "950", "00950"},
        {"CH", "CH-8001", "8001"},
        {"AT", "1010", "1010"},
        {"NO", "150", "0150"},
        {"AU", "800", "0800"},
        {"JP", "100-0001", "1000001"},
        {"JP", "600000", "0600000"},
        {"JP",
         "\xE3\x80\x92"
         "100-0001",
         "1000001"},
        {"IN", "110 001", "110001"},
        {"BR", "01310-100", "01310100"},
        {"BR", "1310100", "01310100"},
        {"LV", "LV-1010", "1010"},
        {"AD", "AD500", "500"},
        {"GB", "sw1a 1aa", "SW1A1AA"},
        {"CA", "m5v 2t6", "M5V2T6"},
        {"IE", "D02 AF30", "D02AF30"},
        {"NL", "1012 ab", "1012AB"},
        {"NL", "1012.0", "1012"},
        {"PT", "1000-001", "1000001"},
        {"AR", "C1425", "1425"},
        {"AR", "C1425CLA", "C1425CLA"},
        {"MT", "VLT 1117", "VLT1117"},
        /* not codes of the country: left as they are, to be told as unknown */
        {"US", "SW1A 1AA", "SW1A1AA"},
        {"DE", "101156", "101156"},
        {"DE", "unknown", "UNKNOWN"},
        {"HN", "AT1101", "AT1101"},
        {"MU", "R5111", "R5111"},
        {"GB", "", ""},
        {"GB", " - ", ""},
        {"GB", "no postal code is known", ""}};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        assert_string_equal(normal(form[i][0], form[i][1]), form[i][2]);
}

static void areas_are_the_first_part_of_full_codes(void **state)
{
    (void)state;
    static const char *const part[][3] = {
        {"GB", "SW1A 1AA", "SW1A"}, {"GB", "m1 1ae", "M1"},
        {"GB", "OX16 8RS", "OX16"}, {"GB", "SW1A", ""},
        {"JE", "JE2 3AB", "JE2"},   {"CA", "M5V 2T6", "M5V"},
        {"CA", "M5V", ""},          {"IE", "D6W XY00", "D6W"},
        {"NL", "1012AB", "1012"},   {"NL", "1012", ""},
        {"PT", "1000-001", "1000"}, {"AR", "C1425CLA", "1425"},
        {"MT", "VLT 1117", "VLT"},  {"BR", "01310-100", "01310000"},
        {"BR", "01310-000", ""},    {"US", "02139", ""},
        {"DE", "10115", ""}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        assert_string_equal(area(part[i][0], part[i][1]), part[i][2]);
}

static const char *city(const char *text)
{
    static char out[64];
    out[bw_place_city(text, strlen(text), out, 63)] = 0;
    return out;
}

static void spellings_of_a_city_are_one(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"Saint Louis", "St. Louis"},
        {"M\xC3\xBCnchen", "Muenchen"},
        {"M\xC3\xBCnchen", "MUNCHEN"},
        {"Gie\xC3\x9F"
         "en",
         "Giessen"},
        {"Qu\xC3\xA9"
         "bec",
         "Quebec"},
        {"\xC5\x81\xC3\xB3"
         "d\xC5\xBA",
         "Lodz"},
        {"Aix-en-Provence", "AIX EN PROVENCE"},
        {"Paris 08", "Paris"},
        {"Paris La D\xC3\xA9"
         "fense Cedex",
         "Paris La Defense"},
        {"10117 Berlin", "Berlin"},
        {"Fort Worth", "Ft. Worth"},
        {"Mount Vernon", "Mt Vernon"},
        {"Bucure\xC8\x99ti", "BUCURE\xC5\x9ETI"},
        {"Bucure\xC8\x99ti", "Bucuresti"},
        {"H\xC3\xA0 N\xE1\xBB\x99i", "Ha Noi"},
        {"Munchen", "Mu\xCC\x88nchen"},
        {"\xC3\x9E"
         "orl\xC3\xA1kshofn",
         "Thorlakshofn"},
        {"\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1",
         "\xCE\x91\xCE\x98\xCE\x97\xCE\x9D\xCE\x91"},
        {"\xD0\x9A\xD0\xB8\xD0\xB5\xD0\xB2",
         "\xD0\x9A\xD0\x98\xD0\x95\xD0\x92"},
        {"\xEF\xBC\xAF\xEF\xBD\x93\xEF\xBD\x8C\xEF\xBD\x8F", "Oslo"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char first[64];
        strcpy(first, city(same[i][0]));
        assert_true(strlen(first) > 2);
        assert_string_equal(first, city(same[i][1]));
    }
    assert_string_equal(city("Frankfurt am Main"), "frankfurtammain");
    assert_string_equal(city("12345"), "");
    assert_string_equal(city(""), "");
    char small[8];
    assert_int_equal(bw_place_city("Llanfairpwll", 12, small, 8), 0);
    assert_int_equal(bw_place_fold("Llanfair", 8, small, 8), 8);
    assert_int_equal(bw_place_fold("Llanfairp", 9, small, 8), 0);
    /* cut in the middle of a character: nothing beyond is read */
    assert_int_equal(bw_place_fold("a\xC3", 2, small, 8), 2);
    assert_int_equal(bw_place_fold("a\xE1\xBB", 3, small, 8), 3);
    assert_int_equal(bw_place_fold("\xE6\x9D\xB1", 3, small, 8), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(countries_have_codes_of_their_own),
        cmocka_unit_test(countries_are_found_however_they_are_written),
        cmocka_unit_test(codes_of_digits_are_as_long_as_posts_say),
        cmocka_unit_test(codes_take_one_form),
        cmocka_unit_test(areas_are_the_first_part_of_full_codes),
        cmocka_unit_test(spellings_of_a_city_are_one),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
