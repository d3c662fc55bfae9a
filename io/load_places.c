/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether anybody needs a place on the map, and what becomes of accounts and
 * reps without one. */
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

/* A gazetteer finds a place where the table says enough. */
static bool can_be_placed(const bw_loader *loader, const bw_sheet *sheet)
{
    return loader->scenario->n_gazetteers > 0 &&
           (bw_sheet_field(sheet, "postal_code") >= 0 ||
            bw_sheet_field(sheet, "city") >= 0);
}

static bool need_point(const bw_loader *loader, const bw_sheet *sheet,
                       bw_place place)
{
    if (can_be_placed(loader, sheet))
        return true;
    int32_t latitude =
        bw_load_need(sheet, "latitude", place, loader->places_use);
    int32_t longitude =
        bw_load_need(sheet, "longitude", place, loader->places_use);
    return latitude >= 0 && longitude >= 0;
}

/* Why a row has none, in the words of the message. */
static const char *why_none(const bw_loader *loader)
{
    return loader->scenario->n_gazetteers > 0
               ? "no coordinates, nor a postal code or city that a gazetteer "
                 "places"
               : "a coordinate is blank, or both are 0";
}

static bw_place place_of(const bw_sheet *sheet, int64_t row)
{
    return bw_sheet_place(sheet, bw_sheet_field(sheet, "latitude"), row);
}

static void check_homes(const bw_loader *loader)
{
    const bw_reps *reps = &loader->problem->reps;
    const bw_sheet *sheet = &loader->reps;
    for (int32_t rep = 0; rep < reps->n_serving; rep++) {
        int64_t row = loader->row_of_rep[rep];
        if (reps->inside[rep] || sheet->faulty[row] ||
            bw_point_known(reps->home[rep]))
            continue;
        bw_diag_add(loader->diags, BW_ERROR, BW_REP_UNPLACED,
                    place_of(sheet, row),
                    "rep \"%.80s\" has no home (%s), and %s needs one; fill "
                    "it in, or say type inside",
                    reps->id[rep], why_none(loader), loader->places_use);
    }
}

/* The warning that stands for all accounts without a place. */
static void warn_unplaced(bw_loader *loader, int32_t count, int32_t first)
{
    const bw_sheet *sheet = &loader->accounts;
    bool owner = loader->scenario->unplaced == BW_UNPLACED_OWNER;
    bool attribute = loader->scenario->unplaced_as_told.text;
    const char *says =
        attribute ? owner ? "unplaced=\"owner\"" : "unplaced=\"anywhere\""
        : owner   ? "do=\"owner\""
                  : "do=\"ignore\"";
    loader->flaws.telling = true;
    bw_diag_add_many(
        loader->diags, BW_WARNING, BW_ACCOUNT_UNPLACED,
        place_of(sheet, loader->row_of_account[first]), (size_t)count,
        "%d account%s no usable place (the first is \"%.80s\"); as "
        "%s says, %s",
        (int)count, count == 1 ? " has" : "s have",
        loader->problem->accounts.id[first], says,
        owner ? "they stay with their owners and cause no travel"
              : "any rep may serve them and they cause no travel");
    loader->flaws.telling = false;
}

static void list_unplaced(bw_loader *loader, int32_t account)
{
    bw_flaw_list_row(&loader->accounts, BW_ACCOUNT_UNPLACED,
                     bw_sheet_field(&loader->accounts, "latitude"),
                     loader->row_of_account[account]);
}

static void fault_unplaced(bw_loader *loader, int32_t account)
{
    const bw_sheet *sheet = &loader->accounts;
    int64_t row = loader->row_of_account[account];
    if (sheet->faulty[row])
        return;
    list_unplaced(loader, account);
    loader->flaws.telling = true;
    bw_diag_add(loader->diags, BW_ERROR, BW_ACCOUNT_UNPLACED,
                place_of(sheet, row),
                "account \"%.80s\" has no place (%s), and %s needs one; "
                "fill it in, or say unplaced=\"anywhere\" or "
                "unplaced=\"owner\" on <accounts>",
                loader->problem->accounts.id[account], why_none(loader),
                loader->places_use);
    loader->flaws.telling = false;
}

static void drop_unplaced(bw_loader *loader)
{
    const bw_accounts *accounts = &loader->problem->accounts;
    bw_sheet *sheet = &loader->accounts;
    int32_t column = bw_sheet_field(sheet, "latitude");
    for (int32_t a = 0; a < accounts->n; a++)
        if (!bw_point_known(accounts->point[a]))
            bw_flaw_found(sheet, BW_ACCOUNT_UNPLACED, column,
                          loader->row_of_account[a], " ");
    bw_load_drop_accounts(loader);
}

static void place_accounts(bw_loader *loader)
{
    bw_accounts *accounts = &loader->problem->accounts;
    bw_unplaced unplaced = loader->scenario->unplaced;
    int32_t count = 0, first = 0;
    if (loader->flaws.action[BW_ACCOUNT_UNPLACED] == BW_DO_DROP &&
        loader->need_places && !loader->places_blind)
        drop_unplaced(loader);
    for (int32_t a = 0; a < accounts->n; a++) {
        accounts->placing[a] = BW_PLACED;
        if (bw_point_known(accounts->point[a]))
            continue;
        accounts->placing[a] = BW_ANYWHERE;
        if (!loader->need_places)
            continue;
        if (unplaced == BW_UNPLACED_OWNER)
            accounts->placing[a] = BW_WITH_OWNER;
        if (unplaced == BW_UNPLACED_STOP && !loader->places_blind)
            fault_unplaced(loader, a);
        else if (!loader->places_blind)
            list_unplaced(loader, a);
        first = count++ == 0 ? a : first;
    }
    if (count > 0 && unplaced != BW_UNPLACED_STOP && !loader->places_blind)
        warn_unplaced(loader, count, first);
}

bw_status bw_load_places(bw_loader *loader)
{
    bw_place place;
    if (find_use(loader, &place) && any_travels(&loader->problem->reps)) {
        bool accounts = need_point(loader, &loader->accounts, place);
        bool reps = need_point(loader, &loader->reps, place);
        loader->need_places = accounts && reps;
        if (reps && !bw_sheet_faulty(&loader->reps, "type") &&
            !loader->places_blind)
            check_homes(loader);
    }
    place_accounts(loader);
    return BW_OK;
}
