/* SPDX-License-Identifier: GPL-3.0-or-later */
/* territories.csv, line by line. */
#include "verify_parts.h"

#include "bw/alloc.h"

#include <math.h>
#include <string.h>

enum {
    REP_ID,
    REP_NAME,
    REGION,
    ACCOUNTS,
    REVENUE,
    TRAVEL,
    DISTANCE,
    IN,
    OUT,
    REVENUE_IN,
    REVENUE_OUT,
    COST,
    WITHIN,
    HOME_SOURCE,
    N_COLUMNS
};

static const char *const headers[N_COLUMNS] = {
    [REP_ID] = "rep_id",
    [REP_NAME] = "rep_name",
    [REGION] = "region",
    [ACCOUNTS] = "accounts",
    [REVENUE] = "revenue",
    [TRAVEL] = "travel_hours",
    [DISTANCE] = "mean_distance_km",
    [IN] = "accounts_in",
    [OUT] = "accounts_out",
    [REVENUE_IN] = "revenue_in",
    [REVENUE_OUT] = "revenue_out",
    [COST] = "cost",
    [WITHIN] = "within_bands",
    [HOME_SOURCE] = "home_source",
};

/* The columns of one measure. */
typedef struct measure {
    int32_t k; /* the balance, or -1: it only stands there */
    int32_t load, low, high, price;
} measure;

typedef struct layout {
    int32_t fixed[N_COLUMNS];
    measure workload, potential; /* always there */
    measure *balance;            /* [n_balances] */
} layout;

/* "load" and "load_high", for instance. */
static bool names_a_limit(const char *name, const char *owner)
{
    static const char *const tails[] = {"_low", "_high", "_price"};
    size_t len = strlen(owner);
    bool limit = false;
    for (int i = 0; i < 3; i++)
        limit |= strlen(name) > len && memcmp(name, owner, len) == 0 &&
                 strcmp(name + len, tails[i]) == 0;
    return limit;
}

/* `accounts` and `revenue` stand there once for both uses; another measure
 * that has the name of a column that is there anyway is called measure_NAME. */
static bool is_set_apart(const bw_problem *problem, const char *name)
{
    if (strcmp(name, headers[ACCOUNTS]) == 0 ||
        strcmp(name, headers[REVENUE]) == 0)
        return false;
    bool apart =
        names_a_limit(name, "workload") || names_a_limit(name, "potential");
    for (int i = 0; i < N_COLUMNS; i++)
        apart |= strcmp(name, headers[i]) == 0;
    for (int32_t k = 0; k < problem->n_balances; k++)
        apart |= names_a_limit(name, problem->balances[k].measure);
    return apart;
}

static int32_t measure_column(bw_verification *v, const char *name,
                              const char *end)
{
    bw_buf header = {0};
    bw_buf_format(&header, "%s%s%s",
                  is_set_apart(v->problem, name) ? "measure_" : "", name, end);
    int32_t column = -1;
    const char *text = header.text;
    v->starved |= header.failed;
    if (!header.failed)
        bw_verify_columns(v, v->tables->territories, &text, 1, &column);
    bw_buf_free(&header);
    return column;
}

static measure measure_columns(bw_verification *v, const char *name)
{
    measure m = {
        -1, measure_column(v, name, ""), measure_column(v, name, "_low"),
        measure_column(v, name, "_high"), measure_column(v, name, "_price")};
    for (int32_t k = 0; k < v->problem->n_balances; k++)
        if (strcmp(v->problem->balances[k].measure, name) == 0)
            m.k = k;
    return m;
}

static bw_verify_cell cell_of(const bw_verification *v, int32_t rep,
                              int32_t column)
{
    return (bw_verify_cell){v->tables->territories, v->tables->rep_row[rep],
                            column, v->problem->reps.id[rep]};
}

static void compare_limit(bw_verification *v, bw_verify_cell cell,
                          int64_t limit, bw_wide leeway)
{
    if (limit == BW_NO_LOW || limit == BW_NO_HIGH)
        bw_verify_blank(v, cell);
    else
        bw_verify_amount(v, cell, bw_fine(limit), leeway);
}

/* Low, high, price; all blank where nothing is balanced. */
static void compare_band(bw_verification *v, int32_t rep, const measure *m)
{
    bw_verify_cell low = cell_of(v, rep, m->low);
    bw_verify_cell high = cell_of(v, rep, m->high);
    bw_verify_cell price = cell_of(v, rep, m->price);
    if (m->k < 0 || rep >= v->problem->reps.n_serving) {
        bw_verify_blank(v, low);
        bw_verify_blank(v, high);
        bw_verify_blank(v, price);
        return;
    }
    bool work = v->problem->balances[m->k].kind == BW_MEASURE_WORKLOAD;
    bw_wide leeway = work ? bw_fine(2 * v->quanta_leeway) : 0;
    int64_t at = (int64_t)rep * v->problem->n_balances + m->k;
    compare_limit(v, low, v->verdict->low[at], leeway);
    compare_limit(v, high, v->verdict->high[at], leeway);
    bw_verify_amount(v, price, (bw_wide)v->tables->price[at] * BW_QUANTA, 0);
}

static void compare_measures(bw_verification *v, int32_t rep, const layout *l)
{
    const bw_verify_sums *sums = &v->rep[rep];
    bw_verify_amount(v, cell_of(v, rep, l->workload.load),
                     bw_fine(sums->service_hours + sums->travel_hours),
                     bw_fine(bw_verify_sum_quanta(v)));
    bw_verify_amount(v, cell_of(v, rep, l->potential.load),
                     bw_fine(sums->potential), 0);
    compare_band(v, rep, &l->workload);
    compare_band(v, rep, &l->potential);
    for (int32_t k = 0; k < v->problem->n_balances; k++) {
        if (k == l->workload.k || k == l->potential.k)
            continue;
        int64_t load = 0;
        if (rep < v->problem->reps.n_serving)
            load = v->verdict->load[(int64_t)rep * v->problem->n_balances + k];
        bw_verify_amount(v, cell_of(v, rep, l->balance[k].load), bw_fine(load),
                         0);
        compare_band(v, rep, &l->balance[k]);
    }
}

static void compare_rep(bw_verification *v, int32_t rep, const layout *l)
{
    const bw_reps *reps = &v->problem->reps;
    const bw_verify_sums *s = &v->rep[rep];
    bool within = true;
    for (int32_t k = 0; rep < reps->n_serving && k < v->problem->n_balances;
         k++)
        within &= bw_verify_within(v, rep, k);
#define CELL(which) cell_of(v, rep, l->fixed[which])
    bw_verify_text(v, CELL(REP_NAME), reps->name[rep]);
    bw_verify_text(v, CELL(REGION), reps->region[rep]);
    bw_verify_amount(v, CELL(ACCOUNTS), s->accounts * bw_verify_one, 0);
    bw_verify_amount(v, CELL(REVENUE), s->revenue * BW_PRICE_UNIT, 0);
    bw_verify_amount(v, CELL(TRAVEL), bw_fine(s->travel_hours),
                     bw_fine(bw_verify_sum_quanta(v)));
    bw_verify_km(v, CELL(DISTANCE),
                 s->placed ? s->km / (double)s->placed : NAN);
    bw_verify_amount(v, CELL(IN), s->in * bw_verify_one, 0);
    bw_verify_amount(v, CELL(OUT), s->out * bw_verify_one, 0);
    bw_verify_amount(v, CELL(REVENUE_IN), s->revenue_in * BW_PRICE_UNIT, 0);
    bw_verify_amount(v, CELL(REVENUE_OUT), s->revenue_out * BW_PRICE_UNIT, 0);
    bw_verify_amount(v, CELL(COST), s->cost * BW_PRICE_UNIT,
                     bw_verify_sum_money(v));
    bw_verify_text(v, CELL(HOME_SOURCE),
                   bw_place_source_text(reps->place_source[rep]));
    bw_verify_text(v, CELL(WITHIN),
                   rep >= reps->n_serving ? ""
                   : within               ? "yes"
                                          : "no");
#undef CELL
    compare_measures(v, rep, l);
}

bw_status bw_verify_reps(bw_verification *v)
{
    layout l;
    size_t n_balances = (size_t)v->problem->n_balances;
    l.balance = bw_alloc(n_balances, sizeof *l.balance);
    if (!l.balance)
        return BW_NOMEM;
    bw_verify_columns(v, v->tables->territories, headers, N_COLUMNS, l.fixed);
    l.workload = measure_columns(v, "workload");
    l.potential = measure_columns(v, "potential");
    for (size_t k = 0; k < n_balances; k++) {
        const char *name = v->problem->balances[k].measure;
        if ((int32_t)k != l.workload.k && (int32_t)k != l.potential.k)
            l.balance[k] = measure_columns(v, name);
        l.balance[k].k = (int32_t)k;
    }
    for (int32_t rep = 0; rep < v->problem->reps.n; rep++)
        compare_rep(v, rep, &l);
    bw_free(l.balance);
    return BW_OK;
}
