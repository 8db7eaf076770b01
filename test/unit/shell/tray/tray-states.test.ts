import { expect, test } from 'vitest'
import { trayIcon } from '../../../../electron/shell/tray/tray-icon.ts'
import { trayMenu } from '../../../../electron/shell/tray/tray-menu.ts'
import { trayTooltip } from '../../../../electron/shell/tray/tray-tooltip.ts'
import { trayNow, trayStates } from '../../../fixtures/tray-states.ts'
import { drawn } from './drawn-menu.ts'

test('every state of the tray reads as in the table', async () => {
  const pages = Object.entries(trayStates).map(([name, snapshot]) => {
    const icon = trayIcon(snapshot?.node.state ?? 'starting', { platform: 'win32', dark: false })
    const lines = [
      `icon: ${icon.replaceAll('\\', '/')}`,
      `tooltip: ${trayTooltip(snapshot, trayNow)}`,
      ...drawn(trayMenu(snapshot, trayNow)),
    ]
    return `== ${name} ==\n${lines.join('\n')}\n`
  })
  await expect(pages.join('\n')).toMatchFileSnapshot('tray-states.txt')
})
