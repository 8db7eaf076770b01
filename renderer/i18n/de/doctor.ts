import type { LikeEnglish } from '../catalogue.ts'

export const doctor: LikeEnglish['doctor'] = {
  title: 'Erreichen andere diesen Knoten?',
  looking: 'Sieht nach Port, Firewall, Suche im Netz und Uhr und bittet Peers, sich zurückzuverbinden…',
  noProblem: 'Es wurde kein Problem gefunden.',
  problems_one: '{{count}} Problem wurde gefunden.',
  problems_other: '{{count}} Probleme wurden gefunden.',
  again: 'Noch einmal nachsehen',
  copyCommand: 'Befehl kopieren',
  state: {
    ok: 'In Ordnung',
    info: 'Gut zu wissen',
    warning: 'Kann wichtig sein',
    problem: 'Problem',
    unknown: 'Ließ sich nicht herausfinden',
  },
}
