import type { Arabic } from '../catalogue.ts'
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
 * All Arabic texts, masculine singular imperative. The word for each word of the product:
 *
 * node عقدة · peer نظير · mesh نسيج (network شبكة) · member عضو · admin مشرف · capability قدرة · service خدمة ·
 * hub محور · invite دعوة · admission قبول · approve, let in يقبل · decline يرفض · refuse يمنع · block يحظر · remove يزيل ·
 * offer يقدّم · use يستخدم · share يشارك · member record سجل العضوية · policy سياسة · rule قاعدة · health warning تحذير ·
 * relay تمرير · legacy قديم · request طلب · key مفتاح · code رمز · sync token رمز مزامنة · recovery key مفتاح الاستعادة ·
 * audit log السجل · limits حدود · discovery الاكتشاف · reach يبلغ · storage التخزين · compute الحوسبة ·
 * AI الذكاء الاصطناعي · gateway البوابة · archive الأرشيف ·
 * model نموذج · engine محرك · token رمز نصي
 */
export const arabic: Arabic = {
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
