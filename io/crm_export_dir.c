/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The folder of an export: which files in it are ours, and which names they may
 * have. */
#include "crm_export_parts.h"
#include "file_path.h"
#include "json.h"
#include "read_file.h"

#include <string.h>
#include <sys/stat.h>

static const char manifest[] = "manifest.json";

/* A name in a manifest that leads to a file of the folder, and nowhere else. */
static bool is_inside(const char *name)
{
    size_t folder = strlen(BW_CRM_ROLLBACK "/");
    if (strncmp(name, BW_CRM_ROLLBACK "/", folder) == 0)
        name += folder;
    return *name && *name != '.' && !strchr(name, '/');
}

/* The files that the manifest lists, and itself. */
static bw_status list_files(const bw_json *files, bw_arena *arena,
                            const char *const **names)
{
    size_t n = bw_json_size(files), used = 0;
    const char **list = bw_arena_alloc(arena, n + 2, sizeof *list);
    if (!list)
        return BW_NOMEM;
    list[used++] = manifest;
    for (size_t i = 0; i < n; i++) {
        const char *name =
            bw_json_get_text(bw_json_member(bw_json_item(files, i), "file"));
        if (!name || !is_inside(name))
            continue;
        list[used] = bw_arena_text(arena, name, strlen(name));
        if (!list[used++])
            return BW_NOMEM;
    }
    *names = list;
    return BW_OK;
}

static bw_status listed(const char *dir, bw_arena *arena,
                        const char *const **names)
{
    bw_bytes bytes = {NULL, 0, 0};
    bw_json *json = NULL;
    *names = NULL;
    const char *path = bw_file_inside(arena, dir, manifest);
    bw_status status =
        path ? bw_file_read(path, path, NULL, NULL, &bytes) : BW_NOMEM;
    if (status == BW_OK)
        status =
            bw_json_read(bytes.data, bytes.len, path, BW_OUTPUT, NULL, &json);
    const bw_json *files = bw_json_member(json, "files");
    if (status == BW_OK && files &&
        bw_json_get_text(bw_json_member(json, "profile")))
        status = list_files(files, arena, names);
    bw_json_free(json);
    bw_bytes_free(&bytes);
    return status == BW_NOMEM ? BW_NOMEM : BW_OK;
}

const bw_out_kind bw_crm_out = {"export", manifest, BW_CRM_ROLLBACK, NULL,
                                listed};

/* Is `name` what a part of `file` is called: a_2.csv of a.csv? */
static bool is_part(const char *name, const char *file)
{
    const char *dot = strrchr(file, '.');
    size_t stem = dot ? (size_t)(dot - file) : strlen(file);
    if (strncmp(name, file, stem) != 0 || name[stem] != '_')
        return false;
    size_t digits = strspn(name + stem + 1, "0123456789");
    return digits > 0 && strcmp(name + stem + 1 + digits, dot ? dot : "") == 0;
}

static const char *rival(const bw_crm_profile *profile, int file)
{
    static const char *const ours[] = {
        manifest,   "held.csv",    "owners.csv",    "users.csv",
        "LOAD.txt", "profile.xml", BW_CRM_ROLLBACK, NULL};
    const char *name = profile->file[file].name;
    for (const char *const *o = ours; *o; o++)
        if (strcmp(name, *o) == 0)
            return *o;
    for (int i = 0; i < profile->n_files; i++)
        if (i != file && (strcmp(name, profile->file[i].name) == 0 ||
                          is_part(name, profile->file[i].name)))
            return profile->file[i].name;
    return NULL;
}

bw_status bw_crm_export_names(const bw_crm_profile *profile, bw_diags *diags)
{
    bw_status status = BW_OK;
    for (int i = 0; i < profile->n_files; i++) {
        const bw_crm_file *file = &profile->file[i];
        const char *other = rival(profile, i);
        if (!other)
            continue;
        status = BW_INVALID;
        bw_diag_add(diags, BW_ERROR, BW_CRM_PROFILE, file->place,
                    "the file \"%.80s\" may have the name of another in the "
                    "folder, or of a part of it (%s); give it another name",
                    file->name, other);
    }
    return status;
}

static bool same_file(const char *path, const struct stat *there)
{
    struct stat what;
    return path && stat(path, &what) == 0 && S_ISREG(what.st_mode) &&
           what.st_dev == there->st_dev && what.st_ino == there->st_ino;
}

/* The file that was read and is this one; NULL: none is. */
static const char *read_from(const bw_crm_change *c,
                             const bw_crm_companion_order *order,
                             const struct stat *there)
{
    for (int i = 0; i < c->problem->n_inputs; i++)
        if (same_file(c->problem->inputs[i].path, there))
            return c->problem->inputs[i].path;
    for (int i = 0; i < c->scenario->n_files; i++)
        if (same_file(c->scenario->files[i], there))
            return c->scenario->files[i];
    if (same_file(c->profile->place.file, there))
        return c->profile->place.file;
    if (!order)
        return NULL;
    if (same_file(order->contacts, there))
        return order->contacts;
    if (same_file(order->opportunities, there))
        return order->opportunities;
    for (int i = 0; i < order->n_inputs; i++)
        if (same_file(order->inputs[i], there))
            return order->inputs[i];
    return NULL;
}

bw_status bw_crm_export_spares(const bw_crm_change *change,
                               const bw_crm_companion_order *order,
                               const char *dir, bw_diags *diags)
{
    bw_arena *arena = bw_arena_new();
    const char *const *names = NULL;
    bw_status status = arena ? listed(dir, arena, &names) : BW_NOMEM;
    for (; status != BW_NOMEM && names && *names; names++) {
        struct stat there;
        const char *path = bw_file_inside(arena, dir, *names);
        if (!path)
            status = BW_NOMEM;
        if (!path || stat(path, &there) != 0)
            continue;
        const char *input = read_from(change, order, &there);
        if (!input)
            continue;
        status = BW_IO;
        bw_diag_add(diags, BW_ERROR, BW_OUTPUT, (bw_place){dir, 0, 0},
                    "would write over \"%s\", which was read; name another "
                    "folder with -o",
                    input);
    }
    bw_arena_free(arena);
    return status;
}
