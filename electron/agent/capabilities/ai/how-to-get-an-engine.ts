import { FcnError } from '../../errors.ts'

/** What to do on a computer without an engine. */
const ways: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Install Ollama (“curl -fsSL https://ollama.com/install.sh | sh”), then get a model (“ollama pull llama3.2”)',
  darwin:
    'Install Ollama (“brew install --cask ollama”, or https://ollama.com/download) or LM Studio (https://lmstudio.ai), then get a model in it',
  win32: 'Install Ollama (“winget install Ollama.Ollama”) or LM Studio (https://lmstudio.ai), then get a model in it',
}

/** AI is on and there is nothing that could run a model: says how to get something on this system. */
export const noEngine = (platform: NodeJS.Platform): FcnError =>
  new FcnError('backend_failed', 'No engine for language models answers on this computer.', {
    action: `${ways[platform] ?? 'Install Ollama (https://ollama.com/download) and get a model in it'}, or give the address of another engine: “fcn ai engine add URL”.`,
    details: { reason: 'no_engine' },
  })

/** An engine answers and has nothing to run. */
export const noModel = (engine: string): FcnError =>
  new FcnError('backend_failed', `${engine} runs, but has no models.`, {
    action: engine === 'Ollama' ? 'Get one with “ollama pull llama3.2”.' : `Get one in ${engine}.`,
    details: { reason: 'no_model' },
  })
