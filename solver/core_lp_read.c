/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the last solve of the relaxation says, back in money and measures. */
#include "core_lp.h"

#include <assert.h>
#include <math.h>

double bw_core_lp_value(const bw_core_lp *core)
{
    double scale = core->cost_free ? 1 : core->cost_scale;
    return (bw_mip_objective(core->mip) + core->fixed_cost) * scale;
}

double bw_core_lp_outside(const bw_core_lp *core)
{
    double most = 0;
    for (int32_t w = 0; w < core->n_windows; w++) {
        if (isinf(core->view->least[w]))
            most = fmax(most, bw_mip_value(core->mip, 2 * w));
        if (isinf(core->view->most[w]))
            most = fmax(most, bw_mip_value(core->mip, 2 * w + 1));
    }
    return most;
}

void bw_core_lp_prices(const bw_core_lp *core, double *price)
{
    for (int32_t w = 0; w < core->n_windows; w++) {
        double scale = bw_core_lp_scale(core, w);
        price[w] = -bw_mip_row_dual(core->mip, w) / scale;
        if (!core->cost_free)
            price[w] *= core->cost_scale;
    }
    bw_view_clamp(core->view, price);
}

double bw_core_lp_unit(const bw_core_lp *core, int32_t unit)
{
    assert(core->row[unit] >= 0);
    double dual = bw_mip_row_dual(core->mip, core->row[unit]);
    return core->cost_free ? dual : dual * core->cost_scale;
}
