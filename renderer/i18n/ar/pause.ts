import type { Arabic } from '../catalogue.ts'

export const pause: Arabic['pause'] = {
  pause: 'إيقاف مؤقت',
  pauseAll: 'إيقاف كل شيء مؤقتًا',
  meaning: 'لا يأخذ النظراء شيئًا من هذا الحاسوب في هذه الأثناء.',
  for: { hour: 'ساعة واحدة', tomorrow: 'حتى الغد', resumed: 'حتى أستأنف' },
  resume: 'استئناف',
  resumeSharing: 'استئناف المشاركة',
  sentence: 'المشاركة متوقفة مؤقتًا حتى {{time}}، بقي {{left}}. ما زلت تستطيع استخدام النسيج.',
  sentenceOpen: 'المشاركة متوقفة مؤقتًا حتى تستأنفها. ما زلت تستطيع استخدام النسيج.',
  until: 'متوقف مؤقتًا حتى {{time}}',
  open: 'متوقف مؤقتًا حتى تستأنف',
  announced: 'المشاركة متوقفة مؤقتًا حتى {{time}}.',
  announcedOpen: 'المشاركة متوقفة مؤقتًا حتى تستأنفها.',
  resumed: 'استؤنفت المشاركة.',
}
