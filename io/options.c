/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Command lines, by getopt_long from one table per command. */
#include "options.h"

#include "field.h"

#include <assert.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HELP = 1000, /* getopt value of --help; option i has FIRST + i */
    FIRST = 2000,
    WORD_LIMIT = 40
};

static int least(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

/* Letters to insert, delete or replace to get from one word to the other;
 * both at most WORD_LIMIT long. */
static int word_distance(const char *a, const char *b)
{
    int row[WORD_LIMIT + 1];
    int len = (int)strlen(b);
    for (int j = 0; j <= len; j++)
        row[j] = j;
    for (int i = 0; a[i]; i++) {
        int corner = row[0];
        row[0] = i + 1;
        for (int j = 0; j < len; j++) {
            int above = row[j + 1];
            row[j + 1] =
                least(above + 1, row[j] + 1, corner + (a[i] != b[j] ? 1 : 0));
            corner = above;
        }
    }
    return row[len];
}

const char *bw_nearest_word(const char *text, const char *const *words)
{
    const char *nearest = NULL;
    size_t len = strlen(text);
    int best =
        len <= 2 ? 2 : 3; /* up to two letters off, two swapped included */
    for (int i = 0; words[i] && len <= WORD_LIMIT; i++) {
        if (strlen(words[i]) > WORD_LIMIT)
            continue;
        int distance = word_distance(text, words[i]);
        if (distance < best) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

void bw_misuse(const bw_usage *usage, const char *format, ...)
{
    va_list args;
    char text[512];
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    fprintf(stderr, "bailiwick %s: %s\nTry: bailiwick %s --help\n",
            usage->command, text, usage->command);
}

static void print_option(const bw_option *option)
{
    char letter[8] = "    ", left[64];
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, option->name,
             option->argument ? " " : "",
             option->argument ? option->argument : "");
    printf("  %-24s %s\n", left, option->help);
}

static void print_help(const bw_usage *usage)
{
    static const bw_option help = {"help", 'h', NULL, "print this text"};
    printf("Usage: bailiwick %s %s [OPTION]...\n\n%s\n\nOptions:\n",
           usage->command, usage->operands, usage->about);
    for (int i = 0; i < usage->n_options; i++)
        if (usage->option[i].help)
            print_option(&usage->option[i]);
    print_option(&help);
}

/* The tables that getopt_long wants. */
typedef struct getopt_tables {
    struct option option[BW_OPTIONS_MAX + 2];
    char letters[2 * BW_OPTIONS_MAX + 4];
    const char *names[BW_OPTIONS_MAX + 2];
} getopt_tables;

static void fill_tables(const bw_usage *usage, getopt_tables *tables)
{
    assert(usage->n_options <= BW_OPTIONS_MAX);
    char *letters = tables->letters;
    const char **name = tables->names;
    *letters++ = ':'; /* a missing argument is told apart */
    *letters++ = 'h';
    int n = usage->n_options;
    for (int i = 0; i < n; i++) {
        const bw_option *option = &usage->option[i];
        int has_arg = option->argument ? required_argument : no_argument;
        tables->option[i] =
            (struct option){option->name, has_arg, NULL, FIRST + i};
        if (option->help)
            *name++ = option->name; /* what is suggested to a mistyper */
        if (!option->letter)
            continue;
        *letters++ = option->letter;
        if (option->argument)
            *letters++ = ':';
    }
    tables->option[n] = (struct option){"help", no_argument, NULL, HELP};
    *name = "help";
    *letters = '\0';
}

static int index_of(const bw_usage *usage, int found)
{
    if (found >= FIRST)
        return found - FIRST;
    for (int i = 0; i < usage->n_options; i++)
        if (usage->option[i].letter == found)
            return i;
    return -1;
}

/* What getopt_long calls '?': optopt is the letter, or the number of an option
 * that takes no argument, or 0 for a long option that there is not. */
static bw_parsed bad_option(const bw_usage *usage, const char *const *names,
                            const char *arg)
{
    if (optopt >= HELP) {
        bw_misuse(usage, "option --%s takes no argument",
                  optopt == HELP ? "help" : usage->option[optopt - FIRST].name);
        return BW_PARSED_MISUSED;
    }
    if (optopt) {
        bw_misuse(usage, "unknown option -%c", optopt);
        return BW_PARSED_MISUSED;
    }
    char word[64];
    snprintf(word, sizeof word, "%.*s", (int)strcspn(arg + 2, "="), arg + 2);
    const char *nearest = bw_nearest_word(word, names);
    bw_misuse(usage, "unknown option --%s%s%s%s", word,
              nearest ? "; did you mean --" : "", nearest ? nearest : "",
              nearest ? "?" : "");
    return BW_PARSED_MISUSED;
}

static bw_parsed take_operands(const bw_usage *usage, int argc, char **argv,
                               const char **operand)
{
    bool maybe = usage->n_operands == BW_OPERAND_MAYBE;
    bool open = usage->n_operands < 0 && !maybe;
    int n = argc - optind, fewest = abs(usage->n_operands);
    if (maybe)
        fewest = n > 0 ? 1 : 0;
    for (int i = 0; i < n && (open || i < fewest); i++)
        operand[i] = argv[optind + i];
    if (open)
        operand[n] = NULL;
    if (n == fewest || (open && n > fewest))
        return BW_PARSED_RUN;
    if (n < fewest)
        bw_misuse(usage, "%s is missing", usage->operands);
    else
        bw_misuse(usage, "\"%s\" is one argument too many",
                  argv[optind + fewest]);
    return BW_PARSED_MISUSED;
}

bw_parsed bw_options_parse(const bw_usage *usage, int argc, char **argv,
                           const char **value, const char **operand)
{
    getopt_tables tables = {0};
    fill_tables(usage, &tables);
    for (int i = 0; i < usage->n_options; i++)
        value[i] = NULL;
    optind = 0; /* 0, not 1: glibc then forgets what it knew */
    opterr = 0;
    int found;
    while ((found = getopt_long(argc, argv, tables.letters, tables.option,
                                NULL)) != -1) {
        if (found == HELP || found == 'h') {
            print_help(usage);
            return BW_PARSED_HELPED;
        }
        if (found == '?')
            return bad_option(usage, tables.names, argv[optind - 1]);
        if (found == ':') {
            bw_misuse(usage, "option %s needs an argument", argv[optind - 1]);
            return BW_PARSED_MISUSED;
        }
        value[index_of(usage, found)] = optarg ? optarg : "";
    }
    return take_operands(usage, argc, argv, operand);
}

bool bw_option_number(const bw_usage *usage, int index, const char *text,
                      const double range[2], double *number)
{
    if (!text)
        return true;
    size_t len = strlen(text);
    bool percent = len > 0 && text[len - 1] == '%';
    double value = 0;
    bool good = bw_field_number(text, len - (percent ? 1 : 0), &value);
    if (percent)
        value /= 100;
    if (!good || !(value >= range[0] && value <= range[1])) {
        bw_misuse(usage,
                  "--%s \"%s\" is not a number from %g to %g; write it like "
                  "%g",
                  usage->option[index].name, text, range[0], range[1],
                  range[1] <= 1 ? 0.005 : 60.0);
        return false;
    }
    *number = value;
    return true;
}

bool bw_option_whole(const bw_usage *usage, int index, const char *text,
                     const uint64_t range[2], uint64_t *number)
{
    if (!text)
        return true;
    errno = 0;
    char *end = NULL;
    bool digits = text[0] && text[strspn(text, "0123456789")] == '\0';
    unsigned long long value = digits ? strtoull(text, &end, 10) : 0;
    if (!digits || errno || value < range[0] || value > range[1]) {
        bw_misuse(usage, "--%s \"%s\" is not a whole number from %llu to %llu",
                  usage->option[index].name, text, (unsigned long long)range[0],
                  (unsigned long long)range[1]);
        return false;
    }
    *number = value;
    return true;
}

bool bw_option_choice(const bw_usage *usage, int index, const char *text,
                      const char *const *words, int *choice)
{
    if (!text)
        return true;
    char list[256] = "";
    for (int i = 0; words[i]; i++) {
        if (strcmp(text, words[i]) == 0) {
            *choice = i;
            return true;
        }
        size_t len = strlen(list);
        snprintf(list + len, sizeof list - len, "%s%s", i ? ", " : "",
                 words[i]);
    }
    bw_misuse(usage, "--%s \"%s\" is not one of %s", usage->option[index].name,
              text, list);
    return false;
}
