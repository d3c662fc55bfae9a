/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of type, with both sides and what to write instead. */
#include "expr_types.h"

#include "words.h"

static const char *shown_part(const bw_parser *p, bw_part part,
                              char out[BW_SHORT])
{
    return bw_parser_shown(p, part.at, part.end, out);
}

/* `$a and $b` where a side is no condition. */
void bw_types_logic(bw_parser *p, const char *sign, bw_part side)
{
    char word[BW_SHORT];
    if (side.kind == BW_KIND_BOOLEAN || side.kind == BW_KIND_UNKNOWN)
        return;
    shown_part(p, side, word);
    bw_parser_fault(p, side.at, BW_EXPR_TYPE,
                    "%s joins conditions, but %s is %s; write what must hold, "
                    "such as %s %s",
                    sign, word, bw_kind_name(side.kind), word,
                    side.kind == BW_KIND_TEXT ? "!= ''" : "!= 0");
}

void bw_types_arithmetic(bw_parser *p, const char *sign, bw_part side)
{
    char word[BW_SHORT];
    if (side.kind == BW_KIND_NUMBER || side.kind == BW_KIND_UNKNOWN)
        return;
    shown_part(p, side, word);
    bw_parser_fault(p, side.at, BW_EXPR_TYPE,
                    "%s needs numbers, but %s is %s; number(%s) makes it one",
                    sign, word, bw_kind_name(side.kind), word);
}

void bw_types_comparison(bw_parser *p, const char *sign, bw_part left,
                         bw_part right)
{
    char a[BW_SHORT], b[BW_SHORT];
    if (left.kind == BW_KIND_UNKNOWN || right.kind == BW_KIND_UNKNOWN)
        return;
    bool order = *sign == '<' || *sign == '>';
    shown_part(p, left, a);
    shown_part(p, right, b);
    if (left.kind != right.kind)
        bw_parser_fault(p, left.at, BW_EXPR_TYPE,
                        "%s is %s, but %s is %s: they cannot be compared; %s",
                        a, bw_kind_name(left.kind), b, bw_kind_name(right.kind),
                        left.kind == BW_KIND_BOOLEAN ||
                                right.kind == BW_KIND_BOOLEAN
                            ? "join conditions with and, or"
                            : "a text is written '...', number(...) makes a "
                              "text a number, string(...) a number a text");
    else if (order && left.kind != BW_KIND_NUMBER)
        bw_parser_fault(p, left.at, BW_EXPR_TYPE,
                        "%s needs numbers, but %s and %s are each %s; "
                        "number(...) makes a text a number",
                        sign, a, b, bw_kind_name(left.kind));
}

void bw_types_want(bw_parser *p, bw_part whole, bw_type want)
{
    static const char *const advice[] = {
        [BW_TEXT] = "string(...) makes it one",
        [BW_NUMBER] = "number(...) makes it one",
        [BW_BOOLEAN] = "compare it with something, such as $revenue > 0",
    };
    if (whole.kind == BW_KIND_UNKNOWN || whole.kind == (bw_kind)want)
        return;
    bw_parser_fault(p, whole.at, BW_EXPR_TYPE,
                    "the expression gives %s where %s is needed; %s",
                    bw_kind_name(whole.kind), bw_kind_name((bw_kind)want),
                    advice[want]);
}
