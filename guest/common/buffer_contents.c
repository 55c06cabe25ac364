/* SPDX-License-Identifier: MIT */
#include "guest/common/buffer_contents.h"

#include "guest/common/buffer_objects.h"

/* What the table of names says. */
static char generated, found, written_by_gl;

void buffer_contents_generated(struct buffer_contents *contents, GLsizei n, const GLuint *names)
{
    for (GLsizei i = 0; i < n; i++) {
        if (names[i])
            name_table_set(&contents->names, names[i], &generated);
    }
}

void buffer_contents_found(struct buffer_contents *contents, GLuint name)
{
    name_table_set(&contents->names, name, &found);
}

bool buffer_contents_has_name(const struct buffer_contents *contents, GLuint name)
{
    return name_table_get(&contents->names, name);
}

static void drop(struct buffer_contents *contents, unsigned i)
{
    struct buffer_mapping *mapping = contents->kept[i];
    if (mapping) {
        contents->kept[i] = NULL;
        contents->bytes -= (size_t)mapping->held;
        buffer_mapping_destroy(mapping);
    }
}

/* The place in `kept`; -1: nothing is kept of the buffer. */
static int find(const struct buffer_contents *contents, GLuint name)
{
    for (unsigned i = 0; contents->bytes && i < BUFFER_CONTENTS_KEPT; i++) {
        if (contents->kept[i] && contents->kept[i]->name == name)
            return (int)i;
    }
    return -1;
}

static void forget_name(struct buffer_contents *contents, GLuint name)
{
    int i = find(contents, name);
    if (i >= 0)
        drop(contents, (unsigned)i);
}

static void forget_all(struct buffer_contents *contents)
{
    for (unsigned i = 0; i < BUFFER_CONTENTS_KEPT; i++)
        drop(contents, i);
}

void buffer_contents_bound(struct buffer_contents *contents, unsigned place, GLuint name,
                           bool certain, bool written)
{
    const void *known = name ? name_table_get(&contents->names, name) : &generated;
    if (certain && known)
        contents->uncertain &= ~(1u << place);
    else
        contents->uncertain |= 1u << place;
    if (written && name) {
        forget_name(contents, name);
        if (!name_table_set(&contents->names, name, &written_by_gl))
            name_table_remove(&contents->names, name);
    }
}

void buffer_contents_forget(struct buffer_contents *contents, unsigned place, GLuint name)
{
    if (contents->uncertain >> place & 1)
        forget_all(contents);
    else if (name)
        forget_name(contents, name);
}

void buffer_contents_deleted(struct buffer_contents *contents, GLuint name)
{
    forget_name(contents, name);
    name_table_remove(&contents->names, name);
}

bool buffer_contents_certain(const struct buffer_contents *contents, unsigned place, GLuint name)
{
    return !(contents->uncertain >> place & 1) &&
           name_table_get(&contents->names, name) == &generated;
}

void buffer_contents_keep(struct buffer_contents *contents, struct buffer_mapping *mapping)
{
    size_t length = (size_t)mapping->held;
    if (length > BUFFER_CONTENTS_BYTES) {
        buffer_mapping_destroy(mapping);
        return;
    }
    forget_name(contents, mapping->name);
    for (unsigned i = 0; contents->bytes + length > BUFFER_CONTENTS_BYTES; i++)
        drop(contents, (contents->next + i) % BUFFER_CONTENTS_KEPT);
    drop(contents, contents->next);
    contents->kept[contents->next] = mapping;
    contents->bytes += length;
    contents->next = (contents->next + 1) % BUFFER_CONTENTS_KEPT;
}

struct buffer_mapping *buffer_contents_take(struct buffer_contents *contents, GLuint name,
                                            GLintptr offset, GLsizeiptr length)
{
    int i = find(contents, name);
    if (i < 0)
        return NULL;
    struct buffer_mapping *mapping = contents->kept[i];
    if (offset < mapping->held_offset || offset - mapping->held_offset > mapping->held ||
        length > mapping->held - (offset - mapping->held_offset))
        return NULL;
    contents->kept[i] = NULL;
    contents->bytes -= (size_t)mapping->held;
    return mapping;
}

void buffer_contents_finish(struct buffer_contents *contents)
{
    forget_all(contents);
    name_table_finish(&contents->names, NULL);
}
