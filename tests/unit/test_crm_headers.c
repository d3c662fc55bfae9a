/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header line of each CRM, as its export writes it, and what must be
 * bound. */
#include "columns.h"
#include "faults.h"

#include <stdio.h>
#include <string.h>

enum {
    BINDINGS = 14
};

typedef struct export
{
    const char *crm;
    bw_role role;
    const char *header;
    const char *want[BINDINGS][2]; /* field, header; NULL: the end */
}
export;

static const export exports[] = {
    {"Salesforce, Data Loader",
     BW_ROLE_ACCOUNTS,
     "\"ID\",\"NAME\",\"TYPE\",\"PARENTID\",\"BILLINGSTREET\",\"BILLINGCITY\","
     "\"BILLINGSTATE\",\"BILLINGPOSTALCODE\",\"BILLINGCOUNTRY\","
     "\"BILLINGLATITUDE\",\"BILLINGLONGITUDE\",\"INDUSTRY\",\"ANNUALREVENUE\","
     "\"NUMBEROFEMPLOYEES\",\"RATING\",\"OWNERID\",\"CUSTOMERPRIORITY__C\","
     "\"SLA__C\"",
     {{"id", "ID"},
      {"name", "NAME"},
      {"type", "TYPE"},
      {"parent", "PARENTID"},
      {"city", "BILLINGCITY"},
      {"state", "BILLINGSTATE"},
      {"postal_code", "BILLINGPOSTALCODE"},
      {"country", "BILLINGCOUNTRY"},
      {"latitude", "BILLINGLATITUDE"},
      {"longitude", "BILLINGLONGITUDE"},
      {"industry", "INDUSTRY"},
      {"revenue", "ANNUALREVENUE"},
      {"employees", "NUMBEROFEMPLOYEES"},
      {"owner", "OWNERID"}}},
    {"Salesforce, report",
     BW_ROLE_ACCOUNTS,
     "\"Account Owner\",\"Account Name\",\"Account ID\",\"Billing City\","
     "\"Billing State/Province\",\"Billing Zip/Postal Code\","
     "\"Billing Country\",\"Employees\",\"Annual Revenue\",\"Industry\","
     "\"Parent Account ID\",\"Parent Account\"",
     {{"id", "Account ID"},
      {"name", "Account Name"},
      {"owner", "Account Owner"},
      {"city", "Billing City"},
      {"state", "Billing State/Province"},
      {"postal_code", "Billing Zip/Postal Code"},
      {"country", "Billing Country"},
      {"employees", "Employees"},
      {"revenue", "Annual Revenue"},
      {"industry", "Industry"},
      {"parent", "Parent Account ID"}}},
    {"HubSpot",
     BW_ROLE_ACCOUNTS,
     "Record ID,Company name,Company owner,City,State/Region,Postal Code,"
     "Country/Region,Industry,Number of Employees,Annual Revenue,Type",
     {{"id", "Record ID"},
      {"name", "Company name"},
      {"owner", "Company owner"},
      {"city", "City"},
      {"state", "State/Region"},
      {"postal_code", "Postal Code"},
      {"country", "Country/Region"},
      {"industry", "Industry"},
      {"employees", "Number of Employees"},
      {"revenue", "Annual Revenue"},
      {"type", "Type"}}},
    {"HubSpot, internal names",
     BW_ROLE_ACCOUNTS,
     "Record ID,name,hubspot_owner_id,zip,annual_revenue",
     {{"id", "Record ID"},
      {"owner", "hubspot_owner_id"},
      {"postal_code", "zip"},
      {"revenue", "annual_revenue"}}},
    {"Dynamics 365",
     BW_ROLE_ACCOUNTS,
     "(Do Not Modify) Account,(Do Not Modify) Row Checksum,"
     "(Do Not Modify) Modified On,Account Name,Account Number,Owner,"
     "Parent Account,Address 1: City,Address 1: State/Province,"
     "Address 1: ZIP/Postal Code,Address 1: Country/Region,"
     "Address 1: Latitude,Address 1: Longitude,Annual Revenue,"
     "Number of Employees,Industry",
     {{"id", "(Do Not Modify) Account"},
      {"name", "Account Name"},
      {"owner", "Owner"},
      {"parent", "Parent Account"},
      {"city", "Address 1: City"},
      {"state", "Address 1: State/Province"},
      {"postal_code", "Address 1: ZIP/Postal Code"},
      {"country", "Address 1: Country/Region"},
      {"latitude", "Address 1: Latitude"},
      {"longitude", "Address 1: Longitude"},
      {"revenue", "Annual Revenue"},
      {"employees", "Number of Employees"},
      {"industry", "Industry"}}},
    {"Zoho",
     BW_ROLE_ACCOUNTS,
     "Record Id,Account Owner.id,Account Owner,Account Name,Industry,"
     "Annual Revenue,Employees,Billing City,Billing State,Billing Code,"
     "Billing Country",
     {{"id", "Record Id"},
      {"owner", "Account Owner.id"},
      {"name", "Account Name"},
      {"revenue", "Annual Revenue"},
      {"employees", "Employees"},
      {"postal_code", "Billing Code"}}},
    {"Zoho, bulk",
     BW_ROLE_ACCOUNTS,
     "id,Account_Name,Owner.id,Account_Type",
     {{"id", "id"},
      {"name", "Account_Name"},
      {"owner", "Owner.id"},
      {"type", "Account_Type"}}},
    {"Pipedrive",
     BW_ROLE_ACCOUNTS,
     "Organization - Name,Organization - Owner,Organization - ID",
     {{"id", "Organization - ID"},
      {"name", "Organization - Name"},
      {"owner", "Organization - Owner"}}},
    {"Odoo",
     BW_ROLE_ACCOUNTS,
     "External ID,Name,Salesperson/External ID,Zip,City,Country,Geo Latitude,"
     "Geo Longitude,Related Company/External ID",
     {{"id", "External ID"},
      {"name", "Name"},
      {"owner", "Salesperson/External ID"},
      {"postal_code", "Zip"},
      {"latitude", "Geo Latitude"},
      {"longitude", "Geo Longitude"},
      {"parent", "Related Company/External ID"}}},
    {"Odoo, technical names",
     BW_ROLE_ACCOUNTS,
     "id,.id,name,user_id/id,partner_latitude,partner_longitude,parent_id/id",
     {{"id", "id"},
      {"owner", "user_id/id"},
      {"latitude", "partner_latitude"},
      {"longitude", "partner_longitude"}}},
    {"Odoo, technical names of places",
     BW_ROLE_ACCOUNTS,
     "id,name,user_id,zip,city,state_id,country_id",
     {{"owner", "user_id"},
      {"postal_code", "zip"},
      {"state", "state_id"},
      {"country", "country_id"}}},
    {"SuiteCRM",
     BW_ROLE_ACCOUNTS,
     "\"Name\",\"ID\",\"Website\",\"Email Address\",\"Billing City\","
     "\"Billing State\",\"Billing Postal Code\",\"Billing Country\",\"Type\","
     "\"Industry\",\"Annual Revenue\",\"Employees\",\"SIC Code\","
     "\"Parent Account ID\",\"Rating\",\"Assigned to\",\"Assigned User\","
     "\"Date Created\",\"Longitude\",\"Latitude\"",
     {{"id", "ID"},
      {"name", "Name"},
      {"owner", "Assigned User"},
      {"postal_code", "Billing Postal Code"},
      {"parent", "Parent Account ID"},
      {"employees", "Employees"},
      {"latitude", "Latitude"},
      {"longitude", "Longitude"}}},
    {"Dolibarr",
     BW_ROLE_ACCOUNTS,
     "rowid,ThirdPartyName*,User*,Zip",
     {{"id", "rowid"}, {"name", "ThirdPartyName*"}, {"owner", "User*"}}},
    {"EspoCRM",
     BW_ROLE_ACCOUNTS,
     "ID,Name,Assigned User,Assigned User ID,Billing Address City,"
     "Billing Address State,Billing Address Postal Code,"
     "Billing Address Country",
     {{"id", "ID"},
      {"owner", "Assigned User ID"},
      {"city", "Billing Address City"},
      {"state", "Billing Address State"},
      {"postal_code", "Billing Address Postal Code"},
      {"country", "Billing Address Country"}}},
    {"EspoCRM, attributes",
     BW_ROLE_ACCOUNTS,
     "id,name,assignedUserId,assignedUserName,billingAddressPostalCode",
     {{"id", "id"},
      {"owner", "assignedUserId"},
      {"postal_code", "billingAddressPostalCode"}}},
    {"EspoCRM, names alone",
     BW_ROLE_ACCOUNTS,
     "ID,Name,Assigned User",
     {{"owner", "Assigned User"}}},
    {"Salesforce, SOQL",
     BW_ROLE_ACCOUNTS,
     "Id,Name,Owner.Name,OwnerId",
     {{"id", "Id"}, {"owner", "OwnerId"}}},
    {"Salesforce, SOQL by name",
     BW_ROLE_ACCOUNTS,
     "Id,Name,Owner.Name",
     {{"owner", "Owner.Name"}}},
    {"an ERP",
     BW_ROLE_ACCOUNTS,
     "account_id,LastOrderRepId,Last Order Date",
     {{"last_seller", "LastOrderRepId"}, {"last_order", "Last Order Date"}}},
    {"Salesforce, users",
     BW_ROLE_REPS,
     "\"ID\",\"USERNAME\",\"LASTNAME\",\"FIRSTNAME\",\"NAME\",\"EMAIL\","
     "\"ISACTIVE\",\"MANAGERID\",\"POSTALCODE\"",
     {{"id", "ID"},
      {"login", "USERNAME"},
      {"name", "NAME"},
      {"email", "EMAIL"},
      {"status", "ISACTIVE"},
      {"manager", "MANAGERID"},
      {"postal_code", "POSTALCODE"}}},
    {"Salesforce, report of users",
     BW_ROLE_REPS,
     "\"User ID\",\"First Name\",\"Last Name\",\"Username\",\"Active\"",
     {{"id", "User ID"},
      {"name", "First Name"},
      {"login", "Username"},
      {"status", "Active"}}},
    {"SuiteCRM, users",
     BW_ROLE_REPS,
     "\"ID\",\"Username\",\"First Name\",\"Last Name\",\"Reports to ID\","
     "\"Status\"",
     {{"id", "ID"},
      {"login", "Username"},
      {"name", "First Name"},
      {"manager", "Reports to ID"},
      {"status", "Status"}}},
    {"Dynamics 365, users",
     BW_ROLE_REPS,
     "(Do Not Modify) User,(Do Not Modify) Row Checksum,"
     "(Do Not Modify) Modified On,Full Name,User Name,Status",
     {{"id", "(Do Not Modify) User"},
      {"name", "Full Name"},
      {"login", "User Name"},
      {"status", "Status"}}},
    {"Dolibarr, users",
     BW_ROLE_REPS,
     "rowid,Login,Lastname,Firstname,Status",
     {{"id", "rowid"}, {"login", "Login"}, {"name", "Firstname"}}},
    {"Odoo, users",
     BW_ROLE_REPS,
     "External ID,Name,Login,Email",
     {{"id", "External ID"},
      {"name", "Name"},
      {"login", "Login"},
      {"email", "Email"}}},
};

static void check(const export *e)
{
    char text[2000];
    bw_source *source;
    bw_table *table;
    bw_columns *columns;
    bw_source_spec spec = {.n_columns = 0};
    bw_diags *diags = bw_diags_new();
    snprintf(text, sizeof text, "%s\nx", e->header);
    for (const char *c = e->header; *c; c++)
        if (*c == ',')
            strcat(text, ",");
    assert_int_equal(
        bw_source_from(text, strlen(text), "t.csv", diags, &source), BW_OK);
    assert_int_equal(bw_table_read_as(source, 0, diags, &table), BW_OK);
    bw_status status = bw_columns_bind(e->role, table, &spec, diags, &columns);
    if (bw_diags_kept(diags) > 0)
        fail_msg("%s: %s", e->crm, bw_diags_at(diags, 0)->text);
    assert_int_equal(status, BW_OK);
    for (int i = 0; i < BINDINGS && e->want[i][0]; i++) {
        const bw_binding *b = bw_columns_find(columns, e->want[i][0]);
        if (b->n_columns == 0)
            fail_msg("%s: no %s", e->crm, e->want[i][0]);
        assert_string_equal(bw_table_header(table, b->column[0]).text,
                            e->want[i][1]);
    }
    bw_columns_free(columns);
    bw_table_free(table);
    bw_source_free(source);
    bw_diags_free(diags);
}

static void the_header_of_every_crm_binds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof exports / sizeof *exports; i++)
        check(&exports[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_of_every_crm_binds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
