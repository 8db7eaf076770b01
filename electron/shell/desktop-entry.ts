/**
 * An entry of the autostart folder of Linux desktops: what is written there, and what it means when it is read again
 * (Desktop Entry Specification 1.5, Desktop Application Autostart Specification 0.5).
 */

/** Characters that make an argument of `Exec` need quotes. */
const reserved = /[\s"'\\><~|&;$*?#()`]/u

interface EntryOptions {
  name: string
  comment: string
  /** Program and arguments, as the system shall start them. */
  command: readonly string[]
  /** Path of an image; absent where there is none. */
  icon?: string
}

/** The whole file. Throws when an argument has a line break, which no entry can hold. */
export function desktopEntry({ name, comment, command, icon }: EntryOptions): string {
  return `${[
    '[Desktop Entry]',
    'Type=Application',
    `Name=${escaped(name)}`,
    `Comment=${escaped(comment)}`,
    `Exec=${escaped(command.map(execArgument).join(' '))}`,
    ...(icon === undefined ? [] : [`Icon=${escaped(icon)}`]),
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
  ].join('\n')}\n`
}

/** Whether an entry starts something, and what, as its `Exec` line says it. */
export interface EntryMeaning {
  enabled: boolean
  /** Null when there is none that can be read. */
  command: string[] | null
}

/** Reads an entry, whoever wrote it: system settings switch one off by `Hidden`, or by a key of their own. */
export function readDesktopEntry(text: string): EntryMeaning {
  const keys = mainGroup(text)
  const off = keys.get('Hidden') === 'true' || keys.get('X-GNOME-Autostart-enabled') === 'false'
  const exec = keys.get('Exec')
  const command = exec === undefined ? null : execArguments(unescaped(exec))
  return { enabled: !off && command !== null, command }
}

function mainGroup(text: string): Map<string, string> {
  const keys = new Map<string, string>()
  let inGroup = false
  for (const line of text.split(/\r?\n/u)) {
    if (line.startsWith('[')) inGroup = line.trim() === '[Desktop Entry]'
    const [, key, value] = /^([A-Za-z0-9-]+)\s*=\s*(.*)$/su.exec(line) ?? []
    if (inGroup && key !== undefined && value !== undefined && !keys.has(key)) keys.set(key, value)
  }
  return keys
}

/** One argument of `Exec`. A percent sign begins a field code, so one that is meant is doubled. */
function execArgument(argument: string): string {
  if (/[\n\r]/u.test(argument)) throw new Error('an argument with a line break cannot be written into a desktop entry')
  const plain = argument.replaceAll('%', '%%')
  return argument === '' || reserved.test(argument) ? `"${plain.replaceAll(/["`$\\]/gu, '\\$&')}"` : plain
}

/** Values are strings, in which a backslash begins an escape: this is done after the quoting of `Exec`, and undone before it. */
const escaped = (value: string) =>
  value
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)

const escapes: Record<string, string> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' }
const unescaped = (value: string) => value.replaceAll(/\\(.)/gsu, (whole, letter: string) => escapes[letter] ?? whole)

/** The arguments of an `Exec` line, without field codes; null when its quotes do not close. */
function execArguments(line: string): string[] | null {
  const found: string[] = []
  let rest = line.trim()
  while (rest !== '') {
    const [whole, quoted, bare] = /^(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?:\s+|$)/su.exec(rest) ?? []
    if (whole === undefined) return null
    const argument = quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(["`$\\])/gu, '$1')
    if (!/^%[a-zA-Z]$/u.test(argument)) found.push(argument.replaceAll('%%', '%'))
    rest = rest.slice(whole.length)
  }
  return found.length === 0 ? null : found
}
