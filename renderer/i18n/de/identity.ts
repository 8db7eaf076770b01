import type { LikeEnglish } from '../catalogue.ts'

export const identity: LikeEnglish['identity'] = {
  title: 'Eine neue Identität erzeugen?',
  help: 'Dieser Computer beginnt als neuer Knoten mit einem neuen Schlüssel. Tu das auf einem von zwei Computern, die aus derselben Kopie oder Sicherung stammen, nie auf beiden.',
  consequence: 'Er verlässt alle seine Meshes',
  consequenceHelp:
    'Deren Mitglieder sehen einen Knoten, den sie nicht kennen; jemand muss ihn wieder zulassen. Der alte Schlüssel wird im Datenordner beiseitegelegt. Einstellungen, Fähigkeiten und Dienste bleiben.',
  type: 'Tippe {{start}}, den Anfang der Knoten-ID, die endet',
  verb: 'Neue Identität erzeugen',
  doneDesktop: 'Die neue Identität gilt ab dem nächsten Start. Beende Free Compute Node über das Symbol in der Leiste und öffne es wieder.',
  doneHeadless: 'Die neue Identität gilt ab dem nächsten Start. Halte den Knoten an und starte ihn wieder.',
}
