import { Argument, type Command } from 'commander'
import type { UpdatesView, UpdateState, UpdateWait } from '../../contract/updates.ts'
import type { OpenSession } from '../session.ts'
import { ago } from '../time-text.ts'

/** Newer versions of the program: `update`, `update install`. */
export function addUpdateCommand(program: Command, open: OpenSession): void {
  program
    .command('update')
    .addArgument(new Argument('[act]', 'looks without one').choices(['install']))
    .summary('look for a newer version of this program')
    .description(
      'Looks for a newer version now, and says how this copy becomes one. An installed app can be told to install what is ready; it refuses while peers use this node. Switched off by: fcn settings set automaticUpdates off.',
    )
    .addHelpText('after', '\nExamples:\n  fcn update\n  fcn update install\n  fcn update --json | jq -r .state')
    .action(async (act: 'install' | undefined) => {
      const { client, output, now } = open()
      const view = await client.call(act === 'install' ? 'updates.install' : 'updates.look', {})
      output.result(view, updateText(view, now()))
    })
}

const ways = {
  itself: null,
  package: 'The package manager that installed this program installs the newer version.',
  portable: 'Put the newer version in the place of this one.',
  unsigned: 'This copy was built without the key by which newer versions are known, so it does not replace itself.',
  checkout: 'This node runs from its source. To update it, stop it, run `git pull && npm ci`, and start it again.',
} as const satisfies Record<UpdatesView['way'], string | null>

const waits = {
  peers: 'It is installed when no peer uses this node.',
  window: 'It is installed once the window is closed and no peer uses this node.',
  quiet: 'It is installed when no peer has used this node for ten minutes.',
  person: 'Install it: fcn update install',
  metered: 'The connection is paid by volume, so it is downloaded when you ask for it in the window.',
} as const satisfies Record<UpdateWait, string>

const states = {
  idle: () => 'This is the newest version.',
  looking: () => 'Looking for a newer version.',
  available: (version) => `Version ${version} is there.`,
  downloading: (version, percent) => `Downloading version ${version}: ${percent} %.`,
  ready: (version) => `Version ${version} is ready.`,
  installing: (version) => `Installing version ${version}. The node is back in a moment.`,
  failed: (version) => `Version ${version} could not be installed, three times. This version runs on.`,
} as const satisfies Record<UpdateState, (version: string, percent: number) => string>

function updateText({ way, state, version, percent, waitsFor, lookedAt, problem, page }: UpdatesView, now: number): string {
  if (way === 'checkout' || way === 'unsigned') return ways[way]
  const unknown = state === 'idle' && lookedAt === null
  const looked = lookedAt === null ? null : `Looked ${ago(lookedAt, now)}.`
  return [
    unknown ? 'Nobody has answered yet where newer versions are.' : states[state](version ?? '', percent ?? 0),
    waitsFor === null ? null : waits[waitsFor],
    state === 'available' ? ways[way] : null,
    problem,
    state === 'failed' || state === 'available' ? page : null,
    looked,
  ]
    .filter((line) => line !== null)
    .join('\n')
}
