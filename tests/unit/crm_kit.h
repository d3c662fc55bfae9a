/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A change of owners by hand, a folder to write it to, and a look at what
 * stands there. */
#ifndef TESTS_CRM_KIT_H
#define TESTS_CRM_KIT_H

#include "crm_export.h"
#include "faults.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ANN,
    BEN,
    PAT, /* keeps what vacancies have */
    N_USERS,
    N_ACCOUNTS = 8
};

typedef struct kit {
    bw_crm_profile profile;
    bw_crm_file file[3];
    bw_scenario scenario;
    bw_problem problem;
    bw_input input;
    bw_crm_change change;
    int32_t was[N_ACCOUNTS], now[N_ACCOUNTS], order[N_ACCOUNTS];
    int32_t rep[N_ACCOUNTS], family[N_ACCOUNTS];
    uint8_t fate[N_ACCOUNTS];
    uint32_t line[N_ACCOUNTS];
    double revenue[N_ACCOUNTS];
    const char *was_text[N_ACCOUNTS];
    uint8_t status[3];
    bw_diags *diags;
    bw_crm_exported *exported;
} kit;

static kit k;
static char home[] = "/tmp/bw-crm-XXXXXX";
static char start[4096];

static const char *const kit_keys[] = {"A1", "A2", "A3", "A4",
                                       "A5", "A6", "A7", "A8"};
static const char *const kit_names[] = {"One",        "Two, Ltd", "", "Four",
                                        "Zo\xC3\xAB", "Six",      "", "Eight"};
static const char *const kit_reps[] = {"R1", "R2", "V1"};
static const char *const kit_rep_names[] = {"Ann", "Ben", "North"};

static const bw_crm_column kit_columns[] = {
    {"Id", BW_CRM_IS_KEY, NULL, false},
    {"OwnerId", BW_CRM_IS_OWNER, NULL, false}};
static const bw_crm_step kit_load[] = {{"change.csv", "load {file}"},
                                       {"contacts.csv", "then {file}"},
                                       {NULL, "or by hand"}};
static const bw_crm_step kit_after[] = {{NULL, "Look.\nTwice."}};
static const bw_crm_step kit_undo[] = {{"change.csv", "load {file}"}};

static inline void kit_profile(void)
{
    k.file[0] = (bw_crm_file){.name = "change.csv",
                              .table = BW_CRM_ACCOUNTS,
                              .column = kit_columns,
                              .n_columns = 2};
    k.profile = (bw_crm_profile){.name = "hand",
                                 .title = "By hand",
                                 .separator = ',',
                                 .by = BW_CRM_BY_KEY,
                                 .file = k.file,
                                 .n_files = 1,
                                 .load = {kit_load, 3},
                                 .after = {kit_after, 1},
                                 .undo = {kit_undo, 1},
                                 .xml = "<crm/>\n",
                                 .xml_len = 7};
    k.profile.table[BW_CRM_ACCOUNTS].given = true;
    k.profile.table[BW_CRM_USERS].given = true;
}

static inline void kit_users(void)
{
    static const bw_crm_user user[] = {
        {"u1", "ann", "ann@x.com", "Ann", true, {"u", 2, 1}},
        {"u2", "ben", "ben@x.com", "Ben, Jr.", true, {"u", 3, 1}},
        {"u3", "pat", "pat@x.com", "Pat", true, {"u", 4, 1}}};
    assert_int_equal(bw_crm_users_new(&k.profile, &k.change.users), BW_OK);
    for (int u = 0; u < N_USERS; u++)
        assert_int_equal(bw_crm_users_add(k.change.users, &user[u], NULL),
                         BW_OK);
}

static inline void kit_account(int a, int rep, int was, int now, int fate)
{
    k.rep[a] = rep;
    k.was[a] = was;
    k.now[a] = now;
    k.fate[a] = (uint8_t)fate;
    k.was_text[a] = was >= 0                ? "as it was"
                    : was == BW_CRM_UNKNOWN ? "Gone, Guy"
                                            : "";
    k.family[a] = -1;
    k.line[a] = (uint32_t)a + 2;
    k.revenue[a] = 1000.5 * a;
    k.change.count[fate]++;
}

/* A2 and A6 are a family. */
static inline void kit_accounts(void)
{
    static const int32_t order[] = {0, 1, 5, 2, 3, 4, 6, 7};
    kit_account(0, 0, ANN, ANN, BW_CRM_STAYS);
    kit_account(1, 1, ANN, BEN, BW_CRM_CHANGES);
    kit_account(2, 1, BW_CRM_NOBODY, BEN, BW_CRM_CHANGES);
    kit_account(3, 2, ANN, PAT, BW_CRM_PARKED);
    kit_account(4, 2, ANN, BW_CRM_NOBODY, BW_CRM_HELD);
    kit_account(5, 0, BEN, ANN, BW_CRM_CHANGES);
    kit_account(6, 0, BW_CRM_UNKNOWN, ANN, BW_CRM_CHANGES);
    kit_account(7, 2, PAT, PAT, BW_CRM_PARKED);
    k.family[1] = k.family[5] = 0;
    memcpy(k.order, order, sizeof order);
}

static inline void kit_problem(void)
{
    k.scenario.name.text = "annual";
    k.scenario.date.text = "2027-03-01";
    k.input = (bw_input){.role = "accounts", .path = "accounts.csv"};
    k.problem = (bw_problem){
        .scenario = &k.scenario, .inputs = &k.input, .n_inputs = 1};
    k.problem.accounts.n = N_ACCOUNTS;
    k.problem.accounts.id = (const char **)(uintptr_t)kit_keys;
    k.problem.accounts.name = (const char **)(uintptr_t)kit_names;
    k.problem.accounts.line = k.line;
    k.problem.accounts.family = k.family;
    k.problem.accounts.n_families = 1;
    k.problem.accounts.revenue = k.revenue;
    k.status[2] = BW_VACANT;
    k.problem.reps.n = k.problem.reps.n_serving = 3;
    k.problem.reps.id = (const char **)(uintptr_t)kit_reps;
    k.problem.reps.name = (const char **)(uintptr_t)kit_rep_names;
    k.problem.reps.status = k.status;
}

static inline int kit_enter(void **state)
{
    (void)state;
    strcpy(home, "/tmp/bw-crm-XXXXXX");
    memset(&k, 0, sizeof k);
    k.change = (bw_crm_change){.profile = &k.profile,
                               .scenario = &k.scenario,
                               .problem = &k.problem,
                               .by = BW_CRM_BY_KEY,
                               .plan_sha256 = "0123456789abcdef",
                               .n = N_ACCOUNTS,
                               .key = (const char **)(uintptr_t)kit_keys,
                               .rep = k.rep,
                               .was = k.was,
                               .was_text = k.was_text,
                               .now = k.now,
                               .fate = k.fate,
                               .order = k.order};
    kit_profile();
    kit_users();
    kit_accounts();
    kit_problem();
    k.diags = bw_diags_new();
    return getcwd(start, sizeof start) && mkdtemp(home) ? chdir(home) : -1;
}

static inline int kit_leave(void **state)
{
    (void)state;
    char command[100];
    bw_crm_exported_free(k.exported);
    bw_crm_users_free(k.change.users);
    bw_diags_free(k.diags);
    snprintf(command, sizeof command, "rm -rf %s", home);
    return chdir(start) || system(command);
}

static inline void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static inline const char *get(const char *path)
{
    static char text[8000];
    FILE *f = fopen(path, "r");
    if (!f)
        return "(none)";
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return text;
}

/* Entries of a folder, hidden ones included. */
static inline int entries(const char *dir)
{
    DIR *list = opendir(dir);
    assert_non_null(list);
    int n = -2;
    while (readdir(list))
        n++;
    closedir(list);
    return n;
}

static inline bw_status export_with(const bw_crm_companion_order *order,
                                    const char *dir)
{
    bw_crm_exported_free(k.exported);
    return bw_crm_export_write(&k.change, order, dir, k.diags, &k.exported);
}

static inline void exports(const char *dir)
{
    bw_status status = export_with(NULL, dir);
    for (size_t i = 0; status != BW_OK && i < bw_diags_kept(k.diags); i++)
        print_message("%s\n", bw_diags_at(k.diags, i)->text);
    assert_int_equal(status, BW_OK);
}

/* Refused once more, for this reason; nothing is left behind. */
static inline void refused(const bw_crm_companion_order *order, const char *dir,
                           bw_code code, const char *words)
{
    int before = entries(".");
    bw_diags_free(k.diags);
    k.diags = bw_diags_new();
    bw_status status = export_with(order, dir);
    assert_int_equal(status, code == BW_OUTPUT ? BW_IO : BW_INVALID);
    assert_null(k.exported);
    assert_int_equal(entries("."), before);
    bool told = false;
    for (size_t i = 0; i < bw_diags_kept(k.diags); i++) {
        const bw_diag *d = bw_diags_at(k.diags, i);
        told |= d->code == code && strstr(d->text, words);
    }
    assert_true(told);
}

#define IN_KIT(test) cmocka_unit_test_setup_teardown(test, kit_enter, kit_leave)

#endif
