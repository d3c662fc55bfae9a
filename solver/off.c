/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words in the order of the BW_OFF bits: bit i is word i. */
#include "bw/settings.h"

#include <string.h>

const char *const bw_off_words[] = {"chains", "children", "programs", "dives",
                                    "fixing", "proof",    "clusters", "sweep",
                                    "polish", "trades",   NULL};

bool bw_off_parse(const char *list, unsigned *off, const char **word)
{
    *off = 0;
    for (*word = list;; *word += strcspn(*word, ",") + 1) {
        size_t length = strcspn(*word, ",");
        int i = 0;
        while (bw_off_words[i] && (strlen(bw_off_words[i]) != length ||
                                   memcmp(bw_off_words[i], *word, length) != 0))
            i++;
        if (!bw_off_words[i])
            return false;
        *off |= 1U << i;
        if ((*word)[length] == '\0')
            return true;
    }
}
