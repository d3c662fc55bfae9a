/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about single accounts. */
#include "reason.h"

#include "bw/move.h"
#include "number.h"

typedef struct subject {
    const bw_figures *figures;
    const bw_account_line *account;
    int32_t number, unit;
    bw_buf *buf;
} subject;

static const char *rep_id(const subject *s, int32_t rep)
{
    return s->figures->problem->reps.id[rep];
}

static void say(const subject *s, const char *before, int32_t rep,
                const char *after)
{
    bw_buf_text(s->buf, before);
    bw_buf_text(s->buf, rep_id(s, rep));
    bw_buf_text(s->buf, after);
}

static void say_money(const subject *s, bw_wide fine)
{
    bw_buf_text(s->buf, bw_number_money(fine).text);
}

/* Which band, limit or budget the move would hurt: "R2's workload", "moved
 * revenue". */
static void say_hurt(const subject *s, const bw_move *move)
{
    if (move->hurt_budget >= 0) {
        bw_buf_text(s->buf,
                    s->figures->instance->budget[move->hurt_budget].name);
        return;
    }
    say(s, "", move->hurt_rep, "'s ");
    bw_buf_text(s->buf, s->figures->instance->measure[move->hurt_measure].name);
}

static bool locked_by_itself(const subject *s)
{
    return s->figures->problem->lock[s->number] >= 0;
}

/* Only one rep may serve it: say by what. */
static void say_only_rep(const subject *s)
{
    const bw_problem *problem = s->figures->problem;
    const bw_instance *instance = s->figures->instance;
    int32_t rep = s->account->rep;
    if (locked_by_itself(s)) {
        bool placeless = problem->accounts.placing[s->number] == BW_WITH_OWNER;
        say(s, placeless ? "no place known, so it stays with " : "locked to ",
            rep, "");
        return;
    }
    for (int32_t i = instance->first_account[s->unit];
         i < instance->first_account[s->unit + 1]; i++)
        if (problem->lock[instance->unit_account[i]] >= 0) {
            say(s, "its family is locked to ", rep, "");
            return;
        }
    say(s, "", rep, " is the only rep allowed");
}

/* Its rep is the cheapest there is: how far is the next best? */
static void say_cheapest(const subject *s)
{
    bw_move move;
    int32_t next = s->account->next;
    say(s, "", s->account->rep, " is the cheapest; ");
    bw_move_to(s->figures->plan, s->unit, next, &move);
    if (move.breaks) {
        say(s, "with any other a hard limit breaks (", next, ": ");
        say_hurt(s, &move);
        bw_buf_text(s->buf, ")");
    } else if (move.total > 0) {
        say(s, "next ", next, " would cost ");
        say_money(s, move.total);
        bw_buf_text(s->buf, " more");
    } else if (move.total == 0) {
        say(s, "", next, " would cost the same");
    } else {
        say(s, "for the balance ", next, " would be better by ");
        say_money(s, -move.total);
    }
}

/* Another rep is cheaper in itself: what speaks against it? */
static void say_cheaper(const subject *s, int32_t cheaper)
{
    bw_move move;
    bw_move_to(s->figures->plan, s->unit, cheaper, &move);
    say(s, "", cheaper, " is ");
    say_money(s, -move.cost);
    bw_buf_text(s->buf, " cheaper in itself, but ");
    if (move.breaks) {
        bw_buf_text(s->buf, "breaks the limit on ");
        say_hurt(s, &move);
    } else if (move.total > 0) {
        bw_buf_text(s->buf, move.hurt_above ? "loads " : "strips ");
        say_hurt(s, &move);
        bw_buf_text(s->buf, ": ");
        say_money(s, move.total);
        bw_buf_text(s->buf, " more in all");
    } else if (move.total == 0) {
        bw_buf_text(s->buf, "the balance costs as much");
    } else {
        bw_buf_text(s->buf, "saves only ");
        say_money(s, -move.total);
        bw_buf_text(s->buf, " in all: inside the gap");
    }
}

/* "812 in travel and 40 in balance", of the terms with this sign. */
static void say_terms(const subject *s, const bw_move *move, int sign)
{
    const bw_wide amounts[] = {bw_fine(move->parts.travel),
                               bw_fine(move->parts.handover),
                               bw_fine(move->parts.preference),
                               bw_fine(move->parts.given), move->imbalance};
    static const char *const names[] = {"travel", "handover", "preference",
                                        "given cost", "balance"};
    int n = 0;
    for (int i = 0; i < 5; i++) {
        if (amounts[i] * sign <= 0)
            continue;
        bw_buf_text(s->buf, n++ ? " and " : sign > 0 ? "saves " : " for ");
        say_money(s, amounts[i] * sign);
        bw_buf_text(s->buf, sign > 0 ? " in " : " of ");
        bw_buf_text(s->buf, names[i]);
    }
}

/* It left an owner who could have kept it: what is gained against going back?
 */
static void say_voluntary(const subject *s)
{
    bw_move back;
    int32_t owner = s->account->previous;
    bw_move_to(s->figures->plan, s->unit, owner, &back);
    say(s, "moved from ", owner, ": ");
    if (back.breaks) {
        bw_buf_text(s->buf, "staying breaks the limit on ");
        say_hurt(s, &back);
    } else if (back.total > 0) {
        say_terms(s, &back, 1);
        say_terms(s, &back, -1);
    } else if (back.total == 0) {
        bw_buf_text(s->buf, "staying would cost the same");
    } else {
        bw_buf_text(s->buf, "in exchange with others; going back alone would "
                            "save ");
        say_money(s, -back.total);
        bw_buf_text(s->buf, ", inside the gap");
    }
}

/* How it comes that the question is open. */
static void say_before(const subject *s)
{
    const bw_account_line *account = s->account;
    if (account->previous < 0)
        bw_buf_text(s->buf, "no owner today: ");
    else if (!account->moved)
        bw_buf_text(s->buf, "kept: ");
    else if (account->previous >= s->figures->instance->n_reps)
        say(s, "", account->previous, " is leaving: ");
    else
        say(s, "", account->previous, " may not serve it: ");
}

void bw_reason(const bw_figures *figures, int32_t account, bw_buf *buf)
{
    const bw_instance *instance = figures->instance;
    subject s = {figures, &figures->account[account], account,
                 instance->account_unit[account], buf};
    if (s.account->moved && !s.account->forced) {
        say_voluntary(&s);
    } else {
        say_before(&s);
        if (s.account->n_allowed == 1)
            say_only_rep(&s);
        else if (s.account->cheapest == s.account->rep)
            say_cheapest(&s);
        else
            say_cheaper(&s, s.account->cheapest);
    }
    int32_t members =
        instance->first_account[s.unit + 1] - instance->first_account[s.unit];
    if (members > 1)
        bw_buf_format(buf, " (family of %d)", (int)members);
}
