import { resolve } from 'node:path'
import type { Command } from 'commander'
import { diagnosticsText } from '../../contract/diagnostics.ts'
import { writeWhole } from '../audit-export.ts'
import type { OpenSession } from '../session.ts'

export function addDiagnosticsCommand(program: Command, open: OpenSession): void {
  program
    .command('diagnostics')
    .option('--save <file>', 'where to write it; without it, to the terminal')
    .summary('what to hand to whoever helps')
    .description(
      'Collects versions, settings, state, network, peers, findings and the end of the log. Names are replaced, addresses masked, and there are no keys, tokens or contents. Nothing is sent anywhere: read it before you hand it on.',
    )
    .addHelpText('after', '\nExamples:\n  fcn diagnostics | less\n  fcn diagnostics --save diagnostics.txt')
    .action(async ({ save }: { save?: string }) => {
      const { client, output } = open()
      output.progress('Looking…')
      const collected = await client.call('diagnostics.collect', {})
      output.progress('')
      const text = diagnosticsText(collected)
      if (save === undefined) {
        output.result(collected, text)
        return
      }
      const file = resolve(save)
      await writeWhole(file, (write) => write(text))
      output.result({ file }, `Written to ${file}. Read it before you hand it on.`)
    })
}
