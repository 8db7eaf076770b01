import type { LikeEnglish } from '../catalogue.ts'

export const limits: LikeEnglish['limits'] = {
  title: 'Grenzen',
  of: 'Grenzen von {{name}}',
  now: '{{concurrent}} Anfragen zugleich, {{perPeer}} für einen Peer, {{queue}} wartend; {{bandwidth}}',
  anySpeed: 'jedes Tempo',
  speedPerPeer: '{{speed}} für einen Peer',
  name: {
    concurrent: 'Anfragen zugleich',
    concurrentPerPeer: 'Zugleich pro Peer',
    queue: 'Wartende Anfragen',
    bandwidthPerPeer: 'Tempo pro Peer',
  },
  help: {
    concurrent: 'Üblich: {{usual}}.',
    concurrentPerPeer: 'Üblich: {{usual}}.',
    queue: 'Üblich: {{usual}}; mehr werden abgewiesen.',
    bandwidthPerPeer: 'Zu ihm und von ihm. Üblich: keine Grenze.',
  },
  problem: {
    concurrent: 'Eine ganze Zahl von 1 bis 1024.',
    concurrentPerPeer: 'Eine ganze Zahl von 1 bis 1024.',
    queue: 'Eine ganze Zahl von 0 bis 1024.',
    bandwidthPerPeer: 'Mindestens 0,009 Mbit/s, oder leer.',
    together: 'Nicht mehr als alle zusammen.',
  },
  noLimit: 'Keine Grenze',
  speedUnit: ' Mbit/s',
  saved: 'Grenzen von {{name}} geändert',
  usual: 'Wie üblich',
  ownFirst: 'Sie gelten für Peers: Was auf diesem Computer läuft, geht vor.',
}
