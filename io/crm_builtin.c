/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm_builtin.h"

#include "crm_profile.h"

#include <string.h>

const char *bw_crm_builtin(const char *name, size_t *len)
{
    for (size_t i = 0; i < bw_crm_builtin_count; i++) {
        if (strcmp(bw_crm_builtin_files[i].name, name) != 0)
            continue;
        *len = bw_crm_builtin_files[i].len;
        return (const char *)bw_crm_builtin_files[i].xml;
    }
    *len = 0;
    return NULL;
}

const char *const *bw_crm_builtin_names(void)
{
    return bw_crm_builtin_list;
}
