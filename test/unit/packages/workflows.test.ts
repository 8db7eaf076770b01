import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

interface Step {
  name?: string
  uses?: string
  run?: string
  if?: string
  env?: Record<string, string>
  with?: Record<string, string>
}
interface Workflow {
  on: Record<string, unknown>
  permissions?: Record<string, string>
  jobs: Record<string, { 'timeout-minutes'?: number; permissions?: Record<string, string>; steps: Step[]; strategy?: object }>
}

const texts = new Map(
  globSync('.github/workflows/*.yml', { cwd: root }).map((file) => [basename(file, '.yml'), readFileSync(join(root, file), 'utf8')]),
)
const workflows = [...texts].map(([name, text]) => [name, load(text) as Workflow] as const)
const steps = (workflow: Workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps)
const named = (name: string) => {
  const found = workflows.find(([each]) => each === name)
  if (!found) throw new Error(`There is no workflow ${name}.`)
  return found[1]
}

describe.each(workflows)('the workflow %s', (name, workflow) => {
  test('takes others’ actions by commit, each with its version beside it', () => {
    const uses = [...(texts.get(name) ?? '').matchAll(/uses: (.+)$/gmu)].map(([, use]) => use ?? '')
    expect(uses.length).toBeGreaterThan(0)
    for (const use of uses) expect(use).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u)
  })

  test('may read the code and nothing else, unless a job says so', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  test('has a limit for every job', () => {
    for (const [job, { 'timeout-minutes': limit }] of Object.entries(workflow.jobs)) expect(limit, job).toBeGreaterThan(0)
  })

  test('puts nothing that others choose into a script', () => {
    for (const { run } of steps(workflow)) expect(run ?? '').not.toMatch(/\$\{\{\s*(?:github|inputs|secrets|vars)\./u)
  })

  test('leaves no credentials in the checkout', () => {
    const checkouts = steps(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter(({ with: given }) => String(given?.['persist-credentials']) !== 'false')).toEqual([])
  })
})

describe('a release', () => {
  const release = named('release')

  test('is packed on three systems', () => {
    expect(JSON.stringify(release.jobs['pack']?.strategy)).toMatch(/linux.*windows.*mac/u)
  })

  test('is a draft with packages, signed offers, bill of materials, checksums and provenance, in that order', () => {
    const publish = release.jobs['publish']?.steps.map(({ run, uses }) => run ?? uses ?? '') ?? []
    const order = ['roll-out.ts', 'sign-release.ts', 'bill-of-materials.ts', 'sha256sum', 'attest-build-provenance', 'gh release create']
    const places = order.map((part) => publish.findIndex((step) => step.includes(part)))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(publish.at(-1)).toContain('--draft')
  })

  test('takes each secret by name, and does without it', () => {
    const secrets = [...(texts.get('release') ?? '').matchAll(/\$\{\{ secrets\.(\w+) \}\}/gu)].map(([, secret]) => secret)
    expect(secrets).toHaveLength(new Set(secrets).size)
    const runs = steps(release)
      .map(({ run }) => run ?? '')
      .join('\n')
    for (const variable of ['APPLE_ID', 'MAC_CSC_LINK', 'WIN_CSC_LINK', 'UPDATE_PUBLIC_KEY', 'UPDATE_SIGNING_KEY'])
      expect(runs, variable).toMatch(new RegExp(`unset[^\\n]*${variable}|-n "\\$\\{?${variable}|in [^;]*${variable}`, 'u'))
  })

  test('is built from what the lock file says and from no cache', () => {
    for (const { uses, with: given } of steps(release))
      if (uses?.startsWith('actions/setup-node@')) expect(given).toMatchObject({ 'package-manager-cache': false })
    expect(steps(release).map(({ run }) => run)).toContain('npm ci')
  })
})
