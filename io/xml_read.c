/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2 parses; the tree and its places are ours (xml_tags.h). */
#include "xml_read.h"

#include "bw/alloc.h"
#include "words.h"
#include "xml_explain.h"
#include "xml_tags.h"
#include "xml_valid.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

enum {
    OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
};

struct bw_xml {
    bw_arena *arena;
    bw_element *root;
};

/* One reading under way. */
typedef struct reading {
    const bw_source *source;
    const char *text;
    size_t len;
    bw_diags *diags;
    xmlParserCtxtPtr parser;
    xmlDocPtr doc;
    bw_xml *xml;
    int syntax_faults;
    bool nomem;
} reading;

static bool encoding_is(const reading *r, bw_span value, const char *name)
{
    return strlen(name) == value.len &&
           xmlStrncasecmp((const xmlChar *)name,
                          (const xmlChar *)r->text + value.at,
                          (int)value.len) == 0;
}

static bw_status refuse(const reading *r)
{
    size_t at;
    bw_span value;
    bool faults = false;
    if (bw_tags_encoding(r->text, r->len, &value) &&
        !encoding_is(r, value, "utf-8") && !encoding_is(r, value, "us-ascii")) {
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_ENCODING,
                    bw_source_place(r->source, value.at),
                    "the file says it is in \"%.*s\"; save it as UTF-8 and "
                    "say encoding=\"UTF-8\"",
                    (int)(value.len < 40 ? value.len : 40), r->text + value.at);
        faults = true;
    }
    if (bw_tags_doctype(r->text, r->len, &at)) {
        bw_diag_add(r->diags, BW_ERROR, BW_XML_DOCTYPE,
                    bw_source_place(r->source, at),
                    "a DOCTYPE is not allowed: nothing here needs one, and "
                    "its entities could reach other files; take it out");
        faults = true;
    }
    if (r->len > INT_MAX / 2) {
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX,
                    bw_source_place(r->source, 0),
                    "more than a gigabyte of XML cannot be read");
        faults = true;
    }
    return faults ? BW_INVALID : BW_OK;
}

static const char *part(const char *text)
{
    return text ? text : "?";
}

static const struct {
    int code;
    const char *say;
} words_of[] = {
    {XML_ERR_LT_IN_ATTRIBUTE, "a < inside a value must be written &lt;"},
    {XML_ERR_NAME_REQUIRED, "a name is missing here; an & by itself must be "
                            "written &amp;, a < must be written &lt;"},
    {XML_ERR_ENTITYREF_SEMICOL_MISSING,
     "a semicolon is missing; an & by itself must be written &amp;"},
    {XML_ERR_ATTRIBUTE_NOT_STARTED, "a value must stand in quotes"},
    {XML_ERR_ATTRIBUTE_NOT_FINISHED, "a value's closing quote is missing"},
    {XML_ERR_ATTRIBUTE_WITHOUT_VALUE,
     "a value is missing, as in name=\"value\""},
    {XML_ERR_SPACE_REQUIRED, "there must be a blank between attributes"},
    {XML_ERR_GT_REQUIRED, "the tag is not closed; a > is missing, or an "
                          "attribute is written wrongly"},
    {XML_ERR_DOCUMENT_END, "something follows the end of the first element; "
                           "an XML file has just one, around all others"},
    {XML_ERR_DOCUMENT_EMPTY, "the file must begin with a tag"},
    {XML_ERR_COMMENT_NOT_FINISHED, "the comment is not closed; add -->"},
    {XML_ERR_HYPHEN_IN_COMMENT, "-- may not stand inside a comment"},
};

/* libxml2's own message where we have no better words. */
static const char *plain_words(const xmlError *error)
{
    for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++)
        if (words_of[i].code == error->code)
            return words_of[i].say;
    return part(error->message);
}

static void explain_syntax(const reading *r, const xmlError *e, bw_place place)
{
    char a[BW_SHORT], b[BW_SHORT];
    const char *str1 = bw_words_short(part(e->str1), a);
    const char *str2 = bw_words_short(part(e->str2), b);
    const char *say = plain_words(e);
    switch (e->code) {
    case XML_ERR_TAG_NAME_MISMATCH:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "</%s> stands where <%s> (line %d) must be closed; write "
                    "</%s> or mend the tags between",
                    str2, str1, e->int1, str1);
        break;
    case XML_ERR_TAG_NOT_FINISHED:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "the file ends before <%s> (line %d) is closed; add </%s>",
                    str1, e->int1, str1);
        break;
    case XML_ERR_ATTRIBUTE_REDEFINED:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "the attribute %s is given twice; leave one", str1);
        break;
    case XML_ERR_UNDECLARED_ENTITY:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "&%s; is not known; there are &lt; &gt; &amp; &quot; "
                    "&apos; and numbers such as &#233;",
                    str1);
        break;
    case XML_NS_ERR_UNDEFINED_NAMESPACE:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "the prefix %s is not declared; leave it out or add "
                    "xmlns:%s",
                    str1, str1);
        break;
    default:
        bw_diag_add(r->diags, BW_ERROR, BW_XML_SYNTAX, place,
                    "not well-formed XML: %.*s", (int)strcspn(say, "\n"), say);
        break;
    }
}

/* What follows the first fault of the syntax is mostly its echo. */
static void on_syntax(void *data, xmlErrorPtr error)
{
    xmlParserCtxtPtr parser = data;
    reading *r = parser->_private;
    if (error->code == XML_ERR_NO_MEMORY)
        r->nomem = true;
    if (error->level < XML_ERR_ERROR || r->nomem)
        return;
    if (r->syntax_faults++ > 0 && error->domain != XML_FROM_NAMESPACE)
        return;
    long at = xmlByteConsumed(parser);
    size_t offset = at < 0 ? 0 : (size_t)at;
    if (offset > r->len)
        offset = r->len;
    if (error->code == XML_ERR_TAG_NAME_MISMATCH) /* noticed behind the tag */
        while (offset && (offset >= r->len || r->text[offset] != '<'))
            offset--;
    explain_syntax(r, error, bw_source_place(r->source, offset));
}

static bw_status parse(reading *r)
{
    r->parser = xmlNewParserCtxt();
    if (!r->parser || !r->parser->sax)
        return BW_NOMEM;
    r->parser->_private = r;
    r->parser->sax->serror = on_syntax;
    r->doc = xmlCtxtReadMemory(r->parser, r->text, (int)r->len, NULL, "UTF-8",
                               OPTIONS);
    if (r->nomem)
        return BW_NOMEM;
    if (r->syntax_faults)
        return BW_INVALID;
    if (!r->doc)
        return BW_INTERNAL;
    return r->doc->intSubset ? BW_INTERNAL : BW_OK;
}

static const char *copy(const reading *r, bw_span span)
{
    return bw_arena_text(r->xml->arena, r->text + span.at, span.len);
}

/* The node's attribute of this name as written, prefix and all. */
static xmlAttrPtr find_attr(const xmlNode *node, const char *name)
{
    const char *colon = strchr(name, ':');
    const char *local = colon ? colon + 1 : name;
    size_t prefix = colon ? (size_t)(colon - name) : 0;
    for (xmlAttrPtr a = node->properties; a; a = a->next) {
        const char *p =
            a->ns && a->ns->prefix ? (const char *)a->ns->prefix : "";
        if (strlen(p) == prefix && strncmp(p, name, prefix) == 0 &&
            strcmp((const char *)a->name, local) == 0)
            return a;
    }
    return NULL;
}

static bw_status read_attr(const reading *r, xmlNodePtr node, bw_span name,
                           bw_span value)
{
    bw_arena *arena = r->xml->arena;
    bw_element *element = node->_private;
    bw_xml_attr *a = bw_arena_alloc(arena, 1, sizeof *a);
    if (!a)
        return BW_NOMEM;
    a->name = copy(r, name);
    a->raw = copy(r, value);
    if (!a->name || !a->raw)
        return BW_NOMEM;
    xmlAttrPtr found = find_attr(node, a->name);
    if (!found) /* xmlns and xmlns:prefix are no attributes for libxml2 */
        return strncmp(a->name, "xmlns", 5) == 0 ? BW_OK : BW_INTERNAL;
    xmlChar *text = xmlNodeListGetString(r->doc, found->children, 1);
    const char *plain = text ? (const char *)text : "";
    a->value = bw_arena_text(arena, plain, strlen(plain));
    xmlFree(text);
    if (!a->value || (!text && found->children))
        return BW_NOMEM;
    a->name_place = bw_source_place(r->source, name.at);
    a->place = bw_source_place(r->source, value.at);
    bw_xml_attr **last = &element->attrs;
    while (*last)
        last = &(*last)->next;
    *last = a;
    found->_private = a;
    return BW_OK;
}

static bw_status read_text(const reading *r, const xmlNode *node)
{
    bw_element *element = node->_private;
    if (!node->children || xmlChildElementCount((xmlNodePtr)node))
        return BW_OK;
    xmlChar *text = xmlNodeGetContent(node);
    if (!text)
        return BW_NOMEM;
    const char *plain = (const char *)text;
    element->text = bw_arena_text(r->xml->arena, plain, strlen(plain));
    xmlFree(text);
    return element->text ? BW_OK : BW_NOMEM;
}

static bw_status read_element(const reading *r, bw_tags *tags, xmlNodePtr node)
{
    bw_span name, value;
    if (!bw_tags_next(tags, &name))
        return BW_INTERNAL;
    bw_element *e = bw_arena_alloc(r->xml->arena, 1, sizeof *e);
    if (!e || !(e->name = copy(r, name)))
        return BW_NOMEM;
    const char *colon = strchr(e->name, ':');
    e->local = colon ? colon + 1 : e->name;
    if (strcmp(e->local, (const char *)node->name) != 0)
        return BW_INTERNAL;
    e->offset = name.at - 1;
    e->place = bw_source_place(r->source, e->offset);
    node->_private = e;
    bw_status status = read_text(r, node);
    while (status == BW_OK && bw_tags_attr(tags, &name, &value))
        status = read_attr(r, node, name, value);
    return status;
}

static void link_element(reading *r, xmlNodePtr node, xmlNodePtr before)
{
    bw_element *e = node->_private;
    if (before) {
        bw_element *earlier = before->_private;
        earlier->next = e;
        e->parent = earlier->parent;
    } else if (node->parent && node->parent->type == XML_ELEMENT_NODE) {
        e->parent = node->parent->_private;
        e->parent->child = e;
    } else {
        r->xml->root = e;
    }
}

/* The next element in document order. */
static xmlNodePtr next_element(xmlNodePtr node)
{
    xmlNodePtr next = xmlFirstElementChild(node);
    while (!next && node && node->type == XML_ELEMENT_NODE) {
        next = xmlNextElementSibling(node);
        node = node->parent;
    }
    return next;
}

static bw_status build(reading *r)
{
    bw_tags tags = {r->text, r->len, 0};
    xmlNodePtr node = xmlDocGetRootElement(r->doc);
    for (; node; node = next_element(node)) {
        bw_status status = read_element(r, &tags, node);
        if (status != BW_OK)
            return status;
        link_element(r, node, xmlPreviousElementSibling(node));
    }
    return BW_OK;
}

static void finish(reading *r)
{
    xmlFreeDoc(r->doc);
    r->doc = NULL;
    if (r->parser)
        xmlFreeParserCtxt(r->parser);
    r->parser = NULL;
}

/* A document without its schema: r->doc and r->xml are the caller's. */
static bw_status read_tree(reading *r)
{
    r->text = bw_source_text(r->source, &r->len);
    bw_status status = refuse(r);
    if (status == BW_OK)
        status = parse(r);
    if (status != BW_OK)
        return status;
    r->xml = bw_alloc(1, sizeof *r->xml);
    if (!r->xml || !(r->xml->arena = bw_arena_new()))
        return BW_NOMEM;
    return build(r);
}

static bw_status check(const reading *r, const reading *schema)
{
    const bw_element *root = r->xml->root, *xsd = schema->xml->root;
    xmlNodePtr node = xmlDocGetRootElement(r->doc);
    const char *uri = node->ns ? (const char *)node->ns->href : "";
    if (!bw_xml_root_fits(xsd, root, uri, r->diags))
        return BW_INVALID;
    bw_xml_check task = {.doc = r->doc,
                         .schema = schema->doc,
                         .xsd = xsd,
                         .source = r->source,
                         .diags = r->diags};
    return bw_xml_validate(&task);
}

bw_status bw_xml_read(const bw_source *source, const char *xsd, size_t xsd_len,
                      bw_diags *diags, bw_xml **xml)
{
    *xml = NULL;
    reading r = {.source = source, .diags = diags}, schema = {.diags = NULL};
    bw_source *built_in = NULL;
    xmlInitParser();
    bw_status status = read_tree(&r);
    if (status == BW_OK)
        status = bw_source_from(xsd, xsd_len, "schema", NULL, &built_in);
    schema.source = built_in;
    if (status == BW_OK)
        status = read_tree(&schema);
    if (status == BW_OK)
        status = check(&r, &schema);
    finish(&schema);
    finish(&r);
    bw_xml_free(schema.xml);
    bw_source_free(built_in);
    if (status == BW_OK)
        *xml = r.xml;
    else
        bw_xml_free(r.xml);
    return status;
}

void bw_xml_free(bw_xml *xml)
{
    if (!xml)
        return;
    bw_arena_free(xml->arena);
    bw_free(xml);
}

const bw_element *bw_xml_root(const bw_xml *xml)
{
    return xml->root;
}
