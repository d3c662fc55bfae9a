/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libcsv parses, this file gives it places. libcsv reports a field on the very
 * byte that ends it, and only a comma, a quote or a line end can make it act;
 * so it is fed up to the next of these and no further: when it calls back, the
 * field has ended with the last byte fed, and the next byte starts the next
 * one. (Byte by byte gives the same places in twice the time.)
 *
 * A field's text, with quotes undone, is never longer than it is in the file.
 * It is therefore stored in a block as large as the file, at the offset that
 * the field has in the file: one number per cell is text and place at once. */
#include "csv_read.h"

#include "bw/alloc.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

struct bw_table {
    const bw_source *source;
    char *text;   /* [source length + 1], see above */
    size_t *cell; /* [n_cells] offset of the field; the header comes first */
    size_t n_cells, room;
    int32_t n_columns; /* 0: the header is not read yet */
};

/* What libcsv's callbacks work on. */
typedef struct reader {
    bw_table *table;
    bw_diags *diags;
    struct csv_parser parser;
    const char *text; /* of the source */
    size_t len;
    size_t fed;          /* bytes given to libcsv, as an offset */
    size_t field_start;  /* of the field that comes next */
    size_t record_start; /* of the record it belongs to */
    size_t first_cell;   /* of that record */
    size_t first_extra;  /* where a record's first field too many starts */
    int64_t found;       /* fields of that record so far */
    int64_t faults;
    bool record_ended;
    bool torn;     /* the record ended with a lone carriage return */
    bool headless; /* the header was faulty: records cannot be judged */
    bw_status status;
} reader;

/* --------------------------------------------------------------- the table */

void bw_table_free(bw_table *table)
{
    if (!table)
        return;
    bw_free(table->text);
    bw_free(table->cell);
    bw_free(table);
}

const bw_source *bw_table_source(const bw_table *table)
{
    return table->source;
}

int32_t bw_table_columns(const bw_table *table)
{
    return table->n_columns;
}

int64_t bw_table_rows(const bw_table *table)
{
    return (int64_t)(table->n_cells / (size_t)table->n_columns) - 1;
}

/* row -1: the header. */
static size_t offset_of(const bw_table *table, int64_t row, int32_t column)
{
    assert(row >= -1 && row < bw_table_rows(table));
    assert(column >= 0 && column < table->n_columns);
    size_t record = (size_t)(row + 1);
    return table->cell[record * (size_t)table->n_columns + (size_t)column];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Blanks before a field are not part of it. */
static size_t skip_blanks(const char *text, size_t len, size_t at)
{
    size_t start = at;
    while (at < len && is_blank(text[at]))
        at++;
    bool nothing = at == len || strchr(",\r\n", text[at]) != NULL;
    return nothing ? start : at;
}

static bw_place place_of(const bw_table *table, size_t offset)
{
    size_t len;
    const char *text = bw_source_text(table->source, &len);
    return bw_source_place(table->source, skip_blanks(text, len, offset));
}

bw_cell bw_table_cell(const bw_table *table, int64_t row, int32_t column)
{
    const char *text = table->text + offset_of(table, row, column);
    return (bw_cell){text, strlen(text)}; /* sources hold no NUL */
}

bw_cell bw_table_header(const bw_table *table, int32_t column)
{
    return bw_table_cell(table, -1, column);
}

bw_place bw_table_place(const bw_table *table, int64_t row, int32_t column)
{
    return place_of(table, offset_of(table, row, column));
}

bw_place bw_table_header_place(const bw_table *table, int32_t column)
{
    return bw_table_place(table, -1, column);
}

int32_t bw_table_find(const bw_table *table, const char *header)
{
    for (int32_t column = 0; column < table->n_columns; column++)
        if (strcmp(bw_table_header(table, column).text, header) == 0)
            return column;
    return -1;
}

/* --------------------------------------------------------------- callbacks */

static void add_cell(reader *r, const char *text, size_t len)
{
    bw_table *table = r->table;
    if (table->n_cells == table->room) {
        size_t room = table->room ? table->room + table->room / 2 : 1024;
        size_t *grown = bw_realloc(table->cell, room, sizeof *grown);
        if (!grown) {
            r->status = BW_NOMEM;
            return;
        }
        table->cell = grown;
        table->room = room;
    }
    assert(r->field_start + len <= r->len);
    memcpy(table->text + r->field_start, text, len);
    table->text[r->field_start + len] = 0;
    table->cell[table->n_cells++] = r->field_start;
}

static void on_field(void *text, size_t len, void *data)
{
    reader *r = data;
    r->found++;
    int32_t expected = r->table->n_columns;
    if (expected == 0 || r->found <= expected)
        add_cell(r, text, len);
    else if (r->found == (int64_t)expected + 1)
        r->first_extra = r->field_start;
    r->field_start = r->fed;
}

static void drop_record(reader *r)
{
    r->table->n_cells = r->first_cell;
}

static void wrong_number_of_fields(reader *r)
{
    int32_t expected = r->table->n_columns;
    bool more = r->found > expected;
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_FIELDS,
                place_of(r->table, more ? r->first_extra : r->record_start),
                "%lld field%s found where the header has %d; %s",
                (long long)r->found, r->found == 1 ? "" : "s", (int)expected,
                more ? "put a field that holds a comma in quotes, or remove "
                       "what is too much"
                     : "complete the record, blank fields count too");
    r->faults++;
    drop_record(r);
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
    r->torn = end == '\r' && lone_return(r);
    if (r->torn)
        return;
    r->record_ended = true;
    if (r->headless)
        drop_record(r);
    else if (r->table->n_columns == 0 && r->found <= INT32_MAX)
        r->table->n_columns = (int32_t)r->found;
    else if (r->found != r->table->n_columns)
        wrong_number_of_fields(r);
}

static void *resize(void *block, size_t size)
{
    return bw_realloc(block, size, 1);
}

/* ----------------------------------------------------------------- reading */

static void start_parser(reader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_realloc_func(&r->parser, resize);
    csv_set_free_func(&r->parser, bw_free);
}

/* Lines that are empty or hold only blanks are no records; libcsv skips them
 * too, but does not say so. */
static void start_record(reader *r)
{
    size_t line = r->fed, at = line;
    for (; at < r->len; at++)
        if (r->text[at] == '\r' || r->text[at] == '\n')
            line = at + 1;
        else if (!is_blank(r->text[at]))
            break;
    r->fed = at < r->len ? line : r->len;
    r->field_start = r->record_start = r->fed;
    r->first_cell = r->table->n_cells;
    r->found = 0;
    r->record_ended = r->torn = false;
}

/* After a fault the record is given up, and reading goes on with the line after
 * the fault: so that every fault of the file is found, not just the first. */
static void resynchronise(reader *r, size_t fault)
{
    r->faults++;
    r->headless = r->headless || r->table->n_columns == 0;
    drop_record(r);
    csv_free(&r->parser);
    start_parser(r);
    const char *end = memchr(r->text + fault, '\n', r->len - fault);
    r->fed = end ? (size_t)(end - r->text) + 1 : r->len;
    start_record(r);
}

static void syntax_fault(reader *r, size_t fault)
{
    const bw_source *source = r->table->source;
    size_t field = skip_blanks(r->text, r->len, r->field_start);
    bw_place opened = bw_source_place(source, field);
    if (r->text[field] == '"')
        bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX,
                    bw_source_place(source, fault),
                    "text follows the closing quote of a field that starts at "
                    "line %u, column %u; write a quote inside a quoted field "
                    "twice, or put a comma after the field",
                    (unsigned)opened.line, (unsigned)opened.column);
    else
        bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX,
                    bw_source_place(source, fault),
                    "a quote stands inside a field that does not start with "
                    "one; put the whole field in quotes and write the quote "
                    "twice");
    resynchronise(r, fault);
}

static void unclosed_fault(reader *r)
{
    size_t quote = skip_blanks(r->text, r->len, r->field_start);
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX,
                bw_source_place(r->table->source, quote),
                "this quote is never closed; put one at the end of the field, "
                "or remove this one");
    resynchronise(r, quote);
}

static void return_fault(reader *r)
{
    bw_diag_add(r->diags, BW_ERROR, BW_CSV_SYNTAX,
                bw_source_place(r->table->source, r->fed - 1),
                "a carriage return without a line feed stands here; end lines "
                "with LF or CRLF, and put a field that holds one in quotes");
    resynchronise(r, r->fed - 1);
}

/* One past the next byte that can make libcsv act. */
static size_t run_end(const reader *r)
{
    static const bool acts[256] = {
        [','] = true, ['"'] = true, ['\r'] = true, ['\n'] = true};
    size_t at = r->fed;
    while (at < r->len && !acts[(unsigned char)r->text[at]])
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

/* ------------------------------------------------------------------ header */

typedef struct named {
    const char *name;
    int32_t column;
} named;

static int by_name(const void *left, const void *right)
{
    const named *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order ? order : (a->column > b->column) - (a->column < b->column);
}

/* Repeated names are errors, because nobody could say which is meant; a blank
 * one (spreadsheets leave such columns at the right) is only a warning. */
static bw_status check_header(reader *r)
{
    const bw_table *table = r->table;
    size_t n = (size_t)table->n_columns;
    named *names = bw_alloc(n, sizeof *names);
    if (!names)
        return BW_NOMEM;
    for (size_t i = 0; i < n; i++)
        names[i] = (named){bw_table_header(table, (int32_t)i).text, (int32_t)i};
    qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++) {
        bw_place place = bw_table_header_place(table, names[i].column);
        if (names[i].name[0] == 0) {
            bw_diag_add(r->diags, BW_WARNING, BW_CSV_SYNTAX, place,
                        "the header of column %d is blank; its cells cannot be "
                        "used until it gets a name",
                        (int)names[i].column + 1);
        } else if (i > 0 && strcmp(names[i - 1].name, names[i].name) == 0) {
            r->faults++;
            bw_diag_add(r->diags, BW_ERROR, BW_COLUMN_DUPLICATE, place,
                        "two columns are named \"%s\" (%d and %d); give one of "
                        "them another name",
                        names[i].name, (int)names[i - 1].column + 1,
                        (int)names[i].column + 1);
        }
    }
    bw_free(names);
    return BW_OK;
}

/* What is wrong with the table as a whole. */
static bw_status check_table(reader *r)
{
    const bw_table *table = r->table;
    bw_place file = {bw_source_name(table->source), 0, 0};
    if (table->n_columns > 0) {
        bw_status status = check_header(r);
        if (status != BW_OK)
            return status;
    }
    if (r->faults > 0)
        return BW_INVALID;
    if (table->n_columns == 0)
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_EMPTY, file,
                    "the file holds only blank lines; its first line must name "
                    "the columns");
    else if (bw_table_rows(table) == 0)
        bw_diag_add(r->diags, BW_ERROR, BW_FILE_HEADER_ONLY, file,
                    "the file holds a header and no record; it must have at "
                    "least one");
    else
        return BW_OK;
    return BW_INVALID;
}

static bw_table *new_table(const bw_source *source, size_t len)
{
    bw_table *table = bw_alloc(1, sizeof *table);
    if (!table)
        return NULL;
    table->source = source;
    table->text = bw_alloc(len + 1, 1);
    if (table->text)
        return table;
    bw_table_free(table);
    return NULL;
}

bw_status bw_table_read(const bw_source *source, bw_diags *diags,
                        bw_table **table)
{
    assert(source && table);
    *table = NULL;
    reader r = {.diags = diags, .status = BW_OK};
    r.text = bw_source_text(source, &r.len);
    r.table = new_table(source, r.len);
    if (!r.table)
        return BW_NOMEM;
    start_parser(&r);
    start_record(&r);
    do
        read_records(&r);
    while (!finish(&r));
    csv_free(&r.parser);
    bw_status status = r.status == BW_OK ? check_table(&r) : r.status;
    if (status == BW_OK)
        *table = r.table;
    else
        bw_table_free(r.table);
    return status;
}
