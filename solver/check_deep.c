/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Solving again what a searched bound rests on.
 *
 * Claimed is a cluster for every rep, a price U[u] for some units, and a bound
 * b[K] for every cluster K. With Z the cost of the plan, p the certificate's
 * prices, B what they prove and v[u,r] = c[u,r] + sum_k p[r,k] q[u,r,k]:
 *
 * 1. A plan with pair (u,r) costs at least B + v[u,r] - (what u adds to B).
 *    Where that is Z or more, no plan below Z has the pair, and it is left out.
 * 2. Every unit without a price must have the pairs that are left in one
 *    cluster: it is inside. All others may have them in several.
 * 3. Take a plan that costs less than Z. Cut it into its clusters, and let each
 *    unit with a price be worth U[u] less where it is:
 *
 *        cost = sum_u U[u] + sum_K ( sum of c - U over the pairs in K
 *                                    + under s + over t of the reps in K )
 *
 *    What stands in brackets is an assignment of K: one rep for every unit that
 *    is inside, one or none for every unit with a price, with pairs of 1.
 * alone. If no assignment of K costs less than b[K], whatever K is, the plan
 * costs sum U + sum b at least. So does every plan, or else Z or more.
 *
 * Whether any assignment of K costs less than b[K] is what is asked here, of a
 * program made anew from the inputs, cluster by cluster (check_deep_mip.c). The
 * rest is exact. A budget over the plan that the certificate prices at v[g]
 * makes v[g] b[g,u,r] a part of c in 1. and 3., and adds - v[g] B[g] to the
 * sum. Only where there is a single cluster, which is the whole program, are
 * budgets kept as they are in 3., unpriced. */
#include "check_deep.h"

#include "parallel.h"

#include <math.h>
#include <pthread.h>

/* The pairs of half the units that are left. */
typedef struct listing {
    const bw_claim *claim;
    const bw_clusters_claim *clusters;
    bw_deep_pair *pair;
    int64_t n, room;
    int32_t n_units; /* that have any */
    /* Units that should have a price: how many, the first, two clusters. */
    int32_t n_unpriced, unpriced, between[2];
    bool starved;
} listing;

typedef struct court {
    const bw_judge *judge;
    const bw_clusters_claim *claim;
    const int32_t *plan; /* [accounts] */
    const bw_deep_settings *how;
    bw_deep *deep;
    bw_status status;
    listing half[BW_CHECK_THREADS];
    bw_deep_cluster *cluster; /* [n] */
    bw_deep_pair *pair;       /* by cluster, then unit */
    int32_t *rep;             /* [m] by cluster */
    double begun;
    double end;           /* of this round, on the clock; INFINITY: none */
    pthread_mutex_t lock; /* guards what follows */
    int32_t left, done;   /* clusters not begun in this round; decided ones */
} court;

/* --- pairs -------------------------------------------------------------- */

static void list_pair(listing *l, bw_deep_pair pair)
{
    if (l->n == l->room) {
        int64_t room = l->room ? 2 * l->room : 1024;
        bw_deep_pair *more = bw_realloc(l->pair, (size_t)room, sizeof *more);
        if (!more) {
            l->starved = true;
            return;
        }
        l->pair = more;
        l->room = room;
    }
    l->pair[l->n++] = pair;
}

static bool has_price(const bw_judge *judge, const int64_t *unit_price,
                      int32_t unit)
{
    int32_t head = judge->unit_account[judge->unit_first[unit]];
    return unit_price[head] != BW_NO_LOW;
}

/* Step 2 for the unit whose pairs were listed from `first` on. */
static void find_unpriced(const bw_judge *judge, listing *l, int64_t first)
{
    const int32_t *of_rep = l->clusters->of_rep;
    int32_t unit = l->pair[first].unit, home = of_rep[l->pair[first].rep];
    if (has_price(judge, l->clusters->unit_price, unit))
        return;
    for (int64_t i = first; i < l->n; i++) {
        if (of_rep[l->pair[i].rep] == home)
            continue;
        if (l->n_unpriced++ == 0) {
            l->unpriced = unit;
            l->between[0] = home;
            l->between[1] = of_rep[l->pair[i].rep];
        }
        return;
    }
}

/* Step 1. */
static void list_unit(const bw_judge *judge, int32_t unit,
                      const bw_check_row *row, void *data)
{
    listing *l = data;
    int64_t first = l->n;
    bw_wide rest = judge->verdict.bound_certified -
                   bw_judge_share(judge, l->claim, unit, row);
    for (int32_t r = 0; r < judge->m && !l->starved; r++) {
        if (!row->allowed[r])
            continue;
        bw_wide value =
            bw_judge_priced(judge, unit, r, row->cost[r], row->work[r]);
        if (rest + value < judge->verdict.objective)
            list_pair(l, (bw_deep_pair){unit, r, row->cost[r], row->work[r]});
    }
    l->n_units += l->n > first;
    if (l->n > first)
        find_unpriced(judge, l, first);
}

static bw_status list_pairs(court *c, const bw_claim *claim)
{
    void *sums[BW_CHECK_THREADS];
    for (int i = 0; i < BW_CHECK_THREADS; i++) {
        c->half[i] = (listing){.claim = claim, .clusters = c->claim};
        sums[i] = &c->half[i];
    }
    bw_status status = bw_judge_sweep(c->judge, NULL, list_unit, sums);
    for (int i = 0; i < BW_CHECK_THREADS; i++)
        if (c->half[i].starved)
            status = BW_NOMEM;
    return status;
}

static bool tell_unpriced(const court *c, bw_diags *diags)
{
    int32_t n = 0;
    for (int i = 0; i < BW_CHECK_THREADS; i++)
        n += c->half[i].n_unpriced;
    const listing *l = &c->half[c->half[0].n_unpriced ? 0 : 1];
    if (n == 0)
        return false;
    int32_t head = c->judge->unit_account[c->judge->unit_first[l->unpriced]];
    bw_diag_add(diags, BW_ERROR, BW_VERIFY_MISMATCH,
                (bw_place){c->claim->file, 0, 0},
                "unit \"%s\" has no price, though a plan cheaper than this one "
                "might give it to cluster %d or to cluster %d%s; units that "
                "span clusters need one",
                c->judge->problem->accounts.id[head], (int)l->between[0] + 1,
                (int)l->between[1] + 1, n > 1 ? ", and others likewise" : "");
    return true;
}

/* --- clusters ----------------------------------------------------------- */

/* Counts into first[k + 1], then sums: where each cluster's part begins. */
static void sum_up(int64_t *first, int32_t n)
{
    for (int32_t k = 0; k < n; k++)
        first[k + 1] += first[k];
}

static bw_status deal_pairs(court *c)
{
    const int32_t *of_rep = c->claim->of_rep;
    int64_t *next = bw_alloc((size_t)c->claim->n + 1, sizeof *next);
    int64_t total = c->half[0].n + c->half[1].n;
    c->pair = bw_alloc((size_t)total, sizeof *c->pair);
    if (!next || !c->pair) {
        bw_free(next);
        return BW_NOMEM;
    }
    for (int i = 0; i < BW_CHECK_THREADS; i++)
        for (int64_t j = 0; j < c->half[i].n; j++)
            next[of_rep[c->half[i].pair[j].rep] + 1]++;
    sum_up(next, c->claim->n);
    for (int32_t k = 0; k < c->claim->n; k++) {
        c->cluster[k].pair = c->pair + next[k];
        c->cluster[k].n_pairs = next[k + 1] - next[k];
    }
    for (int i = 0; i < BW_CHECK_THREADS; i++) {
        for (int64_t j = 0; j < c->half[i].n; j++)
            c->pair[next[of_rep[c->half[i].pair[j].rep]]++] =
                c->half[i].pair[j];
        bw_free(c->half[i].pair);
        c->half[i].pair = NULL;
    }
    bw_free(next);
    return BW_OK;
}

static bw_status make_clusters(court *c)
{
    int32_t n = c->claim->n, at = 0;
    c->cluster = bw_alloc((size_t)n, sizeof *c->cluster);
    c->rep = bw_alloc((size_t)c->judge->m, sizeof *c->rep);
    int64_t *first = bw_alloc((size_t)n + 1, sizeof *first);
    if (!c->cluster || !c->rep || !first) {
        bw_free(first);
        return BW_NOMEM;
    }
    for (int32_t r = 0; r < c->judge->m; r++)
        first[c->claim->of_rep[r] + 1]++;
    sum_up(first, n);
    for (int32_t k = 0; k < n; k++)
        c->cluster[k] =
            (bw_deep_cluster){.judge = c->judge,
                              .unit_price = c->claim->unit_price,
                              .plan = c->plan,
                              .rep = c->rep + first[k],
                              .n_reps = (int32_t)(first[k + 1] - first[k]),
                              .bound = c->claim->bound[k],
                              .closed = c->claim->closed && c->claim->closed[k],
                              .whole = n == 1};
    for (int32_t r = 0; r < c->judge->m; r++, at++)
        c->rep[first[c->claim->of_rep[r]]++] = r;
    bw_free(first);
    return deal_pairs(c);
}

/* --- asking ------------------------------------------------------------- */

typedef struct deadline {
    court *court;
    double end; /* on the clock; INFINITY: none */
} deadline;

/* Whoever comes while another reports goes on. */
static void report(court *c)
{
    if (!c->how->progress || pthread_mutex_trylock(&c->lock) != 0)
        return;
    c->how->progress(c->how->progress_data, c->done, c->claim->n);
    pthread_mutex_unlock(&c->lock);
}

static bool is_late(void *data)
{
    const deadline *late = data;
    const bw_settings *s = late->court->how->settings;
    report(late->court);
    if (s->interrupt && atomic_load(s->interrupt))
        return true;
    return isfinite(late->end) && s->clock(s->clock_data) >= late->end;
}

/* What time is left is shared evenly over the clusters that are left: one that
 * is done early leaves its time to the others. */
static deadline next_deadline(court *c)
{
    const bw_settings *s = c->how->settings;
    pthread_mutex_lock(&c->lock);
    int32_t left = c->left--;
    pthread_mutex_unlock(&c->lock);
    deadline late = {c, (double)INFINITY};
    if (!isfinite(c->end))
        return late;
    double now = s->clock(s->clock_data);
    int threads = s->threads < left ? s->threads : left;
    late.end = now + (c->end - now) * threads / left;
    return late;
}

static bw_status ask(void *data, int worker, int32_t number)
{
    court *c = data;
    bw_deep_cluster *cluster = &c->cluster[number];
    (void)worker;
    if (bw_deep_is_decided(cluster))
        return BW_OK;
    deadline late = next_deadline(c);
    bw_mip_limits limits = {.give_up = is_late, .give_up_data = &late};
    bw_status status = BW_OK;
    if (cluster->found == BW_NOT_DECIDED && !is_late(&late))
        status = bw_deep_ask(cluster, &limits);
    if (status == BW_OK && cluster->found == BW_CONFIRMED && cluster->closed)
        status = bw_deep_ask_end(cluster, is_late(&late) ? NULL : &limits);
    pthread_mutex_lock(&c->lock);
    c->done += bw_deep_is_decided(cluster);
    pthread_mutex_unlock(&c->lock);
    report(c);
    return status;
}

static bw_status ask_round(court *c)
{
    c->left = c->claim->n - c->done;
    return bw_parallel(c->how->settings->threads, c->claim->n, ask, c);
}

/* Half the time for all, the rest for those that are left. */
static void *ask_rounds(void *data)
{
    court *c = data;
    double seconds = c->how->settings->seconds;
    c->end = c->begun + seconds / 2;
    c->status = ask_round(c);
    c->end = c->begun + seconds;
    if (c->status == BW_OK && isfinite(c->end) && c->done < c->claim->n)
        c->status = ask_round(c);
    bw_mip_thread_done();
    return NULL;
}

static bw_status ask_all(court *c)
{
    /* A unit that has no pair left: no plan costs less than Z at all. */
    if (c->half[0].n_units + c->half[1].n_units < c->judge->verdict.n_units) {
        bw_status status = BW_OK;
        for (int32_t k = 0; k < c->claim->n && status == BW_OK; k++) {
            c->cluster[k].found = BW_CONFIRMED;
            if (c->cluster[k].closed)
                status = bw_deep_ask_end(&c->cluster[k], NULL);
        }
        return status;
    }
    if (pthread_mutex_init(&c->lock, NULL) != 0)
        return BW_NOMEM;
    /* On a thread of its own: what the library keeps for the caller's thread
     * is the caller's. */
    pthread_t thread;
    bool begun = pthread_create(&thread, NULL, ask_rounds, c) == 0;
    if (begun)
        pthread_join(thread, NULL);
    pthread_mutex_destroy(&c->lock);
    return begun ? c->status : BW_NOMEM;
}

bw_status bw_check_deep(const bw_verdict *verdict, const bw_claim *claim,
                        const bw_clusters_claim *clusters,
                        const bw_deep_settings *settings, bw_diags *diags,
                        bw_deep **deep)
{
    const bw_settings *s = settings->settings;
    court c = {.judge = (const bw_judge *)verdict,
               .claim = clusters,
               .plan = claim->rep,
               .how = settings,
               .begun = s->clock(s->clock_data)};
    bw_status status = bw_deep_new(clusters->n, &c.deep);
    if (status == BW_OK)
        status = list_pairs(&c, claim);
    bool asked = status == BW_OK && !tell_unpriced(&c, diags);
    if (asked)
        status = make_clusters(&c);
    if (asked && status == BW_OK)
        status = ask_all(&c);
    if (asked && status == BW_OK)
        bw_deep_sum(c.deep, c.cluster);
    for (int i = 0; i < BW_CHECK_THREADS; i++)
        bw_free(c.half[i].pair);
    bw_free(c.cluster);
    bw_free(c.pair);
    bw_free(c.rep);
    if (status != BW_OK) {
        bw_deep_free(c.deep);
        c.deep = NULL;
    }
    *deep = c.deep;
    return status;
}
