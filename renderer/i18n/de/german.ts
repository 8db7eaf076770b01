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
 * All German texts. Informal: du. The word for each word of the product:
 *
 * node Knoten · peer Peer · mesh Mesh (das) · member Mitglied · capability Fähigkeit · service Dienst · hub Hub ·
 * invite Einladung · admission Aufnahme · approve, let in zulassen · decline ablehnen · refuse abweisen · block sperren ·
 * remove entfernen · offer anbieten · use nutzen · share teilen · member record Mitgliedseintrag · policy Richtlinie ·
 * rule Regel · health warning Warnung · relay weiterleiten · legacy älter · request Anfrage · key Schlüssel ·
 * recovery key Wiederherstellungsschlüssel · audit log Protokoll · limits Grenzen · discovery Suche im Netz ·
 * storage Speicher · compute Rechenleistung · AI KI · gateway Gateway · archive Archiv ·
 * model Modell · engine Engine (die) · token Token (das)
 */
export const german: LikeEnglish = {
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
