import type { LikeEnglish } from '../catalogue.ts'

export const pause: LikeEnglish['pause'] = {
  pause: 'Pause',
  pauseAll: 'Tout mettre en pause',
  meaning: 'Pendant ce temps, les pairs ne reçoivent rien de cet ordinateur.',
  for: { hour: 'Pendant 1 heure', tomorrow: 'Jusqu’à demain', resumed: 'Jusqu’à ce que je reprenne' },
  resume: 'Reprendre',
  resumeSharing: 'Reprendre le partage',
  sentence: 'Partage en pause jusqu’à {{time}}, encore {{left}}. Tu peux toujours utiliser le maillage.',
  sentenceOpen: 'Partage en pause jusqu’à ce que tu le reprennes. Tu peux toujours utiliser le maillage.',
  until: 'En pause jusqu’à {{time}}',
  open: 'En pause jusqu’à ce que tu reprennes',
  announced: 'Partage en pause jusqu’à {{time}}.',
  announcedOpen: 'Partage en pause jusqu’à ce que tu le reprennes.',
  resumed: 'Partage repris.',
}
