/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What contexts did between two looks of top_servers_ask(), as a table for people or as JSON. A
 * context that the first look did not see counts from its beginning. */
#ifndef TRIREME_TOP_TABLE_H
#define TRIREME_TOP_TABLE_H

#include <glib.h>

/* To be freed; a line for each context of `after`, below a heading. */
char *top_table_text(const GArray *before, const GArray *after);

/* To be freed; an array of objects, and a newline. Rates are of a second; what is a part of the
 * thread's time is between 0 and 1. */
char *top_table_json(const GArray *before, const GArray *after);

#endif
