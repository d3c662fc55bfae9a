/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Our words for what a schema finds wrong with a document. */
#ifndef BW_XML_EXPLAIN_H
#define BW_XML_EXPLAIN_H

#include "xml_tree.h"

/** What is wrong. The element or attribute at fault is named by its place. */
typedef enum bw_xml_fault {
    BW_FAULT_ELEMENT,     /* not expected here */
    BW_FAULT_CHILD,       /* no elements may stand inside this one */
    BW_FAULT_TEXT,        /* no text may */
    BW_FAULT_LACKS_CHILD, /* an element is missing inside */
    BW_FAULT_LACKS_ATTR,
    BW_FAULT_ATTR,  /* no such attribute */
    BW_FAULT_VALUE, /* the attribute's value */
    BW_FAULT_OTHER  /* in the validator's own words */
} bw_xml_fault;

/**
 * Reports a fault in our words, with what the schema allows there: `xsd` is
 * the schema as a tree, whose elements each have one type, by name, wherever
 * they stand. `attr` for BW_FAULT_ATTR and _VALUE; `place` is that of
 * the text for BW_FAULT_TEXT; `words` for BW_FAULT_OTHER.
 */
typedef struct bw_xml_finding {
    bw_xml_fault fault;
    const bw_element *element;
    const bw_xml_attr *attr;
    bw_place place;
    const char *words;
} bw_xml_finding;
void bw_xml_explain(const bw_element *xsd, const bw_xml_finding *finding,
                    bw_diags *diags);

/** Is the root what the schema describes (name and namespace)? Reports. */
bool bw_xml_root_fits(const bw_element *xsd, const bw_element *root,
                      const char *uri, bw_diags *diags);

#endif
