/* SPDX-License-Identifier: MIT */
/* What attribute_groups.c reads and writes: a table of state variables. */
#ifndef TRIREME_GUEST_ATTRIBUTE_ITEMS_H
#define TRIREME_GUEST_ATTRIBUTE_ITEMS_H

#include "guest/common/attribute_groups.h"

/* What is known of one variable; each item uses what it needs of it. */
struct attribute_data {
    bool absent;                     /* it has no value that could be copied */
    bool names_object, names_buffer; /* attribute_access's shares_objects, same_buffers */
    union {
        struct {
            GLint i[6];
            GLfloat f[8];
            GLdouble d[4];
        };
        GLubyte bytes[128];
    };
};

/* A variable, or as many as there are lights, units and the like. */
struct attribute_item {
    GLbitfield groups;
    unsigned version; /* the least that has it */
    unsigned (*count)(const struct attribute_access *access);
    /* The groups of one of them, where they are not the same for all; NULL: they are. */
    GLbitfield (*groups_of)(unsigned n);
    void (*read)(const struct attribute_access *access, unsigned n, struct attribute_data *v);
    void (*write)(const struct attribute_access *access, unsigned n,
                  const struct attribute_data *v);
};

extern const struct attribute_item attribute_items[];
extern const unsigned attribute_item_count;
/* From here on come those that decide what the writing of others means. */
extern const unsigned attribute_first_selector;

/* Where a context has no other units, nothing happens. */
void attribute_select_unit(const struct attribute_access *access, unsigned unit);

/* False until the context has been current to a drawable. */
bool attribute_has_viewport(void);

/* attribute_buffers.c */
void attribute_read_draw_buffer(const struct attribute_access *access, struct attribute_data *v);
void attribute_read_read_buffer(const struct attribute_access *access, struct attribute_data *v);
void attribute_write_draw_buffer(const struct attribute_access *access,
                                 const struct attribute_data *v);
void attribute_write_read_buffer(const struct attribute_access *access,
                                 const struct attribute_data *v);

/* attribute_raster.c */
void attribute_read_raster(struct attribute_data *v);
void attribute_write_raster(const struct attribute_access *access, const struct attribute_data *v);
void attribute_read_stipple(const struct attribute_access *access, GLubyte *pattern);
void attribute_write_stipple(const struct attribute_access *access, const GLubyte *pattern);

#endif
