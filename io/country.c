/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries by their codes of ISO 3166-1 (and Kosovo, by the codes in use for
 * it), with English names, official and colloquial, and the number of digits
 * where postal codes are nothing but digits, and always as many. Chile, Peru
 * and Israel count as their present codes do. */
#include "country.h"

#include "place_name.h"

#include <assert.h>
#include <string.h>

static const bw_country table[] = {
    {"AD", "AND", 3, "Andorra"},
    {"AE", "ARE", 0, "United Arab Emirates|UAE"},
    {"AF", "AFG", 4, "Afghanistan"},
    {"AG", "ATG", 0, "Antigua and Barbuda"},
    {"AI", "AIA", 0, "Anguilla"},
    {"AL", "ALB", 4, "Albania"},
    {"AM", "ARM", 4, "Armenia"},
    {"AO", "AGO", 0, "Angola"},
    {"AQ", "ATA", 0, "Antarctica"},
    {"AR", "ARG", 4, "Argentina"},
    {"AS", "ASM", 5, "American Samoa"},
    {"AT", "AUT", 4, "Austria"},
    {"AU", "AUS", 4, "Australia"},
    {"AW", "ABW", 0, "Aruba"},
    {"AX", "ALA", 5, "Aland Islands|Åland Islands|Aland"},
    {"AZ", "AZE", 4, "Azerbaijan"},
    {"BA", "BIH", 5, "Bosnia and Herzegovina|Bosnia"},
    {"BB", "BRB", 0, "Barbados"},
    {"BD", "BGD", 4, "Bangladesh"},
    {"BE", "BEL", 4, "Belgium"},
    {"BF", "BFA", 0, "Burkina Faso"},
    {"BG", "BGR", 4, "Bulgaria"},
    {"BH", "BHR", 0, "Bahrain"},
    {"BI", "BDI", 0, "Burundi"},
    {"BJ", "BEN", 0, "Benin"},
    {"BL", "BLM", 5, "Saint Barthelemy|Saint Barthélemy"},
    {"BM", "BMU", 0, "Bermuda"},
    {"BN", "BRN", 0, "Brunei|Brunei Darussalam"},
    {"BO", "BOL", 0,
     "Bolivia|Plurinational State of Bolivia|Bolivia (Plurinational State of)"},
    {"BQ", "BES", 0,
     "Bonaire, Sint Eustatius and Saba|Caribbean Netherlands|Bonaire"},
    {"BR", "BRA", 8, "Brazil"},
    {"BS", "BHS", 0, "Bahamas"},
    {"BT", "BTN", 5, "Bhutan"},
    {"BV", "BVT", 0, "Bouvet Island"},
    {"BW", "BWA", 0, "Botswana"},
    {"BY", "BLR", 6, "Belarus"},
    {"BZ", "BLZ", 0, "Belize"},
    {"CA", "CAN", 0, "Canada"},
    {"CC", "CCK", 4, "Cocos Islands|Cocos (Keeling) Islands"},
    {"CD", "COD", 0,
     "Democratic Republic of the Congo|DR Congo|Congo, Democratic "
     "Republic|Congo (Democratic Republic of "
     "the)|Congo-Kinshasa"},
    {"CF", "CAF", 0, "Central African Republic"},
    {"CG", "COG", 0, "Congo|Republic of the Congo|Congo-Brazzaville"},
    {"CH", "CHE", 4, "Switzerland"},
    {"CI", "CIV", 0, "Ivory Coast|Cote d'Ivoire|Côte d'Ivoire"},
    {"CK", "COK", 0, "Cook Islands"},
    {"CL", "CHL", 7, "Chile"},
    {"CM", "CMR", 0, "Cameroon"},
    {"CN", "CHN", 6,
     "China|People's Republic of China|PR China|Mainland China"},
    {"CO", "COL", 6, "Colombia"},
    {"CR", "CRI", 5, "Costa Rica"},
    {"CU", "CUB", 5, "Cuba"},
    {"CV", "CPV", 4, "Cape Verde|Cabo Verde"},
    {"CW", "CUW", 0, "Curacao|Curaçao"},
    {"CX", "CXR", 4, "Christmas Island"},
    {"CY", "CYP", 4, "Cyprus"},
    {"CZ", "CZE", 5, "Czech Republic|Czechia"},
    {"DE", "DEU", 5, "Germany|Federal Republic of Germany"},
    {"DJ", "DJI", 0, "Djibouti"},
    {"DK", "DNK", 4, "Denmark"},
    {"DM", "DMA", 0, "Dominica"},
    {"DO", "DOM", 5, "Dominican Republic"},
    {"DZ", "DZA", 5, "Algeria"},
    {"EC", "ECU", 6, "Ecuador"},
    {"EE", "EST", 5, "Estonia"},
    {"EG", "EGY", 5, "Egypt"},
    {"EH", "ESH", 5, "Western Sahara"},
    {"ER", "ERI", 0, "Eritrea"},
    {"ES", "ESP", 5, "Spain"},
    {"ET", "ETH", 4, "Ethiopia"},
    {"FI", "FIN", 5, "Finland"},
    {"FJ", "FJI", 0, "Fiji"},
    {"FK", "FLK", 0, "Falkland Islands|Falkland Islands (Malvinas)"},
    {"FM", "FSM", 5,
     "Micronesia|Federated States of Micronesia|Micronesia (Federated States "
     "of)"},
    {"FO", "FRO", 3, "Faroe Islands|Faeroe Islands"},
    {"FR", "FRA", 5, "France"},
    {"GA", "GAB", 0, "Gabon"},
    {"GB", "GBR", 0,
     "United Kingdom|Great Britain|UK|England|Scotland|Wales|Northern "
     "Ireland|United Kingdom of Great Britain and Northern Ireland"},
    {"GD", "GRD", 0, "Grenada"},
    {"GE", "GEO", 4, "Georgia"},
    {"GF", "GUF", 5, "French Guiana"},
    {"GG", "GGY", 0, "Guernsey"},
    {"GH", "GHA", 0, "Ghana"},
    {"GI", "GIB", 0, "Gibraltar"},
    {"GL", "GRL", 4, "Greenland"},
    {"GM", "GMB", 0, "Gambia"},
    {"GN", "GIN", 3, "Guinea"},
    {"GP", "GLP", 5, "Guadeloupe"},
    {"GQ", "GNQ", 0, "Equatorial Guinea"},
    {"GR", "GRC", 5, "Greece"},
    {"GS", "SGS", 0,
     "South Georgia and the South Sandwich Islands|South Georgia"},
    {"GT", "GTM", 5, "Guatemala"},
    {"GU", "GUM", 5, "Guam"},
    {"GW", "GNB", 4, "Guinea-Bissau"},
    {"GY", "GUY", 0, "Guyana"},
    {"HK", "HKG", 0,
     "Hong Kong|Hong Kong SAR|Hong Kong SAR China|Hong Kong, China"},
    {"HM", "HMD", 0,
     "Heard Island and McDonald Islands|Heard and McDonald Islands"},
    {"HN", "HND", 5, "Honduras"},
    {"HR", "HRV", 5, "Croatia"},
    {"HT", "HTI", 4, "Haiti"},
    {"HU", "HUN", 4, "Hungary"},
    {"ID", "IDN", 5, "Indonesia"},
    {"IE", "IRL", 0, "Ireland|Republic of Ireland|Eire"},
    {"IL", "ISR", 7, "Israel"},
    {"IM", "IMN", 0, "Isle of Man"},
    {"IN", "IND", 6, "India"},
    {"IO", "IOT", 0, "British Indian Ocean Territory"},
    {"IQ", "IRQ", 5, "Iraq"},
    {"IR", "IRN", 10,
     "Iran|Islamic Republic of Iran|Iran (Islamic Republic of)"},
    {"IS", "ISL", 3, "Iceland"},
    {"IT", "ITA", 5, "Italy"},
    {"JE", "JEY", 0, "Jersey"},
    {"JM", "JAM", 0, "Jamaica"},
    {"JO", "JOR", 5, "Jordan"},
    {"JP", "JPN", 7, "Japan"},
    {"KE", "KEN", 5, "Kenya"},
    {"KG", "KGZ", 6, "Kyrgyzstan"},
    {"KH", "KHM", 0, "Cambodia"},
    {"KI", "KIR", 0, "Kiribati"},
    {"KM", "COM", 0, "Comoros"},
    {"KN", "KNA", 0, "Saint Kitts and Nevis"},
    {"KP", "PRK", 0,
     "North Korea|Korea, North|Democratic People's Republic of Korea|Korea "
     "(Democratic "
     "People's Republic of)"},
    {"KR", "KOR", 5,
     "South Korea|Republic of Korea|Korea|Korea (Republic of)|Korea, Republic "
     "of|Korea, South"},
    {"KW", "KWT", 5, "Kuwait"},
    {"KY", "CYM", 0, "Cayman Islands"},
    {"KZ", "KAZ", 6, "Kazakhstan"},
    {"LA", "LAO", 5, "Laos|Lao People's Democratic Republic"},
    {"LB", "LBN", 0, "Lebanon"},
    {"LC", "LCA", 0, "Saint Lucia"},
    {"LI", "LIE", 4, "Liechtenstein"},
    {"LK", "LKA", 5, "Sri Lanka"},
    {"LR", "LBR", 4, "Liberia"},
    {"LS", "LSO", 3, "Lesotho"},
    {"LT", "LTU", 5, "Lithuania"},
    {"LU", "LUX", 4, "Luxembourg"},
    {"LV", "LVA", 4, "Latvia"},
    {"LY", "LBY", 0, "Libya|Libyan Arab Jamahiriya"},
    {"MA", "MAR", 5, "Morocco"},
    {"MC", "MCO", 5, "Monaco"},
    {"MD", "MDA", 4, "Moldova|Republic of Moldova|Moldova (Republic of)"},
    {"ME", "MNE", 5, "Montenegro"},
    {"MF", "MAF", 5, "Saint Martin|Saint Martin (French part)"},
    {"MG", "MDG", 3, "Madagascar"},
    {"MH", "MHL", 5, "Marshall Islands"},
    {"MK", "MKD", 4,
     "North Macedonia|Republic of North Macedonia|Macedonia|Macedonia, the "
     "former Yugoslav Republic of"},
    {"ML", "MLI", 0, "Mali"},
    {"MM", "MMR", 5, "Myanmar|Burma|Myanmar (Burma)"},
    {"MN", "MNG", 5, "Mongolia"},
    {"MO", "MAC", 0, "Macao|Macau|Macao SAR|Macao SAR China"},
    {"MP", "MNP", 5, "Northern Mariana Islands"},
    {"MQ", "MTQ", 5, "Martinique"},
    {"MR", "MRT", 0, "Mauritania"},
    {"MS", "MSR", 0, "Montserrat"},
    {"MT", "MLT", 0, "Malta"},
    {"MU", "MUS", 5, "Mauritius"},
    {"MV", "MDV", 5, "Maldives"},
    {"MW", "MWI", 0, "Malawi"},
    {"MX", "MEX", 5, "Mexico|México"},
    {"MY", "MYS", 5, "Malaysia"},
    {"MZ", "MOZ", 4, "Mozambique"},
    {"NA", "NAM", 5, "Namibia"},
    {"NC", "NCL", 5, "New Caledonia"},
    {"NE", "NER", 4, "Niger"},
    {"NF", "NFK", 4, "Norfolk Island"},
    {"NG", "NGA", 6, "Nigeria"},
    {"NI", "NIC", 5, "Nicaragua"},
    {"NL", "NLD", 0,
     "Netherlands|Kingdom of the Netherlands|Netherlands (Kingdom of "
     "the)|Holland"},
    {"NO", "NOR", 4, "Norway"},
    {"NP", "NPL", 5, "Nepal"},
    {"NR", "NRU", 0, "Nauru"},
    {"NU", "NIU", 0, "Niue"},
    {"NZ", "NZL", 4, "New Zealand"},
    {"OM", "OMN", 3, "Oman"},
    {"PA", "PAN", 4, "Panama"},
    {"PE", "PER", 5, "Peru"},
    {"PF", "PYF", 5, "French Polynesia"},
    {"PG", "PNG", 3, "Papua New Guinea"},
    {"PH", "PHL", 4, "Philippines"},
    {"PK", "PAK", 5, "Pakistan"},
    {"PL", "POL", 5, "Poland"},
    {"PM", "SPM", 5, "Saint Pierre and Miquelon"},
    {"PN", "PCN", 0, "Pitcairn|Pitcairn Islands"},
    {"PR", "PRI", 5, "Puerto Rico"},
    {"PS", "PSE", 0,
     "Palestine|State of Palestine|Palestine, State of|Palestinian "
     "Territories|Palestinian Territory, Occupied|Occupied Palestinian "
     "Territory"},
    {"PT", "PRT", 0, "Portugal"},
    {"PW", "PLW", 5, "Palau"},
    {"PY", "PRY", 4, "Paraguay"},
    {"QA", "QAT", 0, "Qatar"},
    {"RE", "REU", 5, "Reunion|Réunion"},
    {"RO", "ROU", 6, "Romania"},
    {"RS", "SRB", 5, "Serbia"},
    {"RU", "RUS", 6, "Russia|Russian Federation"},
    {"RW", "RWA", 0, "Rwanda"},
    {"SA", "SAU", 5, "Saudi Arabia"},
    {"SB", "SLB", 0, "Solomon Islands"},
    {"SC", "SYC", 0, "Seychelles"},
    {"SD", "SDN", 5, "Sudan"},
    {"SE", "SWE", 5, "Sweden"},
    {"SG", "SGP", 6, "Singapore"},
    {"SH", "SHN", 0,
     "Saint Helena|Saint Helena, Ascension and Tristan da Cunha"},
    {"SI", "SVN", 4, "Slovenia"},
    {"SJ", "SJM", 4, "Svalbard and Jan Mayen|Svalbard"},
    {"SK", "SVK", 5, "Slovakia|Slovak Republic"},
    {"SL", "SLE", 0, "Sierra Leone"},
    {"SM", "SMR", 5, "San Marino"},
    {"SN", "SEN", 5, "Senegal"},
    {"SO", "SOM", 0, "Somalia"},
    {"SR", "SUR", 0, "Suriname"},
    {"SS", "SSD", 5, "South Sudan"},
    {"ST", "STP", 0, "Sao Tome and Principe"},
    {"SV", "SLV", 4, "El Salvador"},
    {"SX", "SXM", 0, "Sint Maarten|Sint Maarten (Dutch part)"},
    {"SY", "SYR", 0, "Syria|Syrian Arab Republic"},
    {"SZ", "SWZ", 0, "Eswatini|Swaziland"},
    {"TC", "TCA", 0, "Turks and Caicos Islands"},
    {"TD", "TCD", 0, "Chad"},
    {"TF", "ATF", 0, "French Southern Territories"},
    {"TG", "TGO", 0, "Togo"},
    {"TH", "THA", 5, "Thailand"},
    {"TJ", "TJK", 6, "Tajikistan"},
    {"TK", "TKL", 0, "Tokelau"},
    {"TL", "TLS", 0, "Timor-Leste|East Timor"},
    {"TM", "TKM", 6, "Turkmenistan"},
    {"TN", "TUN", 4, "Tunisia"},
    {"TO", "TON", 0, "Tonga"},
    {"TR", "TUR", 5, "Turkey|Türkiye|Turkiye"},
    {"TT", "TTO", 6, "Trinidad and Tobago"},
    {"TV", "TUV", 0, "Tuvalu"},
    {"TW", "TWN", 0, "Taiwan|Taiwan, Province of China"},
    {"TZ", "TZA", 5,
     "Tanzania|United Republic of Tanzania|Tanzania, United Republic of"},
    {"UA", "UKR", 5, "Ukraine"},
    {"UG", "UGA", 0, "Uganda"},
    {"UM", "UMI", 5, "United States Minor Outlying Islands"},
    {"US", "USA", 5, "United States|United States of America|U.S.A.|America"},
    {"UY", "URY", 5, "Uruguay"},
    {"UZ", "UZB", 6, "Uzbekistan"},
    {"VA", "VAT", 5,
     "Vatican City|Holy See|Vatican|Vatican City State|Holy See (Vatican City "
     "State)"},
    {"VC", "VCT", 0, "Saint Vincent and the Grenadines"},
    {"VE", "VEN", 4,
     "Venezuela|Bolivarian Republic of Venezuela|Venezuela (Bolivarian "
     "Republic of)"},
    {"VG", "VGB", 0, "British Virgin Islands|Virgin Islands (British)"},
    {"VI", "VIR", 5,
     "US Virgin Islands|Virgin Islands|Virgin Islands (U.S.)|United States "
     "Virgin Islands"},
    {"VN", "VNM", 0, "Vietnam|Viet Nam"},
    {"VU", "VUT", 0, "Vanuatu"},
    {"WF", "WLF", 5, "Wallis and Futuna"},
    {"WS", "WSM", 0, "Samoa"},
    {"XK", "XKX", 5, "Kosovo"},
    {"YE", "YEM", 0, "Yemen"},
    {"YT", "MYT", 5, "Mayotte"},
    {"ZA", "ZAF", 4, "South Africa"},
    {"ZM", "ZMB", 5, "Zambia"},
    {"ZW", "ZWE", 0, "Zimbabwe"},
};

enum {
    N_COUNTRIES = sizeof table / sizeof *table,
    PLAIN_ROOM = 96
};

int32_t bw_country_count(void)
{
    return N_COUNTRIES;
}

const bw_country *bw_country_at(int32_t country)
{
    assert(country >= 0 && country < N_COUNTRIES);
    return &table[country];
}

/* A word of a name as it counts; a whole text is none: ST is a code. */
static size_t word_form(const char *text, size_t len, bool whole, char *out,
                        size_t room)
{
    size_t n = bw_place_fold(text, len, out, room);
    if (len == 1 && *text == '&' && room >= 3) {
        memcpy(out, "and", 3);
        return 3;
    }
    if (n == 3 && memcmp(out, "the", 3) == 0)
        return 0;
    if (whole || n != 2 || memcmp(out, "st", 2) != 0 || room < 5)
        return n;
    memcpy(out, "saint", 5);
    return 5;
}

/* Names compare without "the", with "and" for "&" and "saint" for "St.". */
static size_t plain_name(const char *text, size_t len, char plain[PLAIN_ROOM])
{
    static const char between[] = " ,.()-/\t";
    size_t n = 0;
    if (len > PLAIN_ROOM)
        return 0;
    for (size_t i = 0, end; i < len && n < PLAIN_ROOM; i = end + 1) {
        for (end = i; end < len && !strchr(between, text[end]);)
            end++;
        n += word_form(text + i, end - i, end - i == len, plain + n,
                       PLAIN_ROOM - n);
    }
    return n;
}

/* Keys are kept in the arena: the index borrows them. */
static bw_status add(bw_arena *arena, bw_index *index, const char *text,
                     size_t len, int32_t country)
{
    char plain[PLAIN_ROOM];
    int32_t there;
    size_t n = plain_name(text, len, plain);
    assert(n > 0);
    const char *key = bw_arena_text(arena, plain, n);
    return key ? bw_index_put(index, key, n, country, &there) : BW_NOMEM;
}

static bw_status add_names(bw_arena *arena, bw_index *index, int32_t country)
{
    bw_status status = BW_OK;
    for (const char *at = table[country].names; *at && status == BW_OK;) {
        size_t len = strcspn(at, "|");
        status = add(arena, index, at, len, country);
        at += len + (at[len] == '|');
    }
    return status;
}

bw_status bw_country_index(bw_arena *arena, bw_index **index)
{
    bw_status status = bw_index_new(4 * (int64_t)N_COUNTRIES, index);
    for (int32_t i = 0; i < N_COUNTRIES && status == BW_OK; i++) {
        status = add(arena, *index, table[i].code, 2, i);
        if (status == BW_OK)
            status = add(arena, *index, table[i].alpha3, 3, i);
        if (status == BW_OK)
            status = add_names(arena, *index, i);
    }
    return status;
}

int32_t bw_country_find(const bw_index *index, const char *text, size_t len)
{
    char plain[PLAIN_ROOM];
    size_t n = plain_name(text, len, plain);
    return n > 0 ? bw_index_find(index, plain, n) : -1;
}
