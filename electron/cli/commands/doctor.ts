import type { Command } from 'commander'
import type { Diagnosis, Finding } from '../../contract/discovery.ts'
import type { OpenSession } from '../session.ts'

/** What the command ends with when something keeps others out. */
const exitWithProblem = 1

export function addDoctorCommand(program: Command, open: OpenSession, exit: (code: number) => void): void {
  program
    .command('doctor')
    .summary('why others do not reach this node')
    .description(
      'Looks at port, firewall, discovery, clock and VPNs, and asks peers to connect back. Says what it found, why it matters and what to do; changes nothing. Ends with 1 when there is a problem.',
    )
    .addHelpText('after', '\nExamples:\n  fcn doctor\n  fcn doctor --json | jq -r \'.findings[] | select(.state == "problem") | .command\'')
    .action(async () => {
      const { client, output } = open()
      output.progress('Looking…')
      const diagnosis = await client.call('doctor.run', {})
      output.progress('')
      output.result(diagnosis, diagnosisText(diagnosis))
      if (diagnosis.findings.some(({ state }) => state === 'problem')) exit(exitWithProblem)
    })
}

const marks: Record<Finding['state'], string> = { ok: 'ok', info: 'note', warning: 'warning', problem: 'PROBLEM', unknown: 'unknown' }
const markWidth = Math.max(...Object.values(marks).map(({ length }) => length)) + 2

function diagnosisText({ findings }: Diagnosis): string {
  const indent = ' '.repeat(markWidth)
  return findings
    .map(({ state, title, text, action, command }) =>
      [
        `${marks[state].padEnd(markWidth)}${title}`,
        ...[text, action, command === null ? null : `  ${command}`].filter((line) => line !== null).map((line) => `${indent}${line}`),
      ].join('\n'),
    )
    .join('\n')
}
