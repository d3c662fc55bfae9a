/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of summary.json, what tells how the plan was made: settings, inputs,
 * warnings. */
#include "verify_parts.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

typedef bw_verify_path path;

static const char scenario_file[] = "scenario.resolved.xml";

/* A text, where there should be this one; NULL: null. `whence`: who says so. */
static void compare_text(bw_verification *v, path p, const char *whence,
                         const char *expected)
{
    const bw_json *json = bw_verify_at(v, p);
    const char *claimed = bw_json_get_text(json);
    v->figures++;
    if (claimed && expected ? strcmp(claimed, expected) == 0
                            : json && !claimed && !expected)
        return;
    if (expected)
        bw_verify_tell(v, p, "but %s makes it \"%.200s\"", whence, expected);
    else
        bw_verify_tell(v, p, "but %s gives none", whence);
}

static void compare_number(bw_verification *v, path p, double expected)
{
    double claimed = NAN;
    v->figures++;
    if (bw_json_get_double(bw_verify_at(v, p), &claimed) &&
        fabs(claimed - expected) <= 4e-16 * fabs(expected))
        return;
    bw_buf text = {0};
    bw_buf_double(&text, expected);
    bw_verify_tell(v, p, "but %s makes it %s", scenario_file,
                   text.text ? text.text : "?");
    bw_buf_free(&text);
}

static void compare_count(bw_verification *v, path p, const char *whence,
                          int64_t expected)
{
    int64_t claimed = 0;
    v->figures++;
    if (!bw_json_get_int(bw_verify_at(v, p), &claimed) || claimed != expected)
        bw_verify_tell(v, p, "but %s makes it %" PRId64, whence, expected);
}

/* gap, with the gap itself, is judged where the status is. */
static void compare_stop(bw_verification *v)
{
    static const char *const stops[] = {"gap", "time", "effort", "interrupt"};
    path p = {.key = "stopped_by"};
    const char *claimed = bw_json_get_text(bw_verify_at(v, p));
    v->figures++;
    for (int i = 0; claimed && i < 4; i++)
        if (strcmp(claimed, stops[i]) == 0)
            return;
    bw_verify_tell(v, p, "but it must be gap, time, effort or interrupt");
}

static void compare_settings(bw_verification *v)
{
    static const char *const efforts[] = {"quick", "normal", "long",
                                          "unlimited"};
    static const double default_gap = 0.001;
    const bw_scenario *scenario = v->problem->scenario;
    const bw_solve_spec *solve = &scenario->solve;
    path version = {.key = "version"};
    compare_text(v, (path){.key = "scenario"}, scenario_file,
                 scenario->name.text);
    compare_text(v, (path){.key = "currency"}, scenario_file,
                 scenario->currency.text);
    compare_text(v, (path){.key = "date"}, scenario_file, scenario->date.text);
    compare_text(v, (path){.key = "effort"}, scenario_file,
                 efforts[solve->effort]);
    compare_number(v, (path){.key = "gap_wanted"},
                   isnan(solve->gap.value) ? default_gap : solve->gap.value);
    compare_count(v, (path){.key = "seed"}, scenario_file,
                  (int64_t)solve->seed);
    compare_stop(v);
    v->figures++;
    const char *text = bw_json_get_text(bw_verify_at(v, version));
    if (!text || !*text)
        bw_verify_tell(v, version, "but it must be a text");
}

static void compare_input(bw_verification *v, int32_t i)
{
    const bw_input *input = &v->problem->inputs[i];
    path p = {.key = "inputs", .member = "role", .item = i + 1};
    compare_text(v, p, scenario_file, input->role);
    p.member = "sha256";
    compare_text(v, p, input->path, input->sha256);
    p.member = "rows";
    compare_count(v, p, input->path, input->rows);
    p.member = "rejected";
    compare_count(v, p, input->path, input->rejected);
    /* The folder is another one seen from here. */
    p.member = "file";
    const char *file = bw_json_get_text(bw_verify_at(v, p));
    v->figures++;
    if (!file || strcmp(bw_verify_base(file), bw_verify_base(input->file)) != 0)
        bw_verify_tell(v, p, "but %s names \"%.200s\"", scenario_file,
                       bw_verify_base(input->file));
}

static void compare_inputs(bw_verification *v)
{
    path p = {.key = "inputs"};
    int n = (int)v->problem->n_inputs;
    if (bw_json_size(bw_verify_at(v, p)) != (size_t)n)
        bw_verify_tell(v, p, "but it must be a list of %d, as many as %s names",
                       n, scenario_file);
    for (int32_t i = 0; i < n; i++)
        compare_input(v, i);
}

/* Reading told its warnings here as it did then; those of the solver's own
 * model are not known here. */
static void compare_warnings(bw_verification *v)
{
    path p = {.key = "warnings"};
    const bw_json *list = bw_verify_at(v, p);
    v->figures++;
    if (!list)
        bw_verify_tell(v, p, "but it must be a list");
    for (size_t i = 0; i < bw_json_size(list); i++) {
        path code = {.key = "warnings", .member = "code", .item = (int)i + 1};
        path count = {.key = "warnings", .member = "count", .item = (int)i + 1};
        const char *text = bw_json_get_text(bw_verify_at(v, code));
        int64_t times = 0;
        int known = 0;
        while (text && known < BW_N_CODES &&
               strcmp(bw_code_text((bw_code)known), text) != 0)
            known++;
        if (!text || known == BW_N_CODES)
            bw_verify_tell(v, code, "but there is no such warning");
        bw_json_get_int(bw_verify_at(v, count), &times);
        if (times < 1)
            bw_verify_tell(v, count, "but it must be 1 or more");
    }
}

void bw_verify_run(bw_verification *v)
{
    compare_settings(v);
    compare_inputs(v);
    compare_warnings(v);
}
