/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Did a CRM take a plan as it is?
 *
 *   settled FORMER NOW                   is everything as it was?
 *   settled FORMER NOW PLAN REPS [USER]  has each account the owner of the
 * plan?
 *
 * FORMER and NOW are states of tests/crm/importer.c, PLAN a plan's
 * assignments.csv, REPS the planner's reps. Accounts of a vacancy are USER's,
 * or whose they were. A contact goes with its account where the account's
 * former owner had it, an opportunity likewise while it is open. Prints what is
 * not so; exit 1 then. */
#include "sheet.h"

#include <stdio.h>
#include <string.h>

static const sheet *former, *now, *users, *plan, *reps;
static const char *parking = "";
static int n_faults, n_looked_at;

static void tell(const char *what, const char *key, const char *is,
                 const char *should)
{
    if (++n_faults <= 10)
        printf("%s %s: owner \"%s\", should be \"%s\"\n", what, key, is,
               should);
}

/* Salesforce reports have ids of 15 characters, Zoho's exports a prefix. */
static int same_key(const char *key, const char *theirs)
{
    if (!strncmp(theirs, "zcrm_", 5))
        theirs += 5;
    return !strcmp(key, theirs) || (strlen(key) == 18 && strlen(theirs) == 15 &&
                                    !strncmp(key, theirs, 15));
}

static int row_of_plan(const char *key)
{
    for (int row = 1; plan && row < plan->n; row++)
        if (same_key(key, sheet_get(plan, row, "account_id")))
            return row;
    return 0;
}

/* The owner that an account shall have. */
static const char *wanted(const char *key, const char *was)
{
    int row = row_of_plan(key);
    if (!row)
        return was;
    const char *rep = sheet_get(plan, row, "rep_id");
    int at = sheet_find(reps, "rep_id", rep);
    if (!at || !*sheet_get(reps, at, "email"))
        return *parking ? parking : was;
    int user = sheet_find(users, "email", sheet_get(reps, at, "email"));
    return sheet_get(users, user, "id");
}

static void accounts(void)
{
    if (former->n != now->n)
        tell("accounts.csv", "rows", textf("%d", now->n),
             textf("%d", former->n));
    int n_planned = 0;
    for (int row = 1; row < former->n && row < now->n; row++) {
        const char *key = sheet_get(former, row, "key");
        const char *should = wanted(key, sheet_get(former, row, "owner"));
        const char *is = sheet_get(now, row, "owner");
        n_planned += plan && row_of_plan(key);
        n_looked_at++;
        if (strcmp(key, sheet_get(now, row, "key")) != 0 ||
            strcmp(is, should) != 0)
            tell("account", key, is, should);
    }
    if (plan && n_planned != plan->n - 1)
        tell("the plan's accounts", "found", textf("%d", n_planned),
             textf("%d", plan->n - 1));
}

static void companions(const char *dir_former, const char *dir_now,
                       const char *name)
{
    const sheet *before = sheet_read(textf("%s/%s", dir_former, name), ',');
    const sheet *after = sheet_read(textf("%s/%s", dir_now, name), ',');
    for (int row = 1; before && after && row < before->n; row++) {
        const char *was = sheet_get(before, row, "owner");
        const char *should = was;
        int account =
            sheet_find(former, "key", sheet_get(before, row, "account"));
        int goes = *was &&
                   strcmp(sheet_get(before, row, "closed"), "true") != 0 &&
                   !strcmp(sheet_get(former, account, "owner"), was);
        if (plan && goes)
            should = sheet_get(now, account, "owner");
        n_looked_at++;
        if (strcmp(sheet_get(after, row, "owner"), should) != 0)
            tell(name, sheet_get(before, row, "key"),
                 sheet_get(after, row, "owner"), should);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: settled FORMER NOW [PLAN REPS [USER]]\n", stderr);
        return 3;
    }
    former = sheet_read(textf("%s/accounts.csv", argv[1]), ',');
    now = sheet_read(textf("%s/accounts.csv", argv[2]), ',');
    users = sheet_read(textf("%s/users.csv", argv[2]), ',');
    plan = argc > 4 ? sheet_read(argv[3], ',') : NULL;
    reps = argc > 4 ? sheet_read(argv[4], ',') : NULL;
    parking = argc > 5 ? argv[5] : "";
    if (!former || !now || !users || (argc > 4 && (!plan || !reps))) {
        fputs("settled: a table is missing\n", stderr);
        return 4;
    }
    accounts();
    companions(argv[1], argv[2], "contacts.csv");
    companions(argv[1], argv[2], "opportunities.csv");
    printf("%d looked at, %d not so\n", n_looked_at, n_faults);
    return n_faults > 0 || n_looked_at == 0;
}
