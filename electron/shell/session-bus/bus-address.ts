import { join } from 'node:path'

/**
 * Where the user's session bus listens, as node:net takes it: a path, which begins with a zero byte when it is abstract. Null
 * where there is none that this program can reach (D-Bus Specification, "Server Addresses").
 */
export function busPath(env: NodeJS.ProcessEnv): string | null {
  const addresses = env['DBUS_SESSION_BUS_ADDRESS']
  if (addresses !== undefined && addresses !== '')
    return (
      addresses
        .split(';')
        .map(pathIn)
        .find((path) => path !== null) ?? null
    )
  const folder = env['XDG_RUNTIME_DIR']
  return folder === undefined || folder === '' ? null : join(folder, 'bus')
}

function pathIn(address: string): string | null {
  const [, transport, rest] = /^([a-z]+):(.*)$/su.exec(address.trim()) ?? []
  if (transport !== 'unix' || rest === undefined) return null
  const keys = new Map(rest.split(',').map((pair): [string, string | undefined] => [pair.split('=')[0] ?? '', pair.split('=')[1]]))
  const [path, name] = [unescaped(keys.get('path')), unescaped(keys.get('abstract'))]
  return path ?? (name === null ? null : `\0${name}`)
}

function unescaped(value: string | undefined): string | null {
  if (value === undefined || value === '') return null
  try {
    return decodeURIComponent(value)
  } catch {
    return null // a percent sign that begins no escape is no address
  }
}
