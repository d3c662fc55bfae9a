/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking on after errors in rows of accounts. A cell that could not be read
 * counts as blank, so that the instance can be tried; of what that finds, only
 * what a row brings about by itself is told, and not of rows that are at fault
 * already. */
#include "audit.h"

/* Errors that <quality> knows in rows of accounts. */
static bool is_row_error(const bw_audit *audit, const bw_finding *finding)
{
    bw_finding f = *finding;
    bw_audit_settle(audit, &f);
    return f.role == BW_ROLE_ACCOUNTS && f.row >= 0 &&
           bw_flaw_of((bw_code)f.code);
}

bool bw_audit_only_rows(const bw_audit *audit)
{
    const bw_loader *loader = audit->loader;
    bool any = false;
    for (int64_t i = 0; i < loader->flaws.n_found; i++) {
        const bw_finding *f = &loader->flaws.found[i];
        if (f->severity != BW_ERROR)
            continue;
        if (!is_row_error(audit, f))
            return false;
        any = true;
    }
    return any && loader->problem->accounts.n > 0 &&
           loader->problem->reps.n_serving > 0;
}

typedef struct onlooker {
    const bw_audit *audit;
    bool shares; /* a segment goes by all rows together */
} onlooker;

/* A family is judged by all of its rows. */
static bool goes_by_the_row(const onlooker *o, bw_code code)
{
    if (code == BW_SEGMENT_NONE || code == BW_FIELD_BLANK)
        return !o->shares;
    return (code == BW_LOCK_FORBIDDEN || code == BW_ACCOUNT_UNSERVABLE) &&
           !o->audit->loader->scenario->families_together;
}

/* *file: the copy of its name that stays. */
static bool is_told(const onlooker *o, bw_code code, bw_place place,
                    const char **file)
{
    const bw_sheet *accounts = &o->audit->loader->accounts;
    bw_finding f = {.row = -1, .column = -1, .place = place};
    f.role = BW_NO_TABLE;
    f.severity = BW_ERROR;
    bw_audit_settle(o->audit, &f);
    *file = f.place.file;
    return goes_by_the_row(o, code) && f.role == BW_ROLE_ACCOUNTS &&
           f.row >= 0 && !accounts->faulty[f.row];
}

/* Those that have no text any more are listed all the same. */
static void see(void *data, bw_severity severity, bw_code code, bw_place place)
{
    const onlooker *o = data;
    if (is_told(o, code, place, &place.file))
        bw_flaw_list_place(&o->audit->loader->flaws, severity, code, place);
}

static void tell(const onlooker *o, bw_diags *found)
{
    bw_loader *loader = o->audit->loader;
    loader->flaws.telling = true;
    for (size_t i = 0; i < bw_diags_kept(found); i++) {
        const char *file;
        const bw_diag *d = bw_diags_at(found, i);
        if (is_told(o, d->code, d->place, &file))
            bw_diag_add(loader->diags, d->severity, d->code, d->place, "%s",
                        d->text);
    }
    loader->flaws.telling = false;
}

bw_status bw_audit_look_on(const bw_audit *audit)
{
    const bw_problem *problem = audit->loader->problem;
    const bw_scenario *scenario = audit->loader->scenario;
    bw_instance *instance = NULL;
    onlooker o = {audit, false};
    for (int i = 0; i < scenario->n_segments; i++)
        o.shares = o.shares || scenario->segments[i].share.given;
    bw_diags *found = bw_diags_new();
    if (!found)
        return BW_NOMEM;
    bw_diags_watch(found, see, &o);
    bw_status status = bw_instance_new(problem, found, &instance);
    bw_instance_free(instance);
    if (!bw_fatal(status))
        tell(&o, found);
    bw_diags_free(found);
    return bw_fatal(status) ? status : BW_OK;
}
