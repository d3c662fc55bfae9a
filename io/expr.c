/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evaluation by libxml2, of the text that expr_parse.c made: columns are
 * `$vN`, exact numbers `$cN`, asked for by a callback. An expression over both
 * rows of a million pairs is compiled once. */
#include "expr.h"

#include "bw/alloc.h"
#include "expr_parse.h"
#include "field.h"

#include <assert.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

struct bw_expr {
    bw_parsed parsed;
    bw_type type;
    int32_t *used[2], n_used[2]; /* [of_rep]: indexes */
    xmlXPathContextPtr context;
    xmlXPathCompExprPtr compiled;
    xmlXPathObjectPtr text; /* result of bw_expr_text() */
    bw_lookup *lookup;      /* of this evaluation */
    void *data;
    bool nomem;
};

static xmlXPathObjectPtr variable(void *data, const xmlChar *name,
                                  const xmlChar *uri)
{
    bw_expr *e = data;
    int32_t number = 0;
    (void)uri;
    for (const xmlChar *digit = name + 1; *digit; digit++)
        number = 10 * number + (*digit - '0');
    if (name[0] == 'c')
        return xmlXPathNewFloat(e->parsed.constant[number]);
    const bw_slot *slot = &e->parsed.slot[number];
    bw_value value = e->lookup(e->data, slot->of_rep, slot->index);
    return slot->type == BW_TEXT
               ? xmlXPathNewString((const xmlChar *)value.text)
               : xmlXPathNewFloat(value.number);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* number(): a text as the fields of our tables are read, to the last bit; what
 * is no number is NaN. */
static void to_number(xmlXPathParserContextPtr context, int n)
{
    (void)n; /* one: the parser saw to it */
    xmlXPathObjectPtr value = valuePop(context);
    if (!value)
        return;
    double number = NAN;
    if (value->type == XPATH_STRING && value->stringval) {
        const char *text = (const char *)value->stringval;
        size_t len = strlen(text);
        while (len && is_blank(text[len - 1]))
            len--;
        for (; len && is_blank(*text); text++)
            len--;
        if (!bw_field_number(text, len, &number))
            number = NAN;
    } else {
        number = xmlXPathCastToNumber(value);
    }
    xmlXPathFreeObject(value);
    valuePush(context, xmlXPathNewFloat(number));
}

/* Without a handler libxml2 would print. */
static void on_error(void *data, xmlErrorPtr error)
{
    bw_expr *e = data;
    if (error->code == XML_ERR_NO_MEMORY ||
        error->code == XML_XPATH_EXPRESSION_OK + XPATH_MEMORY_ERROR)
        e->nomem = true;
}

static bw_status compile(bw_expr *e)
{
    xmlInitParser();
    e->context = xmlXPathNewContext(NULL);
    if (!e->context)
        return BW_NOMEM;
    e->context->userData = e;
    e->context->error = on_error;
    xmlXPathRegisterVariableLookup(e->context, variable, e);
    if (xmlXPathRegisterFunc(e->context, (const xmlChar *)"bw-number",
                             to_number) != 0 ||
        xmlXPathContextSetCache(e->context, 1, -1, 0) != 0)
        return BW_NOMEM;
    e->compiled =
        xmlXPathCtxtCompile(e->context, (const xmlChar *)e->parsed.xpath.text);
    if (e->compiled)
        return BW_OK;
    return e->nomem ? BW_NOMEM : BW_INTERNAL;
}

static bw_status list_used(bw_expr *e)
{
    const bw_parsed *parsed = &e->parsed;
    for (int side = 0; side < 2; side++) {
        e->used[side] =
            bw_alloc((size_t)parsed->n_slots, sizeof *e->used[side]);
        if (!e->used[side])
            return BW_NOMEM;
    }
    for (int32_t i = 0; i < parsed->n_slots; i++) {
        int side = parsed->slot[i].of_rep;
        e->used[side][e->n_used[side]++] = parsed->slot[i].index;
    }
    return BW_OK;
}

bw_status bw_expr_new(const bw_attr *text, const bw_scope *account,
                      const bw_scope *rep, bw_type want, bw_diags *diags,
                      bw_expr **expr)
{
    *expr = NULL;
    bw_expr *e = bw_alloc(1, sizeof *e);
    if (!e)
        return BW_NOMEM;
    e->type = want;
    bw_expr_task task = {text, account, rep, want, diags};
    bw_status status = bw_expr_parse(&task, &e->parsed);
    if (status == BW_OK)
        status = list_used(e);
    if (status == BW_OK)
        status = compile(e);
    if (status == BW_OK)
        *expr = e;
    else
        bw_expr_free(e);
    return status;
}

void bw_expr_free(bw_expr *expr)
{
    if (!expr)
        return;
    xmlXPathFreeObject(expr->text);
    xmlXPathFreeCompExpr(expr->compiled);
    xmlXPathFreeContext(expr->context);
    bw_parsed_free(&expr->parsed);
    bw_free(expr->used[0]);
    bw_free(expr->used[1]);
    bw_free(expr);
}

int32_t bw_expr_used(const bw_expr *expr, bool of_rep, const int32_t **index)
{
    *index = expr->used[of_rep];
    return expr->n_used[of_rep];
}

static bw_status failure(bw_expr *expr)
{
    bw_status status = expr->nomem ? BW_NOMEM : BW_INTERNAL;
    expr->nomem = false;
    return status;
}

bw_status bw_expr_truth(bw_expr *expr, bw_lookup *lookup, void *data,
                        bool *result)
{
    assert(expr->type == BW_BOOLEAN);
    *result = false;
    expr->lookup = lookup;
    expr->data = data;
    int truth = xmlXPathCompiledEvalToBoolean(expr->compiled, expr->context);
    if (truth < 0)
        return failure(expr);
    *result = truth > 0;
    return BW_OK;
}

static xmlXPathObjectPtr evaluate(bw_expr *expr, bw_lookup *lookup, void *data)
{
    expr->lookup = lookup;
    expr->data = data;
    return xmlXPathCompiledEval(expr->compiled, expr->context);
}

bw_status bw_expr_number(bw_expr *expr, bw_lookup *lookup, void *data,
                         double *result)
{
    assert(expr->type == BW_NUMBER);
    *result = NAN;
    xmlXPathObjectPtr value = evaluate(expr, lookup, data);
    if (!value)
        return failure(expr);
    bool is_number = value->type == XPATH_NUMBER;
    if (is_number)
        *result = value->floatval;
    xmlXPathFreeObject(value);
    return is_number ? BW_OK : BW_INTERNAL;
}

bw_status bw_expr_text(bw_expr *expr, bw_lookup *lookup, void *data,
                       const char **result)
{
    assert(expr->type == BW_TEXT);
    *result = NULL;
    xmlXPathFreeObject(expr->text);
    expr->text = evaluate(expr, lookup, data);
    if (!expr->text)
        return failure(expr);
    if (expr->text->type != XPATH_STRING)
        return BW_INTERNAL;
    *result = (const char *)expr->text->stringval;
    return BW_OK;
}
