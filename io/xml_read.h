/* SPDX-License-Identifier: GPL-3.0-or-later */
/** XML with exact places: a read-only tree of elements and attributes checked
 * against a schema. libxml2 stays inside. */
#ifndef BW_XML_READ_H
#define BW_XML_READ_H

#include "source.h"
#include "xml_tree.h"

typedef struct bw_xml bw_xml;

/** Parses and validates against the XSD text. DOCTYPE is refused, nothing is
 * fetched or expanded. All schema faults are reported with exact places.
 * The tree's places borrow the source's name; the rest is copied. */
bw_status bw_xml_read(const bw_source *source, const char *xsd, size_t xsd_len,
                      bw_diags *diags, bw_xml **xml);
void bw_xml_free(bw_xml *xml);

const bw_element *bw_xml_root(const bw_xml *xml);

#endif
