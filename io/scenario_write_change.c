/* SPDX-License-Identifier: GPL-3.0-or-later */
/* <change> as it was given, element by element. */
#include "scenario_attr.h"
#include "scenario_change.h"
#include "scenario_write.h"

static void add_own(const bw_change_spec *c, bw_buf *out)
{
    const char *value = bw_change_value_name(c->kind);
    bw_write_attr(out, "id", &c->id);
    bw_write_attr(out, "region", &c->region);
    bw_write_attr(out, "segment", &c->segment);
    bw_write_attr(out, "account", &c->account);
    bw_write_attr(out, "column", &c->column);
    if (value)
        bw_write_attr(out, value, &c->value);
    bw_write_attr(out, "where", &c->where);
}

static void add_cells(const bw_change_spec *c, bw_buf *out)
{
    int i = 0;
    for (; i < c->n_cells && c->cells[i].attribute; i++)
        bw_write_attr(out, c->cells[i].attribute, &c->cells[i].to);
    if (i == c->n_cells) {
        bw_buf_text(out, "/>\n");
        return;
    }
    bw_buf_text(out, ">\n");
    for (; i < c->n_cells; i++) {
        bw_buf_text(out, "      <set");
        bw_write_attr(out, "column", &c->cells[i].column);
        bw_write_attr(out, "to", &c->cells[i].to);
        bw_buf_text(out, "/>\n");
    }
    bw_buf_format(out, "    </%s>\n", bw_change_name(c->kind));
}

bw_status bw_write_changes(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out)
{
    int n_added = 0;
    bw_status status = BW_OK;
    for (int i = 0; i < scenario->n_changes && status == BW_OK; i++) {
        const bw_change_spec *c = &scenario->changes[i];
        if (i == 0 || c[-1].group != c->group)
            bw_buf_text(out, "  <change>\n");
        if (c->kind == BW_CHANGE_ADD_ACCOUNTS) {
            status = bw_write_added(scenario, inputs, n_inputs, folder,
                                    n_added++, &c->source, out);
        } else {
            bw_buf_format(out, "    <%s", bw_change_name(c->kind));
            add_own(c, out);
            add_cells(c, out);
        }
        if (i + 1 == scenario->n_changes || c[1].group != c->group)
            bw_buf_text(out, "  </change>\n");
    }
    return status;
}
