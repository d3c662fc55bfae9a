/* SPDX-License-Identifier: GPL-3.0-or-later */
/** Distances on the Earth. Degrees in, kilometres out, in every signature. */
#ifndef BW_GEO_H
#define BW_GEO_H

#include <stdbool.h>

/** Mean radius of the Earth (IUGG R1), km. */
#define BW_EARTH_RADIUS_KM 6371.0088

typedef struct bw_point {
    double lat_deg; /* -90 .. 90, north positive; NaN: no place known */
    double lon_deg; /* -180 .. 180, east positive; NaN: no place known */
} bw_point;

/** A point as a vector of length 1 from the Earth's centre: x towards
 * (0, 0), y towards (0, 90 E), z towards the north pole. */
typedef struct bw_vec {
    double x, y, z;
} bw_vec;

/** True when both degrees are finite and in range. */
bool bw_point_known(bw_point point);

/** The point must be known. */
bw_vec bw_geo_vec(bw_point point);

/**
 * Great-circle distance in km on a sphere of radius BW_EARTH_RADIUS_KM.
 *
 * From the chord: 2 R asin(|a - b| / 2). That is the haversine formula
 * (R. W. Sinnott, "Virtues of the Haversine", Sky & Telescope 68(2), 1984)
 * with the trigonometry of each end done once, so a million pairs cost one
 * square root and one arcsine each; like it, and unlike the arccosine form,
 * it keeps its precision for points a few metres apart. The sphere is off by
 * at most 0.6 % against the ellipsoid, inside the road factor's own error.
 * Antipodes give pi R.
 */
double bw_geo_km(bw_vec a, bw_vec b);

#endif
