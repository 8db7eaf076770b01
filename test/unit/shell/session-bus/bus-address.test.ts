import { expect, test } from 'vitest'
import { busPath } from '../../../../electron/shell/session-bus/bus-address.ts'

test.each([
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' }, '/run/user/1000/bus'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/tmp/a%20b,guid=1f' }, '/tmp/a b'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x,guid=1f' }, '\0/tmp/dbus-x'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'tcp:host=localhost,port=1;unix:path=/b' }, '/b'],
  [{ DBUS_SESSION_BUS_ADDRESS: 'autolaunch:' }, null],
  [{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=%' }, null],
  [{ DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: '/run/user/1000' }, '/run/user/1000/bus'],
  [{ XDG_RUNTIME_DIR: '' }, null],
  [{}, null],
])('%j is %j', (env, path) => {
  expect(busPath(env)).toBe(path)
})
