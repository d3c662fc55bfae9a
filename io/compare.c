/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the scenarios of a comparison, in words and figures. */
#include "compare.h"

#include "bw/alloc.h"
#include "bw/plan.h"
#include "exit_code.h"

#include <math.h>
#include <string.h>

bool bw_contender_has_plan(const bw_contender *contender)
{
    return contender->summary && contender->run;
}

static bool is_interrupted(const bw_contender *contender)
{
    const char *by =
        bw_json_get_text(bw_json_member(contender->run, "stopped_by"));
    return by && strcmp(by, bw_stop_text(BW_STOP_INTERRUPT)) == 0;
}

static const char *state_of_failure(const bw_contender *contender)
{
    if (contender->crashed)
        return "crashed";
    switch (contender->code) {
    case BW_EXIT_IMPOSSIBLE:
        return "impossible";
    case BW_EXIT_INPUT:
        return "faulty";
    case BW_EXIT_LIMIT:
        return "no plan";
    case BW_EXIT_FILE:
        return "file error";
    default:
        return "failed";
    }
}

const char *bw_contender_state(const bw_contender *contender)
{
    switch (contender->fate) {
    case BW_FATE_PLANNED:
        return is_interrupted(contender) ? "interrupted" : "planned";
    case BW_FATE_KEPT:
        return "kept";
    case BW_FATE_STOPPED:
        return "stopped";
    case BW_FATE_FAILED:
        return state_of_failure(contender);
    case BW_FATE_NOT_RUN:
        break;
    }
    return "not run";
}

/* The first line that has `mark`, without its end; NULL: there is none. */
static const char *line_with(const char *text, const char *mark, size_t *len)
{
    const char *at = text ? strstr(text, mark) : NULL;
    if (!at)
        return NULL;
    while (at > text && at[-1] != '\n')
        at--;
    *len = strcspn(at, "\n");
    return at;
}

void bw_contender_why(const bw_contender *contender, bw_buf *why)
{
    size_t len = 0;
    if (contender->fate != BW_FATE_FAILED)
        return;
    if (contender->signal)
        bw_buf_format(why, "ended by signal %d (%s)", contender->signal,
                      strsignal(contender->signal));
    else if (contender->crashed)
        bw_buf_text(why, "its process ended before its time");
    if (contender->crashed)
        return;
    const char *line = line_with(contender->log.text, ": error: ", &len);
    if (!line)
        line = line_with(contender->log.text, "bailiwick: ", &len);
    if (line)
        bw_buf_add(why, line, len);
}

double bw_contender_number(const bw_json *json, const char *member,
                           const char *inner)
{
    double value = NAN;
    const bw_json *at = bw_json_member(json, member);
    bw_json_get_double(inner ? bw_json_member(at, inner) : at, &value);
    return value;
}

double bw_contender_seconds(const bw_contender *contender)
{
    static const char *const stages[] = {"load", "model", "solve", "check",
                                         "write"};
    double sum = 0;
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++)
        sum += bw_contender_number(contender->timing, stages[i], NULL);
    return round(sum * 1e6) / 1e6;
}

int bw_compare_code(const bw_compare *compare)
{
    static const int worst_first[] = {BW_EXIT_CHECK, BW_EXIT_FILE,
                                      BW_EXIT_INPUT, BW_EXIT_IMPOSSIBLE,
                                      BW_EXIT_LIMIT};
    for (size_t i = 0; i < sizeof worst_first / sizeof worst_first[0]; i++)
        for (int c = 0; c < compare->n; c++)
            if (compare->contender[c].code == worst_first[i])
                return worst_first[i];
    return BW_EXIT_OK;
}

bool bw_compare_complete(const bw_compare *compare)
{
    for (int i = 0; i < compare->n; i++) {
        const bw_contender *c = &compare->contender[i];
        if (c->fate == BW_FATE_NOT_RUN || c->fate == BW_FATE_STOPPED ||
            is_interrupted(c))
            return false;
    }
    return true;
}

void bw_compare_free(bw_compare *compare)
{
    for (int i = 0; i < compare->n; i++) {
        bw_contender *c = &compare->contender[i];
        bw_buf_free(&c->log);
        bw_json_free(c->summary);
        bw_json_free(c->run);
        bw_json_free(c->timing);
    }
    bw_arena_free(compare->arena);
}
