/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A plan in the making, as the search sees it: who is with whom, loads in
 * exact integers, and for each rep one block of the numbers that a move needs,
 * side by side, so that the inner loops run over plain arrays.
 *
 * Some reps may be out of play: their units are not loaded (rep -1), and no
 * move goes there. Memory: 36 + 8 K bytes a unit, with slack.
 *
 * Moves are counted by the sum of G (net.h), in which budgets are priced. What
 * a plan is worth in truth differs by what it leaves of budgets, and by the
 * penalty for what it uses too much: bw_state_budgets. */
#ifndef BW_STATE_H
#define BW_STATE_H

#include "net.h"

enum {
    BW_SLOT_BLOCK = 8 /* room of a rep is a multiple of it */
};

/** The units of one rep, largest own first, so that a search for those whose
 * leaving can pay ends early; room beyond n holds finite numbers. */
typedef struct bw_slots {
    int32_t n, room;
    int32_t *unit;  /* [room] */
    double *own;    /* [room] d(u,r) */
    double *amount; /* [n_measures][room] */
    double *best;   /* [room] for a search over the slots: zero outside it */
    double *from;   /* [room] likewise */
} bw_slots;

/** Limits as the search weighs them now: the penalty of hard limits scaled. */
typedef struct bw_weighed {
    double low, high, under, over, price;
} bw_weighed;

typedef struct bw_move {
    int32_t unit, rep;
} bw_move;

typedef struct bw_state {
    const bw_net *net;
    const uint8_t *active; /* [n_reps] borrowed; NULL: all are in play */
    double hardness;       /* factor on the penalty of hard limits */
    bw_weighed *band;      /* [n_reps * n_measures] */
    bw_slots *slots;       /* [n_reps] */
    int32_t *rep;          /* [n_units] or -1 */
    int32_t *position;     /* [n_units] its slot */
    int64_t *load;         /* [n_reps * n_measures] quanta, cut */
    int64_t *use;          /* [n_budgets] quanta, with units out of play */
    bool keeps_budgets;    /* chains that exceed a budget are not taken */
    double *value;         /* [n_reps] F_r at this load */
    double *least;         /* [n_reps] the least F_r can be */
    bw_move *journal;      /* moves undone by rollback: unit, rep it left */
    int32_t n_journal, journal_room;
    bool no_memory; /* a block could not grow; the state is unusable */
} bw_state;

bw_status bw_state_new(const bw_net *net, bw_state **state);
void bw_state_free(bw_state *state); /* NULL is fine */

/** Takes over an assignment (rep[n_units], each pair an arc), units in order of
 * number, and the reps in play. The journal is emptied. */
bw_status bw_state_load(bw_state *state, const int32_t *rep,
                        const uint8_t *active);
/** Weighs the hard limits anew: factor on their base price. */
void bw_state_harden(bw_state *state, double factor);

/** Moves a unit along an arc; the change of sum G. */
double bw_state_move(bw_state *state, int32_t unit, int64_t arc);
/** Undoes all moves after the journal had this length. */
void bw_state_rollback(bw_state *state, int32_t length);

/** What budgets add to the sum of G: sum of -v (use - limit), and the penalty
 * of what is above a limit. */
double bw_state_budgets(const bw_state *state);
/** No budget is, or becomes more, exceeded by these moves; or that does not
 * matter at present. */
bool bw_state_fits(const bw_state *state, int32_t n, const bw_move *moves);

/** What the plan is worth: money without hard limits, and the weighed amount
 * outside hard limits and over budgets at factor 1 (0: inside all). */
typedef struct bw_worth {
    double money, outside;
} bw_worth;
bw_worth bw_state_worth(const bw_state *state);

/** G(rep) after a unit comes along `arc` (-1: none) and the one in slot `out`
 * leaves (-1: none), minus G(rep) now. */
double bw_state_change(const bw_state *state, int32_t rep, int64_t arc,
                       int32_t out);
/** The same for each of the first n slots that may leave: cost[slot] = base +
 * change. cost has the rep's room. */
void bw_state_changes(const bw_state *state, int64_t arc, double base,
                      int32_t n, double *cost);

static inline double bw_weigh(const bw_weighed *band, double load)
{
    double short_of = band->under * (band->low - load);
    double beyond = band->over * (load - band->high);
    double outside = short_of > beyond ? short_of : beyond;
    return (outside > 0 ? outside : 0) - band->price * load;
}

#endif
