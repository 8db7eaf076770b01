import type { Arabic } from '../catalogue.ts'

export const limits: Arabic['limits'] = {
  title: 'الحدود',
  of: 'حدود {{name}}',
  now: '{{concurrent}} طلبات معًا، {{perPeer}} لنظير واحد، {{queue}} في الانتظار؛ {{bandwidth}}',
  anySpeed: 'أي سرعة',
  speedPerPeer: '{{speed}} لنظير واحد',
  name: {
    concurrent: 'الطلبات معًا',
    concurrentPerPeer: 'معًا لكل نظير',
    queue: 'الطلبات المنتظرة',
    bandwidthPerPeer: 'السرعة لكل نظير',
  },
  help: {
    concurrent: 'المعتاد {{usual}}.',
    concurrentPerPeer: 'المعتاد {{usual}}.',
    queue: 'المعتاد {{usual}}؛ وما زاد يُردّ.',
    bandwidthPerPeer: 'إليه ومنه. المعتاد بلا حد.',
  },
  problem: {
    concurrent: 'عدد صحيح من 1 إلى 1024.',
    concurrentPerPeer: 'عدد صحيح من 1 إلى 1024.',
    queue: 'عدد صحيح من 0 إلى 1024.',
    bandwidthPerPeer: '0.009 ميغابت/ث على الأقل، أو فارغ.',
    together: 'ليس أكثر من الكل معًا.',
  },
  noLimit: 'بلا حد',
  speedUnit: ' ميغابت/ث',
  saved: 'تغيّرت حدود {{name}}',
  usual: 'كالمعتاد',
  ownFirst: 'تسري على النظراء: ما يعمل على هذا الحاسوب يسبق.',
}
