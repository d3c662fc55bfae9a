/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns and functions by name. */
#include "expr_names.h"

#include "bw/alloc.h"
#include "words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* `takes`: a letter per argument: t text, n number, b boolean, a anything;
 * capital: may be left out; a last + repeats the letter before it. The function
 * number() is ours: libxml2's is not right to the last bit. */
struct bw_function {
    const char *name, *xpath, *takes;
    bw_kind gives;
};
static const bw_function functions[] = {
    {"boolean", "boolean", "a", BW_KIND_BOOLEAN},
    {"ceiling", "ceiling", "n", BW_KIND_NUMBER},
    {"concat", "concat", "tt+", BW_KIND_TEXT},
    {"contains", "contains", "tt", BW_KIND_BOOLEAN},
    {"false", "false", "", BW_KIND_BOOLEAN},
    {"floor", "floor", "n", BW_KIND_NUMBER},
    {"normalize-space", "normalize-space", "t", BW_KIND_TEXT},
    {"not", "not", "b", BW_KIND_BOOLEAN},
    {"number", "bw-number", "a", BW_KIND_NUMBER},
    {"round", "round", "n", BW_KIND_NUMBER},
    {"starts-with", "starts-with", "tt", BW_KIND_BOOLEAN},
    {"string", "string", "a", BW_KIND_TEXT},
    {"string-length", "string-length", "t", BW_KIND_NUMBER},
    {"substring", "substring", "tnN", BW_KIND_TEXT},
    {"substring-after", "substring-after", "tt", BW_KIND_TEXT},
    {"substring-before", "substring-before", "tt", BW_KIND_TEXT},
    {"translate", "translate", "ttt", BW_KIND_TEXT},
    {"true", "true", "", BW_KIND_BOOLEAN},
};

enum {
    N_FUNCTIONS = sizeof functions / sizeof *functions
};

static int32_t find(const bw_scope *scope, const char *name)
{
    for (int32_t i = 0; scope && i < scope->n; i++)
        if (strcmp(scope->variable[i].name, name) == 0)
            return i;
    return -1;
}

static void guess_in(const bw_scope *scope, bw_list *list, bw_guess *guess)
{
    for (int32_t i = 0; scope && i < scope->n; i++) {
        bw_list_add(list, scope->variable[i].name);
        bw_guess_try(guess, scope->variable[i].name);
    }
}

/* How a column is written: $name, $rep.name, col('any name'). */
static void spell(bw_buf *out, const char *name, bool rep)
{
    if (bw_token_is_name(name))
        bw_buf_format(out, "$%s%s", rep ? "rep." : "", name);
    else
        bw_buf_format(out, "%scol('%s')", rep ? "rep-" : "", name);
}

/* `$a-1` is the column "a-1"; who means a difference must write blanks. */
static bool is_difference(const bw_scope *scope, const char *name)
{
    for (int32_t i = 0; scope && i < scope->n; i++) {
        size_t n = strlen(scope->variable[i].name);
        if (strncmp(scope->variable[i].name, name, n) == 0 && name[n] == '-')
            return true;
    }
    return false;
}

static void no_column(bw_parser *parser, size_t at, const char *name,
                      bool of_rep)
{
    const bw_scope *scope = of_rep ? parser->rep : parser->account;
    const bw_scope *other = of_rep ? parser->account : parser->rep;
    bw_list list = {.n = 0};
    bw_buf hint = {.text = NULL};
    bw_guess guess = {.word = name};
    guess_in(scope, &list, &guess);
    if (other && find(other, name) >= 0) {
        bw_buf_format(&hint, "%s has it: write ", other->what);
        spell(&hint, name, !of_rep);
    } else if (is_difference(scope, name)) {
        bw_buf_text(&hint, "put blanks around a minus sign");
    } else if (guess.best) {
        bw_buf_text(&hint, "did you mean ");
        spell(&hint, guess.best, of_rep && parser->account);
        bw_buf_text(&hint, "?");
    }
    char shown[BW_SHORT];
    bw_parser_fault(parser, at, BW_EXPR_COLUMN,
                    "there is no column \"%s\" in %s; %s%sthere are: %s",
                    bw_words_short(name, shown), scope->what,
                    hint.text ? hint.text : "", hint.text ? "; " : "",
                    bw_list_text(&list));
    bw_buf_free(&hint);
    bw_list_free(&list);
}

static bw_kind use(bw_parser *parser, size_t at, bool of_rep, int32_t index)
{
    const bw_scope *scope = of_rep ? parser->rep : parser->account;
    const bw_variable *variable = &scope->variable[index];
    bw_type type = variable->type;
    char shown[BW_SHORT];
    if (variable->twins) {
        bw_parser_fault(parser, at, BW_COLUMN_DUPLICATE,
                        "two columns of %s are named \"%s\" (%s); give one of "
                        "them another name",
                        scope->what, bw_words_short(variable->name, shown),
                        variable->twins);
        return BW_KIND_UNKNOWN;
    }
    if (type == BW_UNTYPED)
        parser->n_faults++;
    else
        bw_parser_slot(parser, (bw_slot){of_rep, index, type});
    return (bw_kind)type;
}

/* A name over both rows, over reps alone, or over one row of any table. The
 * prefix "rep." wins over a column that is called so. */
static bw_kind look_up(bw_parser *parser, size_t at, const char *name)
{
    bool prefixed = strncmp(name, "rep.", 4) == 0 && name[4];
    const char *bare = prefixed ? name + 4 : name;
    if (prefixed && find(parser->rep, bare) >= 0)
        return use(parser, at, true, find(parser->rep, bare));
    const bw_scope *first = parser->account ? parser->account : parser->rep;
    assert(first);
    int32_t index = find(first, name);
    if (index >= 0)
        return use(parser, at, !parser->account, index);
    if (prefixed && parser->rep)
        no_column(parser, at, bare, true);
    else if (prefixed)
        bw_parser_fault(parser, at, BW_EXPR_COLUMN,
                        "$%s: this expression sees %s alone; columns of reps "
                        "can be used in pair and rep-where",
                        name, first->what);
    else
        no_column(parser, at, name, !parser->account);
    return BW_KIND_UNKNOWN;
}

/* A NUL-terminated copy of a part of the text; NULL sets nomem. */
static char *copy(bw_parser *parser, size_t at, size_t len)
{
    char *name = bw_alloc(len + 1, 1);
    if (name)
        memcpy(name, parser->attr->text + at, len);
    parser->nomem |= !name;
    return name;
}

bw_kind bw_names_variable(bw_parser *parser, bw_token token)
{
    char *name = copy(parser, token.at + 1, token.len - 1);
    bw_kind kind = name ? look_up(parser, token.at, name) : BW_KIND_UNKNOWN;
    bw_free(name);
    return kind;
}

bw_kind bw_names_column(bw_parser *parser, bool of_rep, bw_token literal)
{
    if (of_rep && !parser->rep) {
        bw_parser_fault(parser, literal.at, BW_EXPR_COLUMN,
                        "rep-col: this expression sees %s alone; columns of "
                        "reps can be used in pair and rep-where",
                        parser->account->what);
        return BW_KIND_UNKNOWN;
    }
    of_rep |= !parser->account;
    char *name = copy(parser, literal.at + 1, literal.len - 2);
    if (!name)
        return BW_KIND_UNKNOWN;
    int32_t index = find(of_rep ? parser->rep : parser->account, name);
    if (index < 0)
        no_column(parser, literal.at, name, of_rep);
    bw_kind kind =
        index < 0 ? BW_KIND_UNKNOWN : use(parser, literal.at, of_rep, index);
    bw_free(name);
    return kind;
}

const bw_function *bw_names_function(bw_parser *parser, bw_token token)
{
    char *name = copy(parser, token.at, token.len);
    const bw_function *found = NULL;
    if (!name)
        return NULL;
    bw_guess guess = {.word = name};
    bw_list list = {.n = 0};
    for (int i = 0; i < N_FUNCTIONS; i++) {
        if (strcmp(functions[i].name, name) == 0)
            found = &functions[i];
        bw_list_add(&list, functions[i].name);
        bw_guess_try(&guess, functions[i].name);
    }
    bw_list_add(&list, "col");
    if (parser->rep)
        bw_list_add(&list, "rep-col");
    char shown[BW_SHORT];
    if (!found)
        bw_parser_fault(parser, token.at, BW_EXPR_FUNCTION,
                        "there is no function %s() here%s%s%s; there are: %s",
                        bw_words_short(name, shown),
                        guess.best ? "; did you mean " : "",
                        guess.best ? guess.best : "", guess.best ? "()?" : "",
                        bw_list_text(&list));
    bw_list_free(&list);
    bw_free(name);
    return found;
}

const char *bw_function_xpath(const bw_function *function)
{
    return function->xpath;
}

/* The letter of the n-th argument, small; '\0': there is none. */
static char letter(const bw_function *function, int n)
{
    size_t len = strlen(function->takes);
    bool repeats = len && function->takes[len - 1] == '+';
    size_t last = repeats ? len - 1 : len;
    size_t at = (size_t)n - 1;
    if (at >= last && !repeats)
        return '\0';
    char c = function->takes[at < last ? at : last - 1];
    return c == 'N' ? 'n' : c;
}

static void wrong_type(bw_parser *parser, const bw_function *function, int n,
                       bw_part found)
{
    char part[BW_SHORT];
    bw_parser_shown(parser, found.at, found.end, part);
    char wanted = letter(function, n);
    bw_parser_fault(parser, found.at, BW_EXPR_TYPE,
                    "%s() takes %s as argument %d, but %s is %s; write %s%s%s",
                    function->name,
                    bw_kind_name(wanted == 't'   ? BW_KIND_TEXT
                                 : wanted == 'n' ? BW_KIND_NUMBER
                                                 : BW_KIND_BOOLEAN),
                    n, part, bw_kind_name(found.kind),
                    wanted == 't'   ? "string("
                    : wanted == 'n' ? "number("
                                    : "",
                    wanted == 'b' ? "a comparison" : part,
                    wanted == 'b' ? ", for instance with != 0 or != ''" : ")");
}

void bw_function_argument(bw_parser *parser, const bw_function *function, int n,
                          bw_part argument)
{
    bw_kind kind = argument.kind;
    char wanted = letter(function, n);
    if (kind == BW_KIND_UNKNOWN || wanted == 'a' || wanted == '\0')
        return;
    if ((wanted == 't' && kind != BW_KIND_TEXT) ||
        (wanted == 'n' && kind != BW_KIND_NUMBER) ||
        (wanted == 'b' && kind != BW_KIND_BOOLEAN))
        wrong_type(parser, function, n, argument);
}

bw_kind bw_function_end(bw_parser *parser, const bw_function *function, int n,
                        size_t at)
{
    int least = 0, most = 0;
    for (const char *c = function->takes; *c; c++) {
        least += *c >= 'a';
        most = *c == '+' ? 1000 : most + 1;
    }
    char limit[32] = "or more";
    if (most < 1000)
        snprintf(limit, sizeof limit, "to %d", most);
    if (n >= least && n <= most)
        return function->gives;
    if (least == most)
        bw_parser_fault(parser, at, BW_EXPR_FUNCTION,
                        "%s() takes %d argument%s, found %d", function->name,
                        least, least == 1 ? "" : "s", n);
    else
        bw_parser_fault(parser, at, BW_EXPR_FUNCTION,
                        "%s() takes %d %s arguments, found %d", function->name,
                        least, limit, n);
    return function->gives;
}
