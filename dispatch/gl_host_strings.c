/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings of the context, as far as Trireme carries what they promise. */
#include <stdio.h>
#include <string.h>

#include "dispatch/gl_extension_years.h"
#include "dispatch/gl_host_state.h"
#include "gl_host.h"

/* "4.5 (Core Profile) Mesa" with another number in front. */
static void append_version(GString *strings, const char *host, unsigned major, unsigned minor,
                           const char *format)
{
    size_t number = host ? strspn(host, "0123456789.") : 0;
    g_string_append_printf(strings, format, major, minor);
    if (host) {
        g_string_append(strings, host + number);
    }
    g_string_append_c(strings, '\0');
}

/* The shading language that goes with a version of the GL (its specification, chapter 1). */
static unsigned shading_language(uint32_t version)
{
    switch (version) {
    case 0x200:
        return 110;
    case 0x201:
        return 120;
    case 0x300:
        return 130;
    case 0x301:
        return 140;
    case 0x302:
        return 150;
    default:
        return (version >> 8) * 100 + (version & 0xff) * 10;
    }
}

static void append_text(GString *strings, const char *text)
{
    g_string_append(strings, text ? text : "");
    g_string_append_c(strings, '\0');
}

/* Extensions that bring no commands and that the registry does not list. */
static bool is_plain(const char *extension)
{
    static const char *const names[] = {
        "GL_ANGLE_texture_compression_dxt3", "GL_ANGLE_texture_compression_dxt5",
        "GL_ATI_texture_compression_3dc",    "GL_EXT_texture_compression_dxt1",
        "GL_EXT_texture_edge_clamp",         "GL_EXT_texture_rectangle",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (strcmp(extension, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *host_string(struct gl_decoder *d, GLenum name)
{
    return (const char *)d->gl->GetString(name);
}

static bool is_hidden(const struct gl_limits *limits, const char *name)
{
    for (char **hidden = limits->hidden_extensions; hidden && *hidden; hidden++) {
        if (g_pattern_match_simple(*hidden, name)) {
            return true;
        }
    }
    if (limits->extensions_year > 0) {
        unsigned year = gl_extension_year(name);
        return year == 0 || year > limits->extensions_year;
    }
    return false;
}

/* `start`: where the list begins. A list that is full ends with a whole name. */
static void append_extension(struct gl_decoder *d, GString *strings, gsize start, const char *name)
{
    gsize greatest = d->limits.extensions_bytes ? d->limits.extensions_bytes : G_MAXSIZE;
    if ((gl_extension_carried(name) || is_plain(name)) && !is_hidden(&d->limits, name) &&
        strings->len - start + strlen(name) <= greatest) {
        g_string_append_printf(strings, "%s ", name);
    }
}

/* In the host's order: old programs copy the beginning of the list into too small an array, so GLs
 * put the oldest extensions first. */
static void append_extensions(struct gl_decoder *d, GString *strings)
{
    gsize start = strings->len;
    if (d->core_profile) {
        GLint count = gl_host_integer(d, GL_NUM_EXTENSIONS, 0);
        for (GLint i = 0; i < count; i++) {
            const char *name = (const char *)d->gl->GetStringi(GL_EXTENSIONS, (GLuint)i);
            append_extension(d, strings, start, name);
        }
    } else {
        g_auto(GStrv) names = g_strsplit(host_string(d, GL_EXTENSIONS), " ", -1);
        for (char **name = names; *name; name++) {
            append_extension(d, strings, start, *name);
        }
    }
    if (strings->len > start) {
        g_string_truncate(strings, strings->len - 1);
    }
    g_string_append_c(strings, '\0');
}

/* Profile, vendor, renderer, version, shading language, extensions. */
void gl_host_TriremeGetStrings(struct gl_decoder *d, struct gl_result *result)
{
    g_autoptr(GString) strings = g_string_new(NULL);
    uint32_t version = MIN(d->version, d->limits.max_version);
    if (!gl_host_outside(d)) {
        gl_decoder_set_error(d, GL_INVALID_OPERATION);
        return;
    }
    append_text(strings, d->core_profile ? "core" : "");
    append_text(strings, host_string(d, GL_VENDOR));
    append_text(strings, host_string(d, GL_RENDERER));
    append_version(strings, host_string(d, GL_VERSION), version >> 8, version & 0xff, "%u.%u");
    unsigned language = shading_language(version);
    append_version(strings, version >= 0x200 ? host_string(d, GL_SHADING_LANGUAGE_VERSION) : NULL,
                   language / 100, language % 100, "%u.%02u");
    append_extensions(d, strings);
    if (result->data && strings->len <= result->capacity) {
        memcpy(result->data, strings->str, strings->len);
        result->bytes = strings->len;
    }
}

/* A string that changes, or one of a list. */
void gl_host_TriremeGetStringi(struct gl_decoder *d, GLenum name, GLuint index,
                               struct gl_result *result)
{
    const char *string = NULL;
    if (name == GL_PROGRAM_ERROR_STRING_ARB) {
        string = host_string(d, name);
    } else if (name == GL_SHADING_LANGUAGE_VERSION && d->gl->GetStringi) {
        string = (const char *)d->gl->GetStringi(name, index);
    } else {
        gl_decoder_set_error(d, GL_INVALID_ENUM);
    }
    if (string && result->data) {
        result->bytes = MIN(strlen(string) + 1, result->capacity);
        memcpy(result->data, string, result->bytes);
    }
}
