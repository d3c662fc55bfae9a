/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clusters.csv: what the searched bound adds up to and, if asked for, whether
 * it is true. */
#include "verify_parts.h"

/* A unit is named by its first account, or its price could be counted twice. */
static void compare_names(bw_verification *v)
{
    const bw_plan_clusters *c = &v->tables->searched;
    const bw_verdict *verdict = v->verdict;
    const bw_accounts *accounts = &v->problem->accounts;
    int32_t column = bw_table_find(v->tables->clusters, "id");
    int32_t begun = 0, head = 0;
    for (int32_t a = 0; a < accounts->n; a++) {
        bool first = verdict->unit[a] == begun;
        begun += first;
        if (first || c->unit_row[a] < 0)
            continue;
        for (head = 0; verdict->unit[head] != verdict->unit[a];)
            head++;
        bw_diag_add(
            v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
            bw_table_place(v->tables->clusters, c->unit_row[a], column),
            "account \"%s\" is not the first of its family; the unit stands "
            "under \"%s\"",
            accounts->id[a], accounts->id[head]);
    }
}

/* False: more than 128 bits hold. */
static bool add_up(const bw_verification *v, bw_wide *sum)
{
    const bw_plan_clusters *c = &v->tables->searched;
    bool fits = true;
    /* A single cluster has the budgets as they are; several know their prices
     * alone. */
    *sum = v->verdict->positions;
    *sum -= c->n > 1 ? v->verdict->budgets_back : 0;
    for (int32_t k = 0; k < c->n; k++)
        fits &= !__builtin_add_overflow(*sum, c->bound[k], sum);
    for (int32_t a = 0; a < v->problem->accounts.n; a++)
        if (c->unit_price[a] != BW_NO_LOW)
            fits &=
                !__builtin_add_overflow(*sum, bw_fine(c->unit_price[a]), sum);
    return fits;
}

void bw_verify_clusters(bw_verification *v)
{
    const bw_verdict *verdict = v->verdict;
    bw_wide sum;
    v->bound = verdict->bound_certified;
    v->bound_leeway = v->money_leeway;
    if (v->tables->searched.n == 0)
        return;
    compare_names(v);
    v->figures += v->tables->searched.n;
    bool fits = add_up(v, &sum);
    if (!fits || sum > verdict->objective + v->money_leeway)
        bw_diag_add(
            v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
            (bw_place){bw_source_name(bw_table_source(v->tables->clusters)), 0,
                       0},
            "prices and bounds add up to more than the plan costs");
    else if (sum > v->bound) {
        v->bound = sum;
        v->bound_leeway = 0;
    }
}

static void tell_refuted(bw_verification *v, int32_t k, bw_wide cost)
{
    const bw_table *table = v->tables->clusters;
    bw_buf found = {0}, claimed = {0};
    bw_buf_fine(&found, cost);
    bw_buf_fine(&claimed, v->tables->searched.bound[k]);
    v->starved |= found.failed || claimed.failed;
    bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH,
                bw_table_place(table, v->tables->searched.row[k],
                               bw_table_find(table, "bound")),
                "cluster %d can be served for %s, less than its bound of %s",
                (int)k + 1, found.text ? found.text : "?",
                claimed.text ? claimed.text : "?");
    bw_buf_free(&found);
    bw_buf_free(&claimed);
}

/* That it was solved to the end is said of it, and is wrong or open. */
static void tell_end(bw_verification *v, int32_t k, bw_finding end)
{
    const bw_table *table = v->tables->clusters;
    bw_place place = bw_table_place(table, v->tables->searched.row[k],
                                    bw_table_find(table, "closed"));
    if (end == BW_REFUTED)
        bw_diag_add(v->diags, BW_ERROR, BW_VERIFY_MISMATCH, place,
                    "cluster %d is said to be solved to the end, but whatever "
                    "it serves costs more than its bound; it must say no",
                    (int)k + 1);
    else if (end == BW_NOT_DECIDED)
        bw_diag_add(v->diags, BW_WARNING, BW_CLUSTER_UNDECIDED, place,
                    "the bound of cluster %d holds, but whether it was solved "
                    "to the end was not decided within the limit; allow more "
                    "with --seconds",
                    (int)k + 1);
}

static void tell_findings(bw_verification *v, const bw_deep *deep)
{
    const bw_table *table = v->tables->clusters;
    for (int32_t k = 0; k < deep->n; k++) {
        if (deep->found[k] == BW_REFUTED)
            tell_refuted(v, k, deep->cost[k]);
        else if (deep->found[k] == BW_NOT_DECIDED)
            bw_diag_add(v->diags, BW_WARNING, BW_CLUSTER_UNDECIDED,
                        bw_table_place(table, v->tables->searched.row[k],
                                       bw_table_find(table, "bound")),
                        "cluster %d was not decided within the limit; allow "
                        "more with --seconds",
                        (int)k + 1);
        else if (v->tables->searched.closed[k])
            tell_end(v, k, deep->end[k]);
    }
}

bw_status bw_verify_deeply(bw_verification *v, const bw_deep_settings *settings)
{
    const bw_plan_clusters *c = &v->tables->searched;
    if (c->n == 0 || bw_diags_count(v->diags, BW_ERROR) > 0)
        return BW_OK;
    bw_clusters_claim claim = {
        c->n,          c->of_rep,
        c->unit_price, c->bound,
        c->closed,     bw_source_name(bw_table_source(v->tables->clusters))};
    bw_deep *deep;
    bw_status status =
        bw_check_deep(v->verdict, &v->claim, &claim, settings, v->diags, &deep);
    if (status != BW_OK)
        return status;
    if (bw_diags_count(v->diags, BW_ERROR) == 0)
        tell_findings(v, deep);
    v->confirmed = deep->n_confirmed;
    v->refuted = deep->n_refuted;
    bw_deep_free(deep);
    return BW_OK;
}
