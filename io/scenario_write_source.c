/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
/* The files of a scenario, as they were read. */
#include "file_path.h"
#include "scenario_attr.h"
#include "scenario_write.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One scenario being written. */
typedef struct writing {
    const bw_scenario *scenario;
    const bw_input *inputs;
    int32_t n_inputs;
    const char *folder; /* absolute */
    bw_buf *out;
    const char *indent;
} writing;

/* The n-th input of a role, from 0. */
static const bw_input *find_input(const writing *w, const char *role, int n)
{
    for (int32_t i = 0; i < w->n_inputs; i++)
        if (strcmp(w->inputs[i].role, role) == 0 && n-- == 0)
            return &w->inputs[i];
    return NULL;
}

bw_status bw_write_path(bw_buf *out, const char *name, const char *path,
                        const char *folder)
{
    char real_path[PATH_MAX], real_folder[PATH_MAX];
    bw_buf relative = {.text = NULL};
    if (!realpath(path, real_path) || !realpath(folder, real_folder))
        return BW_IO;
    bw_file_add_relative(&relative, real_folder, real_path);
    if (!relative.failed)
        bw_write_text(out, name, relative.len ? relative.text : ".");
    out->failed |= relative.failed;
    bw_buf_free(&relative);
    return BW_OK;
}

static bw_status add_file(const writing *w, const bw_source_spec *spec,
                          const bw_input *input)
{
    bw_buf path = {.text = NULL};
    if (input)
        bw_buf_text(&path, input->path);
    else
        bw_file_add_beside(&path, spec->file.place.file, spec->file.text);
    bw_status status =
        path.failed ? BW_NOMEM
                    : bw_write_path(w->out, "file", path.text, w->folder);
    bw_buf_free(&path);
    return status;
}

static void add_columns(const writing *w, const bw_source_spec *spec,
                        const char *element)
{
    bw_buf *out = w->out;
    if (spec->n_columns == 0) {
        bw_buf_text(out, "/>\n");
        return;
    }
    bw_buf_text(out, ">\n");
    for (int i = 0; i < spec->n_columns; i++) {
        bw_buf_format(out, "%s  <column", w->indent);
        bw_write_attr(out, "name", &spec->columns[i].name);
        bw_write_attr(out, "from", &spec->columns[i].from);
        bw_write_attr(out, "value", &spec->columns[i].value);
        bw_write_attr(out, "as", &spec->columns[i].as);
        bw_buf_text(out, "/>\n");
    }
    bw_buf_format(out, "%s</%s>\n", w->indent, element);
}

static void add_format(bw_buf *out, const bw_format_spec *format)
{
    static const char *const orders[] = {
        [BW_DATES_MDY] = "mdy", [BW_DATES_DMY] = "dmy"};
    bw_write_attr(out, "encoding", &format->encoding);
    bw_write_attr(out, "delimiter", &format->delimiter);
    if (format->decimal_comma)
        bw_write_text(out, "decimal", "comma");
    if (format->dates != BW_DATES_YMD)
        bw_write_text(out, "dates", orders[format->dates]);
    bw_write_attr(out, "blank", &format->blank);
}

/* An element that names a file; `more` writes attributes of its own. */
static bw_status add_element(const writing *w, const char *element, int n,
                             const bw_source_spec *spec, const bw_input *input,
                             void (*more)(const writing *w, int n))
{
    bw_buf_format(w->out, "%s<%s", w->indent, element);
    bw_status status = add_file(w, spec, input);
    bw_write_attr(w->out, "where", &spec->where);
    if (more)
        more(w, n);
    add_format(w->out, &spec->format);
    if (input)
        bw_write_text(w->out, "sha256", input->sha256);
    else
        bw_write_attr(w->out, "sha256", &spec->sha256);
    add_columns(w, spec, element);
    return status;
}

/* The n-th <accounts>, <reps>, <pairs>, <gazetteer>. */
static bw_status add_source(const writing *w, const char *element, int n,
                            const bw_source_spec *spec,
                            void (*more)(const writing *w, int n))
{
    if (!spec->file.text)
        return BW_OK;
    return add_element(w, element, n, spec, find_input(w, element, n), more);
}

static void add_of_accounts(const writing *w, int n)
{
    (void)n;
    if (w->scenario->unplaced != BW_UNPLACED_STOP)
        bw_write_text(w->out, "unplaced",
                      w->scenario->unplaced == BW_UNPLACED_OWNER ? "owner"
                                                                 : "anywhere");
    if (w->scenario->unknown_owner_stops)
        bw_write_text(w->out, "unknown-owner", "stop");
}

static void add_of_pairs(const writing *w, int n)
{
    (void)n;
    if (w->scenario->pairs_only_listed)
        bw_write_text(w->out, "only", "listed");
    if (w->scenario->pairs_cost_replaces)
        bw_write_text(w->out, "cost", "replace");
}

static void add_of_gazetteer(const writing *w, int n)
{
    const bw_gazetteer_spec *g = &w->scenario->gazetteers[n];
    if (g->form != BW_GAZETTEER_DETECT)
        bw_write_text(w->out, "format",
                      g->form == BW_GAZETTEER_CSV ? "csv" : "geonames");
    bw_write_attr(w->out, "country", &g->country);
    bw_write_number(w->out, "far-km", &g->far_km);
}

static void add_qualities(const writing *w)
{
    static const char *const names[] = {[BW_DO_STOP] = "stop",
                                        [BW_DO_IGNORE] = "ignore",
                                        [BW_DO_OWNER] = "owner",
                                        [BW_DO_DROP] = "drop",
                                        [BW_DO_VALUE] = "value"};
    for (int i = 0; i < w->scenario->n_qualities; i++) {
        const bw_quality_spec *q = &w->scenario->qualities[i];
        bw_buf_text(w->out, "  <quality");
        bw_write_attr(w->out, "code", &q->code);
        bw_write_text(w->out, "do", names[q->action]);
        bw_write_attr(w->out, "value", &q->value);
        bw_buf_text(w->out, "/>\n");
    }
}

bw_status bw_write_sources(const bw_scenario *scenario, const bw_input *inputs,
                           int32_t n_inputs, const char *folder, bw_buf *out)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return BW_IO;
    writing w = {scenario, inputs, n_inputs, real, out, "  "};
    bw_status status =
        add_source(&w, "accounts", 0, &scenario->accounts, add_of_accounts);
    if (status == BW_OK)
        status = add_source(&w, "reps", 0, &scenario->reps, NULL);
    if (status == BW_OK)
        status = add_source(&w, "pairs", 0, &scenario->pairs, add_of_pairs);
    for (int i = 0; i < scenario->n_gazetteers && status == BW_OK; i++)
        status = add_source(&w, "gazetteer", i, &scenario->gazetteers[i].source,
                            add_of_gazetteer);
    add_qualities(&w);
    return status;
}

bw_status bw_write_added(const bw_scenario *scenario, const bw_input *inputs,
                         int32_t n_inputs, const char *folder, int n,
                         const bw_source_spec *spec, bw_buf *out)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return BW_IO;
    writing w = {scenario, inputs, n_inputs, real, out, "    "};
    return add_element(&w, "add-accounts", 0, spec,
                       find_input(&w, "accounts", n + 1), NULL);
}
