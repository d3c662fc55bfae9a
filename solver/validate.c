/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units that are larger than any band they could go into. */
#include "validate.h"

#include <inttypes.h>
#include <stdio.h>

const char *bw_amount_text(int64_t quanta, char *text)
{
    uint64_t size = quanta < 0 ? -(uint64_t)quanta : (uint64_t)quanta;
    int n = snprintf(text, BW_AMOUNT_ROOM, "%s%" PRIu64 ".%04u",
                     quanta < 0 ? "-" : "", size / BW_QUANTA,
                     (unsigned)(size % BW_QUANTA));
    while (n > 0 && text[n - 1] == '0')
        text[--n] = '\0';
    if (n > 0 && text[n - 1] == '.')
        text[--n] = '\0';
    return text;
}

void bw_unit_text(const bw_build *build, int32_t unit, char *text, size_t room)
{
    const bw_instance *instance = build->instance;
    int32_t first = instance->first_account[unit];
    int32_t n = instance->first_account[unit + 1] - first;
    const char *id = build->problem->accounts.id[instance->unit_account[first]];
    if (n == 1)
        snprintf(text, room, "account \"%.100s\"", id);
    else
        snprintf(text, room, "the family of account \"%.100s\" (%d accounts)",
                 id, (int)n);
}

/* The units too large for one measure; the worst is shown. */
typedef struct oversize {
    int64_t count;
    int32_t worst;  /* unit */
    int64_t excess; /* of it */
    uint8_t *above; /* [units] is it one of them? */
} oversize;

/* By how much the unit exceeds the band of the rep where it fits best; <= 0:
 * it fits somewhere. *high is that band's top. */
static int64_t least_excess(const bw_instance *instance, const bw_row *row,
                            int32_t unit, int32_t k, int64_t *high)
{
    int64_t least = 0;
    for (int32_t i = 0; i < row->n; i++) {
        int64_t top =
            instance
                ->high[(int64_t)row->pair[i].rep * instance->n_measures + k];
        if (top == BW_NO_HIGH)
            return 0;
        int64_t excess =
            bw_pair_measure(instance, unit, &row->pair[i], k) - top;
        if (i == 0 || excess < least) {
            least = excess;
            *high = top;
        }
    }
    return least;
}

static bw_place unit_place(const bw_build *build, int32_t unit)
{
    const bw_instance *instance = build->instance;
    int32_t first = instance->first_account[unit];
    return bw_account_place(build->problem, instance->unit_account[first]);
}

static void report_hard(bw_build *build, int32_t unit, int32_t k,
                        int64_t excess, int64_t high)
{
    char name[BW_UNIT_ROOM], size[BW_AMOUNT_ROOM], top[BW_AMOUNT_ROOM];
    const bw_instance *instance = build->instance;
    bw_unit_text(build, unit, name, sizeof name);
    build->n_faults++;
    bw_diag_add(build->diags, BW_ERROR, BW_ACCOUNT_TOO_LARGE,
                unit_place(build, unit),
                "%s is larger than the hard band of every rep that may serve "
                "it: %s %s against at most %s; raise the band, make it soft, "
                "or split the account",
                name, instance->measure[k].name,
                bw_amount_text(excess + high, size), bw_amount_text(high, top));
}

static void report_soft(bw_build *build, int32_t k, const oversize *found)
{
    char name[BW_UNIT_ROOM], excess[BW_AMOUNT_ROOM];
    const bw_instance *instance = build->instance;
    bw_unit_text(build, found->worst, name, sizeof name);
    bool one = found->count == 1;
    bw_diag_add(build->diags, BW_WARNING, BW_ACCOUNT_TOO_LARGE,
                unit_place(build, found->worst),
                "%" PRId64 " unit%s larger than the %s band of every rep that "
                "may serve %s, most of all %s: %s above; the excess is paid "
                "in every plan",
                found->count, one ? " is" : "s are", instance->measure[k].name,
                one ? "it" : "them", name,
                bw_amount_text(found->excess, excess));
    for (int32_t unit = 0; unit < instance->n_units; unit++)
        if (found->above[unit] && unit != found->worst)
            bw_diag_also(build->diags, BW_WARNING, BW_ACCOUNT_TOO_LARGE,
                         unit_place(build, unit));
}

/* The lowest band top of a measure: what is below it fits everywhere. */
static int64_t lowest_top(const bw_instance *instance, int32_t k)
{
    int64_t lowest = BW_NO_HIGH;
    for (int32_t rep = 0; rep < instance->n_reps; rep++) {
        int64_t high = instance->high[(int64_t)rep * instance->n_measures + k];
        lowest = high < lowest ? high : lowest;
    }
    return lowest;
}

static void check_unit(bw_build *build, int32_t unit, const bw_row *row,
                       int32_t k, oversize *found)
{
    const bw_instance *instance = build->instance;
    int64_t high = 0;
    int64_t excess = least_excess(instance, row, unit, k, &high);
    if (excess <= 0)
        return;
    if (instance->measure[k].over == BW_HARD)
        report_hard(build, unit, k, excess, high);
    found->above[unit] = 1;
    found->count++;
    if (excess > found->excess) {
        found->excess = excess;
        found->worst = unit;
    }
}

static void check_units(bw_build *build, const bw_survey *survey,
                        bw_pair *buffer, oversize *found)
{
    const bw_instance *instance = build->instance;
    int64_t lowest[BW_MEASURES_MAX];
    for (int32_t k = 0; k < instance->n_measures; k++)
        lowest[k] = lowest_top(instance, k);
    for (int32_t unit = 0; unit < instance->n_units; unit++) {
        bw_row row = {-1, NULL};
        for (int32_t k = 0; k < instance->n_measures; k++) {
            if (bw_survey_least(instance, survey, unit, k) <= lowest[k])
                continue;
            if (row.n < 0) /* rows may be dear: only when there is doubt */
                row = bw_instance_row(instance, unit, buffer);
            check_unit(build, unit, &row, k, &found[k]);
        }
    }
}

bw_status bw_validate_sizes(bw_build *build, const bw_survey *survey)
{
    const bw_instance *instance = build->instance;
    oversize found[BW_MEASURES_MAX] = {{0}};
    size_t n_units = (size_t)instance->n_units;
    bw_pair *buffer = bw_alloc((size_t)instance->n_reps, sizeof *buffer);
    uint8_t *above = bw_alloc(n_units * (size_t)instance->n_measures, 1);
    bw_status status = buffer && above ? BW_OK : BW_NOMEM;
    for (int32_t k = 0; k < instance->n_measures && status == BW_OK; k++)
        found[k].above = above + (size_t)k * n_units;
    if (status == BW_OK)
        check_units(build, survey, buffer, found);
    bw_free(buffer);
    for (int32_t k = 0; k < instance->n_measures && status == BW_OK; k++)
        if (found[k].count && instance->measure[k].over != BW_HARD)
            report_soft(build, k, &found[k]);
    bw_free(above);
    return status;
}
