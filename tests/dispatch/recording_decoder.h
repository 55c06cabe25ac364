/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decoders whose GL is the recorders, hand-written host functions included. */
#ifndef TRIREME_TESTS_DISPATCH_RECORDING_DECODER_H
#define TRIREME_TESTS_DISPATCH_RECORDING_DECODER_H

#include "tests/dispatch/loopback.h"

struct loopback *recording_loopback(void);
/* One whose replies go nowhere. */
struct gl_decoder *recording_decoder(void);

#endif
