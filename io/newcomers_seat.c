/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One after the other to the rep of least c + sum_k max(p q, what q costs
 * beyond the band), as far as hard limits go; both with the loads so far. Who
 * may serve whom, and what it costs, is asked of the judge. */
#include "newcomers.h"

#include "bw/alloc.h"

#include <math.h>

const double bw_newcomers_patience = 0.01;

/* What a group would be with one rep. */
typedef struct offer {
    bool allowed;
    int32_t full; /* the measure whose hard limit would break; -1: none */
    bw_wide priced;
} offer;

typedef struct seating {
    bw_newcomers *n;
    int32_t m, n_measures;
    int64_t *load;   /* [m * n_measures] so far */
    int64_t *then;   /* [n_measures] of a rep, with the group */
    offer *offer;    /* [m] */
    int32_t *member; /* [members] accounts of the group */
    int32_t members;
    int32_t *head, *link; /* [families], [new]: new accounts by family, -1 */
    int32_t *host;        /* [families] rep in the plan, -1 */
} seating;

static bool is_work(const seating *s, int32_t k)
{
    return s->n->grown.balances[k].kind == BW_MEASURE_WORKLOAD;
}

static int64_t value_of(const seating *s, int32_t account, int32_t k)
{
    double value = s->n->grown.balances[k].value[account];
    return isnan(value) ? 0 : bw_quanta(value);
}

/* Amount outside a hard limit. */
static bw_wide outside(const seating *s, int32_t rep, int32_t k, int64_t load)
{
    const bw_balance *balance = &s->n->grown.balances[k];
    int64_t at = (int64_t)rep * s->n_measures + k;
    int64_t low = s->n->verdict_before->low[at];
    int64_t high = s->n->verdict_before->high[at];
    if (isinf(balance->over_cost) && high != BW_NO_HIGH && load > high)
        return (bw_wide)load - high;
    if (isinf(balance->under_cost) && low != BW_NO_LOW && load < low)
        return (bw_wide)low - load;
    return 0;
}

/* Outside a soft limit, what that costs. */
static bw_wide deviation(const seating *s, int32_t rep, int32_t k, int64_t load)
{
    const bw_balance *balance = &s->n->grown.balances[k];
    int64_t at = (int64_t)rep * s->n_measures + k;
    int64_t low = s->n->verdict_before->low[at];
    int64_t high = s->n->verdict_before->high[at];
    if (isfinite(balance->over_cost) && high != BW_NO_HIGH && load > high)
        return ((bw_wide)load - high) * bw_price(balance->over_cost);
    if (isfinite(balance->under_cost) && low != BW_NO_LOW && load < low)
        return ((bw_wide)low - load) * bw_price(balance->under_cost);
    return 0;
}

/* What so much more is charged: at the price, which knows what others want with
 * the room, or what it costs beyond the band, where that is more. Prices are
 * those of the plan as it was, and know nothing of a band that new accounts
 * have filled. */
static bw_wide charge(const seating *s, int32_t rep, int32_t k, int64_t load,
                      int64_t more)
{
    int64_t price = s->n->tables->price[(int64_t)rep * s->n_measures + k];
    bw_wide priced = (bw_wide)price * more;
    bw_wide known =
        deviation(s, rep, k, load + more) - deviation(s, rep, k, load);
    return known > priced ? known : priced;
}

/* An account of the group with one rep, whose loads grow by it. */
static bw_wide add_account(const seating *s, int32_t account, int32_t rep,
                           const bw_account_figures *f, int64_t *load)
{
    bw_wide priced = bw_fine(f->cost);
    for (int32_t k = 0; k < s->n_measures; k++) {
        int64_t q = is_work(s, k) ? f->workload : value_of(s, account, k);
        priced += charge(s, rep, k, load[k], q);
        load[k] += q;
    }
    return priced;
}

/* The group with one rep. */
static void ask(const seating *s, int32_t rep, offer *o)
{
    const int64_t *load = s->load + (int64_t)rep * s->n_measures;
    *o = (offer){.allowed = true, .full = -1};
    for (int32_t k = 0; k < s->n_measures; k++)
        s->then[k] = load[k];
    for (int32_t i = 0; i < s->members && o->allowed; i++) {
        bw_account_figures f;
        bw_verdict_account(&s->n->grown, s->n->verdict, s->member[i], rep, &f);
        o->allowed = f.allowed;
        o->priced += add_account(s, s->member[i], rep, &f, s->then);
    }
    for (int32_t k = 0; k < s->n_measures && o->allowed; k++)
        if (o->full < 0 &&
            outside(s, rep, k, s->then[k]) > outside(s, rep, k, load[k]))
            o->full = k;
}

static bool better(const seating *s, int32_t rep, int32_t than)
{
    return than < 0 || s->offer[rep].priced < s->offer[than].priced;
}

/* Ties go to the lowest rep: strictly better ones alone displace. */
static void choose(const seating *s, int32_t host, bw_newcomer *line)
{
    int32_t best = -1, next = -1, full = -1;
    for (int32_t r = 0; r < s->m; r++) {
        const offer *o = &s->offer[r];
        if (!o->allowed)
            continue;
        line->n_allowed++;
        if (host >= 0 && r != host)
            continue;
        if (o->full >= 0) {
            full = better(s, r, full) ? r : full;
        } else if (better(s, r, best)) {
            next = best;
            best = r;
        } else if (better(s, r, next)) {
            next = r;
        }
    }
    line->rep = best;
    line->next = next;
    if (next >= 0)
        line->next_extra = s->offer[next].priced - s->offer[best].priced;
    if (full >= 0 && better(s, full, best)) {
        line->full = full;
        line->full_measure = s->offer[full].full;
        if (best >= 0)
            line->full_saves = s->offer[best].priced - s->offer[full].priced;
    }
}

static bw_seat seat_of(const seating *s, const bw_newcomer *line)
{
    if (line->rep >= 0)
        return line->host >= 0 ? BW_SEAT_FAMILY : BW_SEAT_CHEAPEST;
    bool may =
        line->host >= 0 ? s->offer[line->host].allowed : line->n_allowed > 0;
    return may ? BW_SEAT_FULL : BW_SEAT_FORBIDDEN;
}

/* The account's own part of what the group comes to; the loads grow by it. */
static void fill_line(const seating *s, int32_t account, const bw_newcomer *of)
{
    bw_newcomers *n = s->n;
    bw_newcomer *line = &n->line[account - n->first];
    *line = *of;
    n->rep[account] = line->rep;
    line->figures.service_hours = n->verdict->service_hours[account];
    if (line->rep < 0)
        return;
    bw_verdict_account(&n->grown, n->verdict, account, of->rep, &line->figures);
    line->priced = add_account(s, account, of->rep, &line->figures,
                               s->load + (int64_t)of->rep * s->n_measures);
}

static void seat_group(seating *s, int32_t host)
{
    bw_newcomer line = {
        .host = host, .full = -1, .full_measure = -1, .members = s->members};
    for (int32_t r = 0; r < s->m; r++)
        ask(s, r, &s->offer[r]);
    choose(s, host, &line);
    line.seat = seat_of(s, &line);
    for (int32_t i = 0; i < s->members; i++)
        fill_line(s, s->member[i], &line);
    s->n->sum.placed += line.rep >= 0 ? s->members : 0;
}

static void leave_out_split(const seating *s, int32_t account)
{
    bw_newcomers *n = s->n;
    n->line[account - n->first] = (bw_newcomer){
        .seat = BW_SEAT_SPLIT,
        .rep = -1,
        .host = -1,
        .members = 1,
        .next = -1,
        .full = -1,
        .full_measure = -1,
        .figures = {.service_hours = n->verdict->service_hours[account]}};
}

/* Those of a family that is in the plan come one by one, each to its rep; a
 * family of new ones alone comes as a whole, with the first of them. */
static void seat_all(seating *s)
{
    const bw_newcomers *n = s->n;
    for (int32_t a = n->first; a < n->first + n->n; a++) {
        int32_t family = n->grown.accounts.family[a];
        int32_t host = family >= 0 ? s->host[family] : -1;
        if (n->split[a - n->first]) {
            leave_out_split(s, a);
            continue;
        }
        s->members = 0;
        s->member[s->members++] = a;
        if (family >= 0 && host < 0) {
            if (s->head[family] != a)
                continue; /* came with the first */
            for (int32_t b = s->link[a - n->first]; b >= 0;
                 b = s->link[b - n->first])
                s->member[s->members++] = b;
        }
        seat_group(s, host);
    }
}

static void list_families(seating *s)
{
    const bw_newcomers *n = s->n;
    const bw_accounts *accounts = &n->grown.accounts;
    for (int32_t f = 0; f < accounts->n_families; f++)
        s->head[f] = s->host[f] = -1;
    for (int32_t a = n->first + n->n - 1; a >= n->first; a--) {
        int32_t f = accounts->family[a];
        s->link[a - n->first] = f >= 0 ? s->head[f] : -1;
        if (f >= 0)
            s->head[f] = a;
    }
    for (int32_t a = 0; a < n->first; a++)
        if (accounts->family[a] >= 0)
            s->host[accounts->family[a]] = n->rep[a];
}

static bw_status prepare(seating *s)
{
    const bw_newcomers *n = s->n;
    size_t m = (size_t)s->m, count = (size_t)s->n_measures;
    size_t families = (size_t)n->grown.accounts.n_families;
    s->load = bw_arena_alloc(n->arena, m * count, sizeof *s->load);
    s->then = bw_arena_alloc(n->arena, count, sizeof *s->then);
    s->offer = bw_arena_alloc(n->arena, m, sizeof *s->offer);
    s->member = bw_arena_alloc(n->arena, (size_t)n->n, sizeof *s->member);
    s->link = bw_arena_alloc(n->arena, (size_t)n->n, sizeof *s->link);
    s->head = bw_arena_alloc(n->arena, families, sizeof *s->head);
    s->host = bw_arena_alloc(n->arena, families, sizeof *s->host);
    if (!s->load || !s->then || !s->offer || !s->member || !s->link ||
        !s->head || !s->host)
        return BW_NOMEM;
    for (size_t i = 0; i < m * count; i++)
        s->load[i] = n->verdict_before->load[i];
    list_families(s);
    return BW_OK;
}

/* Why nothing could be judged: sums that are too large, and since those of the
 * plan were not, it is the new file that has them. */
static void hand_on(const bw_newcomers *n, bw_diags *found, bw_diags *diags)
{
    for (size_t i = 0; found && i < bw_diags_kept(found); i++) {
        const bw_diag *d = bw_diags_at(found, i);
        bw_diag_add(diags, BW_ERROR, BW_FIELD_RANGE, (bw_place){n->file, 0, 0},
                    "with these accounts %s", d->text);
    }
}

/* The judge is asked what it thinks of the grown plan; that accounts without a
 * rep, and limits that do not hold, are faults of a plan is not told here. */
static bw_status judge(const bw_newcomers *n, const bw_problem *problem,
                       bw_diags *diags, bw_verdict **verdict)
{
    const bw_claim claim = {n->rep, n->tables->price, NULL};
    bw_verdict *made = NULL;
    bw_diags *found = bw_diags_new();
    bw_status status =
        found ? bw_check(problem, &claim, found, &made) : BW_NOMEM;
    if (status != BW_OK)
        hand_on(n, found, diags);
    bw_diags_free(found);
    bw_verdict_free(*verdict);
    *verdict = made;
    return status;
}

static double gap_of(bw_wide objective, bw_wide bound)
{
    return bw_from_fine(objective - bound) /
           fmax(fabs(bw_from_fine(objective)), 1);
}

static void add_up(bw_newcomers *n)
{
    bw_newcomers_sum *sum = &n->sum;
    sum->objective_before = n->verdict_before->objective;
    sum->bound_before = n->verdict_before->bound_certified;
    sum->gap_before = gap_of(sum->objective_before, sum->bound_before);
    sum->outside = !n->verdict->inside_hard_limits;
    sum->objective = n->verdict->objective;
    sum->bound = n->verdict->bound_certified;
    sum->gap = (double)NAN;
    sum->plan_again = sum->placed < n->n || sum->outside;
}

/* What planning again would have to beat, by its own bands. */
static bw_status ask_again(bw_newcomers *n, bw_diags *diags)
{
    bw_newcomers_sum *sum = &n->sum;
    bw_verdict *verdict = NULL;
    bw_status status = judge(n, &n->again, diags, &verdict);
    if (status == BW_OK) {
        sum->objective_again = verdict->objective;
        sum->bound_again = verdict->bound_certified;
        sum->gap = gap_of(sum->objective_again, sum->bound_again);
        sum->gap_grew = sum->gap - sum->gap_before > bw_newcomers_patience;
        sum->plan_again |= sum->gap_grew;
    }
    bw_verdict_free(verdict);
    return status;
}

bw_status bw_newcomers_seat(bw_newcomers *n, bw_diags *diags)
{
    seating s = {.n = n,
                 .m = n->grown.reps.n_serving,
                 .n_measures = n->grown.n_balances};
    bw_status status = prepare(&s);
    if (status == BW_OK)
        status = judge(n, &n->grown, diags, &n->verdict);
    if (status != BW_OK)
        return status;
    seat_all(&s);
    status = judge(n, &n->grown, diags, &n->verdict);
    if (status == BW_OK)
        add_up(n);
    if (status == BW_OK && n->sum.placed == n->n)
        status = ask_again(n, diags);
    return status;
}
