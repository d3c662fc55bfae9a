/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Families become units; every other account is a unit by itself. */
#include "unit.h"

/* Numbers the units; unit_of_family is -1 everywhere at first. */
static void number_units(const bw_accounts *accounts, bw_instance *instance,
                         int32_t *unit_of_family)
{
    for (int32_t family = 0; family < accounts->n_families; family++)
        unit_of_family[family] = -1;
    for (int32_t a = 0; a < accounts->n; a++) {
        int32_t family = accounts->family[a];
        if (family >= 0 && unit_of_family[family] >= 0) {
            instance->account_unit[a] = unit_of_family[family];
            continue;
        }
        if (family >= 0)
            unit_of_family[family] = instance->n_units;
        instance->account_unit[a] = instance->n_units++;
    }
}

/* Sorts the accounts by unit: count, sum up, place. */
static void list_accounts(int32_t n_accounts, bw_instance *instance)
{
    int32_t *first = instance->first_account;
    for (int32_t a = 0; a < n_accounts; a++)
        first[instance->account_unit[a] + 1]++;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        first[unit + 1] += first[unit];
    /* first[u] runs to the end of u while accounts are placed ... */
    for (int32_t a = 0; a < n_accounts; a++)
        instance->unit_account[first[instance->account_unit[a]]++] = a;
    /* ... which is where u + 1 begins: shift back by one. */
    for (int32_t unit = instance->n_units; unit > 0; unit--)
        first[unit] = first[unit - 1];
    first[0] = 0;
}

bw_status bw_units_form(bw_build *build)
{
    const bw_accounts *accounts = &build->problem->accounts;
    bw_instance *instance = build->instance;
    bw_arena *arena = instance->arena;
    size_t n = (size_t)accounts->n;
    instance->account_unit =
        bw_arena_alloc(arena, n, sizeof *instance->account_unit);
    instance->unit_account =
        bw_arena_alloc(arena, n, sizeof *instance->unit_account);
    int32_t *unit_of_family =
        bw_alloc((size_t)accounts->n_families, sizeof *unit_of_family);
    if (!instance->account_unit || !instance->unit_account || !unit_of_family) {
        bw_free(unit_of_family);
        return BW_NOMEM;
    }
    number_units(accounts, instance, unit_of_family);
    bw_free(unit_of_family);
    instance->first_account = bw_arena_alloc(
        arena, (size_t)instance->n_units + 1, sizeof *instance->first_account);
    if (!instance->first_account)
        return BW_NOMEM;
    list_accounts(accounts->n, instance);
    return BW_OK;
}

/* The serving rep that owns the account today, or -1: a rep that is leaving
 * serves nobody. */
static int32_t serving_owner(const bw_build *build, int32_t account)
{
    int32_t rep = build->problem->accounts.owner[account];
    return rep < build->instance->n_reps ? rep : -1;
}

/* The rep with most of the unit's accounts, ties to the lowest; `count` is all
 * zero, and again when done. */
static int32_t main_owner(const bw_build *build, int32_t unit, int32_t *count)
{
    const bw_instance *instance = build->instance;
    int32_t first = instance->first_account[unit];
    int32_t end = instance->first_account[unit + 1];
    int32_t best = -1;
    for (int32_t i = first; i < end; i++) {
        int32_t rep = serving_owner(build, instance->unit_account[i]);
        if (rep < 0)
            continue;
        int32_t own = ++count[rep];
        int32_t most = best < 0 ? 0 : count[best];
        if (own > most || (own == most && rep < best))
            best = rep;
    }
    for (int32_t i = first; i < end; i++) {
        int32_t rep = serving_owner(build, instance->unit_account[i]);
        if (rep >= 0)
            count[rep] = 0;
    }
    return best;
}

bw_status bw_units_own(bw_build *build)
{
    bw_instance *instance = build->instance;
    int32_t *count = bw_alloc((size_t)instance->n_reps, sizeof *count);
    if (!count)
        return BW_NOMEM;
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        instance->owner[unit] = main_owner(build, unit, count);
    bw_free(count);
    return BW_OK;
}
