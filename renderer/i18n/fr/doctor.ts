import type { LikeEnglish } from '../catalogue.ts'

export const doctor: LikeEnglish['doctor'] = {
  title: 'D’autres joignent-ils ce nœud ?',
  looking: 'On regarde le port, le pare-feu, la découverte et l’horloge, et on demande à des pairs de se reconnecter…',
  noProblem: 'Aucun problème trouvé.',
  problems_one: '{{count}} problème trouvé.',
  problems_other: '{{count}} problèmes trouvés.',
  again: 'Regarder à nouveau',
  copyCommand: 'Copier la commande',
  state: {
    ok: 'Bien',
    info: 'Bon à savoir',
    warning: 'Peut compter',
    problem: 'Problème',
    unknown: 'N’a pas pu être déterminé',
  },
}
