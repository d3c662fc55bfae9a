/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people write who know another language gets an answer in XPath. */
#include "expr_syntax.h"

#include "words.h"

#include <string.h>

static const char *text_of(const bw_parser *p)
{
    return p->attr->text + p->token.at;
}

/* Operators of other languages, of which the first sign was already taken. */
static bool doubled(bw_parser *p)
{
    static const char *const mended[][2] = {
        {"==", "="}, {"<>", "!="}, {"=>", ">="}, {"=<", "<="}};
    size_t at = p->token.at;
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++)
        if (at && strncmp(text_of(p) - 1, mended[i][0], 2) == 0) {
            bw_parser_syntax(p, at - 1, "%s is no operator here; write %s",
                             mended[i][0], mended[i][1]);
            return true;
        }
    return false;
}

static bool is_column(const bw_scope *scope, const char *name, size_t len)
{
    for (int32_t i = 0; scope && i < scope->n; i++)
        if (strlen(scope->variable[i].name) == len &&
            strncmp(scope->variable[i].name, name, len) == 0)
            return true;
    return false;
}

/* A token that cannot begin a value. */
void bw_syntax_no_value(bw_parser *p)
{
    char word[BW_SHORT];
    const char *text = text_of(p);
    size_t at = p->token.at, len = p->token.len;
    bw_parser_shown(p, at, at + len, word);
    switch (p->token.kind) {
    case BW_TOKEN_END:
        bw_parser_syntax(p, at, "the expression ends where a value is missing");
        return;
    case BW_TOKEN_OPEN:
        bw_parser_syntax(p, at,
                         "the text that begins here is not closed; add "
                         "%.1s",
                         text);
        return;
    case BW_TOKEN_NAME:
        if (is_column(p->account, text, len) || is_column(p->rep, text, len))
            bw_parser_syntax(p, at, "a column is written with a dollar: $%s",
                             word);
        else
            bw_parser_syntax(p, at,
                             "%s is no value; a column is written $%s, a text "
                             "'%s'",
                             word, word, word);
        return;
    case BW_TOKEN_PATH:
        bw_parser_syntax(p, at,
                         "%s belongs to paths through documents, which there "
                         "are none of here; columns are written $name or "
                         "col('any name')",
                         word);
        return;
    case BW_TOKEN_STRANGE:
        if (*text == '$') {
            bw_parser_syntax(p, at,
                             "a name must follow the dollar; a header "
                             "that is no such name is written "
                             "col('any header')");
            return;
        }
        if (*text == '!') {
            bw_parser_syntax(p, at, "! is no operator here; write not(...)");
            return;
        }
        break;
    case BW_TOKEN_SIGN:
        if (doubled(p))
            return;
        break;
    case BW_TOKEN_NUMBER:
    case BW_TOKEN_LITERAL:
    case BW_TOKEN_VARIABLE:
        break;
    }
    bw_parser_syntax(p, at, "%s stands where a value is needed", word);
}

/* Something follows where the expression could have ended. */
void bw_syntax_no_operator(bw_parser *p)
{
    static const char *const mended[][2] = {
        {"&", "and"},           {"AND", "and"}, {"And", "and"},
        {"OR", "or"},           {"Or", "or"},   {"|", "or"},
        {"%", "mod"},           {"/", "div"},   {"!", "!="},
        {"like", "contains()"},
    };
    char word[BW_SHORT];
    size_t at = p->token.at;
    bw_parser_shown(p, at, at + p->token.len, word);
    for (size_t i = 0; i < sizeof mended / sizeof *mended; i++)
        if (strcmp(mended[i][0], word) == 0) {
            bw_parser_syntax(p, at, "%s is no operator here; write %s", word,
                             mended[i][1]);
            return;
        }
    if (p->token.kind == BW_TOKEN_OPEN)
        bw_syntax_no_value(p);
    else if (*text_of(p) == ')')
        bw_parser_syntax(p, at, "this parenthesis was never opened");
    else
        bw_parser_syntax(p, at,
                         "%s stands where an operator is needed (and, or, =, "
                         "!=, <, <=, >, >=, +, -, *, div, mod)",
                         word);
}
