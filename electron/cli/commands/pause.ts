import { type Command, InvalidArgumentError } from 'commander'
import type { PauseFor } from '../../contract/sharing.ts'
import { pauseEnd } from '../paused-text.ts'
import type { OpenSession } from '../session.ts'

const lengths: Record<string, PauseFor> = { '1h': 'hour', hour: 'hour', tomorrow: 'tomorrow', resumed: 'resumed' }

function pauseLength(text: string): PauseFor {
  const length = Object.hasOwn(lengths, text) ? lengths[text] : undefined
  if (length === undefined) throw new InvalidArgumentError('It is 1h, tomorrow or resumed.')
  return length
}

export function addPauseCommands(program: Command, open: OpenSession): void {
  program
    .command('pause')
    .summary('share nothing for a while')
    .description(
      'Shares no capability and no service with peers for a while. What is under way ends as it would; programs on this computer use everything as before.',
    )
    .option('--for <time>', '1h, tomorrow (6 in the morning) or resumed (until “fcn resume”)', pauseLength, 'resumed')
    .addHelpText('after', '\nExamples:\n  fcn pause\n  fcn pause --for 1h\n  fcn pause --for tomorrow')
    .action(async (options: { for: PauseFor }) => {
      const { client, output, now } = open()
      const view = await client.call('sharing.pause', options)
      output.result(view, `Sharing is paused ${pauseEnd(view.pause?.until ?? null, now())}.`)
    })

  program
    .command('resume')
    .summary('share again')
    .description('Ends the pause: what this node offers is there for peers again, by its conditions.')
    .addHelpText('after', '\nExample:\n  fcn resume')
    .action(async () => {
      const { client, output } = open()
      output.result(await client.call('sharing.resume', {}), 'Sharing goes on.')
    })
}
