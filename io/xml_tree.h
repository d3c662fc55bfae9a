/* SPDX-License-Identifier: GPL-3.0-or-later */
/** A read-only tree of XML elements and attributes that know their places.
 * Names are as written, with their prefix. */
#ifndef BW_XML_TREE_H
#define BW_XML_TREE_H

#include "bw/diag.h"

#include <stdbool.h>

typedef struct bw_xml_attr {
    struct bw_xml_attr *next;
    const char *name, *value, *raw; /* raw: before references are expanded */
    bw_place name_place, place;     /* place: of the value */
    bool reported;                  /* the value's fault was */
} bw_xml_attr;

typedef struct bw_element bw_element;
struct bw_element {
    const char *name, *local; /* local: without the prefix */
    bw_place place;
    size_t offset; /* of `<` */
    bw_xml_attr *attrs;
    bw_element *parent, *child, *next;
    const char *text; /* of an element without elements inside */
    bool reported;    /* that something is missing */
};

const char *bw_element_name(const bw_element *element); /* without prefix */
bw_place bw_element_place(const bw_element *element);
const bw_element *bw_element_child(const bw_element *element); /* first */
const bw_element *bw_element_next(const bw_element *element);  /* sibling */
/** Value of an attribute, NULL when it is not there; *place (may be NULL) is
 * that of the value's first character, of the element when it is not there. */
const char *bw_element_attr(const bw_element *element, const char *name,
                            bw_place *place);
/** The same as it stands in the file, before references are expanded. */
const char *bw_element_raw(const bw_element *element, const char *name);
/** Behind `element` in document order, inside `top`; NULL at the end. */
const bw_element *bw_element_walk(const bw_element *top,
                                  const bw_element *element);

#endif
