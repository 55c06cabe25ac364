/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the firmware's multiboot loader leaves the first processor, and where the second one comes
 * from real mode. Both continue in guest.c with flat 32-bit segments and a stack of their own.
 */
    .section .multiboot, "ax"
    .balign 4
    .long 0x1badb002, 0, -0x1badb002 /* magic, flags, checksum */

    .text
    .code32
    .globl start
start:
    cli
    lgdt descriptor
    ljmp $8, $1f
1:  mov $16, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    /* The loader does so only the first time, not after a reset. */
    mov $bss_start, %edi
    mov $bss_end, %ecx
    sub %edi, %ecx
    xor %eax, %eax
    cld
    rep stosb
    mov $first_stack_end, %esp
    push %ebx /* struct multiboot_info */
    call guest_main
    hlt

/* Copied to TRAMPOLINE (guest.c), position-independent: the second processor starts here. */
    .balign 16
    .globl second_start, second_start_end
    .code16
second_start:
    cli
    xor %ax, %ax
    mov %ax, %ds
    lgdtl 0x8000 + descriptor_copy - second_start
    mov %cr0, %eax
    or $1, %al
    mov %eax, %cr0
    ljmpl $8, $second_protected
descriptor_copy:
    .word gdt_end - gdt - 1
    .long gdt
second_start_end:

    .code32
second_protected:
    mov $16, %eax
    mov %eax, %ds
    mov %eax, %es
    mov %eax, %ss
    mov $second_stack_end, %esp
    call second_main
1:  hlt
    jmp 1b

    .balign 8
gdt:
    .quad 0, 0x00cf9b000000ffff, 0x00cf93000000ffff
gdt_end:
descriptor:
    .word gdt_end - gdt - 1
    .long gdt

    .bss
    .balign 16
    .skip 16384
first_stack_end:
    .skip 16384
second_stack_end:

    .section .note.GNU-stack, "", @progbits
