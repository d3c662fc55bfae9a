/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files compressed by gzip: members, faults, limits. */
#include "faults.h"
#include "gzip.h"
#include "said.h"
#include "source.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* A member with `len` bytes; `out` has room for len + 100. */
static size_t pack(const char *text, size_t len, char *out)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    z.next_in = (unsigned char *)(size_t)text;
    z.avail_in = (uInt)len;
    z.next_out = (unsigned char *)out;
    z.avail_out = (uInt)len + 100;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    size_t packed = z.total_out;
    deflateEnd(&z);
    return packed;
}

static bw_status open_packed(const char *file, size_t len, bw_diags *diags,
                             bw_source **source)
{
    const bw_source_how how = {0};
    return bw_source_from_table(file, len, "t.csv", &how, diags, source);
}

static void assert_text(const char *file, size_t len, const char *text)
{
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(open_packed(file, len, diags, &source), BW_OK);
    assert_string_equal(bw_source_text(source, NULL), text);
    assert_true(bw_source_compressed(source));
    bw_source_free(source);
    bw_diags_free(diags);
}

static void assert_refused(const char *file, size_t len, bw_code code,
                           const char *words)
{
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(open_packed(file, len, diags, &source), BW_INVALID);
    assert_null(source);
    assert_int_equal(bw_diags_kept(diags), 1);
    assert_int_equal(bw_diags_at(diags, 0)->code, code);
    if (!said(diags, words))
        fail_msg("\"%s\" is not in: %s", words, bw_diags_at(diags, 0)->text);
    bw_diags_free(diags);
}

static void members_follow_each_other(void **state)
{
    (void)state;
    char file[400];
    size_t len = pack("id,na", 5, file);
    assert_text(file, len, "id,na");
    len += pack("", 0, file + len);
    len += pack("me\n1,x\n", 7, file + len);
    assert_text(file, len, "id,name\n1,x\n");
}

static void other_encodings_may_be_inside(void **state)
{
    (void)state;
    char file[200];
    size_t len = pack("\xFF\xFEi\0d\0", 6, file);
    assert_text(file, len, "id");
    len = pack("\xFF\xFEi\0d", 5, file);
    bw_diags *diags = bw_diags_new();
    bw_source *source;
    assert_int_equal(open_packed(file, len, diags, &source), BW_INVALID);
    assert_true(said(diags, "in the middle of a UTF-16 unit"));
    bw_diags_free(diags);
}

static void the_hash_is_that_of_the_file_on_disk(void **state)
{
    (void)state;
    /* "id", packed by another program; the hash is that of sha256sum. */
    static const char file[] = "\x1F\x8B\x08\x00\x00\x00\x00\x00\x02\x03\xCB"
                               "\x4C\x01\x00\x50\x67\x39\xBF\x02\x00\x00\x00";
    bw_source *source;
    assert_int_equal(open_packed(file, sizeof file - 1, NULL, &source), BW_OK);
    assert_string_equal(bw_source_text(source, NULL), "id");
    assert_string_equal(
        bw_source_sha256(source),
        "3520d7edd28840c78efa7e181c80fb7942901b959921271454b05bd8eece956c");
    bw_source_free(source);
}

static void a_file_cut_anywhere_is_a_fault(void **state)
{
    (void)state;
    char file[200];
    size_t len = pack("id,name\n1,Rome\n", 15, file);
    for (size_t cut = 2; cut < len; cut++)
        assert_refused(file, cut, BW_FILE_COMPRESSED, "is cut off: it ends");
}

static void a_damaged_file_is_a_fault(void **state)
{
    (void)state;
    char file[200];
    size_t len = pack("id,name\n1,Rome\n", 15, file);
    file[len - 8] ^= 1; /* of the check sum */
    assert_refused(file, len, BW_FILE_COMPRESSED, "incorrect data check");
    file[len - 8] ^= 1;
    file[len - 4] ^= 1; /* of the length */
    assert_refused(file, len, BW_FILE_COMPRESSED, "incorrect length check");
    file[len - 4] ^= 1;
    file[2] = 7; /* the method */
    assert_refused(file, len, BW_FILE_COMPRESSED, "unknown compression method");
}

static void what_follows_the_last_member_is_a_fault(void **state)
{
    (void)state;
    char file[200];
    size_t len = pack("id\n", 3, file);
    memcpy(file + len, "more", 4);
    assert_refused(file, len + 4, BW_FILE_COMPRESSED, "is not gzip");
    memset(file + len, 0, 4);
    assert_refused(file, len + 4, BW_FILE_COMPRESSED, "is not gzip");
    char twice[400];
    assert_refused(twice, pack(file, len, twice), BW_FILE_FORMAT,
                   "the file, unpacked, is compressed by gzip");
    assert_refused(twice, pack("", 0, twice), BW_FILE_EMPTY, "empty");
    assert_refused(twice, pack("PK\x03\x04  a", 7, twice), BW_FILE_FORMAT,
                   "a ZIP archive");
}

/* The limit is reached exactly, or passed by a byte. */
static void nothing_is_unpacked_beyond_the_limit(void **state)
{
    (void)state;
    enum {
        SIZE = 3000000
    };
    char *text = calloc(SIZE, 1), *file = malloc(SIZE + 100);
    bw_bytes packed = {file, pack(text, SIZE, file), SIZE + 100};
    const struct {
        bw_gzip_limits limits;
        bw_status status;
    } cases[] = {
        {{SIZE, SIZE, 10}, BW_OK},           {{SIZE - 1, SIZE, 10}, BW_INVALID},
        {{SIZE, SIZE - 1, 10}, BW_INVALID},  {{SIZE, 1, 10000}, BW_OK},
        {{2 * SIZE, 1000, 500}, BW_INVALID}, {{(size_t)-1, 1000, 2000}, BW_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bw_gzip_limits *l = &cases[i].limits;
        bw_bytes out = {0};
        bw_diags *diags = bw_diags_new();
        assert_int_equal(bw_gunzip(&packed, "t", l, NULL, diags, &out),
                         cases[i].status);
        size_t most = l->ratio * packed.len;
        if (most < l->free)
            most = l->free;
        assert_true(out.len <= most && out.len <= l->most);
        assert_int_equal(said(diags, "unpack to more than"),
                         cases[i].status != BW_OK);
        bw_bytes_free(&out);
        bw_diags_free(diags);
    }
    free(text);
    free(file);
}

static void a_bomb_is_refused_with_both_figures(void **state)
{
    (void)state;
    enum {
        SIZE = 101000000
    };
    char *text = calloc(SIZE, 1), *file = malloc(SIZE + 100);
    size_t len = pack(text, SIZE, file);
    assert_true(len < 100000);
    assert_refused(file, len, BW_FILE_COMPRESSED,
                   "unpack to more than 100,000,000; at most 4,294,967,296 "
                   "bytes are unpacked, and beyond 100,000,000 bytes at most "
                   "1,000 times");
    free(text);
    free(file);
}

static void random_damage_never_crashes(void **state)
{
    (void)state;
    char whole[600], file[600];
    size_t len = pack("id,name,city\n1,Ann,Rome\n2,Ben,Oslo\n", 35, whole);
    len += pack("3,Cat,Bern\n", 11, whole + len);
    srand(7);
    for (int round = 0; round < 5000; round++) {
        memcpy(file, whole, len);
        for (int i = rand() % 4; i >= 0; i--)
            file[2 + (size_t)rand() % (len - 2)] = (char)rand();
        bw_source *source;
        bw_status status = open_packed(file, len, NULL, &source);
        assert_true(status == BW_OK || status == BW_INVALID);
        bw_source_free(source);
    }
}

typedef struct packed_text {
    char file[200];
    size_t len;
} packed_text;

static bw_status open_text(void *data)
{
    const packed_text *p = data;
    bw_source *source;
    bw_status status = open_packed(p->file, p->len, NULL, &source);
    bw_source_free(source);
    return status;
}

static void lack_of_memory_is_survived(void **state)
{
    (void)state;
    packed_text p;
    p.len = pack("\xFF\xFEi\0d\0", 6, p.file);
    assert_true(survives_lack_of_memory(open_text, &p, BW_OK) >= 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_follow_each_other),
        cmocka_unit_test(other_encodings_may_be_inside),
        cmocka_unit_test(the_hash_is_that_of_the_file_on_disk),
        cmocka_unit_test(a_file_cut_anywhere_is_a_fault),
        cmocka_unit_test(a_damaged_file_is_a_fault),
        cmocka_unit_test(what_follows_the_last_member_is_a_fault),
        cmocka_unit_test(nothing_is_unpacked_beyond_the_limit),
        cmocka_unit_test(a_bomb_is_refused_with_both_figures),
        cmocka_unit_test(random_damage_never_crashes),
        cmocka_unit_test(lack_of_memory_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
