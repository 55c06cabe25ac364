/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/shader_cache.h"

#include "dispatch/glide/shader_writer.h"

#include <epoxy/gl.h>
#include <gio/gio.h>
#include <string.h>

/* A program has a few dozen; one that makes more starts over. */
#define MOST_PROGRAMS 512

static guint key_hash(gconstpointer key)
{
    const uint8_t *bytes = key;
    guint hash = 2166136261u;
    for (size_t i = 0; i < sizeof(struct shader_key); i++) {
        hash = (hash ^ bytes[i]) * 16777619u;
    }
    return hash;
}

static gboolean key_equal(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, sizeof(struct shader_key)) == 0;
}

static void program_destroy(gpointer name)
{
    glDeleteProgram(GPOINTER_TO_UINT(name));
}

uint32_t shader_compile(uint32_t type, const char *text, GError **error)
{
    uint32_t shader = glCreateShader(type);
    GLint compiled;
    glShaderSource(shader, 1, &text, NULL);
    glCompileShader(shader);
    glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
    if (!compiled) {
        char log[1024] = "";
        glGetShaderInfoLog(shader, sizeof log, NULL, log);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "a Glide shader does not compile: %s",
                    log);
        glDeleteShader(shader);
        return 0;
    }
    return shader;
}

uint32_t shader_link(uint32_t vertex, uint32_t fragment, GError **error)
{
    uint32_t program = glCreateProgram();
    GLint linked;
    glAttachShader(program, vertex);
    glAttachShader(program, fragment);
    glLinkProgram(program);
    glGetProgramiv(program, GL_LINK_STATUS, &linked);
    if (!linked) {
        char log[1024] = "";
        glGetProgramInfoLog(program, sizeof log, NULL, log);
        g_set_error(error, G_IO_ERROR, G_IO_ERROR_FAILED, "a Glide shader does not link: %s", log);
        glDeleteProgram(program);
        return 0;
    }
    return program;
}

bool shader_cache_init(struct shader_cache *cache, GError **error)
{
    g_autofree char *text = shader_write_vertex();
    cache->programs = g_hash_table_new_full(key_hash, key_equal, g_free, program_destroy);
    cache->vertex = shader_compile(GL_VERTEX_SHADER, text, error);
    return cache->vertex != 0;
}

void shader_cache_finish(struct shader_cache *cache)
{
    g_clear_pointer(&cache->programs, g_hash_table_destroy);
    glDeleteShader(cache->vertex);
}

static uint32_t make_program(struct shader_cache *cache, const struct shader_key *key,
                             GError **error)
{
    g_autofree char *text = shader_write_fragment(key);
    uint32_t fragment = shader_compile(GL_FRAGMENT_SHADER, text, error);
    if (!fragment) {
        return 0;
    }
    uint32_t program = shader_link(cache->vertex, fragment, error);
    glDeleteShader(fragment);
    if (!program) {
        return 0;
    }
    glUseProgram(program);
    glUniform1i(glGetUniformLocation(program, "tmu0"), BINDING_TMU0);
    glUniform1i(glGetUniformLocation(program, "tmu1"), BINDING_TMU1);
    glUniform1i(glGetUniformLocation(program, "lfb_color"), BINDING_LFB_COLOR);
    glUniform1i(glGetUniformLocation(program, "lfb_depth"), BINDING_LFB_DEPTH);
    GLuint block = glGetUniformBlockIndex(program, "Uniforms");
    if (block != GL_INVALID_INDEX) {
        glUniformBlockBinding(program, block, 0);
    }
    return program;
}

uint32_t shader_cache_get(struct shader_cache *cache, const struct shader_key *key)
{
    gpointer found;
    if (g_hash_table_lookup_extended(cache->programs, key, NULL, &found)) {
        return GPOINTER_TO_UINT(found);
    }
    g_autoptr(GError) error = NULL;
    uint32_t program = make_program(cache, key, &error);
    if (!program) {
        g_warning("%s", error->message);
    }
    if (g_hash_table_size(cache->programs) >= MOST_PROGRAMS) {
        g_hash_table_remove_all(cache->programs);
    }
    g_hash_table_insert(cache->programs, g_memdup2(key, sizeof *key), GUINT_TO_POINTER(program));
    return program;
}
