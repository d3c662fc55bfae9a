/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Words for messages: values cut to a length that can be read, lists of what
 * there is, the nearest spelling. */
#ifndef BW_WORDS_H
#define BW_WORDS_H

#include "buf.h"

enum {
    BW_SHORT = 64 /* bytes of a shortened value, NUL included */
};

/** `text` cut at a character's end, "..." where something is missing, line
 * breaks as blanks. Returns `out`. */
const char *bw_words_short(const char *text, char out[BW_SHORT]);

/** ASCII capitals as small letters, and a NUL; room for len + 1 in `out`, which
 * may be `text`. Returns len. */
size_t bw_lower(const char *text, size_t len, char *out);

/** The best match so far of one misspelt word; start with {word}. */
typedef struct bw_guess {
    const char *word, *best; /* best NULL: nothing is near */
    int distance;
} bw_guess;

/** Considers a candidate: at most a third of the longer word's letters may be
 * added, left out, exchanged or swapped, capitals do not count. The first of
 * equals stays. */
void bw_guess_try(bw_guess *guess, const char *candidate);

/** Adds "a, b, c" one by one, at most 40 names, then "and more". */
typedef struct bw_list {
    bw_buf text;
    int n;
} bw_list;
void bw_list_add(bw_list *list, const char *name);
/** Never NULL; "none" where nothing was added. */
const char *bw_list_text(const bw_list *list);
void bw_list_free(bw_list *list);

#endif
