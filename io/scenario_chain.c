/* SPDX-License-Identifier: GPL-3.0-or-later */
/* extends="...": file after file until one extends nothing. Whether two names
 * lead to the same file is asked of the file system. */
#include "scenario_chain.h"

#include "file_path.h"
#include "scenario_keys.h"
#include "scenario_merge.h"
#include "scenario_xsd.h"
#include "source.h"
#include "xml_read.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct member {
    struct stat about; /* st_ino and st_dev tell which file it is */
    bw_source *source;
    bw_xml *xml;
} member;

struct bw_scenario_chain {
    bw_arena *arena;
    member *file; /* [n] */
    int n;
    bw_element *flat;
};

void bw_scenario_chain_free(bw_scenario_chain *chain)
{
    if (!chain)
        return;
    for (int i = 0; i < chain->n; i++) {
        bw_xml_free(chain->file[i].xml);
        bw_source_free(chain->file[i].source);
    }
    bw_arena_free(chain->arena);
    bw_free(chain->file);
    bw_free(chain);
}

int bw_scenario_chain_files(const bw_scenario_chain *chain)
{
    return chain->n;
}

const char *bw_scenario_chain_file(const bw_scenario_chain *chain, int number)
{
    return bw_source_name(chain->file[number].source);
}

const bw_element *bw_scenario_chain_tree(const bw_scenario_chain *chain,
                                         int number)
{
    return bw_xml_root(chain->file[number].xml);
}

const bw_element *bw_scenario_chain_root(const bw_scenario_chain *chain)
{
    return chain->flat;
}

/* ----------------------------------------------------------------- reading */

static bw_status add_link(bw_scenario_chain *chain)
{
    size_t more = (size_t)chain->n + 1;
    member *file = bw_realloc(chain->file, more, sizeof *file);
    if (!file)
        return BW_NOMEM;
    chain->file = file;
    chain->file[chain->n++] = (member){.source = NULL};
    return BW_OK;
}

/* "a.xml, b.xml, a.xml": from the file that comes again to the one that names
 * it. */
static void tell_circle(const bw_scenario_chain *chain, int first,
                        bw_place place, bw_diags *diags)
{
    bw_buf names = {.text = NULL};
    for (int i = first; i < chain->n - 1; i++)
        bw_buf_format(&names, "%s, ", bw_scenario_chain_file(chain, i));
    bw_buf_text(&names, bw_scenario_chain_file(chain, first));
    bw_diag_add(diags, BW_ERROR, BW_EXTENDS_CIRCULAR, place,
                "these scenarios extend each other in a circle: %s; one of "
                "them must extend another file, or none",
                names.text ? names.text : "");
    bw_buf_free(&names);
}

/* Before the file is opened. place: of the name; without a file for the first
 * of all, which is not named in any. */
static bw_status check_file(const bw_scenario_chain *chain, const char *path,
                            bw_place place, bw_diags *diags)
{
    struct stat *mine = &chain->file[chain->n - 1].about;
    if (!place.file) {
        if (stat(path, mine) != 0)
            *mine = (struct stat){0};
        return BW_OK;
    }
    int error = 0;
    if (stat(path, mine) != 0 || access(path, R_OK) != 0)
        error = errno;
    else if (S_ISDIR(mine->st_mode))
        error = EISDIR;
    if (error) {
        bool missing = error == ENOENT || error == ENOTDIR;
        bw_diag_add(diags, BW_ERROR,
                    missing ? BW_FILE_MISSING : BW_FILE_UNREADABLE, place,
                    "the scenario that this one extends is looked for at %s, "
                    "and %s%s; correct the name, or put the file there",
                    path, missing ? "there is none" : "cannot be read: ",
                    missing ? "" : strerror(error));
        return BW_IO;
    }
    for (int i = 0; i < chain->n - 1; i++) {
        const struct stat *other = &chain->file[i].about;
        if (other->st_ino != mine->st_ino || other->st_dev != mine->st_dev)
            continue;
        tell_circle(chain, i, place, diags);
        return BW_INVALID;
    }
    return BW_OK;
}

static bw_status read_file(bw_scenario_chain *chain, const char *path,
                           bw_place place, bw_diags *diags)
{
    bw_status status = add_link(chain);
    if (status == BW_OK)
        status = check_file(chain, path, place, diags);
    if (status != BW_OK)
        return status;
    member *file = &chain->file[chain->n - 1];
    status = bw_source_open(path, path, diags, &file->source);
    if (status != BW_OK)
        return status;
    return bw_xml_read(file->source, (const char *)bw_scenario_xsd,
                       bw_scenario_xsd_len, diags, &file->xml);
}

/* The path without detours, where it leads to the same file. */
static const char *base_path(bw_scenario_chain *chain, const char *writer,
                             const char *base, size_t len)
{
    struct stat a, b;
    const char *name = bw_arena_text(chain->arena, base, len);
    const char *path = name ? bw_file_beside(chain->arena, writer, name) : NULL;
    char *folded =
        path ? bw_arena_text(chain->arena, path, strlen(path)) : NULL;
    if (!folded)
        return NULL;
    bw_file_fold(folded);
    bool same = stat(path, &a) == 0 && stat(folded, &b) == 0 &&
                a.st_ino == b.st_ino && a.st_dev == b.st_dev;
    return same ? folded : path;
}

static bw_status read_files(bw_scenario_chain *chain, const char *path,
                            bw_diags *diags)
{
    bw_place place = {.file = NULL};
    for (const char *next = path; next;) {
        bw_status status = read_file(chain, next, place, diags);
        if (status != BW_OK)
            return status;
        size_t len;
        const bw_element *root = bw_scenario_chain_tree(chain, chain->n - 1);
        const char *base = bw_attr_trimmed(root, "extends", &len);
        bw_element_attr(root, "extends", &place);
        if (!base)
            return BW_OK;
        next = base_path(chain, next, base, len);
    }
    return BW_NOMEM;
}

/* Errors of the merge, whatever was in diags before. */
static bw_status merge(bw_scenario_chain *chain, bw_diags *diags)
{
    size_t before = bw_diags_count(diags, BW_ERROR);
    bw_merge m = {chain->arena, diags, NULL, chain->n > 1};
    int i = chain->n - 1;
    bw_status status =
        bw_merge_first(&m, bw_scenario_chain_tree(chain, i), &chain->flat);
    while (status == BW_OK && i > 0) {
        m.base = bw_scenario_chain_file(chain, i--);
        status =
            bw_merge_over(&m, chain->flat, bw_scenario_chain_tree(chain, i));
    }
    if (status == BW_OK)
        status = bw_merge_finish(&m, chain->flat);
    if (status == BW_OK && bw_diags_count(diags, BW_ERROR) > before)
        status = BW_INVALID;
    return status;
}

bw_status bw_scenario_chain_read(const char *path, bw_diags *diags,
                                 bw_scenario_chain **chain)
{
    *chain = NULL;
    bw_scenario_chain *made = bw_alloc(1, sizeof *made);
    bw_status status =
        made && (made->arena = bw_arena_new()) ? BW_OK : BW_NOMEM;
    if (status == BW_OK)
        status = read_files(made, path, diags);
    if (status == BW_OK)
        status = merge(made, diags);
    if (status == BW_OK)
        *chain = made;
    else
        bw_scenario_chain_free(made);
    return status;
}
