/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The PCI device: registers, memory and doorbells. See trireme.h.
 */
#include "qemu/osdep.h"
#include "qemu/cutils.h"
#include "qemu/log.h"
#include "qemu/memfd.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "trireme.h"
#include "trace.h"
#include "ring/doorbell_ring.h"
#include "ring/reader_sleep.h"

/* The guest's accesses and the server's are native, the ABI is little-endian */
QEMU_BUILD_BUG_ON(HOST_BIG_ENDIAN);

/*
 * Memory
 */

static struct trireme_window_header *trireme_window_header(TriremeState *s)
{
    return memory_region_get_ram_ptr(&s->window);
}

struct trireme_slot_page *trireme_slot_page(TriremeState *s, uint32_t slot)
{
    uint8_t *window = memory_region_get_ram_ptr(&s->window);

    return (void *)(window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

struct trireme_doorbell_slot *trireme_doorbell_slot(TriremeState *s,
                                                    uint32_t slot)
{
    return (struct trireme_doorbell_slot *)(s->shared + 1) + slot;
}

const char *trireme_id(TriremeState *s)
{
    const char *id = DEVICE(s)->id;

    return id ? id : TYPE_TRIREME;
}

/* What the device says in the window; the guest may have scribbled over it. */
static void trireme_write_header(TriremeState *s)
{
    struct trireme_window_header *header = trireme_window_header(s);

    qatomic_set(&header->version, TRIREME_ABI_VERSION);
    qatomic_set(&header->features, TRIREME_FEATURE_WAIT);
    qatomic_set(&header->slots, s->slots);
    qatomic_set(&header->window_size, (uint32_t)s->window_size);
    qatomic_set(&header->generation, s->generation);
    qatomic_set(&header->server_state, s->server_state);
    qatomic_store_release(&header->magic, TRIREME_MAGIC);
}

void trireme_set_server_state(TriremeState *s,
                              enum trireme_server_state state,
                              const char *message)
{
    struct trireme_window_header *header = trireme_window_header(s);

    strpadcpy(header->message, sizeof(header->message) - 1,
              message ? message : "", '\0');
    header->message[sizeof(header->message) - 1] = '\0';
    s->server_state = state;
    qatomic_store_release(&header->server_state, state);
}

/*
 * Generations
 */

void trireme_next_generation(TriremeState *s)
{
    s->generation++;
    qatomic_set(&s->shared->generation, s->generation);
    qatomic_set(&trireme_window_header(s)->generation, s->generation);
    trireme_wake_sleepers(s);
}

/*
 * Registers
 */

/*
 * A vCPU that is on its way into a register waits for the big lock, and the
 * device may be unplugged meanwhile.
 */
static bool trireme_is_gone(TriremeState *s)
{
    return !s->shared;
}

static bool trireme_split_address(TriremeState *s, hwaddr addr,
                                  uint32_t *slot, hwaddr *reg)
{
    hwaddr page = addr / TRIREME_PAGE;

    *reg = addr % TRIREME_PAGE;
    *slot = page - 1;
    return page >= 1 && page <= s->slots;
}

static uint64_t trireme_global_read(TriremeState *s, hwaddr addr)
{
    switch (addr) {
    case TRIREME_REG_MAGIC:
        return TRIREME_MAGIC;
    case TRIREME_REG_VERSION:
        return TRIREME_ABI_VERSION;
    case TRIREME_REG_FEATURES:
        return TRIREME_FEATURE_WAIT;
    case TRIREME_REG_SLOTS:
        return s->slots;
    case TRIREME_REG_WINDOW_SIZE:
        return s->window_size;
    case TRIREME_REG_SERVER_STATE:
        return s->server_state;
    case TRIREME_REG_GENERATION:
        return s->generation;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "trireme: read of no register 0x%"
                      HWADDR_PRIx "\n", addr);
        return 0;
    }
}

static MemTxResult trireme_read(void *opaque, hwaddr addr, uint64_t *data,
                                unsigned size, MemTxAttrs attrs)
{
    TriremeState *s = opaque;
    uint32_t slot;
    hwaddr reg;

    *data = 0;
    if (trireme_is_gone(s)) {
        *data = UINT32_MAX; /* what no device answers */
    } else if (trireme_split_address(s, addr, &slot, &reg)) {
        if (reg == TRIREME_REG_WAIT) {
            /*
             * Another device's bus-master read has no attributes. It must
             * not sleep: that device holds the lock for good reason.
             */
            *data = trireme_wait(s, slot, !attrs.unspecified);
        } else {
            qemu_log_mask(LOG_GUEST_ERROR, "trireme: read of no register 0x%"
                          HWADDR_PRIx " of slot %" PRIu32 "\n", reg, slot);
        }
    } else {
        *data = trireme_global_read(s, addr);
    }
    return MEMTX_OK;
}

static void trireme_doorbell(TriremeState *s, uint32_t slot, uint32_t position)
{
    struct trireme_doorbell_slot *shared = trireme_doorbell_slot(s, slot);

    trace_trireme_doorbell(trireme_id(s), slot, position);
    doorbell_ring_push(shared, position, get_clock());
    qatomic_set(&shared->doorbells, ++s->slot[slot].doorbells);
    event_notifier_set(&s->slot[slot].doorbell);
}

static void trireme_write(void *opaque, hwaddr addr, uint64_t value,
                          unsigned size)
{
    TriremeState *s = opaque;
    uint32_t slot;
    hwaddr reg;

    if (trireme_is_gone(s)) {
        return;
    }
    if (trireme_split_address(s, addr, &slot, &reg) &&
        reg == TRIREME_REG_DOORBELL) {
        trireme_doorbell(s, slot, value);
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "trireme: write of 0x%" PRIx64
                      " to 0x%" HWADDR_PRIx ", which is no doorbell\n",
                      value, addr);
    }
}

static const MemoryRegionOps trireme_ops = {
    .read_with_attrs = trireme_read,
    .write = trireme_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .valid = {
        .min_access_size = 4,
        .max_access_size = 4,
    },
    .impl = {
        .min_access_size = 4,
        .max_access_size = 4,
    },
};

/*
 * Life of the device
 */

static bool trireme_check_properties(TriremeState *s, Error **errp)
{
    struct trireme_control_hello hello;

    if (s->slots < 1 || s->slots > TRIREME_MAX_SLOTS) {
        error_setg(errp, "slots=%" PRIu32 " is not within 1 and %u",
                   s->slots, TRIREME_MAX_SLOTS);
        return false;
    }
    if (s->window_size < TRIREME_WINDOW_MIN ||
        s->window_size > TRIREME_WINDOW_MAX ||
        !is_power_of_2(s->window_size)) {
        error_setg(errp, "window=%" PRIu64 " is not a power of two within "
                   "%uM and %uM", s->window_size,
                   TRIREME_WINDOW_MIN >> 20, TRIREME_WINDOW_MAX >> 20);
        return false;
    }
    if (s->ring_size && (s->ring_size < TRIREME_RING_MIN ||
                         s->ring_size > TRIREME_RING_MAX ||
                         !is_power_of_2(s->ring_size))) {
        error_setg(errp, "ring-size=%" PRIu32 " is neither 0 nor a power of "
                   "two within %uK and %uM", s->ring_size,
                   TRIREME_RING_MIN >> 10, TRIREME_RING_MAX >> 20);
        return false;
    }
    if (s->wait_spin > TRIREME_WAIT_LIMIT_US) {
        error_setg(errp, "wait-spin=%" PRIu32 " is more than %u",
                   s->wait_spin, TRIREME_WAIT_LIMIT_US);
        return false;
    }
    if (s->render_node &&
        strlen(s->render_node) >= sizeof(hello.render_node)) {
        error_setg(errp, "render-node is longer than %zu bytes",
                   sizeof(hello.render_node) - 1);
        return false;
    }
    return true;
}

static int trireme_create_memfd(const char *name, size_t size, Error **errp)
{
    /* Who could truncate it would kill the VM */
    return qemu_memfd_create(name, size, false, 0,
                             F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL, errp);
}

static bool trireme_create_window(TriremeState *s, Error **errp)
{
    ERRP_GUARD();
    int fd = trireme_create_memfd("trireme-window", s->window_size, errp);

    if (fd < 0) {
        return false;
    }
    memory_region_init_ram_from_fd(&s->window, OBJECT(s), "trireme-window",
                                   s->window_size, RAM_SHARED, fd, 0, errp);
    if (*errp) {
        close(fd);
        return false;
    }
    pci_register_bar(PCI_DEVICE(s), TRIREME_PCI_BAR_WINDOW,
                     PCI_BASE_ADDRESS_SPACE_MEMORY |
                     PCI_BASE_ADDRESS_MEM_PREFETCH, &s->window);
    return true;
}

static bool trireme_create_shared(TriremeState *s, Error **errp)
{
    size_t size = TRIREME_SHARED_SIZE(s->slots);
    void *memory;

    s->shared_fd = trireme_create_memfd("trireme-shared", size, errp);
    if (s->shared_fd < 0) {
        return false;
    }
    memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                  s->shared_fd, 0);
    if (memory == MAP_FAILED) {
        error_setg_errno(errp, errno, "cannot map the doorbell memory");
        return false;
    }
    s->shared = memory;
    s->shared->magic = TRIREME_MAGIC;
    s->shared->version = TRIREME_ABI_VERSION;
    s->shared->slots = s->slots;
    return true;
}

static void trireme_destroy_shared(TriremeState *s)
{
    if (s->shared) {
        munmap(s->shared, TRIREME_SHARED_SIZE(s->slots));
        s->shared = NULL;
    }
    if (s->shared_fd >= 0) {
        close(s->shared_fd);
        s->shared_fd = -1;
    }
}

static bool trireme_create_slots(TriremeState *s, Error **errp)
{
    uint32_t i;
    int ret;

    s->slot = g_new0(TriremeSlot, s->slots);
    for (i = 0; i < s->slots; i++) {
        ret = event_notifier_init(&s->slot[i].doorbell, 0);
        if (ret < 0) {
            error_setg_errno(errp, -ret, "no eventfd for slot %" PRIu32
                             " (see ulimit -n, or take fewer slots=)", i);
            return false;
        }
    }
    return true;
}

static void trireme_destroy_slots(TriremeState *s)
{
    uint32_t i;

    for (i = 0; s->slot && i < s->slots; i++) {
        event_notifier_cleanup(&s->slot[i].doorbell);
    }
    g_free(s->slot);
    s->slot = NULL;
}

/* For each doorbell register: matches all values, with KVM in the kernel */
static void trireme_set_ioeventfds(TriremeState *s, bool enable)
{
    unsigned size = trireme_ioeventfd_any_length() ? 0 : 4;
    uint32_t i;

    memory_region_transaction_begin();
    for (i = 0; i < s->slots; i++) {
        hwaddr addr = TRIREME_SLOT_REGISTERS(i) + TRIREME_REG_DOORBELL;

        if (enable) {
            memory_region_add_eventfd(&s->registers, addr, size, false, 0,
                                      &s->slot[i].doorbell);
        } else {
            memory_region_del_eventfd(&s->registers, addr, size, false, 0,
                                      &s->slot[i].doorbell);
        }
    }
    memory_region_transaction_commit();
}

static bool trireme_uses_ioeventfd(TriremeState *s)
{
    return s->ioeventfd == ON_OFF_AUTO_ON ||
           (s->ioeventfd == ON_OFF_AUTO_AUTO && kvm_enabled());
}

static void trireme_create_registers(TriremeState *s)
{
    uint64_t size = pow2ceil(TRIREME_SLOT_REGISTERS(s->slots));

    memory_region_init_io(&s->registers, OBJECT(s), &trireme_ops, s,
                          "trireme-registers", size);
    /*
     * WAIT lets go of the lock, and other virtual CPUs use the registers
     * meanwhile. Nothing here calls back into the device.
     */
    s->registers.disable_reentrancy_guard = true;
    pci_register_bar(PCI_DEVICE(s), TRIREME_PCI_BAR_REGISTERS,
                     PCI_BASE_ADDRESS_SPACE_MEMORY, &s->registers);
    if (trireme_uses_ioeventfd(s)) {
        trireme_set_ioeventfds(s, true);
    }
}

/*
 * The state of the programs' contexts is the host driver's, nothing can carry
 * it. Whether there are contexts only the server knows, so an idle device
 * blocks migration, too.
 */
static bool trireme_block_migration(TriremeState *s, Error **errp)
{
    error_setg(&s->migration_blocker, "%s: the OpenGL contexts of the guest's "
               "programs cannot leave this host; unplug the device first "
               "(device_del)", trireme_id(s));
    return migrate_add_blocker(&s->migration_blocker, errp) >= 0;
}

static void trireme_realize(PCIDevice *pdev, Error **errp)
{
    TriremeState *s = TRIREME(pdev);

    if (!trireme_check_properties(s, errp)) {
        return;
    }
    if (!trireme_block_migration(s, errp)) {
        return;
    }
    if (!trireme_create_slots(s, errp) ||
        !trireme_create_shared(s, errp) ||
        !trireme_create_window(s, errp)) {
        trireme_destroy_shared(s);
        trireme_destroy_slots(s);
        migrate_del_blocker(&s->migration_blocker);
        return;
    }
    if (g_get_num_processors() < 2) {
        s->wait_spin = 0; /* what is waited for needs this core */
    }
    trireme_create_registers(s);
    trireme_write_header(s);
    reader_sleep_register();
    trace_trireme_realize(trireme_id(s), s->slots, s->window_size,
                          trireme_uses_ioeventfd(s));
    trireme_server_start(s);
}

static void trireme_exit(PCIDevice *pdev)
{
    TriremeState *s = TRIREME(pdev);

    trace_trireme_unrealize(trireme_id(s));
    trireme_server_stop(s);
    trireme_drain_sleepers(s);
    if (trireme_uses_ioeventfd(s)) {
        trireme_set_ioeventfds(s, false);
    }
    trireme_destroy_shared(s);
    trireme_destroy_slots(s);
    migrate_del_blocker(&s->migration_blocker);
}

static void trireme_reset(DeviceState *dev)
{
    TriremeState *s = TRIREME(dev);

    trireme_next_generation(s);
    trireme_write_header(s);
    trace_trireme_reset(trireme_id(s), s->generation);
    trireme_server_reset(s);
}

static void trireme_init(Object *obj)
{
    TriremeState *s = TRIREME(obj);

    s->shared_fd = -1;
    s->server.fd = -1;
}

static TriremeProperty trireme_properties[] = {
    DEFINE_PROP_UINT32("slots", TriremeState, slots, 64),
    DEFINE_PROP_SIZE("window", TriremeState, window_size,
                     TRIREME_WINDOW_DEFAULT),
    DEFINE_PROP_SIZE32("ring-size", TriremeState, ring_size, 0),
    DEFINE_PROP_ON_OFF_AUTO("ioeventfd", TriremeState, ioeventfd,
                            ON_OFF_AUTO_AUTO),
    DEFINE_PROP_UINT32("wait-spin", TriremeState, wait_spin, 200),
    DEFINE_PROP_STRING("server", TriremeState, server_path),
    DEFINE_PROP_STRING("render-node", TriremeState, render_node),
    TRIREME_PROPERTIES_END
};

static const struct {
    const char *property, *text;
} trireme_descriptions[] = {
    { "slots", "How many sessions and contexts the guest's programs can have "
      "open at once (1 to 256)" },
    { "window", "Memory shared with the guest: rings and finished frames "
      "(a power of two, 4M to 1G)" },
    { "ring-size", "Size of a context's command ring unless its program asks "
      "for another (a power of two, 16K to 16M; 0: the server decides)" },
    { "wait-spin", "How many microseconds a virtual CPU looks for an answer "
      "before it sleeps, where the host has several cores (0 to 500)" },
    { "ioeventfd", "Let the kernel carry doorbells to the server (auto: with "
      "KVM)" },
    { "server", "The trireme program, or the socket of a running `trireme "
      "server` (default: $TRIREME_SERVER, else `trireme` beside QEMU, else in "
      "$PATH)" },
    { "render-node", "The GPU to draw with, such as /dev/dri/renderD128 "
      "(default: EGL's surfaceless platform decides)" },
};

static void trireme_class_init(ObjectClass *class, TriremeClassData *data)
{
    DeviceClass *dc = DEVICE_CLASS(class);
    PCIDeviceClass *k = PCI_DEVICE_CLASS(class);
    size_t i;

    k->realize = trireme_realize;
    k->exit = trireme_exit;
    k->vendor_id = TRIREME_PCI_VENDOR;
    k->device_id = TRIREME_PCI_DEVICE;
    k->revision = TRIREME_ABI_MAJOR;
    k->class_id = PCI_CLASS_DISPLAY_OTHER;
    dc->desc = "Trireme: the guest's OpenGL on the host's";
    device_class_set_legacy_reset(dc, trireme_reset);
    device_class_set_props(dc, trireme_properties);
    set_bit(DEVICE_CATEGORY_DISPLAY, dc->categories);
    for (i = 0; i < ARRAY_SIZE(trireme_descriptions); i++) {
        object_class_property_set_description(
            class, trireme_descriptions[i].property,
            trireme_descriptions[i].text);
    }
}

static const TypeInfo trireme_info = {
    .name = TYPE_TRIREME,
    .parent = TYPE_PCI_DEVICE,
    .instance_size = sizeof(TriremeState),
    .instance_init = trireme_init,
    .class_init = trireme_class_init,
    .interfaces = (InterfaceInfo[]) {
        { INTERFACE_CONVENTIONAL_PCI_DEVICE },
        { },
    },
};

static void trireme_register_types(void)
{
    type_register_static(&trireme_info);
}
type_init(trireme_register_types)
