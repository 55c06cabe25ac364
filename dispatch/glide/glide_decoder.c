/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/glide_decoder.h"

#include "dispatch/glide/glide_decoder_private.h"
#include "ring/shared_memory.h"

struct glide_decoder {
    const struct glide_backend *backend;
    void *board;
    uint64_t max_payload_bytes;
    glide_reply *reply;
    void *reply_data;
    GByteArray *answer;
    uint8_t *copy; /* of the bytes behind a record's fixed part, TRIREME_RECORD_MAX of them */
    uint64_t commands;
};

G_DEFINE_QUARK(glide - decoder - error - quark, glide_decoder_error)

struct glide_decoder *glide_decoder_create(const struct glide_backend *backend, void *board,
                                           uint64_t max_payload_bytes, glide_reply *reply,
                                           void *data)
{
    struct glide_decoder *decoder = g_new0(struct glide_decoder, 1);
    decoder->backend = backend;
    decoder->board = board;
    decoder->max_payload_bytes = max_payload_bytes;
    decoder->reply = reply;
    decoder->reply_data = data;
    decoder->answer = g_byte_array_new();
    decoder->copy = g_malloc(TRIREME_RECORD_MAX);
    return decoder;
}

void glide_decoder_destroy(struct glide_decoder *decoder)
{
    if (decoder) {
        decoder->backend->destroy(decoder->board);
        g_byte_array_unref(decoder->answer);
        g_free(decoder->copy);
        g_free(decoder);
    }
}

uint64_t glide_decoder_commands(const struct glide_decoder *decoder)
{
    return decoder->commands;
}

static const struct glide_command *find_command(uint16_t opcode)
{
    unsigned number = (opcode & ~TRIREME_OPCODE_CHUNKED) - GLIDE_FIRST_OPCODE;
    return number < GLIDE_COMMANDS ? &glide_commands[number] : NULL;
}

const char *glide_command_name(uint16_t opcode)
{
    const struct glide_command *command = find_command(opcode);
    return command ? command->name : NULL;
}

/* Header, arguments, and the size of the bytes that follow, if some do. */
static uint32_t fixed_bytes(const struct glide_command *command)
{
    uint32_t words = 1u + command->arguments + (command->data ? 1 : 0);
    return (4 * words + TRIREME_RECORD_UNIT - 1) & ~(TRIREME_RECORD_UNIT - 1);
}

/* NULL, or what is wrong with the record's size and its CHUNKs. */
static const char *check_record(const struct glide_decoder *decoder,
                                const struct glide_command *command, struct trireme_record header,
                                const struct chunk_assembler *chunks)
{
    const uint32_t bytes = header.units * TRIREME_RECORD_UNIT, fixed = fixed_bytes(command);
    bool chunked = header.opcode & TRIREME_OPCODE_CHUNKED;
    if (bytes < fixed || (bytes > fixed && (chunked || !command->data))) {
        return "the record has a wrong size";
    }
    if (chunked && !command->data) {
        return "the command has no payload";
    }
    if (chunked &&
        !(chunk_assembler_complete(chunks) && chunks->total <= decoder->max_payload_bytes)) {
        return "its payload has not come";
    }
    return !chunked && chunks->total > 0 ? "another command's payload came before" : NULL;
}

/* The command's bytes, in private memory; NULL: there are fewer than it says. */
static const void *find_data(struct glide_decoder *decoder, struct trireme_record header,
                             const uint8_t *record, uint32_t fixed,
                             const struct chunk_assembler *chunks, uint32_t size)
{
    uint32_t room = header.units * TRIREME_RECORD_UNIT - fixed;
    if (header.opcode & TRIREME_OPCODE_CHUNKED) {
        return size <= chunks->total ? chunks->bytes : NULL;
    }
    if (size > room) {
        return NULL;
    }
    ring_copy_once(decoder->copy, record + fixed, size);
    return decoder->copy;
}

static bool wrong(GError **error, const char *name, const char *why)
{
    g_set_error(error, glide_decoder_error_quark(), 0, "%s: %s", name, why);
    return false;
}

bool glide_decoder_execute(struct glide_decoder *decoder, struct trireme_record header,
                           const uint8_t *record, struct chunk_assembler *chunks, GError **error)
{
    const struct glide_command *command = find_command(header.opcode);
    uint32_t words[1 + GLIDE_MOST_ARGUMENTS + 1] = {0};
    const void *data = NULL;
    uint32_t size = 0;
    if (!command) {
        return wrong(error, "Glide", "no such opcode");
    }
    const char *why = check_record(decoder, command, header, chunks);
    if (why) {
        return wrong(error, command->name, why);
    }
    ring_copy_once(words, record, 4u * (1u + command->arguments + (command->data ? 1 : 0)));
    if (command->data) {
        size = words[1 + command->arguments];
        data = find_data(decoder, header, record, fixed_bytes(command), chunks, size);
        if (!data) {
            return wrong(error, command->name, "fewer bytes than it says");
        }
    }
    g_byte_array_set_size(decoder->answer, 0);
    decoder->commands++;
    decoder->backend->handlers[command - glide_commands](decoder->board, words + 1, data, size,
                                                         command->reply ? decoder->answer : NULL);
    if (header.opcode & TRIREME_OPCODE_CHUNKED) {
        chunk_assembler_reset(chunks);
    }
    if (command->reply) {
        decoder->reply(decoder->reply_data, header.opcode, decoder->answer->data,
                       decoder->answer->len);
    }
    return true;
}
