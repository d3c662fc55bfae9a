/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Readers for trusted benchmark files; any surprise ends the program. */
#include "rows_from_gen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *need(void *block)
{
    if (!block) {
        fprintf(stderr, "bench: out of memory\n");
        exit(4);
    }
    return block;
}

static FILE *open_file(const char *prefix, const char *suffix)
{
    char path[1024];
    snprintf(path, sizeof path, "%s%s", prefix, suffix);
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(4);
    }
    return file;
}

/* The fields of the next line, or 0. */
static int fields(FILE *file, char *line, int size, char **field)
{
    if (!fgets(line, size, file))
        return 0;
    int n = 0;
    for (char *at = strtok(line, ",\r\n"); at && n < 16;
         at = strtok(NULL, ",\r\n"))
        field[n++] = at;
    return n;
}

static double json_number(const char *prefix, const char *key)
{
    FILE *file = open_file(prefix, ".json");
    char text[65536], quoted[64];
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = 0;
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    char *at = strstr(text, quoted);
    return at ? strtod(at + strlen(quoted), NULL) : 0;
}

typedef struct tables {
    bw_instance_rows rows;
    bw_instance_measure measure[2];
    int64_t *base, *low, *high, *first;
    int32_t *owner;
    bw_pair *pair;
} tables;

static bw_instance *finish(tables *t)
{
    bw_instance *instance = NULL;
    t->rows.measure = t->measure;
    t->rows.base = t->base;
    t->rows.low = t->low;
    t->rows.high = t->high;
    t->rows.owner = t->owner;
    t->rows.first = t->first;
    t->rows.pair = t->pair;
    if (bw_instance_from_rows(&t->rows, &instance) != BW_OK)
        need(NULL);
    free(t->base);
    free(t->low);
    free(t->high);
    free(t->first);
    free(t->owner);
    free(t->pair);
    return instance;
}

static void allocate(tables *t, int32_t n_units, int32_t n_reps, int64_t pairs)
{
    size_t k = (size_t)t->rows.n_measures;
    t->rows.n_units = n_units;
    t->rows.n_reps = n_reps;
    t->base = need(calloc((size_t)n_units * k, sizeof *t->base));
    t->low = need(calloc((size_t)n_reps * k, sizeof *t->low));
    t->high = need(calloc((size_t)n_reps * k, sizeof *t->high));
    t->first = need(calloc((size_t)n_units + 1, sizeof *t->first));
    t->owner = need(calloc((size_t)n_units, sizeof *t->owner));
    t->pair = need(calloc((size_t)pairs, sizeof *t->pair));
}

static void read_territory(tables *t, const char *prefix)
{
    char line[1024], *field[16];
    FILE *file = open_file(prefix, "_accounts.csv");
    fields(file, line, sizeof line, field);
    for (int32_t u = 0; fields(file, line, sizeof line, field) == 8; u++) {
        t->base[2 * u] = bw_quanta(strtod(field[6], NULL));
        t->base[2 * u + 1] = bw_quanta(strtod(field[5], NULL));
        t->owner[u] = atoi(field[7] + 1);
    }
    fclose(file);
    file = open_file(prefix, "_reps.csv");
    fields(file, line, sizeof line, field);
    for (int32_t r = 0; fields(file, line, sizeof line, field) == 9; r++)
        for (int side = 0; side < 4; side++)
            (side % 2 ? t->high : t->low)[2 * r + side / 2] =
                bw_quanta(strtod(field[5 + side], NULL));
    fclose(file);
    file = open_file(prefix, "_pairs.csv");
    fields(file, line, sizeof line, field);
    for (int64_t p = 0; fields(file, line, sizeof line, field) == 6; p++) {
        int32_t unit = atoi(field[1] + 1);
        t->pair[p] =
            (bw_pair){atoi(field[2] + 1), bw_quanta(strtod(field[5], NULL)),
                      t->base[2 * unit]};
        t->first[unit + 1] = p + 1;
    }
    fclose(file);
}

bw_instance *rows_from_territory(const char *prefix)
{
    tables t = {.rows = {.n_measures = 2, .workload = 0}};
    int64_t work = bw_price(json_number(prefix, "PW"));
    int64_t potential = bw_price(json_number(prefix, "PP"));
    t.measure[0] = (bw_instance_measure){"workload", work, work, false};
    t.measure[1] =
        (bw_instance_measure){"potential", potential, potential, false};
    allocate(&t, (int32_t)json_number(prefix, "n"),
             (int32_t)json_number(prefix, "m"),
             (int64_t)json_number(prefix, "pairs"));
    read_territory(&t, prefix);
    return finish(&t);
}

static void start_gap(tables *t, int32_t n_units, int32_t n_reps)
{
    *t = (tables){.rows = {.n_measures = 1, .workload = 0}};
    t->measure[0] = (bw_instance_measure){"workload", 0, BW_HARD, false};
    allocate(t, n_units, n_reps, (int64_t)n_units * n_reps);
    for (int32_t r = 0; r < n_reps; r++)
        t->low[r] = BW_NO_LOW;
    for (int32_t u = 0; u < n_units; u++) {
        t->first[u + 1] = (int64_t)(u + 1) * n_reps;
        t->owner[u] = -1;
        for (int32_t r = 0; r < n_reps; r++)
            t->pair[(int64_t)u * n_reps + r].rep = r;
    }
}

static double number(FILE *file)
{
    double value;
    if (fscanf(file, "%lf", &value) != 1) {
        fprintf(stderr, "bench: not a number\n");
        exit(4);
    }
    return value;
}

bw_instance *rows_from_gap(const char *path)
{
    tables t;
    FILE *file = open_file(path, "");
    int32_t n_reps = (int32_t)number(file), n_units = (int32_t)number(file);
    start_gap(&t, n_units, n_reps);
    for (int pass = 0; pass < 2; pass++)
        for (int32_t r = 0; r < n_reps; r++)
            for (int32_t u = 0; u < n_units; u++) {
                bw_pair *pair = &t.pair[(int64_t)u * n_reps + r];
                int64_t value = bw_quanta(number(file));
                *(pass ? &pair->work : &pair->cost) = value;
            }
    for (int32_t r = 0; r < n_reps; r++)
        t.high[r] = bw_quanta(number(file));
    fclose(file);
    return finish(&t);
}

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

bw_instance *rows_of_type(char type, int32_t n_reps, int32_t n_units,
                          uint64_t seed)
{
    tables t;
    start_gap(&t, n_units, n_reps);
    for (int64_t i = 0; i < (int64_t)n_units * n_reps; i++) {
        double work, cost;
        if (type == 'e') {
            work = floor(1 - 10 * log(uniform(&seed)));
            cost = floor(1000 / work - 10 * uniform(&seed));
        } else {
            work = floor(1 + 100 * uniform(&seed));
            cost = 111 - work + floor(21 * uniform(&seed)) - 10;
        }
        t.pair[i].work = bw_quanta(work);
        t.pair[i].cost = bw_quanta(cost < 0 ? 0 : cost);
        t.high[t.pair[i].rep] += t.pair[i].work;
    }
    for (int32_t r = 0; r < n_reps; r++)
        t.high[r] = bw_quanta(floor(0.8 * bw_from_quanta(t.high[r]) / n_reps));
    return finish(&t);
}
