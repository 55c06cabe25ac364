/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A guest without an operating system, for what the qtest protocol cannot show: virtual CPUs that
 * sleep in WAIT, alone, beside another one that uses the device, and while the device is reset or
 * taken away. The kernel command line names the test; results go to QEMU's debug port.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ring/abi.h"

void guest_main(const uint32_t *multiboot_info);
void second_main(void);

#define NEVER UINT32_MAX /* fake_server.c: a doorbell that is not completed */
#define TRAMPOLINE 0x8000u
#define LOCAL_APIC 0xfee00000u
/* The ACPI PCI hot-plug registers of QEMU's pc machine. */
#define HOTPLUG_SELECT 0xae10
#define HOTPLUG_DOWN 0xae04
#define HOTPLUG_EJECT 0xae08

extern const uint8_t second_start[], second_start_end[];

static volatile uint8_t *registers;
static uint8_t *window;
static uint32_t pci_slot;

/* What the second processor says of itself: odd while it is in its n/2-th WAIT. */
static volatile uint32_t second_phase;
static volatile bool second_runs, second_stops, second_rings, second_saw_unplug;

static void out8(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void out32(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static uint32_t in32(uint16_t port)
{
    uint32_t value;
    __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static void say(const char *text)
{
    while (*text) {
        out8(0xe9, (uint8_t)*text++);
    }
}

static void say_number(const char *name, uint32_t number)
{
    char digits[11];
    char *digit = digits + 10;
    *digit = '\0';
    do {
        *--digit = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    say(" ");
    say(name);
    say("=");
    say(digit);
}

static uint32_t read_register(uint32_t offset)
{
    return *(volatile uint32_t *)(registers + offset);
}

static uint32_t wait_register(uint32_t slot)
{
    return read_register(TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_WAIT);
}

static void ring(uint32_t slot, uint32_t position)
{
    *(volatile uint32_t *)(registers + TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_DOORBELL) =
        position;
}

static volatile struct trireme_slot_page *slot_page(uint32_t slot)
{
    return (volatile struct trireme_slot_page *)(window + TRIREME_SLOT_PAGE_OFFSET(slot));
}

static uint32_t config_address(uint32_t device, uint32_t offset)
{
    return 0x80000000u | device << 11 | offset;
}

static uint32_t config_read(uint32_t device, uint32_t offset)
{
    out32(0xcf8, config_address(device, offset));
    return in32(0xcfc);
}

/* The firmware has given addresses to the BARs and switched them on. */
static bool find_device(void)
{
    for (uint32_t device = 0; device < 32; device++) {
        if (config_read(device, 0) == (TRIREME_PCI_DEVICE << 16 | TRIREME_PCI_VENDOR)) {
            pci_slot = device;
            registers = (volatile uint8_t *)(config_read(device, 0x10) & ~15u);
            window = (uint8_t *)(config_read(device, 0x18) & ~15u);
            return true;
        }
    }
    return false;
}

static void wait_for_server(void)
{
    while (read_register(TRIREME_REG_SERVER_STATE) != TRIREME_SERVER_RUNNING) {
    }
}

static void start_second(void)
{
    volatile uint32_t *command = (volatile uint32_t *)(LOCAL_APIC + 0x300);
    volatile uint32_t *target = (volatile uint32_t *)(LOCAL_APIC + 0x310);
    for (size_t i = 0; i < (size_t)(second_start_end - second_start); i++) {
        ((volatile uint8_t *)TRAMPOLINE)[i] = second_start[i];
    }
    *target = 1u << 24;
    *command = 0x4500; /* INIT */
    for (int i = 0; i < 100000; i++) {
        in32(0xcfc);
    }
    *command = 0x4600 | TRAMPOLINE >> 12; /* start-up */
    while (!second_runs) {
    }
}

void second_main(void)
{
    second_runs = true;
    while (!second_stops) {
        if (second_rings) {
            for (int i = 0; i < 100; i++) {
                ring(1, 0);
            }
        } else {
            slot_page(1)->wait_for = slot_page(1)->completions;
            second_phase++;
            wait_register(1);
            second_phase++;
        }
        if (read_register(TRIREME_REG_MAGIC) != TRIREME_MAGIC) {
            second_saw_unplug = true;
            return;
        }
    }
}

/* Rings, then waits in the register until each ring is completed, after `delay` microseconds. */
static void test_echo(uint32_t rounds, uint32_t delay)
{
    volatile struct trireme_slot_page *page = slot_page(2);
    uint32_t waits = 0;
    page->tail = delay;
    for (uint32_t i = 0; i < rounds; i++) {
        uint32_t seen = page->completions;
        page->wait_for = seen;
        ring(2, delay);
        while (wait_register(2) == seen) {
            waits++;
        }
        if (page->completions != seen + 1) {
            say("echo wrong\n");
            return;
        }
    }
    say("echo ok");
    say_number("rounds", rounds);
    say_number("timeouts", waits);
    say("\n");
}

/* Nobody completes: each WAIT comes back all the same. Those of the second half are noted. */
static void test_timeout(void)
{
    volatile struct trireme_slot_page *page = slot_page(0);
    uint32_t wrong = 0;
    page->wait_for = page->completions;
    for (int i = 0; i < 20; i++) {
        page->noting = i >= 10;
        wait_register(0);
    }
    for (uint32_t i = 0; i < 10; i++) {
        volatile struct trireme_note *note = &page->notes[i];
        uint64_t length = note->end - note->begin;
        wrong += note->sequence != i + 1 || note->kind != TRIREME_NOTE_WAIT || note->begin == 0 ||
                 length < 400000 || length > 10000000000;
    }
    say("timeout ok");
    say_number("notes", page->notes_written);
    say_number("wrong", wrong);
    say("\n");
}

/* The first processor uses the device while the second sleeps in WAIT. */
static void test_beside(void)
{
    uint32_t beside = 0, wrong = 0, completed = 0;
    volatile struct trireme_slot_page *page = slot_page(0);
    start_second();
    page->tail = 0;
    /* Many reads fall into one WAIT of 500 µs, unless the sleeper kept the lock. */
    while (second_phase < 400) {
        uint32_t phase = second_phase, seen = page->completions;
        wrong += read_register(TRIREME_REG_MAGIC) != TRIREME_MAGIC;
        wrong += read_register(TRIREME_REG_SERVER_STATE) != TRIREME_SERVER_RUNNING;
        ring(0, 1);
        beside += (phase & 1) && second_phase == phase;
        page->wait_for = seen;
        while (wait_register(0) == seen) {
        }
        completed++;
    }
    second_stops = true;
    say("beside");
    say_number("accesses", beside);
    say_number("wrong", wrong);
    say_number("completed", completed);
    say("\n");
}

/* Waits until the machine is reset; the next boot runs the same test. */
static void test_reset(void)
{
    start_second();
    say("waiting");
    say_number("generation", read_register(TRIREME_REG_GENERATION));
    say("\n");
    slot_page(0)->wait_for = slot_page(0)->completions;
    for (;;) {
        wait_register(0);
    }
}

/*
 * The first processor ejects the device while the second sleeps in WAIT, or (`rings`) while it
 * rings without end, and so mostly waits for QEMU's lock on its way into the register.
 */
static void test_unplug(bool rings)
{
    second_rings = rings;
    start_second();
    say("waiting\n");
    out32(HOTPLUG_SELECT, 0);
    while (!(in32(HOTPLUG_DOWN) & 1u << pci_slot)) {
    }
    while (!rings && !(second_phase & 1)) {
    }
    out32(HOTPLUG_EJECT, 1u << pci_slot);
    while (!second_saw_unplug) {
    }
    say(config_read(pci_slot, 0) == UINT32_MAX ? "unplugged\n" : "still there\n");
}

static bool asked_for(const char *command_line, const char *test)
{
    for (; *command_line; command_line++) {
        size_t i = 0;
        while (test[i] && command_line[i] == test[i]) {
            i++;
        }
        if (!test[i]) {
            return true;
        }
    }
    return false;
}

void guest_main(const uint32_t *multiboot_info)
{
    const char *command_line = (const char *)multiboot_info[4];
    if (!find_device()) {
        say("no device\n");
        return;
    }
    wait_for_server();
    if (asked_for(command_line, "echo")) {
        test_echo(200, 0);
        test_echo(20, 3000);
    } else if (asked_for(command_line, "timeout")) {
        test_timeout();
    } else if (asked_for(command_line, "beside")) {
        test_beside();
    } else if (asked_for(command_line, "reset")) {
        test_reset();
    } else if (asked_for(command_line, "unplug")) {
        test_unplug(asked_for(command_line, "ringing"));
    }
}
