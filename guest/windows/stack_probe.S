/* SPDX-License-Identifier: MIT */
/*
 * ___chkstk_ms: touches every page of the stack frame of EAX (RAX) bytes that the caller is about to
 * take, from the top, since Windows lets the stack grow by one page at a time. Keeps all registers.
 */
#ifdef __x86_64__
    .globl ___chkstk_ms
___chkstk_ms:
    pushq %rcx
    pushq %rax
    leaq 24(%rsp), %rcx
1:  cmpq $4096, %rax
    jb 2f
    subq $4096, %rcx
    orq $0, (%rcx)
    subq $4096, %rax
    jmp 1b
2:  subq %rax, %rcx
    orq $0, (%rcx)
    popq %rax
    popq %rcx
    ret
#else
    .globl ___chkstk_ms
___chkstk_ms:
    pushl %ecx
    pushl %eax
    leal 12(%esp), %ecx
1:  cmpl $4096, %eax
    jb 2f
    subl $4096, %ecx
    orl $0, (%ecx)
    subl $4096, %eax
    jmp 1b
2:  subl %eax, %ecx
    orl $0, (%ecx)
    popl %eax
    popl %ecx
    ret
#endif
