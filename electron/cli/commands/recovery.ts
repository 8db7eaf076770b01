import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import type { OpenSession } from '../session.ts'
import { readPassphrase } from '../passphrase.ts'
import { readTextFile, writeSecretFile } from '../text-file.ts'

/** As the contract has it, bytes. */
const maxFile = 64 * 1024

const passphraseOption = ['--passphrase-file <file>', 'a file that holds the passphrase; - for standard input'] as const

interface ExportOptions {
  out?: string
  forget?: true
  passphraseFile?: string
}

/** The root key of a mesh: what is left when the machine of its last admin is not. */
export function addRecoveryCommands(mesh: Command, open: OpenSession): void {
  const group = mesh
    .command('recovery')
    .summary('keep the root key of a mesh in a file')
    .description(
      'The root key can make admins when none is left, and outranks every admin when one is stolen. Keep it away from this computer.',
    )
    .addHelpText('after', '\nExamples:\n  fcn mesh recovery export Home\n  fcn mesh recovery restore Home.fcn-recovery')

  group
    .command('export')
    .argument('<mesh>', 'name or id of the mesh')
    .option('--out <file>', 'where to write it; here, under a name of its own, without it')
    .option('--forget', 'then delete the key from this node')
    .option(...passphraseOption)
    .description('Writes the root key as a file, encrypted with a passphrase. The passphrase is asked for, or read from a file.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn mesh recovery export Home\n  fcn mesh recovery export Home --out /mnt/usb/home.fcn-recovery --forget',
    )
    .action(async (reference: string, { out, forget, passphraseFile }: ExportOptions) => {
      const session = open()
      const { client, output } = session
      const passphrase = await readPassphrase(session, { file: passphraseFile, fresh: true })
      const { file: content, fileName } = await client.call('mesh.recovery.export', { mesh: reference, passphrase })
      const file = resolve(out ?? basename(fileName))
      await writeSecretFile(file, `${content}\n`)
      // only now, when the file is safely on the disk
      if (forget) await client.call('mesh.recovery.export', { mesh: reference, passphrase, forget })
      const kept = forget ? 'The key is deleted from this node: the file is the only copy.' : 'This node keeps the key too.'
      output.result({ file, forgotten: forget === true }, `The root key is in ${file}.\n${kept}`)
    })

  group
    .command('restore')
    .argument('<file>', 'the recovery file')
    .option(...passphraseOption)
    .description('Makes this node an admin of the mesh, entering it first when it is no member.')
    .addHelpText('after', '\nExample:\n  fcn mesh recovery restore Home.fcn-recovery')
    .action(async (name: string, { passphraseFile }: { passphraseFile?: string }) => {
      const session = open()
      const file = await readTextFile(resolve(name), maxFile)
      const passphrase = await readPassphrase(session, { file: passphraseFile, fresh: false })
      const restored = await session.client.call('mesh.recovery.restore', { file, passphrase })
      session.output.result(restored, `This node is an admin of ${restored.name} now.`)
    })
}
