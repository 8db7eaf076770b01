import { join } from 'node:path'
import type { AutostartRecipe } from '../contract/autostart.ts'

interface RecipeOptions {
  platform: NodeJS.Platform
  home: string
  /** Program and arguments that start this node. */
  command: readonly [string, ...string[]]
}

/**
 * How a person has the system start a headless node, with texts to copy. It is not done for them: who runs a server has
 * a way of doing this already.
 */
export function autostartRecipe({ platform, home, command }: RecipeOptions): AutostartRecipe {
  if (platform === 'darwin') {
    const file = join(home, 'Library/LaunchAgents/net.free-compute-node.plist')
    return { system: 'launchd', file, text: launchAgent(command), commands: [`launchctl bootstrap gui/$(id -u) ${shellWord(file)}`] }
  }
  if (platform === 'win32') {
    const line = command.map((part) => (/\s/u.test(part) ? String.raw`\"${part}\"` : part)).join(' ')
    return {
      system: 'task_scheduler',
      file: null,
      text: null,
      commands: [`schtasks /Create /SC ONLOGON /TN "Free Compute Node" /TR "${line}"`],
    }
  }
  return {
    system: 'systemd',
    file: join(home, '.config/systemd/user/free-compute-node.service'),
    text: userUnit(command),
    commands: ['systemctl --user daemon-reload', 'systemctl --user enable free-compute-node', 'loginctl enable-linger'],
  }
}

/** systemd.service(5); lingering starts it with the machine, without anybody logging in. */
function userUnit(command: readonly string[]): string {
  return `${[
    '[Unit]',
    'Description=Free Compute Node',
    'Documentation=https://free-compute-node.example',
    '',
    '[Service]',
    `ExecStart=${command.map(unitWord).join(' ')}`,
    'Restart=on-failure',
    'RestartSec=10',
    '',
    '[Install]',
    'WantedBy=default.target',
  ].join('\n')}\n`
}

/** One word of `ExecStart`: always in quotes, with what systemd would expand doubled (systemd.syntax(7)). */
const unitWord = (word: string) =>
  `"${word
    .replaceAll(/["\\]/gu, String.raw`\$&`)
    .replaceAll('%', '%%')
    .replaceAll('$', '$$$$')}"`

/** launchd.plist(5). */
function launchAgent(command: readonly string[]): string {
  const words = command.map((word) => `    <string>${xmlText(word)}</string>`)
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    '  <key>Label</key>',
    '  <string>net.free-compute-node</string>',
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...words,
    '  </array>',
    '  <key>RunAtLoad</key>',
    '  <true/>',
    '</dict>',
    '</plist>',
  ].join('\n')}\n`
}

const xmlText = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const shellWord = (word: string) => (/^[\w./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)
