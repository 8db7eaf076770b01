import type { LikeEnglish } from '../catalogue.ts'

export const diagnostics: LikeEnglish['diagnostics'] = {
  title: 'Diagnose',
  promise:
    'Namen sind ersetzt, Adressen maskiert, und es gibt keine Schlüssel, Tokens oder Inhalte. Nichts wird gesendet: Lies es, speichere es, gib es selbst weiter.',
  collecting: 'Wird gesammelt…',
  collectingHelp: 'Sieht sich das Netz an und bittet Peers, sich zurückzuverbinden. Das dauert ein paar Sekunden.',
  failed: 'Sie ließ sich nicht sammeln',
  again: 'Noch einmal sammeln',
  save: 'Als Datei speichern',
  copy: 'Alles kopieren',
  search: 'Darin suchen',
  sections: 'Abschnitte',
  found_one: '{{count}} Zeile',
  found_other: '{{count}} Zeilen',
  nothingFound: 'Keine Zeile enthält „{{text}}“.',
  lines_one: '{{count}} Zeile',
  lines_other: '{{count}} Zeilen',
  saved: 'Gespeichert als {{name}}',
  whole: 'Das ist die ganze Datei: {{lines}}, {{size}}.',
  section: {
    program: 'Programm und Computer',
    settings: 'Einstellungen',
    state: 'Zustand',
    health: 'Warnungen',
    network: 'Netzwerk',
    peers: 'Peers',
    findings: 'Befunde',
    log: 'Log',
  },
}
