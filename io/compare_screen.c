/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a comparison on a terminal. */
#include "compare_out.h"

#include "number.h"
#include "width.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    TODAY = 0,  /* column */
    LABEL = 22, /* columns of a figure's name */
    CELL = 14,  /* of a figure, with two blanks before it */
    NAME = 20,  /* of a scenario that has a row */
    NARROW = 10 /* of most figures in a row */
};

typedef struct painting {
    const bw_compare *compare;
    const bw_grid *grid;
    int columns;
    bool utf8;
    bw_buf *buf;
} painting;

static bw_number cell_text(const bw_grid_line *line, int i)
{
    bw_number text = {""};
    double value = line->cell[i].number;
    if (line->kind == BW_GRID_TEXT || isnan(value))
        return text;
    switch (line->kind) {
    case BW_GRID_MONEY:
    case BW_GRID_TEXT:
        return bw_number_amount(value);
    case BW_GRID_COUNT:
    case BW_GRID_HOURS:
        return bw_number_whole((int64_t)llround(value));
    case BW_GRID_SHARE:
        return bw_number_percent(value);
    case BW_GRID_SECONDS:
        snprintf(text.text, sizeof text.text, "%.1f", value);
    }
    return text;
}

/* Two blanks, then the text to the right in what is left of `width`. */
static void put_right(const painting *p, const char *text, int width)
{
    bw_buf_text(p->buf, "  ");
    bw_text_fit(p->buf, text, -(width - 2), p->utf8);
}

static void put_title(const painting *p, const char *name)
{
    bw_buf_text(p->buf, "  ");
    bw_text_fit_ends(p->buf, name, -(CELL - 2), p->utf8);
}

/* The bounds do not say which of the best possible plans is the cheaper one. */
static bool is_open(const painting *p, int i)
{
    return bw_grid_find(p->grid, "difference_low")->cell[i].number < 0 &&
           bw_grid_find(p->grid, "difference_high")->cell[i].number > 0;
}

/* Hours that are not those of all accounts. */
static bool is_marked(const painting *p, const bw_grid_line *line, int i)
{
    return i == TODAY && strcmp(line->key, "travel_hours") == 0 &&
           !isnan(line->cell[i].number) && !bw_grid_is_idle(p->grid, line);
}

static const char *text_of(const painting *p, const bw_grid_line *line, int i,
                           bw_number *number)
{
    if (line->kind == BW_GRID_TEXT)
        return line->cell[i].text ? line->cell[i].text : "";
    *number = cell_text(line, i);
    const char *mark = strcmp(line->key, "difference") == 0 && is_open(p, i)
                           ? " ?"
                       : is_marked(p, line, i) ? " *"
                                               : "";
    strncat(number->text, mark, sizeof number->text - strlen(number->text) - 1);
    return number->text;
}

/* Parts of the cost, and travel, are left out where there are none. */
static bool is_shown(const painting *p, const bw_grid_line *line)
{
    bool part = strncmp(line->key, "cost_", 5) == 0 ||
                strcmp(line->key, "travel_hours") == 0;
    return line->label && !(part && bw_grid_is_idle(p->grid, line));
}

static void show_columns(const painting *p)
{
    bw_text_fit(p->buf, "", LABEL, p->utf8);
    for (int i = 0; i < p->grid->n_columns; i++)
        put_title(p, p->grid->title[i]);
    bw_buf_text(p->buf, "\n");
    for (int l = 0; l < p->grid->n_lines; l++) {
        const bw_grid_line *line = &p->grid->line[l];
        if (!is_shown(p, line))
            continue;
        bw_text_fit(p->buf, line->label, LABEL, p->utf8);
        for (int i = 0; i < p->grid->n_columns; i++) {
            bw_number number;
            put_right(p, text_of(p, line, i, &number), CELL);
        }
        bw_buf_text(p->buf, "\n");
    }
}

/* The figures of a row, as many as there is room for. */
static const struct {
    const char *key, *title;
    int width;
} row[] = {{"objective", "cost", 13},
           {"difference", "more", 12},
           {"gap", "gap", 9},
           {"moved_accounts", "moved", 8},
           {"moved_accounts_of_base", "of base", 9},
           {"accounts_outside", "outside", 9},
           {"travel_hours", "hours", NARROW},
           {"reps", "reps", 7},
           {"seconds", "seconds", NARROW}};
enum {
    N_ROW = sizeof row / sizeof row[0]
};

static int fitting(const painting *p)
{
    int n = 0, width = NAME;
    while (n < N_ROW && width + row[n].width <= p->columns)
        width += row[n++].width;
    return n;
}

static bool has_columns(const painting *p)
{
    return LABEL + CELL * p->grid->n_columns <= p->columns;
}

/* Whether the table says a figure, which it may be too narrow for. */
static bool shows(const painting *p, const char *key)
{
    if (has_columns(p))
        return true;
    for (int k = 0; k < fitting(p); k++) {
        if (strcmp(row[k].key, key) == 0)
            return true;
    }
    return false;
}

static void show_rows(const painting *p)
{
    int n = fitting(p);
    bw_text_fit(p->buf, "", NAME, p->utf8);
    for (int k = 0; k < n; k++)
        put_right(p, row[k].title, row[k].width);
    bw_buf_text(p->buf, "\n");
    for (int i = 0; i < p->grid->n_columns; i++) {
        const bw_contender *c = i > 0 ? &p->compare->contender[i - 1] : NULL;
        bw_text_fit_ends(p->buf, p->grid->title[i], NAME, p->utf8);
        for (int k = 0; k < n; k++) {
            bw_number number;
            const bw_grid_line *line = bw_grid_find(p->grid, row[k].key);
            put_right(p,
                      k == 0 && c && !bw_contender_has_plan(c)
                          ? bw_contender_state(c)
                          : text_of(p, line, i, &number),
                      row[k].width);
        }
        bw_buf_text(p->buf, "\n");
    }
}

static void show_tightest(const painting *p)
{
    const bw_grid_line *name = bw_grid_find(p->grid, "tightest_limit");
    const bw_grid_line *price = bw_grid_find(p->grid, "tightest_price");
    const bw_grid_line *worth = bw_grid_find(p->grid, "tightest_worth");
    if (bw_grid_is_idle(p->grid, name))
        return;
    bw_buf_text(p->buf, "\nTightest limit, by what 1 % of it is worth\n");
    for (int i = 1; i < p->grid->n_columns; i++) {
        if (!name->cell[i].text)
            continue;
        bw_buf_text(p->buf, "  ");
        bw_text_fit_ends(p->buf, p->grid->title[i], NAME, p->utf8);
        bw_buf_format(p->buf, "%12s, at %s a unit: ",
                      bw_number_amount(worth->cell[i].number).text,
                      bw_number_amount(price->cell[i].number).text);
        bw_text_cut(p->buf, name->cell[i].text, p->columns - NAME - 36,
                    p->utf8);
        bw_buf_text(p->buf, "\n");
    }
}

static void put_wrapped(const painting *p, bw_buf *text)
{
    if (text->failed)
        p->buf->failed = true;
    else if (text->len > 0)
        bw_text_wrap(p->buf, text->text, p->columns);
    bw_buf_free(text);
}

static void show_failures(const painting *p)
{
    const bw_grid_line *why = bw_grid_find(p->grid, "why");
    bool any = false;
    for (int i = 1; i < p->grid->n_columns; i++) {
        const bw_contender *c = &p->compare->contender[i - 1];
        if (c->fate != BW_FATE_FAILED)
            continue;
        bw_buf line = {0};
        bw_buf_format(&line, "%s, %s: %s", c->name, bw_contender_state(c),
                      why->cell[i].text ? why->cell[i].text : "see above");
        bw_buf_text(p->buf, any ? "" : "\n");
        put_wrapped(p, &line);
        any = true;
    }
}

/* Today's travel is known for some accounts only. */
static void show_today(const painting *p)
{
    const bw_json *run = p->compare->contender[0].run;
    double n = bw_contender_number(run, "today", "comparable");
    double then = bw_contender_number(run, "today", "travel_hours_then");
    if (!is_marked(p, bw_grid_find(p->grid, "travel_hours"), TODAY) ||
        !shows(p, "travel_hours"))
        return;
    bw_buf_format(p->buf,
                  "\n* of the %s accounts whose owner could keep them, which "
                  "take\n  %s in the base\n",
                  bw_number_whole((int64_t)n).text,
                  bw_number_whole((int64_t)llround(then)).text);
}

/* What a repair moves, and pays handover for, counts from another today. */
static void show_repairs(const painting *p)
{
    bw_buf line = {0};
    for (int i = 0; i < p->compare->n; i++) {
        const bw_contender *c = &p->compare->contender[i];
        if (!bw_json_member(c->summary, "repair"))
            continue;
        bw_buf_text(&line, line.len > 0 ? ", " : "Repairs: ");
        bw_buf_text(&line, c->name);
    }
    if (line.len == 0)
        return;
    bw_buf_text(&line, ". What they move, and pay handover for, counts from "
                       "their plan in force, not from today.");
    bw_buf_text(p->buf, "\n");
    put_wrapped(p, &line);
}

static void show_open(const painting *p)
{
    for (int i = 1; i < p->grid->n_columns; i++) {
        if (!is_open(p, i))
            continue;
        bw_buf_text(p->buf, "\n? by the bounds, the best plan of either may be "
                            "the cheaper one; a smaller --gap\n  or more "
                            "effort tells\n");
        return;
    }
}

static void show_end(const painting *p)
{
    int left = 0;
    for (int i = 0; i < p->compare->n; i++) {
        const char *state = bw_contender_state(&p->compare->contender[i]);
        left += state[0] == 'n' || state[0] == 's' || state[0] == 'i';
    }
    if (!bw_compare_complete(p->compare))
        bw_buf_format(p->buf,
                      "\nInterrupted: %d of %d scenarios are unfinished; the "
                      "same command goes on.\n",
                      left, p->compare->n);
    bw_buf_format(p->buf,
                  "\nWritten to %s: compare.csv, compare.json, and a folder "
                  "for each plan.\n",
                  p->compare->dir);
}

void bw_compare_show(const bw_compare *compare, const bw_grid *grid,
                     int columns, bool utf8, bw_buf *buf)
{
    const painting p = {compare, grid, columns, utf8, buf};
    const char *currency = bw_json_get_text(
        bw_json_member(compare->contender[0].summary, "currency"));
    bw_buf_format(buf, "%d scenario%s; the base is ", compare->n,
                  compare->n == 1 ? "" : "s");
    bw_text_cut(buf, compare->contender[0].name, 30, utf8);
    bw_buf_format(buf, ". Cost a year%s%.20s.\n\n", currency ? ", " : "",
                  currency ? currency : "");
    if (has_columns(&p))
        show_columns(&p);
    else
        show_rows(&p);
    show_tightest(&p);
    show_open(&p);
    show_today(&p);
    show_repairs(&p);
    show_failures(&p);
    show_end(&p);
}
