/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scenario and tables -> problem: the one place where the layout of files
 * meets the model. Every part reports all it finds; errors are counted at the
 * end, so that one run shows them all. */
#include "bw/load.h"

#include "load_parts.h"
#include "watch_tell.h"

#include <assert.h>

void bw_load_prepare(bw_loader *loader, bw_sheet *sheet, bw_role role,
                     const bw_source_spec *spec)
{
    sheet->role = role;
    sheet->spec = spec;
    sheet->scratch = loader->scratch;
    sheet->diags = loader->diags;
    sheet->watch = loader->watch;
    sheet->flaws = &loader->flaws;
    sheet->blind = true;
}

/* A file that cannot be read does not keep the others from being read; the
 * first such failure is remembered in *io. */
static bw_status open_sheet(bw_sheet *sheet, bool *io)
{
    if (!sheet->spec->file.text)
        return BW_OK;
    bw_status status = bw_sheet_open(sheet);
    *io = *io || status == BW_IO;
    return status == BW_IO ? BW_INVALID : status;
}

static bw_status open_sheets(bw_loader *loader, bool *io)
{
    const bw_scenario *scenario = loader->scenario;
    bw_sheet *sheets[] = {&loader->accounts, &loader->reps, &loader->pairs};
    bw_load_prepare(loader, sheets[0], BW_ROLE_ACCOUNTS, &scenario->accounts);
    bw_load_prepare(loader, sheets[1], BW_ROLE_REPS, &scenario->reps);
    bw_load_prepare(loader, sheets[2], BW_ROLE_PAIRS, &scenario->pairs);
    for (int i = 0; i < 3; i++) {
        bw_status status = open_sheet(sheets[i], io);
        if (bw_fatal(status))
            return status;
    }
    bw_status status = bw_load_open_added(loader, io);
    if (status == BW_OK)
        status = bw_load_open_gazetteers(loader, io);
    return status == BW_OK ? bw_load_open_state(loader, io) : status;
}

/* Which rows satisfy `where`; a table without ids cannot be judged, nor reps
 * of whom it is not known which are leaving. */
static bw_status settle_where(bw_sheet *sheet, const char *use)
{
    if (!sheet->column)
        return BW_OK;
    bw_status status = bw_sheet_where(sheet);
    bool ids = bw_load_need(sheet, "id", sheet->spec->place, use) >= 0;
    sheet->blind = status != BW_OK || !ids || bw_sheet_faulty(sheet, "status");
    if (sheet->blind)
        sheet->state = NULL;
    return bw_fatal(status) ? status : BW_OK;
}

static bw_status settle_rows(bw_loader *loader)
{
    bw_status status = settle_where(&loader->accounts, "<accounts>");
    if (status == BW_OK)
        status = settle_where(&loader->reps, "<reps>");
    if (status == BW_OK)
        status = bw_load_rep_states(loader);
    if (status == BW_OK)
        status = bw_load_ids(&loader->accounts, &loader->account_rows);
    if (status == BW_OK)
        status = bw_load_ids(&loader->reps, &loader->rep_rows);
    if (status == BW_OK)
        status = bw_load_rep_names(loader);
    if (status == BW_OK)
        status = bw_load_all_numbers(loader);
    return status;
}

static void copy_numbers(bw_problem *problem)
{
    const bw_travel_spec *travel = &problem->scenario->travel;
    const bw_handover_spec *handover = &problem->scenario->handover;
    problem->travel =
        (bw_travel){.counts = travel->counts,
                    .hour_cost = travel->hour_cost.value,
                    .km_cost = travel->km_cost.value,
                    .speed_kmh = travel->speed_kmh.value,
                    .road_factor = travel->road_factor.value,
                    .calls_per_trip = travel->calls_per_trip.value};
    problem->handover =
        (bw_handover){handover->share.value, handover->hours.value};
}

/* The order matters: changes come before all that looks at rows, gazetteers
 * place accounts and reps that were read, whether places are needed depends on
 * the reps, whether an account without one is locked on the places, locks on
 * the owners. */
static bw_status load_parts(bw_loader *loader)
{
    static const struct part {
        bw_status (*load)(bw_loader *);
        const char *doing; /* where it takes long with a million rows */
    } part[] = {{bw_load_changes, NULL},
                {settle_rows, "looking at ids and numbers"},
                {bw_load_reps, NULL},
                {bw_load_accounts, "looking at accounts"},
                {bw_load_gazetteers, "placing accounts"},
                {bw_load_places, NULL},
                {bw_load_owners, "looking for owners"},
                {bw_load_checks, NULL},
                {bw_load_families, NULL},
                {bw_load_pairs, "looking at pairs"},
                {bw_load_segments, "segmenting accounts"},
                {bw_load_balances, NULL},
                {bw_load_locks, "applying rules"},
                {bw_load_rules, NULL},
                {bw_load_budgets, NULL},
                {bw_load_positions, NULL},
                {bw_load_records, NULL}};
    copy_numbers(loader->problem);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        if (part[i].doing)
            bw_watch_step(loader->watch, part[i].doing, NULL);
        bw_status status = part[i].load(loader);
        if (bw_fatal(status))
            return status;
    }
    bw_load_tell_late(loader);
    bw_sheet *const sheets[] = {&loader->accounts, &loader->reps,
                                &loader->pairs};
    bw_flaws_tell(&loader->flaws, sheets);
    return BW_OK;
}

static void close_loader(bw_loader *loader)
{
    bw_sheet_close(&loader->accounts);
    bw_sheet_close(&loader->reps);
    bw_sheet_close(&loader->pairs);
    bw_load_close_added(loader);
    bw_load_close_gazetteers(loader);
    bw_load_close_state(loader);
    bw_index_free(loader->account_rows);
    bw_index_free(loader->rep_rows);
    bw_index_free(loader->rep_names);
    bw_index_free(loader->account_names);
    bw_arena_free(loader->scratch);
    bw_flaws_free(&loader->flaws);
}

static bw_problem *new_problem(const bw_scenario *scenario)
{
    bw_arena *arena = bw_arena_new();
    bw_problem *problem =
        arena ? bw_arena_alloc(arena, 1, sizeof *problem) : NULL;
    if (!problem) {
        bw_arena_free(arena);
        return NULL;
    }
    problem->arena = arena;
    problem->scenario = scenario;
    return problem;
}

/* The diagnostics of parts that know nothing of flaws. */
static void see(void *data, bw_severity severity, bw_code code, bw_place place)
{
    bw_flaws *flaws = data;
    if (!flaws->telling)
        bw_flaw_list_place(flaws, severity, code, place);
}

/* Lists what was said of the scenario already, and all that will be said. */
static void watch(bw_loader *loader)
{
    for (size_t i = 0; i < bw_diags_kept(loader->diags); i++) {
        const bw_diag *d = bw_diags_at(loader->diags, i);
        see(&loader->flaws, d->severity, d->code, d->place);
    }
    bw_diags_watch(loader->diags, see, &loader->flaws);
}

/* `look` NULL: nobody looks on. */
static bw_status load(bw_loader *loader, bw_look *look, void *data)
{
    bool io = false;
    size_t errors = bw_diags_count(loader->diags, BW_ERROR);
    bw_problem *problem = new_problem(loader->scenario);
    loader->scratch = bw_arena_new();
    loader->problem = problem;
    if (!loader->scratch || !problem)
        return BW_NOMEM;
    loader->arena = problem->arena;
    bw_flaws_begin(&loader->flaws, loader->scenario, loader->diags);
    loader->flaws.listed = look != NULL;
    if (look)
        watch(loader);
    bw_status status = open_sheets(loader, &io);
    if (status == BW_OK)
        status = load_parts(loader);
    if (loader->lost && bw_diags_count(loader->diags, BW_ERROR) == errors)
        bw_diag_add(loader->diags, BW_ERROR, BW_CHANGE_EMPTY,
                    loader->lost->segment.place,
                    "<grow>: what the segments are before this change cannot "
                    "be told; put it after the changes that they need");
    if (status == BW_OK && bw_diags_count(loader->diags, BW_ERROR) > errors)
        status = io ? BW_IO : BW_INVALID;
    return look && (status == BW_OK || status == BW_INVALID || io)
               ? look(data, loader, status)
               : status;
}

bw_status bw_problem_load(const bw_scenario *scenario, bw_diags *diags,
                          bw_problem **result)
{
    return bw_problem_load_watched(scenario, NULL, diags, result);
}

bw_status bw_problem_load_watched(const bw_scenario *scenario,
                                  const bw_load_watch *watch, bw_diags *diags,
                                  bw_problem **result)
{
    assert(scenario && diags);
    bw_loader loader = {.scenario = scenario, .diags = diags, .watch = watch};
    bw_status status = load(&loader, NULL, NULL);
    close_loader(&loader);
    *result = status == BW_OK ? loader.problem : NULL;
    if (status != BW_OK)
        bw_problem_free(loader.problem);
    return status;
}

static bw_status look_into(bw_loader *loader, bw_look *look, void *data)
{
    bw_status status = load(loader, look, data);
    bw_diags_watch(loader->diags, NULL, NULL);
    close_loader(loader);
    bw_problem_free(loader->problem);
    return status;
}

bw_status bw_problem_look(const bw_scenario *scenario,
                          const bw_load_watch *watch, bw_diags *diags,
                          bw_look *look, void *data)
{
    bw_loader loader = {.scenario = scenario, .diags = diags, .watch = watch};
    return look_into(&loader, look, data);
}

bw_status bw_problem_look_before(const bw_loader *outer,
                                 const bw_scenario *scenario, bw_diags *diags,
                                 bw_look *look, void *data)
{
    bw_loader loader = {
        .scenario = scenario, .diags = diags, .grown = outer->grown};
    return look_into(&loader, look, data);
}
