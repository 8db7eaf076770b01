import { describe, expect, it } from 'vitest'
import { english } from '../../../../renderer/i18n/en/catalogue.ts'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { failureWords } from '../../../../renderer/i18n/failure-words.ts'
import { createI18n, showLanguage } from '../../../../renderer/i18n/i18n.ts'
import { warningWords } from '../../../../renderer/i18n/warning-words.ts'

const speaking = async (language: string) => {
  const i18n = await createI18n()
  await showLanguage(i18n, language)
  return i18n
}
const failure = {
  code: 'unreachable' as const,
  message: 'Nothing answers at 192.168.1.20 on port 3000.',
  action: 'Is the computer on?',
}

describe('words of the node', () => {
  it('stand alone in English', async () => {
    const i18n = await speaking('en')
    expect(failureWords(i18n, failure)).toEqual({
      said: failure.message,
      more: failure.action,
      moreIn: 'en',
      whole: `${failure.message} ${failure.action}`,
    })
  })

  it('follow what the code means in other languages, marked as English, and with the time to wait', async () => {
    const i18n = await speaking('de')
    const { said, more, moreIn } = failureWords(i18n, { ...failure, details: { retryAfter: 30 } })
    expect(said).toBe('Dort antwortet nichts. Versuch es in 30 Sekunden wieder.')
    expect([more, moreIn]).toEqual([`${failure.message} ${failure.action}`, 'en'])
  })

  it('do not mix with a line that runs from right to left', async () => {
    const i18n = await speaking('ar')
    expect(failureWords(i18n, failure).more).toBe(`\u2068${failure.message} ${failure.action}\u2069`)
    expect(i18n.t('lastSeen', { when: 'x' })).toContain('\u2068x\u2069')
    expect(createFormat('ar').list(['attic-nas', 'vps'])).toContain('\u2068attic-nas\u2069')
  })

  it('are translated by the code of a warning, and kept where they name something', async () => {
    const i18n = await speaking('de')
    const warning = { title: 'This computer is the only admin of Maple Street', text: 'If it is lost …', action: 'Make another' }
    expect(warningWords(i18n, { ...warning, code: 'single_admin:m1' })).toEqual({
      title: 'Dieser Computer ist der einzige Admin eines Meshes',
      text: expect.stringContaining('This computer is the only admin of Maple Street. If it is lost …') as string,
    })
    expect(warningWords(i18n, { ...warning, code: 'capability_ai' }).title).toBe('Eine Fähigkeit funktioniert nicht')
    expect(warningWords(i18n, { ...warning, code: 'constructor' })).toEqual({ title: warning.title, text: 'If it is lost … Make another.' })
    expect(warningWords(i18n, { ...warning, code: 'no_network' }).text).not.toContain('lost')
  })

  it('have a code for every warning in the catalogue, with title, text and action', () => {
    for (const words of Object.values(english.health)) expect(Object.keys(words)).toEqual(['title', 'text', 'action'])
  })
})
