/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters by tables over the blocks that names of companies are written in.
 * Normalisation in the sense of Unicode would need its tables, and find few
 * companies more. */
#include "fold.h"

#include <stddef.h>
#include <string.h>

static const char blank[] = " ", nothing[] = "";

/* U+00C0 .. U+017F; "." stands for what is no letter. */
static const char *const european[] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e", "e", "e",  "e", "i", "i",
    "i", "i", "d",  "n",  "o", "o", "o",  "o",  "o", ".", "o",  "u", "u", "u",
    "u", "y", "th", "ss", "a", "a", "a",  "a",  "a", "a", "ae", "c", "e", "e",
    "e", "e", "i",  "i",  "i", "i", "d",  "n",  "o", "o", "o",  "o", "o", ".",
    "o", "u", "u",  "u",  "u", "y", "th", "y",  "a", "a", "a",  "a", "a", "a",
    "c", "c", "c",  "c",  "c", "c", "c",  "c",  "d", "d", "d",  "d", "e", "e",
    "e", "e", "e",  "e",  "e", "e", "e",  "e",  "g", "g", "g",  "g", "g", "g",
    "g", "g", "h",  "h",  "h", "h", "i",  "i",  "i", "i", "i",  "i", "i", "i",
    "i", "i", "ij", "ij", "j", "j", "k",  "k",  "k", "l", "l",  "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n", "n", "n",  "n", "n", "n",
    "o", "o", "o",  "o",  "o", "o", "oe", "oe", "r", "r", "r",  "r", "r", "r",
    "s", "s", "s",  "s",  "s", "s", "s",  "s",  "t", "t", "t",  "t", "t", "t",
    "u", "u", "u",  "u",  "u", "u", "u",  "u",  "u", "u", "u",  "u", "w", "w",
    "y", "y", "y",  "z",  "z", "z", "z",  "z",  "z", "s"};

enum {
    EUROPEAN = 0xC0,
    EUROPEAN_END = EUROPEAN + sizeof european / sizeof *european,
    PINYIN = 0x1A0, /* and the comma below of Romanian */
    VIETNAMESE = 0x1E00
};

/* U+01A0 .. U+0233 and U+1E00 .. U+1EFF; "?" stays as it is. */
static const char pinyin[] =
    "oo?????????????uu????????????????????????????aaiioouuuuuuuuuu?aa"
    "aa????ggkkoooo??j???gg??nnaa????aaaaeeeeiiiioooorrrruuuusstt??hh"
    "??????aaeeooooooooyy";
static const char vietnamese[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
    "mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
    "wwwwwwwwwwxxxxyyzzzzzzhtwyasss?daaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
    "eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

/* Greek letters with accents and the final sigma; small Cyrillic letters whose
 * mark may as well be a character of its own. */
static const uint16_t marked[][2] = {
    {0x386, 0x3B1}, {0x388, 0x3B5}, {0x389, 0x3B7}, {0x38A, 0x3B9},
    {0x38C, 0x3BF}, {0x38E, 0x3C5}, {0x38F, 0x3C9}, {0x390, 0x3B9},
    {0x3AA, 0x3B9}, {0x3AB, 0x3C5}, {0x3AC, 0x3B1}, {0x3AD, 0x3B5},
    {0x3AE, 0x3B7}, {0x3AF, 0x3B9}, {0x3B0, 0x3C5}, {0x3C2, 0x3C3},
    {0x3CA, 0x3B9}, {0x3CB, 0x3C5}, {0x3CC, 0x3BF}, {0x3CD, 0x3C5},
    {0x3CE, 0x3C9}, {0x439, 0x438}, {0x450, 0x435}, {0x451, 0x435},
    {0x453, 0x433}, {0x457, 0x456}, {0x45C, 0x43A}, {0x45D, 0x438},
    {0x45E, 0x443}};

typedef struct range {
    uint32_t first, last;
} range;

/* Marks above and below letters, of Arabic and of other scripts that leave
 * them out at will, and characters of no width. */
static const range dropped[] = {
    {0xAD, 0xAD},     {0x300, 0x36F},   {0x591, 0x5BD},   {0x5BF, 0x5C7},
    {0x610, 0x61A},   {0x640, 0x640},   {0x64B, 0x65F},   {0x670, 0x670},
    {0x200B, 0x200F}, {0x2018, 0x2019}, {0x202A, 0x202E}, {0x2060, 0x206F},
    {0x20D0, 0x20FF}, {0x2120, 0x2120}, {0x2122, 0x2122}, {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF}};

/* Signs, blanks and punctuation, of East Asia too. */
static const range between[] = {
    {0x80, 0xBF},     {0xD7, 0xD7},     {0xF7, 0xF7},     {0x37E, 0x37E},
    {0x387, 0x387},   {0x589, 0x58A},   {0x5BE, 0x5BE},   {0x60C, 0x60C},
    {0x61B, 0x61B},   {0x61F, 0x61F},   {0x964, 0x965},   {0x2000, 0x206F},
    {0x3000, 0x3003}, {0x3008, 0x3011}, {0x3014, 0x301F}, {0x30FB, 0x30FB},
    {0xFF5F, 0xFF65}};

static bool is_in(uint32_t letter, const range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (letter >= ranges[i].first && letter <= ranges[i].last)
            return true;
    return false;
}

static const char *one(char letter, char room[BW_FOLD_ROOM])
{
    room[0] = letter;
    room[1] = '\0';
    return room;
}

/* From a table where "?" stays as it is. */
static const char *listed(char letter, char room[BW_FOLD_ROOM])
{
    return letter == '?' ? NULL : one(letter, room);
}

/* Of two bytes: Greek and Cyrillic. */
static const char *two(uint32_t letter, char room[BW_FOLD_ROOM])
{
    room[0] = (char)(0xC0 | letter >> 6);
    room[1] = (char)(0x80 | (letter & 0x3F));
    room[2] = '\0';
    return room;
}

static uint32_t lower(uint32_t letter)
{
    if ((letter >= 0x391 && letter <= 0x3A9) ||
        (letter >= 0x410 && letter <= 0x42F))
        return letter + 0x20;
    if (letter >= 0x400 && letter <= 0x40F)
        return letter + 0x50;
    if (letter >= 0x531 && letter <= 0x556) /* Armenian */
        return letter + 0x30;
    bool pairs = (letter >= 0x460 && letter <= 0x481) ||
                 (letter >= 0x48A && letter <= 0x4BF) ||
                 (letter >= 0x4D0 && letter <= 0x52F);
    return pairs ? letter | 1 : letter;
}

static uint32_t unmarked(uint32_t letter)
{
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++)
        if (marked[i][0] == letter)
            return marked[i][1];
    return letter;
}

const char *bw_fold(uint32_t letter, char room[BW_FOLD_ROOM])
{
    if (is_in(letter, dropped, sizeof dropped / sizeof *dropped))
        return nothing;
    if (is_in(letter, between, sizeof between / sizeof *between))
        return blank;
    if (letter >= EUROPEAN && letter < EUROPEAN_END)
        return european[letter - EUROPEAN];
    if (letter >= PINYIN && letter < PINYIN + sizeof pinyin - 1)
        return listed(pinyin[letter - PINYIN], room);
    if (letter == 0x1E9E)
        return "ss";
    if (letter == 0x18F) /* Azerbaijani */
        return "\xC9\x99";
    if (letter >= VIETNAMESE && letter < VIETNAMESE + sizeof vietnamese - 1)
        return listed(vietnamese[letter - VIETNAMESE], room);
    if (letter >= 0xFF01 && letter <= 0xFF5E) /* as wide as Chinese */
        return one((char)(letter - 0xFF01 + '!'), room);
    if (letter >= 0x370 && letter < 0x590)
        return two(unmarked(lower(letter)), room);
    return NULL;
}
