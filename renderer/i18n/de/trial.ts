import type { LikeEnglish } from '../catalogue.ts'

export const trial: LikeEnglish['trial'] = {
  empty:
    'Frag es etwas. Wo es lief und wie schnell, steht unter jeder Antwort. Nichts davon wird aufgehoben: Es ist weg, wenn du es schließt.',
  turns: 'Chat mit {{model}}',
  you: 'Du:',
  waits: 'Wartet auf das erste Wort…',
  waitsFor: 'Wartet auf das erste Wort von {{node}}…',
  ranOn: '{{model}} auf {{node}}',
  ranHere: '{{model}} auf diesem Computer',
  stopped: 'Angehalten',
  copyAnswer: 'Antwort kopieren',
  clear: 'Neuer Chat',
  ask: 'Nachricht an {{model}}',
  placeholder: 'Nachricht',
  keys: 'Enter sendet, Umschalt und Enter beginnen eine neue Zeile.',
  send: 'Senden',
  stop: 'Anhalten',
  spoken: {
    begun: '{{model}} antwortet.',
    more: '{{said}} … Der Rest steht im Chat.',
  },
}
