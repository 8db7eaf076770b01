import type { LikeEnglish } from '../catalogue.ts'

export const health: LikeEnglish['health'] = {
  no_network: {
    title: 'Pas de réseau',
    text: 'Rien n’est perdu ; le partage reprend quand il revient.',
    action: 'Branche le câble ou rejoins un réseau Wi-Fi.',
  },
  captive_portal: {
    title: 'Ce réseau veut que tu te connectes',
    text: 'Il répond à la place de tes pairs, donc aucun n’est joint.',
    action: 'Ouvre n’importe quelle page web dans un navigateur et connecte-toi là. Le nœud continue tout seul.',
  },
  peers_unreachable: {
    title: 'Aucun pair n’est joint',
    text: 'Tous sont éteints, ou quelque chose les tient à l’écart. On réessaie tout seul.',
    action: 'Regarde ce que trouve « D’autres joignent-ils ce nœud ? ».',
  },
  port_mapping_fails: {
    title: 'La box ne laisse pas internet joindre cet ordinateur',
    text: 'Le maillage à la maison continue ; on réessaie tout seul.',
    action: 'La raison est dans Réglages, Réseau.',
  },
  discovery_fails: {
    title: 'Dans une partie du réseau, les nœuds ne se trouvent pas tout seuls',
    text: 'Les membres connus sont encore joints. On réessaie tout seul.',
    action: 'Regarde ce que trouve « D’autres joignent-ils ce nœud ? », ou rejoins par URL.',
  },
  port_moved: {
    title: 'Le port est pris',
    text: 'Un autre programme l’utilise, donc ce nœud est passé à un autre. Les membres le trouvent tout seuls.',
    action: 'Qui rejoint par URL a besoin du nouveau port. Choisis-en un dans Réglages pour le garder.',
  },
  audit_failed: {
    title: 'Le journal ne peut pas être écrit',
    text: 'Ce qui se passe sur ce nœud n’est pas noté.',
    action: 'Vérifie l’espace libre et les droits du dossier de données.',
  },
  identity_renewal: {
    title: 'Ce nœud devient un nouveau à son prochain démarrage',
    text: 'Il aura un nouvel id et ne sera dans aucun maillage. Ses anciennes clés sont mises de côté dans le dossier de données.',
    action: 'Redémarre le nœud maintenant, puis rejoins à nouveau tes maillages.',
  },
  removed_from: {
    title: 'Cet ordinateur a été retiré d’un maillage',
    text: 'Il ne partage plus rien avec ce maillage.',
    action: 'Si c’est une erreur, demande à un admin là-bas de l’admettre à nouveau, puis rejoins comme la première fois.',
  },
  single_admin: {
    title: 'Cet ordinateur est le seul admin d’un maillage',
    text: 'S’il est perdu, plus personne ne peut admettre ni retirer des membres.',
    action: 'Nomme admin un autre membre, ou enregistre la clé de récupération.',
  },
  cloned: {
    title: 'Un pair tourne sur deux machines',
    text: 'Deux machines utilisent sa clé en même temps : l’une est une copie de l’autre, par une sauvegarde restaurée ou un disque cloné, ou la clé a été volée.',
    action:
      'Demande à son propriétaire de créer une nouvelle identité sur l’une des deux. Si personne n’y a fait de copie, retire le nœud du maillage.',
  },
  cloned_here: {
    title: 'Une autre machine utilise l’identité de ce nœud',
    text: 'L’une est une copie de l’autre, par une sauvegarde restaurée ou un disque cloné. Aucune n’est fiable tant que les deux tournent.',
    action: 'Crée une nouvelle identité sur la copie, ou éteins-la.',
  },
  requests_dropped: {
    title: 'Une demande de rejoindre a été abandonnée',
    text: 'Trop de nœuds demandent à entrer.',
    action: 'Décide pour celles qui attendent. Ce nœud peut redemander.',
  },
  codes_differed: {
    title: 'Les codes différaient',
    text: 'Quelqu’un est peut-être entre les deux : les deux écrans ne montraient pas le même code. Personne n’a été admis.',
    action: 'Réessaie sur un réseau en qui tu as confiance.',
  },
  keys_not_settled: {
    title: 'Une clé n’a pas pu être protégée ou libérée',
    text: 'Rien n’a été perdu.',
    action: 'Déverrouille le trousseau de ce système et change le réglage encore une fois, ou redémarre l’application.',
  },
  keys_in_files: {
    title: 'Les clés ne sont que dans des fichiers',
    text: 'Ce système n’offre pas de trousseau fiable, donc les clés privées sont dans des fichiers que toi seul peux lire.',
    action: 'Chiffre le disque, ou installe un trousseau (GNOME Keyring, KWallet) et redémarre l’application.',
  },
  no_tray: {
    title: 'Ce bureau ne montre pas d’icônes de notification',
    text: 'Tout fonctionne sans l’icône : relancer le programme ouvre sa fenêtre.',
    action:
      'GNOME a besoin de l’extension « AppIndicator and KStatusNotifierItem Support » ; les autres bureaux, d’un panneau avec zone de notification.',
  },
  data_exposed: {
    title: 'D’autres utilisateurs de cet ordinateur accèdent aux données de ce nœud',
    text: 'Ils peuvent les lire ou les remplacer.',
    action: 'Ferme le dossier de données aux autres (chmod 700), puis redémarre le nœud.',
  },
  legacy_open: {
    title: 'Un ancien pair est ouvert à n’importe qui',
    text: 'La clé bien connue avec laquelle vient chaque nœud de ce genre l’ouvre.',
    action: 'Mets-y un autre ROUTER_AUTH_KEY, puis rejoins-le à nouveau avec cette clé.',
  },
  sync_failing: {
    title: 'La synchronisation avec un hub ne marche pas',
    text: 'On réessaie tout seul.',
    action: 'La raison est dans Réglages, sous les hubs.',
  },
  capability: {
    title: 'Une capacité ne marche pas',
    text: 'Le programme derrière ne répond pas comme il devrait.',
    action: 'Regarde-la dans Capacités.',
  },
  part: {
    title: 'Une partie du nœud redémarre',
    text: 'Elle s’est arrêtée de façon inattendue. On réessaie tout seul.',
    action: 'Si cela persiste, le journal du nœud en dit plus.',
  },
}
