/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Every command: the call that reaches the host's function equals the call that was made. */
#include <criterion/criterion.h>

#include "tests/dispatch/recorder.h"
#include "tests/dispatch/recording_decoder.h"

/* Calls `call` and fails the test with the command's name if the host saw something else. */
static void check_call(struct loopback *l, const struct recorder_call *call,
                       enum recorder_mode mode, uint64_t seed)
{
    recorder_start(mode, seed);
    call->call(&l->encoder);
    loopback_drain(l);
    cr_assert_null(l->error, "%s: %s", call->name, l->error ? l->error->message : "");
    if (call->guarded && (mode == RECORDER_NEGATIVE || mode == RECORDER_LONG)) {
        return;
    }
    const char *wrong = recorder_verdict();
    cr_assert_null(wrong, "%s, mode %d, seed %lu: %s", call->name, mode, (unsigned long)seed,
                   wrong);
    cr_assert(!call->tracked || recorder_tracked == 1, "%s: not tracked", call->name);
}

static void check_all(enum recorder_mode mode, unsigned rounds)
{
    struct loopback *l = recording_loopback();
    for (unsigned round = 1; round <= rounds; round++) {
        for (size_t i = 0; i < GL_OP_COUNT; i++) {
            check_call(l, &recorder_calls[i], mode, round * 7919 + i);
        }
    }
    cr_assert_gt(gl_decoder_commands(l->decoder), 1000);
    loopback_destroy(l);
}

Test(gl_calls, arrive_as_they_were_made)
{
    check_all(RECORDER_NORMAL, 8);
}

/* The GL has to see a negative count to report it, and reads nothing then. */
Test(gl_calls, with_negative_counts_carry_no_payload)
{
    check_all(RECORDER_NEGATIVE, 2);
}

Test(gl_calls, with_null_out_pointers)
{
    check_all(RECORDER_NO_OUT, 1);
}

/* 64 KiB of ring take records of 16 KiB: most payloads here go in CHUNKs. */
Test(gl_calls, with_payloads_larger_than_the_ring)
{
    check_all(RECORDER_LONG, 1);
}
