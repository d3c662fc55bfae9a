/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "own_table.h"

bw_status bw_own_table_read(const bw_source *source, bw_diags *diags,
                            bw_table **table)
{
    bw_status status = bw_table_read(source, diags, table);
    if (status == BW_OK && bw_source_marked(source))
        bw_table_unguard(*table);
    return status;
}
