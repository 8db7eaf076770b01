import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, type Lab, openLab, randomLoss, skipped, whyNoFilter } from './lab.ts'
import { type LabNode, startLabNode, type Watch } from './lab-node.ts'
import { took } from './took.ts'

const missing = whyNoFilter()
const rounds = 3

describe.skipIf(missing !== null)(`two hosts whose link loses a fifth of the packets${skipped(missing)}`, () => {
  let lab: Lab
  let mia: Host
  let attic: LabNode
  let watch: Watch

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('home')
    const [one, two] = [await lab.host('attic'), await lab.host('mia')]
    await one.plug('home', 'eth0', '10.1.0.2/24')
    await two.plug('home', 'eth0', '10.1.0.3/24')
    await Promise.all([one, two].map((host) => host.filter(randomLoss('eth0', 20))))
    mia = two
    attic = await startLabNode(one)
    watch = attic.watch()
  })
  afterAll(async () => {
    watch?.[Symbol.dispose]()
    await attic?.[Symbol.asyncDispose]()
    await lab?.[Symbol.asyncDispose]()
  })

  it(`see each other soon after a start, stay in sight, and are gone within five seconds of a kill, in ${rounds} rounds`, async () => {
    const seen: number[] = []
    let gaps = 0
    for (let round = 0; round < rounds; round += 1) {
      const node = await startLabNode(mia)
      seen.push(await took('attic sees mia through the losses', () => watch.names().length > 0))
      // longer than it takes to be forgotten, if what is lost were taken for a departure
      for (let moment = 0, before = 1; moment < 40; moment += 1) {
        const now = watch.names().length
        expect(now).toBeLessThanOrEqual(1)
        if (now < before) gaps += 1
        before = now
        await delay(100)
      }
      await node.end('SIGKILL')
      expect(await took('mia is gone', () => watch.names().length === 0)).toBeLessThan(5_000)
    }
    process.stdout.write(`lossy link: seen after ${seen.map(Math.round).join(', ')} ms, out of sight ${gaps} times in ${rounds * 4} s\n`)
    // all of the first announcements and answers may be lost: one start in 400 takes longer than two seconds
    expect(seen.filter((ms) => ms > 2_000).length).toBeLessThanOrEqual(1)
    expect(Math.max(...seen)).toBeLessThan(4_000)
    expect(gaps).toBeLessThanOrEqual(1)
    expect(watch.urlsOf('mia')).toEqual(['http://10.1.0.3:3000'])
  })
})
