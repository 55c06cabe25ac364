; SPDX-License-Identifier: MIT
;
; trireme.vxd: the driver for Windows 95, 98 and ME. A program's library loads it by opening
; \\.\TRIREME.VXD and asks it what ../driver/protocol.h says. It finds the PCI device, maps its
; registers and its window where every program sees them (these systems do not keep programs apart
; from each other), and knows which handle has which slot. When a handle is closed or its process
; ends, when a virtual machine ends, or when this driver is unloaded, the slots are freed.
;
; NASM makes an object of one section of it, write_le.py makes the executable of that. The names of
; system calls and messages are those of Microsoft's DDK.

cpu 486
bits 32

; VMM's services: an interrupt that the system replaces by a call, and the service's number.
%macro VMMcall 1
    int 20h
    dd 10000h + %1
%endmacro

_PageFree          equ 55h
_PageReserve       equ 11Dh
_PageCommitPhys    equ 128h

PR_SHARED          equ 80060000h
PR_FIXED           equ 8
PC_INCR            equ 40000000h
PC_USER            equ 40000h
PC_WRITEABLE       equ 20000h

; What the system tells a driver, in EAX.
Sys_VM_Terminate        equ 4
VM_Terminate            equ 0Ah
Sys_Dynamic_Device_Init equ 1Bh
Sys_Dynamic_Device_Exit equ 1Ch
W32_DeviceIoControl     equ 23h

; DIOCParams, which ESI points to then.
DIOC_VMHandle      equ 04h
DIOC_Code          equ 0Ch
DIOC_InBuffer      equ 10h
DIOC_InBytes       equ 14h
DIOC_OutBuffer     equ 18h
DIOC_OutBytes      equ 1Ch
DIOC_Returned      equ 20h
DIOC_Handle        equ 28h
DIOC_Process       equ 2Ch
DIOC_Open          equ 0
DIOC_CloseHandle   equ -1

ERROR_INVALID_FUNCTION    equ 1
ERROR_FILE_NOT_FOUND      equ 2
ERROR_ACCESS_DENIED       equ 5
ERROR_INVALID_PARAMETER   equ 87
ERROR_INSUFFICIENT_BUFFER equ 122
ERROR_BUSY                equ 170
ERROR_RETRY               equ 1237

; ring/abi.h and driver/protocol.h
PAGE               equ 4096
PCI_ID             equ 74721B36h
MAGIC              equ 4D525254h
ABI_MAJOR          equ 1
MAX_SLOTS          equ 256
REG_MAGIC          equ 00h
REG_VERSION        equ 04h
REG_FEATURES       equ 08h
REG_SLOTS          equ 0Ch
REG_WINDOW_SIZE    equ 10h
HEADER_BYTES       equ 180h
REQUEST_SERIAL     equ 0
REQUEST_ROLE       equ 4
ANSWER_SERIAL      equ 80h
PROTOCOL           equ 1
CODE_FIRST         equ 22E000h
CODES              equ 4

section .vxd progbits alloc exec write align=4096

;
; What the system looks for: ordinal 1 of the file, the device descriptor block.
;
global TRIREME_DDB
TRIREME_DDB:
    dd 0                   ; Next
    dw 400h                ; SDK version
    dw 0                   ; Req_Device_Number: undefined
    db 1, 0                ; version of the device
    dw 0                   ; Flags
    db "TRIREME "          ; Name
    dd 80000000h           ; Init_Order: undefined
    dd control             ; Control_Proc
    dd 0, 0                ; V86_API_Proc, PM_API_Proc
    dd 0, 0                ; V86_API_CSIP, PM_API_CSIP
    dd 0                   ; Reference_Data
    dd 0, 0                ; Service_Table_Ptr and _Size
    dd 0                   ; Win32_Service_Table
    dd "verP"              ; Prev
    dd 50h                 ; Size
    dd "1vsR", "2vsR", "3vsR"

align 4
window_at:         dd 0 ; where it is mapped; 0: there is no device
window_size:       dd 0
registers_at:      dd 0
slots:             dd 0
; Of each slot the handle, the process and the virtual machine that have it; a process of 0: none.
OWNER_HANDLE       equ 0
OWNER_PROCESS      equ 4
OWNER_VM           equ 8
OWNER_BYTES        equ 12
owners:            times MAX_SLOTS * OWNER_BYTES db 0

; Of each code the bytes that go in, and that come out at least; and what does it.
sizes:
    dd 0, 16 + HEADER_BYTES, header
    dd 8, 16, claim
    dd 8, 0, release
    dd 16, 16, map

;
; Control: EAX the message, EBX a virtual machine. Carry: it failed. All but EAX stays as it was.
;
control:
    cmp eax, W32_DeviceIoControl
    je device_io_control
    cmp eax, Sys_Dynamic_Device_Init
    je start
    cmp eax, Sys_Dynamic_Device_Exit
    je stop
    cmp eax, Sys_VM_Terminate
    je release_every
    cmp eax, VM_Terminate
    je vm_ends
    clc
    ret

; Without a device the driver stays, and says so to programs.
start:
    pushad
    call find_device
    jc .done
    call map_device
.done:
    popad
    clc
    ret

stop:
    call release_every
    pushad
    mov eax, [window_at]
    call unmap
    mov eax, [registers_at]
    call unmap
    xor eax, eax
    mov [window_at], eax
    mov [registers_at], eax
    popad
    clc
    ret

%include "device.inc"

;
; Requests of programs. ESI: DIOCParams. EAX: 0, or the error that GetLastError() shall tell.
;
device_io_control:
    push ebx
    push ecx
    push edx
    push esi
    push edi
    call dispatch
    pop edi
    pop esi
    pop edx
    pop ecx
    pop ebx
    clc
    ret

dispatch:
    mov eax, [esi + DIOC_Code]
    cmp eax, DIOC_Open
    je .fine
    cmp eax, DIOC_CloseHandle
    je close_handle
    sub eax, CODE_FIRST
    test al, 3
    jnz .unknown
    shr eax, 2
    cmp eax, CODES
    jae .unknown
    lea ebx, [eax + eax * 2]
    lea ebx, [sizes + ebx * 4]

    mov eax, [ebx]
    cmp eax, [esi + DIOC_InBytes]
    jne .wrong
    test eax, eax
    jz .in_fine
    cmp dword [esi + DIOC_InBuffer], 0
    je .wrong
.in_fine:
    mov eax, [ebx + 4]
    cmp eax, [esi + DIOC_OutBytes]
    ja .small
    test eax, eax
    jz .out_fine
    cmp dword [esi + DIOC_OutBuffer], 0
    je .small
.out_fine:
    push eax
    call [ebx + 8]
    pop ecx
    test eax, eax
    jnz .done
    mov edx, [esi + DIOC_Returned]
    test edx, edx
    jz .done
    mov [edx], ecx
.done:
    ret
.fine:
    xor eax, eax
    ret
.unknown:
    mov eax, ERROR_INVALID_FUNCTION
    ret
.wrong:
    mov eax, ERROR_INVALID_PARAMETER
    ret
.small:
    mov eax, ERROR_INSUFFICIENT_BUFFER
    ret

; TRIREME_DRIVER_HEADER
header:
    mov ebx, [window_at]
    test ebx, ebx
    jz no_device
    mov edi, [esi + DIOC_OutBuffer]
    mov edx, [registers_at]
    mov dword [edi], PROTOCOL
    mov eax, [window_size]
    mov [edi + 4], eax
    mov eax, [edx + REG_FEATURES]
    mov [edi + 8], eax
    mov dword [edi + 12], 0
    add edi, 16
    push esi
    mov esi, ebx
    mov ecx, HEADER_BYTES / 4
    cld
    rep movsd
    pop esi
    xor eax, eax
    ret

no_device:
    mov eax, ERROR_FILE_NOT_FOUND
    ret

; The slot that the program names, in ECX; its owner at EDI, its page at EDX. Carry: there is none.
named_slot:
    mov eax, [esi + DIOC_InBuffer]
    mov ecx, [eax]
    cmp ecx, [slots]
    jae .no
    lea edi, [ecx + ecx * 2]
    lea edi, [owners + edi * 4]
    lea edx, [ecx + 1]
    shl edx, 12
    add edx, [window_at]
    clc
    ret
.no:
    stc
    ret

; TRIREME_DRIVER_CLAIM
claim:
    cmp dword [window_at], 0
    je no_device
    call named_slot
    jc .wrong
    cmp dword [edi + OWNER_PROCESS], 0
    jne .busy
    ; The host has answered what the last owner asked, and nothing is open.
    mov eax, [edx + REQUEST_SERIAL]
    cmp eax, [edx + ANSWER_SERIAL]
    jne .again
    cmp dword [edx + REQUEST_ROLE], 0
    jne .left_open

    mov eax, [esi + DIOC_Handle]
    mov [edi + OWNER_HANDLE], eax
    mov eax, [esi + DIOC_Process]
    mov [edi + OWNER_PROCESS], eax
    mov eax, [esi + DIOC_VMHandle]
    mov [edi + OWNER_VM], eax
    mov edi, [esi + DIOC_OutBuffer]
    mov [edi], edx
    mov dword [edi + 4], 0
    lea eax, [ecx + 1]
    shl eax, 12
    add eax, [registers_at]
    mov [edi + 8], eax
    mov dword [edi + 12], 0
    xor eax, eax
    ret
.left_open:
    call request_free
.again:
    mov eax, ERROR_RETRY
    ret
.busy:
    mov eax, ERROR_BUSY
    ret
.wrong:
    mov eax, ERROR_INVALID_PARAMETER
    ret

; The named slot, if it is this handle's; carry: it is not. As named_slot.
own_slot:
    call named_slot
    jc .no
    mov eax, [esi + DIOC_Process]
    cmp eax, [edi + OWNER_PROCESS]
    jne .no
    mov eax, [esi + DIOC_Handle]
    cmp eax, [edi + OWNER_HANDLE]
    jne .no
    clc
    ret
.no:
    stc
    ret

denied:
    mov eax, ERROR_ACCESS_DENIED
    ret

; TRIREME_DRIVER_RELEASE
release:
    call own_slot
    jc denied
    call free_slot
    xor eax, eax
    ret

; TRIREME_DRIVER_MAP: the bytes are there already.
map:
    call own_slot
    jc denied
    mov ebx, [esi + DIOC_InBuffer]
    mov eax, [ebx + 4]
    mov ecx, [ebx + 8]
    test ecx, ecx
    jz denied
    mov edx, [window_size]
    cmp eax, edx
    ja denied
    sub edx, eax
    cmp ecx, edx
    ja denied
    mov edi, [esi + DIOC_OutBuffer]
    mov [edi + 8], eax
    mov [edi + 12], ecx
    add eax, [window_at]
    mov [edi], eax
    mov dword [edi + 4], 0
    xor eax, eax
    ret

;
; Slots become free
;

; Asks the host to free slot ECX, whose page is at EDX. Changes EAX.
request_free:
    mov dword [edx + REQUEST_ROLE], 0
    lock inc dword [edx + REQUEST_SERIAL]
    lea eax, [ecx + 1]
    shl eax, 12
    add eax, [registers_at]
    mov dword [eax], 0 ; the doorbell
    ret

; The same for one with its owner at EDI.
free_slot:
    mov dword [edi + OWNER_PROCESS], 0
    jmp request_free

; Calls EBX with each owner at EDI that there is. Zero flag set by it: its slot becomes free.
free_those:
    xor ecx, ecx
    mov edi, owners
.look:
    cmp ecx, [slots]
    jae .done
    cmp dword [edi + OWNER_PROCESS], 0
    je .next
    call ebx
    jne .next
    lea edx, [ecx + 1]
    shl edx, 12
    add edx, [window_at]
    call free_slot
.next:
    inc ecx
    add edi, OWNER_BYTES
    jmp .look
.done:
    xor eax, eax
    ret

; The handle that ESI's request is about, closed by the program or by its end.
close_handle:
    mov ebx, .is_it
    jmp free_those
.is_it:
    mov eax, [edi + OWNER_PROCESS]
    cmp eax, [esi + DIOC_Process]
    jne .no
    mov eax, [edi + OWNER_HANDLE]
    cmp eax, [esi + DIOC_Handle]
.no:
    ret

; The virtual machine EBX.
vm_ends:
    pushad
    mov esi, ebx
    mov ebx, .is_it
    call free_those
    popad
    clc
    ret
.is_it:
    cmp esi, [edi + OWNER_VM]
    ret

release_every:
    pushad
    mov ebx, .is_it
    call free_those
    popad
    clc
    ret
.is_it:
    cmp eax, eax
    ret
