/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A parsed document against a parsed schema, every fault in our words. */
#ifndef BW_XML_VALID_H
#define BW_XML_VALID_H

#include "source.h"
#include "xml_tree.h"

/** Both documents as libxml2 has them, and as trees: the `_private` of every
 * element node is its bw_element, of every attribute its bw_xml_attr. */
typedef struct bw_xml_check {
    struct _xmlDoc *doc, *schema;
    const bw_element *xsd; /* the schema's root */
    const bw_source *source;
    bw_diags *diags;
} bw_xml_check;

/** BW_INVALID: faults were reported. What is faulty is taken out of `doc`. */
bw_status bw_xml_validate(const bw_xml_check *check);

#endif
