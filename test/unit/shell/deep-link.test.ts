import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { overview, type Place } from '../../../electron/contract/place.ts'
import { followLinks, linkAmong, placeOfLink } from '../../../electron/shell/deep-link.ts'

const invite = 'fcn://join?i=fcn1.AQAB-_9'

class App extends EventEmitter {
  isPackaged = true
  readonly registered: unknown[][] = []
  setAsDefaultProtocolClient = (...args: unknown[]) => {
    this.registered.push(args)
    return true
  }
}

describe('a link', () => {
  test.each([
    [['--hidden', invite], invite],
    [['--', 'FCN://join?i=x'], 'FCN://join?i=x'],
    [['https://fcn://', '--fcn://join'], null],
    [[], null],
  ])('among %j is %j', (argv, link) => {
    expect(linkAmong(argv)).toBe(link)
  })

  test.each([
    [invite, { path: '/', opened: { open: 'join', invite } }],
    ['FCN://JOIN/?i=fcn1.AQAB', { path: '/', opened: { open: 'join', invite: 'fcn://join?i=fcn1.AQAB' } }],
    // what is no invite is shown as what it is by the dialog that reads it
    ['fcn://join?url=http://evil', { path: '/', opened: { open: 'join', invite: 'fcn://join?url=http://evil' } }],
    ['fcn://settings/reset', overview],
    ['fcn:', overview],
    [`fcn://join?i=${'A'.repeat(2_048)}`, overview],
  ])('%s leads to %j', (link, place) => {
    expect(placeOfLink(link)).toEqual(place)
  })
})

describe('the system', () => {
  const follow = (app: App, platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}) => {
    const opened: Place[] = []
    followLinks(app as never, (place) => opened.push(place), { platform, env, execPath: 'C:\\fcn.exe' })
    return opened
  }

  test('tells of a link by an event on macOS', () => {
    const app = new App()
    const opened = follow(app, 'darwin')
    let kept = true
    app.emit('open-url', { preventDefault: () => (kept = false) }, invite)
    expect(opened).toEqual([placeOfLink(invite)])
    expect(kept).toBe(false)
  })

  test('learns on Windows who opens links, in a way that makes no option of them', () => {
    const [installed, portable] = [new App(), new App()]
    follow(installed, 'win32')
    follow(portable, 'win32', { PORTABLE_EXECUTABLE_FILE: 'D:\\fcn-portable.exe' })
    expect(installed.registered).toEqual([['fcn', 'C:\\fcn.exe', ['--']]])
    expect(portable.registered).toEqual([['fcn', 'D:\\fcn-portable.exe', ['--']]])
  })

  test('is left alone by what runs from its source, and elsewhere, where the package says it', () => {
    const app = Object.assign(new App(), { isPackaged: false })
    follow(app, 'win32')
    const packed = new App()
    follow(packed, 'linux')
    expect([app.registered, packed.registered]).toEqual([[], []])
  })
})
