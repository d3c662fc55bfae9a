/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for messages. */
#include "words.h"

#include <string.h>

enum {
    LONGEST_WORD = 48, /* longer ones are not guessed at */
    LONGEST_LIST = 40
};

const char *bw_words_short(const char *text, char out[BW_SHORT])
{
    size_t len = strlen(text);
    size_t room = BW_SHORT - sizeof "...";
    size_t kept = len < BW_SHORT ? len : room;
    /* Bytes 10xxxxxx go on with a character that began before the cut. */
    while (len >= BW_SHORT && kept &&
           ((unsigned char)text[kept] & 0xc0) == 0x80)
        kept--;
    for (size_t i = 0; i < kept; i++)
        out[i] = text[i];
    for (size_t i = 0; i < kept; i++)
        if (out[i] == '\n' || out[i] == '\r' || out[i] == '\t')
            out[i] = ' ';
    if (kept < len) {
        memcpy(out + kept, "...", 3);
        kept += 3;
    }
    out[kept] = '\0';
    return out;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

size_t bw_lower(const char *text, size_t len, char *out)
{
    for (size_t i = 0; i < len; i++)
        out[i] = (char)lower(text[i]);
    out[len] = '\0';
    return len;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: as Levenshtein's distance, and two neighbours
 * swapped count as one step. */
static int distance(const char *a, const char *b)
{
    int cost[LONGEST_WORD + 1][LONGEST_WORD + 1];
    int n = (int)strlen(a), m = (int)strlen(b);
    for (int i = 0; i <= n; i++)
        cost[i][0] = i;
    for (int j = 0; j <= m; j++)
        cost[0][j] = j;
    for (int i = 1; i <= n; i++) {
        for (int j = 1; j <= m; j++) {
            int same = lower(a[i - 1]) == lower(b[j - 1]);
            int step = least(cost[i - 1][j], cost[i][j - 1]) + 1;
            cost[i][j] = least(step, cost[i - 1][j - 1] + !same);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[n][m];
}

void bw_guess_try(bw_guess *guess, const char *candidate)
{
    size_t n = strlen(guess->word), m = strlen(candidate);
    if (n == 0 || n > LONGEST_WORD || m > LONGEST_WORD)
        return;
    int apart = distance(guess->word, candidate);
    if (apart > (int)((n > m ? n : m) / 3))
        return;
    if (guess->best && guess->distance <= apart)
        return;
    guess->best = candidate;
    guess->distance = apart;
}

void bw_list_add(bw_list *list, const char *name)
{
    if (list->n++ > LONGEST_LIST)
        return;
    if (list->n > 1)
        bw_buf_text(&list->text, ", ");
    char shown[BW_SHORT];
    bw_buf_text(&list->text, list->n > LONGEST_LIST
                                 ? "and more"
                                 : bw_words_short(name, shown));
}

const char *bw_list_text(const bw_list *list)
{
    return list->text.text ? list->text.text : "none";
}

void bw_list_free(bw_list *list)
{
    bw_buf_free(&list->text);
}
