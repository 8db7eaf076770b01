import { z } from 'zod'
import type { SystemWord } from './portal.ts'

const connectivity = z.enum(['portal', 'limited', 'full', 'none', 'unknown'])

/** What NetworkManager found out by itself, where it runs; it is asked, not made to look. */
export async function askConnectivity(output: (file: string, args: readonly string[]) => Promise<string | null>): Promise<SystemWord> {
  const text = await output('nmcli', ['-t', '-f', 'CONNECTIVITY', 'general'])
  return connectivity.safeParse(text?.trim()).data ?? null
}
