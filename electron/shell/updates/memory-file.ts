import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { replaceDurably, systemDisk } from '../../agent/support/durable-file.ts'
import { nothingTried, type UpdateMemory, updateMemory } from './update-rules.ts'

/** What is remembered of tries from one start to the next. */
export interface MemoryFile {
  read(): UpdateMemory
  /** Rejects when it could not be written. */
  write(memory: UpdateMemory): Promise<void>
}

const parsed = (text: string) => updateMemory.parse(JSON.parse(text))

/** `updates.json` in the data folder. */
export function openMemoryFile(dataDir: string): MemoryFile {
  const file = join(dataDir, 'updates.json')
  return {
    read() {
      try {
        return parsed(readFileSync(file, 'utf8'))
      } catch {
        return nothingTried // absent, or no sense in it: nothing is lost but a count of tries
      }
    },
    write: (memory) =>
      replaceDurably(systemDisk, file, { content: `${JSON.stringify(memory)}\n`, check: async (text) => void parsed(text) }),
  }
}
