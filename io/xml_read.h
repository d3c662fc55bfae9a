/* SPDX-License-Identifier: GPL-3.0-or-later */
/** XML with exact places: a read-only tree of elements and attributes checked
 * against a schema. libxml2 stays inside. */
#ifndef BW_XML_READ_H
#define BW_XML_READ_H

#include "source.h"

typedef struct bw_xml bw_xml;
typedef struct bw_element bw_element;

/** Parses and validates against the XSD text. DOCTYPE is refused, nothing is
 * fetched or expanded. All schema faults are reported with exact places. */
bw_status bw_xml_read(const bw_source *source, const char *xsd, size_t xsd_len,
                      bw_diags *diags, bw_xml **xml);
void bw_xml_free(bw_xml *xml);

const bw_element *bw_xml_root(const bw_xml *xml);
const char *bw_element_name(const bw_element *element);
bw_place bw_element_place(const bw_element *element);
const bw_element *bw_element_child(const bw_element *element); /* first */
const bw_element *bw_element_next(const bw_element *element);  /* sibling */
/** Value of an attribute, NULL when it is not there; *place (may be NULL) is
 * that of the value's first character, of the element when it is not there. */
const char *bw_element_attr(const bw_element *element, const char *name,
                            bw_place *place);
/** The same as it stands in the file, before references are expanded. */
const char *bw_element_raw(const bw_element *element, const char *name);

#endif
