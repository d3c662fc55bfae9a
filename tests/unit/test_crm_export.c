/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small change by hand, and every byte of its folder. */
#include "crm_kit.h"

#include "json.h"
#include "read_file.h"

static void only_what_changes_is_written_families_together(void **state)
{
    (void)state;
    exports("out");
    assert_string_equal(get("out/change.csv"),
                        "Id,OwnerId\nA2,u2\nA6,u1\nA3,u2\nA4,u3\nA7,u1\n");
    assert_int_equal(k.exported->written, 5);
}

/* A3 had nobody, which this profile cannot write, and A7 somebody who is no
 * user. */
static void the_rollback_has_the_former_owners(void **state)
{
    (void)state;
    exports("out");
    assert_string_equal(get("out/rollback/change.csv"),
                        "Id,OwnerId\nA2,u1\nA6,u2\nA4,u1\n");
    assert_int_equal(k.exported->not_rolled, 2);
    assert_non_null(strstr(get("out/LOAD.txt"),
                           "2 of the accounts are not in the rollback"));
}

static void a_former_owner_who_may_own_nothing_gets_nothing_back(void **state)
{
    (void)state;
    const bw_crm_user left = {"u4",  "liv", "liv@x.com",
                              "Liv", false, {"u", 5, 1}};
    assert_int_equal(bw_crm_users_add(k.change.users, &left, NULL), BW_OK);
    kit_account(1, 1, PAT + 1, BEN, BW_CRM_CHANGES);
    exports("out");
    assert_non_null(strstr(get("out/change.csv"), "A2,u2\n"));
    assert_null(strstr(get("out/rollback/change.csv"), "A2,"));
    assert_non_null(strstr(get("out/manifest.json"), "\"not_rolled_back\": "));
}

static void who_had_nobody_has_nobody_again_where_that_can_be_said(void **state)
{
    (void)state;
    k.profile.clear = "#N/A";
    exports("out");
    assert_string_equal(get("out/rollback/change.csv"),
                        "Id,OwnerId\nA2,u1\nA6,u2\nA3,#N/A\nA4,u1\n");
    k.profile.clear = NULL;
    k.profile.blank = BW_CRM_BLANK_CLEARS;
    exports("out");
    assert_string_equal(get("out/rollback/change.csv"),
                        "Id,OwnerId\nA2,u1\nA6,u2\nA3,\nA4,u1\n");
    assert_int_equal(k.exported->not_rolled, 1);
}

static void the_rollback_of_the_rollback_is_the_change(void **state)
{
    (void)state;
    char change[200], rollback[200];
    kit_account(2, 1, ANN, BEN, BW_CRM_CHANGES);
    kit_account(6, 0, PAT, ANN, BW_CRM_CHANGES);
    exports("out");
    strcpy(change, get("out/change.csv"));
    strcpy(rollback, get("out/rollback/change.csv"));
    assert_string_not_equal(change, rollback);
    for (int a = 0; a < N_ACCOUNTS; a++) {
        int32_t was = k.was[a];
        if (k.fate[a] == BW_CRM_HELD)
            continue;
        k.was[a] = k.now[a];
        k.now[a] = was;
    }
    exports("back");
    assert_string_equal(get("back/change.csv"), rollback);
    assert_string_equal(get("back/rollback/change.csv"), change);
}

/* Removals take the former owner away, their rollback the new one; nobody
 * cannot be taken away. */
static void where_owners_are_added_the_former_ones_are_removed(void **state)
{
    (void)state;
    k.file[1] = k.file[0];
    k.file[0].does = BW_CRM_ADDS;
    k.file[1].does = BW_CRM_REMOVES;
    k.file[1].name = "remove.csv";
    k.profile.n_files = 2;
    k.profile.clear = "#N/A"; /* is for files that replace */
    exports("out");
    assert_string_equal(get("out/change.csv"),
                        "Id,OwnerId\nA2,u2\nA6,u1\nA3,u2\nA4,u3\nA7,u1\n");
    assert_string_equal(get("out/remove.csv"),
                        "Id,OwnerId\nA2,u1\nA6,u2\nA4,u1\n");
    assert_string_equal(get("out/rollback/change.csv"),
                        "Id,OwnerId\nA2,u1\nA6,u2\nA4,u1\n");
    assert_string_equal(get("out/rollback/remove.csv"),
                        "Id,OwnerId\nA2,u2\nA6,u1\nA3,u2\nA4,u3\nA7,u1\n");
    assert_int_equal(k.exported->not_rolled, 1); /* A3 is as it was */
    assert_string_equal(k.exported->file[1].role, "removal");
}

static void our_tables_say_what_became_of_every_account(void **state)
{
    (void)state;
    exports("out");
    assert_string_equal(get("out/held.csv"),
                        "\xEF\xBB\xBF"
                        "\"account\",\"account_name\",\"rep_id\",\"rep_name\","
                        "\"reason\",\"owner\",\"revenue\"\n"
                        "\"A5\",\"Zo\xC3\xAB\",\"V1\",\"North\",\"vacancy "
                        "without a user\",\"u1\",4002\n");
    assert_string_equal(get("out/owners.csv"),
                        "\xEF\xBB\xBF"
                        "\"account\",\"account_name\",\"rep_id\",\"owner_"
                        "before\",\"owner_after\",\"fate\"\n"
                        "\"A1\",\"One\",\"R1\",\"u1\",\"u1\",\"stays\"\n"
                        "\"A2\",\"Two, Ltd\",\"R2\",\"u1\",\"u2\",\"changes\"\n"
                        "\"A6\",\"Six\",\"R1\",\"u2\",\"u1\",\"changes\"\n"
                        "\"A3\",\"\",\"R2\",\"\",\"u2\",\"changes\"\n"
                        "\"A4\",\"Four\",\"V1\",\"u1\",\"u3\",\"parked\"\n"
                        "\"A5\",\"Zo\xC3\xAB\",\"V1\",\"u1\",\"u1\",\"held\"\n"
                        "\"A7\",\"\",\"R1\",\"Gone, Guy\",\"u1\",\"changes\"\n"
                        "\"A8\",\"Eight\",\"V1\",\"u3\",\"u3\",\"parked\"\n");
    assert_string_equal(get("out/users.csv"),
                        "\xEF\xBB\xBF"
                        "\"id\",\"login\",\"email\",\"name\",\"active\"\n"
                        "\"u1\",\"ann\",\"ann@x.com\",\"Ann\",\"yes\"\n"
                        "\"u2\",\"ben\",\"ben@x.com\",\"Ben, Jr.\",\"yes\"\n"
                        "\"u3\",\"pat\",\"pat@x.com\",\"Pat\",\"yes\"\n");
    assert_string_equal(get("out/profile.xml"), "<crm/>\n");
}

static void owners_are_named_as_the_command_says(void **state)
{
    (void)state;
    k.change.by = BW_CRM_BY_NAME;
    k.profile.table[BW_CRM_ACCOUNTS].key.prefix = "id:";
    exports("out");
    assert_string_equal(get("out/rollback/change.csv"),
                        "Id,OwnerId\nid:A2,Ann\nid:A6,\"Ben, Jr.\"\nid:A4,"
                        "Ann\n");
    /* Our own tables have keys as the CRM exports them. */
    assert_non_null(strstr(get("out/owners.csv"),
                           "\n\"A6\",\"Six\",\"R1\",\"Ben, Jr.\",\"Ann\","
                           "\"changes\"\n"));
}

static void a_family_stays_in_one_part(void **state)
{
    (void)state;
    k.profile.most_rows = 3;
    kit_account(0, 0, BEN, ANN, BW_CRM_CHANGES);
    exports("out");
    assert_string_equal(get("out/change_1.csv"), "Id,OwnerId\nA1,u1\n");
    assert_string_equal(get("out/change_2.csv"), "Id,OwnerId\nA2,u2\nA6,u1\n");
    assert_string_equal(get("out/change_3.csv"), "Id,OwnerId\nA3,u2\nA4,u3\n");
    assert_string_equal(get("out/change_4.csv"), "Id,OwnerId\nA7,u1\n");
    const char *load = get("out/LOAD.txt");
    assert_non_null(strstr(load, "\n  1. load change_1.csv\n"
                                 "  2. load change_2.csv\n"));
    assert_non_null(strstr(load, "\n  4. load change_4.csv\n"
                                 "  5. or by hand\n"));
    assert_non_null(strstr(load, "\n  1. load rollback/change_1.csv\n"));
}

static void a_family_over_the_limit_is_refused(void **state)
{
    (void)state;
    k.profile.most_bytes = 11 + 11;
    refused(NULL, "out", BW_CRM_FAMILY_LARGE, "the family of account \"A6\"");
    assert_int_equal(bw_diags_at(k.diags, 0)->place.line, 7);
    refused(NULL, NULL, BW_CRM_FAMILY_LARGE, "the family of account \"A6\"");
    k.profile.most_bytes = 11 + 5;
    refused(NULL, "out", BW_CRM_FAMILY_LARGE, "the row of account \"A4\"");
    assert_int_equal(bw_diags_count(k.diags, BW_ERROR), 4);
}

static void where_nothing_changes_there_are_headers_alone(void **state)
{
    (void)state;
    for (int a = 0; a < N_ACCOUNTS; a++)
        kit_account(a, 0, ANN, ANN, BW_CRM_STAYS);
    exports("out");
    assert_string_equal(get("out/change.csv"), "Id,OwnerId\n");
    assert_string_equal(get("out/rollback/change.csv"), "Id,OwnerId\n");
    const char *load = get("out/LOAD.txt");
    assert_non_null(strstr(load, "There is nothing to load"));
    assert_null(strstr(load, "Roll back"));
}

static void the_steps_are_said_in_order(void **state)
{
    (void)state;
    exports("out");
    assert_string_equal(
        get("out/LOAD.txt"),
        "By hand\n"
        "=======\n"
        "\n"
        "The plan annual, in effect from 2027-03-01.\nIts assignments.csv has "
        "the SHA-256 "
        "0123456789ab...\n"
        "Owners are written by their id.\n"
        "\n"
        "           8  accounts are in the plan\n"
        "           1  have the right owner already\n"
        "           4  get another owner\n"
        "           2  are of vacancies, for the user who keeps such accounts\n"
        "           1  are held and keep their owner: see held.csv\n"
        "\n"
        "Files for the importer\n"
        "\n"
        "  change.csv                                         5 rows"
        "             41 bytes\n"
        "  rollback/change.csv                                3 rows"
        "             29 bytes\n"
        "\n"
        "Before\n"
        "\n"
        "     Nothing.\n"
        "\n"
        "Load\n"
        "\n"
        "  1. load change.csv\n"
        "  2. or by hand\n"
        "\n"
        "Check afterwards\n"
        "\n"
        "  3. Look.\n"
        "     Twice.\n"
        "  4. The command for that, in this folder, FRESH.csv being the "
        "export of after\n     the load:\n"
        "     bailiwick audit --against . --accounts FRESH.csv\n"
        "\n"
        "Roll back, if the load must be undone\n"
        "\n"
        "  1. load rollback/change.csv\n"
        "\n"
        "2 of the accounts are not in the rollback: they had no owner\n"
        "and this importer takes none away, or the one they had can be "
        "written\n"
        "no more. owners.csv says who it was.\n");
}

/* Every file but itself, with its true size and hash. */
static void check_files(const bw_json *files, int want)
{
    assert_int_equal(bw_json_size(files), want);
    for (size_t i = 0; i < bw_json_size(files); i++) {
        const bw_json *one = bw_json_item(files, i);
        char path[100], hex[BW_DIGEST_ROOM];
        int64_t bytes = -1;
        struct stat s;
        snprintf(path, sizeof path, "out/%s",
                 bw_json_get_text(bw_json_member(one, "file")));
        assert_int_equal(stat(path, &s), 0);
        assert_true(bw_json_get_int(bw_json_member(one, "bytes"), &bytes));
        assert_int_equal(bytes, s.st_size);
        assert_int_equal(bw_digest_file(path, hex), BW_OK);
        assert_string_equal(bw_json_get_text(bw_json_member(one, "sha256")),
                            hex);
    }
}

static void the_manifest_lists_files_and_owners(void **state)
{
    (void)state;
    exports("out");
    bw_bytes bytes = {NULL, 0, 0};
    bw_json *json = NULL;
    assert_int_equal(bw_file_read("out/manifest.json", "m", NULL, NULL, &bytes),
                     BW_OK);
    assert_int_equal(
        bw_json_read(bytes.data, bytes.len, "m", BW_OUTPUT, NULL, &json),
        BW_OK);
    check_files(bw_json_member(json, "files"), 7);
    bw_bytes_free(&bytes);
    const bw_json *owners = bw_json_member(json, "owners_after");
    static const int want[] = {4, 2, 2}; /* Ann keeps the held one */
    for (size_t u = 0; u < 3; u++) {
        int64_t n = -1;
        const bw_json *one = bw_json_item(owners, u);
        assert_true(bw_json_get_int(bw_json_member(one, "accounts"), &n));
        assert_int_equal(n, want[u]);
    }
    const char *text = get("out/manifest.json");
    assert_non_null(strstr(text, "\"owner_by\": \"id\""));
    assert_non_null(strstr(text, "\"changes\": 4"));
    assert_non_null(strstr(text, "\"written\": 5"));
    assert_non_null(strstr(text, "Look."));
    bw_json_free(json);
}

static void the_same_change_gives_the_same_bytes(void **state)
{
    (void)state;
    exports("a");
    exports("b");
    assert_int_equal(system("diff -r a b"), 0);
}

static void an_earlier_export_goes_and_notes_stay(void **state)
{
    (void)state;
    k.profile.most_rows = 3;
    exports("out");
    assert_int_equal(access("out/change_2.csv", F_OK), 0);
    put("out/notes.txt", "mine");
    put("out/rollback/notes.txt", "mine too");
    put("out/change_9.csv", "mine as well");
    k.profile.most_rows = 0;
    exports("out");
    assert_int_not_equal(access("out/change_2.csv", F_OK), 0);
    assert_int_not_equal(access("out/rollback/change_1.csv", F_OK), 0);
    assert_string_equal(get("out/notes.txt"), "mine");
    assert_string_equal(get("out/rollback/notes.txt"), "mine too");
    assert_string_equal(get("out/change_9.csv"), "mine as well");
    assert_int_equal(entries("out"), 7 + 1 + 2);
    assert_int_equal(entries("out/rollback"), 2);
    assert_int_equal(entries("."), 1);
}

static void nobodys_file_is_written_over(void **state)
{
    (void)state;
    exports("out");
    put("out/change_1.csv", "mine");
    k.profile.most_rows = 3;
    refused(NULL, "out", BW_OUTPUT, "would be written over");
    assert_string_equal(get("out/change_1.csv"), "mine");
    assert_string_equal(bw_diags_at(k.diags, 0)->place.file,
                        "out/change_1.csv");
    unlink("out/change_1.csv");
    put("out/rollback/change_2.csv", "mine");
    refused(NULL, "out", BW_OUTPUT, "would be written over");
    assert_string_equal(get("out/rollback/change_2.csv"), "mine");
    assert_int_equal(access("out/change.csv", F_OK), 0);
}

static void a_folder_of_somebody_else_is_refused(void **state)
{
    (void)state;
    mkdir("web", 0755);
    put("web/manifest.json", "{\"name\": \"an app\"}");
    refused(NULL, "web", BW_OUTPUT, "no manifest.json that lists them");
    put("web/manifest.json",
        "{\"profile\":\"x\",\"files\":[{\"file\":\"../a\"},{\"file\":\"b/c\"},"
        "{\"file\":\".d\"},{\"file\":\"rollback/../../a\"}]}");
    put("a", "mine");
    put("web/.d", "mine");
    exports("web");
    assert_string_equal(get("a"), "mine");
    assert_string_equal(get("web/.d"), "mine");
}

static void what_was_read_is_not_written_over(void **state)
{
    (void)state;
    exports("out");
    const char *const inputs[] = {"other.csv", "out/users.csv"};
    put("other.csv", "x");
    const bw_crm_companion_order order = {.inputs = inputs, .n_inputs = 2};
    refused(&order, "out", BW_OUTPUT, "\"out/users.csv\", which was read");
    k.input.path = "out/../out/owners.csv";
    refused(NULL, "out", BW_OUTPUT, "which was read");
}

static void names_in_the_way_of_others_are_refused(void **state)
{
    (void)state;
    k.file[1] = k.file[0];
    k.profile.n_files = 2;
    static const char *const bad[] = {"owners.csv", "change.csv",
                                      "change_2.csv"};
    for (int i = 0; i < 3; i++) {
        k.file[1].name = bad[i];
        refused(NULL, "out", BW_CRM_PROFILE, bad[i]);
    }
    k.file[1].name = "change_b.csv";
    exports("out");
}

static void a_dry_run_counts_the_same_and_writes_nothing(void **state)
{
    (void)state;
    k.profile.most_rows = 3;
    exports("out");
    const bw_crm_exported *real = k.exported;
    k.exported = NULL;
    exports(NULL);
    assert_int_equal(entries("."), 1);
    assert_int_equal(k.exported->n_files, real->n_files);
    for (int i = 0; i < real->n_files - 2; i++) { /* they name hashes */
        assert_string_equal(k.exported->file[i].path, real->file[i].path);
        assert_int_equal(k.exported->file[i].bytes, real->file[i].bytes);
        assert_int_equal(k.exported->file[i].rows, real->file[i].rows);
    }
    bw_crm_exported_free((bw_crm_exported *)(uintptr_t)real);
}

static bw_status all_of_it(void *data)
{
    (void)data;
    bw_crm_exported *exported = NULL;
    bw_status status =
        bw_crm_export_write(&k.change, NULL, "out", NULL, &exported);
    bw_crm_exported_free(exported);
    assert_int_equal(entries("."), status == BW_OK);
    return status;
}

static void lack_of_memory_leaves_nothing(void **state)
{
    (void)state;
    k.profile.most_rows = 3;
    survives_lack_of_memory(all_of_it, NULL, BW_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_KIT(only_what_changes_is_written_families_together),
        IN_KIT(the_rollback_has_the_former_owners),
        IN_KIT(a_former_owner_who_may_own_nothing_gets_nothing_back),
        IN_KIT(who_had_nobody_has_nobody_again_where_that_can_be_said),
        IN_KIT(the_rollback_of_the_rollback_is_the_change),
        IN_KIT(where_owners_are_added_the_former_ones_are_removed),
        IN_KIT(our_tables_say_what_became_of_every_account),
        IN_KIT(owners_are_named_as_the_command_says),
        IN_KIT(a_family_stays_in_one_part),
        IN_KIT(a_family_over_the_limit_is_refused),
        IN_KIT(where_nothing_changes_there_are_headers_alone),
        IN_KIT(the_steps_are_said_in_order),
        IN_KIT(the_manifest_lists_files_and_owners),
        IN_KIT(the_same_change_gives_the_same_bytes),
        IN_KIT(an_earlier_export_goes_and_notes_stay),
        IN_KIT(nobodys_file_is_written_over),
        IN_KIT(a_folder_of_somebody_else_is_refused),
        IN_KIT(what_was_read_is_not_written_over),
        IN_KIT(names_in_the_way_of_others_are_refused),
        IN_KIT(a_dry_run_counts_the_same_and_writes_nothing),
        IN_KIT(lack_of_memory_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
