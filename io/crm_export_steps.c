/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a profile, each as often as there is something to do. */
#include "crm_export_parts.h"

#include <string.h>

/* {file} becomes the path. NULL when memory is short. */
static const char *filled(bw_arena *arena, const char *text, const char *path)
{
    static const char mark[] = "{file}";
    bw_buf buf = {0};
    for (const char *at; (at = strstr(text, mark)) && path;) {
        bw_buf_add(&buf, text, (size_t)(at - text));
        bw_buf_text(&buf, path);
        text = at + sizeof mark - 1;
    }
    bw_buf_text(&buf, text);
    const char *copy =
        buf.failed ? NULL : bw_arena_text(arena, buf.text, buf.len);
    bw_buf_free(&buf);
    return copy;
}

static bool is_of(const bw_crm_written *w, const char *file, bool rollback)
{
    return w->file && w->rows > 0 && strcmp(w->file->name, file) == 0 &&
           (strcmp(w->role, BW_CRM_ROLLBACK) == 0) == rollback;
}

bw_status bw_crm_export_steps(const bw_crm_steps *steps,
                              const bw_crm_files *files, bool rollback,
                              bw_arena *arena,
                              void (*take)(void *data, const char *text),
                              void *data)
{
    for (int i = 0; i < steps->n; i++) {
        const bw_crm_step *step = &steps->step[i];
        int n = step->file ? bw_crm_files_count(files) : 0;
        if (!step->file)
            take(data, step->text);
        for (int f = 0; f < n; f++) {
            const bw_crm_written *w = bw_crm_files_at(files, f);
            if (!is_of(w, step->file, rollback))
                continue;
            const char *text = filled(arena, step->text, w->path);
            if (!text)
                return BW_NOMEM;
            take(data, text);
        }
    }
    return BW_OK;
}
