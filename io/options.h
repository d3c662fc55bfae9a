/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Command lines: one table per command gives the parser, the help text and
 * the messages. Faults are told on stderr with what to do; help is printed on
 * stdout. */
#ifndef BW_OPTIONS_H
#define BW_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct bw_option {
    const char *name;     /* without the dashes */
    char letter;          /* 0: long form only */
    const char *argument; /* what help calls it; NULL: the option takes none */
    const char *help;     /* one line, at most 50 characters; NULL: for those
                           * who work on the program, left out of --help */
} bw_option;

typedef struct bw_usage {
    const char *command, *operands; /* plan, SCENARIO.xml */
    const char *about;              /* a sentence or two, with line breaks */
    const bw_option *option;        /* [n_options]; --help is added */
    int n_options, n_operands;      /* operands: exactly so many; -n: n or
                                     * more; or BW_OPERAND_MAYBE */
} bw_usage;

enum {
    BW_OPTIONS_MAX = 32,
    BW_OPERAND_MAYBE = -1000 /* one or none; then operand[0] stays as it was */
};

typedef enum bw_parsed {
    BW_PARSED_RUN,    /* go on */
    BW_PARSED_HELPED, /* help was printed: exit 0 */
    BW_PARSED_MISUSED /* the fault was told: exit 3 */
} bw_parsed;

/** value[n_options]: the argument, "" for an option without one, NULL where it
 * was not given (the last counts). operand[n_operands]; with `more`
 * operand[argc], NULL after the last. All point into argv, which is permuted.
 */
bw_parsed bw_options_parse(const bw_usage *usage, int argc, char **argv,
                           const char **value, const char **operand);

/** Tells a fault of the command line on stderr, with how to get help. */
__attribute__((format(printf, 2, 3))) void bw_misuse(const bw_usage *usage,
                                                     const char *format, ...);

/** The value of option `index` as a number in [low, high]; "5%" is 0.05. Not
 * given: true, *number unchanged. False: the fault was told. */
bool bw_option_number(const bw_usage *usage, int index, const char *text,
                      const double range[2], double *number);
/** Likewise a whole number in [low, high]. */
bool bw_option_whole(const bw_usage *usage, int index, const char *text,
                     const uint64_t range[2], uint64_t *number);
/** Likewise one of the words; *choice is its number. */
bool bw_option_choice(const bw_usage *usage, int index, const char *text,
                      const char *const *words, int *choice);

/** The word most like this one, or NULL when none is near. words ends with
 * NULL. */
const char *bw_nearest_word(const char *text, const char *const *words);

#endif
