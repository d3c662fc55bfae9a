/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exports have hundreds of columns, and some headers are whole questions. */
#include "header_list.h"

#include "utf8.h"

#include <string.h>

enum {
    HEADERS_LISTED = 12,
    HEADER_SHOWN = 60 /* bytes of each */
};

void bw_add_quoted(bw_buf *text, const char *name)
{
    size_t len = strlen(name);
    bool cut = len > HEADER_SHOWN;
    if (cut)
        len = HEADER_SHOWN;
    while (cut && len > 0 && bw_utf8_continues(name[len]))
        len--; /* between characters */
    bw_buf_text(text, "\"");
    bw_buf_add(text, name, len);
    bw_buf_text(text, cut ? "...\"" : "\"");
}

void bw_add_headers(bw_buf *text, const bw_table *table)
{
    int32_t n = bw_table_columns(table);
    for (int32_t column = 0; column < n && column < HEADERS_LISTED; column++) {
        bw_buf_text(text, column ? ", " : "");
        bw_add_quoted(text, bw_table_header(table, column).text);
    }
    if (n > HEADERS_LISTED)
        bw_buf_format(text, " and %d more", (int)(n - HEADERS_LISTED));
}
