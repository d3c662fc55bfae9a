/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people.h"

#include <string.h>

/* --- keys --- */

static char digit62(unsigned n)
{
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[n %
                                                                            62];
}

/* Neighbours differ in case only, now and then: 7919 is prime to 62^3. */
static const char *salesforce_id(const char *begins, unsigned n)
{
    unsigned k = n * 7919;
    char *id = textf("%sx00000%s000000", begins, "2x");
    for (int at = 14; at > 11; at--, k /= 62)
        id[at] = digit62(k);
    char suffix[4] = "";
    for (int block = 0; block < 3; block++) {
        int bits = 0;
        for (int i = 0; i < 5; i++) {
            char c = id[block * 5 + i];
            bits |= (c >= 'A' && c <= 'Z') << i;
        }
        suffix[block] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits];
    }
    return textf("%.15s%s", id, suffix);
}

const char *key(const shape *s, int of, int n)
{
    static const char *const begins[] = {"001", "005", "003", "006"};
    unsigned u = (unsigned)n, mix = u * 2654435761u;
    int user = of == USER;
    switch (s->keys) {
    case 'S':
        return salesforce_id(begins[of], u);
    case 'G':
        return textf("%08x-%04x-%04x-%04x-%012x", mix, mix >> 20,
                     user ? 0x4005u : 0x4001u, 0x8000u + u, mix ^ u);
    case 'N':
        return textf("%d", (user ? 700000 : 90010000) + 7 * n);
    case 'Z':
        return textf("5547%d0000000%05d", user ? 1 : 2, n);
    case 'O':
        return user ? textf("__export__.res_users_%d_%08x", n, mix)
                    : textf("__export__.res_partner_%d_%08x", n, mix);
    case 'E':
        return textf("5f%08x%07x", mix, u + (user ? 0x5000000u : 0u));
    case 'n':
        return textf("%d", n);
    default:
        return textf("%c-%04d", "AUCO"[of], n);
    }
}

/* --- people --- */

person people[MOST_PEOPLE];
int n_people;

static int add_person(const shape *s, const char *name, const char *email,
                      int active)
{
    const char *at = strchr(email, '@');
    char *login = s->login == 'e' ? keep_text(email, strlen(email))
                                  : keep_text(email, (size_t)(at - email));
    for (char *c = login; *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    people[n_people] =
        (person){key(s, USER, n_people + 1), name, login, email, active};
    return n_people++;
}

int person_called(const char *email)
{
    for (int p = 0; p < n_people; p++)
        if (*email && !strcmp(people[p].email, email))
            return p;
    return -1;
}

void add_people(const shape *s, const sheet *reps)
{
    add_person(s, "Ines Integration", "integration@kestrel-lab.example", 1);
    add_person(s, "Otto Former", "o.former@kestrel-lab.example", 0);
    add_person(s, "Queue Unassigned", "queue@kestrel-lab.example", 1);
    add_person(s, "Pia Former-Jones", "p.former@kestrel-lab.example", 0);
    for (int row = 1; row < reps->n && n_people < MOST_PEOPLE; row++)
        if (*sheet_get(reps, row, "email"))
            add_person(s, sheet_get(reps, row, "name"),
                       sheet_get(reps, row, "email"), 1);
}

int person_of(const sheet *reps, const char *rep)
{
    int row = *rep ? sheet_find(reps, "rep_id", rep) : 0;
    return row ? person_called(sheet_get(reps, row, "email")) : -1;
}

const char *called(const shape *s, int p)
{
    return p < 0           ? ""
           : s->rep == 'k' ? people[p].key
           : s->rep == 'l' ? people[p].login
                           : people[p].name;
}
