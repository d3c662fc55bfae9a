/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of header synonyms, and nothing that decides between them. */
#include "synonyms.h"

#include <stdbool.h>
#include <string.h>

enum {
    RANKS = 3
};

typedef struct synonyms {
    bw_role role;
    const char *field;
    const char *headers[RANKS]; /* by rank; plain, separated by blanks */
} synonyms;

/* Ranks: 0 what is an id for sure, 1 what may be one, 2 (owners only) what is a
 * name where one of the others stands beside. A field's own name in plain form
 * ("Postal Code" for postal_code) is of rank 0 without being listed. "owner"
 * and "parent" are not of rank 0, because exports have names under them;
 * SuiteCRM has ids under "Assigned User", EspoCRM names. No header of a role
 * stands at two fields (a test sees to it). */
static const synonyms table[] = {
    {BW_ROLE_ACCOUNTS,
     "id",
     {"accountid recordid externalid donotmodifyaccount organizationid rowid",
      "account customerid customer accountnumber accountno customernumber"}},
    {BW_ROLE_ACCOUNTS,
     "name",
     {"accountname companyname organizationname thirdpartyname customername",
      "company organization"}},
    {BW_ROLE_ACCOUNTS,
     "latitude",
     {"lat billinglatitude geolatitude partnerlatitude address1latitude", ""}},
    {BW_ROLE_ACCOUNTS,
     "longitude",
     {"lon lng long billinglongitude geolongitude partnerlongitude "
      "address1longitude",
      ""}},
    {BW_ROLE_ACCOUNTS,
     "postal_code",
     {"zip zipcode postcode zippostalcode billingpostalcode "
      "billingzippostalcode billingzip billingpostcode billingcode "
      "billingaddresspostalcode organizationzippostalcodeofaddress "
      "address1zippostalcode plz",
      ""}},
    {BW_ROLE_ACCOUNTS,
     "city",
     {"billingcity address1city billingaddresscity "
      "organizationcitytownvillagelocalityofaddress",
      "town"}},
    {BW_ROLE_ACCOUNTS,
     "state",
     {"billingstate billingstateprovince stateprovince stateregion "
      "address1stateprovince billingaddressstate",
      "province stateid organizationstatecountyofaddress"}},
    {BW_ROLE_ACCOUNTS,
     "country",
     {"billingcountry countryregion address1countryregion "
      "billingaddresscountry organizationcountryofaddress",
      "countryid countrycode billingcountrycode"}},
    {BW_ROLE_ACCOUNTS,
     "owner",
     {"ownerid ownerrepid accountownerid assigneduserid "
      "salespersonexternalid useridid hubspotownerid repid salesrepid "
      "salespersonid salespersondatabaseid",
      "assigneduser",
      "owner accountowner companyowner organizationowner recordowner "
      "ownername ownerfullname owneremail assignedto assignedusername "
      "salesperson salesrep rep user "
      "userid"}},
    {BW_ROLE_ACCOUNTS,
     "last_seller",
     {"lastsellerid lastorderrepid lastsalesrepid lastsalespersonid",
      "lastseller lastorderrep lastsalesrep lastsalesperson"}},
    {BW_ROLE_ACCOUNTS,
     "last_order",
     {"lastorderdate dateoflastorder", "lastsaledate lastpurchasedate"}},
    {BW_ROLE_ACCOUNTS,
     "parent",
     {"parentid parentaccountid relatedcompanyexternalid parentorganizationid",
      "parent parentaccount ultimateparentid ultimateparent relatedcompany"}},
    {BW_ROLE_ACCOUNTS, "family", {"familyid accountfamily", "household"}},
    {BW_ROLE_ACCOUNTS,
     "revenue",
     {"annualrevenue yearlyrevenue revenueperyear", "turnover annualsales"}},
    {BW_ROLE_ACCOUNTS,
     "potential",
     {"salespotential annualpotential potentialrevenue revenuepotential", ""}},
    {BW_ROLE_ACCOUNTS, "hours", {"servicehours annualhours hoursperyear", ""}},
    {BW_ROLE_ACCOUNTS,
     "calls",
     {"callsperyear annualcalls", "visits visitsperyear"}},
    {BW_ROLE_ACCOUNTS,
     "pipeline",
     {"openpipeline pipelineamount openopportunityamount", ""}},
    {BW_ROLE_ACCOUNTS,
     "employees",
     {"numberofemployees noofemployees employeecount", "headcount"}},
    {BW_ROLE_ACCOUNTS, "industry", {"industryname", "sector"}},
    {BW_ROLE_ACCOUNTS,
     "type",
     {"accounttype organizationtype customertype", ""}},

    {BW_ROLE_REPS,
     "id",
     {"repid userid salesrepid salespersonid positionid donotmodifyuser rowid",
      "recordid externalid employeeid ownerid rep"}},
    {BW_ROLE_REPS,
     "name",
     {"repname fullname salesrepname salespersonname employeename displayname",
      "salesrep salesperson employee"}},
    {BW_ROLE_REPS, "email", {"emailaddress mail useremail", ""}},
    {BW_ROLE_REPS, "login", {"username userlogin loginname", ""}},
    {BW_ROLE_REPS,
     "latitude",
     {"lat homelatitude homelat", "geolatitude addresslatitude"}},
    {BW_ROLE_REPS,
     "longitude",
     {"lon lng long homelongitude homelon homelng homelong",
      "geolongitude addresslongitude"}},
    {BW_ROLE_REPS,
     "postal_code",
     {"zip zipcode postcode zippostalcode homepostalcode homezip homezipcode "
      "homepostcode plz",
      ""}},
    {BW_ROLE_REPS, "city", {"homecity", "town"}},
    {BW_ROLE_REPS, "state", {"homestate stateprovince", "province"}},
    {BW_ROLE_REPS, "country", {"homecountry", "countrycode homecountrycode"}},
    {BW_ROLE_REPS,
     "capacity",
     {"capacityhours annualcapacity capacityhoursperyear",
      "availablehours annualhours hoursperyear"}},
    {BW_ROLE_REPS, "fte", {"fulltimeequivalent", ""}},
    {BW_ROLE_REPS, "type", {"reptype positiontype usertype", ""}},
    {BW_ROLE_REPS, "ramp", {"ramppercent rampfactor rampup", ""}},
    {BW_ROLE_REPS, "skills", {"skill skillset", ""}},
    {BW_ROLE_REPS, "region", {"salesregion regionname", ""}},
    {BW_ROLE_REPS,
     "manager",
     {"managerid reportstoid", "managername reportsto"}},
    {BW_ROLE_REPS,
     "status",
     {"isactive userstatus repstatus positionstatus", "active"}},

    {BW_ROLE_PAIRS,
     "account",
     {"accountid", "customerid customer accountnumber"}},
    {BW_ROLE_PAIRS,
     "rep",
     {"repid salesrepid positionid", "userid ownerid salesrep salesperson"}},
    {BW_ROLE_PAIRS, "allowed", {"isallowed permitted", "eligible"}},
    {BW_ROLE_PAIRS, "cost", {"paircost totalcost", ""}},
    {BW_ROLE_PAIRS, "hours", {"workload workloadhours", ""}},
    {BW_ROLE_PAIRS, "travel_hours", {"drivehours drivinghours", ""}},
    {BW_ROLE_PAIRS, "km", {"distancekm roadkm drivingkm", ""}},

    {BW_ROLE_GAZETTEER,
     "country",
     {"countrycode countryiso iso2 iso alpha2", "countryname"}},
    {BW_ROLE_GAZETTEER,
     "postal_code",
     {"zip zipcode postcode zippostalcode plz postal pc", "zcta zcta5"}},
    {BW_ROLE_GAZETTEER,
     "city",
     {"place placename cityname primarycity",
      "town locality municipality name"}},
    {BW_ROLE_GAZETTEER,
     "state",
     {"statecode stateprovince admincode1 admin1code stateid",
      "province region"}},
    {BW_ROLE_GAZETTEER, "state_name", {"adminname1 admin1name", ""}},
    {BW_ROLE_GAZETTEER, "latitude", {"lat intptlat", "y"}},
    {BW_ROLE_GAZETTEER, "longitude", {"lon lng long intptlong", "x"}},
};

/* Bytes of the blank or the punctuation beyond ASCII that stands here, which
 * copies from web pages and workbooks bring; 0: none. */
static size_t blank_beyond(const char *at)
{
    static const char *const marks[] = {
        "\xC2\xA0" /* no-break space */, "\xC2\xAD" /* soft hyphen */,
        "\xE3\x80\x80" /* wide blank */, "\xEF\xBB\xBF" /* byte-order mark */};
    if (strncmp(at, "\xE2\x80", 2) == 0 && at[2]) /* U+2000 .. U+203F */
        return 3;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(at, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

void bw_header_plain(const char *header, char *plain)
{
    for (const char *c = header; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        size_t blank = byte >= 0x80 ? blank_beyond(c) : 0;
        if (blank > 0)
            c += blank - 1;
        else if (byte >= 'A' && byte <= 'Z')
            *plain++ = (char)(byte - 'A' + 'a');
        else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                 byte >= 0x80)
            *plain++ = *c;
    }
    *plain = 0;
}

static bool lists(const char *headers, const char *plain, size_t len)
{
    if (!headers)
        return false;
    for (const char *at = headers; (at = strstr(at, plain)); at++)
        if ((at == headers || at[-1] == ' ') &&
            (at[len] == ' ' || at[len] == 0))
            return true;
    return false;
}

/* The plain form of a field of ours drops the underscores, no more. */
static bool is_own_name(const char *field, const char *plain)
{
    for (; *field; field++) {
        if (*field == '_')
            continue;
        if (*field != *plain)
            return false;
        plain++;
    }
    return *plain == 0;
}

int bw_header_rank(bw_role role, const char *field, const char *plain)
{
    size_t len = strlen(plain);
    if (len == 0)
        return -1;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].role != role || strcmp(table[i].field, field) != 0)
            continue;
        for (int rank = 0; rank < RANKS; rank++)
            if (lists(table[i].headers[rank], plain, len))
                return rank;
    }
    return is_own_name(field, plain) ? 0 : -1;
}

const char *bw_synonyms_at(size_t index, bw_role *role)
{
    if (index / RANKS >= sizeof table / sizeof *table)
        return NULL;
    *role = table[index / RANKS].role;
    const char *headers = table[index / RANKS].headers[index % RANKS];
    return headers ? headers : "";
}
