/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `plan` says of the gate's findings before it solves. */
#include "gate.h"

#include "quality.h"

static bw_quality_do action_of(const bw_instance *instance, bw_code code)
{
    const char *value;
    return bw_quality_action(instance->problem->scenario, code, &value);
}

static bw_place account_place(const bw_problem *problem, int32_t account)
{
    const bw_accounts *accounts = &problem->accounts;
    int32_t input = accounts->input ? accounts->input[account] : 0;
    return (bw_place){problem->inputs[input].path, accounts->line[account], 0};
}

static void tell_outlier(const bw_problem *problem, const bw_outlier *outlier,
                         bw_severity severity, int32_t count, bw_diags *diags)
{
    double revenue = problem->accounts.revenue[outlier->account];
    double times = revenue / outlier->median;
    bw_diag_add_many(diags, severity, BW_REVENUE_OUTLIER,
                     account_place(problem, outlier->account), (size_t)count,
                     "%d account%s more revenue than %d times the median of "
                     "the segment, the first \"%.60s\": %.15g against %.15g, "
                     "probably in %s; correct it",
                     (int)count, count == 1 ? " has" : "s have",
                     BW_OUTLIER_TIMES, problem->accounts.id[outlier->account],
                     revenue, outlier->median, bw_outlier_words(times));
}

static void check_outliers(const bw_instance *instance, const bw_gate *gate,
                           bw_diags *diags)
{
    bool stop = action_of(instance, BW_REVENUE_OUTLIER) == BW_DO_STOP;
    for (int32_t i = 0; i < gate->n_outliers && (stop || i == 0); i++)
        tell_outlier(instance->problem, &gate->outlier[i],
                     stop ? BW_ERROR : BW_WARNING, stop ? 1 : gate->n_outliers,
                     diags);
}

bool bw_gate_excepts_many(const bw_problem *problem, const bw_gate *gate,
                          bool stop)
{
    int32_t n = problem->accounts.n;
    bool judged = stop || n >= BW_EXCEPTIONS_LEAST;
    return judged && !problem->scenario->repair.given &&
           gate->excepted > BW_EXCEPTIONS_SHARE * n;
}

static void check_exceptions(const bw_instance *instance, const bw_gate *gate,
                             bw_diags *diags)
{
    const bw_problem *problem = instance->problem;
    double share = (double)gate->excepted / (double)problem->accounts.n;
    bool stop = action_of(instance, BW_EXCEPTIONS_MANY) == BW_DO_STOP;
    if (bw_gate_excepts_many(problem, gate, stop))
        bw_diag_add(diags, stop ? BW_ERROR : BW_WARNING, BW_EXCEPTIONS_MANY,
                    problem->scenario->accounts.place,
                    "%d of %d accounts (%.0f %%) are exceptions by locks, "
                    "rules or pairs; what is fixed cannot be planned: take "
                    "out rules that nobody needs any more",
                    (int)gate->excepted, (int)problem->accounts.n, 100 * share);
}

static void check_owners(const bw_instance *instance, const bw_gate *gate,
                         bw_diags *diags)
{
    const bw_reps *reps = &instance->problem->reps;
    if (action_of(instance, BW_OWNER_LOAD) != BW_DO_STOP)
        return;
    for (int32_t rep = 0; rep < reps->n_serving; rep++)
        if (gate->owner[rep].outside)
            bw_diag_add(diags, BW_ERROR, BW_OWNER_LOAD,
                        (bw_place){instance->problem->inputs[1].path,
                                   reps->line[rep], 0},
                        "rep \"%.80s\" is outside a band today, with %d "
                        "account%s; correct the owners, or do not stop at it",
                        reps->id[rep], (int)gate->owner[rep].accounts,
                        gate->owner[rep].accounts == 1 ? "" : "s");
}

bw_status bw_gate_check(const bw_instance *instance, bw_diags *diags)
{
    bw_gate *gate;
    size_t errors = bw_diags_count(diags, BW_ERROR);
    bw_status status = bw_gate_new(instance->problem, instance, true, &gate);
    if (status != BW_OK)
        return status;
    check_outliers(instance, gate, diags);
    check_exceptions(instance, gate, diags);
    check_owners(instance, gate, diags);
    bw_gate_free(gate);
    return bw_diags_count(diags, BW_ERROR) > errors ? BW_INVALID : BW_OK;
}
