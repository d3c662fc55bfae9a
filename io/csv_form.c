/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A separator is the right one when it cuts the records into as many fields as
 * the header: a comma inside texts or numbers does not do that for long. Nor
 * are there quotes inside fields then. */
#include "csv_form.h"

#include <string.h>

enum {
    SAMPLE_RECORDS = 20 /* the header among them */
};

static const char separators[] = {',', ';', '\t', '|'};

enum {
    N_SEPARATORS = sizeof separators
};

const char *bw_separator_name(char separator)
{
    switch (separator) {
    case ';':
        return "semicolon";
    case '\t':
        return "tab";
    case '|':
        return "pipe";
    default:
        return "comma";
    }
}

/* A part of the text that is read record by record. */
typedef struct scan {
    const char *at, *end;
    char separator; /* 0: any of them */
    bool open;      /* the record ended inside quotes */
    bool stray;     /* and has a quote in the middle of a field */
} scan;

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static void skip_blank_lines(scan *s)
{
    const char *line = s->at;
    for (; s->at < s->end; s->at++)
        if (ends_line(*s->at))
            line = s->at + 1;
        else if (*s->at != ' ' && (*s->at != '\t' || s->separator == '\t'))
            break;
    if (s->at < s->end)
        s->at = line;
}

/* Past the quotes that open here. */
static void skip_quoted(scan *s)
{
    for (s->at++; s->at < s->end; s->at++) {
        const char *quote = memchr(s->at, '"', (size_t)(s->end - s->at));
        s->at = quote ? quote : s->end;
        if (!quote || quote + 1 == s->end || quote[1] != '"')
            break;
        s->at++; /* a doubled one */
    }
    s->open = s->at == s->end;
    s->at += !s->open;
}

static bool separates(const scan *s, char c)
{
    return s->separator ? c == s->separator
                        : c && memchr(separators, c, sizeof separators);
}

/* Fields of the next record; 0: there is none. */
static int32_t next_record(scan *s)
{
    skip_blank_lines(s);
    if (s->at == s->end)
        return 0;
    int32_t fields = 1;
    bool begins = true; /* a quote that stands here opens */
    s->open = s->stray = false;
    while (s->at < s->end && !ends_line(*s->at)) {
        char c = *s->at;
        if (c == '"' && begins) {
            skip_quoted(s);
            begins = false;
            continue;
        }
        s->stray |= c == '"';
        bool separator = separates(s, c);
        fields += separator;
        begins = separator || (begins && (c == ' ' || c == '\t'));
        s->at++;
    }
    return fields;
}

/* What a separator makes of the first records. */
typedef struct sample {
    int32_t header;        /* fields of the first record */
    int32_t records, even; /* of them, how many have as many as the header, and
                            * their quotes around fields */
    int32_t titles;        /* records of one field before the others */
    int32_t first, alike;  /* fields of the first after them; as many have it */
} sample;

static sample take_sample(const char *text, const char *end, char separator)
{
    scan s = {.at = text, .end = end, .separator = separator};
    sample found = {0};
    while (found.records < SAMPLE_RECORDS) {
        int32_t fields = next_record(&s);
        if (fields == 0 || (s.open && found.records > 0))
            break;
        if (found.records == 0)
            found.header = fields;
        found.even += fields == found.header && !s.stray;
        if (found.first == 0 && fields > 1)
            found.first = fields;
        found.titles += found.first == 0;
        found.alike += fields == found.first;
        found.records++;
    }
    return found;
}

/* A file that holds a line feed outside of quotes is none: a lone carriage
 * return is a fault there. What separates the fields is not known yet. */
bool bw_csv_returns(const char *text, size_t len)
{
    const char *end = text + len;
    scan s = {.at = text, .end = end};
    next_record(&s);
    const char *at = s.at;
    while (at < end && *at == '\r')
        at++;
    if (s.at == end || *s.at != '\r' || at == end || *at == '\n')
        return s.at < end && *s.at == '\r' && at == end;
    bool quoted = false;
    for (; at < end; at++)
        if (*at == '"')
            quoted = !quoted;
        else if (*at == '\n' && !quoted)
            return false;
    return true;
}

/* Excel's first line says the separator: sep=; */
static void read_said(bw_csv_form *form, const char *text, size_t len)
{
    size_t quote = len > 0 && text[0] == '"';
    if (len < 5 + 2 * quote || memcmp(text + quote, "sep=", 4) != 0)
        return;
    char separator = text[quote + 4];
    size_t at = quote + 5;
    if (quote && text[at++] != '"')
        return;
    bool known = memchr(separators, separator, sizeof separators) != NULL;
    if (!known || (at < len && !ends_line(text[at])))
        return;
    form->separator = separator;
    form->said = true;
    form->start = at;
}

static void choose(bw_csv_form *form, const sample *found)
{
    int best = 0;
    for (int i = 1; i < N_SEPARATORS; i++) {
        int32_t even = found[i].header > 1 ? found[i].even : 0;
        int32_t most = found[best].header > 1 ? found[best].even : 0;
        if (even > most ||
            (even == most && found[i].header > found[best].header))
            best = i;
    }
    form->separator = separators[best];
}

/* Lines of one field over records of several that agree. */
static int32_t find_title(const sample *found)
{
    int32_t title = 0;
    for (int i = 0; i < N_SEPARATORS; i++)
        if (found[i].header > 1)
            return 0;
        else if (found[i].alike > 1 && found[i].first > title &&
                 found[i].alike == found[i].records - found[i].titles)
            title = found[i].first;
    return title;
}

static void judge_told(bw_csv_form *form, const sample *told,
                       const sample *found)
{
    form->told = told->header;
    form->denied = found->header > 1 && found->records > 1 &&
                   found->even == found->records &&
                   (told->header == 1 || told->even <= 1);
}

bw_csv_form bw_csv_form_of(const char *text, size_t len, char told)
{
    bw_csv_form form = {.separator = ','};
    const char *end = text + len;
    sample found[N_SEPARATORS];
    read_said(&form, text, len);
    for (int i = 0; i < N_SEPARATORS; i++)
        found[i] = take_sample(text + form.start, end, separators[i]);
    if (!form.said)
        choose(&form, found);
    const sample *own = found;
    while (own < found + N_SEPARATORS - 1 &&
           separators[own - found] != form.separator)
        own++;
    form.fields = own->header;
    for (int i = 0; i < N_SEPARATORS; i++)
        if (separators[i] == told && told != form.separator)
            judge_told(&form, &found[i], own);
    form.title = find_title(found);
    form.lone_return = bw_csv_returns(text, len);
    return form;
}
