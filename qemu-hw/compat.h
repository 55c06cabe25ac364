/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What differs between QEMU 7.2 and QEMU 10.x, in the terms of the newer one.
 *
 * Include it after qemu/osdep.h and instead of the headers named here, which
 * moved between the two.
 */
#ifndef HW_TRIREME_COMPAT_H
#define HW_TRIREME_COMPAT_H

#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "migration/blocker.h"
#include "qapi/error.h"
#include "qemu/main-loop.h"

#if QEMU_VERSION_MAJOR >= 10

#include "hw/pci/pci_device.h"
#include "system/kvm.h"
#include "system/system.h"

typedef const Property TriremeProperty;
#define TRIREME_PROPERTIES_END

/* KVM_CAP_IOEVENTFD_ANY_LENGTH is taken for granted. */
static inline bool trireme_ioeventfd_any_length(void)
{
    return true;
}

#else

#include "hw/pci/pci.h"
#include "sysemu/kvm.h"
#include "sysemu/sysemu.h"

typedef Property TriremeProperty;
#define TRIREME_PROPERTIES_END DEFINE_PROP_END_OF_LIST(),

#define bql_lock() qemu_mutex_lock_iothread()
#define bql_unlock() qemu_mutex_unlock_iothread()
#define device_class_set_legacy_reset(dc, fn) ((dc)->reset = (fn))

static inline bool trireme_ioeventfd_any_length(void)
{
    return !kvm_enabled() || kvm_ioeventfd_any_length_enabled();
}

static inline int trireme_add_blocker(Error **reason, Error **errp)
{
    int ret = migrate_add_blocker(*reason, errp);

    if (ret < 0) {
        error_free(*reason);
        *reason = NULL;
    }
    return ret;
}

static inline void trireme_del_blocker(Error **reason)
{
    migrate_del_blocker(*reason);
    error_free(*reason);
    *reason = NULL;
}

#define migrate_add_blocker trireme_add_blocker
#define migrate_del_blocker trireme_del_blocker

#endif

/* A class's data became const in 10.1. */
#if QEMU_VERSION_MAJOR > 10 || \
    (QEMU_VERSION_MAJOR == 10 && QEMU_VERSION_MINOR >= 1)
typedef const void TriremeClassData;
#else
typedef void TriremeClassData;
#endif

#endif
