/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the sample company, a fictional seller of laboratory equipment, and
 * positions for other account files. The same seed gives the same bytes.
 *
 *   generate sample DIR      DIR/accounts.csv and DIR/reps.csv
 *   generate positions N     reps for N positions, on stdout
 */
#include "cities.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    N_ACCOUNTS = 1200,
    N_POSITIONS = 24, /* 22 people and 2 vacancies; one more rep leaves */
    N_REPS = N_POSITIONS + 1,
    FIRST_VACANCY = 9,
    SECOND_VACANCY = 17,
    LEAVING = N_POSITIONS,
    LEAVING_CITY = 18, /* Denver, where nobody is left then */
    N_MARKETS = 48,    /* the largest cities, where the accounts are */
    SEED = 2027
};

typedef struct place {
    double lat_deg, lon_deg;
    int city;
} place;

typedef struct account {
    place at;
    int industry, owner, seller, parent;
    double revenue, potential, pipeline;
    int employees, named, needs_spanish;
} account;

static uint64_t random_state;

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014. */
static uint64_t random_bits(void)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static double uniform(void)
{
    return (double)(random_bits() >> 11) * 0x1p-53;
}

static int below(int n)
{
    return (int)(uniform() * n);
}

/* Box-Muller. */
static double normal(void)
{
    double radius = sqrt(-2 * log(1 - uniform()));
    return radius * cos(6.283185307179586 * uniform());
}

/* A point around a city, sd_km in each direction. */
static place near_city(int c, double sd_km)
{
    const double km_per_degree = 111.2;
    double shrink = cos(cities[c].lat_deg * 3.141592653589793 / 180);
    place p = {.city = c};
    p.lat_deg = cities[c].lat_deg + sd_km * normal() / km_per_degree;
    p.lon_deg = cities[c].lon_deg + sd_km * normal() / km_per_degree / shrink;
    return p;
}

static double km_between(place a, place b)
{
    double x = (a.lon_deg - b.lon_deg) * 111.2 *
               cos((a.lat_deg + b.lat_deg) / 2 * 3.141592653589793 / 180);
    double y = (a.lat_deg - b.lat_deg) * 111.2;
    return sqrt(x * x + y * y);
}

static int random_city(void)
{
    double total = 0;
    for (int c = 0; c < N_MARKETS; c++)
        total += cities[c].millions;
    double pick = uniform() * total;
    int c = 0;
    while (c < N_MARKETS - 1 && (pick -= cities[c].millions) > 0)
        c++;
    return c;
}

/* Homes by inhabitants: each position goes where the inhabitants per position
 * are highest (highest averages with half a position on top, as Webster and
 * Sainte-Lague count, so that large cities do not take all). */
static void place_positions(place *home, int n)
{
    int taken[N_CITIES] = {0};
    for (int r = 0; r < n; r++) {
        int best = 0;
        for (int c = 1; c < N_CITIES; c++)
            if (c != LEAVING_CITY &&
                cities[c].millions / (taken[c] + 0.5) >
                    cities[best].millions / (taken[best] + 0.5))
                best = c;
        taken[best]++;
        home[r] = near_city(best, 18);
    }
}

static const char *region_of(const char *state)
{
    static const struct {
        const char *name, *states;
    } regions[] = {
        {"Northeast", "CT ME MA NH RI VT NJ NY PA DC MD DE"},
        {"Central", "IL IN MI OH WI IA KS MN MO NE ND SD KY WV"},
        {"South", "FL GA NC SC VA AL MS TN AR LA OK TX"},
    };
    for (size_t i = 0; i < sizeof regions / sizeof regions[0]; i++)
        if (strstr(regions[i].states, state))
            return regions[i].name;
    return "West";
}

static const char *const first_names[N_REPS] = {
    "Amara", "Bruno", "Celia", "Dario", "Elin",  "Farid", "Greta",
    "Hugo",  "Imani", "Jonas", "Keiko", "Liam",  "Maren", "Nuria",
    "Oskar", "Paula", "Quinn", "Rosa",  "Sunil", "Talia", "Ulrich",
    "Vera",  "Wen",   "Yusuf", "Ximena"};
static const char *const last_names[N_REPS] = {
    "Abara",  "Brandt",  "Castell", "Dubois", "Eriksen", "Falk",   "Gomez",
    "Hadley", "Iyer",    "Jansen",  "Kimura", "Lund",    "Moreau", "Novak",
    "Okafor", "Pereira", "Quigley", "Rossi",  "Sandhu",  "Tanaka", "Ueda",
    "Varga",  "Whitlow", "Yilmaz",  "Zamora"};

static void write_rep(FILE *out, int r, place home)
{
    const city *c = &cities[home.city];
    int vacant = r == FIRST_VACANCY || r == SECOND_VACANCY;
    const char *status = vacant         ? "vacant"
                         : r == LEAVING ? "leaving"
                                        : "active";
    const char *first = first_names[r], *last = last_names[r * 7 % N_REPS];
    fprintf(out, "R%02d,", r + 1);
    if (vacant)
        fprintf(out, "\"Vacant, %s\",,", c->name);
    else
        fprintf(out, "%s %s,%c.%s@kestrel-lab.example,", first, last,
                first[0] + 32, last);
    fprintf(out, "%s,field,%s,Dana Holt,%s,%s,%s,%.5f,%.5f,", status,
            region_of(c->state), c->name, c->state, c->postal_code,
            home.lat_deg, home.lon_deg);
    fprintf(out, "%d,%s,%s,%s,2026-01-01,%s\n", 1300 + 50 * (r % 5),
            r == 5 ? "0.6" : "1", r == 12 ? "0.75" : "1",
            r % 6 == 1   ? "es"
            : r % 9 == 4 ? "es gov"
                         : "",
            r == LEAVING ? "2026-12-31" : "");
}

static void write_reps(FILE *out, const place *home)
{
    fputs("rep_id,name,email,status,type,region,manager,home_city,home_state,"
          "home_postal_code,home_latitude,home_longitude,capacity_hours,fte,"
          "ramp,skills,active_from,active_to\n",
          out);
    for (int r = 0; r < N_REPS; r++)
        write_rep(out, r, home[r]);
}

static const struct {
    const char *name, *kind[3];
    double share, growth; /* potential over revenue */
} industries[] = {
    {"Hospital", {"Hospital", "Medical Center", "Clinic Group"}, .24, 1.5},
    {"Biotech", {"Biologics", "Genomics", "Therapeutics"}, .18, 2.4},
    {"University", {"University", "College", "Institute"}, .16, 1.3},
    {"Pharma", {"Pharmaceuticals", "Laboratories", "Pharma"}, .12, 1.8},
    {"Food", {"Foods", "Dairy", "Mills"}, .12, 1.2},
    {"Environment", {"Water Authority", "Testing", "Analytics"}, .10, 1.6},
    {"Government", {"County Lab", "State Lab", "Public Health"}, .08, 1.1},
};

enum {
    N_INDUSTRIES = sizeof industries / sizeof industries[0]
};

static int random_industry(void)
{
    double pick = uniform();
    int i = 0;
    while (i < N_INDUSTRIES - 1 && (pick -= industries[i].share) > 0)
        i++;
    return i;
}

static int owns_today(int rep)
{
    return rep != FIRST_VACANCY && rep != SECOND_VACANCY;
}

static int nearest_owner(place at, const place *home)
{
    int best = 0;
    for (int r = 1; r < N_REPS; r++)
        if (owns_today(r) &&
            km_between(at, home[r]) < km_between(at, home[best]))
            best = r;
    return best;
}

/* Four fifths with the nearest rep, a fifth with anybody: what years of
 * hand-overs leave behind. One in forty has no owner. */
static int random_owner(place at, const place *home)
{
    double pick = uniform();
    if (pick < .025)
        return -1;
    if (pick < .80)
        return nearest_owner(at, home);
    int r;
    do
        r = below(N_REPS);
    while (!owns_today(r));
    return r;
}

static account random_account(int number, const account *earlier,
                              const place *home)
{
    account a = {.parent = -1};
    double pick = uniform();
    a.at = near_city(random_city(), pick < .5 ? 14 : pick < .88 ? 38 : 110);
    a.industry = random_industry();
    /* Heavy tail: the largest tenth brings about half of the revenue. */
    a.revenue = floor(fmin(exp(9.6 + 1.25 * normal()), 400000));
    if (uniform() < .15)
        a.revenue = 0; /* a prospect */
    double base = a.revenue > 0 ? a.revenue : exp(9 + normal());
    a.potential = floor(fmin(
        base * industries[a.industry].growth * exp(.45 * normal()), 800000));
    a.employees = 5 + (int)(sqrt(base) * (0.5 + uniform()));
    a.pipeline = uniform() < .3 ? floor(a.potential * uniform() * .5) : 0;
    a.needs_spanish = uniform() < .04;
    if (number > 50 && uniform() < .09) {
        int p = below(number);
        a.parent = earlier[p].parent >= 0 ? earlier[p].parent : p;
    }
    a.owner = random_owner(a.at, home);
    a.seller = uniform() < .85 ? a.owner : nearest_owner(a.at, home);
    /* Named accounts are few, large, and with somebody near who stays. */
    a.named = a.revenue > 90000 && a.owner >= 0 && a.owner != LEAVING &&
              km_between(a.at, home[a.owner]) < 120 && uniform() < .4;
    return a;
}

static void write_name(FILE *out, int number, const account *a)
{
    static const char *const words[] = {
        "Alder",   "Beacon",    "Cedar",    "Delta",   "Elmwood",  "Fairview",
        "Granite", "Harbor",    "Ironwood", "Juniper", "Keystone", "Laurel",
        "Maple",   "Northgate", "Orchard",  "Prairie", "Quarry",   "Ridge",
        "Summit",  "Timber",    "Union",    "Valley",  "Willow",   "Yarrow"};
    enum {
        N_WORDS = sizeof words / sizeof words[0]
    };
    const char *word = words[number % N_WORDS];
    const char *kind = industries[a->industry].kind[number / N_WORDS % 3];
    const char *town = cities[a->at.city].name;
    const char *second = words[(number / N_WORDS / 3 + number + 1) % N_WORDS];
    if (number % 29 == 0) /* some names have a comma, as real ones do */
        fprintf(out, "\"%s %s %s %s, Inc.\"", town, word, second, kind);
    else
        fprintf(out, "%s %s %s %s", town, word, second, kind);
}

static void write_rep_id(FILE *out, int rep)
{
    if (rep >= 0)
        fprintf(out, "R%02d", rep + 1);
}

static void write_account(FILE *out, int number, const account *a)
{
    const city *c = &cities[a->at.city];
    fprintf(out, "A-%04d,", number + 1);
    write_name(out, number, a);
    fprintf(out, ",%s,%s,%d,%s,%s,US,%s,%.5f,%.5f,%.0f,%.0f,%.0f,",
            industries[a->industry].name,
            a->named         ? "Named"
            : a->revenue > 0 ? "Customer"
                             : "Prospect",
            a->employees, c->name, c->state, c->postal_code, a->at.lat_deg,
            a->at.lon_deg, a->revenue, a->potential, a->pipeline);
    if (a->parent >= 0)
        fprintf(out, "A-%04d", a->parent + 1);
    fprintf(out, ",%s,", a->needs_spanish ? "es" : "");
    write_rep_id(out, a->owner);
    putc(',', out);
    write_rep_id(out, a->seller);
    putc('\n', out);
}

static void write_accounts(FILE *out, const place *home)
{
    static account accounts[N_ACCOUNTS];
    fputs("account_id,account_name,industry,type,employees,city,state,country,"
          "postal_code,latitude,longitude,annual_revenue,potential,"
          "open_pipeline,parent_id,needs_skill,owner_id,last_seller_id\n",
          out);
    for (int i = 0; i < N_ACCOUNTS; i++) {
        accounts[i] = random_account(i, accounts, home);
        write_account(out, i, &accounts[i]);
    }
}

static FILE *create(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "w");
    if (!out) {
        perror(path);
        exit(4);
    }
    return out;
}

static int finish(FILE *out)
{
    int bad = ferror(out);
    return fclose(out) || bad ? 4 : 0;
}

static int make_sample(const char *folder)
{
    place home[N_REPS];
    random_state = SEED;
    place_positions(home, N_POSITIONS);
    home[LEAVING] = near_city(LEAVING_CITY, 18);
    FILE *reps = create(folder, "reps.csv");
    write_reps(reps, home);
    int status = finish(reps);
    FILE *accounts = create(folder, "accounts.csv");
    write_accounts(accounts, home);
    return status | finish(accounts);
}

static int make_positions(int n)
{
    place *home = calloc((size_t)n, sizeof *home);
    if (!home)
        return 4;
    random_state = SEED;
    place_positions(home, n);
    puts("rep_id,name,region,home_city,home_state,latitude,longitude,capacity");
    for (int r = 0; r < n; r++) {
        const city *c = &cities[home[r].city];
        printf("P%03d,\"Position %d, %s\",%s,%s,%s,%.5f,%.5f,1600\n", r + 1,
               r + 1, c->name, region_of(c->state), c->name, c->state,
               home[r].lat_deg, home[r].lon_deg);
    }
    free(home);
    return fflush(stdout) ? 4 : 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "sample") == 0)
        return make_sample(argv[2]);
    if (argc == 3 && strcmp(argv[1], "positions") == 0 && atoi(argv[2]) > 0)
        return make_positions(atoi(argv[2]));
    fputs("usage: generate sample DIR | generate positions N\n", stderr);
    return 3;
}
