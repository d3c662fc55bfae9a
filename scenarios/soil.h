/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The parts of soil: files, what was put in, and the tables beside accounts.
 */
#ifndef SOIL_H
#define SOIL_H

#include <stdio.h>

#define MARK          "\xEF\xBB\xBF" /* of byte order */
#define ACCOUNTS_FILE "dirty_accounts.csv"
#define REPS_FILE     "dirty_reps.csv"
#define PAIRS_FILE    "dirty_pairs.csv"

/** Both end the program with 4 where they fail. */
FILE *open_in(const char *folder, const char *name, const char *mode);
void finish(FILE *out);

/** As CRMs end their exports. */
void write_footer(FILE *out);

/** n more of a code in a file; both texts are kept. */
void count_dirt(const char *file, const char *code, int n);
/** dirt.csv: all that was counted. */
void write_dirt(const char *folder);

/** dirty_reps.csv from reps.csv. */
void soil_reps(const char *folder);
/** places.txt: the gazetteer. */
void write_places(const char *folder);

#endif
