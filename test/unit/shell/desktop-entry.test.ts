import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desktopEntry, readDesktopEntry } from '../../../electron/shell/desktop-entry.ts'

const entry = (command: readonly string[], icon?: string) =>
  desktopEntry({ name: 'Free Compute Node', comment: 'Yours', command, ...(icon !== undefined && { icon }) })
const execOf = (text: string) => /^Exec=(.*)$/mu.exec(text)?.[1]

describe('an autostart entry', () => {
  it('quotes a path with a space, and leaves plain words alone', () => {
    expect(execOf(entry(['/opt/Free Compute Node/fcn', '--hidden']))).toBe('"/opt/Free Compute Node/fcn" --hidden')
  })

  it('escapes what the specification reserves: twice for a backslash, doubled for a field code', () => {
    expect(execOf(entry(['/a"b$c`d', String.raw`e\f g`, '100%', '']))).toBe(String.raw`"/a\\"b\\$c\\${'`'}d" "e\\\\f g" 100%% ""`)
  })

  it('says what desktops ask for, and ends with a line break', () => {
    expect(entry(['/usr/bin/fcn'], '/usr/share/icon.png')).toBe(
      [
        '[Desktop Entry]',
        'Type=Application',
        'Name=Free Compute Node',
        'Comment=Yours',
        'Exec=/usr/bin/fcn',
        'Icon=/usr/share/icon.png',
        'Terminal=false',
        'StartupNotify=false',
        'X-GNOME-Autostart-enabled=true',
        '',
      ].join('\n'),
    )
  })

  it('is read back as the very command that was written, whatever is in it', () => {
    const words = fc.array(
      fc.string({ unit: 'grapheme' }).filter((word) => !/[\n\r]/u.test(word) && !/^%[a-zA-Z]$/u.test(word)),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    fc.assert(
      fc.property(words, (command) => {
        expect(readDesktopEntry(entry(command))).toEqual({ enabled: true, command })
      }),
    )
  })

  it('is read back with the separators of lines and paragraphs that only Unicode knows', () => {
    const command = ['/opt/a\u2028b', '\\\u2029', '\u2028']
    expect(readDesktopEntry(entry(command))).toEqual({ enabled: true, command })
  })

  it('refuses a line break, which no entry can hold', () => {
    expect(() => entry(['/opt/a\nb'])).toThrow('line break')
  })

  it.each([
    ['Hidden=true', 'as system settings switch one off'],
    ['X-GNOME-Autostart-enabled=false', 'as GNOME does'],
  ])('is off with %s, %s', (line) => {
    const text = entry(['/usr/bin/fcn']).replace(/^(?:Hidden|X-GNOME).*$/mu, '') + line
    expect(readDesktopEntry(text).enabled).toBe(false)
  })

  it('of another program is read by its own group only, without its field codes', () => {
    const text = '[Desktop Entry]\nExec=/bin/other %U\n\n[Desktop Action new]\nExec=/bin/action\nHidden=true\n'
    expect(readDesktopEntry(text)).toEqual({ enabled: true, command: ['/bin/other'] })
  })

  it.each(['', '[Desktop Entry]\nType=Application\n', '[Desktop Entry]\nExec="/bin/never closed\n'])(
    'that starts nothing is off: %j',
    (text) => {
      expect(readDesktopEntry(text)).toEqual({ enabled: false, command: null })
    },
  )
})
