/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every figure is read from the files of the plans, so that a plan that was
 * kept shows what a new one would. */
#include "compare_grid.h"

#include "bw/alloc.h"
#include "bw/instance.h"

#include <math.h>
#include <string.h>

enum {
    TODAY = 0, /* column */
    BASE = 1,
    LINES = 40, /* those of no measure, at most */
    LINES_EACH = 3 * BW_MEASURES_MAX
};

typedef struct making {
    const bw_compare *compare;
    bw_grid *grid;
    bw_arena *arena;
    int room; /* lines */
    bool starved;
} making;

static const char *kept_text(making *m, bw_buf *buf)
{
    const char *kept = NULL;
    if (!buf->failed && buf->text)
        kept = bw_arena_text(m->arena, buf->text, buf->len);
    m->starved |= buf->failed || (buf->text && !kept);
    bw_buf_free(buf);
    return kept;
}

/* A new line, all cells blank; NULL: no memory. */
static bw_grid_line *add_line(making *m, const char *key, const char *label,
                              bw_grid_kind kind)
{
    bw_grid *grid = m->grid;
    bw_grid_cell *cell =
        bw_arena_alloc(m->arena, (size_t)grid->n_columns, sizeof *cell);
    m->starved |= !cell || !key || grid->n_lines == m->room;
    if (m->starved)
        return NULL;
    for (int i = 0; i < grid->n_columns; i++)
        cell[i] = (bw_grid_cell){NAN, NULL};
    bw_grid_line *line = &grid->line[grid->n_lines++];
    *line = (bw_grid_line){key, label, kind, cell};
    return line;
}

/* Where a figure stands in the folder of a plan. */
typedef struct source {
    const char *key, *label;
    bw_grid_kind kind;
    const char *member, *inner; /* of summary.json */
    const char *today;          /* of run.json, in "today"; NULL: not known */
} source;

static void add_sources(making *m, const source *from, int n)
{
    for (int s = 0; s < n; s++) {
        bw_grid_line *line =
            add_line(m, from[s].key, from[s].label, from[s].kind);
        for (int i = 0; line && i < m->compare->n; i++)
            line->cell[BASE + i].number =
                bw_contender_number(m->compare->contender[i].summary,
                                    from[s].member, from[s].inner);
        if (line && from[s].today)
            line->cell[TODAY].number = bw_contender_number(
                m->compare->contender[0].run, "today", from[s].today);
    }
}

static void add_state(making *m)
{
    bw_grid_line *state = add_line(m, "state", "state", BW_GRID_TEXT);
    bw_grid_line *status = add_line(m, "status", "status", BW_GRID_TEXT);
    bw_grid_line *code = add_line(m, "exit", NULL, BW_GRID_COUNT);
    for (int i = 0; !m->starved && i < m->compare->n; i++) {
        const bw_contender *c = &m->compare->contender[i];
        state->cell[BASE + i].text = bw_contender_state(c);
        status->cell[BASE + i].text =
            bw_json_get_text(bw_json_member(c->summary, "status"));
        code->cell[BASE + i].number = c->code;
    }
}

static void add_cost(making *m)
{
    static const source from[] = {
        {"objective", "cost", BW_GRID_MONEY, "objective", NULL, NULL},
        {"cost_travel", "  travel", BW_GRID_MONEY, "cost", "travel", NULL},
        {"cost_handover", "  handover", BW_GRID_MONEY, "cost", "handover",
         NULL},
        {"cost_preference", "  preference", BW_GRID_MONEY, "cost", "preference",
         NULL},
        {"cost_imbalance", "  imbalance", BW_GRID_MONEY, "cost", "imbalance",
         "imbalance"},
        {"cost_positions", "  positions", BW_GRID_MONEY, "cost", "positions",
         NULL},
        {"cost_given", "  given", BW_GRID_MONEY, "cost", "given", NULL},
    };
    add_sources(m, from, (int)(sizeof from / sizeof from[0]));
}

/* To a quantum: the rest is what subtracting doubles leaves. */
static double less(double a, double b)
{
    return round((a - b) * BW_QUANTA) / BW_QUANTA;
}

/* The plans' difference, and between what the difference of the best possible
 * plans must lie, by the bounds. */
static void add_difference(making *m)
{
    bw_grid_line *more =
        add_line(m, "difference", "more than base", BW_GRID_MONEY);
    bw_grid_line *share = add_line(m, "difference_share", "", BW_GRID_SHARE);
    bw_grid_line *low = add_line(m, "difference_low", NULL, BW_GRID_MONEY);
    bw_grid_line *high = add_line(m, "difference_high", NULL, BW_GRID_MONEY);
    const bw_contender *c = m->compare->contender;
    double base = bw_contender_number(c[0].summary, "objective", NULL);
    double bound = bw_contender_number(c[0].summary, "bound", NULL);
    for (int i = 1; !m->starved && i < m->compare->n; i++) {
        double cost = bw_contender_number(c[i].summary, "objective", NULL);
        more->cell[BASE + i].number = less(cost, base);
        share->cell[BASE + i].number = (cost - base) / fmax(fabs(base), 1);
        low->cell[BASE + i].number =
            less(bw_contender_number(c[i].summary, "bound", NULL), base);
        high->cell[BASE + i].number = less(cost, bound);
    }
}

static void add_size(making *m)
{
    static const source bound[] = {
        {"bound", "no plan costs under", BW_GRID_MONEY, "bound", NULL, NULL},
        {"gap", "gap", BW_GRID_SHARE, "gap", NULL, NULL},
    };
    static const source size[] = {
        {"accounts", "accounts", BW_GRID_COUNT, "accounts", NULL, NULL},
        {"reps", "reps", BW_GRID_COUNT, "reps", NULL, NULL},
    };
    static const source moves[] = {
        {"moved_accounts", "moved from today", BW_GRID_COUNT, "moved_accounts",
         NULL, NULL},
        {"moved_revenue", "  their revenue", BW_GRID_MONEY, "moved_revenue",
         NULL, NULL},
    };
    add_sources(m, bound, 2);
    add_difference(m);
    add_sources(m, size, 2);
    add_sources(m, moves, 2);
}

static void add_base_moves(making *m)
{
    bw_grid_line *both = add_line(m, "accounts_of_base", NULL, BW_GRID_COUNT);
    bw_grid_line *moved =
        add_line(m, "moved_accounts_of_base", "moved from base", BW_GRID_COUNT);
    bw_grid_line *revenue =
        add_line(m, "moved_revenue_of_base", "  their revenue", BW_GRID_MONEY);
    for (int i = 1; !m->starved && i < m->compare->n; i++) {
        const bw_moved *from = &m->compare->contender[i].from_base;
        if (!from->known)
            continue;
        both->cell[BASE + i].number = (double)from->accounts;
        moved->cell[BASE + i].number = (double)from->moved;
        revenue->cell[BASE + i].number = bw_from_fine(from->revenue);
    }
}

/* The measure of this name in a list of them; NULL: it is not there. */
static const bw_json *measure_in(const bw_json *list, const char *name)
{
    for (size_t i = 0; i < bw_json_size(list); i++) {
        const bw_json *measure = bw_json_item(list, i);
        const char *its = bw_json_get_text(bw_json_member(measure, "name"));
        if (its && strcmp(its, name) == 0)
            return measure;
    }
    return NULL;
}

static const bw_json *measures_of(const bw_contender *c, const char *state)
{
    return bw_json_member(bw_json_member(c->run, state), "measures");
}

static void add_measure_line(making *m, const char *name, const char *what,
                             const char *label, bw_grid_kind kind)
{
    bw_buf key = {0}, words = {0};
    bw_buf_format(&key, "%s_%s", name, what);
    bw_buf_format(&words, "%s%s", label[0] == ' ' ? "" : name, label);
    const char *kept_key = kept_text(m, &key);
    const char *kept_label = kept_text(m, &words);
    bw_grid_line *line = add_line(m, kept_key, kept_label, kind);
    const bw_contender *c = m->compare->contender;
    if (!line)
        return;
    line->cell[TODAY].number = bw_contender_number(
        measure_in(measures_of(c, "today"), name), what, NULL);
    for (int i = 0; i < m->compare->n; i++)
        line->cell[BASE + i].number = bw_contender_number(
            measure_in(measures_of(&c[i], "plan"), name), what, NULL);
}

static void add_measure(making *m, const char *name)
{
    add_measure_line(m, name, "worst", ", worst", BW_GRID_SHARE);
    add_measure_line(m, name, "mean", "  mean deviation", BW_GRID_SHARE);
    add_measure_line(m, name, "outside", "  reps outside", BW_GRID_COUNT);
}

/* Every measure that any of them balances, in the order of first mention. */
static void add_measures(making *m)
{
    for (int i = 0; i < m->compare->n; i++) {
        const bw_json *list = measures_of(&m->compare->contender[i], "plan");
        for (size_t k = 0; k < bw_json_size(list); k++) {
            const char *name =
                bw_json_get_text(bw_json_member(bw_json_item(list, k), "name"));
            bool known = !name;
            for (int j = 0; j < i && !known; j++)
                known = measure_in(
                    measures_of(&m->compare->contender[j], "plan"), name);
            if (!known)
                add_measure(m, name);
        }
    }
}

static void add_outside(making *m)
{
    bw_grid_line *reps =
        add_line(m, "reps_outside", "reps outside a band", BW_GRID_COUNT);
    bw_grid_line *accounts =
        add_line(m, "accounts_outside", "  their accounts", BW_GRID_COUNT);
    const bw_contender *c = m->compare->contender;
    if (m->starved)
        return;
    reps->cell[TODAY].number =
        bw_contender_number(c[0].run, "today", "reps_outside");
    accounts->cell[TODAY].number =
        bw_contender_number(c[0].run, "today", "accounts_outside");
    for (int i = 0; i < m->compare->n; i++) {
        reps->cell[BASE + i].number =
            bw_contender_number(c[i].run, "plan", "reps_outside");
        accounts->cell[BASE + i].number =
            bw_contender_number(c[i].run, "plan", "accounts_outside");
    }
}

static void add_tightest(making *m)
{
    bw_grid_line *name = add_line(m, "tightest_limit", NULL, BW_GRID_TEXT);
    bw_grid_line *price = add_line(m, "tightest_price", NULL, BW_GRID_MONEY);
    bw_grid_line *worth = add_line(m, "tightest_worth", NULL, BW_GRID_MONEY);
    for (int i = 0; !m->starved && i < m->compare->n; i++) {
        const bw_json *run = m->compare->contender[i].run;
        name->cell[BASE + i].text = bw_json_get_text(
            bw_json_member(bw_json_member(run, "tightest"), "name"));
        price->cell[BASE + i].number =
            bw_contender_number(run, "tightest", "price");
        worth->cell[BASE + i].number =
            bw_contender_number(run, "tightest", "worth");
    }
}

static void add_end(making *m)
{
    bw_grid_line *seconds = add_line(m, "seconds", "seconds", BW_GRID_SECONDS);
    bw_grid_line *folder = add_line(m, "folder", NULL, BW_GRID_TEXT);
    bw_grid_line *why = add_line(m, "why", NULL, BW_GRID_TEXT);
    for (int i = 0; !m->starved && i < m->compare->n; i++) {
        const bw_contender *c = &m->compare->contender[i];
        bw_buf text = {0};
        bw_contender_why(c, &text);
        why->cell[BASE + i].text = kept_text(m, &text);
        seconds->cell[BASE + i].number = bw_contender_seconds(c);
        if (bw_contender_has_plan(c))
            folder->cell[BASE + i].text = strrchr(c->folder, '/') + 1;
    }
}

static void fill(making *m)
{
    static const source travel[] = {{"travel_hours", "travel hours",
                                     BW_GRID_HOURS, "travel_hours", NULL,
                                     "travel_hours"}};
    m->grid->title[TODAY] = "today";
    for (int i = 0; i < m->compare->n; i++)
        m->grid->title[BASE + i] = m->compare->contender[i].name;
    add_state(m);
    add_cost(m);
    add_size(m);
    add_base_moves(m);
    add_sources(m, travel, 1);
    add_measures(m);
    add_outside(m);
    add_tightest(m);
    add_end(m);
}

bw_status bw_grid_new(const bw_compare *compare, bw_grid **grid)
{
    bw_arena *arena = bw_arena_new();
    bw_grid *made = arena ? bw_arena_alloc(arena, 1, sizeof *made) : NULL;
    int room = LINES + LINES_EACH * compare->n;
    *grid = NULL;
    if (made) {
        made->arena = arena;
        made->n_columns = compare->n + 1;
        made->title =
            bw_arena_alloc(arena, (size_t)made->n_columns, sizeof *made->title);
        made->line = bw_arena_alloc(arena, (size_t)room, sizeof *made->line);
    }
    making m = {compare, made, arena, room,
                !made || !made->title || !made->line};
    if (!m.starved)
        fill(&m);
    if (m.starved) {
        bw_arena_free(arena);
        return BW_NOMEM;
    }
    *grid = made;
    return BW_OK;
}

void bw_grid_free(bw_grid *grid)
{
    if (grid)
        bw_arena_free(grid->arena);
}

const bw_grid_line *bw_grid_find(const bw_grid *grid, const char *key)
{
    for (int i = 0; i < grid->n_lines; i++)
        if (strcmp(grid->line[i].key, key) == 0)
            return &grid->line[i];
    return NULL;
}

bool bw_grid_is_idle(const bw_grid *grid, const bw_grid_line *line)
{
    for (int i = 0; i < grid->n_columns; i++)
        if (line->cell[i].text ||
            (!isnan(line->cell[i].number) && line->cell[i].number != 0))
            return false;
    return true;
}
