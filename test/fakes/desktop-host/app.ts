import { EventEmitter } from 'node:events'
import { existsSync, mkdirSync, readFileSync, renameSync, unlinkSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cancellable } from './cancellable.ts'
import { answerTopic } from './to-test.ts'
import { BrowserWindow } from './window.ts'

/** The folder of package.json above the main script, as `electron <folder>` would be given. */
function appPathOf(script: string): string {
  let folder = dirname(script)
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return folder
}

class App extends EventEmitter {
  isPackaged = false
  #ready = false
  #paths: Record<string, string> = { userData: join(tmpdir(), 'desktop-host'), temp: tmpdir() }
  #lock: string | null = null

  isReady = () => this.#ready
  getName = () => 'Free Compute Node'
  getVersion = () => '0.0.0-host'
  getAppPath = () => appPathOf(process.argv[1] ?? process.cwd())
  getPath = (name: string) => this.#paths[name] ?? join(tmpdir(), name)

  setPath(name: string, path: string): void {
    if (this.#ready) throw new Error('setPath has no effect on a profile that is open already')
    mkdirSync(path, { recursive: true })
    this.#paths[name] = path
  }

  setAppUserModelId(): void {}

  /** The package says it on Linux; nobody asks here. */
  setAsDefaultProtocolClient = () => true

  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  async whenReady(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    this.#ready = true
    this.emit('ready')
  }

  /** The lock is a file beside the profile; whoever does not get it leaves a note for the one who has it. */
  requestSingleInstanceLock(): boolean {
    const lock = join(this.getPath('userData'), 'host-lock')
    const note = join(this.getPath('userData'), 'host-started-again')
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      // whole or not at all: the other is woken by the first byte
      writeFileSync(`${note}-${process.pid}`, JSON.stringify(process.argv))
      renameSync(`${note}-${process.pid}`, note)
      return false
    }
    writeFileSync(lock, String(process.pid))
    this.#lock = lock
    watch(dirname(note), () => {
      if (!existsSync(note)) return
      const argv: unknown = JSON.parse(readFileSync(note, 'utf8'))
      unlinkSync(note)
      this.emit('second-instance', {}, argv, process.cwd(), null)
    }).unref()
    return true
  }

  quit(): void {
    const event = cancellable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    for (const window of BrowserWindow.getAllWindows()) window.close()
    if (BrowserWindow.getAllWindows().length > 0) return
    this.emit('will-quit', cancellable())
    this.exit(0)
  }

  exit(code = 0): void {
    for (const window of BrowserWindow.getAllWindows()) window.destroy()
    this.emit('quit', {}, code)
    if (this.#lock) unlinkSync(this.#lock)
    process.exit(code)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export const app = new App()

answerTopic('open-url', (url: string) => app.emit('open-url', cancellable(), url))

BrowserWindow.attach({
  isReady: app.isReady,
  created: (contents) => app.emit('web-contents-created', {}, contents),
  allClosed() {
    if (app.listenerCount('window-all-closed') === 0) app.quit()
    else app.emit('window-all-closed')
  },
})
