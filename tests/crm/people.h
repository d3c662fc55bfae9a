/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Keys of records and people of a CRM, made from row numbers. */
#ifndef TESTS_CRM_PEOPLE_H
#define TESTS_CRM_PEOPLE_H

#include "shapes.h"
#include "sheet.h"

enum {
    ACCOUNT,
    USER,
    CONTACT,
    OPPORTUNITY,
    MOST_PEOPLE = 200
};

/** The key that record `n` of a kind has in this CRM, with no prefix. */
const char *key(const shape *s, int of, int n);

typedef struct person {
    const char *key, *name, *login, *email;
    int active;
} person;

extern person people[MOST_PEOPLE];
extern int n_people;

/** Everybody in the CRM: first four without accounts, two of them inactive, so
 * that no row number is a rep's by chance; then the reps that have an e-mail.
 */
void add_people(const shape *s, const sheet *reps);
int person_called(const char *email);
/** The rep's person, -1: a vacancy, or nobody. */
int person_of(const sheet *reps, const char *rep);
/** As accounts of this CRM call their owner. */
const char *called(const shape *s, int p);

#endif
