/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of soil: the accounts, files, what was put in, and the tables
 * beside accounts. */
#ifndef SOIL_H
#define SOIL_H

#include <stdio.h>

#define MARK          "\xEF\xBB\xBF" /* of byte order */
#define ACCOUNTS_FILE "dirty_accounts.csv"
#define REPS_FILE     "dirty_reps.csv"
#define PAIRS_FILE    "dirty_pairs.csv"

enum {
    MOST_ROWS = 5000,
    N_COLUMNS = 19,
    SAMPLE_COLUMNS = 18, /* the last one is ours */
    ROOM = 200
};

enum {
    ID,
    NAME,
    INDUSTRY,
    TYPE,
    EMPLOYEES,
    CITY,
    STATE,
    COUNTRY,
    POSTAL_CODE,
    LATITUDE,
    LONGITUDE,
    REVENUE,
    POTENTIAL,
    PIPELINE,
    PARENT,
    SKILL,
    OWNER,
    SELLER,
    SINCE
};

typedef struct row {
    char cell[N_COLUMNS][ROOM];
    int flawed, has_child;
} row;

extern row rows[MOST_ROWS]; /* the first is the header */
extern int n_rows;

/** accounts.csv; ends the program with 4 where it cannot be read. */
void read_rows(const char *path);
/** As they stand, between the mark and a footer. */
void write_rows(FILE *out);
void set(row *r, int column, const char *text);
/** Its row; 0: none. */
int find(const char *id);

/** Other rows, and other numbers of them, for each seed. */
void choose_rows(const char *seed);
/** n, or with a seed between 1 and twice as many. */
int some(int n);
/** A row of that type that no other row hangs on and that has no flaw yet. */
row *fresh_of(const char *type);
/** One of a customer. */
row *fresh(void);
/** The same again, at the end. */
row *copy_of(const row *r);

/** Both end the program with 4 where they fail. */
FILE *open_in(const char *folder, const char *name, const char *mode);
void finish(FILE *out);

/** As CRMs end their exports. */
void write_footer(FILE *out);

/** n more of a code in a file; both texts are kept. */
void count_dirt(const char *file, const char *code, int n);
/** n more of what is no flaw, or follows from one. */
void tell(const char *what, int n);
/** dirt.csv and told.csv: all that was counted. */
void write_dirt(const char *folder);

/** dirty_reps.csv from reps.csv. */
void soil_reps(const char *folder);
/** places.txt: the gazetteer. */
void write_places(const char *folder);

#endif
