import type { LikeEnglish } from '../catalogue.ts'

export const trial: LikeEnglish['trial'] = {
  empty:
    'Demande-lui quelque chose. Sous chaque réponse est écrit où elle a été faite et à quelle vitesse. Rien n’en est gardé : tout disparaît quand tu fermes.',
  turns: 'Discussion avec {{model}}',
  you: 'Toi :',
  waits: 'En attente du premier mot…',
  waitsFor: 'En attente du premier mot de {{node}}…',
  ranOn: '{{model}} sur {{node}}',
  ranHere: '{{model}} sur cet ordinateur',
  stopped: 'Arrêté',
  copyAnswer: 'Copier la réponse',
  clear: 'Nouvelle discussion',
  ask: 'Message à {{model}}',
  placeholder: 'Message',
  keys: 'Entrée envoie, Maj et Entrée commencent une ligne.',
  send: 'Envoyer',
  stop: 'Arrêter',
  spoken: {
    begun: '{{model}} répond.',
    more: '{{said}} … La suite est dans la discussion.',
  },
}
