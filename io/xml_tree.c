/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the tree. */
#include "xml_tree.h"

#include <string.h>

const char *bw_element_name(const bw_element *element)
{
    return element->local;
}

bw_place bw_element_place(const bw_element *element)
{
    return element->place;
}

const bw_element *bw_element_child(const bw_element *element)
{
    return element->child;
}

const bw_element *bw_element_next(const bw_element *element)
{
    return element->next;
}

static const bw_xml_attr *find(const bw_element *element, const char *name)
{
    const bw_xml_attr *a = element->attrs;
    while (a && strcmp(a->name, name) != 0)
        a = a->next;
    return a;
}

const char *bw_element_attr(const bw_element *element, const char *name,
                            bw_place *place)
{
    const bw_xml_attr *a = find(element, name);
    if (place)
        *place = a ? a->place : element->place;
    return a ? a->value : NULL;
}

const char *bw_element_raw(const bw_element *element, const char *name)
{
    const bw_xml_attr *a = find(element, name);
    return a ? a->raw : NULL;
}

const bw_element *bw_element_walk(const bw_element *top,
                                  const bw_element *element)
{
    if (element->child)
        return element->child;
    while (element != top && !element->next)
        element = element->parent;
    return element == top ? NULL : element->next;
}
