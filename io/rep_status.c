/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRM exports say yes and no, enabled and disabled, where we say active and
 * inactive. */
#include "rep_status.h"

#include "field.h"

#include <strings.h>

bw_rep_word bw_rep_word_of(const char *text, size_t len)
{
    static const struct {
        const char *text;
        bw_rep_word word;
    } words[] = {{"active", BW_REP_SAYS_ACTIVE},
                 {"enabled", BW_REP_SAYS_ACTIVE},
                 {"vacant", BW_REP_SAYS_VACANT},
                 {"leaving", BW_REP_SAYS_LEAVING},
                 {"candidate", BW_REP_SAYS_CANDIDATE},
                 {"inactive", BW_REP_SAYS_INACTIVE},
                 {"disabled", BW_REP_SAYS_INACTIVE}};
    bool yes;
    if (bw_field_blank(text))
        return BW_REP_SAYS_ACTIVE;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(text, words[i].text) == 0)
            return words[i].word;
    if (!bw_field_yes_no(text, len, &yes))
        return BW_REP_SAYS_NOTHING;
    return yes ? BW_REP_SAYS_ACTIVE : BW_REP_SAYS_INACTIVE;
}
