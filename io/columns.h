/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Which header of a file stands for which field of ours: as told by <column>,
 * else by our own name, else by the synonyms of CRM exports. */
#ifndef BW_COLUMNS_H
#define BW_COLUMNS_H

#include "columns_bind.h"

/* field, kind of its cells: 0 text, 1 number, 2 date */
/* clang-format off */
#define BW_ACCOUNT_FIELDS(X)                                                   \
    X(id, 0)                                                                   \
    X(name, 0)                                                                 \
    X(latitude, 1)                                                             \
    X(longitude, 1)                                                            \
    X(postal_code, 0)                                                          \
    X(city, 0)                                                                 \
    X(state, 0)                                                                \
    X(country, 0)                                                              \
    X(owner, 0)                                                                \
    X(last_seller, 0)                                                          \
    X(last_order, 2)                                                           \
    X(parent, 0)                                                               \
    X(family, 0)                                                               \
    X(revenue, 1)                                                              \
    X(potential, 1)                                                            \
    X(hours, 1)                                                                \
    X(calls, 1)                                                                \
    X(pipeline, 1)                                                             \
    X(employees, 1)                                                            \
    X(industry, 0)                                                             \
    X(type, 0)
#define BW_REP_FIELDS(X)                                                       \
    X(id, 0)                                                                   \
    X(name, 0)                                                                 \
    X(email, 0)                                                                \
    X(login, 0)                                                                \
    X(latitude, 1)                                                             \
    X(longitude, 1)                                                            \
    X(postal_code, 0)                                                          \
    X(city, 0)                                                                 \
    X(state, 0)                                                                \
    X(country, 0)                                                              \
    X(capacity, 1)                                                             \
    X(fte, 1)                                                                  \
    X(type, 0)                                                                 \
    X(ramp, 1)                                                                 \
    X(skills, 0)                                                               \
    X(region, 0)                                                               \
    X(manager, 0)                                                              \
    X(status, 0)                                                               \
    X(active_from, 2)                                                          \
    X(active_to, 2)                                                            \
    X(position_cost, 1)
#define BW_PAIR_FIELDS(X)                                                      \
    X(account, 0)                                                              \
    X(rep, 0)                                                                  \
    X(allowed, 0)                                                              \
    X(cost, 1)                                                                 \
    X(hours, 1)                                                                \
    X(travel_hours, 1)                                                         \
    X(km, 1)
#define BW_GAZETTEER_FIELDS(X)                                                 \
    X(country, 0)                                                              \
    X(postal_code, 0)                                                          \
    X(city, 0)                                                                 \
    X(state, 0)                                                                \
    X(state_name, 0)                                                           \
    X(latitude, 1)                                                             \
    X(longitude, 1)
/* clang-format on */

typedef struct bw_columns bw_columns;

/**
 * Binds every field of the role, and every <column> whose name is none of our
 * fields (a name of the user's own for expressions and measures; `as` says what
 * it is, and may say of a field of ours only what it is anyway). Faults: a
 * `from` header that the file does not have (the message lists those there
 * are), a synonym that two headers fit (all are named), two <column> of one
 * name. Headers are compared exactly for `from`, else after lower-casing and
 * dropping all but letters and digits. A header that is exactly a field's name
 * wins over synonyms, and an id over what may be a name (synonyms.h). Two that
 * fit equally well, or are both exactly the field's name, are an error. That a
 * field has no column at all is no fault here, not even for id.
 *
 * BW_INVALID: reported; *columns is there all the same, with the bindings at
 * fault marked, so that what else is wrong can be found.
 */
bw_status bw_columns_bind(bw_role role, const bw_table *table,
                          const bw_source_spec *spec, bw_diags *diags,
                          bw_columns **columns);
void bw_columns_free(bw_columns *columns);

int32_t bw_columns_count(const bw_columns *columns);
const bw_binding *bw_columns_at(const bw_columns *columns, int32_t index);
/** The binding of a field or of the user's own name; NULL: none. */
const bw_binding *bw_columns_find(const bw_columns *columns, const char *field);
/** Is the name a field of ours, and not the user's own? */
bool bw_is_field(bw_role role, const char *name);
/** The first non-blank of the binding's columns (also where they are joined),
 * *column says which (the first
 * one where all are blank); an empty cell where it has none. */
bw_cell bw_columns_cell(const bw_table *table, const bw_binding *binding,
                        int64_t row, int32_t *column);

#endif
