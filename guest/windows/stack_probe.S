/* SPDX-License-Identifier: MIT */
/*
 * ___chkstk_ms: touches every page of the stack frame of EAX (RAX) bytes that the caller is about to
 * take, from the top, since Windows lets the stack grow by one page at a time. Keeps all registers.
 */
#ifdef __x86_64__
#define REGISTER(name) %r##name
#define WORD 8
#else
#define REGISTER(name) %e##name
#define WORD 4
#endif
#define SIZE REGISTER(ax)
#define PLACE REGISTER(cx)

    .globl ___chkstk_ms
___chkstk_ms:
    push PLACE
    push SIZE
    lea 3 * WORD(REGISTER(sp)), PLACE /* the caller's stack: behind two words and its address */
1:  cmp $4096, SIZE
    jb 2f
    sub $4096, PLACE
    orl $0, (PLACE)
    sub $4096, SIZE
    jmp 1b
2:  sub SIZE, PLACE
    orl $0, (PLACE)
    pop SIZE
    pop PLACE
    ret
