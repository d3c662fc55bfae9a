/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bailiwick export: profile -> change -> checks -> folder -> table. */
#define _DEFAULT_SOURCE /* realpath */
#include "commands.h"

#include "bw/alloc.h"
#include "crm_export.h"
#include "crm_preview.h"
#include "crm_territories_show.h"
#include "exit_code.h"
#include "export_options.h"
#include "show_diag.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct job {
    bw_export_options options;
    bw_diags *diags;
    bw_crm_profile *profile;
    bw_crm_change *change;
    bw_crm_preview *preview;
    bw_crm_territories *territories; /* NULL: owners are written */
    bw_crm_exported *exported;
} job;

static bw_status print_list(bw_diags *diags)
{
    const char *const *name = bw_crm_builtin_names();
    bw_status status = BW_OK;
    for (; *name && status == BW_OK; name++) {
        bw_crm_profile *profile = NULL;
        status = bw_crm_profile_named(*name, diags, &profile);
        if (status == BW_OK)
            printf("%-24s %s\n", *name, profile->title);
        bw_crm_profile_free(profile);
    }
    return status;
}

/* Reading tells where there is none of that name. */
static bw_status print_profile(const char *name, bw_diags *diags)
{
    bw_crm_profile *profile = NULL;
    bw_status status = bw_crm_profile_named(name, diags, &profile);
    if (status == BW_OK)
        fwrite(profile->xml, 1, profile->xml_len, stdout);
    bw_crm_profile_free(profile);
    return status;
}

static bw_status read_profile(job *j)
{
    const bw_export_options *o = &j->options;
    return o->profile ? bw_crm_profile_read(o->profile, j->diags, &j->profile)
                      : bw_crm_profile_named(o->crm, j->diags, &j->profile);
}

/* The plan's folder would be gone. */
static bw_status check_folder(const job *j)
{
    const char *out = j->options.output, *dir = j->options.order.dir;
    if (!out)
        return BW_OK;
    char *real_out = realpath(out, NULL), *real_dir = realpath(dir, NULL);
    size_t len = real_out ? strlen(real_out) : 0;
    bool clash = real_out && real_dir &&
                 strncmp(real_out, real_dir, len) == 0 &&
                 (real_dir[len] == '\0' || real_dir[len] == '/');
    bool same = clash && real_dir[len] == '\0';
    free(real_out);
    free(real_dir);
    if (clash)
        bw_diag_add(j->diags, BW_ERROR, BW_OUTPUT, (bw_place){out, 0, 0},
                    "%s; name another folder with -o",
                    same ? "is the plan's own folder" : "holds the plan");
    return clash ? BW_IO : bw_crm_export_check(out, j->diags);
}

/* What was read and is no companion: nothing of that is written over. */
static bw_status list_inputs(const job *j, const char ***result, int *n)
{
    const bw_export_options *o = &j->options;
    const bw_problem *problem = j->change->problem;
    const bw_scenario *scenario = j->change->scenario;
    size_t most = (size_t)problem->n_inputs + (size_t)scenario->n_files + 6;
    const char **list = bw_alloc(most, sizeof *list);
    *result = list;
    *n = 0;
    if (!list)
        return BW_NOMEM;
    const char *const given[] = {o->profile,
                                 o->order.users,
                                 o->order.accounts,
                                 o->territories.territories,
                                 o->territories.associations,
                                 o->territories.members};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i])
            list[(*n)++] = given[i];
    for (int32_t i = 0; i < problem->n_inputs; i++)
        list[(*n)++] = problem->inputs[i].path;
    for (int i = 0; i < scenario->n_files; i++)
        list[(*n)++] = scenario->files[i];
    return BW_OK;
}

static bw_status write_folder(job *j)
{
    const char **list = NULL;
    bw_crm_companion_order companions = j->options.companions;
    bw_status status = list_inputs(j, &list, &companions.n_inputs);
    companions.inputs = list;
    companions.territories = j->territories;
    const char *dir = j->options.dry ? NULL : j->options.output;
    if (status == BW_OK)
        status = bw_crm_export_write(j->change, &companions, dir, j->diags,
                                     &j->exported);
    bw_free(list);
    return status;
}

static void write_text(const job *j, bw_buf *buf)
{
    bool utf8 = bw_is_utf8_terminal(STDOUT_FILENO);
    if (j->territories) {
        bw_crm_show_territories(j->territories, buf);
        bw_buf_text(buf, "\n");
    } else
        bw_crm_show_reps(j->preview, utf8, buf);
    if (j->options.dry && !j->territories)
        bw_crm_show_segments(j->preview, utf8, buf);
    bw_crm_show_files(j->exported, j->options.dry, buf);
    if (j->options.dry)
        bw_buf_text(buf, "Nothing was written.\n");
    else
        bw_buf_format(buf,
                      "\nRead %s/LOAD.txt: it says how to load them, in "
                      "order.\n",
                      j->options.output);
}

static void write_territories(const job *j, bw_buf *buf)
{
    bw_json_out json = {.buf = buf};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "profile", j->profile->name);
    bw_json_bool(&json, "dry_run", j->options.dry);
    bw_crm_json_territories(j->territories, &json);
    bw_json_end(&json);
}

static bw_status print(const job *j)
{
    bw_buf buf = {0};
    if (j->options.json && j->territories)
        write_territories(j, &buf);
    else if (j->options.json)
        bw_crm_preview_json(j->preview, j->exported,
                            j->options.dry ? NULL : j->options.output, &buf);
    else
        write_text(j, &buf);
    bw_status status = buf.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK)
        fwrite(buf.text, 1, buf.len, stdout);
    bw_buf_free(&buf);
    return status;
}

static bw_status export_plan(job *j)
{
    bw_status status = check_folder(j);
    if (status == BW_OK)
        status = bw_crm_change_read(&j->options.order, j->profile, j->diags,
                                    &j->change);
    if (status == BW_OK && j->profile->territories)
        status = bw_crm_territories_read(&j->options.territories, j->change,
                                         j->diags, &j->territories);
    else if (status == BW_OK)
        status = bw_crm_preview_new(j->change, &j->preview);
    return status == BW_OK ? write_folder(j) : status;
}

/* A plan that does not fit its inputs is as bad an input as any. */
static int finish(const job *j, bw_status status)
{
    bool told = bw_diags_count(j->diags, BW_ERROR) > 0;
    bool all = j->options.all_errors;
    if (status != BW_OK || !j->options.order.quiet)
        bw_show_diags(stderr, j->diags, all,
                      told ? "nothing was written" : NULL);
    if (status == BW_OK)
        status = print(j);
    if (status != BW_OK && !told)
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(status));
    int code = bw_exit_code(status, j->diags);
    return code == BW_EXIT_CHECK && status == BW_INVALID ? BW_EXIT_INPUT : code;
}

static int run(job *j)
{
    const bw_export_options *o = &j->options;
    bw_status status;
    if (o->list || o->show) {
        status =
            o->list ? print_list(j->diags) : print_profile(o->show, j->diags);
        bw_show_diags(stderr, j->diags, o->all_errors, NULL);
        return bw_exit_code(status, j->diags);
    }
    status = read_profile(j);
    if (status == BW_OK && !bw_export_may(o, j->profile))
        return BW_EXIT_USAGE;
    if (status == BW_OK)
        status = export_plan(j);
    return finish(j, status);
}

int bw_cmd_export(int argc, char **argv)
{
    job j = {0};
    bw_parsed parsed = bw_export_options_read(argc, argv, &j.options);
    if (parsed != BW_PARSED_RUN)
        return parsed == BW_PARSED_HELPED ? BW_EXIT_OK : BW_EXIT_USAGE;
    int code = BW_EXIT_FILE;
    j.diags = bw_diags_new();
    if (j.diags)
        code = run(&j);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_crm_exported_free(j.exported);
    bw_crm_preview_free(j.preview);
    bw_crm_territories_free(j.territories);
    bw_crm_change_free(j.change);
    bw_crm_profile_free(j.profile);
    bw_diags_free(j.diags);
    return code;
}
