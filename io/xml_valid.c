/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Validation by libxml2. It stops looking at an element's children at the
 * first that it does not expect. So that all faults are reported, the document
 * is validated, what was found is explained and taken out, and that again
 * until nothing new is found. */
#include "xml_valid.h"

#include "xml_explain.h"
#include "xml_tags.h"

#include <libxml/xmlschemas.h>
#include <string.h>

enum {
    PASSES = 200, /* each takes something out, or is the last */
    HELD = 64     /* faults kept from one pass; the rest come in the next */
};

typedef struct finding {
    bw_xml_fault fault;
    xmlNodePtr node; /* element */
    xmlAttrPtr attr; /* NULL: the fault is the element's */
} finding;

typedef struct validation {
    const bw_xml_check *check;
    finding held[HELD];
    int n_held;
    xmlNodePtr removed; /* list; freed last, as `held` may still name them */
    bool nomem;
} validation;

static bool names(const char *text, size_t len, const xmlAttr *attr)
{
    const char *uri = attr->ns ? (const char *)attr->ns->href : "";
    const char *name = (const char *)attr->name;
    size_t n = strlen(uri), m = strlen(name);
    if (!attr->ns)
        return len == m && strncmp(text, name, m) == 0;
    return len == n + m + 2 && text[0] == '{' &&
           strncmp(text + 1, uri, n) == 0 && text[n + 1] == '}' &&
           strncmp(text + n + 2, name, m) == 0;
}

/* The node of an attribute's fault is its element; the attribute is named in
 * the message alone: Element '{uri}name', attribute '{uri}name': ... */
static xmlAttrPtr attr_of(const xmlError *error, const xmlNode *node)
{
    static const char mark[] = "', attribute '";
    const char *end = strstr(error->message, "': ");
    const char *name = strstr(error->message, mark);
    if (!name || !end || name > end)
        return NULL;
    name += sizeof mark - 1;
    for (xmlAttrPtr a = node->properties; a; a = a->next)
        if (names(name, (size_t)(end - name), a))
            return a;
    return NULL;
}

static bw_xml_fault fault_of(const xmlError *error, const xmlAttr *attr)
{
    const char *text = error->message;
    switch (error->code) {
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
        return attr ? BW_FAULT_ATTR : BW_FAULT_OTHER;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
        return BW_FAULT_LACKS_ATTR;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
        return BW_FAULT_TEXT;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1: /* elements or text where none is */
        return strstr(text, "Element content") ? BW_FAULT_CHILD : BW_FAULT_TEXT;
    case XML_SCHEMAV_ELEMENT_CONTENT: /* one too many, or one too few */
        return strstr(text, "Missing child") ? BW_FAULT_LACKS_CHILD
                                             : BW_FAULT_ELEMENT;
    default:
        return attr ? BW_FAULT_VALUE : BW_FAULT_OTHER;
    }
}

/* A value that breaks a facet is reported for the facet and for the type;
 * what stays in the document is reported in every pass. */
static bool is_known(const validation *v, finding f)
{
    for (int i = 0; i < v->n_held; i++)
        if (v->held[i].node == f.node && v->held[i].attr == f.attr &&
            v->held[i].fault == f.fault)
            return true;
    if (f.fault == BW_FAULT_VALUE)
        return ((const bw_xml_attr *)f.attr->_private)->reported;
    return (f.fault == BW_FAULT_LACKS_ATTR || f.fault == BW_FAULT_LACKS_CHILD ||
            f.fault == BW_FAULT_OTHER) &&
           ((const bw_element *)f.node->_private)->reported;
}

/* Mostly only noted: the validator is still walking over the document. */
static void on_fault(void *data, xmlErrorPtr error)
{
    validation *v = data;
    if (error->code == XML_ERR_NO_MEMORY || !error->message) {
        v->nomem = true;
        return;
    }
    xmlNodePtr node = error->node ? (xmlNodePtr)error->node
                                  : xmlDocGetRootElement(v->check->doc);
    bw_element *element = node->_private;
    xmlAttrPtr attr = attr_of(error, node);
    finding f = {fault_of(error, attr), node, attr};
    if (v->n_held >= HELD || is_known(v, f))
        return;
    v->held[v->n_held++] = f;
    if (f.fault != BW_FAULT_OTHER)
        return;
    bw_xml_finding other = {
        .fault = f.fault, .element = element, .words = error->message};
    bw_xml_explain(v->check->xsd, &other, v->check->diags);
    element->reported = true;
}

static void report(const validation *v, finding found)
{
    const bw_xml_check *c = v->check;
    bw_xml_finding f = {.fault = found.fault,
                        .element = found.node->_private,
                        .attr = found.attr ? found.attr->_private : NULL};
    if (f.fault == BW_FAULT_TEXT) {
        size_t len;
        const char *text = bw_source_text(c->source, &len);
        f.place = bw_source_place(c->source,
                                  bw_tags_stray(text, len, f.element->offset));
    }
    bw_xml_explain(c->xsd, &f, c->diags);
}

static void remove_element(validation *v, xmlNodePtr node)
{
    xmlUnlinkNode(node);
    node->next = v->removed;
    v->removed = node;
}

static void remove_text(xmlNodePtr element)
{
    for (xmlNodePtr next, n = element->children; n; n = next) {
        next = n->next;
        if (n->type != XML_TEXT_NODE && n->type != XML_CDATA_SECTION_NODE)
            continue;
        xmlUnlinkNode(n);
        xmlFreeNode(n);
    }
}

/* Explains one fault and sees to it that it does not come again. */
static void treat(validation *v, finding f)
{
    if (f.fault == BW_FAULT_OTHER)
        return;
    if (f.fault == BW_FAULT_CHILD) {
        for (xmlNodePtr child; (child = xmlFirstElementChild(f.node));) {
            report(v, (finding){f.fault, child, NULL});
            remove_element(v, child);
        }
        return;
    }
    report(v, f);
    if (f.fault == BW_FAULT_TEXT)
        remove_text(f.node);
    else if (f.fault == BW_FAULT_ELEMENT)
        remove_element(v, f.node);
    else if (f.fault == BW_FAULT_ATTR)
        xmlRemoveProp(f.attr);
    else if (f.fault == BW_FAULT_VALUE)
        ((bw_xml_attr *)f.attr->_private)->reported = true;
    else
        ((bw_element *)f.node->_private)->reported = true;
}

static bw_status run(validation *v, xmlSchemaPtr schema)
{
    const bw_xml_check *c = v->check;
    for (int pass = 0; pass < PASSES; pass++) {
        xmlSchemaValidCtxtPtr valid = xmlSchemaNewValidCtxt(schema);
        if (!valid)
            return BW_NOMEM;
        v->n_held = 0;
        xmlSchemaSetValidStructuredErrors(valid, on_fault, v);
        int result = xmlSchemaValidateDoc(valid, c->doc);
        xmlSchemaFreeValidCtxt(valid);
        if (v->nomem)
            return BW_NOMEM;
        if (result < 0)
            return BW_INTERNAL;
        if (v->n_held == 0)
            return pass == 0 && result == 0 ? BW_OK : BW_INVALID;
        for (int i = 0; i < v->n_held; i++)
            treat(v, v->held[i]);
    }
    return BW_INVALID;
}

/* xsi:schemaLocation tells editors where the schema is. libxml2 would go and
 * fetch it, so it never gets to see one; the other xsi: attributes would let a
 * document choose its own types. */
static bool treat_xsi(const validation *v)
{
    static const char space[] = "http://www.w3.org/2001/XMLSchema-instance";
    bool faults = false;
    xmlNodePtr root = xmlDocGetRootElement(v->check->doc), node = root;
    while (node) {
        for (xmlAttrPtr next, a = node->properties; a; a = next) {
            next = a->next;
            if (!a->ns || strcmp((const char *)a->ns->href, space) != 0)
                continue;
            if (!strstr((const char *)a->name, "chemaLocation")) {
                report(v, (finding){BW_FAULT_ATTR, node, a});
                faults = true;
            }
            xmlRemoveProp(a);
        }
        xmlNodePtr next = xmlFirstElementChild(node);
        while (!next && node != root) {
            next = xmlNextElementSibling(node);
            node = node->parent;
        }
        node = next;
    }
    return faults;
}

static void on_schema(void *data, xmlErrorPtr error)
{
    validation *v = data;
    v->nomem |= error->code == XML_ERR_NO_MEMORY;
}

bw_status bw_xml_validate(const bw_xml_check *check)
{
    validation v = {.check = check};
    bw_status status = BW_INTERNAL;
    xmlSchemaPtr schema = NULL;
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewDocParserCtxt(check->schema);
    if (!parser)
        return BW_NOMEM;
    xmlSchemaSetParserStructuredErrors(parser, on_schema, &v);
    schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema) {
        bool faults = treat_xsi(&v);
        status = run(&v, schema);
        if (status == BW_OK && faults)
            status = BW_INVALID;
    }
    xmlSchemaFree(schema);
    xmlFreeNodeList(v.removed);
    return v.nomem ? BW_NOMEM : status;
}
