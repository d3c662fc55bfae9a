/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of scenarios, and of the folders that their plans go to. */
#include "compare.h"

#include "bw/alloc.h"
#include "bw/load.h"
#include "outputs.h"

#include <string.h>
#include <strings.h>

enum {
    NAME_BYTES = 100 /* of a folder: file systems allow 255, hidden ones of the
                      * same name are longer */
};

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || (c & 0x80) || strchr("-_.+", c);
}

/* In place: letters, digits, - _ . + and all beyond ASCII stay; a point is not
 * left at the beginning, where it would hide the folder. */
static void make_safe(char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < len; i++)
        if (!is_plain(name[i]))
            name[i] = '_';
    if (name[0] == '.')
        name[0] = '_';
    if (len <= NAME_BYTES)
        return;
    size_t end = NAME_BYTES; /* not inside a character */
    while (end > 0 && (name[end] & 0xC0) == 0x80)
        end--;
    name[end] = '\0';
}

/* "annual-2027" of "plans/annual-2027.xml". */
static const char *name_of_file(bw_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t len = strlen(base);
    if (len > 4 && strcmp(base + len - 4, ".xml") == 0)
        len -= 4;
    return bw_arena_text(arena, base, len);
}

static const char *joined(bw_arena *arena, const char *dir, const char *name)
{
    bw_buf path = {0};
    bw_buf_format(&path, "%s/%s", dir, name);
    const char *kept =
        path.failed ? NULL : bw_arena_text(arena, path.text, path.len);
    bw_buf_free(&path);
    return kept;
}

static bw_status name_folder(bw_compare *compare, bw_contender *c)
{
    char *safe = bw_arena_text(compare->arena, c->name, strlen(c->name));
    if (!safe)
        return BW_NOMEM;
    make_safe(safe);
    c->folder = joined(compare->arena, compare->dir, *safe ? safe : "_");
    return c->folder ? BW_OK : BW_NOMEM;
}

/* The files that stand beside the folders. */
static bw_status check_outputs(const bw_compare *compare, const bw_contender *c,
                               const bw_scenario *scenario, bw_diags *diags)
{
    const char *csv = joined(compare->arena, compare->dir, "compare.csv");
    const char *json = joined(compare->arena, compare->dir, "compare.json");
    const bw_output file[] = {{"output", csv}, {"output", json}};
    const bw_outputs outputs = {file, 2, NULL, false};
    if (!csv || !json)
        return BW_NOMEM;
    return bw_outputs_check(&outputs, c->path, scenario, diags);
}

/* The same on file systems that do not tell capitals apart, and a folder
 * cannot have the name of a file. */
static bw_status check_folder(const bw_compare *compare, int i, bw_place place,
                              bw_diags *diags)
{
    const bw_contender *c = &compare->contender[i];
    const char *name = strrchr(c->folder, '/') + 1;
    if (strcasecmp(name, "compare.csv") == 0 ||
        strcasecmp(name, "compare.json") == 0) {
        bw_diag_add(diags, BW_ERROR, BW_SCENARIO_DUPLICATE, place,
                    "the scenario's name \"%s\" is that of a file that is "
                    "written; give it another name",
                    c->name);
        return BW_INVALID;
    }
    for (int j = 0; j < i; j++) {
        const bw_contender *other = &compare->contender[j];
        if (strcasecmp(c->folder, other->folder) != 0)
            continue;
        bw_diag_add(diags, BW_ERROR, BW_SCENARIO_DUPLICATE, place,
                    "the scenario's name \"%s\" is taken by %s, and the folder "
                    "of its plan with it; give one of them another name",
                    c->name, other->path);
        return BW_INVALID;
    }
    return BW_OK;
}

static bw_status name_one(bw_compare *compare, int i, bw_diags *diags)
{
    bw_contender *c = &compare->contender[i];
    bw_scenario *scenario = NULL;
    bw_place place = {c->path, 0, 0};
    bw_diags *faults = bw_diags_new(); /* told when its turn comes */
    bw_status status =
        faults ? bw_scenario_load(c->path, faults, &scenario) : BW_NOMEM;
    bw_diags_free(faults);
    if (status == BW_NOMEM)
        return status;
    if (scenario && scenario->name.text) {
        c->name = bw_arena_text(compare->arena, scenario->name.text,
                                strlen(scenario->name.text));
        place = scenario->name.place;
    } else {
        c->name = name_of_file(compare->arena, c->path);
    }
    status = c->name ? name_folder(compare, c) : BW_NOMEM;
    if (status == BW_OK)
        status = check_folder(compare, i, place, diags);
    if (status != BW_NOMEM) {
        bw_status outputs = check_outputs(compare, c, scenario, diags);
        status = outputs > status ? outputs : status;
    }
    bw_scenario_free(scenario);
    return status;
}

bw_status bw_compare_names(bw_compare *compare, bw_diags *diags)
{
    bw_status worst = BW_OK;
    for (int i = 0; i < compare->n && worst != BW_NOMEM; i++) {
        bw_status status = name_one(compare, i, diags);
        worst = status > worst ? status : worst;
    }
    return worst;
}
