import type { LikeEnglish } from '../catalogue.ts'

export const limits: LikeEnglish['limits'] = {
  title: 'Límites',
  of: 'Límites de {{name}}',
  now: '{{concurrent}} peticiones a la vez, {{perPeer}} para un par, {{queue}} en espera; {{bandwidth}}',
  anySpeed: 'cualquier velocidad',
  speedPerPeer: '{{speed}} para un par',
  name: {
    concurrent: 'Peticiones a la vez',
    concurrentPerPeer: 'A la vez por par',
    queue: 'Peticiones en espera',
    bandwidthPerPeer: 'Velocidad por par',
  },
  help: {
    concurrent: 'Lo habitual: {{usual}}.',
    concurrentPerPeer: 'Lo habitual: {{usual}}.',
    queue: 'Lo habitual: {{usual}}; las demás se rechazan.',
    bandwidthPerPeer: 'Hacia él y desde él. Lo habitual: sin límite.',
  },
  problem: {
    concurrent: 'Un número entero de 1 a 1024.',
    concurrentPerPeer: 'Un número entero de 1 a 1024.',
    queue: 'Un número entero de 0 a 1024.',
    bandwidthPerPeer: 'Al menos 0,009 Mbit/s, o vacío.',
    together: 'No más que todas juntas.',
  },
  noLimit: 'Sin límite',
  speedUnit: ' Mbit/s',
  saved: 'Límites de {{name}} cambiados',
  usual: 'Lo habitual',
  ownFirst: 'Valen para los pares: lo que funciona en este ordenador va primero.',
}
