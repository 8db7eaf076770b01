import type { DesktopSystem } from '../../../store/desktop-system.ts'

/** What a person types to get the engine that is the quickest to get, and a first model for it. */
export const engineCommands: Record<DesktopSystem, string> = {
  linux: 'curl -fsSL https://ollama.com/install.sh | sh\nollama pull llama3.2',
  macos: 'brew install --cask ollama\nopen -a Ollama\nollama pull llama3.2',
  windows: 'winget install Ollama.Ollama\nollama pull llama3.2',
}
