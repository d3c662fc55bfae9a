/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables beside the accounts, and the account of what was put in. */
#include "soil.h"

#include "cities.h"

#include <stdlib.h>
#include <string.h>

FILE *open_in(const char *folder, const char *name, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, mode);
    if (!file) {
        perror(path);
        exit(4);
    }
    return file;
}

void finish(FILE *out)
{
    int bad = ferror(out);
    if (fclose(out) || bad)
        exit(4);
}

void write_footer(FILE *out)
{
    fputs("\r\n\"Kestrel Lab Supply: All Records\"\r\n"
          "\"Copyright (c) 2000-2026 Kestrel Lab Supply\"\r\n"
          "\"Confidential Information - Do Not Distribute\"\r\n",
          out);
    tell("footer lines", 3);
}

/* What was put in, by file and code. */
enum {
    MOST_DIRT = 100
};

static struct dirt {
    const char *file, *code;
    int count;
} dirt[MOST_DIRT];
static int n_dirt;

void count_dirt(const char *file, const char *code, int n)
{
    int i = 0;
    while (i < n_dirt &&
           (strcmp(dirt[i].file, file) != 0 || strcmp(dirt[i].code, code) != 0))
        i++;
    if (i == MOST_DIRT)
        exit(4);
    n_dirt += i == n_dirt;
    dirt[i] = (struct dirt){file, code, dirt[i].count + n};
}

static const char other[] = ""; /* the file of what is told */

void tell(const char *what, int n)
{
    count_dirt(other, what, n);
}

/* More reps; those with "" are fine: one who left, one whose home the gazetteer
 * places. */
static const struct {
    const char *code, *line;
} more_reps[] = {
    {"", "R98,Zoe Gone,,inactive,field,West,Dana Holt,Denver,CO,80208,39.7,"
         "-105.0,1300,1,1,,2020-01-01,2025-12-31"},
    {"", "R26,Ida Post,,active,field,Northeast,Dana Holt,Boston,MA,2112,,,1300,"
         "1,1,,2026-01-01,"},
    {"field-choice", "R27,Kim Away,,on leave,field,West,Dana Holt,Denver,CO,"
                     "80208,39.7,-105.0,1300,1,1,,2026-01-01,"},
    {"field-range", "R28,Lou Less,,active,field,West,Dana Holt,Denver,CO,80208,"
                    "39.7,-105.0,1300,-1,1,,2026-01-01,"},
    {"field-number", "R29,Max Full,,active,field,West,Dana Holt,Denver,CO,80208"
                     ",39.7,-105.0,1300,full,1,,2026-01-01,"},
    {"field-date", "R30,Ned When,,active,field,West,Dana Holt,Denver,CO,80208,"
                   "39.7,-105.0,1300,1,1,,3/4/26,"},
    {"coordinate-range", "R31,Oda Pole,,active,field,West,Dana Holt,Denver,CO,"
                         "80208,139.7,-105.0,1300,1,1,,2026-01-01,"},
    {"id-duplicate", "R01,Amara Again,,active,field,West,Dana Holt,Denver,CO,"
                     "80208,39.7,-105.0,1300,1,1,,2026-01-01,"},
    {"coordinate-zero", "R32,Pam Null,,active,field,West,Dana Holt,Denver,CO,"
                        "80208,0,0,1300,1,1,,2026-01-01,"},
    {"field-choice", "R33,Quin Both,,active,both,West,Dana Holt,Denver,CO,80208"
                     ",39.7,-105.0,1300,1,1,,2026-01-01,"},
    {"id-blank", ",Pat Nobody,,active,field,West,Dana Holt,Denver,CO,80208,39.7"
                 ",-105.0,1300,1,1,,2026-01-01,"},
};

void soil_reps(const char *folder)
{
    FILE *in = open_in(folder, "reps.csv", "r");
    FILE *out = open_in(folder, REPS_FILE, "w");
    char line[1000];
    fputs(MARK, out);
    while (fgets(line, sizeof line, in))
        fprintf(out, "%.*s\r\n", (int)strcspn(line, "\n"), line);
    for (size_t i = 0; i < sizeof more_reps / sizeof *more_reps; i++) {
        fprintf(out, "%s\r\n", more_reps[i].line);
        if (*more_reps[i].code)
            count_dirt(REPS_FILE, more_reps[i].code, 1);
    }
    write_footer(out);
    fclose(in);
    finish(out);
}

/* Springfield is there twice; other namesakes have states of their own. */
void write_places(const char *folder)
{
    FILE *out = open_in(folder, "places.txt", "w");
    for (size_t i = 0; i < sizeof cities / sizeof *cities; i++)
        fprintf(out, "US\t%s\t%s\t\t%s\t\t\t\t\t%.4f\t%.4f\t4\n",
                cities[i].postal_code, cities[i].name, cities[i].state,
                cities[i].lat_deg, cities[i].lon_deg);
    fputs("US\t62701\tSpringfield\t\tIL\t\t\t\t\t39.8000\t-89.6495\t4\n"
          "US\t65801\tSpringfield\t\tMO\t\t\t\t\t37.2581\t-93.3437\t4\n",
          out);
    finish(out);
}

void write_dirt(const char *folder)
{
    FILE *out = open_in(folder, "dirt.csv", "w");
    FILE *told = open_in(folder, "told.csv", "w");
    fputs("file,code,count\n", out);
    fputs("what,count\n", told);
    for (int i = 0; i < n_dirt; i++)
        if (dirt[i].file == other)
            fprintf(told, "%s,%d\n", dirt[i].code, dirt[i].count);
        else
            fprintf(out, "%s,%s,%d\n", dirt[i].file, dirt[i].code,
                    dirt[i].count);
    finish(out);
    finish(told);
}
