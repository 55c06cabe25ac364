/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Uses the device from a program of a Linux guest, through sysfs, as the library will.
 *
 *     linux_probe /sys/bus/pci/devices/ADDRESS SLOT ROUNDS
 *
 * rings the slot's doorbell and waits for the completion in the WAIT register, ROUNDS times, or, if
 * ROUNDS is 0, until the device is gone. The server is fake_server.c.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ring/abi.h"

static void *map_resource(const char *device, const char *name)
{
    char path[256];
    struct stat status;
    snprintf(path, sizeof path, "%s/%s", device, name);
    int fd = open(path, O_RDWR);
    if (fd < 0 || fstat(fd, &status) < 0) {
        perror(path);
        exit(1);
    }
    void *memory = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        perror(path);
        exit(1);
    }
    close(fd);
    return memory;
}

static void enable(const char *device)
{
    char path[256];
    snprintf(path, sizeof path, "%s/enable", device);
    FILE *file = fopen(path, "w");
    if (!file || fputs("1", file) < 0 || fclose(file) < 0) {
        perror(path);
        exit(1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s /sys/bus/pci/devices/ADDRESS SLOT ROUNDS\n", argv[0]);
        return 2;
    }
    uint32_t slot = (uint32_t)atoi(argv[2]);
    unsigned rounds = (unsigned)atoi(argv[3]), timeouts = 0, round = 0;
    enable(argv[1]);
    volatile uint8_t *registers = map_resource(argv[1], "resource0");
    uint8_t *window = map_resource(argv[1], "resource2");
    volatile uint32_t *state = (volatile uint32_t *)(registers + TRIREME_REG_SERVER_STATE);
    volatile uint32_t *magic = (volatile uint32_t *)(registers + TRIREME_REG_MAGIC);
    volatile uint32_t *doorbell =
        (volatile uint32_t *)(registers + TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_DOORBELL);
    volatile uint32_t *wait =
        (volatile uint32_t *)(registers + TRIREME_SLOT_REGISTERS(slot) + TRIREME_REG_WAIT);
    volatile struct trireme_slot_page *page =
        (volatile struct trireme_slot_page *)(window + TRIREME_SLOT_PAGE_OFFSET(slot));
    while (*state == TRIREME_SERVER_RESTARTING) {
        usleep(1000);
    }
    if (*magic != TRIREME_MAGIC || *state != TRIREME_SERVER_RUNNING) {
        fprintf(stderr, "no device or no server\n");
        return 1;
    }
    page->tail = 0;
    for (; *magic == TRIREME_MAGIC && (rounds == 0 || round < rounds); round++) {
        uint32_t seen = page->completions;
        page->wait_for = seen;
        *doorbell = round;
        while (*wait == seen && *magic == TRIREME_MAGIC) {
            timeouts++;
        }
    }
    printf("slot %u: %s, %s\n", slot, *magic == TRIREME_MAGIC ? "there" : "gone",
           round == rounds ? "all rounds" : "interrupted");
    fprintf(stderr, "slot %u: %u rounds, %u timeouts\n", slot, round, timeouts);
    return 0;
}
