/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether anybody needs a place on the map, and that the reps who do have
 * one. Accounts without one are load_accounts.c's. */
#include "load_parts.h"

/* What needs places first: travel, or else a km limit. */
static bool find_use(bw_loader *loader, bw_place *place)
{
    const bw_scenario *scenario = loader->scenario;
    loader->places_use = "<travel>";
    *place = scenario->travel.place;
    if (scenario->travel.counts)
        return true;
    loader->places_use = "<limit measure=\"km\">";
    for (int i = 0; i < scenario->n_rules; i++) {
        *place = scenario->rules[i].place;
        if (scenario->rules[i].kind == BW_RULE_LIMIT_KM)
            return true;
    }
    return false;
}

/* Inside reps travel nowhere and have no km limit: where all are inside,
 * nobody needs a place. */
static bool any_travels(const bw_reps *reps)
{
    for (int32_t rep = 0; rep < reps->n_serving; rep++)
        if (!reps->inside[rep])
            return true;
    return false;
}

static bool need_point(const bw_sheet *sheet, bw_place place, const char *use)
{
    int32_t latitude = bw_load_need(sheet, "latitude", place, use);
    int32_t longitude = bw_load_need(sheet, "longitude", place, use);
    return latitude >= 0 && longitude >= 0;
}

static void check_homes(const bw_loader *loader)
{
    const bw_reps *reps = &loader->problem->reps;
    const bw_sheet *sheet = &loader->reps;
    int32_t column = bw_sheet_field(sheet, "latitude");
    for (int32_t rep = 0; rep < reps->n_serving; rep++) {
        int64_t row = loader->row_of_rep[rep];
        if (reps->inside[rep] || sheet->faulty[row] ||
            bw_point_known(reps->home[rep]))
            continue;
        bw_diag_add(loader->diags, BW_ERROR, BW_REP_UNPLACED,
                    bw_sheet_place(sheet, column, row),
                    "rep \"%.80s\" has no home (latitude and longitude are "
                    "blank, or both 0), and %s needs one; fill it in, or say "
                    "type inside",
                    reps->id[rep], loader->places_use);
    }
}

bw_status bw_load_places(bw_loader *loader)
{
    bw_place place;
    if (!find_use(loader, &place) || !any_travels(&loader->problem->reps))
        return BW_OK;
    bool accounts = need_point(&loader->accounts, place, loader->places_use);
    bool reps = need_point(&loader->reps, place, loader->places_use);
    loader->need_places = accounts && reps;
    if (reps && !bw_sheet_faulty(&loader->reps, "type"))
        check_homes(loader);
    return BW_OK;
}
