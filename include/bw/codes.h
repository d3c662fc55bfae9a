/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The closed list of diagnostic codes. Each has a folder of the same name
 * under tests/bad/ with an input that provokes it; a test compares the two
 * lists. Sorted by subject, in the order in which a run meets them. */
#ifndef BW_CODES_H
#define BW_CODES_H

#define BW_CODE_LIST(X)                                                        \
    /* files */                                                                \
    X(BW_FILE_MISSING, "file-missing")                                         \
    X(BW_FILE_UNREADABLE, "file-unreadable")                                   \
    X(BW_FILE_EMPTY, "file-empty")                                             \
    X(BW_FILE_HEADER_ONLY, "file-header-only")                                 \
    X(BW_FILE_ENCODING, "file-encoding")                                       \
    X(BW_FILE_FORMAT, "file-format")                                           \
    X(BW_FILE_COMPRESSED, "file-compressed")                                   \
    X(BW_FILE_CHANGED, "file-changed")                                         \
    /* CSV */                                                                  \
    X(BW_CSV_SYNTAX, "csv-syntax")                                             \
    X(BW_CSV_FIELDS, "csv-fields")                                             \
    X(BW_COLUMN_MISSING, "column-missing")                                     \
    X(BW_COLUMN_AMBIGUOUS, "column-ambiguous")                                 \
    X(BW_COLUMN_DUPLICATE, "column-duplicate")                                 \
    /* fields */                                                               \
    X(BW_ID_BLANK, "id-blank")                                                 \
    X(BW_ID_DUPLICATE, "id-duplicate")                                         \
    X(BW_FIELD_NUMBER, "field-number")                                         \
    X(BW_FIELD_DATE, "field-date")                                             \
    X(BW_FIELD_RANGE, "field-range")                                           \
    X(BW_FIELD_BLANK, "field-blank")                                           \
    X(BW_FIELD_CHOICE, "field-choice")                                         \
    X(BW_COORDINATE_RANGE, "coordinate-range")                                 \
    X(BW_COORDINATE_ZERO, "coordinate-zero")                                   \
    X(BW_ACCOUNT_UNPLACED, "account-unplaced")                                 \
    X(BW_REP_UNPLACED, "rep-unplaced")                                         \
    X(BW_GAZETTEER_FOREIGN, "gazetteer-foreign")                               \
    X(BW_POSTAL_SPREAD, "postal-spread")                                       \
    X(BW_POSTAL_UNKNOWN, "postal-unknown")                                     \
    X(BW_CITY_AMBIGUOUS, "city-ambiguous")                                     \
    X(BW_PLACE_FAR, "place-far")                                               \
    X(BW_OWNER_UNKNOWN, "owner-unknown")                                       \
    X(BW_OWNER_LEFT_OUT, "owner-left-out")                                     \
    X(BW_OWNER_STALE, "owner-stale")                                           \
    X(BW_PARENT_UNKNOWN, "parent-unknown")                                     \
    X(BW_PARENT_CIRCULAR, "parent-circular")                                   \
    X(BW_REVENUE_NEGATIVE, "revenue-negative")                                 \
    X(BW_REVENUE_OUTLIER, "revenue-outlier")                                   \
    X(BW_ACCOUNT_DUPLICATE, "account-duplicate")                               \
    X(BW_CAPACITY_ZERO, "capacity-zero")                                       \
    X(BW_PAIR_UNKNOWN, "pair-unknown")                                         \
    X(BW_PAIR_DUPLICATE, "pair-duplicate")                                     \
    /* scenario */                                                             \
    X(BW_XML_SYNTAX, "xml-syntax")                                             \
    X(BW_XML_DOCTYPE, "xml-doctype")                                           \
    X(BW_XML_SCHEMA, "xml-schema")                                             \
    X(BW_VALUE_SYNTAX, "value-syntax")                                         \
    X(BW_SCENARIO_DUPLICATE, "scenario-duplicate")                             \
    X(BW_SEGMENT_DUPLICATE, "segment-duplicate")                               \
    X(BW_SEGMENT_SHARE, "segment-share")                                       \
    X(BW_SEGMENT_UNREACHABLE, "segment-unreachable")                           \
    X(BW_BALANCE_DUPLICATE, "balance-duplicate")                               \
    X(BW_BALANCE_COST, "balance-cost")                                         \
    X(BW_BAND_CROSSED, "band-crossed")                                         \
    X(BW_BUDGET_DUPLICATE, "budget-duplicate")                                 \
    X(BW_FRONTIER_OVER, "frontier-over")                                       \
    X(BW_POSITIONS_COUNT, "positions-count")                                   \
    X(BW_POSITIONS_UNEQUAL, "positions-unequal")                               \
    X(BW_RULE_EMPTY, "rule-empty")                                             \
    X(BW_EXTENDS_CIRCULAR, "extends-circular")                                 \
    X(BW_EXTENDS_MISSING, "extends-missing")                                   \
    X(BW_EXTENDS_UNKNOWN, "extends-unknown")                                   \
    X(BW_EXTENDS_DUPLICATE, "extends-duplicate")                               \
    X(BW_EXTENDS_CONFLICT, "extends-conflict")                                 \
    X(BW_CHANGE_EMPTY, "change-empty")                                         \
    X(BW_CHANGE_CONFLICT, "change-conflict")                                   \
    /* expressions */                                                          \
    X(BW_EXPR_SYNTAX, "expression-syntax")                                     \
    X(BW_EXPR_COLUMN, "expression-column")                                     \
    X(BW_EXPR_FUNCTION, "expression-function")                                 \
    X(BW_EXPR_TYPE, "expression-type")                                         \
    /* meaning */                                                              \
    X(BW_SEGMENT_NONE, "segment-none")                                         \
    X(BW_SEGMENT_EMPTY, "segment-empty")                                       \
    X(BW_RULE_IDLE, "rule-idle")                                               \
    X(BW_LOCK_OWNERLESS, "lock-ownerless")                                     \
    X(BW_LOCK_CONFLICT, "lock-conflict")                                       \
    X(BW_LOCK_FORBIDDEN, "lock-forbidden")                                     \
    X(BW_LOCK_REP_UNKNOWN, "lock-rep-unknown")                                 \
    X(BW_ACCOUNT_UNSERVABLE, "account-unservable")                             \
    X(BW_ACCOUNT_TOO_LARGE, "account-too-large")                               \
    X(BW_REPS_NONE, "reps-none")                                               \
    X(BW_CAPACITY_SHORT, "capacity-short")                                     \
    X(BW_BUDGET_SHORT, "budget-short")                                         \
    X(BW_LIMITS_IMPOSSIBLE, "limits-impossible")                               \
    X(BW_OWNER_LOAD, "owner-load")                                             \
    X(BW_EXCEPTIONS_MANY, "exceptions-many")                                   \
    /* the CRM */                                                              \
    X(BW_CRM_PROFILE, "crm-profile")                                           \
    X(BW_CRM_KEY_FORM, "crm-key-form")                                         \
    X(BW_CRM_KEY_UNKNOWN, "crm-key-unknown")                                   \
    X(BW_CRM_KEY_AMBIGUOUS, "crm-key-ambiguous")                               \
    X(BW_CRM_OWNER_FORM, "crm-owner-form")                                     \
    X(BW_CRM_OWNER_UNKNOWN, "crm-owner-unknown")                               \
    X(BW_CRM_OWNER_INACTIVE, "crm-owner-inactive")                             \
    X(BW_CRM_OWNER_AMBIGUOUS, "crm-owner-ambiguous")                           \
    X(BW_CRM_OWNER_LOST, "crm-owner-lost")                                     \
    X(BW_CRM_FORMULA, "crm-formula")                                           \
    X(BW_CRM_FAMILY_LARGE, "crm-family-large")                                 \
    /* the program's own check, and verify */                                  \
    X(BW_CHECK_FAILED, "check-failed")                                         \
    X(BW_VERIFY_MISMATCH, "verify-mismatch")                                   \
    X(BW_CLUSTER_UNDECIDED, "cluster-undecided")                               \
    X(BW_OUTPUT, "output")

#define BW_ENUM_(name, text) name,
typedef enum bw_code {
    BW_CODE_LIST(BW_ENUM_) BW_N_CODES
} bw_code;
#undef BW_ENUM_

/** The stable text of a code, as printed in brackets. */
const char *bw_code_text(bw_code code);

#endif
