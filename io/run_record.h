/* SPDX-License-Identifier: GPL-3.0-or-later */
/** run.json in the folder of a plan that `bailiwick compare` made: from what it
 * came, so that it need not be made again, and the figures of the comparison
 * that no other file of the folder has. */
#ifndef BW_RUN_RECORD_H
#define BW_RUN_RECORD_H

#include "digest.h"
#include "job.h"
#include "json.h"

/**
 * What decides a plan, as one hash: the scenario with its settings as it would
 * be written into `folder` (the SHA-256 of every input among it), the version
 * of the program, and the SHA-256 of the plan that it starts from (NULL: none).
 * The job must be loaded. The same whatever the times of files, and wherever
 * the program runs from. BW_NOMEM, BW_IO.
 */
bw_status bw_run_fingerprint(const bw_job *job, const char *folder,
                             const char *start, char hex[BW_DIGEST_ROOM]);

/** A JSON file of the folder of a plan; NULL where there is none that can be
 * read. */
bw_json *bw_run_read(const char *dir, const char *name);

/** Whether the plan in `dir` came from the same, was not interrupted, and has
 * all its files as they were written. */
bool bw_run_is_kept(const char *dir, const char *fingerprint);

/** Writes run.json beside the plan's other files, which must be there. */
bw_status bw_run_record(const bw_job *job, const char *fingerprint,
                        bw_out_dir *out);

#endif
