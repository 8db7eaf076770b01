import type { LikeEnglish } from '../catalogue.ts'

export const limits: LikeEnglish['limits'] = {
  title: 'Grenzen',
  of: 'Grenzen von {{name}}',
  now: '{{concurrent}} Anfragen zugleich, {{perPeer}} für einen Peer, {{queue}} wartend; {{bandwidth}}',
  anySpeed: 'jedes Tempo',
  speedPerPeer: '{{speed}} pro Sekunde für einen Peer',
  name: {
    concurrent: 'Anfragen zugleich',
    concurrentPerPeer: 'Davon für einen Peer',
    queue: 'Wartende Anfragen',
    bandwidthPerPeer: 'Tempo für einen Peer',
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
    bandwidthPerPeer: 'Mindestens 0,002 MB/s, oder leer.',
    places: 'Nicht mehr als alle zusammen.',
  },
  noLimit: 'Keine Grenze',
  speedUnit: ' MB/s',
  save: 'Speichern',
  usual: 'Wie üblich',
  ownFirst: 'Sie gelten für Peers: Was auf diesem Computer läuft, geht vor.',
}
