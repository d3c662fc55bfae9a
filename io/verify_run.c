/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of summary.json, what tells how the plan was made: settings, inputs,
 * warnings. */
#include "verify_parts.h"

#include <math.h>
#include <string.h>

typedef bw_verify_path path;

/* A text, where there should be this one; both NULL: null. */
static void compare_text(bw_verification *v, const bw_json *json, path p,
                         const char *expected)
{
    const char *claimed = bw_json_get_text(json);
    v->figures++;
    if (claimed && expected ? strcmp(claimed, expected) == 0
                            : json && !claimed && !expected)
        return;
    bw_verify_tell(v, p, claimed ? claimed : "no text",
                   expected ? expected : "but there is none in the scenario");
}

static void compare_number(bw_verification *v, path p, double expected)
{
    double claimed = NAN;
    v->figures++;
    if (bw_json_get_double(bw_verify_at(v, p), &claimed) &&
        fabs(claimed - expected) <= 4e-16 * fabs(expected))
        return;
    bw_buf text = {0};
    bw_buf_text(&text, "the scenario has ");
    bw_buf_double(&text, expected);
    bw_verify_tell(v, p, "another", text.text ? text.text : "");
    bw_buf_free(&text);
}

/* The text there must be one of these. */
static void compare_choice(bw_verification *v, path p,
                           const char *const *choice)
{
    const char *claimed = bw_json_get_text(bw_verify_at(v, p));
    v->figures++;
    for (int i = 0; claimed && choice[i]; i++)
        if (strcmp(claimed, choice[i]) == 0)
            return;
    bw_verify_tell(v, p, claimed ? claimed : "not there",
                   "which is none of the words that may stand here");
}

static void compare_settings(bw_verification *v)
{
    static const char *const efforts[] = {"quick", "normal", "long",
                                          "unlimited"};
    static const char *const stops[] = {"gap", "time", "effort", "interrupt",
                                        NULL};
    static const double default_gap = 0.001;
    const bw_scenario *scenario = v->problem->scenario;
    const bw_solve_spec *solve = &scenario->solve;
    path name = {"scenario", NULL, NULL}, currency = {"currency", NULL, NULL},
         effort = {"effort", NULL, NULL}, version = {"version", NULL, NULL};
    compare_text(v, bw_verify_at(v, name), name, scenario->name.text);
    compare_text(v, bw_verify_at(v, currency), currency,
                 scenario->currency.text);
    compare_text(v, bw_verify_at(v, effort), effort, efforts[solve->effort]);
    compare_number(v, (path){"gap_wanted", NULL, NULL},
                   isnan(solve->gap.value) ? default_gap : solve->gap.value);
    compare_number(v, (path){"seed", NULL, NULL}, (double)solve->seed);
    compare_choice(v, (path){"stopped_by", NULL, NULL}, stops);
    v->figures++;
    const char *text = bw_json_get_text(bw_verify_at(v, version));
    if (!text || !*text)
        bw_verify_tell(v, version, "not there", "but it must be a text");
}

static void compare_input(bw_verification *v, const bw_json *item,
                          const bw_input *input)
{
    int64_t rows = -1, rejected = -1;
    bw_json_get_int(bw_json_member(item, "rows"), &rows);
    bw_json_get_int(bw_json_member(item, "rejected"), &rejected);
    compare_text(v, bw_json_member(item, "role"),
                 (path){"inputs", "role", NULL}, input->role);
    compare_text(v, bw_json_member(item, "sha256"),
                 (path){"inputs", "sha256", NULL}, input->sha256);
    v->figures += 3;
    if (rows != input->rows || rejected != input->rejected)
        bw_verify_tell(v, (path){"inputs", "rows", NULL}, "another number",
                       input->file);
    /* The folder is another one seen from here. */
    const char *file = bw_json_get_text(bw_json_member(item, "file"));
    if (!file || strcmp(bw_verify_base(file), bw_verify_base(input->file)) != 0)
        bw_verify_tell(v, (path){"inputs", "file", NULL},
                       file ? file : "not there", bw_verify_base(input->file));
}

static void compare_inputs(bw_verification *v)
{
    const bw_problem *problem = v->problem;
    path p = {"inputs", NULL, NULL};
    const bw_json *list = bw_verify_at(v, p);
    if (bw_json_size(list) != (size_t)problem->n_inputs)
        bw_verify_tell(v, p, "a list of another length",
                       "as the scenario has it");
    for (int32_t i = 0; i < problem->n_inputs; i++)
        compare_input(v, bw_json_item(list, (size_t)i), &problem->inputs[i]);
}

/* Reading told its warnings here as it did then; those of the solver's own
 * model are not known here. */
static void compare_warnings(bw_verification *v)
{
    path p = {"warnings", NULL, NULL};
    const bw_json *list = bw_verify_at(v, p);
    v->figures++;
    if (!list)
        bw_verify_tell(v, p, "not there", "but it must be a list");
    for (size_t i = 0; i < bw_json_size(list); i++) {
        const bw_json *item = bw_json_item(list, i);
        const char *code = bw_json_get_text(bw_json_member(item, "code"));
        int64_t count = 0;
        bw_json_get_int(bw_json_member(item, "count"), &count);
        int known = 0;
        while (code && known < BW_N_CODES &&
               strcmp(bw_code_text((bw_code)known), code) != 0)
            known++;
        if (!code || known == BW_N_CODES || count < 1)
            bw_verify_tell(v, (path){"warnings", "code", NULL},
                           code ? code : "not there",
                           "which is no warning of ours");
    }
}

void bw_verify_run(bw_verification *v)
{
    compare_settings(v);
    compare_inputs(v);
    compare_warnings(v);
}
