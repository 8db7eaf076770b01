import type { LikeEnglish } from '../catalogue.ts'

export const diagnostics: LikeEnglish['diagnostics'] = {
  title: 'Diagnostic',
  promise:
    'Les noms sont remplacés, les adresses masquées, et il n’y a ni clés, ni jetons, ni contenus. Rien n’est envoyé : lis-le, enregistre-le, transmets-le toi-même.',
  collecting: 'Collecte…',
  collectingHelp: 'Regarde le réseau et demande à des pairs de se reconnecter. Cela prend quelques secondes.',
  failed: 'Le diagnostic n’a pas pu être collecté',
  again: 'Collecter à nouveau',
  save: 'Enregistrer en fichier',
  copy: 'Tout copier',
  search: 'Chercher dedans',
  sections: 'Sections',
  found_one: '{{count}} ligne',
  found_other: '{{count}} lignes',
  nothingFound: 'Aucune ligne ne contient « {{text}} ».',
  lines_one: '{{count}} ligne',
  lines_other: '{{count}} lignes',
  saved: 'Enregistré sous {{name}}',
  whole: 'Voici le fichier entier : {{lines}}, {{size}}.',
  section: {
    program: 'Programme et ordinateur',
    settings: 'Réglages',
    state: 'État',
    health: 'Avertissements',
    network: 'Réseau',
    peers: 'Pairs',
    findings: 'Constats',
    log: 'Log',
  },
}
