import type { LikeEnglish } from '../catalogue.ts'
import { about } from './about.ts'
import { activity } from './activity.ts'
import { approve } from './approve.ts'
import { capabilities } from './capabilities.ts'
import { clients } from './clients.ts'
import { diagnostics } from './diagnostics.ts'
import { doctor } from './doctor.ts'
import { engines } from './engines.ts'
import { errors } from './errors.ts'
import { health } from './health.ts'
import { identity } from './identity.ts'
import { invites } from './invites.ts'
import { join } from './join.ts'
import { limits } from './limits.ts'
import { mesh } from './mesh.ts'
import { models } from './models.ts'
import { overview } from './overview.ts'
import { pause } from './pause.ts'
import { peers } from './peers.ts'
import { policies } from './policies.ts'
import { relay } from './relay.ts'
import { routed } from './routed.ts'
import { services } from './services.ts'
import { settingsFind } from './settings-find.ts'
import { settings } from './settings.ts'
import { setup } from './setup.ts'
import { sync } from './sync.ts'
import { trial } from './trial.ts'
import { updates } from './updates.ts'
import { words } from './words.ts'

/**
 * All French texts. Informal: tu. No-break spaces before : ; ? and inside « ». The word for each word of the product:
 *
 * node nœud · peer pair · mesh maillage · member membre · capability capacité · service service · hub hub ·
 * invite invitation · admission admission · approve, let in admettre · decline refuser · refuse rejeter · block bloquer ·
 * remove retirer · offer offrir · use utiliser · share partager · member record fiche de membre · policy politique ·
 * rule règle · health warning avertissement · relay relayer · legacy ancien · request demande (to join), requête (routed) ·
 * key clé · recovery key clé de récupération · audit log journal · limits limites · discovery découverte · router box ·
 * storage stockage · compute calcul · AI IA · gateway passerelle · archive archive ·
 * model modèle · engine moteur · token jeton
 */
export const french: LikeEnglish = {
  common: words,
  overview,
  peers,
  capabilities,
  services,
  limits,
  activity,
  routed,
  settings,
  settingsFind,
  about,
  diagnostics,
  join,
  approve,
  invites,
  mesh,
  policies,
  relay,
  identity,
  doctor,
  setup,
  sync,
  errors,
  health,
  pause,
  models,
  trial,
  clients,
  engines,
  updates,
}
