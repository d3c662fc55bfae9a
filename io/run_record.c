/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.json: fingerprint, hashes of the files, figures. */
#include "run_record.h"

#include "read_file.h"
#include "run_figures.h"
#include "scenario_write.h"

#include <string.h>

bw_status bw_run_fingerprint(const bw_job *job, const char *folder,
                             const char *start, char hex[BW_DIGEST_ROOM])
{
    bw_buf text = {0};
    bw_buf_format(&text, "bailiwick %s\nstart %s\n", BW_VERSION,
                  start ? start : "none");
    bw_status status = bw_scenario_write(job->scenario, job->problem->inputs,
                                         job->problem->n_inputs, folder, &text);
    if (status == BW_OK && text.failed)
        status = BW_NOMEM;
    if (status == BW_OK)
        bw_digest(text.text, text.len, NULL, folder, hex);
    bw_buf_free(&text);
    return status;
}

/* False also where memory is short: then the plan is made again. */
static bool file_is(const char *dir, const char *name, const char *hex)
{
    bw_buf path = {0};
    char found[BW_DIGEST_ROOM];
    bw_buf_format(&path, "%s/%s", dir, name);
    bool same = !path.failed && bw_digest_file(path.text, found) == BW_OK &&
                strcmp(found, hex) == 0;
    bw_buf_free(&path);
    return same;
}

static bool files_are(const char *dir, const bw_json *files)
{
    const char *const *name = bw_out_dir_names();
    size_t found = 0;
    for (; *name; name++) {
        const char *hex = bw_json_get_text(bw_json_member(files, *name));
        if (!hex)
            continue;
        if (!file_is(dir, *name, hex))
            return false;
        found++;
    }
    return found > 0 && found == bw_json_size(files);
}

bw_json *bw_run_read(const char *dir, const char *name)
{
    bw_buf path = {0};
    bw_bytes bytes = {NULL, 0, 0};
    bw_json *json = NULL;
    bw_buf_format(&path, "%s/%s", dir, name);
    if (!path.failed &&
        bw_file_read(path.text, path.text, NULL, NULL, &bytes) == BW_OK &&
        bw_json_read(bytes.data, bytes.len, path.text, BW_VERIFY_MISMATCH, NULL,
                     &json) != BW_OK)
        json = NULL;
    bw_bytes_free(&bytes);
    bw_buf_free(&path);
    return json;
}

bool bw_run_is_kept(const char *dir, const char *fingerprint)
{
    bw_json *run = bw_run_read(dir, "run.json");
    const char *was = bw_json_get_text(bw_json_member(run, "fingerprint"));
    const char *ended = bw_json_get_text(bw_json_member(run, "stopped_by"));
    bool kept = was && ended && strcmp(was, fingerprint) == 0 &&
                strcmp(ended, bw_stop_text(BW_STOP_INTERRUPT)) != 0 &&
                files_are(dir, bw_json_member(run, "files"));
    bw_json_free(run);
    return kept;
}

/* Not those that are still to come: timing.json, and run.json itself. */
static bw_status write_files(const bw_out_dir *out, bw_json_out *json)
{
    const char *const *name = bw_out_dir_names();
    bw_status status = BW_OK;
    bw_json_object(json, "files");
    for (; *name && status != BW_NOMEM; name++) {
        bw_buf path = {0};
        char hex[BW_DIGEST_ROOM];
        bw_buf_format(&path, "%s/%s", bw_out_dir_folder(out), *name);
        status = path.failed ? BW_NOMEM : bw_digest_file(path.text, hex);
        if (status == BW_OK)
            bw_json_text(json, *name, hex);
        bw_buf_free(&path);
    }
    bw_json_end(json);
    return status == BW_NOMEM ? BW_NOMEM : BW_OK;
}

/* What cut short the plan, or the curve beside it. */
static bw_stop stopped_by(const bw_job *job)
{
    const bw_frontier *f = job->frontier;
    bool curve = f && (f->begun < f->n ||
                       f->point[f->n - 1].stopped_by == BW_STOP_INTERRUPT);
    return curve ? BW_STOP_INTERRUPT : job->plan->stopped_by;
}

bw_status bw_run_record(const bw_job *job, const char *fingerprint,
                        bw_out_dir *out)
{
    bw_buf buf = {0};
    bw_json_out json = {.buf = &buf};
    bw_json_object(&json, NULL);
    bw_json_text(&json, "fingerprint", fingerprint);
    bw_json_text(&json, "stopped_by", bw_stop_text(stopped_by(job)));
    bw_status status = write_files(out, &json);
    if (status == BW_OK)
        bw_run_figures(job->figures, job->today, &json);
    bw_json_end(&json);
    if (status == BW_OK)
        status = bw_out_dir_save(out, "run.json", &buf, job->diags);
    bw_buf_free(&buf);
    return status;
}
