/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every unit's row, once. The units are cut into halves for two threads; the
 * sums are exact integers, so that the cut cannot be seen in them. */
#include "check.h"

#include <pthread.h>

/* Below so many pairs a second thread costs more than it gives. */
static const int64_t worth_a_thread = 100000;

typedef struct half {
    const bw_judge *judge;
    const bw_judge_lens *lens;
    bw_judge_visit *visit;
    int32_t first, last;
    bw_check_row row;
    void *sum;
} half;

static void *run(void *data)
{
    half *h = data;
    for (int32_t unit = h->first; unit < h->last; unit++) {
        if (!h->lens || !bw_judge_near_row(h->judge, h->lens, unit, &h->row))
            bw_judge_row(h->judge, unit, &h->row);
        h->visit(h->judge, unit, &h->row, h->sum);
    }
    return NULL;
}

static bool row_new(bw_check_row *row, size_t m, size_t n_measures)
{
    row->base = bw_alloc(n_measures, sizeof *row->base);
    row->allowed = bw_alloc(m, sizeof *row->allowed);
    row->cost = bw_alloc(m, sizeof *row->cost);
    row->work = bw_alloc(m, sizeof *row->work);
    return row->base && row->allowed && row->cost && row->work;
}

static void row_free(bw_check_row *row)
{
    bw_free(row->base);
    bw_free(row->allowed);
    bw_free(row->cost);
    bw_free(row->work);
}

bw_status bw_judge_sweep(const bw_judge *judge, const bw_judge_lens *lens,
                         bw_judge_visit *visit, void *sum[BW_CHECK_THREADS])
{
    int32_t n_units = judge->verdict.n_units;
    bool alone = (int64_t)judge->n * judge->m < worth_a_thread;
    int32_t middle = alone ? n_units : n_units / 2;
    half halves[BW_CHECK_THREADS] = {
        {judge, lens, visit, 0, middle, {0}, sum[0]},
        {judge, lens, visit, middle, n_units, {0}, sum[1]}};
    size_t m = (size_t)judge->m, n_measures = (size_t)judge->n_measures;
    bool there = row_new(&halves[0].row, m, n_measures) &&
                 row_new(&halves[1].row, m, n_measures);
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
