import type { LikeEnglish } from '../catalogue.ts'

export const updates: LikeEnglish['updates'] = {
  title: 'Aktualisierungen',
  automatic: 'Neuere Versionen selbst installieren',
  way: {
    itself:
      'Sieht alle paar Stunden nach. Installiert nur, was seine Macher signiert haben, solange kein Peer diesen Computer nutzt und sein Fenster zu ist.',
    package:
      'Sieht alle paar Stunden nach und sagt es hier. Die Paketverwaltung, die dieses Programm installiert hat, installiert die neuere Version.',
    portable: 'Sieht alle paar Stunden nach und sagt es hier. Lege die neuere Version an die Stelle dieser.',
    unsigned: 'Diese Kopie wurde ohne den Schlüssel gebaut, an dem neuere Versionen zu erkennen sind; deshalb ersetzt sie sich nicht.',
    checkout:
      'Dieser Knoten läuft aus seinem Quelltext. Um ihn zu aktualisieren, halte ihn an, führe „git pull && npm ci“ aus und starte ihn wieder.',
  },
  state: {
    never: 'Es wurde noch nicht nachgesehen.',
    newest: 'Das ist die neueste Version.',
    looking: 'Sieht nach einer neueren Version…',
    available: 'Version {{version}} ist da.',
    metered: 'Version {{version}} ist da. Deine Verbindung wird nach Volumen bezahlt, deshalb wird nichts ungefragt geladen.',
    downloading: 'Lädt Version {{version}}: {{percent}}',
    peers: 'Version {{version}} ist bereit. Sie wird installiert, wenn kein Peer diesen Computer nutzt.',
    window: 'Version {{version}} ist bereit. Sie wird installiert, sobald dieses Fenster zu ist und kein Peer diesen Computer nutzt.',
    quiet: 'Version {{version}} ist bereit. Sie wird installiert, wenn zehn Minuten lang kein Peer diesen Computer genutzt hat.',
    person: 'Version {{version}} ist bereit. Sie wird installiert, wenn du es sagst.',
    installing: 'Version {{version}} wird installiert. Der Knoten ist gleich wieder da.',
    failed:
      'Version {{version}} ließ sich dreimal nicht installieren. Diese Version läuft weiter. Die neue findest du auf der Seite zum Herunterladen.',
    silent: 'Wo neuere Versionen liegen, antwortet niemand.',
  },
  lookedAt: 'Nachgesehen: {{ago}}',
  look: 'Jetzt nachsehen',
  download: 'Jetzt laden',
  install: 'Neu starten und installieren',
  page: 'Seite zum Herunterladen',
}
