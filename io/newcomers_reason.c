/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences about single new accounts. */
#include "newcomers.h"

#include "number.h"

typedef struct subject {
    const bw_newcomers *n;
    const bw_newcomer *line;
    int32_t account;
    bw_buf *buf;
} subject;

static const char *rep_id(const subject *s, int32_t rep)
{
    return s->n->grown.reps.id[rep];
}

static const char *full_measure(const subject *s)
{
    return s->n->grown.balances[s->line->full_measure].measure;
}

static void say_split(const subject *s)
{
    bw_buf_text(s->buf, "its family is with several reps in the plan");
}

static void say_forbidden(const subject *s)
{
    if (s->line->host >= 0)
        bw_buf_format(
            s->buf,
            "its family is with %s, who may not serve it: a rule, the "
            "pairs, a lock or the distance",
            rep_id(s, s->line->host));
    else
        bw_buf_text(s->buf, "no rep may serve it: rules, pairs, locks or "
                            "distance forbid all of them");
}

static void say_full(const subject *s)
{
    if (s->line->host >= 0)
        bw_buf_format(s->buf, "its family is with %s, who has no room",
                      rep_id(s, s->line->host));
    else
        bw_buf_format(s->buf, "nobody who may serve it has room; best %s",
                      rep_id(s, s->line->full));
    bw_buf_format(s->buf, " (hard limit on %s)", full_measure(s));
}

static void say_cheapest(const subject *s)
{
    const bw_newcomer *line = s->line;
    const char *rep = rep_id(s, line->rep);
    if (s->n->grown.lock[s->account] >= 0) {
        bw_buf_format(s->buf, "locked to %s", rep);
        return;
    }
    if (line->n_allowed == 1) {
        bw_buf_format(s->buf, "%s is the only rep allowed", rep);
        return;
    }
    if (line->full >= 0)
        bw_buf_format(
            s->buf,
            "%s would be better by %s, but has no room (hard limit on %s); ",
            rep_id(s, line->full), bw_number_money(line->full_saves).text,
            full_measure(s));
    if (line->next < 0)
        bw_buf_format(s->buf, "%s is the only one with room", rep);
    else
        bw_buf_format(
            s->buf, "%s is the cheapest as priced; next %s would cost %s more",
            rep, rep_id(s, line->next), bw_number_money(line->next_extra).text);
}

void bw_newcomers_reason(const bw_newcomers *n, int32_t i, bw_buf *buf)
{
    const subject s = {n, &n->line[i], n->first + i, buf};
    if (s.line->rep < 0)
        bw_buf_text(buf, "not placed: ");
    switch (s.line->seat) {
    case BW_SEAT_CHEAPEST:
        say_cheapest(&s);
        break;
    case BW_SEAT_FAMILY:
        bw_buf_format(buf, "its family is with %s in the plan",
                      rep_id(&s, s.line->rep));
        break;
    case BW_SEAT_FORBIDDEN:
        say_forbidden(&s);
        break;
    case BW_SEAT_FULL:
        say_full(&s);
        break;
    case BW_SEAT_SPLIT:
        say_split(&s);
        break;
    }
    if (s.line->members > 1)
        bw_buf_format(buf, " (family of %d)", (int)s.line->members);
}
