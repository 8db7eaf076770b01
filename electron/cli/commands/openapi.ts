import { resolve } from 'node:path'
import type { Command } from 'commander'
import { writeWhole } from '../audit-export.ts'
import type { OpenSession } from '../session.ts'

export function addOpenApiCommand(program: Command, open: OpenSession): void {
  program
    .command('openapi')
    .option('--out <file>', 'where to write it; without it, to the terminal')
    .summary('the HTTP API of this node, as OpenAPI')
    .description('Prints the description of every HTTP endpoint of this node (OpenAPI 3.1, JSON), for generators of clients and pages.')
    .addHelpText('after', '\nExamples:\n  fcn openapi --out node.json\n  fcn openapi | jq ".paths | keys"')
    .action(async ({ out }: { out?: string }) => {
      const { client, output } = open()
      const document = await client.description()
      const text = JSON.stringify(document, null, 2)
      if (out === undefined) {
        output.result(document, text)
        return
      }
      const file = resolve(out)
      await writeWhole(file, (write) => write(`${text}\n`))
      output.result({ file }, `Written to ${file}.`)
    })
}
