/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a CRM's export of any size, to time how files are read. The same seed
 * gives the same bytes.
 *
 *   export N_ACCOUNTS N_REPS N_PLACES SEED DIR
 *
 * writes DIR/accounts.csv (12 columns, about 110 bytes a row), reps.csv,
 * places.txt (a gazetteer in the GeoNames postal code form) and scenario.xml.
 * Every other account has a postal code and no coordinates; names are in
 * quotes where they hold a comma; every owner is one of the reps.
 */
#include "../../scenarios/cities.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct spot {
    double lat, lon;
    int metro;
} spot;

static uint64_t random_state;

/* splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static double uniform(void)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static int below(int n)
{
    return (int)(uniform() * n);
}

static spot around(int metro, double degrees)
{
    spot s = {.metro = metro};
    s.lat = cities[metro].lat_deg + degrees * (uniform() + uniform() - 1);
    s.lon = cities[metro].lon_deg + degrees * (uniform() + uniform() - 1);
    return s;
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

static void finish(FILE *out)
{
    int bad = ferror(out);
    if (fclose(out) || bad) {
        fprintf(stderr, "export: the files could not be written\n");
        exit(4);
    }
}

/* Codes of five digits, some with a zero in front. */
static int code_of(int place)
{
    return 501 + place * 2;
}

static void write_places(const char *folder, spot *places, int n)
{
    FILE *out = create(folder, "places.txt");
    for (int i = 0; i < n; i++) {
        places[i] = around(i % N_CITIES, 1.2);
        const city *c = &cities[places[i].metro];
        fprintf(out, "US\t%05d\t%s %d\t%s\t%s\t\t\t\t\t%.4f\t%.4f\t4\n",
                code_of(i), c->name, i / N_CITIES, c->state, c->state,
                places[i].lat, places[i].lon);
    }
    finish(out);
}

static void write_name(FILE *out, int number)
{
    static const char *const words[] = {"Alder", "Beacon", "Cedar",  "Delta",
                                        "Elm",   "Fair",   "Granit", "Harbor"};
    const char *first = words[number % 8], *second = words[number / 8 % 8];
    if (number % 16 == 0)
        fprintf(out, "\"%s %s %d, Inc.\"", first, second, number);
    else
        fprintf(out, "%s %s %d", first, second, number);
}

static void write_accounts(const char *folder, int n, int m, const spot *places,
                           int n_places)
{
    static const char *const industries[] = {"Hospital", "Biotech", "Food",
                                             "Pharma"};
    FILE *out = create(folder, "accounts.csv");
    fputs("Account ID,Account Name,Industry,Type,Billing City,Billing "
          "State/Province,Billing Country,Billing Zip/Postal Code,Billing "
          "Latitude,Billing Longitude,Annual Revenue,Account Owner ID\n",
          out);
    for (int i = 0; i < n; i++) {
        const int at = below(n_places);
        const city *c = &cities[places[at].metro];
        fprintf(out, "001%012d,", i);
        write_name(out, i);
        fprintf(out, ",%s,%s,%s %d,%s,US,%05d,", industries[i % 4],
                i % 3 ? "Customer" : "Prospect", c->name, at / N_CITIES,
                c->state, code_of(at));
        if (i % 2)
            fprintf(out, "%.5f,%.5f,", places[at].lat + 0.1 * uniform() - 0.05,
                    places[at].lon + 0.1 * uniform() - 0.05);
        else
            fputs(",,", out);
        fprintf(out, "%d,005%09d\n", 1000 + below(90000), below(m));
    }
    finish(out);
}

static void write_reps(const char *folder, int m, const spot *places,
                       int n_places)
{
    FILE *out = create(folder, "reps.csv");
    fputs("User ID,Name,Status,Latitude,Longitude,Capacity\n", out);
    for (int r = 0; r < m; r++) {
        const spot *home = &places[below(n_places)];
        fprintf(out, "005%09d,Rep %d,active,%.5f,%.5f,1600\n", r, r, home->lat,
                home->lon);
    }
    finish(out);
}

static void write_scenario(const char *folder)
{
    FILE *out = create(folder, "scenario.xml");
    fputs("<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"export\">\n"
          "  <accounts file=\"accounts.csv\"/>\n"
          "  <reps file=\"reps.csv\"/>\n"
          "  <gazetteer file=\"places.txt\"/>\n"
          "  <segments>\n"
          "    <segment name=\"A\" where=\"$revenue &gt;= 80000\">"
          "<coverage calls=\"6\" hours=\"1\"/></segment>\n"
          "    <segment name=\"B\"><coverage calls=\"1\" hours=\"0.5\"/>"
          "</segment>\n"
          "  </segments>\n"
          "  <travel hour-cost=\"75\" km-cost=\"0.4\"/>\n"
          "  <balance measure=\"workload\" target=\"equal\" "
          "tolerance=\"10%\" over-cost=\"100\" under-cost=\"100\"/>\n"
          "</scenario>\n",
          out);
    finish(out);
}

int main(int argc, char **argv)
{
    int n = argc == 6 ? atoi(argv[1]) : 0, m = n ? atoi(argv[2]) : 0;
    int n_places = m > 0 ? atoi(argv[3]) : 0;
    if (n <= 0 || n_places <= 0 || n_places > 49000) {
        fputs("usage: export N_ACCOUNTS N_REPS N_PLACES SEED DIR\n", stderr);
        return 3;
    }
    spot *places = calloc((size_t)n_places, sizeof *places);
    if (!places)
        return 4;
    random_state = strtoull(argv[4], NULL, 10);
    write_places(argv[5], places, n_places);
    write_accounts(argv[5], n, m, places, n_places);
    write_reps(argv[5], m, places, n_places);
    write_scenario(argv[5]);
    free(places);
    return 0;
}
