/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What the exports of CRMs look like, as data for tests/crm/shape.c. */
#ifndef TESTS_CRM_SHAPES_H
#define TESTS_CRM_SHAPES_H

typedef struct shape {
    const char *crm;
    /* HEADER=what, separated by |. See cell(). */
    const char *accounts, *users, *contacts, *opportunities;
    const char *owner, *potential; /* headers of the accounts */
    const char *more;              /* columns that are not found by their names;
                                    * NULL: all are */
    char keys;                     /* how keys look: S, G, N, O */
    char rep;   /* by what accounts name owners: key or name */
    char login; /* a part of the e-mail, or all of it */
    char separator;
    int mark, crlf, quote_all, footer, short_ids;
    const char *prefix; /* of keys in exports */
} shape;

static const shape shapes[] = {
    {.crm = "salesforce",
     .accounts = "ID=k|NAME=n|TYPE=t|INDUSTRY=i|BILLINGSTREET=-|BILLINGCITY=c|"
                 "BILLINGSTATE=s|BILLINGPOSTALCODE=z|BILLINGCOUNTRY=C|"
                 "BILLINGLATITUDE=y|BILLINGLONGITUDE=x|ANNUALREVENUE=r|"
                 "NUMBEROFEMPLOYEES=e|PARENTID=p|POTENTIAL__C=P|OWNERID=o|"
                 "LASTMODIFIEDBYID=-",
     .users = "ID=k|USERNAME=l|EMAIL=e|NAME=n|ISACTIVE=A|MANAGERID=-",
     .contacts = "ID=k|ACCOUNTID=p|OWNERID=o|LASTNAME=n",
     .opportunities = "ID=k|ACCOUNTID=p|OWNERID=o|NAME=n|ISCLOSED=A",
     .owner = "OWNERID",
     .potential = "POTENTIAL__C",
     .keys = 'S',
     .rep = 'k',
     .login = 'e',
     .separator = ',',
     .quote_all = 1,
     .prefix = ""},
    {.crm = "salesforce-report",
     .accounts =
         "Account ID=k|Account Name=n|Account Owner=O|Type=t|Industry=i|"
         "Billing City=c|Billing State/Province=s|Billing Zip/Postal "
         "Code=z|Billing Country=C|Billing Latitude=y|Billing "
         "Longitude=x|Annual Revenue=r|Employees=e|Parent Account "
         "ID=p|Potential=P|Last Modified By=-",
     .users = "User ID=k|Username=l|Email=e|Full Name=n|Active=A",
     .owner = "Account Owner",
     .potential = "Potential",
     .keys = 'S',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .quote_all = 1,
     .footer = 1,
     .short_ids = 1,
     .prefix = ""},
    {.crm = "hubspot",
     .accounts =
         "Record ID=k|Company name=n|Company owner=O|Industry=i|Type=t|"
         "City=c|State/Region=s|Postal Code=z|Country/Region=C|"
         "Latitude=y|Longitude=x|Annual Revenue=r|Number of "
         "Employees=e|Parent Company ID=p|Potential=P|Lifecycle Stage=-",
     .users = "User ID=k|Email=e|First name=f|Last name=g|Status=a",
     .owner = "Company owner",
     .potential = "Potential",
     .keys = 'N',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .prefix = ""},
    {.crm = "dynamics",
     .accounts = "(Do Not Modify) Account=k|(Do Not Modify) Row Checksum=#|(Do "
                 "Not Modify) Modified On=m|Account Name=n|Account Number=N|"
                 "Owner=O|Industry=i|Relationship Type=t|Address 1: City=c|"
                 "Address 1: State/Province=s|Address 1: ZIP/Postal Code=z|"
                 "Address 1: Country/Region=C|Address 1: Latitude=y|Address 1: "
                 "Longitude=x|Annual Revenue=r|Number of Employees=e|"
                 "Potential=P|Main Phone=-",
     .users = "(Do Not Modify) User=k|Full Name=n|User Name=l|Primary "
              "Email=e|Status=S",
     .owner = "Owner",
     .potential = "Potential",
     .more = "<column name=\"type\" from=\"Relationship Type\"/>",
     .keys = 'G',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .mark = 1,
     .crlf = 1,
     .quote_all = 1,
     .prefix = ""},
    {.crm = "zoho",
     .accounts = "Record Id=k|Account Name=n|Account Owner=O|Account Type=t|"
                 "Industry=i|Billing City=c|Billing State=s|Billing Code=z|"
                 "Billing Country=C|Latitude=y|Longitude=x|Annual Revenue=r|"
                 "Employees=e|Parent Account ID=p|Potential=P|Tag=-",
     .users = "Record Id=k|First Name=f|Last Name=g|Email=e|Status=a",
     .owner = "Account Owner",
     .potential = "Potential",
     .keys = 'Z',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .quote_all = 1,
     .prefix = "zcrm_"},
    {.crm = "pipedrive",
     .accounts = "Organization - ID=k|Organization - Name=n|Organization - "
                 "Owner=O|Organization - Label=-|Organization - Industry=i|"
                 "Organization - Type=t|Organization - City/town/village/"
                 "locality of address=c|Organization - State/county of "
                 "address=s|Organization - ZIP/Postal code of address=z|"
                 "Organization - Country of address=C|Latitude=y|Longitude=x|"
                 "Annual revenue=r|Number of employees=e|Potential=P",
     .users = "ID=k|Name=n|Email=e|Active=A",
     .owner = "Organization - Owner",
     .potential = "Potential",
     .keys = 'N',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .prefix = ""},
    {.crm = "odoo",
     .accounts = "External ID=k|Name=n|Salesperson=O|Industry=i|City=c|State=s|"
                 "Zip=z|Country=C|Geo Latitude=y|Geo Longitude=x|Annual "
                 "Revenue=r|Employees=e|Related Company/External ID=p|Type=t|"
                 "Potential=P|Tags=-",
     .users = "External ID=k|Name=n|Login=l|Email=e|Active=A",
     .owner = "Salesperson",
     .potential = "Potential",
     .keys = 'O',
     .rep = 'n',
     .login = 'e',
     .separator = ',',
     .mark = 1,
     .quote_all = 1,
     .prefix = ""},
    {.crm = "suitecrm",
     .accounts = "Name=n|ID=k|Website=-|Billing City=c|Billing State=s|Billing "
                 "Postal Code=z|Billing Country=C|Type=t|Industry=i|Annual "
                 "Revenue=r|Employees=e|SIC Code=-|Parent Account ID=p|"
                 "Assigned to=O|Assigned User=o|Date Created=d|Longitude=x|"
                 "Latitude=y|Potential=P",
     .users =
         "ID=k|Username=l|First Name=f|Last Name=g|Email Address=e|Reports "
         "to ID=-|Status=a",
     .owner = "Assigned User",
     .potential = "Potential",
     .keys = 'G',
     .rep = 'k',
     .login = 'l',
     .separator = ',',
     .mark = 1,
     .crlf = 1,
     .quote_all = 1,
     .prefix = ""},
    {.crm = "dolibarr",
     .accounts =
         "Id=k|ThirdPartyName=n|Type=t|Industry=i|Town=c|State=s|Zip=z|"
         "Country=C|Latitude=y|Longitude=x|Annual Revenue=r|Employees=e|"
         "Parent Id=p|Potential=P|User=l|Status=-",
     .users = "Id=k|Login=l|Lastname=g|Firstname=f|Email=e|Status=1",
     .owner = "User",
     .potential = "Potential",
     .keys = 'n',
     .rep = 'l',
     .login = 'l',
     .separator = ';',
     .prefix = ""},
    {.crm = "espocrm",
     .accounts = "id=k|name=n|type=t|industry=i|billingAddressCity=c|"
                 "billingAddressState=s|billingAddressPostalCode=z|"
                 "billingAddressCountry=C|latitude=y|longitude=x|"
                 "annualRevenue=r|employees=e|potential=P|assignedUserId=o|"
                 "assignedUserName=O|createdById=-",
     .users =
         "id=k|userName=l|firstName=f|lastName=g|emailAddress=e|isActive=1",
     .owner = "assignedUserId",
     .potential = "potential",
     .keys = 'E',
     .rep = 'k',
     .login = 'l',
     .separator = ',',
     .quote_all = 1,
     .prefix = ""},
    {.crm = "generic",
     .accounts = "account_id=k|account_name=n|industry=i|type=t|city=c|state=s|"
                 "country=C|postal_code=z|latitude=y|longitude=x|"
                 "annual_revenue=r|employees=e|potential=P|parent_id=p|"
                 "owner_id=o",
     .users = "id=k|login=l|email=e|name=n|active=A",
     .contacts = "contact_id=k|account_id=p|owner_id=o|name=n",
     .opportunities =
         "opportunity_id=k|account_id=p|owner_id=o|name=n|is_closed=A",
     .owner = "owner_id",
     .potential = "potential",
     .keys = 'T',
     .rep = 'k',
     .login = 'l',
     .separator = ',',
     .prefix = ""},
};

#endif
