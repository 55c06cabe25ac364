/* SPDX-License-Identifier: MIT */
/*
 * int guarded_call(void (*function)(void *data), void *data), by hand, since GCC has no structured
 * exception handling.
 */
    .text
#ifdef __i386__
    .globl _guarded_call
_guarded_call:
    pushl %ebp
    movl %esp, %ebp
    pushl %ebx
    pushl %esi
    pushl %edi
    /* A registration: the one before it, and the handler. */
    pushl $handler
    pushl %fs:0
    movl %esp, %fs:0
    pushl 12(%ebp)
    call *8(%ebp)
    addl $4, %esp
    xorl %eax, %eax
leave_guard:
    popl %fs:0
    addl $4, %esp
    popl %edi
    popl %esi
    popl %ebx
    popl %ebp
    ret

/* EXCEPTION_DISPOSITION handler(record, registration, context, dispatcher) */
handler:
    pushl %ebp
    movl %esp, %ebp
    movl 8(%ebp), %eax
    testl $6, 4(%eax) /* it is being unwound: nothing to tidy up */
    jnz 1f
    pushl $0
    pushl %eax
    pushl $unwound
    pushl 12(%ebp)
    call _RtlUnwind@16
unwound:
    movl 12(%ebp), %esp /* where guarded_call made its registration */
    leal 20(%esp), %ebp
    movl $1, %eax
    jmp leave_guard
1:  movl $1, %eax /* continue the search */
    popl %ebp
    ret
#else
    .globl guarded_call
    .def guarded_call; .scl 2; .type 32; .endef
    .seh_proc guarded_call
guarded_call:
    subq $40, %rsp
    .seh_stackalloc 40
    .seh_endprologue
    .seh_handler __C_specific_handler, @except
    .seh_handlerdata
    .long 1 /* one scope, whose every exception goes to `raised` */
    .rva guarded, guarded_end
    .long 1
    .rva raised
    .text
guarded:
    movq %rcx, %rax
    movq %rdx, %rcx
    call *%rax
    nop
guarded_end:
    xorl %eax, %eax
    jmp left
raised:
    movl $1, %eax
left:
    addq $40, %rsp
    ret
    .seh_endproc
#endif
