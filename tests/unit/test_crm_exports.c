/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The profiles that are built in, and the header lines of their CRMs' exports:
 * which column each field is read from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "crm_table.h"
#include "said.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    MOST = 6
};

typedef struct exported {
    const char *crm;
    bw_crm_which which;
    const char *header;
    struct {
        bw_crm_field field;
        const char *header; /* NULL: the end. Joined ones with + between */
    } want[MOST];
} exported;

static const exported exports[] = {
    {"salesforce",
     BW_CRM_ACCOUNTS,
     "\"ID\",\"NAME\",\"TYPE\",\"PARENTID\",\"OWNERID\",\"BILLINGCITY\"",
     {{BW_CRM_KEY, "ID"}, {BW_CRM_NAME, "NAME"}, {BW_CRM_OWNER, "OWNERID"}}},
    {"salesforce",
     BW_CRM_ACCOUNTS,
     "\"Account Owner\",\"Account Name\",\"Account ID\",\"Parent Account ID\"",
     {{BW_CRM_KEY, "Account ID"},
      {BW_CRM_NAME, "Account Name"},
      {BW_CRM_OWNER, "Account Owner"}}},
    {"salesforce",
     BW_CRM_ACCOUNTS,
     "Id,Name,Owner.Name,OwnerId",
     {{BW_CRM_KEY, "Id"}, {BW_CRM_OWNER, "OwnerId"}}},
    {"salesforce",
     BW_CRM_USERS,
     "\"ID\",\"USERNAME\",\"LASTNAME\",\"FIRSTNAME\",\"EMAIL\",\"ISACTIVE\"",
     {{BW_CRM_KEY, "ID"},
      {BW_CRM_LOGIN, "USERNAME"},
      {BW_CRM_EMAIL, "EMAIL"},
      {BW_CRM_NAME, "FIRSTNAME+LASTNAME"},
      {BW_CRM_ACTIVE, "ISACTIVE"}}},
    {"salesforce",
     BW_CRM_OPPORTUNITIES,
     "Id,Name,AccountId,OwnerId,IsClosed",
     {{BW_CRM_KEY, "Id"},
      {BW_CRM_ACCOUNT, "AccountId"},
      {BW_CRM_OWNER, "OwnerId"},
      {BW_CRM_CLOSED, "IsClosed"}}},
    {"salesforce-territories",
     BW_CRM_TERRITORIES,
     "Id,Name,DeveloperName,ParentTerritory2Id",
     {{BW_CRM_KEY, "Id"},
      {BW_CRM_CODE, "DeveloperName"},
      {BW_CRM_PARENT, "ParentTerritory2Id"}}},
    {"salesforce-territories",
     BW_CRM_ASSOCIATIONS,
     "Id,ObjectId,Territory2Id,AssociationCause",
     {{BW_CRM_KEY, "Id"},
      {BW_CRM_ACCOUNT, "ObjectId"},
      {BW_CRM_TERRITORY, "Territory2Id"},
      {BW_CRM_CAUSE, "AssociationCause"}}},
    {"salesforce-territories",
     BW_CRM_MEMBERS,
     "Id,UserId,Territory2Id,RoleInTerritory2",
     {{BW_CRM_KEY, "Id"},
      {BW_CRM_USER, "UserId"},
      {BW_CRM_TERRITORY, "Territory2Id"},
      {BW_CRM_ROLE, "RoleInTerritory2"}}},
    {"hubspot",
     BW_CRM_ACCOUNTS,
     "Record ID,Company name,Company owner,City,Parent Company ID",
     {{BW_CRM_KEY, "Record ID"},
      {BW_CRM_NAME, "Company name"},
      {BW_CRM_OWNER, "Company owner"}}},
    {"hubspot",
     BW_CRM_ACCOUNTS,
     "Record ID,name,hubspot_owner_id,zip",
     {{BW_CRM_NAME, "name"}, {BW_CRM_OWNER, "hubspot_owner_id"}}},
    {"hubspot",
     BW_CRM_USERS,
     "User ID,First name,Last name,Email address,Last active",
     {{BW_CRM_KEY, "User ID"},
      {BW_CRM_EMAIL, "Email address"},
      {BW_CRM_NAME, "First name+Last name"}}},
    {"dynamics",
     BW_CRM_ACCOUNTS,
     "(Do Not Modify) Account,(Do Not Modify) Row Checksum,"
     "(Do Not Modify) Modified On,Account Name,Account Number,Owner",
     {{BW_CRM_KEY, "(Do Not Modify) Account"},
      {BW_CRM_NAME, "Account Name"},
      {BW_CRM_OWNER, "Owner"}}},
    {"dynamics",
     BW_CRM_USERS,
     "(Do Not Modify) User,Full Name,User Name,Primary Email,Status",
     {{BW_CRM_KEY, "(Do Not Modify) User"},
      {BW_CRM_NAME, "Full Name"},
      {BW_CRM_LOGIN, "User Name"},
      {BW_CRM_EMAIL, "Primary Email"},
      {BW_CRM_ACTIVE, "Status"}}},
    {"zoho",
     BW_CRM_ACCOUNTS,
     "Record Id,Account Owner.id,Account Owner,Account Name",
     {{BW_CRM_KEY, "Record Id"},
      {BW_CRM_NAME, "Account Name"},
      {BW_CRM_OWNER, "Account Owner.id"}}},
    {"zoho",
     BW_CRM_ACCOUNTS,
     "id,Account_Name,Owner.id",
     {{BW_CRM_KEY, "id"},
      {BW_CRM_NAME, "Account_Name"},
      {BW_CRM_OWNER, "Owner.id"}}},
    {"pipedrive",
     BW_CRM_ACCOUNTS,
     "Organization - Name,Organization - Owner,Organization - ID",
     {{BW_CRM_KEY, "Organization - ID"},
      {BW_CRM_NAME, "Organization - Name"},
      {BW_CRM_OWNER, "Organization - Owner"}}},
    {"odoo",
     BW_CRM_ACCOUNTS,
     "External ID,Name,Salesperson,Salesperson/External ID,Sales Team",
     {{BW_CRM_KEY, "External ID"},
      {BW_CRM_NAME, "Name"},
      {BW_CRM_OWNER, "Salesperson/External ID"}}},
    {"odoo",
     BW_CRM_ACCOUNTS,
     "id,.id,name,user_id/id",
     {{BW_CRM_KEY, "id"}, {BW_CRM_OWNER, "user_id/id"}}},
    {"odoo",
     BW_CRM_CONTACTS,
     "External ID,Name,Related Company/External ID,Salesperson",
     {{BW_CRM_KEY, "External ID"},
      {BW_CRM_ACCOUNT, "Related Company/External ID"},
      {BW_CRM_OWNER, "Salesperson"}}},
    {"suitecrm",
     BW_CRM_ACCOUNTS,
     "\"Name\",\"ID\",\"Parent Account ID\",\"Assigned to\",\"Assigned User\"",
     {{BW_CRM_KEY, "ID"},
      {BW_CRM_NAME, "Name"},
      {BW_CRM_OWNER, "Assigned User"}}},
    {"suitecrm",
     BW_CRM_USERS,
     "\"ID\",\"Username\",\"First Name\",\"Last Name\",\"Reports to ID\","
     "\"Status\"",
     {{BW_CRM_KEY, "ID"},
      {BW_CRM_LOGIN, "Username"},
      {BW_CRM_NAME, "First Name+Last Name"},
      {BW_CRM_ACTIVE, "Status"}}},
    {"dolibarr",
     BW_CRM_ACCOUNTS,
     "rowid,ThirdPartyName*,User*,Zip",
     {{BW_CRM_KEY, "rowid"},
      {BW_CRM_NAME, "ThirdPartyName*"},
      {BW_CRM_OWNER, "User*"}}},
    {"dolibarr",
     BW_CRM_USERS,
     "rowid,Login,Lastname,Firstname,Email,Status",
     {{BW_CRM_KEY, "rowid"},
      {BW_CRM_LOGIN, "Login"},
      {BW_CRM_NAME, "Firstname+Lastname"},
      {BW_CRM_ACTIVE, "Status"}}},
    {"espocrm",
     BW_CRM_ACCOUNTS,
     "ID,Name,Assigned User,Assigned User ID",
     {{BW_CRM_KEY, "ID"},
      {BW_CRM_NAME, "Name"},
      {BW_CRM_OWNER, "Assigned User ID"}}},
    {"espocrm",
     BW_CRM_USERS,
     "id,userName,firstName,lastName,emailAddress,isActive",
     {{BW_CRM_KEY, "id"},
      {BW_CRM_LOGIN, "userName"},
      {BW_CRM_EMAIL, "emailAddress"},
      {BW_CRM_NAME, "firstName+lastName"},
      {BW_CRM_ACTIVE, "isActive"}}},
    {"generic",
     BW_CRM_ACCOUNTS,
     "account_id,account_name,owner_id,city",
     {{BW_CRM_KEY, "account_id"},
      {BW_CRM_NAME, "account_name"},
      {BW_CRM_OWNER, "owner_id"}}},
    {"generic",
     BW_CRM_USERS,
     "rep_id,name,email,login,status",
     {{BW_CRM_KEY, "rep_id"},
      {BW_CRM_NAME, "name"},
      {BW_CRM_EMAIL, "email"},
      {BW_CRM_LOGIN, "login"},
      {BW_CRM_ACTIVE, "status"}}},
};

/* The header, and a row of as many cells. */
static void write_table(const char *header, char *path)
{
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    FILE *file = fdopen(handle, "w");
    assert_non_null(file);
    fprintf(file, "%s\nx", header);
    for (const char *c = header; *c; c++)
        if (*c == ',')
            fputs(",x", file);
    fputs("\n", file);
    assert_int_equal(fclose(file), 0);
}

static void check_field(const exported *e, const bw_crm_table *table,
                        bw_crm_field field, const char *want)
{
    char found[200] = "";
    const int32_t *column = table->column[field];
    for (int i = 0; i < BW_CRM_JOINED && column[i] >= 0; i++) {
        size_t at = strlen(found);
        snprintf(found + at, sizeof found - at, "%s%s", at ? "+" : "",
                 bw_table_header(table->table, column[i]).text);
    }
    if (strcmp(found, want) != 0)
        fail_msg("%s, %s: %s is read from \"%s\"", e->crm, e->header,
                 bw_crm_field_text(field), found);
}

static void every_export_is_read_as_its_crm_writes_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exports / sizeof *exports; i++) {
        const exported *e = &exports[i];
        char path[] = "/tmp/test_crm_exports_XXXXXX";
        unsigned needed = 0;
        write_table(e->header, path);
        bw_diags *diags = bw_diags_new();
        bw_crm_profile *profile;
        bw_crm_table table;
        assert_int_equal(bw_crm_profile_named(e->crm, diags, &profile), BW_OK);
        for (int w = 0; w < MOST && e->want[w].header; w++)
            needed |= 1u << e->want[w].field;
        bw_status status =
            bw_crm_table_read(path, e->which, profile, needed, diags, &table);
        if (status != BW_OK || bw_diags_kept(diags) > 0)
            fail_msg("%s, %s: %s", e->crm, e->header,
                     bw_diags_at(diags, 0)->text);
        for (int w = 0; w < MOST && e->want[w].header; w++)
            check_field(e, &table, e->want[w].field, e->want[w].header);
        bw_crm_table_free(&table);
        bw_crm_profile_free(profile);
        bw_diags_free(diags);
        remove(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_export_is_read_as_its_crm_writes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
