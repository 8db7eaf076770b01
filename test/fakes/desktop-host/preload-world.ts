/**
 * What a sandboxed preload finds around it, as source text that runs in the page before any of its scripts. The one
 * binding to the host is taken away at once; like Electron's, the preload keeps the only way through. Unlike Electron's
 * it shares the page's world, so isolation itself cannot be shown here.
 */
export function preloadScript(preload: string): string {
  return `(() => {
  const require = (${world.toString()})(window);
  if (window !== window.top) return;
  const exports = {}, module = { exports }, process = Object.freeze({ platform: 'linux', sandboxed: true, contextIsolated: true });
  ${preload}
})()`
}

/** Name of the binding that window-page.ts exposes, and of the function that it calls to deliver. */
export const bindingName = '__desktop_host'
export const deliverName = '__desktop_host_deliver'

type Listener = (event: object, ...args: unknown[]) => void
type Invoke = (channel: string, args: unknown[]) => Promise<{ value?: unknown; error?: string }>

/** Serialised: it can use nothing from outside its own braces. */
function world(page: Window & Record<string, unknown>): (name: string) => unknown {
  const invoke = page['__desktop_host'] as Invoke
  delete page['__desktop_host']
  const listeners = new Map<string, Set<Listener>>()
  const deliver = (channel: string, args: unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener({}, ...args)
  }
  Object.defineProperty(page, '__desktop_host_deliver', { value: deliver })

  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      const { value, error } = await invoke(channel, structuredClone(args))
      if (error !== undefined) throw new Error(`Error invoking remote method '${channel}': ${error}`)
      return value
    },
    on(channel: string, listener: Listener) {
      if (!listeners.has(channel)) listeners.set(channel, new Set())
      listeners.get(channel)?.add(listener)
      return ipcRenderer
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
  }

  /** Data is copied, functions are wrapped, objects are frozen. */
  const across = (value: unknown): unknown => {
    if (typeof value === 'function')
      return (...args: unknown[]) => {
        const result: unknown = value(...args.map(across))
        return result instanceof Promise ? result.then(across) : across(result)
      }
    if (Array.isArray(value)) return value.map(across)
    if (typeof value !== 'object' || value === null) return value
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, across(inner)])))
  }

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown) {
      if (name in page) throw new Error(`Cannot bind an API on top of an existing property on the window object: ${name}`)
      Object.defineProperty(page, name, { value: across(api), enumerable: true })
    },
  }
  return (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer }
    throw new Error(`module not found: ${name}`)
  }
}
