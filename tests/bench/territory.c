/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes benchmark territories: two-sided bands on two measures, an owner for
 * every account. The same seed gives the same bytes.
 *
 *   territory N_ACCOUNTS N_REPS SEED DIR [open]
 *
 * writes DIR/accounts.csv, reps.csv, scenario.xml and, without `open`, the few
 * nearest reps of each account as the only pairs, DIR/pairs.csv:
 *
 *   cost(a, r) = 0.01 hours km + (r is not the owner) (2 + 0.25 hours)
 *   bands: +/- 10 % of the average, the upper workload at most the capacity
 *   prices outside a band: 50 an hour; the same for an average share of
 * potential
 *
 * With `open` there are coordinates only, and everybody may serve everybody: a
 * tenth of the hours, so that a rep has a year's work with 500 accounts, trips
 * of six calls of 45 minutes, and the prices of scenarios/annual-2027.xml.
 */
#include "../../scenarios/cities.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEAREST = 8, /* reps that may serve an account, beside its owner */
    REACH = 32,  /* an owner that is off is one of so many nearest */
};

typedef struct account {
    double lat, lon, hours, potential;
    int city, owner;
} account;

typedef struct rep {
    double lat, lon, capacity;
    int city;
} rep;

static uint64_t random_state;

/* splitmix64: Steele, Lea, Flood, OOPSLA 2014. */
static double uniform(void)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double normal(void)
{
    double radius = sqrt(-2 * log(1 - uniform()));
    return radius * cos(6.283185307179586 * uniform());
}

static double rounded(double value, double step)
{
    return floor(value / step + 0.5) * step;
}

static void scatter(int c, double sd_km, double *lat, double *lon)
{
    double shrink = cos(cities[c].lat_deg * 3.141592653589793 / 180);
    *lat = rounded(cities[c].lat_deg + sd_km * normal() / 111.2, 1e-5);
    *lon = rounded(cities[c].lon_deg + sd_km * normal() / 111.2 / shrink, 1e-5);
}

static int random_city(void)
{
    double total = 0;
    for (int c = 0; c < N_CITIES; c++)
        total += cities[c].millions;
    double pick = uniform() * total;
    int c = 0;
    while (c < N_CITIES - 1 && (pick -= cities[c].millions) > 0)
        c++;
    return c;
}

static double km_between(double lat1, double lon1, double lat2, double lon2)
{
    const double degree = 3.141592653589793 / 180;
    double a = sin((lat2 - lat1) * degree / 2);
    double b = sin((lon2 - lon1) * degree / 2);
    double h = a * a + cos(lat1 * degree) * cos(lat2 * degree) * b * b;
    return 2 * 6371.0088 * asin(sqrt(h < 1 ? h : 1));
}

/* An account above two fifths of a territory's potential would be carved out
 * as a named account: larger ones are cut to that, again and again as the
 * average falls. */
static void cut_largest(account *accounts, int n, int m)
{
    for (int round = 0; round < 20; round++) {
        double total = 0, largest = 0;
        for (int i = 0; i < n; i++)
            total += accounts[i].potential;
        double limit = fmax(1, floor(0.4 * total / m));
        for (int i = 0; i < n; i++) {
            largest = fmax(largest, accounts[i].potential);
            accounts[i].potential = fmin(accounts[i].potential, limit);
        }
        if (largest <= limit)
            return;
    }
}

static int by_potential(const void *left, const void *right)
{
    const account *a = *(account *const *)left, *b = *(account *const *)right;
    if (a->potential != b->potential)
        return a->potential < b->potential ? 1 : -1;
    return (a > b) - (a < b);
}

/* Hours by rank: the largest tenth 60 to 120 a year, and so on down. */
static void set_hours(account *accounts, int n)
{
    static const struct {
        double until, low, high;
    } tiers[] = {{.10, 60, 120}, {.35, 25, 60}, {.70, 10, 25}, {2, 4, 10}};
    account **order = calloc((size_t)n, sizeof *order);
    if (!order)
        exit(4);
    for (int i = 0; i < n; i++)
        order[i] = &accounts[i];
    qsort(order, (size_t)n, sizeof *order, by_potential);
    for (int i = 0; i < n; i++) {
        int t = 0;
        while ((double)i / n >= tiers[t].until)
            t++;
        double span = tiers[t].high - tiers[t].low;
        order[i]->hours = rounded(tiers[t].low + uniform() * span, 0.1);
    }
    free(order);
}

static void make_accounts(account *accounts, int n, int m)
{
    for (int i = 0; i < n; i++) {
        account *a = &accounts[i];
        a->city = random_city();
        double u = uniform();
        scatter(a->city, u < .55 ? 15 : u < .88 ? 40 : 140, &a->lat, &a->lon);
        a->potential = fmax(1, floor(exp(3.2 + 1.2 * normal()) + 0.5));
    }
    cut_largest(accounts, n, m);
    set_hours(accounts, n);
}

/* Reps to cities by hours (highest averages), capacities around total / 0.9. */
static void make_reps(rep *reps, int m, const account *accounts, int n)
{
    double hours[N_CITIES] = {0}, total = 0, weights = 0;
    int taken[N_CITIES] = {0};
    for (int i = 0; i < n; i++) {
        hours[accounts[i].city] += accounts[i].hours;
        total += accounts[i].hours;
    }
    for (int r = 0; r < m; r++) {
        int best = 0;
        for (int c = 1; c < N_CITIES; c++)
            if (hours[c] / (taken[c] + 0.5) > hours[best] / (taken[best] + 0.5))
                best = c;
        taken[best]++;
        reps[r].city = best;
        scatter(best, 25, &reps[r].lat, &reps[r].lon);
        weights += reps[r].capacity = 0.95 + 0.1 * uniform();
    }
    for (int r = 0; r < m; r++)
        reps[r].capacity =
            rounded(total / 0.9 * reps[r].capacity / weights, 0.1);
}

/* near[0 .. n_near) by distance; km[r] of all that may be among them. */
static void nearest(const account *a, const rep *reps, int m, int *near,
                    int n_near, double *km)
{
    int found = 0;
    for (int r = 0; r < m; r++) {
        double north_km = 111 * fabs(a->lat - reps[r].lat);
        if (found == n_near && north_km > km[near[n_near - 1]])
            continue;
        km[r] = km_between(a->lat, a->lon, reps[r].lat, reps[r].lon);
        int at = found < n_near ? found++ : n_near;
        while (at > 0 && km[near[at - 1]] > km[r]) {
            if (at < n_near)
                near[at] = near[at - 1];
            at--;
        }
        if (at < n_near)
            near[at] = r;
    }
}

/* Most have one of the three nearest, some one of those around, few anybody. */
static int choose_owner(const int *near, int n_near, int m)
{
    double u = uniform(), v = uniform();
    if (u < .80)
        return near[(v < .6 ? 0 : v < .9 ? 1 : 2) % n_near];
    return u < .95 ? near[(int)(v * n_near)] : (int)(v * m);
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

/* Without `out` only the owners are chosen. */
static void write_pairs(FILE *out, account *accounts, int n, const rep *reps,
                        int m)
{
    int n_near = m < REACH ? m : REACH, near[REACH];
    int n_own = m < NEAREST ? m : NEAREST;
    double *km = calloc((size_t)m, sizeof *km);
    if (!km)
        exit(4);
    if (out)
        fputs("account,rep,km,cost\n", out);
    for (int i = 0; i < n; i++) {
        account *a = &accounts[i];
        nearest(a, reps, m, near, n_near, km);
        a->owner = choose_owner(near, n_near, m);
        int listed = 0;
        for (int k = 0; out && k <= n_own; k++) {
            if (k == n_own && listed)
                break;
            int r = k < n_own ? near[k] : a->owner;
            listed |= r == a->owner;
            km[r] = km_between(a->lat, a->lon, reps[r].lat, reps[r].lon);
            double cost = 0.01 * a->hours * km[r] +
                          (r == a->owner ? 0 : 2 + 0.25 * a->hours);
            fprintf(out, "A%d,R%d,%.2f,%.4f\n", i, r, km[r], cost);
        }
    }
    free(km);
}

static void write_tables(const char *folder, const account *accounts, int n,
                         const rep *reps, int m)
{
    double work = 0, potential = 0;
    FILE *out = create(folder, "accounts.csv");
    fputs("account,lat,lon,city,potential,workload,owner\n", out);
    for (int i = 0; i < n; i++) {
        const account *a = &accounts[i];
        work += a->hours / m;
        potential += a->potential / m;
        fprintf(out, "A%d,%.5f,%.5f,%s,%.0f,%.1f,R%d\n", i, a->lat, a->lon,
                cities[a->city].name, a->potential, a->hours, a->owner);
    }
    fclose(out);
    out = create(folder, "reps.csv");
    fputs("rep,lat,lon,city,capacity,work_lo,work_hi,pot_lo,pot_hi\n", out);
    for (int r = 0; r < m; r++)
        fprintf(out, "R%d,%.5f,%.5f,%s,%.1f,%.1f,%.1f,%.1f,%.1f\n", r,
                reps[r].lat, reps[r].lon, cities[reps[r].city].name,
                reps[r].capacity, rounded(0.9 * work, 0.1),
                rounded(fmin(1.1 * work, reps[r].capacity), 0.1),
                rounded(0.9 * potential, 0.1), rounded(1.1 * potential, 0.1));
    fclose(out);
    out = create(folder, "scenario.xml");
    double price = rounded(50 * work / potential, 1e-4);
    fprintf(out,
            "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"t%dx%d\">\n"
            "  <accounts file=\"accounts.csv\">\n"
            "    <column name=\"hours\" from=\"workload\"/>\n"
            "  </accounts>\n  <reps file=\"reps.csv\"/>\n"
            "  <pairs file=\"pairs.csv\" only=\"listed\" cost=\"replace\"/>\n"
            "  <travel count=\"no\"/>\n"
            "  <balance measure=\"workload\" low-from=\"work_lo\" "
            "high-from=\"work_hi\" over-cost=\"50\" under-cost=\"50\"/>\n"
            "  <balance measure=\"potential\" low-from=\"pot_lo\" "
            "high-from=\"pot_hi\" over-cost=\"%.4f\" under-cost=\"%.4f\"/>\n"
            "  <solve gap=\"0%%\" effort=\"unlimited\" seconds=\"60\"/>\n"
            "</scenario>\n",
            n, m, price, price);
    fclose(out);
}

static void write_open_tables(const char *folder, const account *accounts,
                              int n, const rep *reps, int m)
{
    FILE *out = create(folder, "accounts.csv");
    fputs("account,lat,lon,hours,calls,potential,revenue,owner\n", out);
    for (int i = 0; i < n; i++) {
        const account *a = &accounts[i];
        double hours = a->hours / 10, share = 0.2 + 0.4 * uniform();
        fprintf(out, "A%d,%.5f,%.5f,%.2f,%.0f,%.0f,%.0f,R%d\n", i, a->lat,
                a->lon, hours, ceil(hours / 0.75), 50 * a->potential,
                50 * share * a->potential, a->owner);
    }
    fclose(out);
    out = create(folder, "reps.csv");
    fputs("rep,lat,lon,capacity\n", out);
    for (int r = 0; r < m; r++)
        fprintf(out, "R%d,%.5f,%.5f,%.1f\n", r, reps[r].lat, reps[r].lon,
                reps[r].capacity);
    fclose(out);
}

static void write_open_scenario(const char *folder, int n, int m)
{
    FILE *out = create(folder, "scenario.xml");
    fprintf(out,
            "<scenario xmlns=\"urn:bailiwick:scenario:1\" name=\"o%dx%d\">\n"
            "  <accounts file=\"accounts.csv\"/>\n"
            "  <reps file=\"reps.csv\"/>\n"
            "  <travel speed-kmh=\"70\" road-factor=\"1.3\" "
            "calls-per-trip=\"6\" hour-cost=\"75\" km-cost=\"0.4\"/>\n"
            "  <handover share=\"6%%\" hours=\"0.5\"/>\n"
            "  <balance measure=\"workload\" target=\"share\" "
            "tolerance=\"10%%\" over-cost=\"200\" under-cost=\"100\"/>\n"
            "  <balance measure=\"potential\" target=\"equal\" "
            "tolerance=\"15%%\" over-cost=\"0.1\" under-cost=\"0.1\"/>\n"
            "  <solve gap=\"1%%\" effort=\"unlimited\" seconds=\"300\"/>\n"
            "</scenario>\n",
            n, m);
    fclose(out);
}

int main(int argc, char **argv)
{
    bool open = argc == 6 && strcmp(argv[5], "open") == 0, usable = argc == 5;
    int n = usable || open ? atoi(argv[1]) : 0;
    int m = usable || open ? atoi(argv[2]) : 0;
    if (n < 1 || m < 1) {
        fputs("usage: territory N_ACCOUNTS N_REPS SEED DIR [open]\n", stderr);
        return 3;
    }
    random_state = (uint64_t)strtoull(argv[3], NULL, 10);
    account *accounts = calloc((size_t)n, sizeof *accounts);
    rep *reps = calloc((size_t)m, sizeof *reps);
    if (!accounts || !reps)
        return 4;
    make_accounts(accounts, n, m);
    make_reps(reps, m, accounts, n);
    FILE *pairs = open ? NULL : create(argv[4], "pairs.csv");
    write_pairs(pairs, accounts, n, reps, m);
    if (pairs)
        fclose(pairs);
    if (open) {
        write_open_tables(argv[4], accounts, n, reps, m);
        write_open_scenario(argv[4], n, m);
    } else {
        write_tables(argv[4], accounts, n, reps, m);
    }
    free(accounts);
    free(reps);
    return 0;
}
