import type { LikeEnglish } from '../catalogue.ts'

export const pause: LikeEnglish['pause'] = {
  pause: 'Pausa',
  pauseAll: 'Poner todo en pausa',
  meaning: 'Mientras tanto los pares no reciben nada de este ordenador.',
  for: { hour: 'Durante 1 hora', tomorrow: 'Hasta mañana', resumed: 'Hasta que reanude' },
  resume: 'Reanudar',
  resumeSharing: 'Reanudar compartir',
  sentence: 'Compartir está en pausa hasta {{time}}, quedan {{left}}. Puedes seguir usando la malla.',
  sentenceOpen: 'Compartir está en pausa hasta que lo reanudes. Puedes seguir usando la malla.',
  until: 'En pausa hasta {{time}}',
  open: 'En pausa hasta que reanudes',
  announced: 'Compartir está en pausa hasta {{time}}.',
  announcedOpen: 'Compartir está en pausa hasta que lo reanudes.',
  resumed: 'Se comparte de nuevo.',
}
