/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of one group wait until it is whole, since only then it is known which
 * part they go to; without limits nothing waits. Blocks are hashed on their way
 * to the disk. */
#include "crm_files.h"

#include "bw/alloc.h"
#include "file_path.h"
#include "interrupt.h"
#include "write_file.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum {
    BLOCK = 1 << 18, /* bytes that are written and hashed at once */
    NONE = -1        /* no file, no group, no rows */
};

/* How the file at hand is laid out. */
typedef struct style {
    bw_csv_style csv;
    bool mark;
    int64_t most_rows, most_bytes; /* 0: any number */
} style;

struct bw_crm_files {
    const bw_crm_profile *profile;
    const char *folder; /* NULL: nothing is written */
    bw_arena *arena;
    bw_digester *digester;
    bw_crm_written *written; /* [n] */
    int n, room;
    /* The file at hand. */
    style style;
    const char *name, *role; /* with its subfolder; NULL: none is */
    const bw_crm_file *file;
    bw_buf header, row, held, out;
    bw_csv csv; /* into `row` */
    int64_t group, held_rows;
    bool too_large; /* the group is, so that its rows are passed over */
    /* Its part at hand. */
    const char *path; /* NULL: none yet */
    int part, disk;   /* 1 ..; a descriptor */
    int64_t rows, bytes;
};

static const style plain = {{',', false, false, false}, false, 0, 0};

bw_status bw_crm_files_new(const bw_crm_profile *profile, const char *folder,
                           bw_crm_files **files)
{
    *files = NULL;
    bw_crm_files *f = bw_alloc(1, sizeof *f);
    if (!f)
        return BW_NOMEM;
    f->profile = profile;
    f->disk = NONE;
    f->arena = bw_arena_new();
    f->folder = f->arena && folder
                    ? bw_arena_text(f->arena, folder, strlen(folder))
                    : NULL;
    if (!f->arena || (folder && !f->folder) ||
        bw_digester_new(&f->digester) != BW_OK) {
        bw_crm_files_free(f);
        return BW_NOMEM;
    }
    *files = f;
    return BW_OK;
}

void bw_crm_files_free(bw_crm_files *f)
{
    if (!f)
        return;
    if (f->disk != NONE)
        bw_file_close(f->disk, false);
    bw_digester_free(f->digester);
    bw_arena_free(f->arena);
    bw_buf_free(&f->header);
    bw_buf_free(&f->row);
    bw_buf_free(&f->held);
    bw_buf_free(&f->out);
    bw_free(f->written);
    bw_free(f);
}

int bw_crm_files_count(const bw_crm_files *f)
{
    return f->n;
}

const bw_crm_written *bw_crm_files_at(const bw_crm_files *f, int index)
{
    return &f->written[index];
}

const char *bw_crm_files_current(const bw_crm_files *f)
{
    return f->path ? f->path : f->name;
}

void bw_crm_files_cell(bw_crm_files *f, const char *text, size_t len)
{
    assert(f->name);
    bw_csv_bytes(&f->csv, text, len);
}

bw_csv *bw_crm_files_csv(bw_crm_files *f)
{
    return &f->csv;
}

static const char *on_disk(bw_crm_files *f, const char *path)
{
    return bw_file_inside(f->arena, f->folder, path);
}

/* a.csv as a_2.csv; NULL when memory is short. */
static const char *part_path(bw_crm_files *f, int part)
{
    const char *slash = strrchr(f->name, '/');
    const char *dot = strrchr(slash ? slash : f->name, '.');
    size_t size = strlen(f->name) + 16;
    int stem = dot ? (int)(dot - f->name) : (int)strlen(f->name);
    char *path = bw_arena_alloc(f->arena, size, 1);
    if (path)
        snprintf(path, size, "%.*s_%d%s", stem, f->name, part, dot ? dot : "");
    return path;
}

static bw_status open_part(bw_crm_files *f, const char *path)
{
    if (!path)
        return BW_NOMEM;
    f->path = path;
    f->rows = 0;
    f->bytes = (int64_t)f->header.len;
    f->out.len = 0;
    bw_buf_add(&f->out, f->header.text, f->header.len);
    if (!f->folder)
        return BW_OK;
    const char *disk = on_disk(f, path);
    if (!disk)
        return BW_NOMEM;
    bw_scrap_add(disk);
    return bw_file_create(disk, &f->disk);
}

static bw_status put_out(bw_crm_files *f)
{
    if (f->out.failed)
        return BW_NOMEM;
    bw_status status = BW_OK;
    if (f->folder) {
        bw_digester_add(f->digester, f->out.text, f->out.len);
        status = bw_file_add(f->disk, f->out.text, f->out.len);
    }
    f->out.len = 0;
    return status;
}

/* Room for one more in the list of what was written. */
static bw_crm_written *next_written(bw_crm_files *f)
{
    if (f->n == f->room) {
        int room = f->room ? 2 * f->room : 16;
        bw_crm_written *grown =
            bw_realloc(f->written, (size_t)room, sizeof *grown);
        if (!grown)
            return NULL;
        f->written = grown;
        f->room = room;
    }
    return &f->written[f->n];
}

static bw_status close_part(bw_crm_files *f)
{
    bw_status status = put_out(f);
    if (f->disk != NONE) {
        bw_status closed = bw_file_close(f->disk, status == BW_OK);
        f->disk = NONE;
        status = status == BW_OK ? closed : status;
    }
    bw_crm_written *written = next_written(f);
    if (status != BW_OK || !written)
        return status != BW_OK ? status : BW_NOMEM;
    *written =
        (bw_crm_written){f->path, f->file, f->role, f->rows, f->bytes, ""};
    if (f->folder)
        bw_digester_end(f->digester, written->sha256);
    f->n++;
    return BW_OK;
}

/* The first part was the whole file until now. */
static bw_status rename_first(bw_crm_files *f)
{
    const char *path = part_path(f, 1);
    if (!path)
        return BW_NOMEM;
    f->written[f->n - 1].path = path;
    if (!f->folder)
        return BW_OK;
    const char *from = on_disk(f, f->name), *to = on_disk(f, path);
    if (to)
        bw_scrap_add(to);
    return !from || !to ? BW_NOMEM : rename(from, to) == 0 ? BW_OK : BW_IO;
}

static bw_status cut(bw_crm_files *f)
{
    bw_status status = close_part(f);
    if (status == BW_OK && f->part == 1)
        status = rename_first(f);
    return status == BW_OK ? open_part(f, part_path(f, ++f->part)) : status;
}

/* Would a part with so much in it be small enough? The header is a row, too:
 * who counts lines counts it. */
static bool fits(const bw_crm_files *f, int64_t rows, int64_t bytes)
{
    const style *s = &f->style;
    return (s->most_rows == 0 || rows + 1 <= s->most_rows) &&
           (s->most_bytes == 0 || bytes <= s->most_bytes);
}

/* Rows that stay together find their part. */
static bw_status place(bw_crm_files *f, const bw_buf *text, int64_t rows)
{
    int64_t len = (int64_t)text->len;
    bw_status status = BW_OK;
    if (text->failed)
        return BW_NOMEM;
    if (!fits(f, rows, (int64_t)f->header.len + len))
        return BW_INVALID;
    if (!f->path || !fits(f, f->rows + rows, f->bytes + len))
        status = f->path ? cut(f) : open_part(f, f->name);
    if (status != BW_OK)
        return status;
    bw_buf_add(&f->out, text->text, text->len);
    f->rows += rows;
    f->bytes += len;
    return f->out.len >= BLOCK ? put_out(f) : BW_OK;
}

static bw_status place_held(bw_crm_files *f)
{
    if (f->held_rows == 0)
        return BW_OK;
    bw_status status = place(f, &f->held, f->held_rows);
    f->held.len = 0;
    f->held_rows = 0;
    return status;
}

static bw_status hold(bw_crm_files *f)
{
    if (f->too_large)
        return BW_OK;
    bw_buf_add(&f->held, f->row.text, f->row.len);
    f->held_rows++;
    if (f->held.failed)
        return BW_NOMEM;
    if (fits(f, f->held_rows, (int64_t)(f->header.len + f->held.len)))
        return BW_OK;
    f->too_large = true;
    f->held.len = 0;
    f->held_rows = 0;
    return BW_INVALID;
}

bw_status bw_crm_files_row(bw_crm_files *f, int64_t group)
{
    assert(f->name && f->csv.column > 0);
    bw_csv_end(&f->csv);
    bool limits = f->style.most_rows > 0 || f->style.most_bytes > 0;
    bw_status status = f->row.failed ? BW_NOMEM : BW_OK;
    if (status == BW_OK && (group < 0 || group != f->group)) {
        status = place_held(f);
        f->too_large = false;
    }
    f->group = group < 0 ? NONE : group;
    if (status == BW_OK)
        status = group >= 0 && limits ? hold(f) : place(f, &f->row, 1);
    f->row.len = 0;
    return status;
}

/* SUBFOLDER/NAME, and the folder is there; NULL: *status says why. */
static const char *named(bw_crm_files *f, const char *subfolder,
                         const char *name, bw_status *status)
{
    const char *path = subfolder ? bw_file_inside(f->arena, subfolder, name)
                                 : bw_arena_text(f->arena, name, strlen(name));
    const char *disk = subfolder && f->folder ? on_disk(f, subfolder) : "";
    *status = path && disk ? BW_OK : BW_NOMEM;
    if (*status != BW_OK || !*disk)
        return path;
    bw_scrap_add(disk);
    if (mkdir(disk, 0777) == 0 || errno == EEXIST)
        return path;
    *status = BW_IO;
    return NULL;
}

/* The header's cells follow, then take_header. */
static bw_status begin(bw_crm_files *f, const style *s, const char *role,
                       const char *name)
{
    assert(!f->name);
    f->style = *s;
    f->name = name;
    f->role = role;
    f->file = NULL;
    f->header.len = f->row.len = f->held.len = f->out.len = 0;
    f->csv = (bw_csv){&f->row, 0, &f->style.csv};
    f->path = NULL;
    f->part = 1;
    f->group = NONE;
    f->held_rows = 0;
    f->too_large = false;
    return name ? BW_OK : BW_NOMEM;
}

static bw_status take_header(bw_crm_files *f)
{
    bw_csv_end(&f->csv);
    if (f->style.mark)
        bw_buf_text(&f->header, "\xEF\xBB\xBF");
    bw_buf_add(&f->header, f->row.text, f->row.len);
    f->row.len = 0;
    return f->header.failed || f->row.failed ? BW_NOMEM : BW_OK;
}

bw_status bw_crm_files_begin(bw_crm_files *f, const bw_crm_file *file,
                             const char *subfolder, const char *role,
                             const bool *left_out)
{
    const bw_crm_profile *p = f->profile;
    const style s = {{p->separator, p->crlf, p->quote_all, false},
                     p->mark,
                     p->most_rows,
                     p->most_bytes};
    bw_status status = BW_OK;
    const char *name = named(f, subfolder, file->name, &status);
    if (status == BW_OK)
        status = begin(f, &s, role, name);
    if (status != BW_OK)
        return status;
    f->file = file;
    for (int i = 0; i < file->n_columns; i++)
        if (!left_out || !left_out[i])
            bw_csv_text(&f->csv, file->column[i].header);
    return take_header(f);
}

bw_status bw_crm_files_begin_own(bw_crm_files *f, const char *name,
                                 const char *role, const char *const *headers,
                                 int n_headers)
{
    const style s = {bw_csv_spreadsheet, bw_csv_spreadsheet.formulas_off, 0, 0};
    bw_status status = BW_OK;
    const char *path = named(f, NULL, name, &status);
    if (status == BW_OK)
        status = begin(f, &s, role, path);
    for (int i = 0; i < n_headers && status == BW_OK; i++)
        bw_csv_text(&f->csv, headers[i]);
    return status == BW_OK ? take_header(f) : status;
}

bw_status bw_crm_files_end(bw_crm_files *f)
{
    assert(f->name && f->csv.column == 0);
    bw_status status = place_held(f);
    if (status == BW_OK && !f->path)
        status = open_part(f, f->name);
    if (status == BW_OK)
        status = close_part(f);
    if (status == BW_OK)
        f->name = f->path = NULL;
    return status;
}

bw_status bw_crm_files_save(bw_crm_files *f, const char *name, const char *role,
                            const bw_buf *buf)
{
    bw_status status = BW_OK;
    const char *path = named(f, NULL, name, &status);
    if (status == BW_OK)
        status = begin(f, &plain, role, path);
    if (status == BW_OK)
        status = place(f, buf, 0);
    f->rows = NONE;
    return status == BW_OK ? bw_crm_files_end(f) : status;
}
