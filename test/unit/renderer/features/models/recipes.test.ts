import { describe, expect, it } from 'vitest'
import { clientNames, keyCommand, type RecipeFacts, recipeOf } from '../../../../../renderer/features/models/programs/recipes.ts'

const facts: RecipeFacts = { url: 'http://127.0.0.1:3000', model: 'llama3.2:3b', needsKey: false, system: 'linux' }
/** Programs that are given a server, and choose among its models by themselves. */
const chooseThemselves = ['open-webui']

describe.each(clientNames)('settings for %s', (client) => {
  it('have the address and the model in them', () => {
    const { code } = recipeOf(client, facts)
    expect(code).toContain(facts.url)
    if (!chooseThemselves.includes(client)) expect(code).toContain(facts.model)
  })

  it('take the key from the environment where one is needed, and say so, or say that the program cannot send one', () => {
    const { code, notes } = recipeOf(client, { ...facts, needsKey: true })
    if (notes.includes('noKey')) return
    expect(notes).toContain('key')
    expect(code).toContain('FCN_KEY')
    expect(code).not.toContain('not-needed')
  })

  it('need no variable where no key is needed', () => {
    expect(recipeOf(client, facts).code).not.toContain('FCN_KEY')
  })
})

describe('settings that are commands', () => {
  it('are written for the shell of the system', () => {
    expect(recipeOf('ollama', facts).code).toBe('export OLLAMA_HOST="http://127.0.0.1:3000"\nollama run llama3.2:3b')
    expect(recipeOf('ollama', { ...facts, system: 'windows' }).code).toContain('$env:OLLAMA_HOST = "http://127.0.0.1:3000"')
    expect(recipeOf('curl', { ...facts, system: 'windows' }).code).toMatch(/^Invoke-RestMethod /u)
    expect(keyCommand('windows')).toBe('$env:FCN_KEY = "…"')
  })

  it('send a body that is JSON', () => {
    const body = /-d '(?<json>.+)'$/u.exec(recipeOf('curl', facts).code)?.groups?.['json'] ?? ''
    expect(JSON.parse(body)).toMatchObject({ model: 'llama3.2:3b' })
  })
})
