/** How common programs are told to use the models of the mesh, as texts to copy. Pure. */
import type { DesktopSystem } from '../../../store/desktop-system.ts'

/** Programs and libraries by what their makers call them, with the language of what is copied. */
export const clients = {
  'openai-python': 'OpenAI, Python',
  'openai-js': 'OpenAI, JavaScript',
  ollama: 'Ollama',
  'ollama-python': 'Ollama, Python',
  anthropic: 'Anthropic, Python',
  'open-webui': 'Open WebUI',
  continue: 'Continue',
  langchain: 'LangChain',
  vercel: 'Vercel AI SDK',
  curl: 'curl',
} as const
export type Client = keyof typeof clients
export const clientNames = Object.keys(clients) as Client[]
export const isClient = (text: unknown): text is Client => clientNames.some((name) => name === text)

export interface RecipeFacts {
  /** Where programs on this computer ask: `http://127.0.0.1:3000`. */
  url: string
  model: string
  /** Programs on this computer need the API key. */
  needsKey: boolean
  /** By whose shell commands are written. */
  system: DesktopSystem
}

export interface Recipe {
  code: string
  /**
   * What has to be known besides. `key`: it takes the key from the environment · `anyKey`: the library wants some key, any
   * text does · `noKey`: this program cannot send a key · `container`: in a container the address is another
   */
  notes: ('key' | 'anyKey' | 'noKey' | 'container')[]
}

/** Where a program finds the key; its value is never part of a recipe. */
export const keyVariable = 'FCN_KEY'
const noKey = 'not-needed'

const python = (needsKey: boolean) => ({
  head: needsKey ? 'import os\n' : '',
  key: needsKey ? `os.environ["${keyVariable}"]` : `"${noKey}"`,
})
const js = (needsKey: boolean) => (needsKey ? `process.env.${keyVariable}` : `'${noKey}'`)
const keyNote = (needsKey: boolean): Recipe['notes'] => [needsKey ? 'key' : 'anyKey']

/** Sets variables for the commands that follow. */
const environment = (system: DesktopSystem, variables: Record<string, string>) =>
  Object.entries(variables)
    .map(([name, value]) => (system === 'windows' ? `$env:${name} = "${value}"` : `export ${name}="${value}"`))
    .join('\n')

/** Lines in quotes: a line that begins with `import` would count as one of this program where its libraries are listed. */
const lines = (...all: string[]) => all.join('\n')

const recipes: Record<Client, (facts: RecipeFacts) => Recipe> = {
  'openai-python': ({ url, model, needsKey }) => ({
    code: `${python(needsKey).head}from openai import OpenAI

client = OpenAI(base_url="${url}/v1", api_key=${python(needsKey).key})
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
    notes: keyNote(needsKey),
  }),
  'openai-js': ({ url, model, needsKey }) => ({
    code: lines(
      "import OpenAI from 'openai'",
      '',
      `const client = new OpenAI({ baseURL: '${url}/v1', apiKey: ${js(needsKey)} })`,
      'const answer = await client.chat.completions.create({',
      `  model: '${model}',`,
      "  messages: [{ role: 'user', content: 'Hello' }],",
      '})',
      'console.log(answer.choices[0].message.content)',
    ),
    notes: keyNote(needsKey),
  }),
  ollama: ({ url, model, needsKey, system }) => ({
    code: `${environment(system, { OLLAMA_HOST: url })}\nollama run ${model}`,
    notes: needsKey ? ['noKey'] : [],
  }),
  'ollama-python': ({ url, model, needsKey }) => ({
    code: `${python(needsKey).head}from ollama import Client

client = Client(host="${url}"${needsKey ? `, headers={"X-API-Key": ${python(true).key}}` : ''})
answer = client.chat(
    model="${model}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.message.content)`,
    notes: needsKey ? ['key'] : [],
  }),
  anthropic: ({ url, model, needsKey }) => ({
    code: `${python(needsKey).head}from anthropic import Anthropic

client = Anthropic(base_url="${url}", api_key=${python(needsKey).key})
answer = client.messages.create(
    model="${model}",
    max_tokens=256,
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.content[0].text)`,
    notes: keyNote(needsKey),
  }),
  'open-webui': ({ url, needsKey, system }) => ({
    code: `${environment(system, {
      OPENAI_API_BASE_URL: `${url}/v1`,
      OPENAI_API_KEY: needsKey ? (system === 'windows' ? `$env:${keyVariable}` : `$${keyVariable}`) : noKey,
    })}\nopen-webui serve`,
    notes: [...keyNote(needsKey), 'container'],
  }),
  continue: ({ url, model, needsKey }) => ({
    code: `models:
  - name: ${model}
    provider: openai
    model: ${model}
    apiBase: ${url}/v1
    apiKey: ${needsKey ? `\${{ secrets.${keyVariable} }}` : noKey}`,
    notes: keyNote(needsKey),
  }),
  langchain: ({ url, model, needsKey }) => ({
    code: `${python(needsKey).head}from langchain_openai import ChatOpenAI

model = ChatOpenAI(
    base_url="${url}/v1",
    api_key=${python(needsKey).key},
    model="${model}",
)
print(model.invoke("Hello").content)`,
    notes: keyNote(needsKey),
  }),
  vercel: ({ url, model, needsKey }) => ({
    code: lines(
      "import { createOpenAICompatible } from '@ai-sdk/openai-compatible'",
      "import { generateText } from 'ai'",
      '',
      'const mesh = createOpenAICompatible({',
      "  name: 'mesh',",
      `  baseURL: '${url}/v1',`,
      ...(needsKey ? [`  apiKey: ${js(true)},`] : []),
      '})',
      `const { text } = await generateText({ model: mesh('${model}'), prompt: 'Hello' })`,
      'console.log(text)',
    ),
    notes: needsKey ? ['key'] : [],
  }),
  curl: ({ url, model, needsKey, system }) => {
    const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] })
    // the shell of Windows would take the quotes out of what curl is given
    const code =
      system === 'windows'
        ? `Invoke-RestMethod ${url}/v1/chat/completions -Method Post -ContentType application/json \`
${needsKey ? `  -Headers @{ 'X-API-Key' = $env:${keyVariable} } \`\n` : ''}  -Body '${body}'`
        : `curl ${url}/v1/chat/completions \\
  -H 'Content-Type: application/json' \\
${needsKey ? `  -H "X-API-Key: $${keyVariable}" \\\n` : ''}  -d '${body}'`
    return { code, notes: needsKey ? ['key'] : [] }
  },
}

export const recipeOf = (client: Client, facts: RecipeFacts): Recipe => recipes[client](facts)

/** The command that puts the key where recipes take it from. */
export const keyCommand = (system: DesktopSystem): string => environment(system, { [keyVariable]: '…' })
