/* SPDX-License-Identifier: GPL-3.0-or-later */
/** What makes an element of one scenario file the same as an element of the
 * file that it extends, and which attributes cannot stand beside each other. A
 * new element of the schema is a line in the tables of scenario_keys.c. */
#ifndef BW_SCENARIO_KEYS_H
#define BW_SCENARIO_KEYS_H

#include "buf.h"
#include "bw/alloc.h"
#include "xml_tree.h"

typedef enum bw_key_kind {
    BW_KEY_ONLY, /* there is one inside its parent */
    BW_KEY_ATTR, /* those whose key attributes agree are the same */
    BW_KEY_ADDED /* none is ever the same as another */
} bw_key_kind;

enum {
    BW_NEEDS = 4
};

typedef struct bw_element_key {
    const char *element;
    bw_key_kind kind;
    const char *key[2];   /* the attributes of the key; one that is not given
                           * counts as empty */
    const char *other[2]; /* instead, where key[0] is not given; without these
                           * such an element is only ever added */
    const char *path;     /* the attribute that names a file, or NULL */
    const char *no_path;  /* its value that does not, or NULL */
    const char *needs[BW_NEEDS]; /* attributes that must be there in the end */
    const char *holds;           /* an element that must be inside in the end */
} bw_element_key;

/** NULL: the tables do not know the element. */
const bw_element_key *bw_element_key_of(const char *element);

/** *key: a text that is the same for the same elements, in the arena; NULL
 * where the element is only ever added. Names of files count as the files that
 * they lead to. */
bw_status bw_element_key_text(const bw_element *element, bw_arena *arena,
                              const char **key);
/** The key as it was written: `revenue, where $x > 1`; "" of the only one. */
void bw_element_key_show(const bw_element *element, bw_buf *out);
/** `<segment name="A">`. */
void bw_element_tag_show(const bw_element *element, bw_buf *out);
/** Is it one of the attributes that make up the key of this element? */
bool bw_element_key_has(const bw_element *element, const char *attr);

/** The value of an attribute without blanks around it: its first character and
 * *len; NULL: it is not given. */
const char *bw_attr_trimmed(const bw_element *element, const char *name,
                            size_t *len);

/** Given on `over`, `given` means that the inherited `attr` no longer counts.
 */
bool bw_attr_displaces(const bw_element *over, const char *given,
                       const char *attr);
/** An attribute that is new on `over` leaves open whether the inherited `attr`
 * still counts. */
bool bw_attr_clashes(const char *element, const char *given, const char *attr);

#endif
