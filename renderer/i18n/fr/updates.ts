import type { LikeEnglish } from '../catalogue.ts'

export const updates: LikeEnglish['updates'] = {
  title: 'Mises à jour',
  automatic: 'Installer de lui-même les nouvelles versions',
  way: {
    itself:
      'Regarde toutes les quelques heures. N’installe que ce que ses auteurs ont signé, quand aucun pair n’utilise cet ordinateur et que sa fenêtre est fermée.',
    package:
      'Regarde toutes les quelques heures et le dit ici. Le gestionnaire de paquets qui a installé ce programme installe la nouvelle version.',
    portable: 'Regarde toutes les quelques heures et le dit ici. Mets la nouvelle version à la place de celle-ci.',
    unsigned: 'Cette copie a été faite sans la clé qui permet de reconnaître les nouvelles versions, donc elle ne se remplace pas.',
    checkout: 'Ce nœud tourne depuis son code source. Pour le mettre à jour, arrête-le, lance « git pull && npm ci » et redémarre-le.',
  },
  state: {
    never: 'Rien n’a encore été cherché.',
    newest: 'C’est la version la plus récente.',
    looking: 'Recherche d’une nouvelle version…',
    available: 'La version {{version}} est là.',
    metered: 'La version {{version}} est là. Ta connexion est payée au volume, donc rien n’est téléchargé sans que tu le demandes.',
    downloading: 'Téléchargement de la version {{version}} : {{percent}}',
    peers: 'La version {{version}} est prête. Elle s’installe quand aucun pair n’utilise cet ordinateur.',
    window: 'La version {{version}} est prête. Elle s’installe dès que cette fenêtre est fermée et qu’aucun pair n’utilise cet ordinateur.',
    quiet: 'La version {{version}} est prête. Elle s’installe quand aucun pair n’a utilisé cet ordinateur pendant dix minutes.',
    person: 'La version {{version}} est prête. Elle s’installe quand tu le dis.',
    installing: 'Installation de la version {{version}}. Le nœud revient dans un instant.',
    failed:
      'La version {{version}} n’a pas pu être installée, trois fois. Cette version continue. La nouvelle est sur la page de téléchargement.',
    silent: 'Personne ne répond là où sont les nouvelles versions.',
  },
  lookedAt: 'Recherche faite {{ago}}',
  look: 'Chercher maintenant',
  download: 'Télécharger maintenant',
  install: 'Redémarrer et installer',
  page: 'Page de téléchargement',
}
