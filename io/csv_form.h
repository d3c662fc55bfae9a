/* SPDX-License-Identifier: GPL-3.0-or-later */
/** How a CSV file is written, as found out from its text: what separates its
 * fields, what ends its lines, and where its header begins. */
#ifndef BW_CSV_FORM_H
#define BW_CSV_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bw_csv_form {
    char separator;   /* , ; | or a tab */
    bool said;        /* by the first line, sep=; as Excel writes it */
    size_t start;     /* offset of the first line that is not such a line */
    bool lone_return; /* lines end with a carriage return alone */
    int32_t fields;   /* of the header, cut at the separator */
    int32_t told;     /* the same by the separator that was told */
    bool denied;      /* that one cannot be right: it leaves one column, or no
                       * record as long as the header, and the one that was
                       * found makes all of them even */
    int32_t title;    /* fields of the records after a first line that cannot be
                       * the header, as it has but one; 0: it can be */
} bw_csv_form;

/** Looks at the header and the first records, quotes respected. `told`: the
 * separator that somebody says it has; 0: nobody did. */
bw_csv_form bw_csv_form_of(const char *text, size_t len, char told);

/** Do lines end with a carriage return alone, as in old Macintosh files? Line
 * feeds may stand in quotes there. */
bool bw_csv_returns(const char *text, size_t len);

/** comma, semicolon, tab, pipe. */
const char *bw_separator_name(char separator);

#endif
