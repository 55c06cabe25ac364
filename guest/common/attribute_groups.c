/* SPDX-License-Identifier: MIT */
#include "guest/common/attribute_groups.h"

#include <stdint.h>
#include <stdlib.h>

#include "guest/common/attribute_items.h"

struct value {
    uint16_t item, n;
    GLbitfield groups; /* it is in all of these */
    struct attribute_data data;
};

/* In the order of the table, which is that of writing. */
struct attribute_values {
    unsigned count, capacity;
    struct value *values;
};

unsigned attribute_version(const char *string)
{
    return string && string[0] && string[1] && string[2]
               ? (unsigned)(string[0] - '0') * 10 + (unsigned)(string[2] - '0')
               : 0;
}

static bool add(struct attribute_values *values, const struct value *value)
{
    if (values->count == values->capacity) {
        unsigned capacity = values->capacity ? values->capacity * 2 : 64;
        struct value *larger = realloc(values->values, capacity * sizeof *larger);
        if (!larger) {
            return false;
        }
        values->values = larger;
        values->capacity = capacity;
    }
    values->values[values->count++] = *value;
    return true;
}

/* Reads one item; false: out of memory. */
static bool read_item(struct attribute_values *values, const struct attribute_access *access,
                      unsigned number, GLbitfield groups)
{
    const struct attribute_item *item = &attribute_items[number];
    if (item->version > access->version || !(item->groups & groups)) {
        return true;
    }
    const unsigned count = item->count(access);
    for (unsigned n = 0; n < count; n++) {
        struct value value = {.item = (uint16_t)number,
                              .n = (uint16_t)n,
                              .groups = item->groups_of ? item->groups_of(n) : item->groups};
        if (!(value.groups & groups)) {
            continue;
        }
        item->read(access, n, &value.data);
        if (!value.data.absent && !add(values, &value)) {
            return false;
        }
    }
    return true;
}

static unsigned selected_unit(const struct attribute_access *access)
{
    GLint unit = GL_TEXTURE0;
    if (access->version >= 13) {
        trireme_glGetIntegerv(GL_ACTIVE_TEXTURE, &unit);
    }
    return (unsigned)(unit - GL_TEXTURE0);
}

struct attribute_values *attribute_values_read(const struct attribute_access *access,
                                               GLbitfield groups)
{
    struct attribute_values *values = calloc(1, sizeof *values);
    const unsigned unit = selected_unit(access);
    bool enough = values != NULL;
    for (unsigned i = 0; enough && i < attribute_item_count; i++) {
        if (i == attribute_first_selector) {
            attribute_select_unit(access, unit);
        }
        enough = read_item(values, access, i, groups);
    }
    attribute_select_unit(access, unit);
    if (!enough) {
        attribute_values_free(values);
        values = NULL;
    }
    return values;
}

/* Those from `begin` on whose item is below `end`; the first one that is not. */
static unsigned write_items(const struct attribute_access *access,
                            const struct attribute_values *values, unsigned begin, unsigned end)
{
    unsigned i = begin;
    for (; i < values->count && values->values[i].item < end; i++) {
        const struct value *value = &values->values[i];
        const struct attribute_item *item = &attribute_items[value->item];
        if (item->version <= access->version) {
            item->write(access, value->n, &value->data);
        }
    }
    return i;
}

void attribute_values_write(const struct attribute_access *access,
                            const struct attribute_values *values)
{
    /* Positions of lights, planes for clipping and texture coordinates are kept in the eye's
     * coordinates, and would be transformed once more. */
    const unsigned unit = selected_unit(access);
    GLdouble model[16];
    GLint mode = GL_MODELVIEW;
    trireme_glGetIntegerv(GL_MATRIX_MODE, &mode);
    trireme_glGetDoublev(GL_MODELVIEW_MATRIX, model);
    trireme_glMatrixMode(GL_MODELVIEW);
    trireme_glLoadIdentity();
    unsigned next = write_items(access, values, 0, attribute_first_selector);
    trireme_glMatrixMode(GL_MODELVIEW);
    trireme_glLoadMatrixd(model);
    trireme_glMatrixMode((GLenum)mode);
    attribute_select_unit(access, unit);
    write_items(access, values, next, attribute_item_count);
}

static bool precedes(const struct value *a, const struct value *b)
{
    return a->item < b->item || (a->item == b->item && a->n < b->n);
}

struct attribute_values *attribute_values_merge(const struct attribute_values *older,
                                                const struct attribute_values *newer,
                                                GLbitfield groups)
{
    static const struct attribute_values none;
    const struct attribute_values *a = older ? older : &none, *b = newer ? newer : &none;
    struct attribute_values *merged = calloc(1, sizeof *merged);
    bool enough = merged != NULL;
    for (unsigned i = 0, j = 0; enough && (i < a->count || j < b->count);) {
        if (j < b->count && !(b->values[j].groups & groups)) {
            j++;
        } else if (j == b->count || (i < a->count && precedes(&a->values[i], &b->values[j]))) {
            enough = add(merged, &a->values[i++]);
        } else {
            i += i < a->count && !precedes(&b->values[j], &a->values[i]);
            enough = add(merged, &b->values[j++]);
        }
    }
    if (!enough) {
        attribute_values_free(merged);
        merged = NULL;
    }
    return merged;
}

void attribute_values_drop_names(struct attribute_values *values, bool shares_objects,
                                 bool same_buffers)
{
    unsigned count = 0;
    for (unsigned i = 0; i < values->count; i++) {
        const struct attribute_data *data = &values->values[i].data;
        if ((shares_objects || !data->names_object) && (same_buffers || !data->names_buffer)) {
            values->values[count++] = values->values[i];
        }
    }
    values->count = count;
}

void attribute_values_free(struct attribute_values *values)
{
    if (values) {
        free(values->values);
        free(values);
    }
}
