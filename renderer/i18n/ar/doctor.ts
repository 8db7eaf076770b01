import type { Arabic } from '../catalogue.ts'

export const doctor: Arabic['doctor'] = {
  title: 'هل يبلغ الآخرون هذه العقدة؟',
  looking: 'يُنظر في المنفذ والجدار الناري والاكتشاف والساعة، ويُطلب من النظراء أن يتصلوا عائدين…',
  noProblem: 'لم يُعثر على مشكلة.',
  problems_zero: 'لم يُعثر على مشكلة.',
  problems_one: 'عُثر على مشكلة واحدة.',
  problems_two: 'عُثر على مشكلتين.',
  problems_few: 'عُثر على {{count}} مشكلات.',
  problems_many: 'عُثر على {{count}} مشكلة.',
  problems_other: 'عُثر على {{count}} مشكلة.',
  again: 'انظر ثانية',
  copyCommand: 'نسخ الأمر',
  state: { ok: 'سليم', info: 'تحسن معرفته', warning: 'قد يهم', problem: 'مشكلة', unknown: 'تعذّرت معرفته' },
}
