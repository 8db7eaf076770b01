import type { Arabic } from '../catalogue.ts'

export const trial: Arabic['trial'] = {
  empty: 'اسأله شيئًا. تحت كل جواب مكتوب أين جرى وبأي سرعة. لا يُحفظ شيء من هذا: يزول حين تغلقه.',
  turns: 'محادثة مع {{model}}',
  you: 'أنت:',
  waits: 'بانتظار أول كلمة…',
  waitsFor: 'بانتظار أول كلمة من {{node}}…',
  ranOn: '{{model}} على {{node}}',
  ranHere: '{{model}} على هذا الحاسوب',
  stopped: 'أُوقف',
  copyAnswer: 'نسخ الجواب',
  clear: 'محادثة جديدة',
  ask: 'رسالة إلى {{model}}',
  placeholder: 'رسالة',
  keys: 'مفتاح الإدخال يرسل، ومع مفتاح العالي يبدأ سطرًا جديدًا.',
  send: 'إرسال',
  stop: 'إيقاف',
  spoken: {
    begun: 'يجيب {{model}}.',
    more: '{{said}} … والباقي في المحادثة.',
  },
}
