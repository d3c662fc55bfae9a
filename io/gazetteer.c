/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Country and code are packed into one number (a code is up to ten letters and
 * digits, of which there are 36), so that an entry is 40 bytes and comparing
 * two is one instruction; an open hash table of numbers of entries finds
 * them. */
#include "gazetteer.h"

#include "bw/alloc.h"
#include "country_kin.h"
#include "place_name.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* Fine enough for a centimetre, and whole numbers of it fit 32 bits. */
#define PARTS_OF_DEGREE 1e7

enum {
    LETTERS = 37, /* 0: no letter */
    FIRST_ROOM = 1024
};

typedef struct entry {
    uint64_t key;
    double lat, lon;              /* sums of differences from the first place */
    int32_t lat_first, lon_first; /* in parts of a degree */
    uint32_t rows;
    uint16_t file;
    bool spread;
} entry;

/* Of one postal system with a country. */
typedef struct kin {
    int16_t country[BW_KIN_MOST];
    int32_t n;
} kin;

struct bw_gazetteer {
    entry *entry;   /* [n] */
    uint32_t *slot; /* [n_slots] number of an entry + 1; 0: free */
    uint32_t n, room, n_slots;
    kin *kin; /* [countries] */
};

bw_gazetteer *bw_gazetteer_new(void)
{
    bw_gazetteer *g = bw_alloc(1, sizeof *g);
    if (!g)
        return NULL;
    g->room = FIRST_ROOM;
    g->n_slots = 2 * FIRST_ROOM;
    g->entry = bw_alloc(g->room, sizeof *g->entry);
    g->slot = bw_alloc(g->n_slots, sizeof *g->slot);
    g->kin = bw_alloc((size_t)bw_country_count(), sizeof *g->kin);
    if (!g->entry || !g->slot || !g->kin) {
        bw_gazetteer_free(g);
        return NULL;
    }
    for (int32_t i = 0; i < bw_country_count(); i++)
        g->kin[i].n = bw_country_kin(i, g->kin[i].country);
    return g;
}

void bw_gazetteer_free(bw_gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    bw_free(gazetteer->entry);
    bw_free(gazetteer->slot);
    bw_free(gazetteer->kin);
    bw_free(gazetteer);
}

static uint64_t pack(int32_t country, const bw_postal *code)
{
    uint64_t key = (uint64_t)country + 1;
    for (int i = 0; i < BW_POSTAL_LENGTH; i++) {
        char c = code->text[i];
        unsigned letter = c == 0     ? 0u
                          : c <= '9' ? (unsigned)(c - '0') + 1u
                                     : (unsigned)(c - 'A') + 11u;
        key = key * LETTERS + letter;
    }
    return key;
}

static void unpack(uint64_t key, bw_postal *code)
{
    *code = (bw_postal){.len = 0};
    for (int i = BW_POSTAL_LENGTH - 1; i >= 0; i--) {
        unsigned letter = (unsigned)(key % LETTERS);
        key /= LETTERS;
        if (letter == 0)
            continue;
        code->text[i] = (char)(letter <= 10 ? '0' + (int)letter - 1
                                            : 'A' + (int)letter - 11);
        if (code->len == 0)
            code->len = (uint8_t)(i + 1);
    }
}

/* The slot that has the key, or the free one where it belongs. The multiplier
 * is 2^64 over the golden ratio (Knuth, TAOCP 3, 6.4). */
static uint32_t slot_of(const bw_gazetteer *g, uint64_t key)
{
    uint32_t mask = g->n_slots - 1;
    uint32_t at = (uint32_t)((key * 0x9E3779B97F4A7C15u) >> 32) & mask;
    while (g->slot[at] && g->entry[g->slot[at] - 1].key != key)
        at = (at + 1) & mask;
    return at;
}

static bw_status grow_slots(bw_gazetteer *g)
{
    uint32_t *grown = bw_alloc(2 * (size_t)g->n_slots, sizeof *grown);
    if (!grown)
        return BW_NOMEM;
    bw_free(g->slot);
    g->slot = grown;
    g->n_slots *= 2;
    for (uint32_t i = 0; i < g->n; i++)
        g->slot[slot_of(g, g->entry[i].key)] = i + 1;
    return BW_OK;
}

static bw_status make_room(bw_gazetteer *g)
{
    if (g->n == g->room) {
        uint32_t room = g->room + g->room / 4;
        entry *grown = bw_realloc(g->entry, room, sizeof *grown);
        if (!grown)
            return BW_NOMEM;
        g->entry = grown;
        g->room = room;
    }
    return 4 * (uint64_t)g->n >= 3 * (uint64_t)g->n_slots ? grow_slots(g)
                                                          : BW_OK;
}

static bw_point first_of(const entry *e)
{
    return (bw_point){e->lat_first / PARTS_OF_DEGREE,
                      e->lon_first / PARTS_OF_DEGREE};
}

/* Difference of longitudes, the short way round. */
static double turn(double degrees)
{
    return degrees > 180    ? degrees - 360
           : degrees < -180 ? degrees + 360
                            : degrees;
}

static void add_row(entry *e, double far_km, bw_point point)
{
    bw_point first = first_of(e);
    double lat = point.lat_deg - first.lat_deg;
    double lon = turn(point.lon_deg - first.lon_deg);
    if (lat != 0 || lon != 0)
        e->spread = e->spread ||
                    bw_geo_km(bw_geo_vec(first), bw_geo_vec(point)) > far_km;
    e->lat += lat;
    e->lon += lon;
    e->rows++;
}

bw_status bw_gazetteer_add(bw_gazetteer *gazetteer, int32_t file, double far_km,
                           int32_t country, const bw_postal *code,
                           bw_point point)
{
    assert(code->len > 0 && bw_point_known(point) && country >= 0);
    if (make_room(gazetteer) != BW_OK)
        return BW_NOMEM;
    uint64_t key = pack(country, code);
    uint32_t slot = slot_of(gazetteer, key);
    if (gazetteer->slot[slot]) {
        entry *old = &gazetteer->entry[gazetteer->slot[slot] - 1];
        if (old->file == file)
            add_row(old, far_km, point);
        return BW_OK;
    }
    gazetteer->entry[gazetteer->n++] =
        (entry){.key = key,
                .lat_first = (int32_t)lround(point.lat_deg * PARTS_OF_DEGREE),
                .lon_first = (int32_t)lround(point.lon_deg * PARTS_OF_DEGREE),
                .rows = 1,
                .file = (uint16_t)file};
    gazetteer->slot[slot] = gazetteer->n;
    return BW_OK;
}

static const entry *find(const bw_gazetteer *g, int32_t country,
                         const bw_postal *code)
{
    uint32_t there = g->slot[slot_of(g, pack(country, code))];
    return there ? &g->entry[there - 1] : NULL;
}

static bw_point place_of(const entry *e)
{
    bw_point point = first_of(e);
    if (e->rows == 1 || e->spread)
        return point;
    point.lat_deg += e->lat / e->rows;
    point.lon_deg = turn(point.lon_deg + e->lon / e->rows);
    return point;
}

/* Neither letters nor digits: "-", "?". */
static bool says_nothing(const char *text, size_t len)
{
    char plain[64];
    return len <= sizeof plain &&
           bw_place_fold(text, len, plain, sizeof plain) == 0;
}

static bw_postal_match find_in(const bw_gazetteer *gazetteer, int32_t country,
                               const char *text, size_t len,
                               bw_postal_place *place)
{
    const bw_country *c = bw_country_at(country);
    bw_postal code = bw_postal_normal(c, text, len);
    if (code.len == 0)
        return says_nothing(text, len) ? BW_MATCH_BLANK : BW_MATCH_UNKNOWN;
    const entry *e = find(gazetteer, country, &code);
    bw_postal_match match = BW_MATCH_CODE;
    if (!e) {
        match = BW_MATCH_AREA;
        code = bw_postal_area(c, &code);
        e = code.len > 0 ? find(gazetteer, country, &code) : NULL;
    }
    if (!e)
        return BW_MATCH_UNKNOWN;
    *place = (bw_postal_place){place_of(e), e->file};
    return match;
}

bw_postal_match bw_gazetteer_find(const bw_gazetteer *gazetteer,
                                  int32_t country, const char *text, size_t len,
                                  bw_postal_place *place)
{
    const kin *others = &gazetteer->kin[country];
    bw_postal_match match = find_in(gazetteer, country, text, len, place);
    for (int32_t i = 0; i < others->n && match == BW_MATCH_UNKNOWN; i++)
        match = find_in(gazetteer, others->country[i], text, len, place);
    return match;
}

int64_t bw_gazetteer_size(const bw_gazetteer *gazetteer)
{
    return gazetteer->n;
}

int64_t bw_gazetteer_spread(const bw_gazetteer *gazetteer, int32_t file,
                            bw_postal *first)
{
    int64_t n = 0;
    for (uint32_t i = 0; i < gazetteer->n; i++) {
        const entry *e = &gazetteer->entry[i];
        if (!e->spread || e->file != file)
            continue;
        if (n == 0 && first)
            unpack(e->key, first);
        n++;
    }
    return n;
}
