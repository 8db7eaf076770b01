/**
 * HashiCorp's memberlist, measured in the same run where Go and its Debian package are installed; else the figures that
 * were once measured with it on two cores of a cloud machine.
 */
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'

const execute = promisify(execFile)

const goPath = '/usr/share/gocode'
const program = join(import.meta.dirname, 'memberlist/main.go')
/** Building takes a minute on a slow machine; the measuring has limits of its own, ms. */
const limit = { build: 300_000, run: 900_000 }

const line = z.object({ figure: z.enum(['start', 'change', 'kill', 'bytes', 'processor']), value: z.number() })

/** Times are seconds until the worst node knows. `bytes` per second and node of payload, `processor` in % of a core per node. */
export type MemberlistFigures = Record<z.infer<typeof line>['figure'], number[]>

export interface Memberlist {
  /** False: `figures` are from another machine, and prove nothing about this one. */
  readonly measured: boolean
  readonly figures: MemberlistFigures
}

/** Of memberlist 0.2.2 with 64 nodes: lowest and highest of several runs. */
const published: MemberlistFigures = {
  start: [1.2, 2.3],
  change: [0.42, 0.99],
  kill: [8.8, 10.2],
  bytes: [89],
  processor: [0.056],
}

const howToInstall = 'apt-get install golang-go golang-github-hashicorp-memberlist-dev'

/** Runs memberlist with as many nodes, or says why not. */
export async function memberlist(nodes: number): Promise<Memberlist> {
  const go = await goCommand()
  if (!go || !existsSync(join(goPath, 'src/github.com/hashicorp/memberlist'))) {
    process.stdout.write(
      `memberlist not run here: its figures are those published for 64 nodes on another machine. To run it: ${howToInstall}\n`,
    )
    return { measured: false, figures: published }
  }
  const folder = mkdtempSync(join(tmpdir(), 'fcn-memberlist-'))
  try {
    const binary = join(folder, 'memberlist')
    const environment = { ...process.env, GO111MODULE: 'off', GOPATH: goPath, GOFLAGS: '', GOCACHE: join(folder, 'cache') }
    await execute(go, ['build', '-o', binary, program], { env: environment, timeout: limit.build })
    const { stdout } = await execute(binary, ['-nodes', String(nodes)], { timeout: limit.run })
    return { measured: true, figures: figuresIn(stdout) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function goCommand(): Promise<string | null> {
  try {
    await execute('go', ['version'])
    return 'go'
  } catch {
    return null // not installed
  }
}

function figuresIn(output: string): MemberlistFigures {
  const figures: MemberlistFigures = { start: [], change: [], kill: [], bytes: [], processor: [] }
  for (const text of output.trim().split('\n')) {
    const { figure, value } = line.parse(JSON.parse(text))
    figures[figure].push(value)
  }
  return figures
}
