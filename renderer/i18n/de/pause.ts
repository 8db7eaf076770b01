import type { LikeEnglish } from '../catalogue.ts'

export const pause: LikeEnglish['pause'] = {
  pause: 'Pause',
  pauseAll: 'Alles pausieren',
  meaning: 'Peers bekommen solange nichts von diesem Computer.',
  for: { hour: 'Für 1 Stunde', tomorrow: 'Bis morgen', resumed: 'Bis ich fortsetze' },
  resume: 'Fortsetzen',
  resumeSharing: 'Teilen fortsetzen',
  sentence: 'Teilen pausiert bis {{time}}, noch {{left}}. Du kannst das Mesh weiter nutzen.',
  sentenceOpen: 'Teilen pausiert, bis du es fortsetzt. Du kannst das Mesh weiter nutzen.',
  until: 'Pausiert bis {{time}}',
  open: 'Pausiert, bis du fortsetzt',
  announced: 'Teilen pausiert bis {{time}}.',
  announcedOpen: 'Teilen pausiert, bis du es fortsetzt.',
  resumed: 'Teilen fortgesetzt.',
}
