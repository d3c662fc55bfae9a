/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "scenario_flat.h"

#include "file_path.h"
#include "scenario_attr.h"
#include "scenario_keys.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

typedef struct writing {
    const char *folder; /* absolute */
    bw_buf *out;
    bw_status status;
} writing;

/* A name of a file inside a comment, which may hold neither -- nor what is no
 * character of XML. */
static void add_in_comment(bw_buf *out, const char *text)
{
    for (const char *c = text; *c; c++) {
        if (*c == '-' && c > text && c[-1] == '-')
            bw_buf_text(out, "%2D");
        else if ((unsigned char)*c < 0x20)
            bw_buf_text(out, "?");
        else
            bw_buf_add(out, c, 1);
    }
}

static void add_place(bw_buf *out, bw_place place)
{
    add_in_comment(out, place.file);
    bw_buf_format(out, ":%u", (unsigned)place.line);
}

static void add_origin(bw_buf *out, const bw_element *e)
{
    bw_buf_text(out, " <!-- ");
    add_place(out, e->place);
    for (const bw_xml_attr *a = e->attrs; a; a = a->next) {
        if (strcmp(a->place.file, e->place.file) == 0 || strchr(a->name, ':'))
            continue;
        bw_buf_format(out, "; %s: ", a->name);
        add_place(out, a->place);
    }
    bw_buf_text(out, " -->\n");
}

/* The folder of the file that wrote it, as seen from where this is written, and
 * then the name as it is. */
static void add_path(writing *w, const bw_xml_attr *a, const char *file)
{
    char real[PATH_MAX];
    bw_buf beside = {.text = NULL}, name = {.text = NULL};
    bw_file_add_beside(&beside, a->place.file, ".");
    if (file[0] != '/' && !beside.failed) {
        if (realpath(beside.text, real))
            bw_file_add_relative(&name, w->folder, real);
        else
            w->status = BW_IO;
        if (name.len && name.text[name.len - 1] != '/')
            bw_buf_text(&name, "/");
    }
    bw_buf_text(&name, file);
    w->out->failed |= beside.failed || name.failed;
    if (!name.failed)
        bw_write_text(w->out, a->name, name.text);
    bw_buf_free(&beside);
    bw_buf_free(&name);
}

static void add_attrs(writing *w, const bw_element *e)
{
    const bw_element_key *k = bw_element_key_of(e->local);
    for (const bw_xml_attr *a = e->attrs; a; a = a->next) {
        const char *text = a->value;
        if (strchr(a->name, ':')) /* where the schema is, as seen from there */
            continue;
        text += strspn(text, " \t\r\n");
        if (k && k->path && strcmp(k->path, a->name) == 0 &&
            strcmp(text, k->no_path ? k->no_path : "") != 0)
            add_path(w, a, text);
        else
            bw_write_text(w->out, a->name, a->value);
    }
}

static void add_element(writing *w, const bw_element *e, int depth)
{
    bw_buf_format(w->out, "%*s<%s", 2 * depth, "", e->local);
    if (depth == 0)
        bw_buf_text(w->out, " xmlns=\"urn:bailiwick:scenario:1\"");
    add_attrs(w, e);
    bw_buf_text(w->out, e->child ? ">" : "/>");
    add_origin(w->out, e);
    for (const bw_element *c = e->child; c; c = c->next)
        add_element(w, c, depth + 1);
    if (e->child)
        bw_buf_format(w->out, "%*s</%s>\n", 2 * depth, "", e->local);
}

bw_status bw_scenario_flat_write(const bw_scenario_chain *chain,
                                 const char *folder, bw_buf *out)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return BW_IO;
    writing w = {real, out, BW_OK};
    bw_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- ");
    for (int i = 0; i < bw_scenario_chain_files(chain); i++) {
        bw_buf_text(out, i > 0 ? ", which extends " : "The whole of ");
        add_in_comment(out, bw_scenario_chain_file(chain, i));
    }
    bw_buf_text(out, " -->\n");
    add_element(&w, bw_scenario_chain_root(chain), 0);
    return w.status == BW_OK && out->failed ? BW_NOMEM : w.status;
}
