/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments, balances and rules: the parts of a scenario with a meaning that a
 * schema cannot check. */
#include "bw/quantum.h"
#include "scenario_form.h"
#include "words.h"

#include <math.h>
#include <string.h>

static const bw_range segment_share = {0, 1, false, BW_SEGMENT_SHARE,
                                       "between 0% and 100%"};
static const bw_range tolerance_range = {0, 1, false, BW_BAND_CROSSED,
                                         "between 0% and 100%"};
static const bw_range cost_range = {0, BW_LARGEST, false, BW_BALANCE_COST,
                                    "between 0 and 1e12"};

static bool same(const bw_attr *a, const bw_attr *b)
{
    return a->text && b->text && strcmp(a->text, b->text) == 0;
}

static void check_share(bw_form *form, const bw_segment_spec *s, bool by_given)
{
    if (s->share.given && !by_given)
        bw_diag_add(form->diags, BW_ERROR, BW_SEGMENT_SHARE, s->share.place,
                    "a share of what? add by=\"accounts\" or "
                    "by=\"potential\"");
    if (!s->share.given && (by_given || s->of.text))
        bw_diag_add(form->diags, BW_ERROR, BW_SEGMENT_SHARE, s->place,
                    "segment \"%s\" has %s but no share; add share=\"20%%\" or "
                    "leave it out",
                    s->name.text ? s->name.text : "", by_given ? "by" : "of");
}

static void read_segment(bw_form *form, const bw_element *e, bw_segment_spec *s)
{
    s->place = bw_form_place(form, e);
    s->name = bw_form_attr(form, e, "name");
    s->where = bw_form_attr(form, e, "where");
    s->share = bw_form_number(form, e, "share", NAN, &segment_share);
    s->by = bw_form_is(e, "by", "potential") ? BW_BY_POTENTIAL : BW_BY_ACCOUNTS;
    s->of = bw_form_attr(form, e, "of");
    check_share(form, s, bw_element_attr(e, "by", NULL) != NULL);
    const bw_element *coverage = bw_element_child(e);
    s->calls.value = s->hours.value = NAN;
    s->calls.place = s->hours.place = s->place;
    if (!coverage)
        return;
    s->calls =
        bw_form_number(form, coverage, "calls", NAN, &bw_range_not_negative);
    s->hours =
        bw_form_number(form, coverage, "hours", NAN, &bw_range_not_negative);
}

/* Against those before it. */
static void check_segment(bw_form *form, const bw_segment_spec *segments, int n)
{
    const bw_segment_spec *s = &segments[n], *always = NULL, *twin = NULL;
    char where[BW_PLACE_TEXT];
    for (int i = n - 1; i >= 0; i--) {
        if (same(&segments[i].name, &s->name))
            twin = &segments[i];
        if (!segments[i].where.text && !segments[i].share.given)
            always = &segments[i];
    }
    if (twin)
        bw_diag_add(form->diags, BW_ERROR, BW_SEGMENT_DUPLICATE, s->name.place,
                    "segment \"%s\" is defined twice (first at %s); give it "
                    "another name",
                    s->name.text,
                    bw_place_text(twin->place, s->name.place.file, where));
    if (always)
        bw_diag_add(
            form->diags, BW_WARNING, BW_SEGMENT_UNREACHABLE, s->place,
            "segment \"%s\" can take no account: \"%s\" at %s takes all; "
            "move it before that one",
            s->name.text, always->name.text,
            bw_place_text(always->place, s->place.file, where));
}

void bw_form_segments(bw_form *form, const bw_element *segments)
{
    bw_scenario *s = form->scenario;
    if (!segments)
        return;
    int n = bw_form_count(segments, "segment");
    s->segments = bw_form_alloc(form, n, sizeof *s->segments);
    if (!s->segments)
        return;
    const bw_element *e = bw_element_child(segments);
    for (; e; e = bw_element_next(e)) {
        read_segment(form, e, &s->segments[s->n_segments]);
        if (!form->nomem)
            check_segment(form, s->segments, s->n_segments);
        s->n_segments++;
    }
}

static void read_target(bw_form *form, const bw_element *e, bw_balance_spec *b)
{
    static const char prefix[] = "column:";
    bw_attr attr = bw_form_attr(form, e, "target");
    b->target_column.place = attr.place;
    if (!attr.text)
        return;
    if (strcmp(attr.text, "equal") == 0) {
        b->target = BW_TARGET_EQUAL;
    } else if (strcmp(attr.text, "share") == 0) {
        b->target = BW_TARGET_SHARE;
    } else if (strcmp(attr.text, "capacity") == 0) {
        b->target = BW_TARGET_CAPACITY;
    } else {
        b->target = BW_TARGET_COLUMN;
        b->target_column = attr;
        b->target_column.text += sizeof prefix - 1;
        if (strncmp(attr.raw, prefix, sizeof prefix - 1) != 0)
            return; /* written with references: no exact place inside */
        b->target_column.raw += sizeof prefix - 1;
        b->target_column.place.column += sizeof prefix - 1;
    }
}

static void check_cost(bw_form *form, const bw_balance_spec *b)
{
    bool cost = b->over_cost.given || b->under_cost.given;
    if (!cost && !b->hard)
        bw_diag_add(form->diags, BW_ERROR, BW_BALANCE_COST, b->place,
                    "nothing keeps %s inside its band; add over-cost and "
                    "under-cost (money per unit), or hard=\"yes\"",
                    b->measure.text);
    if (cost && b->hard)
        bw_diag_add(form->diags, BW_WARNING, BW_BALANCE_COST, b->place,
                    "the band of %s is hard, so over-cost and under-cost are "
                    "not used; leave them out",
                    b->measure.text);
}

static void check_edge(bw_form *form, const char *name,
                       const bw_attr_number *edge, const bw_attr *from)
{
    if (edge->given && from->text)
        bw_diag_add(form->diags, BW_ERROR, BW_BAND_CROSSED, from->place,
                    "the band has both %s and %s-from; leave one", name, name);
}

static void check_band(bw_form *form, const bw_balance_spec *b)
{
    check_edge(form, "low", &b->low, &b->low_from);
    check_edge(form, "high", &b->high, &b->high_from);
    if (b->low.value > b->high.value)
        bw_diag_add(form->diags, BW_ERROR, BW_BAND_CROSSED, b->low.place,
                    "low %g is above high %g; exchange them", b->low.value,
                    b->high.value);
    bool edges =
        b->low.given || b->high.given || b->low_from.text || b->high_from.text;
    if (b->target == BW_TARGET_NONE && !edges)
        bw_diag_add(form->diags, BW_ERROR, BW_BAND_CROSSED, b->place,
                    "%s has no band; add target=\"equal\" (or share, capacity, "
                    "column:NAME), or low and high",
                    b->measure.text);
    if (b->target == BW_TARGET_NONE && b->tolerance.given)
        bw_diag_add(form->diags, BW_ERROR, BW_BAND_CROSSED, b->tolerance.place,
                    "tolerance without target means nothing; add a target or "
                    "leave it out");
}

static void check_measure(bw_form *form, const bw_balance_spec *balances, int n)
{
    char where[BW_PLACE_TEXT];
    for (int i = 0; i < n; i++) {
        if (!same(&balances[i].measure, &balances[n].measure))
            continue;
        bw_diag_add(
            form->diags, BW_ERROR, BW_BALANCE_DUPLICATE,
            balances[n].measure.place,
            "%s is balanced or limited twice (first at %s); say it once, "
            "with low and high where needed",
            balances[n].measure.text,
            bw_place_text(balances[i].place, balances[n].measure.place.file,
                          where));
        return;
    }
}

static void read_balance(bw_form *form, const bw_element *e, bw_balance_spec *b)
{
    b->place = bw_form_place(form, e);
    b->measure = bw_form_attr(form, e, "measure");
    read_target(form, e, b);
    b->within = bw_form_attr(form, e, "within");
    b->tolerance = bw_form_number(form, e, "tolerance", 0, &tolerance_range);
    b->low = bw_form_number(form, e, "low", NAN, &bw_range_any);
    b->high = bw_form_number(form, e, "high", NAN, &bw_range_any);
    b->low_from = bw_form_attr(form, e, "low-from");
    b->high_from = bw_form_attr(form, e, "high-from");
    b->over_cost = bw_form_number(form, e, "over-cost", NAN, &cost_range);
    b->under_cost = bw_form_number(form, e, "under-cost", NAN, &cost_range);
    b->hard = bw_form_is(e, "hard", "yes");
}

static bool is_balance(const bw_element *e)
{
    return strcmp(bw_element_name(e), "balance") == 0;
}

/* <limit> of anything but km is a band without exception. */
static bool is_band(const bw_element *e)
{
    return strcmp(bw_element_name(e), "limit") == 0 &&
           !bw_form_is(e, "measure", "km");
}

static void add_balance(bw_form *form, const bw_element *e, bool limit)
{
    bw_scenario *s = form->scenario;
    bw_balance_spec *b = &s->balances[s->n_balances];
    read_balance(form, e, b);
    if (form->nomem)
        return;
    if (limit)
        b->hard = true;
    if (limit && !b->low.given && !b->high.given)
        bw_diag_add(form->diags, BW_ERROR, BW_RULE_EMPTY, b->place,
                    "<limit measure=\"%s\"> limits nothing; add high or low",
                    b->measure.text);
    else
        check_band(form, b);
    check_cost(form, b);
    check_measure(form, s->balances, s->n_balances);
    s->n_balances++;
}

void bw_form_balances(bw_form *form, const bw_element *root,
                      const bw_element *rules)
{
    bw_scenario *s = form->scenario;
    int n = bw_form_count(root, "balance") + bw_form_count(rules, "limit");
    s->balances = bw_form_alloc(form, n, sizeof *s->balances);
    if (!s->balances)
        return;
    const bw_element *e = bw_element_child(root);
    for (; e; e = bw_element_next(e))
        if (is_balance(e))
            add_balance(form, e, false);
    e = rules ? bw_element_child(rules) : NULL;
    for (; e; e = bw_element_next(e))
        if (is_band(e))
            add_balance(form, e, true);
}

static bool kind_of(const bw_element *e, bw_rule_kind *kind)
{
    const char *name = bw_element_name(e);
    if (strcmp(name, "lock") == 0)
        *kind = BW_RULE_LOCK;
    else if (strcmp(name, "require") == 0)
        *kind = BW_RULE_REQUIRE;
    else if (strcmp(name, "forbid") == 0)
        *kind = BW_RULE_FORBID;
    else if (strcmp(name, "limit") == 0 && !is_band(e))
        *kind = BW_RULE_LIMIT_KM;
    else
        return false;
    return true;
}

static void check_km(bw_form *form, const bw_element *e, const bw_rule_spec *r)
{
    bw_attr low = bw_form_attr(form, e, "low");
    if (low.text)
        bw_diag_add(form->diags, BW_ERROR, BW_VALUE_SYNTAX, low.place,
                    "a limit of km has no low; leave it out");
    if (!r->high.given)
        bw_diag_add(form->diags, BW_ERROR, BW_RULE_EMPTY, r->place,
                    "<limit measure=\"km\"> limits nothing; add "
                    "high=\"kilometres\"");
}

static void check_rule(bw_form *form, const bw_element *e,
                       const bw_rule_spec *r)
{
    bool accounts = r->where.text || r->account.text;
    bool reps = r->rep_where.text || r->pair.text || r->rep.text;
    switch (r->kind) {
    case BW_RULE_LOCK:
        if (!accounts)
            bw_diag_add(form->diags, BW_ERROR, BW_RULE_EMPTY, r->place,
                        "<lock> names no accounts and would lock all; add "
                        "where or account");
        break;
    case BW_RULE_REQUIRE:
        if (!reps)
            bw_diag_add(form->diags, BW_ERROR, BW_RULE_EMPTY, r->place,
                        "<require> names no reps; add rep, rep-where or pair");
        break;
    case BW_RULE_FORBID:
        if (!reps && !accounts)
            bw_diag_add(form->diags, BW_ERROR, BW_RULE_EMPTY, r->place,
                        "<forbid> names nothing and would forbid all; add "
                        "where, account, rep, rep-where or pair");
        break;
    case BW_RULE_LIMIT_KM:
        check_km(form, e, r);
        break;
    }
}

void bw_form_rules(bw_form *form, const bw_element *rules)
{
    bw_scenario *s = form->scenario;
    bw_rule_kind kind;
    int n = 0;
    const bw_element *first = rules ? bw_element_child(rules) : NULL;
    for (const bw_element *e = first; e; e = bw_element_next(e))
        n += kind_of(e, &kind);
    s->rules = bw_form_alloc(form, n, sizeof *s->rules);
    if (!s->rules)
        return;
    for (const bw_element *e = first; e; e = bw_element_next(e)) {
        if (!kind_of(e, &kind))
            continue;
        bw_rule_spec *r = &s->rules[s->n_rules++];
        r->place = bw_form_place(form, e);
        r->kind = kind;
        r->id = bw_form_attr(form, e, "id");
        r->where = bw_form_attr(form, e, "where");
        r->rep_where = bw_form_attr(form, e, "rep-where");
        r->pair = bw_form_attr(form, e, "pair");
        r->account = bw_form_attr(form, e, "account");
        r->rep = bw_form_attr(form, e, "rep");
        r->high = bw_form_number(form, e, "high", NAN, &bw_range_not_negative);
        check_rule(form, e, r);
    }
}
