/* SPDX-License-Identifier: MIT */
/*
 * What grGetProcAddress() finds: a generated table in the order of names, ended by one without a
 * name.
 */
#ifndef TRIREME_GUEST_GLIDE_PROCEDURES_H
#define TRIREME_GUEST_GLIDE_PROCEDURES_H

typedef void glide_proc(void);

struct glide_procedure {
    const char *name;
    glide_proc *address;
};
extern const struct glide_procedure glide_procedures[];

#endif
