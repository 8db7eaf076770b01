import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tempDir } from '../../fakes/temp-dir.ts'

const include = join(import.meta.dirname, '../../../assets/packages/windows/installer.nsh')
const text = readFileSync(include, 'utf8')
const macro = (name: string) => new RegExp(`!macro ${name}\\n([\\s\\S]*?)!macroend`, 'u').exec(text)?.[1] ?? ''
const code = (part: string) => part.replaceAll(/^\s*#.*$/gmu, '')

describe('the firewall rule', () => {
  test('is for the private profile alone, and for the program alone', () => {
    const added = [...code(text).matchAll(/firewall add rule [^']*/gu)].map(([rule]) => rule)
    expect(added).toHaveLength(1)
    expect(added[0]).toContain('profile=private')
    expect(added[0]).not.toMatch(/profile=(?:any|public|domain|private,)/u)
    expect(added[0]).toContain('program="$INSTDIR\\${APP_EXECUTABLE_FILENAME}"')
  })

  test('is added only when the box was ticked, which an update does not show', () => {
    expect(macro('customInstall').indexOf('$FcnFirewall == 1')).toBeLessThan(macro('customInstall').indexOf('add rule'))
    expect(macro('customPageAfterChangeDir')).toMatch(/\$\{If\} \$\{isUpdated\}\s+Abort/u)
  })

  test('has the name by which the doctor looks for it', () => {
    const facts = readFileSync(join(import.meta.dirname, '../../../electron/agent/doctor/firewall-facts.ts'), 'utf8')
    const name = /define FCN_RULE "([^"]+)"/u.exec(text)?.[1]
    expect(facts).toContain(`'name=${name}'`)
  })

  test('goes when the program is removed, and stays when it is updated', () => {
    expect(code(macro('customUnInstall')).trim()).toMatch(/^\$\{IfNot\} \$\{isUpdated\}[\s\S]*firewall delete rule[\s\S]*\$\{EndIf\}$/u)
  })
})

test('starting with Windows is never switched on here, and its entry goes only with the program', () => {
  expect(code(text)).not.toMatch(/Write\w+ HKCU "\$\{FCN_LOGIN/u)
  expect(macro('customInstall')).not.toContain('FCN_LOGIN')
  expect(macro('customUnInstall').indexOf('${isUpdated}')).toBeLessThan(macro('customUnInstall').indexOf('FCN_LOGIN'))
})

const hasNsis = spawnSync('makensis', ['-VERSION'], { stdio: 'ignore' }).status === 0
if (!hasNsis) process.stderr.write('Skipped: compiling the Windows installer, because there is no makensis (Debian: nsis).\n')

test.skipIf(!hasNsis).each([[false], [true]])('compiles without a warning (as an uninstaller: %s; needs makensis)', (uninstaller) => {
  const dir = tempDir()
  const templates = dirname(
    createRequire(createRequire(import.meta.url).resolve('electron-builder')).resolve('app-builder-lib/templates/nsis/common.nsh'),
  )
  const script = join(dir, 'installer.nsi')
  writeFileSync(script, scriptAround({ uninstaller, templates, out: join(dir, 'fcn.exe') }))
  const { status, stdout, stderr } = spawnSync('makensis', ['-WX', '-V2', '-INPUTCHARSET', 'UTF8', script], { encoding: 'utf8' })
  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' })
})

/** What electron-builder's own script does around the include, as far as it touches it: its plugins are not to be had here. */
function scriptAround({ uninstaller, templates, out }: { uninstaller: boolean; templates: string; out: string }): string {
  return String.raw`Unicode true
${uninstaller ? '!define BUILD_UNINSTALLER' : ''}
!addincludedir "${templates}/include"
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include x64.nsh
!define PRODUCT_NAME "Free Compute Node"
!define APP_ID "example.free-compute-node.app"
!define APP_EXECUTABLE_FILENAME "Free Compute Node.exe"
!define INSTALL_REGISTRY_KEY "Software\fcn"
!macro _isUpdated _a _b _t _f
  StrCmp "1" "0" ${'`${_t}` `${_f}`'}
!macroend
!define isUpdated ${'`"" isUpdated ""`'}
Name "Free Compute Node"
OutFile "${out}"
InstallDir "$LOCALAPPDATA\fcn"
RequestExecutionLevel user
!include "${include}"
!ifmacrodef customPageAfterChangeDir
  !insertmacro customPageAfterChangeDir
!endif
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
Section
  ${uninstaller ? '' : '!insertmacro customInstall'}
  WriteUninstaller "$INSTDIR\u.exe"
SectionEnd
Section un.install
  !insertmacro customUnInstall
SectionEnd
`
}
