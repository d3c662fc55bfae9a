/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load -> kept? -> model -> solve -> check -> curve -> write. */
#include "errand.h"

#include "exit_code.h"
#include "run_record.h"
#include "show_diag.h"
#include "worker.h"

typedef struct errand {
    const bw_errand *what;
    int reports;
    char fingerprint[BW_DIGEST_ROOM];
} errand;

static void report_progress(void *data, const bw_progress *progress)
{
    const errand *e = data;
    const bw_report report = {.progress = *progress};
    bw_worker_report(e->reports, &report);
}

static bw_status record(void *data, const bw_job *job, bw_out_dir *out)
{
    const errand *e = data;
    return bw_run_record(job, e->fingerprint, out);
}

/* True: what stands in the folder is what would be made. */
static bw_status find_kept(errand *e, const bw_job *job, bool *kept)
{
    char hash[BW_DIGEST_ROOM];
    const char *start = NULL;
    bw_buf path = {0};
    *kept = false;
    if (e->what->start) {
        bw_buf_format(&path, "%s/assignments.csv", e->what->start);
        bool read = !path.failed && bw_digest_file(path.text, hash) == BW_OK;
        bw_buf_free(&path);
        if (!read)
            return BW_IO;
        start = hash;
    }
    bw_status status =
        bw_run_fingerprint(job, e->what->beside, start, e->fingerprint);
    *kept = status == BW_OK && !e->what->fresh &&
            bw_run_is_kept(e->what->folder, e->fingerprint);
    return status;
}

static bw_status plan(errand *e, bw_job *job)
{
    bw_status status = bw_job_model(job);
    if (status != BW_OK)
        return status;
    bw_show_diags(stderr, job->diags, e->what->all_errors, NULL);
    status = bw_job_solve(job);
    if (status != BW_OK || !bw_job_has_plan(job))
        return status;
    status = bw_job_check(job);
    if (status == BW_OK)
        status = bw_job_curve(job, NULL, NULL);
    return status == BW_OK ? bw_job_write(job, record, e) : status;
}

static int run(errand *e, bw_job *job)
{
    bool kept = false;
    bw_status status = bw_job_load(job);
    if (status == BW_OK)
        status = find_kept(e, job, &kept);
    if (kept) {
        bw_worker_report(e->reports, &(bw_report){.kept = true});
        return BW_EXIT_OK;
    }
    if (status == BW_OK)
        status = plan(e, job);
    if (status != BW_OK)
        return bw_job_give_up(job, status, e->what->all_errors);
    if (bw_job_has_plan(job))
        return BW_EXIT_OK;
    bw_job_tell_no_plan(job);
    return BW_EXIT_LIMIT;
}

int bw_errand_run(void *data, int reports)
{
    errand e = {.what = data, .reports = reports};
    bw_job job = {.path = e.what->path,
                  .dir = e.what->folder,
                  .start_dir = e.what->start,
                  .options = e.what->options,
                  .threads = e.what->threads,
                  .quiet = true,
                  .progress = report_progress,
                  .progress_data = &e};
    int code = BW_EXIT_FILE;
    if (bw_job_begin(&job) == BW_OK)
        code = run(&e, &job);
    else
        fprintf(stderr, "bailiwick: %s\n", bw_status_text(BW_NOMEM));
    bw_job_end(&job);
    return code;
}
