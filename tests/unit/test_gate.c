/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outliers against a slow median, exceptions and loads of today by hand. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "gate.h"
#include "load_case.h"

#define REPS "id,capacity\nR1,10\nR2,10\nR3,10\n"
#define EQUAL                                                                  \
    "<balance measure='accounts' target='equal' tolerance='10%' "              \
    "over-cost='1'/>\n"

typedef struct gate_case {
    load_case *loaded;
    bw_instance *instance;
    bw_gate *gate;
} gate_case;

static gate_case gate_of(const char *body, const char *accounts,
                         const char *pairs)
{
    gate_case g = {.loaded = case_good(body, accounts, REPS, pairs)};
    assert_int_equal(
        bw_instance_new(g.loaded->problem, g.loaded->diags, &g.instance),
        BW_OK);
    assert_int_equal(bw_gate_new(g.loaded->problem, g.instance, true, &g.gate),
                     BW_OK);
    return g;
}

static void end(gate_case *g)
{
    bw_gate_free(g->gate);
    bw_instance_free(g->instance);
    case_close(g->loaded);
}

/* The lower one of two in the middle: so many are smaller, or equal and
 * earlier. */
static double slow_median(const bw_problem *p, const int32_t *segment,
                          int32_t of)
{
    const double *revenue = p->accounts.revenue;
    int32_t n = 0;
    for (int32_t a = 0; a < p->accounts.n; a++)
        n += segment[a] == of && revenue[a] > 0;
    for (int32_t a = 0; a < p->accounts.n; a++) {
        int32_t before = 0;
        if (segment[a] != of || !(revenue[a] > 0))
            continue;
        for (int32_t b = 0; b < p->accounts.n; b++)
            before += segment[b] == of && revenue[b] > 0 &&
                      (revenue[b] < revenue[a] ||
                       (revenue[b] == revenue[a] && b < a));
        if (before == (n - 1) / 2)
            return revenue[a];
    }
    return INFINITY;
}

static void outliers_are_a_thousand_times_their_segment_s_median(void **state)
{
    (void)state;
    uint64_t random = 3;
    int found = 0;
    for (int round = 0; round < 60; round++) {
        char accounts[4096];
        int n = snprintf(accounts, sizeof accounts, "id,kind,revenue\n");
        for (int i = 0; i < 60; i++) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            unsigned draw = (unsigned)(random >> 40);
            n += snprintf(accounts + n, sizeof accounts - (size_t)n,
                          "A%d,%u,%u%s\n", i, draw % 3, draw / 3 % 90,
                          draw % 7 == 0 ? "000"
                          : draw % 5    ? ""
                                        : "00");
        }
        gate_case g = gate_of(
            FILES
            "<segments><segment name='A' where='$kind = 0'/><segment "
            "name='B' where='$kind = 1'/><segment name='C'/></segments>" EQUAL,
            accounts, NULL);
        const bw_problem *p = g.loaded->problem;
        int32_t next = 0;
        for (int32_t a = 0; a < p->accounts.n; a++) {
            double median =
                slow_median(p, g.instance->segment, g.instance->segment[a]);
            if (!(p->accounts.revenue[a] > 1000 * median))
                continue;
            assert_true(next < g.gate->n_outliers);
            assert_int_equal(g.gate->outlier[next].account, a);
            assert_true(g.gate->outlier[next].median == median);
            next++;
        }
        assert_int_equal(next, g.gate->n_outliers);
        found += next;
        end(&g);
    }
    assert_true(found > 20);
}

static void what_most_accounts_are_bound_by_is_no_exception(void **state)
{
    (void)state;
    static const char accounts[] =
        "id,kind,owner\nA,x,R1\nB,y,R1\nC,x,R2\nD,x,\nE,x,R9\nF,x,\n";
    gate_case g =
        gate_of(FILES "<pairs file='pairs.csv'/><rules>"
                      "<lock account='A' rep='R1'/>"
                      "<forbid where=\"$kind = 'y'\" rep='R2'/>"
                      "<forbid where=\"$kind = 'x'\" rep='R3'/></rules>" EQUAL,
                accounts, "account,rep,allowed,cost\nC,R1,no,\nD,R1,,5\n");
    /* A by its lock, B by the rule, C by its pair; not D, whose pair only has
     * a cost, and not all five by the last rule. */
    assert_int_equal(g.gate->excepted, 3);
    end(&g);
}

static void owners_are_held_against_their_bands(void **state)
{
    (void)state;
    gate_case g = gate_of(
        FILES "<balance measure='workload' target='equal' tolerance='50%' "
              "over-cost='1'/>" EQUAL,
        "id,hours,owner\nA,10,R1\nB,2,R2\nC,4,R2\nD,5,\nE,3,R3\n", NULL);
    /* 24 hours, 4 to 12 a rep; 5 accounts, 1.5 to 1.8333 a rep. */
    const bw_owner_today *owner = g.gate->owner;
    assert_int_equal(g.gate->unowned, 1);
    assert_int_equal(owner[1].accounts, 2);
    assert_int_equal(g.gate->load[0], bw_quanta(10));
    assert_int_equal(g.gate->load[2], bw_quanta(6));
    assert_int_equal(owner[0].outside, 1U << 1);
    assert_int_equal(owner[1].outside, 1U << 1);
    assert_int_equal(owner[2].outside, 1U << 0 | 1U << 1);
    end(&g);
}

static void exceptions_are_many_among_many(void **state)
{
    (void)state;
    for (int n = 19; n <= 21; n++) { /* 4 of 19, 4 of 20 and 5 of 21 */
        char accounts[400] = "id,kind\n";
        for (int i = 0; i < n; i++)
            sprintf(accounts + strlen(accounts), "A%d,%c\n", i,
                    i < (n == 21 ? 5 : 4) ? 'x' : 'y');
        gate_case g = gate_of(FILES "<rules><forbid where=\"$kind = 'x'\" "
                                    "rep='R1'/></rules>" EQUAL,
                              accounts, NULL);
        const bw_problem *p = g.loaded->problem;
        assert_int_equal(g.gate->excepted, n == 21 ? 5 : 4);
        assert_int_equal(bw_gate_excepts_many(p, g.gate, false), n == 21);
        assert_int_equal(bw_gate_excepts_many(p, g.gate, true), n != 20);
        end(&g);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(outliers_are_a_thousand_times_their_segment_s_median),
        cmocka_unit_test(what_most_accounts_are_bound_by_is_no_exception),
        cmocka_unit_test(owners_are_held_against_their_bands),
        cmocka_unit_test(exceptions_are_many_among_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
