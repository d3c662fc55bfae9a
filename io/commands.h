/* SPDX-License-Identifier: GPL-3.0-or-later */
/** The subcommands. argv[0] is the command's name; the result is the exit
 * code. Each checks nothing of stdout: main does that once, at the end. */
#ifndef BW_COMMANDS_H
#define BW_COMMANDS_H

int bw_cmd_audit(int argc, char **argv);
int bw_cmd_scenario(int argc, char **argv);
int bw_cmd_plan(int argc, char **argv);
int bw_cmd_compare(int argc, char **argv);
int bw_cmd_verify(int argc, char **argv);
int bw_cmd_place(int argc, char **argv);
int bw_cmd_export(int argc, char **argv);
int bw_cmd_model(int argc, char **argv);

#endif
