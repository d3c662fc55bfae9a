/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parser's output and faults. */
#include "expr_state.h"

#include "bw/alloc.h"
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    FAULT_TEXT = 1024 /* as long as a diagnostic can be */
};

void bw_parsed_free(bw_parsed *parsed)
{
    bw_buf_free(&parsed->xpath);
    bw_free(parsed->slot);
    bw_free(parsed->constant);
    *parsed = (bw_parsed){.slot = NULL};
}

/* A part of the text, short enough for a message. */
const char *bw_parser_shown(const bw_parser *p, size_t at, size_t end,
                            char out[BW_SHORT])
{
    char whole[BW_SHORT * 4];
    size_t len = end - at < sizeof whole ? end - at : sizeof whole - 1;
    memcpy(whole, p->attr->text + at, len);
    whole[len] = '\0';
    return bw_words_short(whole, out);
}

static void add_fault(bw_parser *parser, size_t at, bw_code code,
                      const char *text)
{
    parser->n_faults++;
    bw_diag_add(parser->diags, BW_ERROR, code, bw_token_place(parser->attr, at),
                "%s", text);
}

void bw_parser_fault(bw_parser *parser, size_t at, bw_code code,
                     const char *format, ...)
{
    char text[FAULT_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!parser->broken)
        add_fault(parser, at, code, text);
}

void bw_parser_syntax(bw_parser *parser, size_t at, const char *format, ...)
{
    char text[FAULT_TEXT];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!parser->broken)
        add_fault(parser, at, BW_EXPR_SYNTAX, text);
    parser->broken = true;
}

/* Room for one more item; NULL sets nomem and keeps the old block. */
static void *grow(bw_parser *parser, void *items, int32_t n, int32_t *room,
                  size_t size)
{
    if (n < *room)
        return items;
    int32_t more = *room ? 2 * *room : 8;
    void *grown = bw_realloc(items, (size_t)more, size);
    if (grown)
        *room = more;
    parser->nomem |= !grown;
    return grown;
}

void bw_parser_slot(bw_parser *parser, bw_slot slot)
{
    bw_parsed *out = parser->out;
    int32_t n = 0;
    while (n < out->n_slots && (out->slot[n].of_rep != slot.of_rep ||
                                out->slot[n].index != slot.index))
        n++;
    if (n == out->n_slots) {
        bw_slot *grown =
            grow(parser, out->slot, n, &out->slot_room, sizeof slot);
        if (!grown)
            return;
        out->slot = grown;
        out->slot[out->n_slots++] = slot;
    }
    bw_buf_format(&out->xpath, " $v%d ", (int)n);
}

void bw_parser_constant(bw_parser *parser, double value)
{
    bw_parsed *out = parser->out;
    double *grown = grow(parser, out->constant, out->n_constants,
                         &out->constant_room, sizeof value);
    if (!grown)
        return;
    out->constant = grown;
    out->constant[out->n_constants] = value;
    bw_buf_format(&out->xpath, " $c%d ", (int)out->n_constants++);
}

const char *bw_kind_name(bw_kind kind)
{
    switch (kind) {
    case BW_KIND_TEXT:
        return "a text";
    case BW_KIND_NUMBER:
        return "a number";
    case BW_KIND_BOOLEAN:
        return "true or false";
    case BW_KIND_UNKNOWN:
        break;
    }
    return "unknown";
}
