import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createAutostart, startCommand } from '../../../electron/shell/autostart.ts'
import { readDesktopEntry } from '../../../electron/shell/desktop-entry.ts'
import { startsHidden } from '../../../electron/shell/hidden-start.ts'
import { createLoginItems } from '../../fakes/login-items.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

function onLinux({ dataDir, execPath = '/opt/Free Compute Node/fcn' }: { dataDir?: string; execPath?: string } = {}, home = tempDir()) {
  const app = createLoginItems({ isPackaged: true })
  const options = { platform: 'linux', env: {}, home, execPath, icon: '/icon.png' } as const
  const autostart = createAutostart({ app }, { ...options, ...(dataDir !== undefined && { dataDir }) })
  return { autostart, home, file: join(home, '.config/autostart/free-compute-node.desktop') }
}

describe('starting with a Linux desktop', () => {
  it('is off until somebody switches it on', async () => {
    const { autostart, file } = onLinux()
    expect(await autostart.read()).toEqual({ supported: true, enabled: false, why: null, recipe: null })
    expect(existsSync(file)).toBe(false)
  })

  it('starts this program without a window, from a path with a space and with its own data folder', async () => {
    const { autostart, file } = onLinux({ dataDir: '/home/mia/my nodes/attic' })
    await autostart.set(true)
    expect(readDesktopEntry(readFileSync(file, 'utf8')).command).toEqual([
      '/opt/Free Compute Node/fcn',
      '--hidden',
      '--data',
      '/home/mia/my nodes/attic',
    ])
    expect(await autostart.read()).toMatchObject({ enabled: true, why: null })
  })

  it('leaves nothing when it is switched off, also twice', async () => {
    const { autostart, file } = onLinux()
    await autostart.set(true)
    await autostart.set(false)
    await autostart.set(false)
    expect(existsSync(file)).toBe(false)
    expect((await autostart.read()).enabled).toBe(false)
  })

  it('is what the system says: switched off there, it is off here, and nothing brings it back', async () => {
    const { autostart, file, home } = onLinux()
    await autostart.set(true)
    writeFileSync(file, readFileSync(file, 'utf8').replace('X-GNOME-Autostart-enabled=true', 'X-GNOME-Autostart-enabled=false'))
    expect((await autostart.read()).enabled).toBe(false)
    const afterUpdate = onLinux({ execPath: '/opt/newer/fcn' }, home).autostart
    expect((await afterUpdate.read()).enabled).toBe(false)
    expect(readFileSync(file, 'utf8')).toContain('X-GNOME-Autostart-enabled=false')
  })

  it('says so when the entry starts another copy', async () => {
    const { autostart, home } = onLinux()
    await autostart.set(true)
    const moved = onLinux({ execPath: '/home/mia/fcn' }, home).autostart
    expect(await moved.read()).toMatchObject({ enabled: true, why: expect.stringContaining('/opt/Free Compute Node/fcn') as string })
  })

  it('fails with a reason where the folder cannot be written', async () => {
    const { autostart, file } = onLinux()
    mkdirSync(dirname(dirname(file)), { recursive: true })
    writeFileSync(dirname(file), 'a file where the folder should be')
    await expect(autostart.set(true)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('keeps its entry where XDG_CONFIG_HOME says, unless that is a relative path', async () => {
    const [home, config] = [tempDir(), tempDir()]
    const options = { platform: 'linux', home, execPath: '/fcn', icon: '/icon.png' } as const
    for (const base of [config, 'relative']) {
      await createAutostart({ app: createLoginItems({ isPackaged: true }) }, { ...options, env: { XDG_CONFIG_HOME: base } }).set(true)
    }
    expect(existsSync(join(config, 'autostart/free-compute-node.desktop'))).toBe(true)
    expect(existsSync(join(home, '.config/autostart/free-compute-node.desktop'))).toBe(true)
  })
})

describe('what is started', () => {
  const from = { packaged: true, execPath: '/opt/fcn', appPath: '/src', appImage: undefined, dataDir: undefined }

  it('is the program with a flag that keeps the window away', () => {
    expect(startCommand(from)).toEqual(['/opt/fcn', '--hidden'])
  })

  it('is an AppImage itself, not where it was unpacked', () => {
    expect(startCommand({ ...from, appImage: '/home/mia/fcn.AppImage' })[0]).toBe('/home/mia/fcn.AppImage')
  })

  it('is Electron with the folder of the program when it runs from its source', () => {
    expect(startCommand({ ...from, packaged: false, dataDir: '/data' })).toEqual(['/opt/fcn', '/src', '--hidden', '--data', '/data'])
  })
})

describe('starting with Windows', () => {
  const windows = { platform: 'win32', env: {}, home: '', execPath: String.raw`C:\Program Files\fcn.exe`, icon: '' } as const

  it('quotes what has a space, and is read back by the same words', async () => {
    const app = createLoginItems({ isPackaged: true })
    const autostart = createAutostart({ app }, { ...windows, dataDir: String.raw`D:\my nodes` })
    expect((await autostart.read()).enabled).toBe(false)
    await autostart.set(true)
    expect(app.item()).toMatchObject({ path: windows.execPath, args: ['--hidden', '--data', String.raw`"D:\my nodes"`] })
    expect((await autostart.read()).enabled).toBe(true)
    await autostart.set(false)
    expect((await autostart.read()).enabled).toBe(false)
  })

  it('is off where the Task Manager says so, until a person asks again', async () => {
    const app = createLoginItems({ isPackaged: true })
    const autostart = createAutostart({ app }, windows)
    await autostart.set(true)
    app.refuse()
    expect(await autostart.read()).toMatchObject({ enabled: false, why: expect.stringContaining('Task Manager') as string })
    await autostart.set(true)
    expect((await autostart.read()).enabled).toBe(true)
  })
})

describe('starting with macOS', () => {
  const mac = { platform: 'darwin', env: {}, home: '', execPath: '/fcn', icon: '' } as const

  it('is for the installed app only', async () => {
    const autostart = createAutostart({ app: createLoginItems({ isPackaged: false }) }, mac)
    expect(await autostart.read()).toMatchObject({ supported: false, enabled: false })
    expect(() => autostart.set(true)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
  })

  it('says when macOS waits for the user', async () => {
    const app = createLoginItems({ isPackaged: true })
    const autostart = createAutostart({ app }, mac)
    await autostart.set(true)
    expect(await autostart.read()).toMatchObject({ enabled: true, why: null })
    app.refuse()
    expect(await autostart.read()).toMatchObject({ enabled: false, why: expect.stringContaining('Login Items') as string })
  })

  it('opens no window after a login, which macOS says without an argument', () => {
    const app = createLoginItems({ isPackaged: true, wasOpenedAtLogin: true })
    expect(startsHidden({ hidden: false, app, platform: 'darwin' })).toBe(true)
    expect(startsHidden({ hidden: false, app, platform: 'linux' })).toBe(false)
    expect(startsHidden({ hidden: true, app, platform: 'linux' })).toBe(true)
  })
})
