/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv parses, this file gives it places. libcsv reports a field on the very
 * byte that ends it, and only a separator, a quote or a line end can make it
 * act; so it is fed up to the next of these and no further: when it calls back,
 * the field has ended with the last byte fed, and the next byte starts the next
 * one. (Byte by byte gives the same places in twice the time.) */
#include "csv_read.h"

#include "bw/alloc.h"
#include "csv_check.h"
#include "csv_footer.h"
#include "csv_form.h"

#include <assert.h>
#include <csv.h>
#include <stdbool.h>
#include <string.h>

enum {
    END_OF_FILE = -1,     /* what libcsv says ended the last record then */
    FIELD_BLOCK = 1 << 16 /* by so many bytes libcsv's buffer grows */
};

/* What libcsv's callbacks work on. */
typedef struct reader {
    bw_table *table;
    bw_diags *diags;
    struct csv_parser parser;
    bw_csv_form form;
    bw_short *shorts; /* short records since the last full one */
    size_t n_shorts, room;
    bool acts[256];   /* bytes that can make libcsv act */
    const char *text; /* of the source */
    size_t len;
    size_t fed;          /* bytes given to libcsv, as an offset */
    size_t field_start;  /* of the field that comes next */
    size_t record_start; /* of the record it belongs to */
    size_t first_cell;   /* of that record */
    size_t first_extra;  /* where a record's first field too many starts */
    int64_t found;       /* fields of that record so far */
    int64_t faults;
    bool after_blank; /* blank lines stand before the record */
    bool record_ended;
    bool torn;     /* the record ended with a lone carriage return */
    bool headless; /* the header was faulty: records cannot be judged */
    bw_status status;
} reader;

/* --------------------------------------------------------------- callbacks */

static bw_place place_of(const reader *r, size_t offset)
{
    return bw_source_place(bw_table_source(r->table), offset);
}

static void on_field(void *text, size_t len, void *data)
{
    reader *r = data;
    r->found++;
    int32_t expected = bw_table_columns(r->table);
    assert(r->field_start + len <= r->len);
    if (expected == 0 && r->found == 1 && len >= 3 &&
        memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text = (char *)text + 3; /* a mark that got into the quotes */
        len -= 3;
    }
    if (r->status == BW_OK && (expected == 0 || r->found <= expected))
        r->status =
            bw_table_add(r->table, r->field_start, (bw_cell){text, len});
    else if (r->found == (int64_t)expected + 1)
        r->first_extra = r->field_start;
    r->field_start = r->fed;
}

static void drop_record(reader *r)
{
    bw_table_cut(r->table, r->first_cell);
}

static void too_many_fields(reader *r)
{
    int32_t expected = bw_table_columns(r->table);
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_FIELDS,
                place_of(r, bw_table_field_start(r->table, r->first_extra)),
                "%lld fields found where the header has %d; put a field that "
                "holds a %s in quotes, or remove what is too much",
                (long long)r->found, (int)expected,
                bw_separator_name(bw_table_separator(r->table)));
    r->faults++;
    drop_record(r);
}

/* What a short record is shows only when the next one comes, or none. */
static void short_record(reader *r, bool ended)
{
    if (r->n_shorts == r->room) {
        size_t room = r->room ? 2 * r->room : 16;
        bw_short *grown = bw_realloc(r->shorts, room, sizeof *grown);
        if (!grown) {
            r->status = BW_NOMEM;
            return;
        }
        r->shorts = grown;
        r->room = room;
    }
    r->shorts[r->n_shorts++] = (bw_short){
        .start = r->record_start,
        .fields = (int32_t)r->found,
        .after_blank = r->after_blank,
        .ended = ended,
        .footer = bw_footer_text(bw_table_at(r->table, r->first_cell),
                                 (int32_t)r->found, ended),
    };
    drop_record(r);
}

static void tell_shorts(reader *r, size_t n)
{
    int32_t expected = bw_table_columns(r->table);
    for (size_t i = 0; i < n; i++) {
        const bw_short *s = &r->shorts[i];
        bw_diag_add(r->diags, BW_ERROR, BW_CSV_FIELDS,
                    place_of(r, bw_table_field_start(r->table, s->start)),
                    "%d field%s found where the header has %d; complete the "
                    "record, blank fields count too",
                    (int)s->fields, s->fields == 1 ? "" : "s", (int)expected);
        r->faults++;
    }
    r->n_shorts = 0;
}

/* A carriage return ends a line only together with a line feed (any number of
 * them before it, as careless conversions write); libcsv takes it alone, too,
 * and would tear a field in two. */
static bool lone_return(const reader *r)
{
    size_t at = r->fed - 1;
    while (at < r->len && r->text[at] == '\r')
        at++;
    return at < r->len && r->text[at] != '\n';
}

static void on_record(int end, void *data)
{
    reader *r = data;
    r->torn = end == '\r' && !r->form.lone_return && lone_return(r);
    if (r->torn)
        return;
    r->record_ended = true;
    int64_t expected = bw_table_columns(r->table);
    if (r->headless || r->status != BW_OK) {
        drop_record(r);
    } else if (expected == 0) {
        bw_table_end_header(r->table);
    } else if (r->found < expected) {
        short_record(r, end != END_OF_FILE);
    } else {
        tell_shorts(r, r->n_shorts);
        if (r->found > expected)
            too_many_fields(r);
    }
}

static void *resize(void *block, size_t size)
{
    return bw_realloc(block, size, 1);
}

/* ----------------------------------------------------------------- reading */

static void start_parser(reader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_blk_size(&r->parser, FIELD_BLOCK);
    csv_set_delim(&r->parser, (unsigned char)bw_table_separator(r->table));
    csv_set_realloc_func(&r->parser, resize);
    csv_set_free_func(&r->parser, bw_free);
}

/* What is left of the line end that libcsv took for one at its first byte. */
static size_t line_end(const reader *r)
{
    size_t at = r->fed;
    if (at == 0 || r->text[at - 1] != '\r' || r->form.lone_return)
        return at;
    while (at < r->len && r->text[at] == '\r')
        at++;
    return at < r->len && r->text[at] == '\n' ? at + 1 : at;
}

/* Lines that are empty or hold only blanks are no records; libcsv skips them
 * too, but does not say so. */
static void start_record(reader *r)
{
    char tab = bw_table_separator(r->table) == '\t' ? ' ' : '\t';
    size_t begin = line_end(r), line = begin, at = begin;
    for (; at < r->len; at++)
        if (r->text[at] == '\r' || r->text[at] == '\n')
            line = at + 1;
        else if (r->text[at] != ' ' && r->text[at] != tab)
            break;
    r->after_blank = line > begin;
    r->fed = at < r->len ? line : r->len;
    r->field_start = r->record_start = r->fed;
    r->first_cell = bw_table_cells(r->table);
    r->found = 0;
    r->record_ended = r->torn = false;
}

/* After a fault the record is given up, and reading goes on with the line after
 * the fault: so that every fault of the file is found, not just the first. */
static void resynchronise(reader *r, size_t fault)
{
    r->faults++;
    r->headless = r->headless || bw_table_columns(r->table) == 0;
    drop_record(r);
    csv_free(&r->parser);
    start_parser(r);
    const char *end = memchr(r->text + fault, r->form.lone_return ? '\r' : '\n',
                             r->len - fault);
    r->fed = end ? (size_t)(end - r->text) + 1 : r->len;
    start_record(r);
}

static void syntax_fault(reader *r, size_t fault)
{
    size_t field = bw_table_field_start(r->table, r->field_start);
    bw_place opened = place_of(r, field);
    if (r->text[field] == '"')
        bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX, place_of(r, fault),
                    "text follows the closing quote of a field that starts at "
                    "line %u, column %u; write a quote inside a quoted field "
                    "twice, or put a %s after the field",
                    (unsigned)opened.line, (unsigned)opened.column,
                    bw_separator_name(bw_table_separator(r->table)));
    else
        bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX, place_of(r, fault),
                    "a quote stands inside a field that does not start with "
                    "one; put the whole field in quotes and write the quote "
                    "twice");
    resynchronise(r, fault);
}

static void unclosed_fault(reader *r)
{
    size_t quote = bw_table_field_start(r->table, r->field_start);
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX, place_of(r, quote),
                "this quote is never closed; put one at the end of the field, "
                "or remove this one");
    resynchronise(r, quote);
}

static void return_fault(reader *r)
{
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX, place_of(r, r->fed - 1),
                "a carriage return without a line feed stands here; end lines "
                "with LF or CRLF, and put a field that holds one in quotes");
    resynchronise(r, r->fed - 1);
}

/* One past the next byte that can make libcsv act. */
static size_t run_end(const reader *r)
{
    size_t at = r->fed;
    while (at < r->len && !r->acts[(unsigned char)r->text[at]])
        at++;
    return at < r->len ? at + 1 : at;
}

static void feed(reader *r)
{
    size_t start = r->fed;
    r->fed = run_end(r);
    size_t took = csv_parse(&r->parser, r->text + start, r->fed - start,
                            on_field, on_record, r);
    if (took < r->fed - start) {
        if (csv_error(&r->parser) == CSV_EPARSE)
            syntax_fault(r, start + took);
        else
            r->status = BW_NOMEM;
    } else if (r->torn) {
        return_fault(r);
    }
}

static void read_records(reader *r)
{
    while (r->fed < r->len && r->status == BW_OK) {
        feed(r);
        if (r->record_ended)
            start_record(r);
    }
}

/* True when the text is used up. */
static bool finish(reader *r)
{
    if (r->status != BW_OK)
        return true;
    if (csv_fini(&r->parser, on_field, on_record, r) == 0)
        return true;
    if (csv_error(&r->parser) != CSV_EPARSE) {
        r->status = BW_NOMEM;
        return true;
    }
    unclosed_fault(r);
    return false;
}

/* --------------------------------------------------------- the whole file */

static void tell_footers(const reader *r, int64_t n)
{
    bw_diag_add(r->diags, BW_NOTE, BW_CSV_FIELDS,
                bw_table_footer(r->table, 0).place,
                "%lld line%s from here on %s taken as the footer of a "
                "report, not as records, and listed in rejected.csv",
                (long long)n, n == 1 ? "" : "s", n == 1 ? "is" : "are");
}

/* Short records after the last full one: cut ones, then the footer. */
static void end_records(reader *r)
{
    size_t n = bw_footer_begin(r->shorts, r->n_shorts);
    if (!r->headless && bw_table_columns(r->table) > 0 && n == 0)
        r->status = bw_table_end_rows(r->table, bw_footer_padded(r->table));
    for (size_t i = n; i < r->n_shorts && r->status == BW_OK; i++)
        r->status = bw_table_add_footer(r->table, r->shorts[i].start,
                                        r->shorts[i].fields);
    int64_t n_footers = bw_table_footers(r->table);
    if (n_footers > 0 && r->status == BW_OK)
        tell_footers(r, n_footers);
    tell_shorts(r, n);
}

static void read_all(reader *r, char told)
{
    r->fed = r->form.start;
    start_parser(r);
    start_record(r);
    if (r->form.title > 0 || r->form.denied) {
        bw_place header = place_of(r, r->record_start);
        r->faults++;
        r->headless = true;
        if (r->form.denied)
            bw_csv_tell_denied(&r->form, told, header, r->diags);
        else
            bw_csv_tell_title(&r->form, header, r->diags);
        csv_free(&r->parser);
        return;
    }
    do
        read_records(r);
    while (!finish(r));
    csv_free(&r->parser);
    if (told && bw_csv_check_told(r->table, &r->form, r->diags))
        r->faults++;
    if (r->status == BW_OK)
        end_records(r);
}

bw_status bw_table_read_as(const bw_source *source, char separator,
                           bw_diags *diags, bw_table **table)
{
    assert(source && table);
    *table = NULL;
    reader r = {.diags = diags, .status = BW_OK};
    r.text = bw_source_text(source, &r.len);
    r.form = bw_csv_form_of(r.text, r.len, separator);
    char used = separator ? separator : r.form.separator;
    static const char acts[] = {'"', '\r', '\n'};
    for (size_t i = 0; i < sizeof acts; i++)
        r.acts[(unsigned char)acts[i]] = true;
    r.acts[(unsigned char)used] = true;
    bw_diags_separated(diags, bw_source_place(source, 0).file, used);
    r.table = bw_table_new(source, used);
    if (!r.table)
        return BW_NOMEM;
    read_all(&r, separator);
    bw_free(r.shorts);
    bw_status status = r.status;
    if (status == BW_OK)
        status = bw_csv_check(r.table, r.faults > 0, diags);
    if (status == BW_OK)
        *table = r.table;
    else
        bw_table_free(r.table);
    return status;
}

bw_status bw_table_read(const bw_source *source, bw_diags *diags,
                        bw_table **table)
{
    return bw_table_read_as(source, ',', diags, table);
}
