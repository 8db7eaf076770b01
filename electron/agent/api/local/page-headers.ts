import { pagePolicy } from '../../../contract/page-policy.ts'

/** What browsers are told of everything the page's routes answer. */
export const pageHeaders = {
  'content-security-policy': pagePolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}
