import { expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createForgeryNotes } from '../../../../electron/agent/membership/forgery-notes.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'

const untrusted = new FcnError('untrusted', 'It does not hold.')

function notes() {
  const [audit, clock] = [createMemoryAudit(), createFakeClock()]
  return { audit, clock, note: createForgeryNotes({ audit, clock, nameOf: () => 'ben', meshName: () => 'Home' }) }
}

it('who passes on a forged statement gets a line', () => {
  const { audit, note } = notes()
  note('B', 'mesh', untrusted)
  const names = { actor: 'ben', actorId: 'B', subject: 'Home', subjectId: 'mesh' }
  expect(audit.recorded).toEqual([{ action: 'statement.refused', ...names, outcome: 'refused', details: { code: 'untrusted' } }])
})

it('what is refused for other reasons gets none', () => {
  const { audit, note } = notes()
  note('B', 'mesh', new FcnError('too_many', 'A mesh has at most 1000 members.'))
  expect(audit.recorded).toEqual([])
})

it('a flood gets few lines', async () => {
  const { audit, clock, note } = notes()
  for (let i = 0; i < 1_000; i++) note(`B${i}`, 'mesh', untrusted)
  expect(audit.recorded).toHaveLength(100)
  await clock.advance(600_000)
  for (let i = 0; i < 1_000; i++) note(`B${i}`, 'mesh', untrusted)
  expect(audit.recorded).toHaveLength(101)
})
