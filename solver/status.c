/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text for statuses, outcomes and stops, from the lists that make the enums. */
#include "bw/status.h"

#define TEXT(name, text) text,
static const char *const status_texts[] = {BW_STATUS_LIST(TEXT)};
static const char *const outcome_texts[] = {BW_OUTCOME_LIST(TEXT)};
static const char *const stop_texts[] = {BW_STOP_LIST(TEXT)};

const char *bw_status_text(bw_status status)
{
    return (unsigned)status < BW_N_STATUS ? status_texts[status] : "?";
}

const char *bw_outcome_text(bw_outcome outcome)
{
    return (unsigned)outcome < BW_N_OUTCOMES ? outcome_texts[outcome] : "?";
}

const char *bw_stop_text(bw_stop stop)
{
    return (unsigned)stop < BW_N_STOPS ? stop_texts[stop] : "?";
}
