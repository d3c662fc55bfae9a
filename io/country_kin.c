/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Within a system no code stands for two places. */
#include "country_kin.h"

#include "country.h"

#include <string.h>

static const char *const systems[] = {"US PR VI GU AS MP",
                                      "FR MC GP MQ GF RE YT PM BL MF NC PF WF",
                                      "GB GG JE IM",
                                      "AU NF CX CC",
                                      "CH LI",
                                      "DK GL",
                                      "FI AX",
                                      "IT SM VA",
                                      "NO SJ"};

static int32_t number_of(const char *code)
{
    int32_t i = 0; /* the codes above are all there: bw_country_at asserts it */
    while (memcmp(bw_country_at(i)->code, code, 2) != 0)
        i++;
    return i;
}

int32_t bw_country_kin(int32_t country, int16_t kin[BW_KIN_MOST])
{
    const char *own = bw_country_at(country)->code;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        int32_t n = 0;
        if (!strstr(systems[i], own))
            continue;
        for (const char *at = systems[i]; *at; at += 2 + (at[2] == ' '))
            if (memcmp(at, own, 2) != 0)
                kin[n++] = (int16_t)number_of(at);
        return n;
    }
    return 0;
}
