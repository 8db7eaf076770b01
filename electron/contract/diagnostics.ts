/** What a person can hand to whoever helps: collected and redacted by the agent, read by the person before it is saved. */
import { z } from 'zod'

export const diagnosticsSectionId = z.enum(['program', 'settings', 'state', 'health', 'network', 'peers', 'findings', 'log'])
export type DiagnosticsSectionId = z.infer<typeof diagnosticsSectionId>

/** A part of the file, as it will stand in it. English, since it is for those who wrote the program. */
export const diagnosticsSection = z.object({ id: diagnosticsSectionId, title: z.string(), text: z.string() })
export type DiagnosticsSection = z.infer<typeof diagnosticsSection>

export const diagnostics = z.object({
  at: z.number(),
  /** A name for the file, without a path. */
  fileName: z.string(),
  sections: z.array(diagnosticsSection),
})
export type Diagnostics = z.infer<typeof diagnostics>

/** The whole file, to the last byte. */
export const diagnosticsText = ({ sections }: Pick<Diagnostics, 'sections'>): string =>
  sections.map(({ title, text }) => `${title}\n${'='.repeat(title.length)}\n${text}\n`).join('\n')
