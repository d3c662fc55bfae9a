/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Few accounts lack a postal code that is known, so that an index of all
 * cities would cost more than a second look at the rows. */
#include "gazetteer_city.h"

#include "bw/alloc.h"
#include "index.h"
#include "place_name.h"

#include <string.h>

enum {
    NAME_ROOM = 160
};

/* The city of one name in one state. */
typedef struct variant {
    const char *state, *state_name; /* folded */
    bw_point first;
    double lat, lon;    /* sums of differences from the first place */
    int32_t rows, next; /* of the same name; -1: the last */
    bool spread;
} variant;

/* A name that was asked for. */
typedef struct city {
    int32_t first; /* variant, or -1 */
    int32_t file;
} city;

struct bw_cities {
    bw_arena *arena;  /* keys and states */
    bw_index *index;  /* country and name -> city */
    city *city;       /* [n_cities] */
    variant *variant; /* [n_variants] */
    int32_t n_cities, city_room, n_variants, variant_room;
};

bw_cities *bw_cities_new(void)
{
    bw_cities *c = bw_alloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->arena = bw_arena_new();
    if (c->arena && bw_index_new(64, &c->index) == BW_OK)
        return c;
    bw_cities_free(c);
    return NULL;
}

void bw_cities_free(bw_cities *cities)
{
    if (!cities)
        return;
    bw_index_free(cities->index);
    bw_arena_free(cities->arena);
    bw_free(cities->city);
    bw_free(cities->variant);
    bw_free(cities);
}

/* Room for one more of n items of a growing array. */
static void *grow(void *items, int32_t n, int32_t *room, size_t size)
{
    if (n < *room)
        return items;
    int32_t more = *room ? *room + *room / 2 : 64;
    void *grown = bw_realloc(items, (size_t)more, size);
    if (grown)
        *room = more;
    return grown;
}

/* 0: the name is blank. */
static size_t key_of(int32_t country, bw_cell name, char key[NAME_ROOM])
{
    key[0] = (char)(country >> 8);
    key[1] = (char)(country & 0xFF);
    size_t n = bw_place_city(name.text, name.len, key + 2, NAME_ROOM - 2);
    return n > 0 ? n + 2 : 0;
}

bw_status bw_cities_ask(bw_cities *cities, int32_t country, bw_cell name,
                        int32_t *number)
{
    char text[NAME_ROOM];
    size_t len = key_of(country, name, text);
    *number = len > 0 ? bw_index_find(cities->index, text, len) : -1;
    if (len == 0 || *number >= 0)
        return BW_OK;
    city *grown =
        grow(cities->city, cities->n_cities, &cities->city_room, sizeof *grown);
    const char *key = bw_arena_text(cities->arena, text, len);
    if (grown)
        cities->city = grown;
    if (!grown || !key)
        return BW_NOMEM;
    cities->city[cities->n_cities] = (city){-1, -1};
    return bw_index_put(cities->index, key, len, cities->n_cities++, number);
}

int32_t bw_cities_asked(const bw_cities *cities, int32_t country, bw_cell name)
{
    char key[NAME_ROOM];
    size_t len = key_of(country, name, key);
    return len > 0 ? bw_index_find(cities->index, key, len) : -1;
}

/* A state as it is compared; so once for all variants of a city. */
typedef struct plain_state {
    char text[NAME_ROOM];
    size_t len;
} plain_state;

static void fold(bw_cell state, plain_state *plain)
{
    plain->len =
        bw_place_fold(state.text, state.len, plain->text, sizeof plain->text);
}

static const char *keep(bw_cities *cities, const plain_state *plain)
{
    return bw_arena_text(cities->arena, plain->text, plain->len);
}

static bool is_same(const char *folded, const plain_state *plain)
{
    return strlen(folded) == plain->len &&
           memcmp(folded, plain->text, plain->len) == 0;
}

static void add_row(variant *v, double far_km, bw_point point)
{
    double lon = point.lon_deg - v->first.lon_deg;
    v->spread = v->spread ||
                bw_geo_km(bw_geo_vec(v->first), bw_geo_vec(point)) > far_km;
    v->lat += point.lat_deg - v->first.lat_deg;
    v->lon += lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
    v->rows++;
}

bw_status bw_cities_add(bw_cities *cities, int32_t number, int32_t file,
                        double far_km, bw_cell state, bw_cell state_name,
                        bw_point point)
{
    city *c = &cities->city[number];
    if (c->file >= 0 && c->file != file)
        return BW_OK;
    plain_state code, name;
    fold(state, &code);
    fold(state_name, &name);
    for (int32_t i = c->first; i >= 0; i = cities->variant[i].next) {
        variant *v = &cities->variant[i];
        if (!is_same(v->state, &code) || !is_same(v->state_name, &name))
            continue;
        add_row(v, far_km, point);
        return BW_OK;
    }
    variant *grown = grow(cities->variant, cities->n_variants,
                          &cities->variant_room, sizeof *grown);
    if (grown)
        cities->variant = grown;
    variant v = {keep(cities, &code),
                 keep(cities, &name),
                 point,
                 0,
                 0,
                 1,
                 c->first,
                 false};
    if (!grown || !v.state || !v.state_name)
        return BW_NOMEM;
    c->file = file;
    c->first = cities->n_variants;
    cities->variant[cities->n_variants++] = v;
    return BW_OK;
}

static bool of_state(const variant *v, const plain_state *state)
{
    return state->len > 0 &&
           (is_same(v->state, state) || is_same(v->state_name, state));
}

bw_city_match bw_cities_find(const bw_cities *cities, int32_t number,
                             bw_cell state, bw_point *point)
{
    const variant *any = NULL, *right = NULL;
    int32_t n = 0, n_right = 0;
    if (number < 0)
        return BW_CITY_UNKNOWN;
    plain_state plain;
    fold(state, &plain);
    int32_t i = cities->city[number].first;
    for (; i >= 0; i = cities->variant[i].next) {
        any = &cities->variant[i];
        n++;
        if (!of_state(any, &plain))
            continue;
        right = any;
        n_right++;
    }
    const variant *v = n_right == 1 ? right : any;
    if (n == 0)
        return BW_CITY_UNKNOWN;
    if ((n_right != 1 && n > 1) || v->spread)
        return BW_CITY_SEVERAL;
    double lon = v->first.lon_deg + v->lon / v->rows;
    lon = lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
    *point = (bw_point){v->first.lat_deg + v->lat / v->rows, lon};
    return BW_CITY_FOUND;
}
