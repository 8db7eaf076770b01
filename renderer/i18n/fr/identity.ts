import type { LikeEnglish } from '../catalogue.ts'

export const identity: LikeEnglish['identity'] = {
  title: 'Créer une nouvelle identité ?',
  help: 'Cet ordinateur repart comme un nouveau nœud avec une nouvelle clé. Fais-le sur l’un de deux ordinateurs issus de la même copie ou sauvegarde, jamais sur les deux.',
  consequence: 'Il quitte tous ses maillages',
  consequenceHelp:
    'Leurs membres voient un nœud qu’ils ne connaissent pas ; quelqu’un doit l’admettre à nouveau. L’ancienne clé est mise de côté dans le dossier de données. Réglages, capacités et services restent.',
  type: 'Tape {{start}}, le début de l’id de nœud qui prend fin',
  verb: 'Créer une nouvelle identité',
  doneDesktop: 'La nouvelle identité sert dès le prochain démarrage. Quitte Free Compute Node depuis l’icône de la barre et rouvre-le.',
  doneHeadless: 'La nouvelle identité sert dès le prochain démarrage. Arrête le nœud et redémarre-le.',
}
