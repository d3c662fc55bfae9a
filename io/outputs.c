/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether two paths lead to the same file is asked of the file system. */
#include "outputs.h"

#include "bw/alloc.h"
#include "file_path.h"
#include "load_table.h"
#include "out_dir.h"

#include <string.h>
#include <sys/stat.h>

/* A file that is read; what: as a message calls it. */
typedef struct input {
    const char *what, *path;
} input;

typedef struct checking {
    const bw_outputs *outputs;
    bw_arena *arena;
    bw_diags *diags;
    input *input; /* [n_inputs]; the first is the scenario */
    int n_inputs;
    bool starved, clash;
} checking;

static const char *joined(checking *c, const char *dir, const char *name)
{
    const char *path = bw_file_inside(c->arena, dir, name);
    c->starved |= !path;
    return path;
}

static bool same_inode(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder that holds, or would hold, the file. */
static bool stat_folder(checking *c, const char *path, struct stat *about)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return stat(".", about) == 0;
    size_t len = (size_t)(slash - path) + 1; /* with it: "/" is a folder */
    const char *folder = bw_arena_text(c->arena, path, len);
    c->starved |= !folder;
    return folder && stat(folder, about) == 0;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* Where neither is there yet: the same name in the same folder. */
static bool same_file(checking *c, const char *a, const char *b)
{
    struct stat of_a, of_b;
    if (!a || !b)
        return false;
    bool there = stat(a, &of_a) == 0;
    if (there != (stat(b, &of_b) == 0))
        return false;
    if (there)
        return S_ISREG(of_a.st_mode) && same_inode(&of_a, &of_b);
    return strcmp(base_of(a), base_of(b)) == 0 && stat_folder(c, a, &of_a) &&
           stat_folder(c, b, &of_b) && same_inode(&of_a, &of_b);
}

static void refuse(checking *c, const bw_output *output, const char *what,
                   const char *other)
{
    c->clash = true;
    bw_diag_add(c->diags, BW_ERROR, BW_OUTPUT, (bw_place){output->path, 0, 0},
                "--%s would write over %s \"%s\"; give it another file",
                output->option, what, other);
}

static void check_inputs(checking *c, const bw_output *output)
{
    for (int i = 0; i < c->n_inputs; i++)
        if (same_file(c, output->path, c->input[i].path))
            refuse(c, output, c->input[i].what, c->input[i].path);
}

/* A plan's own files: one that is written meanwhile would be lost in the end,
 * and an earlier plan at once. */
static void check_dir(checking *c, const bw_output *output)
{
    const char *const *name = bw_out_dir_names();
    for (; c->outputs->dir && *name; name++) {
        const char *path = joined(c, c->outputs->dir, *name);
        if (same_file(c, output->path, path))
            refuse(c, output, "a file of the plan,", path);
    }
}

static void check_file(checking *c, int i)
{
    const bw_output *output = &c->outputs->file[i];
    if (!output->path)
        return;
    check_inputs(c, output);
    check_dir(c, output);
    for (int j = 0; j < i; j++)
        if (same_file(c, output->path, c->outputs->file[j].path))
            refuse(c, output, "the output of another option,",
                   c->outputs->file[j].path);
}

/* The folder as a whole takes the place of the earlier one. */
static void check_folder(checking *c)
{
    const char *const *name = bw_out_dir_names();
    if (c->outputs->dir_stays)
        return;
    for (; c->outputs->dir && *name; name++) {
        const char *path = joined(c, c->outputs->dir, *name);
        for (int i = 1; i < c->n_inputs; i++) {
            if (!same_file(c, path, c->input[i].path))
                continue;
            const bw_output folder = {"output", c->outputs->dir};
            refuse(c, &folder, "an input,", c->input[i].path);
        }
    }
}

static void add_table(checking *c, const char *what, const bw_attr *file)
{
    if (!file->text)
        return;
    const char *path = bw_table_path(c->arena, file);
    c->starved |= !path;
    c->input[c->n_inputs++] = (input){what, path};
}

/* The plan in force. */
static void add_state(checking *c, const bw_attr *from)
{
    const char *folder = bw_table_path(c->arena, from);
    const char *path = folder ? joined(c, folder, "assignments.csv") : NULL;
    c->starved |= !path;
    c->input[c->n_inputs++] =
        (input){"the plan in force, which is read from", path};
}

/* scenario NULL: its path is all that is known. */
static void find_inputs(checking *c, const char *path, const bw_scenario *s)
{
    int most = 6 + (s ? s->n_files + s->n_gazetteers + s->n_changes : 0);
    c->input = bw_arena_alloc(c->arena, (size_t)most, sizeof *c->input);
    c->starved = !c->input;
    if (c->starved)
        return;
    c->input[c->n_inputs++] = (input){"the scenario", path};
    if (!s)
        return;
    for (int i = 1; i < s->n_files; i++)
        c->input[c->n_inputs++] =
            (input){"a scenario that is extended,", s->files[i]};
    add_table(c, "the accounts, which are read from", &s->accounts.file);
    add_table(c, "the reps, which are read from", &s->reps.file);
    add_table(c, "the pairs, which are read from", &s->pairs.file);
    for (int i = 0; i < s->n_gazetteers; i++)
        add_table(c, "the gazetteer, which is read from",
                  &s->gazetteers[i].source.file);
    for (int i = 0; i < s->n_changes; i++)
        add_table(c, "more accounts, which are read from",
                  &s->changes[i].source.file);
    add_table(c, "the candidates, which are read from",
              &s->positions.source.file);
    if (s->repair.from.text)
        add_state(c, &s->repair.from);
}

bw_status bw_outputs_check(const bw_outputs *outputs, const char *scenario_path,
                           const bw_scenario *scenario, bw_diags *diags)
{
    checking c = {.outputs = outputs, .arena = bw_arena_new(), .diags = diags};
    if (!c.arena)
        return BW_NOMEM;
    find_inputs(&c, scenario_path, scenario);
    for (int i = 0; i < outputs->n; i++)
        check_file(&c, i);
    check_folder(&c);
    bw_arena_free(c.arena);
    return c.starved ? BW_NOMEM : c.clash ? BW_IO : BW_OK;
}

bw_status bw_outputs_check_files(const bw_outputs *outputs,
                                 const char *const *inputs, int n_inputs,
                                 bw_diags *diags)
{
    checking c = {.outputs = outputs, .arena = bw_arena_new(), .diags = diags};
    if (!c.arena)
        return BW_NOMEM;
    c.input = bw_arena_alloc(c.arena, (size_t)n_inputs, sizeof *c.input);
    c.starved = !c.input;
    for (int i = 0; i < n_inputs && c.input; i++)
        if (inputs[i])
            c.input[c.n_inputs++] = (input){"an input,", inputs[i]};
    for (int i = 0; i < outputs->n; i++)
        check_file(&c, i);
    bw_arena_free(c.arena);
    return c.starved ? BW_NOMEM : c.clash ? BW_IO : BW_OK;
}
