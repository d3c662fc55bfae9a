/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The data-quality report: all flaws of a scenario's input counted, scored,
 * and whether a plan can exist. Made while the tables are open (load.c). */
#ifndef BW_AUDIT_H
#define BW_AUDIT_H

#include "csv_write.h"
#include "gate.h"
#include "load_parts.h"

enum {
    BW_AUDIT_FIRST = 3 /* places that are shown of a flaw */
};

/** The flaws of one code in one table with one severity. */
typedef struct bw_audit_line {
    bw_code code;
    int role; /* bw_role or BW_NO_TABLE */
    bw_severity severity;
    bw_quality_do action;
    int64_t n, from; /* n findings from here on */
} bw_audit_line;

typedef struct bw_audit {
    bw_loader *loader;     /* borrowed, as is all that is in it */
    bw_instance *instance; /* NULL: faults kept it from being made */
    bw_gate *gate;
    bw_finding *finding; /* [n] the loader's, sorted by table, code, row */
    int64_t n;
    bw_audit_line *line; /* [n_lines] likewise */
    int32_t n_lines;
    int64_t rows;         /* of accounts that `where` and changes leave */
    int64_t grave, light; /* of them: with a flaw that stops a plan unless
                           * decided otherwise; with others only */
    double score;         /* 0 .. 100 */
    int64_t n_errors, n_warnings;
} bw_audit;

/** status: what loading came to. Looks for what only an audit looks for. */
bw_status bw_audit_make(bw_loader *loader, bw_status status, bw_audit *audit);
void bw_audit_free(bw_audit *audit);

/** audit_on.c: are all errors so far in rows of accounts, so that segments and
 * rules can be trusted for the others? */
bool bw_audit_only_rows(const bw_audit *audit);
/** Then: which of the other accounts have no segment, no hours, or nobody who
 * may serve them. What adds up all rows is not judged. BW_NOMEM. */
bw_status bw_audit_look_on(const bw_audit *audit);
/** The table and the row of a finding that has only a place. */
void bw_audit_settle(const bw_audit *audit, bw_finding *finding);

/** The score with so many decimals, cut off: 100 is for data without a flaw. */
double bw_audit_score(const bw_audit *audit, int decimals);

/** Can there be a plan, as far as can be told without a search? */
bool bw_audit_possible(const bw_audit *audit);

/** The table of a role, or NULL. */
bw_sheet *bw_audit_sheet(const bw_audit *audit, int role);
bw_place bw_finding_place(const bw_audit *audit, const bw_finding *finding);
/** The file that the place stands in, as the scenario names it: that of the
 * role, one of <add-accounts>, the scenario of a <set>. May be NULL. */
const char *bw_audit_file(const bw_audit *audit, int role, bw_place place);
/** What will be done about it: "stop", "the row takes no part". */
const char *bw_audit_does(const bw_audit_line *line);

/** The report for people, 80 columns wide, and for scripts. */
void bw_audit_show(const bw_audit *audit, bw_buf *buf);
void bw_audit_json(const bw_audit *audit, bw_buf *buf);
/** A row per flaw as CSV; style NULL: plain (csv_write.h). */
bw_status bw_audit_rows(const bw_audit *audit, const char *path,
                        const bw_csv_style *style, bw_diags *diags);
/** Appends a line; see history.h. */
bw_status bw_audit_history(const bw_audit *audit, const char *path,
                           bw_diags *diags);

#endif
