import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import { errorTable } from '../../contract/error-codes.ts'
import type { AuditCheck, AuditEntry } from '../../contract/audit.ts'
import { countUpTo } from '../argument.ts'
import { exportAudit, writeWhole } from '../audit-export.ts'
import { type AuditFilterOptions, auditFilter, withAuditFilter } from '../audit-filter.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { stamp } from '../time-text.ts'

interface AuditOptions extends AuditFilterOptions {
  limit?: number
  out?: string
}

const shownAtOnce = 50

export function addAuditCommands(program: Command, open: OpenSession, exit: (code: number) => void): void {
  const list = async (_options: unknown, command: Command) => {
    const { client, output, now } = open()
    const { limit = shownAtOnce, ...filter } = command.optsWithGlobals<AuditOptions>()
    const entries = await client.call('audit.list', { ...auditFilter(filter, now()), limit })
    output.result(
      entries,
      table(['when', 'what', 'who', 'to', 'outcome'], entries.map(auditRow)) || 'Nothing like that has happened here yet.',
    )
  }

  const group = withAuditFilter(program.command('audit'))
    .addArgument(new Argument('[command]', 'lists entries without one').choices(['list', 'verify', 'export']))
    .option('--limit <count>', `how many entries; ${shownAtOnce} without it`, countUpTo(1000))
    .summary('who did what here, newest first')
    .description('Lists who did what on this node, newest first; checks that nobody changed the log; or exports it as JSON Lines.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn audit --limit 10\n  fcn audit --peer nas --since 2d\n  fcn audit verify\n  fcn audit export --out audit.jsonl',
    )
    .action((_command: string | undefined, options: unknown, command: Command) => list(options, command))

  group.command('list').description('Lists who did what on this node, newest first.').action(list)

  group
    .command('verify')
    .description(
      `Checks that no entry of the log was changed, added or taken out; ends with ${errorTable.invalid_input.exit} when one was.`,
    )
    .action(async () => {
      const { client, output } = open()
      const check = await client.call('audit.verify', {})
      output.result(check, checkText(check))
      if (!check.ok) exit(errorTable.invalid_input.exit)
    })

  group
    .command('export')
    .option('--out <file>', 'where to write it; without it, to the terminal')
    .description('Writes the log as JSON Lines, oldest first; the options of fcn audit choose entries.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn audit export --out audit.jsonl\n  fcn audit export --action member --since 2026-01-01 | jq .actor',
    )
    .action(async (_options: unknown, command: Command) => {
      const { client, output, now } = open()
      const { out, limit, ...options } = command.optsWithGlobals<AuditOptions>()
      refuseMisfits({ limit, document: output.json && out === undefined })
      const onProgress = (written: number, total: number) => output.progress(`${written} of ${total} entries`)
      const write = (sink: (text: string) => Promise<void>) =>
        exportAudit(client, { filter: auditFilter(options, now()), write: sink, onProgress })
      const entries = await (out === undefined ? write(output.stream) : writeWhole(resolve(out), write))
      output.progress('')
      if (out !== undefined) output.result({ file: resolve(out), entries }, `${entries} entries written to ${resolve(out)}.`)
    })
}

function refuseMisfits({ limit, document }: { limit: number | undefined; document: boolean }): void {
  if (limit !== undefined) throw new FcnError('usage', 'An export has every entry that fits.', { action: 'Leave --limit out.' })
  if (document)
    throw new FcnError('usage', 'An export is JSON Lines, not one document.', { action: 'Name a file with --out, or leave --json out.' })
}

function auditRow({ at, action, actor, subject, outcome, details }: AuditEntry): string[] {
  const facts = Object.entries(details).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  return [stamp(at), action, actor, subject ?? '', [outcome, ...facts].join(' ')]
}

function checkText({ ok, entries, head, brokenAt }: AuditCheck): string {
  if (!ok) return `Entry ${brokenAt ?? '?'} does not fit to the one before it: the log was changed outside of this program.`
  if (head === null) return 'The log is empty.'
  return `${entries} entries, none changed. The last is ${head}\nNote that down to prove later that nothing before it was changed.`
}
