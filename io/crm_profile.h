/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What is known of one CRM, as data: how its tables are read, what its files
 * look like, and how they are loaded. Profiles are XML (scenarios/crm/NAME.xml,
 * checked against profile.xsd there); those that are shipped are built in. */
#ifndef BW_CRM_PROFILE_H
#define BW_CRM_PROFILE_H

#include "bw/diag.h"

#include <stdbool.h>

/** Tables of a CRM. */
typedef enum bw_crm_which {
    BW_CRM_ACCOUNTS,
    BW_CRM_USERS,
    BW_CRM_CONTACTS,
    BW_CRM_OPPORTUNITIES,
    BW_CRM_TERRITORIES,  /* the tree of them */
    BW_CRM_ASSOCIATIONS, /* accounts in territories */
    BW_CRM_MEMBERS,      /* users in territories */
    BW_CRM_N_TABLES
} bw_crm_which;

/** accounts, users, contacts, opportunities, territories, associations,
 * members: their names in profiles, and in messages. */
const char *bw_crm_which_text(bw_crm_which which);

/** Fields of these tables. */
typedef enum bw_crm_field {
    BW_CRM_KEY,   /* the record's own; every table has one */
    BW_CRM_NAME,  /* of people all that is found: first and last name */
    BW_CRM_OWNER, /* a user, in whatever form */
    BW_CRM_LOGIN, /* of users, as the next two */
    BW_CRM_EMAIL,
    BW_CRM_ACTIVE,    /* yes/no, or a word for it */
    BW_CRM_ACCOUNT,   /* the account of a contact, opportunity, association */
    BW_CRM_CLOSED,    /* of opportunities, yes/no */
    BW_CRM_CODE,      /* of territories: unique, for programs */
    BW_CRM_PARENT,    /* of territories: key of the one above */
    BW_CRM_TERRITORY, /* of associations and members: key of it */
    BW_CRM_CAUSE,     /* of associations: by hand, or by rule */
    BW_CRM_USER,      /* of members: key of the user */
    BW_CRM_ROLE,      /* of members */
    BW_CRM_N_FIELDS
} bw_crm_field;

/** key, name, owner, login, email, active, account, closed, code, parent,
 * territory, cause, user, role. */
const char *bw_crm_field_text(bw_crm_field field);

typedef enum bw_crm_kind {
    BW_CRM_TEXT,         /* anything without control characters */
    BW_CRM_NUMBER,       /* digits only; 7 and 007 are one */
    BW_CRM_GUID,         /* 8-4-4-4-12 hexadecimal digits */
    BW_CRM_SALESFORCE_ID /* 15 characters, or 18 with the check suffix */
} bw_crm_kind;

/** How keys of a table are written. */
typedef struct bw_crm_form {
    bw_crm_kind kind;
    const char *begins; /* "001": what every key begins with; NULL: anything */
    const char *strip;  /* "zcrm_": dropped in front when read; NULL */
    const char *prefix; /* "id:": put in front when written; NULL */
    int32_t most;       /* characters; 0: any number */
} bw_crm_form;

/** A table, as exports of the CRM have it. */
typedef struct bw_crm_table_spec {
    bool given;
    bw_crm_form key;
    /* Header names, best first, separated by |, compared in their plain form
     * (synonyms.h); NULL: the table has no such field. A + joins several into
     * one with blanks between: "Name|First Name+Last Name". */
    const char *headers[BW_CRM_N_FIELDS];
    const char *active_words; /* of users: what ACTIVE says when they are, in
                               * lower case, separated by |; NULL: true|1|yes */
    bool guarded; /* a table that an export wrote for people: apostrophes before
                   * formulas come off when it has a mark */
} bw_crm_table_spec;

/** By what an owner is written. */
typedef enum bw_crm_by {
    BW_CRM_BY_KEY,
    BW_CRM_BY_LOGIN,
    BW_CRM_BY_EMAIL,
    BW_CRM_BY_NAME,
    BW_CRM_N_BY
} bw_crm_by;

/** id, login, email, name: as in write="" and --owner-by. */
const char *bw_crm_by_text(bw_crm_by by);

/** What the importer makes of a blank owner. */
typedef enum bw_crm_blank {
    BW_CRM_BLANK_IGNORED, /* leaves the owner as it is */
    BW_CRM_BLANK_CLEARS,
    BW_CRM_BLANK_REFUSED
} bw_crm_blank;

typedef enum bw_crm_does {
    BW_CRM_REPLACES, /* the row's owner stands instead of the former one */
    BW_CRM_ADDS,     /* beside it */
    BW_CRM_REMOVES   /* the row takes an owner away */
} bw_crm_does;

/** What a column holds. */
typedef enum bw_crm_value {
    BW_CRM_IS_KEY,    /* of the record */
    BW_CRM_IS_OWNER,  /* the new one; in rollbacks, and where a file removes,
                       * the other */
    BW_CRM_IS_NAME,   /* the record's name */
    BW_CRM_IS_DATE,   /* the scenario's, YYYY-MM-DD; blank without */
    BW_CRM_IS_COPY,   /* the cell of the table that was read, under the column's
                       * header, byte for byte */
    BW_CRM_IS_TEXT,   /* always the same */
    BW_CRM_IS_PARENT, /* of territories, as are those that follow */
    BW_CRM_IS_CODE,
    BW_CRM_IS_MODEL,
    BW_CRM_IS_TYPE,      /* the former two as the command line says */
    BW_CRM_IS_ACCOUNT,   /* of associations: key of the account */
    BW_CRM_IS_TERRITORY, /* of these and of members: key of the territory */
    BW_CRM_IS_USER       /* of members: key of the user */
} bw_crm_value;

typedef struct bw_crm_column {
    const char *header;
    bw_crm_value value;
    const char *text; /* of BW_CRM_IS_TEXT */
    bool optional;    /* of a copy: left out where the table that was read has
                       * no such header. Otherwise that is a fault */
} bw_crm_column;

/** A kind of file that is written. */
typedef struct bw_crm_file {
    bw_place place;
    const char *name; /* account_owner_update.csv */
    bw_crm_which table;
    bw_crm_does does;
    const bw_crm_column *column; /* [n_columns] at least one */
    int n_columns;
} bw_crm_file;

/** A step of LOAD.txt. {file} in the text stands for the file's name; the step
 * is repeated for each part and left out where nothing was written. */
typedef struct bw_crm_step {
    const char *file; /* of one of the files; NULL: said once, always */
    const char *text; /* lines separated by \n, none after the last; blanks at
                       * the ends of lines are gone. They are to stay lines:
                       * commands stand on their own */
} bw_crm_step;

typedef struct bw_crm_steps {
    const bw_crm_step *step; /* [n] */
    int n;
} bw_crm_steps;

typedef struct bw_crm_profile {
    bw_place place;
    const char *name, *title; /* salesforce, "Salesforce: account owners" */
    bool territories;         /* writes territories, not owners */
    /* How files are written: UTF-8, and */
    bool mark;      /* with a byte-order mark */
    bool crlf;      /* else lines end with LF */
    bool quote_all; /* else only where needed */
    char separator;
    int64_t most_rows, most_bytes; /* of a file, its header and mark included;
                                    * 0: any number */
    bw_crm_table_spec table[BW_CRM_N_TABLES];
    bw_crm_by by;   /* of owners in files */
    uint8_t may_by; /* bit 1 << by: what --owner-by may say */
    bw_crm_blank blank;
    const char *clear; /* the text that clears an owner: "#N/A"; NULL: none */
    const bw_crm_file *file; /* [n_files] in the order in which they load */
    int n_files;
    bw_crm_steps before, load, after, undo;
    const char *xml; /* the profile's own text, */
    size_t xml_len;  /* to be kept beside what was written */
    void *arena;
} bw_crm_profile;

/** One that is built in, or NULL. */
const char *bw_crm_builtin(const char *name, size_t *len);
/** Names of all that are built in, NULL last, sorted. */
const char *const *bw_crm_builtin_names(void);

/** Reads a profile that is built in. BW_INVALID where there is none of that
 * name: told, with the one most like it. */
bw_status bw_crm_profile_named(const char *name, bw_diags *diags,
                               bw_crm_profile **profile);
/** Reads a profile from a file: every fault of form (the schema's) and meaning
 * (crm-profile) with its place. */
bw_status bw_crm_profile_read(const char *path, bw_diags *diags,
                              bw_crm_profile **profile);
void bw_crm_profile_free(bw_crm_profile *profile);

#endif
