/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GeoNames' file is read where it lies: a million and a half lines of twelve
 * fields between tabs, never quoted, of which most are passed over because
 * nobody has an account in their country. */
#include "gazetteer_file.h"

#include "field.h"
#include "load_parts.h"

#include <math.h>
#include <string.h>

/* Fields of GeoNames' postal code file, as its readme.txt lists them. */
enum {
    COUNTRY,
    POSTAL_CODE,
    PLACE_NAME,
    STATE_NAME,
    STATE,
    LATITUDE = 9,
    LONGITUDE,
    FIELDS_NEEDED,
    FIELDS_LISTED,
    LINES_TO_JUDGE = 1000 /* without coordinates, at most */
};

/* The fields of a line; returns how many there are, at most FIELDS_LISTED are
 * filled in. */
static int split(const char *line, size_t len, bw_cell field[FIELDS_LISTED])
{
    int n = 0;
    for (size_t at = 0;; n++) {
        const char *tab = memchr(line + at, '\t', len - at);
        size_t end = tab ? (size_t)(tab - line) : len;
        if (n < FIELDS_LISTED)
            field[n] = (bw_cell){line + at, end - at};
        if (!tab)
            return n + 1;
        at = end + 1;
    }
}

/* What ends the lines: returns alone, where there is nothing else. */
static char line_mark(const char *text, size_t len)
{
    return memchr(text, '\n', len) ? '\n' : '\r';
}

/* Without its line end. */
static size_t line_length(const char *text, size_t len, char mark)
{
    const char *end = memchr(text, mark, len);
    size_t n = end ? (size_t)(end - text) : len;
    while (n > 0 && text[n - 1] == '\r')
        n--;
    return n;
}

static bool is_degrees(bw_cell cell)
{
    double value;
    return bw_field_number(cell.text, cell.len, &value);
}

/* Some lines have no coordinates: then the next one decides. */
bool bw_is_geonames(const char *text, size_t len)
{
    char mark = line_mark(text, len);
    for (int line = 0; len > 0 && line < LINES_TO_JUDGE; line++) {
        bw_cell field[FIELDS_LISTED];
        int n = split(text, line_length(text, len, mark), field);
        if (n < FIELDS_NEEDED || field[COUNTRY].len != 2)
            return false;
        if (field[LATITUDE].len > 0 || field[LONGITUDE].len > 0)
            return is_degrees(field[LATITUDE]) && is_degrees(field[LONGITUDE]);
        const char *end = memchr(text, mark, len);
        size_t taken = end ? (size_t)(end - text) + 1 : len;
        text += taken;
        len -= taken;
    }
    return false;
}

/* ----------------------------------------------------------------- opening */

static bw_status need_columns(bw_gazetteer_file *file)
{
    bw_sheet *sheet = &file->sheet;
    bw_place place = sheet->spec->place;
    file->country = bw_sheet_field(sheet, "country");
    file->postal_code = bw_sheet_field(sheet, "postal_code");
    file->city = bw_sheet_field(sheet, "city");
    file->state = bw_sheet_field(sheet, "state");
    file->state_name = bw_sheet_field(sheet, "state_name");
    if (file->city < 0)
        bw_load_need(sheet, "postal_code", place, "<gazetteer>");
    int32_t lat = bw_load_need(sheet, "latitude", place, "<gazetteer>");
    int32_t lon = bw_load_need(sheet, "longitude", place, "<gazetteer>");
    if (lat < 0 || lon < 0 || (file->city < 0 && file->postal_code < 0))
        return BW_INVALID;
    bw_status status = bw_sheet_numbers(sheet, lat, &file->latitude);
    if (status == BW_OK)
        status = bw_sheet_numbers(sheet, lon, &file->longitude);
    return status;
}

static void say_idle(const bw_sheet *sheet, const char *what, bw_place place)
{
    bw_diag_add(sheet->diags, BW_WARNING, BW_RULE_IDLE, place,
                "%s does nothing here: %s is in GeoNames' form, which has no "
                "headers, tabs between its fields, decimal points and blank "
                "fields for nothing; take it out",
                what, sheet->spec->file.text);
}

/* What is declared of the file has no say in its form, but for the encoding. */
static void tell_idle(const bw_sheet *sheet)
{
    const bw_source_spec *spec = sheet->spec;
    const bw_format_spec *format = &spec->format;
    if (spec->n_columns > 0)
        say_idle(sheet, "<column>", spec->columns[0].place);
    if (format->delimiter.text && format->separator != '\t')
        say_idle(sheet, "delimiter", format->delimiter.place);
    if (format->decimal_comma)
        say_idle(sheet, "decimal", spec->place);
    if (format->blank.text)
        say_idle(sheet, "blank", format->blank.place);
}

bw_status bw_gazetteer_open(bw_gazetteer_file *file)
{
    bw_sheet *sheet = &file->sheet;
    bw_status status = bw_sheet_source(sheet);
    if (status != BW_OK)
        return status;
    size_t len;
    const char *text = bw_source_text(sheet->source, &len);
    file->geonames =
        file->spec->form == BW_GAZETTEER_GEONAMES ||
        (file->spec->form == BW_GAZETTEER_DETECT && bw_is_geonames(text, len));
    if (!file->geonames) {
        status = bw_sheet_read(sheet);
        return status == BW_OK ? need_columns(file) : status;
    }
    bw_diags_separated(sheet->diags, bw_source_place(sheet->source, 0).file,
                       '\t');
    file->mark = line_mark(text, len);
    tell_idle(sheet);
    return BW_OK;
}

void bw_gazetteer_close(bw_gazetteer_file *file)
{
    bw_sheet_close(&file->sheet);
}

/* -------------------------------------------------------------------- rows */

void bw_gazetteer_rewind(bw_gazetteer_file *file)
{
    file->at = 0;
    file->next = 0;
}

static bool next_line(bw_gazetteer_file *file, bw_gazetteer_row *row)
{
    size_t len;
    const char *text = bw_source_text(file->sheet.source, &len);
    while (file->at < len) {
        row->start = file->at;
        const char *end = memchr(text + file->at, file->mark, len - file->at);
        size_t stop = end ? (size_t)(end - text) : len;
        file->at = stop + (end != NULL);
        while (stop > row->start && text[stop - 1] == '\r')
            stop--;
        row->end = stop;
        if (stop == row->start)
            continue;
        const char *line = text + row->start;
        const char *tab = memchr(line, '\t', stop - row->start);
        row->country =
            (bw_cell){line, tab ? (size_t)(tab - line) : stop - row->start};
        row->number = file->next++;
        return true;
    }
    file->sheet.rows = file->next;
    return false;
}

bool bw_gazetteer_next(bw_gazetteer_file *file, bw_gazetteer_row *row)
{
    if (file->geonames ? next_line(file, row) : file->next < file->sheet.rows) {
        if (!file->geonames) {
            row->number = file->next++;
            row->country =
                bw_sheet_cell(&file->sheet, file->country, row->number);
        }
        return true;
    }
    file->checked = true;
    return false;
}

bw_place bw_gazetteer_place(const bw_gazetteer_file *file,
                            const bw_gazetteer_row *row)
{
    return file->geonames ? bw_source_place(file->sheet.source, row->start)
                          : bw_sheet_place(&file->sheet, -1, row->number);
}

static double read_degrees(const bw_gazetteer_file *file, const char *name,
                           bw_cell cell)
{
    double value;
    if (cell.len == 0)
        return NAN;
    if (bw_field_number(cell.text, cell.len, &value))
        return value;
    size_t len;
    const char *text = bw_source_text(file->sheet.source, &len);
    if (!file->checked)
        bw_diag_add(
            file->sheet.diags, BW_ERROR, BW_FIELD_NUMBER,
            bw_source_place(file->sheet.source, (size_t)(cell.text - text)),
            "%s is \"%.*s\", which is not a number; GeoNames writes degrees "
            "like 52.5167",
            name, cell.len > 40 ? 40 : (int)cell.len, cell.text);
    return NAN;
}

static bool fill_from_line(bw_gazetteer_file *file, bw_gazetteer_row *row)
{
    size_t len;
    bw_cell field[FIELDS_LISTED];
    const char *text = bw_source_text(file->sheet.source, &len);
    int n = split(text + row->start, row->end - row->start, field);
    if (n < FIELDS_NEEDED) {
        if (!file->checked)
            bw_diag_add(file->sheet.diags, BW_ERROR, BW_CSV_FIELDS,
                        bw_gazetteer_place(file, row),
                        "%d field%s between tabs; a line of GeoNames' postal "
                        "code file has 12: get the file anew, or say "
                        "format=\"csv\"",
                        n, n == 1 ? "" : "s");
        return false;
    }
    row->postal_code = field[POSTAL_CODE];
    row->city = field[PLACE_NAME];
    row->state = field[STATE];
    row->state_name = field[STATE_NAME];
    row->point.lat_deg = read_degrees(file, "latitude", field[LATITUDE]);
    row->point.lon_deg = read_degrees(file, "longitude", field[LONGITUDE]);
    return true;
}

static void fill_from_table(const bw_gazetteer_file *file,
                            bw_gazetteer_row *row)
{
    const bw_sheet *sheet = &file->sheet;
    row->postal_code = bw_sheet_cell(sheet, file->postal_code, row->number);
    row->city = bw_sheet_cell(sheet, file->city, row->number);
    row->state = bw_sheet_cell(sheet, file->state, row->number);
    row->state_name = bw_sheet_cell(sheet, file->state_name, row->number);
    row->point =
        (bw_point){file->latitude[row->number], file->longitude[row->number]};
}

bool bw_gazetteer_fill(bw_gazetteer_file *file, bw_gazetteer_row *row)
{
    if (!file->geonames)
        fill_from_table(file, row);
    else if (!fill_from_line(file, row))
        return false;
    bw_point p = row->point;
    bool null_island = p.lat_deg == 0 && p.lon_deg == 0;
    if (isnan(p.lat_deg) || isnan(p.lon_deg) || null_island)
        return false;
    if (!bw_point_known(p) && !file->checked)
        bw_diag_add(file->sheet.diags, BW_ERROR, BW_COORDINATE_RANGE,
                    bw_gazetteer_place(file, row),
                    "the place %g, %g is not on the Earth; latitudes lie "
                    "between -90 and 90, longitudes between -180 and 180 "
                    "degrees: correct it, or leave both blank",
                    p.lat_deg, p.lon_deg);
    return bw_point_known(p);
}
