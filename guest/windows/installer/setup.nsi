; SPDX-License-Identifier: MIT
;
; setup.exe: installs, repairs and removes what a Windows guest needs. An ANSI installer, since
; Windows 98 has no other. make_iso.py defines STAGE, the folder with the medium's files, and OUTPUT.
;
;   setup.exe /S             installs without questions: the driver and the programs
;   setup.exe /S /GAME=DIR   and also puts the libraries beside the program in DIR
;   setup.exe /S /UNGAME=DIR takes them out of DIR again, and does nothing else
;   setup.exe … /D=DIR       the folder to install to; the last argument
;   uninstall.exe /S         removes everything, also from the games' folders

Unicode false
SetCompressor /SOLID lzma
; Windows gives programs of this name a few compatibility settings, which do no harm.
!pragma warning disable 9000
Name "Trireme"
OutFile "${OUTPUT}"
InstallDir "$PROGRAMFILES\Trireme"
InstallDirRegKey HKLM "Software\Trireme" "Folder"
RequestExecutionLevel admin
BrandingText "Trireme"
ShowInstDetails show
ShowUninstDetails show

!include LogicLib.nsh
!include FileFunc.nsh
!include Sections.nsh
!include WordFunc.nsh
!include x64.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Trireme"
!define GAMES "Software\Trireme\Games"
!define HARDWARE "PCI\VEN_1B36&DEV_7472"
; What a library's file is called that was there before.
!define BEFORE "before-trireme"

Var GameFolder

Page components
Page directory
PageEx directory
  DirText "The folder of the game or program that shall use Trireme's libraries. They are copied beside it; libraries of the same name that are there are kept, and come back when Trireme is uninstalled." "Game's folder"
  DirVar $GameFolder
  PageCallbacks ask_for_game
PageExEnd
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

;
; Copying libraries to games
;

; The folder of the libraries for the programs in the folder on the stack: those of 64-bit ones have
; the machine 0x8664 in their headers.
!macro LibrariesFor UN
Function ${UN}libraries_for
  Exch $R0
  Push $R1
  Push $R2
  Push $R3
  Push $R4
  Push $R5
  StrCpy $R5 "x86"
  FindFirst $R1 $R2 "$R0\*.exe"
  ${DoWhile} $R2 != ""
    FileOpen $R3 "$R0\$R2" r
    ${If} $R3 != ""
      FileSeek $R3 60
      FileReadByte $R3 $R4
      Push $R4
      FileReadByte $R3 $R4
      IntOp $R4 $R4 << 8
      Exch $R2
      IntOp $R4 $R4 + $R2
      Pop $R2
      IntOp $R4 $R4 + 4
      FileSeek $R3 $R4
      FileReadByte $R3 $R4
      ${If} $R4 == 100 ; 0x64
        FileReadByte $R3 $R4
        ${If} $R4 == 134 ; 0x86
          StrCpy $R5 "x64"
        ${EndIf}
      ${EndIf}
      FileClose $R3
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  StrCpy $R0 $R5
  Pop $R5
  Pop $R4
  Pop $R3
  Pop $R2
  Pop $R1
  Exch $R0
FunctionEnd
!macroend
!insertmacro LibrariesFor ""

; Takes the libraries out of the folder on the stack, and puts back what was there before.
!macro LeaveGame UN
Function ${UN}leave_game
  Exch $R0
  Push $R1
  Push $R2
  FindFirst $R1 $R2 "$INSTDIR\x86\*.dll"
  ${DoWhile} $R2 != ""
    ${If} ${FileExists} "$R0\$R2.trireme"
      Delete "$R0\$R2"
      Delete "$R0\$R2.trireme"
      ${If} ${FileExists} "$R0\$R2.${BEFORE}"
        Rename "$R0\$R2.${BEFORE}" "$R0\$R2"
      ${EndIf}
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  DeleteRegValue HKLM "${GAMES}" "$R0"
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd
!macroend
!insertmacro LeaveGame ""
!insertmacro LeaveGame "un."

; Puts them into $GameFolder. NAME.dll.trireme says that NAME.dll is Trireme's.
Function join_game
  Push $R0
  Push $R1
  Push $R2
  Push $R3
  Push $GameFolder
  Call libraries_for
  Pop $R0
  FindFirst $R1 $R2 "$INSTDIR\$R0\*.dll"
  ${DoWhile} $R2 != ""
    ${IfNot} ${FileExists} "$GameFolder\$R2.trireme"
    ${AndIf} ${FileExists} "$GameFolder\$R2"
      Rename "$GameFolder\$R2" "$GameFolder\$R2.${BEFORE}"
    ${EndIf}
    CopyFiles /SILENT "$INSTDIR\$R0\$R2" "$GameFolder\$R2"
    FileOpen $R3 "$GameFolder\$R2.trireme" w
    FileWrite $R3 "$R2 in this folder is Trireme's. Its setup removes both.$\r$\n"
    FileClose $R3
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  WriteRegStr HKLM "${GAMES}" "$GameFolder" "$R0"
  DetailPrint "The libraries ($R0) are in $GameFolder"
  Pop $R3
  Pop $R2
  Pop $R1
  Pop $R0
FunctionEnd

;
; What can be installed
;

Section "Driver and libraries" required
  SectionIn RO
  SetOverwrite on
  SetOutPath "$INSTDIR"
  File "${STAGE}\readme.txt"
  SetOutPath "$INSTDIR\x86"
  File "${STAGE}\x86\*.dll"
  SetOutPath "$INSTDIR\x64"
  File "${STAGE}\x64\*.dll"
  SetOutPath "$INSTDIR\driver"
  File /r "${STAGE}\driver\*.*"

  WriteRegStr HKLM "Software\Trireme" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL}" "DisplayName" "Trireme"
  WriteRegStr HKLM "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteUninstaller "$INSTDIR\uninstall.exe"
  Call install_driver
SectionEnd

Section "wglinfo and a spinning scene" programs
  SetOutPath "$INSTDIR\programs"
  File "${STAGE}\programs\*.exe"
  ; Beside them, so that they use Trireme without a game's folder.
  File "${STAGE}\x86\opengl32.dll"
  CreateDirectory "$SMPROGRAMS\Trireme"
  CreateShortCut "$SMPROGRAMS\Trireme\Spinning scene.lnk" "$INSTDIR\programs\spin.exe"
  CreateShortCut "$SMPROGRAMS\Trireme\Readme.lnk" "$INSTDIR\readme.txt"
  CreateShortCut "$SMPROGRAMS\Trireme\Uninstall.lnk" "$INSTDIR\uninstall.exe"
SectionEnd

Section /o "Libraries beside a game" game
  ${If} $GameFolder != ""
    Call join_game
  ${EndIf}
SectionEnd

; Windows NT and its successors have Plug and Play load the driver; where the device is not there
; yet, the INF is left where it will be looked for. Windows 9x loads the VxD when a program opens it.
Function install_driver
  ReadRegStr $0 HKLM "Software\Microsoft\Windows NT\CurrentVersion" "CurrentVersion"
  ${If} $0 == ""
    CopyFiles /SILENT "$INSTDIR\driver\trireme.vxd" "$SYSDIR\trireme.vxd"
  ${ElseIf} ${RunningX64}
    ; A 32-bit program may not install drivers there. The driver is not signed: see the readme.
    ExecWait '"$WINDIR\Sysnative\pnputil.exe" -i -a "$INSTDIR\driver\trireme.inf"' $0
    DetailPrint "pnputil: $0"
  ${Else}
    ; The name that the INF has in Windows' folder goes to $3, for the day when it is removed.
    System::Call 'setupapi::SetupCopyOEMInfA(t "$INSTDIR\driver\trireme.inf", t "$INSTDIR\driver", i 1, i 0, t .r2, i ${NSIS_MAX_STRLEN}, i 0, i 0) i .r1'
    ${GetFileName} "$2" $3
    WriteRegStr HKLM "Software\Trireme" "Inf" "$3"
    System::Call 'newdev::UpdateDriverForPlugAndPlayDevicesA(i $HWNDPARENT, t "${HARDWARE}", t "$INSTDIR\driver\trireme.inf", i 0, *i 0) i .r1'
    DetailPrint "Driver: $3, $1"
  ${EndIf}
FunctionEnd

;
; The order of events
;

; The folder after an option, in $GameFolder: /GAME=DIR, /GAME="DIR" or "/GAME=DIR". The error flag
; says that the option is not there.
!macro FolderOption OPTION
  ${WordReplace} "$0" '"${OPTION}' '${OPTION}"' "+" $0
  ClearErrors
  ${GetOptions} "$0" "${OPTION}" $GameFolder
!macroend

Function .onInit
  ${GetParameters} $0
  !insertmacro FolderOption "/UNGAME="
  ${IfNot} ${Errors}
    Push $GameFolder
    Call leave_game
    Quit
  ${EndIf}
  !insertmacro FolderOption "/GAME="
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${game}
    ${IfNot} ${FileExists} "$GameFolder\*.*"
      SetErrorLevel 2
      MessageBox MB_ICONSTOP|MB_OK "There is no folder $GameFolder." /SD IDOK
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function ask_for_game
  ${IfNot} ${SectionIsSelected} ${game}
    Abort
  ${EndIf}
FunctionEnd

Function un.onInit
  ReadRegStr $0 HKLM "Software\Trireme" "Folder"
  ${If} $0 != ""
    StrCpy $INSTDIR $0
  ${EndIf}
FunctionEnd

Section "Uninstall"
  ; Each deletion moves the next name to the first place.
  ${Do}
    EnumRegValue $0 HKLM "${GAMES}" 0
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
    Push $0
    Call un.leave_game
  ${Loop}
  Delete "$SYSDIR\trireme.vxd"
  ReadRegStr $0 HKLM "Software\Trireme" "Inf"
  ${If} $0 != ""
    System::Call 'setupapi::SetupUninstallOEMInfA(t r0, i 1, i 0)'
    Delete "$WINDIR\inf\$0" ; Windows 2000 has no call for it
    Delete /REBOOTOK "$SYSDIR\drivers\trireme.sys"
  ${EndIf}
  RMDir /r "$INSTDIR\x86"
  RMDir /r "$INSTDIR\x64"
  RMDir /r "$INSTDIR\driver"
  RMDir /r "$INSTDIR\programs"
  Delete "$INSTDIR\readme.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "$SMPROGRAMS\Trireme"
  DeleteRegKey HKLM "${UNINSTALL}"
  DeleteRegKey HKLM "Software\Trireme"
SectionEnd
