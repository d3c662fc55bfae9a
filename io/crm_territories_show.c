/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm_territories_show.h"

#include "number.h"

enum {
    N_LINES = 14
};

typedef struct line {
    const char *key, *text;
    int64_t n;
} line;

static void list(const bw_crm_territories *t, line out[N_LINES])
{
    const line all[N_LINES] = {
        {"accounts", "accounts are in the plan", t->change->n},
        {"seated", "are in the territory of their rep already",
         t->count[BW_CRM_SEATED]},
        {"seats", "get into it", t->count[BW_CRM_SEATS]},
        {"waits", "wait for their territory, which is not there yet",
         t->count[BW_CRM_WAITS]},
        {"none", "have no rep and stay where they are",
         t->count[BW_CRM_NO_SEAT]},
        {"leave", "seats of accounts in other territories go", t->n_leave},
        {"by_rule", "seats that a rule of the CRM gave stay: change the rule",
         t->seats_by_rule},
        {"foreign", "seats of other territories or records stay",
         t->seats_foreign},
        {"territories", "territories are needed that are not there",
         (int64_t)t->to_make + t->to_wait},
        {"to_make", "of them can be made now", t->to_make},
        {"to_wait", "of them after those: see waiting.csv", t->to_wait},
        {"join", "users get into their territory", t->n_join},
        {"resign", "users leave one that is another's now", t->n_resign},
        {"members_foreign", "further users in territories stay",
         t->members_foreign}};
    for (int i = 0; i < N_LINES; i++)
        out[i] = all[i];
}

void bw_crm_show_territories(const bw_crm_territories *territories, bw_buf *out)
{
    line all[N_LINES];
    list(territories, all);
    for (int i = 0; i < N_LINES; i++)
        if (all[i].n > 0)
            bw_buf_format(out, "%12s  %s\n", bw_number_whole(all[i].n).text,
                          all[i].text);
}

void bw_crm_json_territories(const bw_crm_territories *territories,
                             bw_json_out *json)
{
    line all[N_LINES];
    list(territories, all);
    for (int i = 0; i < N_LINES; i++)
        bw_json_int(json, all[i].key, all[i].n);
}
