/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What a change means, by rep and by segment: for people and as JSON. */
#ifndef BW_CRM_PREVIEW_H
#define BW_CRM_PREVIEW_H

#include "crm_export.h"

typedef struct bw_crm_rep_line {
    int64_t in, out; /* accounts that get a row in the CRM's files */
    int64_t held;    /* accounts that the plan gives the rep and nobody gets */
    bw_wide revenue_in, revenue_out; /* quanta */
} bw_crm_rep_line;

/** Lines of those who are no reps follow the reps'. */
enum {
    BW_CRM_LINE_PARKING, /* the user who keeps accounts of vacancies, unless he
                          * is a rep */
    BW_CRM_LINE_OTHERS, /* users who are no reps, and owners who are no users */
    BW_CRM_LINE_NOBODY, /* out: had no owner; held: have no rep */
    BW_CRM_N_FURTHER
};

typedef struct bw_crm_segment_line {
    const char *name; /* as assignments.csv has it; "" none */
    int64_t accounts, fate[BW_CRM_N_FATES];
    int64_t written;
    bw_wide revenue; /* of those written; quanta */
} bw_crm_segment_line;

typedef struct bw_crm_preview {
    const bw_crm_change *change;
    bw_crm_rep_line *rep; /* [n_reps + BW_CRM_N_FURTHER] */
    int32_t n_reps;
    bw_crm_segment_line *segment; /* [n_segments] those of the problem, in its
                                   * order; the last: no segment */
    int32_t n_segments;
    int64_t written;
    void *arena;
} bw_crm_preview;

bw_status bw_crm_preview_new(const bw_crm_change *change,
                             bw_crm_preview **preview);
void bw_crm_preview_free(bw_crm_preview *preview);

/** Counts, then reps that gain, lose or wait; lines of 80 columns at most. */
void bw_crm_show_reps(const bw_crm_preview *preview, bool utf8, bw_buf *out);
void bw_crm_show_segments(const bw_crm_preview *preview, bool utf8,
                          bw_buf *out);
/** Companions, and the files with their rows. */
void bw_crm_show_files(const bw_crm_exported *exported, bool dry, bw_buf *out);
/** All of it; `dir` NULL: a dry run. */
void bw_crm_preview_json(const bw_crm_preview *preview,
                         const bw_crm_exported *exported, const char *dir,
                         bw_buf *out);

#endif
