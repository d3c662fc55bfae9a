/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A label of level l at unit j: the cheapest chain of l edges that ends by
 * sending j away. Edges (i, j) into a rep are costed for all its j in one
 * sweep (bw_state_changes) and offered to its slots; the BEAM best of these
 * are the next level's heads. The first level that finds any ends the search:
 * of what it found, the best chains that share no rep are applied. */
#include "chain.h"

#include "bw/settings.h"
#include "label.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_FOUND = 4096, /* improving chains kept before the best are applied */
    BEAM = 16          /* labels of one length that are extended, the best */
};

struct bw_chains {
    bw_state *state;
    bw_level level[BW_CHAIN_LONGEST + 1];
    uint8_t *dirty; /* [n_reps] */
    int32_t *queue; /* [n_reps] the dirty reps */
    int32_t n_dirty;
    uint8_t *offered; /* [n_reps] has offers in its slots */
    int32_t *offer;   /* [n_reps] these reps */
    int32_t n_offers;
    uint8_t *busy; /* [n_reps] scratch: takes part in an applied chain */
    double *cost;  /* [cost_room] scratch of one rep's slots */
    int32_t cost_room;
    bw_found found[MOST_FOUND];
    int32_t n_found;
    double least_gain; /* smaller improvements are noise */
    int32_t longest;   /* units of a chain: BW_CHAIN_LONGEST or less */
    int64_t work;
};

bw_status bw_chains_new(bw_state *state, bw_chains **chains)
{
    *chains = NULL;
    const bw_net *net = state->net;
    bw_chains *c = bw_alloc(1, sizeof *c);
    if (!c)
        return BW_NOMEM;
    size_t n_units = (size_t)net->n_units, n_reps = (size_t)net->n_reps;
    c->state = state;
    c->longest = net->off & BW_OFF_CHAINS ? 2 : BW_CHAIN_LONGEST;
    c->dirty = bw_alloc(n_reps, sizeof *c->dirty);
    c->queue = bw_alloc(n_reps, sizeof *c->queue);
    c->offered = bw_alloc(n_reps, sizeof *c->offered);
    c->offer = bw_alloc(n_reps, sizeof *c->offer);
    c->busy = bw_alloc(n_reps, sizeof *c->busy);
    bool ok = c->dirty && c->queue && c->offered && c->offer && c->busy;
    for (int i = 0; i <= BW_CHAIN_LONGEST; i++) {
        c->level[i].label = bw_alloc(n_units, sizeof *c->level[i].label);
        c->level[i].touched = bw_alloc(n_units, sizeof *c->level[i].touched);
        ok = ok && c->level[i].label && c->level[i].touched;
    }
    if (!ok) {
        bw_chains_free(c);
        return BW_NOMEM;
    }
    c->least_gain = bw_net_least_gain(net);
    *chains = c;
    return BW_OK;
}

void bw_chains_free(bw_chains *chains)
{
    if (!chains)
        return;
    for (int i = 0; i <= BW_CHAIN_LONGEST; i++) {
        bw_free(chains->level[i].label);
        bw_free(chains->level[i].touched);
    }
    bw_free(chains->dirty);
    bw_free(chains->queue);
    bw_free(chains->offered);
    bw_free(chains->offer);
    bw_free(chains->busy);
    bw_free(chains->cost);
    bw_free(chains);
}

int64_t bw_chains_work(const bw_chains *chains)
{
    return chains->work;
}

void bw_chains_touch(bw_chains *chains, int32_t rep)
{
    if (chains->dirty[rep])
        return;
    chains->dirty[rep] = 1;
    chains->queue[chains->n_dirty++] = rep;
}

void bw_chains_touch_all(bw_chains *chains)
{
    const bw_state *state = chains->state;
    for (int32_t rep = 0; rep < state->net->n_reps; rep++)
        if (!state->active || state->active[rep])
            bw_chains_touch(chains, rep);
}

static void clear_touched(bw_chains *chains)
{
    for (int32_t i = 0; i < chains->n_dirty; i++)
        chains->dirty[chains->queue[i]] = 0;
    chains->n_dirty = 0;
}

/* The chain so far: its last unit, at its level, with its cost; the start's own
 * leaving apart. */
typedef struct head {
    int32_t level, unit, start;
    double cost, leaving; /* leaving: cost of the start leaving its rep */
    bool path;
} head;

/* Is rep the present one of any unit of the chain? */
static bool on_chain(const bw_chains *chains, const head *h, int32_t rep)
{
    int32_t unit = h->unit;
    for (int32_t l = h->level; l > 0 && chains->state->rep[unit] != rep; l--)
        unit = chains->level[l].label[unit].from;
    return chains->state->rep[unit] == rep;
}

/* The moves of a chain, last unit first; their number. */
static int32_t decode(const bw_chains *chains, const bw_found *f,
                      bw_move *moves)
{
    int32_t n = 0, unit = f->unit, rep = f->rep;
    for (int32_t at = f->level;; at--) {
        moves[n++] = (bw_move){unit, rep};
        if (at == 0)
            return n;
        rep = chains->state->rep[unit];
        unit = chains->level[at].label[unit].from;
    }
}

static void remember(bw_chains *chains, const bw_found *f)
{
    bw_move moves[BW_CHAIN_LONGEST + 1];
    const bw_state *state = chains->state;
    if (f->gain >= -chains->least_gain || chains->n_found == MOST_FOUND)
        return;
    if (!state->keeps_budgets || state->net->n_budgets == 0 ||
        bw_state_fits(state, decode(chains, f, moves), moves))
        chains->found[chains->n_found++] = *f;
}

/* What was offered to slots becomes the labels of a level. */
static void take_offers(bw_chains *chains, int32_t at)
{
    const bw_level *before = &chains->level[at - 1];
    bw_level *level = &chains->level[at];
    for (int32_t i = 0; i < chains->n_offers; i++) {
        int32_t rep = chains->offer[i];
        const bw_slots *slots = &chains->state->slots[rep];
        for (int32_t slot = 0; slot < slots->n; slot++) {
            if (slots->best[slot] >= -chains->least_gain)
                continue;
            bool path = slots->from[slot] < 0;
            int32_t from =
                (int32_t)(path ? -1 - slots->from[slot] : slots->from[slot]);
            int32_t start = from, unit = slots->unit[slot];
            if (at > 1) {
                start = before->label[from].start;
                path = path || before->label[from].path;
            }
            level->touched[level->n++] = unit;
            level->label[unit] =
                (bw_label){slots->best[slot], from, start, path};
        }
        memset(slots->best, 0, (size_t)slots->room * sizeof *slots->best);
        chains->offered[rep] = 0;
        chains->work += slots->n;
    }
    chains->n_offers = 0;
}

static bool make_room(bw_chains *chains, int32_t room)
{
    if (room <= chains->cost_room)
        return true;
    double *cost = bw_realloc(chains->cost, (size_t)room, sizeof *cost);
    if (!cost) {
        chains->state->no_memory = true;
        return false;
    }
    chains->cost = cost;
    chains->cost_room = room;
    return true;
}

/* Sends on each unit of the arc's rep in turn whose leaving can pay: its own
 * must be above `least`. */
static void send_on(bw_chains *chains, const head *h, int64_t arc, double open,
                    double least)
{
    bw_state *state = chains->state;
    int32_t rep = state->net->arcs->rep[arc];
    const bw_slots *slots = &state->slots[rep];
    if (slots->n == 0 || slots->own[0] <= least ||
        h->level == chains->longest || !make_room(chains, slots->room))
        return;
    int32_t n = BW_SLOT_BLOCK;
    while (n < slots->n && slots->own[n] > least)
        n += BW_SLOT_BLOCK;
    bw_state_changes(state, arc, h->cost, n, chains->cost);
    chains->work += 3 * n + 20;
    if (open > 0)
        bw_label_open(chains->cost, open, -chains->least_gain, h->unit, n,
                      slots->best, slots->from);
    else
        bw_label_slots(chains->cost, h->unit, n, slots->best, slots->from);
    if (!chains->offered[rep])
        chains->offer[chains->n_offers++] = rep;
    chains->offered[rep] = 1;
}

static void extend(bw_chains *chains, const head *h, int64_t arc)
{
    bw_state *state = chains->state;
    int32_t rep = state->net->arcs->rep[arc];
    /* At the start it is open whether it leaves its place free (a path) or has
     * it taken; a path may begin where only the leaving makes it pay. */
    double open = h->level == 0 && h->leaving < 0 ? -h->leaving : 0;
    double end = h->path ? 0 : h->leaving;
    /* What the chain costs if the rep's load becomes the best there can be. */
    double best = h->cost + state->net->reduced[arc] - state->value[rep] +
                  state->least[rep];
    const bw_slots *slots = &state->slots[rep];
    bool may_end = best + end < 0;
    bool may_go_on = slots->n > 0 && best - slots->own[0] < open;
    if (!(may_end || may_go_on) || (state->active && !state->active[rep]) ||
        on_chain(chains, h, rep))
        return;
    if (may_end) {
        double gain = h->cost + bw_state_change(state, rep, arc, -1) + end;
        remember(chains, &(bw_found){gain, h->level, h->unit, rep});
    }
    if (may_go_on)
        send_on(chains, h, arc, open, best - open);
}

static void extend_all(bw_chains *chains, const head *h)
{
    const bw_net *net = chains->state->net;
    const int32_t *near = net->near + (int64_t)h->unit * net->n_near;
    int64_t first = net->arcs->first[h->unit];
    for (int32_t i = 0; i < net->n_near && near[i] >= 0; i++)
        extend(chains, h, first + near[i]);
    chains->work += 30;
}

static double leaving(const bw_state *state, int32_t unit)
{
    return bw_state_change(state, state->rep[unit], -1, state->position[unit]);
}

/* Chains of one unit: every unit of a touched rep to anywhere near, and every
 * other unit that could come to it. */
static void begin(bw_chains *chains)
{
    bw_state *state = chains->state;
    const bw_net *net = state->net;
    for (int32_t i = 0; i < chains->n_dirty; i++) {
        int32_t rep = chains->queue[i];
        const bw_slots *slots = &state->slots[rep];
        for (int32_t slot = 0; slot < slots->n; slot++) {
            int32_t unit = slots->unit[slot];
            head h = {0, unit, unit, 0, leaving(state, unit), false};
            extend_all(chains, &h);
        }
        for (int64_t j = net->into_first[rep]; j < net->into_first[rep + 1];
             j++) {
            int32_t unit = net->into_unit[j], at = state->rep[unit];
            if (at < 0 || chains->dirty[at])
                continue;
            head h = {0, unit, unit, 0, leaving(state, unit), false};
            extend(chains, &h, bw_net_arc(net, unit, rep));
        }
    }
    take_offers(chains, 1);
}

/* The last unit of the chain takes the start's place. */
static void close_cycle(bw_chains *chains, int32_t at, int32_t unit)
{
    const bw_state *state = chains->state;
    const bw_label *l = &chains->level[at].label[unit];
    if (l->path)
        return;
    int32_t rep = state->rep[l->start];
    int64_t arc = bw_net_arc(state->net, unit, rep);
    if (arc < 0)
        return;
    double gain =
        l->cost + bw_state_change(state, rep, arc, state->position[l->start]);
    remember(chains, &(bw_found){gain, at, unit, rep});
}

static void grow_level(bw_chains *chains, int32_t at)
{
    bw_level *l = &chains->level[at];
    for (int32_t i = 0; i < l->n; i++)
        close_cycle(chains, at, l->touched[i]);
    chains->work += 20 * l->n;
    if (chains->n_found > 0)
        return;
    if (l->n > BEAM)
        bw_level_choose(l, BEAM);
    for (int32_t i = 0; i < l->n && i < BEAM; i++) {
        int32_t unit = l->touched[i];
        const bw_label *t = &l->label[unit];
        head h = {at, unit, t->start, t->cost, 0, t->path};
        if (!t->path)
            h.leaving = leaving(chains->state, t->start);
        extend_all(chains, &h);
    }
    take_offers(chains, at + 1);
}

static void clear_levels(bw_chains *chains)
{
    for (int i = 0; i <= BW_CHAIN_LONGEST; i++)
        chains->level[i].n = 0;
    chains->n_found = 0;
}

static bool reps_free(const bw_chains *chains, const bw_move *moves, int32_t n)
{
    bool free = true;
    for (int32_t i = 0; i < n && free; i++)
        free = !chains->busy[moves[i].rep] &&
               !chains->busy[chains->state->rep[moves[i].unit]];
    return free;
}

/* Applies the chains found that share no rep, best first. */
static double apply_found(bw_chains *chains)
{
    bw_state *state = chains->state;
    qsort(chains->found, (size_t)chains->n_found, sizeof *chains->found,
          bw_found_by_gain);
    bw_move all[BW_CHAIN_LONGEST + 1];
    double change = 0;
    clear_touched(chains);
    for (int32_t i = 0; i < chains->n_found; i++) {
        int32_t n = decode(chains, &chains->found[i], all);
        if (!reps_free(chains, all, n) || !bw_state_fits(state, n, all))
            continue;
        for (int32_t j = 0; j < n; j++) {
            int32_t from = state->rep[all[j].unit];
            chains->busy[from] = chains->busy[all[j].rep] = 1;
            bw_chains_touch(chains, from);
            bw_chains_touch(chains, all[j].rep);
        }
        /* labels of other chains name units, not slots: still right; their
         * reps are not among those that change */
        for (int32_t j = 0; j < n; j++)
            change +=
                bw_state_move(state, all[j].unit,
                              bw_net_arc(state->net, all[j].unit, all[j].rep));
    }
    for (int32_t i = 0; i < chains->n_dirty; i++)
        chains->busy[chains->queue[i]] = 0;
    return change;
}

/* One search from the touched reps; 0 where nothing improves. */
static double improve(bw_chains *chains)
{
    begin(chains);
    for (int32_t at = 1; at <= chains->longest && chains->n_found == 0; at++) {
        if (chains->level[at].n == 0)
            break;
        grow_level(chains, at);
    }
    double change = apply_found(chains);
    clear_levels(chains);
    return change;
}

double bw_chains_descend(bw_chains *chains, const atomic_int *stop)
{
    double total = 0;
    while (chains->n_dirty > 0 && !chains->state->no_memory &&
           !(stop && atomic_load(stop)))
        total += improve(chains);
    clear_touched(chains);
    return total;
}
