/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes with what. */
#include "export_options.h"

#include <string.h>

enum {
    OUTPUT,
    CRM,
    PROFILE,
    USERS,
    ACCOUNTS,
    CONTACTS,
    OPPORTUNITIES,
    TERRITORIES,
    ASSOCIATIONS,
    MEMBERS,
    MODEL,
    TYPE,
    PARKING,
    OWNER_BY,
    LOST_OWNERS,
    DRY_RUN,
    JSON,
    LIST,
    SHOW,
    QUIET,
    ALL_ERRORS,
    N_OPTIONS
};

static const bw_option table[N_OPTIONS] = {
    [OUTPUT] = {"output", 'o', "DIR2", "where the files go (required)"},
    [CRM] = {"crm", 0, "NAME", "the CRM: a profile that is built in"},
    [PROFILE] = {"profile", 0, "FILE", "a profile of your own, as XML"},
    [USERS] = {"users", 0, "FILE", "the CRM's users (the scenario's reps)"},
    [ACCOUNTS] = {"accounts", 0, "FILE",
                  "a later export: owners as they are now"},
    [CONTACTS] = {"contacts", 0, "FILE", "contacts that follow their account"},
    [OPPORTUNITIES] = {"opportunities", 0, "FILE",
                       "opportunities that do, while open"},
    [TERRITORIES] = {"territories", 0, "FILE", "the territories there are"},
    [ASSOCIATIONS] = {"associations", 0, "FILE", "accounts in territories"},
    [MEMBERS] = {"members", 0, "FILE", "users in territories"},
    [MODEL] = {"territory-model", 0, "ID", "of territories that are made"},
    [TYPE] = {"territory-type", 0, "ID", "likewise"},
    [PARKING] = {"parking-owner", 0, "USER",
                 "who keeps the accounts of vacancies"},
    [OWNER_BY] = {"owner-by", 0, "FORM", "id, login, email or name"},
    [LOST_OWNERS] = {"lost-owners", 0, NULL,
                     "go on where an owner cannot be given back"},
    [DRY_RUN] = {"dry-run", 0, NULL, "print what would change, write nothing"},
    [JSON] = {"json", 0, NULL, "the tables as JSON"},
    [LIST] = {"list", 0, NULL, "the profiles that are built in"},
    [SHOW] = {"show", 0, "NAME", "the XML of one, to copy and edit"},
    [QUIET] = {"quiet", 'q', NULL, "no warnings; faults are told"},
    [ALL_ERRORS] = {"all-errors", 0, NULL,
                    "list every fault, not the first 20"},
};

static const bw_usage usage = {
    "export",
    "DIR",
    "Writes the files that bring the plan in DIR into a CRM: only what "
    "changes, in\nthe form its importer takes, with a rollback, a manifest "
    "and LOAD.txt, which\nsays how to load them. Every key and owner is "
    "checked first; one that is wrong,\nand nothing is written. The inputs of "
    "the plan must be there and unchanged. The\naccounts of vacancies go to "
    "held.csv, or to --parking-owner.\n"
    "  bailiwick export plan --crm salesforce --users users.csv -o crm\n"
    "  bailiwick export --list\n"
    "Exit status: 0 written, or nothing to change; 2 a check failed; 4 a "
    "file.",
    table,
    N_OPTIONS,
    1};

/* What is printed of profiles needs no plan. */
static bool speaks_of_profiles(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--list") == 0 ||
            strncmp(argv[i], "--show", strlen("--show")) == 0)
            return true;
    return false;
}

static bool read_order(const char **value, bw_export_options *o)
{
    static const char *const forms[] = {"id", "login", "email", "name", NULL};
    o->order.users = value[USERS];
    o->order.accounts = value[ACCOUNTS];
    o->order.parking = value[PARKING];
    o->order.owner_by = -1;
    o->order.lost_owners = value[LOST_OWNERS];
    o->order.quiet = value[QUIET];
    return bw_option_choice(&usage, OWNER_BY, value[OWNER_BY], forms,
                            &o->order.owner_by);
}

static bool goes_together(const bw_export_options *o)
{
    if (!o->crm && !o->profile)
        bw_misuse(&usage, "--crm NAME is missing; --list shows the names");
    else if (o->crm && o->profile)
        bw_misuse(&usage, "--crm and --profile are two profiles; give one");
    else if (!o->dry && (!o->output || !*o->output))
        bw_misuse(&usage, "-o DIR2 is missing: where shall the files go?");
    else
        return true;
    return false;
}

bw_parsed bw_export_options_read(int argc, char **argv, bw_export_options *o)
{
    const char *value[N_OPTIONS] = {0}, *dir = NULL;
    bw_usage how = usage;
    if (speaks_of_profiles(argc, argv))
        how.n_operands = 0;
    bw_parsed parsed = bw_options_parse(&how, argc, argv, value, &dir);
    if (parsed != BW_PARSED_RUN)
        return parsed;
    o->order.dir = dir;
    o->companions.contacts = value[CONTACTS];
    o->companions.opportunities = value[OPPORTUNITIES];
    o->territories =
        (bw_crm_territory_order){value[TERRITORIES], value[ASSOCIATIONS],
                                 value[MEMBERS], value[MODEL], value[TYPE]};
    o->crm = value[CRM];
    o->profile = value[PROFILE];
    o->output = value[OUTPUT];
    o->show = value[SHOW];
    o->list = value[LIST];
    o->dry = value[DRY_RUN];
    o->json = value[JSON];
    o->all_errors = value[ALL_ERRORS];
    if (!read_order(value, o))
        return BW_PARSED_MISUSED;
    if (o->list || o->show)
        return BW_PARSED_RUN;
    return goes_together(o) ? BW_PARSED_RUN : BW_PARSED_MISUSED;
}

/* Options of the one kind of profile mean nothing to the other. */
static bool fits_territories(const bw_export_options *o,
                             const bw_crm_profile *profile)
{
    const bw_crm_territory_order *t = &o->territories;
    bool given =
        t->territories || t->associations || t->members || t->model || t->type;
    bool owners = o->companions.contacts || o->companions.opportunities ||
                  o->order.parking || o->order.lost_owners;
    if (given && !profile->territories)
        bw_misuse(&usage,
                  "profile %.60s writes owners, not territories; --list shows "
                  "the profiles",
                  profile->name);
    else if (owners && profile->territories)
        bw_misuse(&usage,
                  "profile %.60s writes territories: contacts, opportunities "
                  "and parked or lost owners are not among them",
                  profile->name);
    else if (profile->territories && t->territories && !t->associations)
        bw_misuse(&usage,
                  "--associations FILE is missing: which accounts are in these "
                  "territories today?");
    else
        return true;
    return false;
}

bool bw_export_may(const bw_export_options *o, const bw_crm_profile *profile)
{
    int by = o->order.owner_by;
    if (!fits_territories(o, profile))
        return false;
    if (by < 0 || profile->may_by & 1U << by || by == (int)profile->by)
        return true;
    bw_misuse(&usage,
              "profile %.60s does not write owners by %s; without --owner-by "
              "it writes them by %s",
              profile->name, bw_crm_by_text((bw_crm_by)by),
              bw_crm_by_text(profile->by));
    return false;
}
