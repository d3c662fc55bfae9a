/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Text in columns of a terminal: names of people come in every script, and
 * with every kind of character that must not reach a terminal. */
#ifndef BW_WIDTH_H
#define BW_WIDTH_H

#include "buf.h"

/** Columns that the UTF-8 text takes: wide East Asian characters and emoji 2,
 * combining marks 0. Control characters and broken bytes count as the one mark
 * that stands for them. */
int bw_text_width(const char *text);

/** Adds the text in exactly `width` columns: cut with a closing ".." (or an
 * ellipsis when `utf8`), or filled with blanks. Control characters become
 * blanks, broken bytes "?". A negative width: to the right. */
void bw_text_fit(bw_buf *buf, const char *text, int width, bool utf8);
/** The same, but cut in the middle: of names that are alike, what tells them
 * apart often stands at the end. */
void bw_text_fit_ends(bw_buf *buf, const char *text, int width, bool utf8);
/** The text cut like bw_text_fit does where it is wider; nothing is filled up.
 */
void bw_text_cut(bw_buf *buf, const char *text, int width, bool utf8);

/** The text in lines of at most `width` columns, which break at blanks; all but
 * the first begin with two. A word that is wider has a line of its own. */
void bw_text_wrap(bw_buf *buf, const char *text, int width);

#endif
