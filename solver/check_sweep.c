/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every unit's row, once. The units are cut into halves for two threads; the
 * sums are exact integers, so that the cut cannot be seen in them. */
#include "check.h"

#include <pthread.h>

/* Below so many pairs a second thread costs more than it gives. */
static const int64_t worth_a_thread = 100000;

typedef struct half {
    const bw_judge *judge;
    bw_judge_visit *visit;
    int32_t first, last;
    bw_check_row row;
    void *sum;
} half;

static void *run(void *data)
{
    half *h = data;
    for (int32_t unit = h->first; unit < h->last; unit++) {
        bw_judge_row(h->judge, unit, &h->row);
        h->visit(h->judge, unit, &h->row, h->sum);
    }
    return NULL;
}

static bool row_new(bw_check_row *row, size_t m)
{
    row->allowed = bw_alloc(m, sizeof *row->allowed);
    row->cost = bw_alloc(m, sizeof *row->cost);
    row->work = bw_alloc(m, sizeof *row->work);
    return row->allowed && row->cost && row->work;
}

static void row_free(bw_check_row *row)
{
    bw_free(row->allowed);
    bw_free(row->cost);
    bw_free(row->work);
}

bw_status bw_judge_sweep(const bw_judge *judge, bw_judge_visit *visit,
                         void *sum[BW_CHECK_THREADS])
{
    int32_t n_units = judge->verdict.n_units;
    bool alone = (int64_t)judge->n * judge->m < worth_a_thread;
    int32_t middle = alone ? n_units : n_units / 2;
    half halves[BW_CHECK_THREADS] = {
        {judge, visit, 0, middle, {0}, sum[0]},
        {judge, visit, middle, n_units, {0}, sum[1]}};
    bool there = row_new(&halves[0].row, (size_t)judge->m) &&
                 row_new(&halves[1].row, (size_t)judge->m);
    if (there) {
        pthread_t thread;
        bool started =
            !alone && pthread_create(&thread, NULL, run, &halves[1]) == 0;
        run(&halves[0]);
        if (started)
            pthread_join(thread, NULL);
        else
            run(&halves[1]);
    }
    row_free(&halves[0].row);
    row_free(&halves[1].row);
    return there ? BW_OK : BW_NOMEM;
}
