/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What became of an export after it was loaded: its folder against accounts
 * that the CRM exported afterwards. Importers pass over rows without a word,
 * store owners that there are not, and people go on working meanwhile. */
#ifndef BW_CRM_AGAINST_H
#define BW_CRM_AGAINST_H

#include "crm_users.h"
#include "csv_write.h"

/* What is found, grave ones first: its name, and a line for people. */
#define BW_AGAINST_LIST(X)                                                     \
    X(BW_AGAINST_NOT_TAKEN, "not-taken", "the owner is still the one before")  \
    X(BW_AGAINST_UNKNOWN, "unknown-owner",                                     \
      "the owner is no user: an id or a name that leads nowhere")              \
    X(BW_AGAINST_NOBODY, "no-owner", "the owner is gone: the cell is blank")   \
    X(BW_AGAINST_FORMER, "former-owner",                                       \
      "the new owner is there, and the former one is there still")             \
    X(BW_AGAINST_INACTIVE, "inactive-owner",                                   \
      "the new owner is there, but is not active")                             \
    X(BW_AGAINST_CHANGED, "changed",                                           \
      "somebody gave it another owner: neither the one before nor after")      \
    X(BW_AGAINST_SEVERAL, "ambiguous",                                         \
      "the owner's name is that of several users, or rows differ")             \
    X(BW_AGAINST_NAMELESS, "nameless",                                         \
      "the account has lost its name: the importer made it anew")              \
    X(BW_AGAINST_GONE, "gone", "the account is not in the fresh export")       \
    X(BW_AGAINST_NEW, "new",                                                   \
      "not an account of the plan: made since, or left out of it")

#define BW_ENUM_(kind, name, words) kind,
typedef enum bw_against_kind {
    BW_AGAINST_LIST(BW_ENUM_) BW_AGAINST_KINDS
} bw_against_kind;
#undef BW_ENUM_

const char *bw_against_name(bw_against_kind kind);
const char *bw_against_words(bw_against_kind kind);

typedef struct bw_against_order {
    const char *dir;      /* of the export */
    const char *accounts; /* a table; or */
    const char *scenario; /* a scenario whose accounts are the fresh ones and
                           * that says how they are read. One of them is NULL */
    const char *users;    /* a fresh table of users; NULL: those of the export
                           */
} bw_against_order;

/** One account may have several. */
typedef struct bw_against_finding {
    bw_against_kind kind;
    int32_t account; /* row of owners.csv; -1: it is not there */
    int32_t row;     /* of the fresh table; -1: it is not there */
} bw_against_finding;

/** Columns of owners.csv. */
typedef enum bw_owners_column {
    BW_OWNERS_ACCOUNT,
    BW_OWNERS_NAME,
    BW_OWNERS_BEFORE,
    BW_OWNERS_AFTER,
    BW_OWNERS_FATE,
    BW_OWNERS_COLUMNS
} bw_owners_column;

typedef struct bw_against {
    bw_crm_profile *profile; /* of the export */
    bw_scenario *scenario;   /* NULL: none was given */
    bw_source *source;       /* of owners.csv */
    bw_table *owners;        /* owners.csv */
    int32_t column[BW_OWNERS_COLUMNS];
    bw_crm_by by; /* by what owners.csv names owners */
    bw_crm_table fresh;
    bw_crm_users *users; /* those of today first */
    int32_t n_today;     /* of them; the others were users when exported */
    bool adds;           /* accounts may have several owners, a row each */
    bw_against_finding *finding; /* [n] as the accounts stand in owners.csv,
                                  * new ones behind */
    int64_t n, room;
    int64_t count[BW_AGAINST_KINDS];
    int64_t planned; /* accounts whose owner the export changes, */
    int64_t took;    /* and of these: are as it says, in every way */
    int64_t kept;    /* of the others: likewise */
} bw_against;

/**
 * Reads all of it and compares. BW_OK also where not all took: `count` says.
 * BW_INVALID, BW_IO: told; `dir` is no export, a file is missing or at fault.
 * *against is to be freed whatever comes.
 */
bw_status bw_against_make(const bw_against_order *order, bw_diags *diags,
                          bw_against *against);
void bw_against_free(bw_against *against); /* what is in it */

/** Its first half: reads the export's folder and the fresh tables into the
 * (zeroed) object. */
bw_status bw_against_read(const bw_against_order *order, bw_diags *diags,
                          bw_against *against);

/** Has every account the owner that the plan gives it? New ones do not count.
 */
bool bw_against_holds(const bw_against *against);

/** The cell of owners.csv; "" for account -1. */
const char *bw_against_cell(const bw_against *against, int32_t account,
                            bw_owners_column column);
/** The owner in the fresh table; "" for row -1. */
const char *bw_against_now(const bw_against *against, int32_t row);
/** The name of whom the text names, else his login or e-mail; the text itself
 * where it names nobody known. `written`: as owners.csv has it. */
const char *bw_against_person(const bw_against *against, const char *text,
                              bool written);

/** The report for people, 80 columns wide, and for scripts. `rows` NULL: no
 * such file was written. */
void bw_against_show(const bw_against *against, const bw_against_order *order,
                     const char *rows, bw_buf *buf);
void bw_against_json(const bw_against *against, const bw_against_order *order,
                     bw_buf *buf);
/** Every finding as a CSV row; style NULL: plain (csv_write.h). */
bw_status bw_against_rows(const bw_against *against, const char *path,
                          const bw_csv_style *style, bw_diags *diags);

#endif
