/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of what profiles speak of. */
#include "crm_profile.h"

const char *bw_crm_which_text(bw_crm_which which)
{
    static const char *const text[BW_CRM_N_TABLES] = {
        [BW_CRM_ACCOUNTS] = "accounts",
        [BW_CRM_USERS] = "users",
        [BW_CRM_CONTACTS] = "contacts",
        [BW_CRM_OPPORTUNITIES] = "opportunities",
        [BW_CRM_TERRITORIES] = "territories",
        [BW_CRM_ASSOCIATIONS] = "associations",
        [BW_CRM_MEMBERS] = "members",
    };
    return text[which];
}

const char *bw_crm_field_text(bw_crm_field field)
{
    static const char *const text[BW_CRM_N_FIELDS] = {
        [BW_CRM_KEY] = "key",
        [BW_CRM_NAME] = "name",
        [BW_CRM_OWNER] = "owner",
        [BW_CRM_LOGIN] = "login",
        [BW_CRM_EMAIL] = "email",
        [BW_CRM_ACTIVE] = "active",
        [BW_CRM_ACCOUNT] = "account",
        [BW_CRM_CLOSED] = "closed",
        [BW_CRM_CODE] = "code",
        [BW_CRM_PARENT] = "parent",
        [BW_CRM_TERRITORY] = "territory",
        [BW_CRM_CAUSE] = "cause",
        [BW_CRM_USER] = "user",
        [BW_CRM_ROLE] = "role",
    };
    return text[field];
}

const char *bw_crm_by_text(bw_crm_by by)
{
    static const char *const text[BW_CRM_N_BY] = {
        [BW_CRM_BY_KEY] = "id",
        [BW_CRM_BY_LOGIN] = "login",
        [BW_CRM_BY_EMAIL] = "email",
        [BW_CRM_BY_NAME] = "name",
    };
    return text[by];
}
