# What the Windows installer does beyond electron-builder's: invites open the program, and others on a private network may
# reach it if the person says so. Starting with Windows is not touched here: the program writes that entry when a person asks,
# and an update leaves it as it is.

!define FCN_RULE "Free Compute Node"
!define FCN_SCHEME "Software\Classes\fcn"
!define FCN_LOGIN "Software\Microsoft\Windows\CurrentVersion\Run"
!define FCN_LOGIN_APPROVED "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"

!ifndef BUILD_UNINSTALLER
  !include nsDialogs.nsh
  !include LogicLib.nsh

  Var FcnFirewallBox
  Var FcnFirewall

  !macro customPageAfterChangeDir
    Page custom FcnFirewallPage FcnFirewallLeave

    Function FcnFirewallPage
      # an update asks nothing: what was decided holds
      ${If} ${isUpdated}
        Abort
      ${EndIf}
      !insertmacro MUI_HEADER_TEXT "Windows Firewall" "Let your other computers reach this one?"
      nsDialogs::Create 1018
      Pop $0
      ${If} $0 == error
        Abort
      ${EndIf}
      ${NSD_CreateLabel} 0 0 100% 48u "Windows Firewall keeps other computers from reaching this one. A rule for Free Compute Node lets them in on private networks only, such as at home: never in a café or at an airport. Windows will ask for permission. You can do this later, too: Settings, Help, Find out why."
      Pop $0
      ${NSD_CreateCheckbox} 0 56u 100% 12u "&Add the rule for private networks"
      Pop $FcnFirewallBox
      ${NSD_Check} $FcnFirewallBox
      nsDialogs::Show
    FunctionEnd

    Function FcnFirewallLeave
      ${NSD_GetState} $FcnFirewallBox $FcnFirewall
    FunctionEnd
  !macroend

  !macro customInstall
    WriteRegStr SHELL_CONTEXT "${FCN_SCHEME}" "" "URL:Free Compute Node invite"
    WriteRegStr SHELL_CONTEXT "${FCN_SCHEME}" "URL Protocol" ""
    WriteRegStr SHELL_CONTEXT "${FCN_SCHEME}\DefaultIcon" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}",0'
    # after `--` nothing in a link can be taken for an option
    WriteRegStr SHELL_CONTEXT "${FCN_SCHEME}\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" "--" "%1"'

    ${If} $FcnFirewall == 1
      # for the program, whatever port it listens on; profile=private alone. An older rule for another folder goes first.
      ExecShellWait "runas" "$SYSDIR\cmd.exe" '/d /c ""$SYSDIR\netsh.exe" advfirewall firewall delete rule name="${FCN_RULE}" & "$SYSDIR\netsh.exe" advfirewall firewall add rule name="${FCN_RULE}" dir=in action=allow profile=private program="$INSTDIR\${APP_EXECUTABLE_FILENAME}""' SW_HIDE
      WriteRegDWORD SHELL_CONTEXT "${INSTALL_REGISTRY_KEY}" "FirewallRule" 1
    ${EndIf}
  !macroend
!endif

!macro customUnInstall
  # an update removes the old version, too: then everything stays
  ${IfNot} ${isUpdated}
    DeleteRegKey SHELL_CONTEXT "${FCN_SCHEME}"
    # the entry by which the program started at login; Electron names it so, or by the app's id once that is set
    DeleteRegValue HKCU "${FCN_LOGIN}" "electron.app.${PRODUCT_NAME}"
    DeleteRegValue HKCU "${FCN_LOGIN_APPROVED}" "electron.app.${PRODUCT_NAME}"
    DeleteRegValue HKCU "${FCN_LOGIN}" "${APP_ID}"
    DeleteRegValue HKCU "${FCN_LOGIN_APPROVED}" "${APP_ID}"
    ReadRegDWORD $0 SHELL_CONTEXT "${INSTALL_REGISTRY_KEY}" "FirewallRule"
    ${If} $0 == 1
      ExecShellWait "runas" "$SYSDIR\netsh.exe" 'advfirewall firewall delete rule name="${FCN_RULE}"' SW_HIDE
    ${EndIf}
  ${EndIf}
!macroend
