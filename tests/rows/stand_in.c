/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stands in the place of the program while suites run: runs it, the one in the
 * folder above its own, and counts the rows of every plan that it writes.
 *
 *   COUNTED=FILE bailiwick ARGUMENTS...
 *   bailiwick --count-rows DIR    a plan that is there; 1: not all rows are
 *
 * Signals are passed on, the exit code is that of the program. For each folder
 * of plan -o and of compare -o FILE gets a line: "ok", or "not ok" with what
 * does not hold. */
#include "count.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;

static void pass_on(int number)
{
    kill(child, number);
}

/* What does not hold goes to the log; the program's own output is its alone. */
static void count_one(const char *folder)
{
    char path[4600];
    struct stat is;
    snprintf(path, sizeof path, "%s/summary.json", folder);
    if (stat(path, &is) != 0)
        return;
    pid_t pid = fork();
    if (pid == 0) {
        const char *log = getenv("COUNTED");
        if (log && !freopen(log, "a", stdout))
            _exit(4);
        /* In one piece, as others write too. */
        static char buffer[1 << 16];
        setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
        int fine = count_rows(folder);
        puts(fine ? "ok" : "not ok");
        fflush(stdout);
        _exit(!fine);
    }
    int status;
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
        exit(99);
}

/* compare writes a folder for each scenario. */
static void count_inside(const char *folder)
{
    char path[4400];
    DIR *dir = opendir(folder);
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        count_one(path);
    }
    if (dir)
        closedir(dir);
}

static int run(char **argv)
{
    char path[4096];
    const char *slash = strrchr(argv[0], '/');
    snprintf(path, sizeof path, "%.*s/../bailiwick",
             slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".");
    child = fork();
    if (child == 0) {
        execv(path, argv);
        perror(path);
        _exit(4);
    }
    struct sigaction on = {.sa_handler = pass_on};
    sigaction(SIGINT, &on, NULL);
    sigaction(SIGTERM, &on, NULL);
    sigaction(SIGHUP, &on, NULL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
    }
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--count-rows") == 0)
        return !count_rows(argv[2]);
    int plan = argc > 1 && strcmp(argv[1], "plan") == 0;
    int compare = argc > 1 && strcmp(argv[1], "compare") == 0;
    int status = run(argv);
    /* 7: written with --nearest, and limits broken. */
    for (int i = 2; i + 1 < argc && (status == 0 || status == 7); i++) {
        if (strcmp(argv[i], "-o") != 0)
            continue;
        if (plan)
            count_one(argv[i + 1]);
        if (compare)
            count_inside(argv[i + 1]);
    }
    return status;
}
