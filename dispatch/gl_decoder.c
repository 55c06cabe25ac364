/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/gl_decoder.h"

#include <EGL/egl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "dispatch/gl_call.h"
#include "dispatch/gl_debug_output.h"
#include "gl_extensions.h"
#include "ring/shared_memory.h"

#define DEFAULT_MAX_PAYLOAD (UINT64_C(256) << 20)
/* 4.4 brings persistent maps, which need memory that guest and GPU share. */
#define DEFAULT_MAX_VERSION (4u << 8 | 3)

G_DEFINE_QUARK(gl - decoder - error - quark, gl_decoder_error)

static void *resolve(const char *name)
{
    return (void *)eglGetProcAddress(name);
}

/* "4.5 (Compatibility Profile) Mesa …" → 0x405; 0: not a desktop GL version. */
static uint32_t parse_version(const char *text)
{
    unsigned major, minor;
    if (!text || sscanf(text, "%u.%u", &major, &minor) != 2 || major > 255 || minor > 255) {
        return 0;
    }
    return major << 8 | minor;
}

/* The context's version, profile and extensions. */
static bool ask_context(struct gl_decoder *d, GError **error)
{
    const GLubyte *(*get_string)(GLenum) = resolve("glGetString");
    const GLubyte *(*get_stringi)(GLenum, GLuint) = resolve("glGetStringi");
    void (*get_integerv)(GLenum, GLint *) = resolve("glGetIntegerv");

    d->version = get_string ? parse_version((const char *)get_string(GL_VERSION)) : 0;
    if (d->version == 0 || !get_integerv) {
        g_set_error(error, GL_DECODER_ERROR, GL_DECODER_ERROR_CONTEXT,
                    "no desktop OpenGL context is current");
        return false;
    }
    if (d->version >= 0x302) {
        GLint profile = 0;
        get_integerv(GL_CONTEXT_PROFILE_MASK, &profile);
        d->core_profile = profile & GL_CONTEXT_CORE_PROFILE_BIT;
    }
    if (d->version >= 0x300 && get_stringi) {
        GLint count = 0;
        get_integerv(GL_NUM_EXTENSIONS, &count);
        for (GLint i = 0; i < count; i++) {
            const char *name = (const char *)get_stringi(GL_EXTENSIONS, (GLuint)i);
            if (name) {
                g_hash_table_add(d->extensions, g_strdup(name));
            }
        }
    } else {
        g_auto(GStrv) names = g_strsplit((const char *)get_string(GL_EXTENSIONS), " ", -1);
        for (char **name = names; *name; name++) {
            g_hash_table_add(d->extensions, g_strdup(*name));
        }
    }
    return true;
}

static bool has_extension(const void *data, const char *name)
{
    return gl_decoder_has_extension(data, name);
}

static void load_functions(struct gl_decoder *d)
{
    const struct gl_context_abilities abilities = {
        .version = MIN(d->version, d->limits.max_version),
        .core_profile = d->core_profile,
        .has_extension = has_extension,
        .data = d,
    };
    gl_functions_load(&d->functions, &abilities, resolve);
}

static struct gl_decoder *new_decoder(const struct gl_decoder_ops *ops, void *data,
                                      const struct gl_limits *limits)
{
    struct gl_decoder *d = g_new0(struct gl_decoder, 1);
    d->gl = &d->functions;
    d->ops = ops;
    d->data = data;
    d->limits = *limits;
    if (d->limits.max_payload_bytes == 0) {
        d->limits.max_payload_bytes = DEFAULT_MAX_PAYLOAD;
    }
    if (d->limits.max_version == 0) {
        d->limits.max_version = DEFAULT_MAX_VERSION;
    }
    d->extensions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    d->scratch = g_ptr_array_new_with_free_func(free);
    gl_share_init(&d->own_share);
    d->share = &d->own_share;
    d->dirty = ~0u;
    return d;
}

struct gl_decoder *gl_decoder_create(const struct gl_decoder_ops *ops, void *data,
                                     const struct gl_limits *limits, GError **error)
{
    struct gl_decoder *d = new_decoder(ops, data, limits);
    if (!ask_context(d, error)) {
        gl_decoder_destroy(d);
        return NULL;
    }
    load_functions(d);
    gl_host_state_create(d);
    return d;
}

struct gl_decoder *gl_decoder_create_with(const struct gl_decoder_ops *ops, void *data,
                                          const struct gl_limits *limits,
                                          const struct gl_functions *functions)
{
    struct gl_decoder *d = new_decoder(ops, data, limits);
    d->functions = *functions;
    d->version = d->limits.max_version;
    gl_host_state_create(d);
    return d;
}

void gl_decoder_destroy(struct gl_decoder *d)
{
    if (!d) {
        return;
    }
    if (d->host) {
        gl_host_state_destroy(d);
    }
    g_hash_table_unref(d->extensions);
    g_ptr_array_unref(d->scratch);
    gl_share_finish(&d->own_share);
    g_free(d->copy.bytes);
    g_free(d->reply.bytes);
    g_free(d->probe[0].bytes);
    g_free(d->probe[1].bytes);
    g_free(d->broken);
    g_free(d);
}

bool gl_decoder_has_extension(const struct gl_decoder *d, const char *name)
{
    return g_hash_table_contains(d->extensions, name);
}

void gl_decoder_break(struct gl_decoder *d, const char *format, ...)
{
    va_list args;
    if (d->broken) {
        return;
    }
    va_start(args, format);
    d->broken = g_strdup_vprintf(format, args);
    va_end(args);
}

void *gl_decoder_scratch(struct gl_decoder *d, uint64_t bytes)
{
    void *memory = bytes <= d->limits.max_payload_bytes ? calloc(1, bytes + 16) : NULL;
    if (!memory) {
        gl_decoder_set_error(d, GL_OUT_OF_MEMORY);
        return NULL;
    }
    g_ptr_array_add(d->scratch, memory);
    return memory;
}

const char *gl_command_name(uint16_t opcode)
{
    opcode &= (uint16_t)~TRIREME_OPCODE_CHUNKED;
    return opcode >= GL_OP_FIRST && opcode < GL_OP_FIRST + GL_OP_COUNT
               ? gl_command_names[opcode - GL_OP_FIRST]
               : NULL;
}

bool gl_extension_carried(const char *name)
{
    const struct gl_extension *extension = gl_extension_find(name);
    return extension && extension->carried;
}

void gl_decoder_mute(struct gl_decoder *d)
{
    gl_debug_output_mute(d->debug);
}

void gl_decoder_unmute(struct gl_decoder *d)
{
    gl_debug_output_unmute(d->debug);
}

uint64_t gl_decoder_commands(const struct gl_decoder *d)
{
    return d->commands;
}

void gl_decoder_set_robustness(struct gl_decoder *d, const struct gl_robustness *robustness)
{
    d->robustness = *robustness;
}

void gl_decoder_set_default_framebuffer(struct gl_decoder *d,
                                        const struct gl_default_framebuffer *framebuffer)
{
    d->default_framebuffer = *framebuffer;
}

void gl_decoder_share(struct gl_decoder *d, struct gl_share *share)
{
    d->share = share;
}

/* A private copy of `bytes` bytes of the record. */
static const uint8_t *copy_record(struct gl_decoder *d, const uint8_t *record, size_t bytes)
{
    if (d->copy.capacity < bytes) {
        d->copy.capacity = bytes < 4096 ? 4096 : TRIREME_RECORD_MAX;
        g_free(d->copy.bytes);
        d->copy.bytes = g_malloc0(d->copy.capacity);
    }
    ring_copy_once(d->copy.bytes, record, bytes);
    return d->copy.bytes;
}

/* Where the payloads are: behind the fixed part, or in what the CHUNKs brought. */
static bool find_payloads(struct gl_decoder *d, struct gl_call *call, uint32_t bytes,
                          const struct gl_command *command, const uint8_t *record,
                          const struct chunk_assembler *chunks)
{
    uint32_t fixed = command->units * TRIREME_RECORD_UNIT;
    if (chunks) {
        if (chunks->total % 8 != 0 || chunks->total > d->limits.max_payload_bytes) {
            gl_decoder_break(d, "%s: payloads of %" PRIu64 " bytes", gl_command_name(call->opcode),
                             chunks->total);
            return false;
        }
        call->fixed = copy_record(d, record, fixed);
        call->payload = chunks->bytes;
        call->left = chunks->total;
        return true;
    }
    bool in_place = command->flags & GL_COMMAND_TEXELS;
    call->fixed = copy_record(d, record, in_place ? fixed : bytes);
    call->payload = (in_place ? record : call->fixed) + fixed;
    call->left = bytes - fixed;
    return true;
}

/* A command that this context lacks. */
static bool lacking(struct gl_decoder *d, uint16_t opcode)
{
    struct gl_call call = {.decoder = d, .opcode = opcode};
    gl_decoder_set_error(d, GL_INVALID_OPERATION);
    return gl_call_skip(&call);
}

static bool decode(struct gl_decoder *d, const struct gl_command *command, uint16_t opcode,
                   uint32_t bytes, const uint8_t *record, const struct chunk_assembler *chunks)
{
    struct gl_call call = {.decoder = d, .opcode = opcode};
    if (command->flags & GL_COMMAND_SIMPLE) {
        command->simple(d, record);
        return true;
    }
    return find_payloads(d, &call, bytes, command, record, chunks) && command->decode(d, &call);
}

static bool run(struct gl_decoder *d, const struct gl_command *command, uint16_t opcode,
                uint32_t bytes, const uint8_t *record, const struct chunk_assembler *chunks)
{
    bool ok;
    d->commands++;
    if (!d->gl->all[opcode - GL_OP_FIRST] && !(command->flags & GL_COMMAND_EXTRA)) {
        return lacking(d, opcode);
    }
    if (command->touches & GL_TOUCH_BUFFERS) {
        gl_storage_change_begin(&d->share->storage);
        ok = decode(d, command, opcode, bytes, record, chunks);
        gl_storage_change_end(&d->share->storage);
    } else if (command->flags & GL_COMMAND_VERTICES && gl_host_reads_unchecked(d)) {
        gl_storage_read_begin(&d->share->storage);
        ok = decode(d, command, opcode, bytes, record, chunks);
        gl_storage_read_end(&d->share->storage);
    } else {
        ok = decode(d, command, opcode, bytes, record, chunks);
    }
    if (!ok) {
        return false;
    }
    d->dirty |= command->touches;
    if (d->scratch->len > 0) {
        g_ptr_array_set_size(d->scratch, 0);
    }
    return !d->broken;
}

/* The record's size and its CHUNKs fit the command. */
static bool check_record(struct gl_decoder *d, struct trireme_record header, uint16_t opcode,
                         const struct gl_command *command, const struct chunk_assembler *chunks)
{
    const char *name = gl_command_name(opcode);
    bool chunked = header.opcode & TRIREME_OPCODE_CHUNKED;
    uint16_t most = chunked ? command->units : command->most;

    if (header.units < command->units || (most > 0 && header.units > most)) {
        gl_decoder_break(d, "%s: the record has %u units", name, header.units);
    } else if (chunked && !(command->flags & GL_COMMAND_PAYLOADS)) {
        gl_decoder_break(d, "%s: the command has no payloads", name);
    } else if (chunked && !(chunks && chunk_assembler_complete(chunks))) {
        gl_decoder_break(d, "%s: its payloads have not come", name);
    } else if (!chunked && chunks && chunks->total > 0) {
        gl_decoder_break(d, "%s: another command's payloads came before", name);
    }
    return !d->broken;
}

bool gl_decoder_execute(struct gl_decoder *d, struct trireme_record header, const uint8_t *record,
                        struct chunk_assembler *chunks, GError **error)
{
    uint16_t opcode = header.opcode & (uint16_t)~TRIREME_OPCODE_CHUNKED;
    uint32_t bytes = header.units * TRIREME_RECORD_UNIT;

    if (opcode < GL_OP_FIRST || opcode >= GL_OP_FIRST + GL_OP_COUNT) {
        g_set_error(error, GL_DECODER_ERROR, GL_DECODER_ERROR_RECORD, "opcode %u does not exist",
                    opcode);
        return false;
    }
    const struct gl_command *command = &gl_commands[opcode - GL_OP_FIRST];
    bool chunked = header.opcode & TRIREME_OPCODE_CHUNKED;
    d->executing = opcode;
    bool done = check_record(d, header, opcode, command, chunks) &&
                run(d, command, opcode, bytes, record, chunked ? chunks : NULL);
    d->executing = 0;
    if (chunked && done) {
        chunk_assembler_reset(chunks);
    }
    if (!done) {
        g_set_error(error, GL_DECODER_ERROR, GL_DECODER_ERROR_RECORD, "%s",
                    d->broken ? d->broken : gl_command_name(opcode));
        g_clear_pointer(&d->broken, g_free);
        g_ptr_array_set_size(d->scratch, 0);
    }
    return done;
}
