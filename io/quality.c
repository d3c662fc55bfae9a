/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of flaws, and the decisions of a scenario checked against it. */
#include "quality.h"

#include "bw/quantum.h"
#include "field.h"

#include <string.h>

enum {
    S = 1 << BW_DO_STOP,
    I = 1 << BW_DO_IGNORE,
    O = 1 << BW_DO_OWNER,
    D = 1 << BW_DO_DROP,
    V = 1 << BW_DO_VALUE,
    A = BW_IN_ACCOUNTS,
    R = BW_IN_REPS,
    P = BW_IN_PAIRS,
    X = BW_IN_SCENARIO
};

#define STOP   BW_DO_STOP
#define IGNORE BW_DO_IGNORE
static const char blank[] = "the cell counts as blank";
static const char stays[] = "it stays as it is";

/* In the order of the list of codes. What only stops can be decided nowhere
 * else than in the input: the segments, the reps allowed and the limits depend
 * on all rows together, so that taking one out would change the others. */
/* clang-format off */
static const bw_flaw table[] = {
    {BW_ID_BLANK, A | R, STOP, S | D, false, "the id is blank", NULL},
    {BW_ID_DUPLICATE, A | R, STOP, S | D, false, "the id stands twice", NULL},
    {BW_FIELD_NUMBER, A | R | P, STOP, S | I | D | V, true,
     "a cell is not a number", blank},
    {BW_FIELD_DATE, A | R | P, STOP, S | I | D, false, "a cell is not a date",
     blank},
    {BW_FIELD_RANGE, A | R | P, STOP, S | I | D | V, true,
     "a number is out of range", blank},
    {BW_FIELD_CHOICE, A | R | P, STOP, S | I | D, false,
     "a word is not one of the choices", blank},
    {BW_COORDINATE_RANGE, A | R, STOP, S | I | D, false,
     "coordinates that are not on Earth", "both coordinates count as blank"},
    {BW_COORDINATE_ZERO, A | R, IGNORE, S | I | D, false,
     "both coordinates are 0", "both coordinates count as blank"},
    {BW_ACCOUNT_UNPLACED, A, STOP, S | I | O | D, false,
     "the account has no place", "any rep may serve it, without travel"},
    {BW_GAZETTEER_FOREIGN, X, STOP, S, false,
     "the gazetteer is of other countries", NULL},
    {BW_POSTAL_UNKNOWN, A | R, IGNORE, S | I | D, false,
     "no gazetteer has the code or country",
     "placed by the city, if any"},
    {BW_CITY_AMBIGUOUS, A | R, IGNORE, S | I | D, false,
     "the country has several cities of that name", "it has no place"},
    {BW_PLACE_FAR, A | R, IGNORE, S | I | D, false,
     "coordinates far from the postal code", "the coordinates count"},
    {BW_OWNER_UNKNOWN, A, IGNORE, S | I | D | V, false,
     "the owner is not listed", "it counts as unowned"},
    {BW_OWNER_LEFT_OUT, A, IGNORE, S | I | D | V, false,
     "the owner takes no part", "it counts as unowned"},
    {BW_OWNER_STALE, A, IGNORE, S | I, false,
     "the owner is not the last seller", stays},
    {BW_PARENT_UNKNOWN, A, IGNORE, S | I, false,
     "the parent is not listed", stays},
    {BW_PARENT_CIRCULAR, A, IGNORE, S | I, false,
     "the parents run in a circle", stays},
    {BW_REVENUE_NEGATIVE, A, IGNORE, S | I | D | V, true,
     "the revenue is negative", "it counts as it stands"},
    {BW_REVENUE_OUTLIER, A, IGNORE, S | I, false,
     "the revenue is absurd for its segment", stays},
    {BW_ACCOUNT_DUPLICATE, A, IGNORE, S | I, false,
     "probably listed before", stays},
    {BW_PAIR_UNKNOWN, P, STOP, S | D, false,
     "account or rep is not listed", NULL},
    {BW_PAIR_DUPLICATE, P, STOP, S | D, false, "the pair stands twice", NULL},
    {BW_SEGMENT_NONE, A, STOP, S, false, "no segment fits the account", NULL},
    {BW_LOCK_OWNERLESS, A, STOP, S | I, false,
     "locked to an owner it has not", "the lock does not hold for it"},
    {BW_LOCK_CONFLICT, A, STOP, S, false, "locked to two reps", NULL},
    {BW_LOCK_FORBIDDEN, A, STOP, S, false,
     "locked to a rep it may not have", NULL},
    {BW_ACCOUNT_UNSERVABLE, A, STOP, S, false, "no rep may serve it", NULL},
    {BW_ACCOUNT_TOO_LARGE, A, STOP, S, false, "larger than any band", NULL},
    {BW_CAPACITY_SHORT, X, STOP, S, false, "capacity cannot suffice", NULL},
    {BW_OWNER_LOAD, R, IGNORE, S | I, false,
     "outside its bands today", stays},
    {BW_EXCEPTIONS_MANY, X, IGNORE, S | I, false,
     "many accounts are exceptions", stays},
};
/* clang-format on */

enum {
    N_FLAWS = sizeof table / sizeof *table,
    N_DO = BW_DO_VALUE + 1
};

const bw_flaw *bw_flaw_at(size_t index)
{
    return index < N_FLAWS ? &table[index] : NULL;
}

const bw_flaw *bw_flaw_of(bw_code code)
{
    for (size_t i = 0; i < N_FLAWS; i++)
        if (table[i].code == code)
            return &table[i];
    return NULL;
}

const bw_flaw *bw_flaw_named(const char *code)
{
    for (size_t i = 0; i < N_FLAWS; i++)
        if (strcmp(bw_code_text(table[i].code), code) == 0)
            return &table[i];
    return NULL;
}

const char *bw_do_text(bw_quality_do action)
{
    static const char *const text[N_DO] = {[BW_DO_STOP] = "stop",
                                           [BW_DO_IGNORE] = "ignore",
                                           [BW_DO_OWNER] = "owner",
                                           [BW_DO_DROP] = "drop",
                                           [BW_DO_VALUE] = "value"};
    return text[action];
}

const char *bw_flaw_does(const bw_flaw *flaw, bw_quality_do action)
{
    switch (action) {
    case BW_DO_STOP:
        return "stop";
    case BW_DO_IGNORE:
        return flaw->ignored;
    case BW_DO_OWNER:
        return "it stays with its owner";
    case BW_DO_DROP:
        return "the row takes no part";
    case BW_DO_VALUE:
        return "the value given stands instead";
    }
    return "";
}

double bw_flaw_weight(bw_code code)
{
    const bw_flaw *flaw = bw_flaw_of(code);
    return flaw && flaw->usual == BW_DO_IGNORE ? 0.25 : 1;
}

static void list_actions(const bw_flaw *flaw, bw_buf *buf)
{
    const char *between = "";
    for (int action = 0; action < N_DO; action++) {
        if (!(flaw->allowed & 1U << action))
            continue;
        bw_buf_format(buf, "%s%s", between, bw_do_text((bw_quality_do)action));
        between = ", ";
    }
}

void bw_flaw_list(const bw_flaw *flaw, bw_buf *buf)
{
    if (flaw) {
        list_actions(flaw, buf);
        return;
    }
    for (size_t i = 0; i < N_FLAWS; i++)
        bw_buf_format(buf, "%s%s", i ? ", " : "", bw_code_text(table[i].code));
}

/* What stands instead must not be what it is to mend. A field-number may be any
 * number: it is looked at like the other cells of its column. */
static void check_number(const bw_quality_spec *q, bw_code code,
                         bw_diags *diags)
{
    double number, low = code == BW_FIELD_NUMBER ? -BW_LARGEST : 0;
    if (!bw_field_number(q->value.text, strlen(q->value.text), &number))
        bw_diag_add(diags, BW_ERROR, BW_VALUE_SYNTAX, q->value.place,
                    "<quality code=\"%s\"> gives \"%.60s\" as value, which is "
                    "not a number; write it like 1234.5",
                    q->code.text, q->value.text);
    else if (number < low || number > BW_LARGEST)
        bw_diag_add(diags, BW_ERROR, BW_VALUE_SYNTAX, q->value.place,
                    "<quality code=\"%s\"> gives \"%.60s\" as value, which is "
                    "out of range itself; it must lie between %g and %g",
                    q->code.text, q->value.text, low, BW_LARGEST);
}

static void check_one(const bw_quality_spec *q, bw_diags *diags)
{
    const bw_flaw *flaw = bw_flaw_named(q->code.text);
    bw_buf list = {0};
    bw_flaw_list(flaw, &list);
    const char *all = list.text ? list.text : "";
    if (!flaw)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, q->code.place,
                    "<quality code=\"%.60s\"> is no flaw that something can "
                    "be decided about; there are: %s",
                    q->code.text, all);
    else if (!(flaw->allowed & 1U << q->action))
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, q->place,
                    "<quality code=\"%s\"> cannot do \"%s\"; it can: %s",
                    q->code.text, bw_do_text(q->action), all);
    else if (q->action == BW_DO_VALUE && flaw->number && q->value.text)
        check_number(q, flaw->code, diags);
    bw_buf_free(&list);
}

static const bw_quality_spec *find(const bw_scenario *scenario, bw_code code)
{
    for (int i = 0; i < scenario->n_qualities; i++)
        if (strcmp(scenario->qualities[i].code.text, bw_code_text(code)) == 0)
            return &scenario->qualities[i];
    return NULL;
}

/* The attribute of <accounts> and the element say the same, or one of them is
 * not there. */
static void check_twin(const bw_scenario *scenario, bw_code code,
                       const char *name, const bw_attr *attr,
                       bw_quality_do means, bw_diags *diags)
{
    const bw_quality_spec *q = find(scenario, code);
    char where[BW_PLACE_TEXT];
    if (attr->text && q && q->action != means)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, q->place,
                    "<quality code=\"%s\"> says \"%s\" and %s=\"%s\" on "
                    "<accounts> (%s) says \"%s\"; they are the same decision: "
                    "take out one",
                    q->code.text, bw_do_text(q->action), name, attr->text,
                    bw_place_text(attr->place, q->place.file, where),
                    bw_do_text(means));
}

static bw_quality_do unplaced_means(bw_unplaced unplaced)
{
    return unplaced == BW_UNPLACED_STOP       ? BW_DO_STOP
           : unplaced == BW_UNPLACED_ANYWHERE ? BW_DO_IGNORE
                                              : BW_DO_OWNER;
}

void bw_quality_check(bw_scenario *scenario, bw_diags *diags)
{
    for (int i = 0; i < scenario->n_qualities; i++)
        check_one(&scenario->qualities[i], diags);
    check_twin(scenario, BW_ACCOUNT_UNPLACED, "unplaced",
               &scenario->unplaced_as_told, unplaced_means(scenario->unplaced),
               diags);
    bw_quality_do owner =
        scenario->unknown_owner_stops ? BW_DO_STOP : BW_DO_IGNORE;
    check_twin(scenario, BW_OWNER_UNKNOWN, "unknown-owner",
               &scenario->unknown_owner_as_told, owner, diags);
    check_twin(scenario, BW_OWNER_LEFT_OUT, "unknown-owner",
               &scenario->unknown_owner_as_told, owner, diags);
    const bw_quality_spec *q = find(scenario, BW_ACCOUNT_UNPLACED);
    if (q && q->action == BW_DO_IGNORE)
        scenario->unplaced = BW_UNPLACED_ANYWHERE;
    else if (q && q->action == BW_DO_OWNER)
        scenario->unplaced = BW_UNPLACED_OWNER;
}

bool bw_quality_given(const bw_scenario *scenario, bw_code code)
{
    if (find(scenario, code))
        return true;
    if (code == BW_ACCOUNT_UNPLACED)
        return scenario->unplaced_as_told.text != NULL;
    return (code == BW_OWNER_UNKNOWN || code == BW_OWNER_LEFT_OUT) &&
           scenario->unknown_owner_as_told.text;
}

bw_quality_do bw_quality_action(const bw_scenario *scenario, bw_code code,
                                const char **value)
{
    const bw_quality_spec *q = find(scenario, code);
    const bw_flaw *flaw = bw_flaw_of(code);
    *value = q ? q->value.text : NULL;
    if (q)
        return q->action;
    if (code == BW_ACCOUNT_UNPLACED)
        return unplaced_means(scenario->unplaced);
    if ((code == BW_OWNER_UNKNOWN || code == BW_OWNER_LEFT_OUT) &&
        scenario->unknown_owner_stops)
        return BW_DO_STOP;
    return flaw ? flaw->usual : BW_DO_STOP;
}
