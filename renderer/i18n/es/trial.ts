import type { LikeEnglish } from '../catalogue.ts'

export const trial: LikeEnglish['trial'] = {
  empty:
    'Pregúntale algo. Debajo de cada respuesta está dónde se ejecutó y con qué rapidez. Nada de esto se guarda: desaparece cuando lo cierras.',
  turns: 'Chat con {{model}}',
  you: 'Tú:',
  waits: 'Esperando la primera palabra…',
  waitsFor: 'Esperando la primera palabra de {{node}}…',
  ranOn: '{{model}} en {{node}}',
  ranHere: '{{model}} en este ordenador',
  stopped: 'Detenido',
  copyAnswer: 'Copiar la respuesta',
  clear: 'Nuevo chat',
  ask: 'Mensaje para {{model}}',
  placeholder: 'Mensaje',
  keys: 'Intro envía; Mayús e Intro empiezan otra línea.',
  send: 'Enviar',
  stop: 'Detener',
  spoken: {
    begun: '{{model}} responde.',
    more: '{{said}} … El resto está en el chat.',
  },
}
