/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances on the sphere. Shared by the solver and by its judge, so that both
 * round the same distance to the same quantum. */
#include "bw/geo.h"

#include <math.h>

static const double radians_per_degree = 0.017453292519943295769;

bool bw_point_known(bw_point point)
{
    return fabs(point.lat_deg) <= 90 && fabs(point.lon_deg) <= 180;
}

bw_vec bw_geo_vec(bw_point point)
{
    double lat = point.lat_deg * radians_per_degree;
    double lon = point.lon_deg * radians_per_degree;
    return (bw_vec){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
}

double bw_geo_km(bw_vec a, bw_vec b)
{
    double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z;
    double half_chord = 0.5 * sqrt(x * x + y * y + z * z);
    return 2 * BW_EARTH_RADIUS_KM * asin(half_chord < 1 ? half_chord : 1);
}
