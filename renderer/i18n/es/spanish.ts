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
 * All Spanish texts. Informal: tú. The word for each word of the product:
 *
 * node nodo · peer par · mesh malla · member miembro · capability capacidad · service servicio · hub hub ·
 * invite invitación · admission admisión · approve, let in admitir · decline rechazar · refuse denegar · block bloquear ·
 * remove quitar · offer ofrecer · use usar · share compartir · member record ficha de miembro · policy política ·
 * rule regla · health warning aviso · relay retransmitir · legacy antiguo · request solicitud (to join), petición (routed) ·
 * key clave · recovery key clave de recuperación · audit log registro · limits límites · discovery descubrimiento ·
 * file fichero · storage almacenamiento · compute cómputo · AI IA · gateway puerta de enlace · archive archivo ·
 * model modelo · engine motor · token token
 */
export const spanish: LikeEnglish = {
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
