/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for schema faults. libxml2 decides what is wrong; what would be right
 * is looked up in the schema itself, read as a tree: the elements and
 * attributes of a type, the values of an enumeration, and for patterns the
 * documentation of the simple type, which is written to end the sentence "it
 * must be ...". */
#include "xml_explain.h"

#include "words.h"

#include <string.h>

static const char *attr_of(const bw_element *e, const char *name)
{
    const char *value = bw_element_attr(e, name, NULL);
    return value ? value : "";
}

static bool is(const bw_element *e, const char *local)
{
    return strcmp(e->local, local) == 0;
}

/* The declaration <xs:KIND name="NAME">, or NULL. */
static const bw_element *declaration(const bw_element *xsd, const char *kind,
                                     const char *name)
{
    for (const bw_element *e = xsd; e; e = bw_element_walk(xsd, e))
        if (is(e, kind) && strcmp(attr_of(e, "name"), name) == 0)
            return e;
    return NULL;
}

/* The type of a declared element or attribute; NULL: one of XSD's own. */
static const bw_element *type_of(const bw_element *xsd, const char *kind,
                                 const bw_element *declared)
{
    if (!declared)
        return NULL;
    const char *type = bw_element_attr(declared, "type", NULL);
    if (type)
        return declaration(xsd, kind, type);
    for (const bw_element *e = declared->child; e; e = e->next)
        if (is(e, kind))
            return e;
    return NULL;
}

static const bw_element *element_type(const bw_element *xsd, const char *name)
{
    return type_of(xsd, "complexType", declaration(xsd, "element", name));
}

/* Adds the names of the <xs:KIND> inside a type. */
static void list_names(const bw_element *type, const char *kind, bw_list *list,
                       bw_guess *guess)
{
    for (const bw_element *e = type; e; e = bw_element_walk(type, e)) {
        if (!is(e, kind) || !attr_of(e, "name")[0])
            continue;
        bw_list_add(list, attr_of(e, "name"));
        bw_guess_try(guess, attr_of(e, "name"));
    }
}

/* "; did you mean X?" or nothing. */
static const char *meant(const bw_guess *guess, bw_buf *buf)
{
    if (guess->best)
        bw_buf_format(buf, "; did you mean %s?", guess->best);
    return buf->text ? buf->text : "";
}

static const bw_element *earlier_twin(const bw_element *element)
{
    const bw_element *e = element->parent ? element->parent->child : element;
    for (; e != element; e = e->next)
        if (strcmp(e->local, element->local) == 0)
            return e;
    return NULL;
}

static void explain_element(const bw_element *xsd, const bw_xml_finding *f,
                            bw_diags *diags)
{
    const bw_element *e = f->element, *twin = earlier_twin(e);
    const bw_element *type = element_type(xsd, e->parent->local);
    bw_guess guess = {.word = e->local};
    bw_list list = {.n = 0};
    bw_buf buf = {.text = NULL};
    list_names(type, "element", &list, &guess);
    bool known = guess.best && strcmp(guess.best, e->local) == 0;
    bool same_prefix = e->local - e->name == e->parent->local - e->parent->name;
    if (known && twin && same_prefix)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, e->place,
                    "<%s> stands twice in <%s> (first at line %u); leave one",
                    e->name, e->parent->name, twin->place.line);
    else if (known)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, e->place,
                    "<%s> is not in the namespace of <%s>; leave out its "
                    "prefix or xmlns",
                    e->name, e->parent->name);
    else
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, e->place,
                    "<%s> is not known inside <%s>%s; there may be: %s",
                    e->name, e->parent->name, meant(&guess, &buf),
                    bw_list_text(&list));
    bw_buf_free(&buf);
    bw_list_free(&list);
}

static void explain_attr(const bw_element *xsd, const bw_xml_finding *f,
                         bw_diags *diags)
{
    bw_guess guess = {.word = f->attr->name};
    bw_list list = {.n = 0};
    bw_buf buf = {.text = NULL};
    list_names(element_type(xsd, f->element->local), "attribute", &list,
               &guess);
    bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->attr->name_place,
                "<%s> has no attribute \"%s\"%s; it can have: %s",
                f->element->name, f->attr->name, meant(&guess, &buf),
                bw_list_text(&list));
    bw_buf_free(&buf);
    bw_list_free(&list);
}

/* The words of a type's xs:documentation, blanks collapsed. */
static void add_documentation(const bw_element *type, bw_buf *out)
{
    const bw_element *e = type;
    while (e && !is(e, "documentation"))
        e = bw_element_walk(type, e);
    const char *text = e ? e->text : NULL;
    for (bool gap = false; text && *text; text++) {
        if (strchr(" \t\r\n", *text)) {
            gap = out->len > 0;
            continue;
        }
        if (gap)
            bw_buf_add(out, " ", 1);
        gap = false;
        bw_buf_add(out, text, 1);
    }
}

static void explain_value(const bw_element *xsd, const bw_xml_finding *f,
                          bw_diags *diags)
{
    const bw_element *type = element_type(xsd, f->element->local);
    const bw_element *declared =
        type ? declaration(type, "attribute", f->attr->name) : NULL;
    const bw_element *simple = type_of(xsd, "simpleType", declared);
    bw_list values = {.n = 0};
    bw_buf words = {.text = NULL};
    for (const bw_element *e = simple; e; e = bw_element_walk(simple, e))
        if (is(e, "enumeration"))
            bw_list_add(&values, attr_of(e, "value"));
    if (values.n == 0)
        add_documentation(simple, &words);
    char shown[BW_SHORT];
    bw_diag_add(diags, BW_ERROR, BW_VALUE_SYNTAX, f->attr->place,
                "%s=\"%s\" of <%s> cannot be used; it %s %s", f->attr->name,
                bw_words_short(f->attr->value, shown), f->element->name,
                values.n ? "can be only:" : "must be",
                values.n ? bw_list_text(&values)
                         : (words.text ? words.text : "of another form"));
    bw_list_free(&values);
    bw_buf_free(&words);
}

static void explain_lacks_attr(const bw_element *xsd, const bw_xml_finding *f,
                               bw_diags *diags)
{
    const bw_element *type = element_type(xsd, f->element->local);
    bw_list list = {.n = 0};
    for (const bw_element *e = type; e; e = bw_element_walk(type, e))
        if (is(e, "attribute") && strcmp(attr_of(e, "use"), "required") == 0 &&
            !bw_element_attr(f->element, attr_of(e, "name"), NULL))
            bw_list_add(&list, attr_of(e, "name"));
    bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->element->place,
                "<%s> lacks the attribute %s; add it", f->element->name,
                bw_list_text(&list));
    bw_list_free(&list);
}

static void explain_lacks_child(const bw_element *xsd, const bw_xml_finding *f,
                                bw_diags *diags)
{
    bw_guess guess = {.word = ""};
    bw_list list = {.n = 0};
    list_names(element_type(xsd, f->element->local), "element", &list, &guess);
    bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->element->place,
                "<%s> lacks an element; inside it there must be: %s",
                f->element->name, bw_list_text(&list));
    bw_list_free(&list);
}

void bw_xml_explain(const bw_element *xsd, const bw_xml_finding *f,
                    bw_diags *diags)
{
    switch (f->fault) {
    case BW_FAULT_ELEMENT:
        explain_element(xsd, f, diags);
        break;
    case BW_FAULT_CHILD:
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->element->place,
                    "<%s> may not stand here: <%s> holds no elements; "
                    "take it out",
                    f->element->name, f->element->parent->name);
        break;
    case BW_FAULT_TEXT:
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->place,
                    "<%s> holds text; everything is said by elements and "
                    "attributes, take it out or make it a comment",
                    f->element->name);
        break;
    case BW_FAULT_LACKS_CHILD:
        explain_lacks_child(xsd, f, diags);
        break;
    case BW_FAULT_LACKS_ATTR:
        explain_lacks_attr(xsd, f, diags);
        break;
    case BW_FAULT_ATTR:
        explain_attr(xsd, f, diags);
        break;
    case BW_FAULT_VALUE:
        explain_value(xsd, f, diags);
        break;
    case BW_FAULT_OTHER:
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, f->element->place,
                    "<%s> does not fit the schema: %.*s", f->element->name,
                    (int)strcspn(f->words, "\n"), f->words);
        break;
    }
}

bool bw_xml_root_fits(const bw_element *xsd, const bw_element *root,
                      const char *uri, bw_diags *diags)
{
    const char *space = attr_of(xsd, "targetNamespace");
    const bw_element *wanted = xsd->child;
    while (wanted && !is(wanted, "element"))
        wanted = wanted->next;
    const char *name = wanted ? attr_of(wanted, "name") : "";
    char shown[BW_SHORT];
    if (strcmp(root->local, name) != 0)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, root->place,
                    "the document is a <%s>; it must be <%s xmlns=\"%s\">",
                    bw_words_short(root->name, shown), name, space);
    else if (strcmp(uri, space) != 0)
        bw_diag_add(diags, BW_ERROR, BW_XML_SCHEMA, root->place,
                    "<%s> is in the namespace \"%s\"; write "
                    "<%s xmlns=\"%s\">",
                    root->name, bw_words_short(uri, shown), name, space);
    else
        return true;
    return false;
}
