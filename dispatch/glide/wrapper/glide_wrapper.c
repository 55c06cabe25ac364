/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "dispatch/glide/wrapper/glide_wrapper.h"

#include <dlfcn.h>

#include "dispatch/glide/wrapper/glide_wrapper_private.h"

G_DEFINE_QUARK(glide - wrapper - error - quark, glide_wrapper_error)

/* Some context has a library: there is one for the whole process, whatever it is. */
static int in_use;

static bool fail(GError **error, const char *path, const char *why)
{
    g_set_error(error, glide_wrapper_error_quark(), 0, "%s: %s", path, why);
    return false;
}

static bool is_of_version(const struct glide_wrapper *wrapper, enum glide_call_version version)
{
    return version == GLIDE_CALL_ALL || version == (wrapper->glide3 ? GLIDE_CALL_3 : GLIDE_CALL_2);
}

static void **place_of(struct glide_wrapper *wrapper, const struct glide_wrapper_symbol *symbol)
{
    return (void **)((char *)&wrapper->calls + symbol->offset);
}

static bool find_functions(struct glide_wrapper *wrapper, void *library, const char *path,
                           GError **error)
{
    wrapper->glide3 = dlsym(library, "grVertexLayout") != NULL;
    for (const struct glide_wrapper_symbol *symbol = glide_wrapper_symbols; symbol->name;
         symbol++) {
        void **place = place_of(wrapper, symbol);
        if (!is_of_version(wrapper, symbol->version)) {
            continue;
        }
        *place = dlsym(library, symbol->name);
        if (!*place) {
            g_autofree char *why = g_strdup_printf("it has no %s", symbol->name);
            return fail(error, path, why);
        }
    }
    return true;
}

static void find_extensions(struct glide_wrapper *wrapper)
{
    for (const struct glide_wrapper_symbol *symbol = glide_wrapper_symbols;
         wrapper->glide3 && symbol->name; symbol++) {
        if (symbol->version == GLIDE_CALL_EXTENSION) {
            *place_of(wrapper, symbol) = wrapper->calls.grGetProcAddress(symbol->name);
        }
    }
}

static bool load(struct glide_wrapper *wrapper, const char *path, GError **error)
{
    /* Libraries that use OpenGL do not expect to be unloaded. */
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library) {
        const char *why = dlerror();
        g_set_error_literal(error, glide_wrapper_error_quark(), 0, why ? why : path);
        return false;
    }
    bool found = find_functions(wrapper, library, path, error);
    dlclose(library);
    return found;
}

struct glide_wrapper *glide_wrapper_create(const char *path, uint32_t units, float gamma,
                                           GError **error)
{
    struct glide_wrapper *wrapper = g_new0(struct glide_wrapper, 1);
    wrapper->units = units;
    wrapper->gamma_option = gamma;
    if (!load(wrapper, path, error)) {
        g_free(wrapper);
        return NULL;
    }
    if (!g_atomic_int_compare_and_exchange(&in_use, 0, 1)) {
        fail(error, path, "another context has it");
        g_free(wrapper);
        return NULL;
    }
    wrapper->calls.grGlideInit();
    wrapper->calls.grSstSelect(0);
    find_extensions(wrapper);
    return wrapper;
}

void glide_wrapper_destroy(struct glide_wrapper *wrapper)
{
    if (wrapper) {
        glide_wrapper_close(wrapper);
        wrapper->calls.grGlideShutdown();
        g_free(wrapper);
        g_atomic_int_set(&in_use, 0);
    }
}

static void destroy(void *board)
{
    glide_wrapper_destroy(board);
}

const struct glide_backend glide_wrapper_backend = {glide_wrapper_handlers, destroy};

const struct glide_wrapper_calls *glide_wrapper_open_calls(const struct glide_wrapper *wrapper)
{
    return wrapper->open ? &wrapper->calls : NULL;
}

const struct glide_wrapper_calls *glide_wrapper_unit_calls(const struct glide_wrapper *wrapper,
                                                           uint32_t tmu)
{
    return tmu < wrapper->units ? glide_wrapper_open_calls(wrapper) : NULL;
}
