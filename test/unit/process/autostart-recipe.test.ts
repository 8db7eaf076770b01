import { describe, expect, it } from 'vitest'
import { autostartRecipe } from '../../../electron/process/autostart-recipe.ts'

const command = ['/opt/my node/node', '/srv/fcn/headless.js', '--data', '/srv/100%/$x "y"'] as const
const recipe = (platform: NodeJS.Platform) => autostartRecipe({ platform, home: '/home/mia', command })

describe('how the system starts a headless node', () => {
  it('on Linux is a unit of the user, with every word as systemd reads it', () => {
    const { file, text, commands } = recipe('linux')
    expect(file).toBe('/home/mia/.config/systemd/user/free-compute-node.service')
    expect(text).toContain(String.raw`ExecStart="/opt/my node/node" "/srv/fcn/headless.js" "--data" "/srv/100%%/$$x \"y\""`)
    expect(text).toContain('WantedBy=default.target')
    expect(commands).toContain('systemctl --user enable free-compute-node')
  })

  it('on macOS is a launch agent, with its words as XML', () => {
    const { system, text } = autostartRecipe({ platform: 'darwin', home: '/Users/mia', command: ['/opt/a&b', '<x>'] })
    expect(system).toBe('launchd')
    expect(text).toContain('<string>/opt/a&amp;b</string>\n    <string>&lt;x&gt;</string>')
  })

  it('on Windows is one command', () => {
    expect(recipe('win32')).toMatchObject({ system: 'task_scheduler', file: null, text: null })
    expect(recipe('win32').commands[0]).toContain(String.raw`/TR "\"/opt/my node/node\" /srv/fcn/headless.js`)
  })
})
