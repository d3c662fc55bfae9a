/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: picks the command, and makes sure that what went to stdout
 * got there. */
#include "commands.h"
#include "exit_code.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *about;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"audit", "tells what is wrong with the data, and solves nothing",
     bw_cmd_audit},
    {"scenario", "checks a scenario file and shows what it inherits",
     bw_cmd_scenario},
    {"plan", "decides which rep serves which account", bw_cmd_plan},
    {"compare", "plans what-if scenarios and puts them side by side",
     bw_cmd_compare},
    {"verify", "proves a plan again from its folder and the inputs",
     bw_cmd_verify},
    {"place", "puts accounts that appear later into a plan", bw_cmd_place},
    {"export", "writes the files that bring a plan into a CRM", bw_cmd_export},
    {"model", "writes the integer program for other solvers", bw_cmd_model},
};
#define N_COMMANDS (int)(sizeof commands / sizeof commands[0])

static int help(FILE *out, int code)
{
    fputs("Usage: bailiwick COMMAND ...\n\nCommands:\n", out);
    for (int i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].about);
    fputs("\nbailiwick COMMAND --help tells more; bailiwick --version.\n", out);
    return code;
}

static int run(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    const char *names[N_COMMANDS + 1] = {0};
    if (!strcmp(word, "--help") || !strcmp(word, "-h") || !strcmp(word, "help"))
        return help(stdout, BW_EXIT_OK);
    if (!strcmp(word, "--version"))
        return puts("bailiwick " BW_VERSION) < 0 ? BW_EXIT_FILE : BW_EXIT_OK;
    for (int i = 0; i < N_COMMANDS; i++) {
        if (!strcmp(word, commands[i].name))
            return commands[i].run(argc - 1, argv + 1);
        names[i] = commands[i].name;
    }
    if (!*word)
        return help(stderr, BW_EXIT_USAGE);
    const char *near = bw_nearest_word(word, names);
    fprintf(stderr, "bailiwick: there is no command \"%s\"%s%s%s\n", word,
            near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return help(stderr, BW_EXIT_USAGE);
}

int main(int argc, char **argv)
{
    int code = run(argc, argv);
    int unsent = ferror(stdout);
    if (fclose(stdout) || unsent) {
        fputs("bailiwick: cannot write to standard output\n", stderr);
        return code ? code : BW_EXIT_FILE;
    }
    return code;
}
