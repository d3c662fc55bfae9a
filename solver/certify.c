/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plan takes over prices and what they prove. */
#include "bw/plan.h"

#include "bound.h"

#include <string.h>

bw_status bw_plan_certify(bw_plan *plan, const int64_t *price, int threads)
{
    bw_wide bound;
    bw_status status = bw_bound_exact(plan->instance, price, threads, &bound);
    if (status != BW_OK)
        return status;
    size_t n_prices = (size_t)bw_instance_prices(plan->instance);
    if (n_prices && plan->certificate.price != price)
        memcpy(plan->certificate.price, price,
               n_prices * sizeof *plan->certificate.price);
    plan->bound_certified = bound;
    if (plan->bound < bound)
        plan->bound = bound;
    return BW_OK;
}
