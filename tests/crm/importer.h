/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A model of what importers of CRMs do with a file: what they refuse, and what
 * they get wrong without a word. Written from the vendors' rules, not from the
 * program's profiles, and sharing no code with it. */
#ifndef TESTS_CRM_IMPORTER_H
#define TESTS_CRM_IMPORTER_H

#include "sheet.h"

typedef struct importer {
    const char *state; /* folder of the CRM's tables */
    const char *table; /* that the file is for: accounts */
    int removes;       /* the file's rows are taken away, where an importer or
                        * its service can */
    const char *key; /* header of the key that is chosen in the dialogue; NULL:
                      * what is found */
    int may_clear;   /* a record may be left without an owner: a rollback */
    char separator;  /* as set in the importer's dialogue */
    long most_rows, most_bytes; /* 0: as the CRM says */
    sheet *records, *users;     /* the state: of `table`; users */
    long rows, applied, refused, silent;
} importer;

/** What is said of a row (0: of the file). */
__attribute__((format(printf, 4, 5))) void
say_refused(importer *im, const char *file, int row, const char *why, ...);
__attribute__((format(printf, 4, 5))) void
say_silent(importer *im, const char *file, int row, const char *why, ...);
/** Nothing of the file is taken. */
void refuse_file(importer *im, const char *file, const sheet *given,
                 const char *why);

/** The table of the state, NULL where it is not there. */
sheet *state_table(const importer *im, const char *name);
void state_save(const importer *im, const sheet *table, const char *name);

/** Is it UTF-8, each byte of it? */
int all_utf8(const sheet *given);
/** What a cell becomes where the file is taken for ISO-8859-9. */
void misread(sheet *given);

/** By what a text names a user. */
enum {
    BY_KEY = 1,
    BY_LOGIN = 2,
    BY_EMAIL = 4,
    BY_NAME = 8
};
/** The user's row, 0 where nobody is named so; *many where several are. */
int find_user(const importer *im, unsigned by, const char *text, int *many);
int is_active(const importer *im, int user);

/** importer CRM: files that give records an owner. */
int owners_take(importer *im, const char *crm, const char *file);
/** Dolibarr: representatives, of whom a record may have several. */
int dolibarr_take(importer *im, const char *file);
/** Salesforce: what one line of `sf` does. */
int salesforce_take(importer *im, const char *command);

#endif
