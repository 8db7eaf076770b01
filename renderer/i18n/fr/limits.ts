import type { LikeEnglish } from '../catalogue.ts'

export const limits: LikeEnglish['limits'] = {
  title: 'Limites',
  of: 'Limites de {{name}}',
  now: '{{concurrent}} requêtes à la fois, {{perPeer}} pour un pair, {{queue}} en attente ; {{bandwidth}}',
  anySpeed: 'n’importe quelle vitesse',
  speedPerPeer: '{{speed}} pour un pair',
  name: {
    concurrent: 'Requêtes à la fois',
    concurrentPerPeer: 'À la fois par pair',
    queue: 'Requêtes en attente',
    bandwidthPerPeer: 'Vitesse par pair',
  },
  help: {
    concurrent: 'D’habitude {{usual}}.',
    concurrentPerPeer: 'D’habitude {{usual}}.',
    queue: 'D’habitude {{usual}} ; au-delà, elles sont renvoyées.',
    bandwidthPerPeer: 'Vers lui et depuis lui. D’habitude sans limite.',
  },
  problem: {
    concurrent: 'Un nombre entier de 1 à 1024.',
    concurrentPerPeer: 'Un nombre entier de 1 à 1024.',
    queue: 'Un nombre entier de 0 à 1024.',
    bandwidthPerPeer: 'Au moins 0,009 Mbit/s, ou vide.',
    together: 'Pas plus que toutes ensemble.',
  },
  noLimit: 'Sans limite',
  speedUnit: ' Mbit/s',
  saved: 'Limites de {{name}} changées',
  usual: 'Comme d’habitude',
  ownFirst: 'Elles valent pour les pairs : ce qui tourne sur cet ordinateur passe d’abord.',
}
