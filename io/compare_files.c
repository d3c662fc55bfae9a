/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compare.csv and compare.json. */
#include "compare_out.h"

#include "csv_write.h"
#include "stream.h"

void bw_compare_csv(const bw_grid *grid, bw_buf *buf)
{
    bw_csv csv = {.buf = buf};
    bw_csv_text(&csv, "scenario");
    for (int l = 0; l < grid->n_lines; l++)
        bw_csv_text(&csv, grid->line[l].key);
    bw_csv_end(&csv);
    for (int i = 0; i < grid->n_columns; i++) {
        bw_csv_text(&csv, grid->title[i]);
        for (int l = 0; l < grid->n_lines; l++) {
            const bw_grid_line *line = &grid->line[l];
            if (line->kind == BW_GRID_TEXT)
                bw_csv_text(&csv, line->cell[i].text);
            else
                bw_csv_double(&csv, line->cell[i].number);
        }
        bw_csv_end(&csv);
    }
}

static void write_column(const bw_grid *grid, int i, bw_json_out *json)
{
    for (int l = 0; l < grid->n_lines; l++) {
        const bw_grid_line *line = &grid->line[l];
        if (line->kind == BW_GRID_TEXT)
            bw_json_text(json, line->key, line->cell[i].text);
        else
            bw_json_double(json, line->key, line->cell[i].number);
    }
}

void bw_compare_json(const bw_compare *compare, const bw_grid *grid,
                     bw_buf *buf)
{
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "base", compare->contender[0].name);
    bw_json_bool(&json, "complete", bw_compare_complete(compare));
    bw_json_text(&json, "version", BW_VERSION);
    bw_json_object(&json, "today");
    write_column(grid, 0, &json);
    bw_json_end(&json);
    bw_json_list(&json, "scenarios");
    for (int i = 1; i < grid->n_columns; i++) {
        bw_json_object(&json, NULL);
        bw_json_text(&json, "scenario", grid->title[i]);
        write_column(grid, i, &json);
        bw_json_end(&json);
    }
    bw_json_end(&json);
    bw_json_end(&json);
}

static bw_status save(const char *dir, const char *name, const bw_buf *buf,
                      bw_diags *diags)
{
    bw_buf path = {0};
    bw_stream *out = NULL;
    bw_buf_format(&path, "%s/%s", dir, name);
    bw_status status = buf->failed || path.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK)
        status = bw_stream_open(path.text, diags, &out);
    if (status == BW_OK) {
        bw_stream_add(out, buf->text, buf->len);
        status = bw_stream_finish(out, diags);
    }
    bw_buf_free(&path);
    return status;
}

bw_status bw_compare_save(const bw_compare *compare, const bw_grid *grid,
                          bw_diags *diags)
{
    bw_buf csv = {0}, json = {0};
    bw_compare_csv(grid, &csv);
    bw_compare_json(compare, grid, &json);
    bw_status status = save(compare->dir, "compare.csv", &csv, diags);
    if (status == BW_OK)
        status = save(compare->dir, "compare.json", &json, diags);
    bw_buf_free(&csv);
    bw_buf_free(&json);
    return status;
}
