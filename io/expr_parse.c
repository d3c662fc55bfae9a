/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recursive descent over the grammar of XPath 1.0, section 3, from the weakest
 * operator to the strongest. Types are found on the way up; a part at fault is
 * of unknown type and causes no further faults. */
#include "expr_parse.h"

#include "expr_names.h"
#include "expr_syntax.h"
#include "expr_types.h"
#include "field.h"

#include <assert.h>
#include <string.h>

enum {
    /* libxml2 gives up at a depth of some thousands of its own steps; a
     * parenthesis is about ten of them, an operator of a chain one. */
    DEEPEST = 100,
    MOST_OPERATORS = 1000,
    EXACT_DIGITS = 15 /* whole numbers that libxml2 reads exactly */
};

static bw_part level(bw_parser *p, int strength);

static const char *text_of(const bw_parser *p)
{
    return p->attr->text + p->token.at;
}

static bool is_sign(const bw_parser *p, const char *sign)
{
    return p->token.kind == BW_TOKEN_SIGN && p->token.len == strlen(sign) &&
           strncmp(text_of(p), sign, p->token.len) == 0;
}

static bool is_name(const bw_parser *p, const char *name)
{
    return p->token.kind == BW_TOKEN_NAME && p->token.len == strlen(name) &&
           strncmp(text_of(p), name, p->token.len) == 0;
}

static void advance(bw_parser *p)
{
    p->taken = p->token.at + p->token.len;
    p->token = bw_token_next(p->attr->text, p->taken);
}

/* Takes the token and puts it out as it is. */
static void take(bw_parser *p)
{
    bw_buf_text(&p->out->xpath, " ");
    bw_buf_add(&p->out->xpath, text_of(p), p->token.len);
    advance(p);
}

static void number(bw_parser *p)
{
    double value;
    bool whole = strspn(text_of(p), "0123456789") == p->token.len;
    if (whole && p->token.len <= EXACT_DIGITS) {
        take(p);
        return;
    }
    bool is_number = bw_field_number(text_of(p), p->token.len, &value);
    if (is_number)
        bw_parser_constant(p, value);
    else
        bw_parser_syntax(p, p->token.at, "this number is too large");
    advance(p);
}

static void expect_close(bw_parser *p, size_t open)
{
    if (is_sign(p, ")"))
        take(p);
    else if (p->token.kind == BW_TOKEN_END)
        bw_parser_syntax(p, open,
                         "the parenthesis that opens here is not "
                         "closed");
    else
        bw_syntax_no_operator(p);
}

/* col('header') or rep-col('header'), the name taken. */
static bw_kind column(bw_parser *p, bool of_rep, size_t open)
{
    bw_kind kind = BW_KIND_UNKNOWN;
    advance(p);
    if (p->token.kind != BW_TOKEN_LITERAL) {
        bw_parser_syntax(p, p->token.at,
                         "a header in quotes is needed, as in col('Annual "
                         "Revenue')");
        return kind;
    }
    kind = bw_names_column(p, of_rep, p->token);
    advance(p);
    if (is_sign(p, ")"))
        advance(p);
    else
        expect_close(p, open);
    return kind;
}

static bw_kind arguments(bw_parser *p, bw_token name, const bw_function *f)
{
    size_t open = p->token.at;
    int n = 0;
    bw_buf_text(&p->out->xpath, f ? bw_function_xpath(f) : "true");
    take(p);
    while (!p->broken && !is_sign(p, ")")) {
        bw_part part = level(p, 0);
        n++;
        if (f)
            bw_function_argument(p, f, n, part);
        if (!is_sign(p, ","))
            break;
        take(p);
        if (is_sign(p, ")"))
            bw_syntax_no_value(p);
    }
    expect_close(p, open);
    return f && !p->broken ? bw_function_end(p, f, n, name.at)
                           : BW_KIND_UNKNOWN;
}

static bw_kind call(bw_parser *p)
{
    bw_token name = p->token;
    bool of_rep = is_name(p, "rep-col");
    bool of_any = is_name(p, "col");
    bw_token next = bw_token_next(p->attr->text, name.at + name.len);
    if (next.kind != BW_TOKEN_SIGN || p->attr->text[next.at] != '(') {
        bw_syntax_no_value(p);
        return BW_KIND_UNKNOWN;
    }
    advance(p);
    if (of_rep || of_any)
        return column(p, of_rep, next.at);
    bw_buf_text(&p->out->xpath, " ");
    return arguments(p, name, bw_names_function(p, name));
}

static bw_kind parenthesis(bw_parser *p)
{
    size_t open = p->token.at;
    take(p);
    bw_part inside = level(p, 0);
    if (!p->broken)
        expect_close(p, open);
    return inside.kind;
}

static bw_part value(bw_parser *p)
{
    bw_part part = {.kind = BW_KIND_UNKNOWN, .at = p->token.at};
    if (++p->depth > DEEPEST) {
        bw_parser_syntax(p, p->token.at,
                         "parentheses are nested deeper than "
                         "%d",
                         DEEPEST);
    } else if (p->token.kind == BW_TOKEN_NUMBER) {
        part.kind = BW_KIND_NUMBER;
        number(p);
    } else if (p->token.kind == BW_TOKEN_LITERAL) {
        part.kind = BW_KIND_TEXT;
        take(p);
    } else if (p->token.kind == BW_TOKEN_VARIABLE) {
        part.kind = bw_names_variable(p, p->token);
        advance(p);
    } else if (p->token.kind == BW_TOKEN_NAME) {
        part.kind = call(p);
    } else if (is_sign(p, "(")) {
        part.kind = parenthesis(p);
    } else {
        bw_syntax_no_value(p);
    }
    p->depth--;
    part.end = p->taken;
    return part;
}

/* The strengths, from the weakest: what joins, what it takes and gives. */
typedef enum operation {
    LOGIC,
    EQUALITY,
    ORDER,
    ARITHMETIC
} operation;

static const struct {
    const char *sign[3];
    bool letters[3];
    operation does;
} strengths[] = {
    {{"or", "", ""}, {true, false, false}, LOGIC},
    {{"and", "", ""}, {true, false, false}, LOGIC},
    {{"=", "!=", ""}, {false, false, false}, EQUALITY},
    {{"<", "<=", ">"}, {false, false, false}, ORDER},
    {{"+", "-", ""}, {false, false, false}, ARITHMETIC},
    {{"*", "div", "mod"}, {false, true, true}, ARITHMETIC},
};

enum {
    N_STRENGTHS = sizeof strengths / sizeof *strengths
};

static bool joins(const bw_parser *p, int strength)
{
    for (int i = 0; i < 3; i++) {
        const char *sign = strengths[strength].sign[i];
        if (*sign && (strengths[strength].letters[i] ? is_name(p, sign)
                                                     : is_sign(p, sign)))
            return true;
    }
    return strengths[strength].does == ORDER && is_sign(p, ">=");
}

static bw_part join(bw_parser *p, int strength, const char *sign,
                    const bw_part sides[2])
{
    bw_part whole = {BW_KIND_BOOLEAN, sides[0].at, sides[1].end};
    if (p->broken)
        return whole;
    switch (strengths[strength].does) {
    case LOGIC:
        bw_types_logic(p, sign, sides[0]);
        bw_types_logic(p, sign, sides[1]);
        break;
    case EQUALITY:
    case ORDER:
        bw_types_comparison(p, sign, sides[0], sides[1]);
        break;
    case ARITHMETIC:
        bw_types_arithmetic(p, sign, sides[0]);
        bw_types_arithmetic(p, sign, sides[1]);
        whole.kind = BW_KIND_NUMBER;
        break;
    }
    return whole;
}

static bw_part negative(bw_parser *p)
{
    size_t at = p->token.at;
    bool minus = is_sign(p, "-");
    int n = 0;
    for (; is_sign(p, "-"); n++)
        take(p);
    if (n > DEEPEST)
        bw_parser_syntax(p, at, "more than %d minus signs", DEEPEST);
    bw_part part = value(p);
    if (minus && !p->broken) {
        bw_types_arithmetic(p, "-", part);
        part.kind = BW_KIND_NUMBER;
    }
    part.at = at;
    return part;
}

static bw_part level(bw_parser *p, int strength)
{
    if (strength == N_STRENGTHS)
        return negative(p);
    bw_part sides[2] = {level(p, strength + 1)};
    while (!p->broken && joins(p, strength)) {
        char sign[4] = "";
        memcpy(sign, text_of(p), p->token.len);
        if (++p->n_operators > MOST_OPERATORS)
            bw_parser_syntax(p, p->token.at,
                             "more than %d operators; a column "
                             "of the file could say it",
                             MOST_OPERATORS);
        take(p);
        sides[1] = level(p, strength + 1);
        sides[0] = join(p, strength, sign, sides);
    }
    return sides[0];
}

bw_status bw_expr_parse(const bw_expr_task *task, bw_parsed *parsed)
{
    assert(task->attr->text && (task->account || task->rep));
    bw_parser p = {.attr = task->attr,
                   .account = task->account,
                   .rep = task->rep,
                   .diags = task->diags,
                   .out = parsed,
                   .token = bw_token_next(task->attr->text, 0)};
    if (p.token.kind == BW_TOKEN_END)
        bw_parser_syntax(&p, 0, "the expression is empty");
    bw_part whole = level(&p, 0);
    if (!p.broken && p.token.kind != BW_TOKEN_END)
        bw_syntax_no_operator(&p);
    if (!p.broken)
        bw_types_want(&p, whole, task->want);
    if (p.nomem || parsed->xpath.failed)
        return BW_NOMEM;
    return p.n_faults ? BW_INVALID : BW_OK;
}
