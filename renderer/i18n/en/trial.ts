/** A small chat by which a model is tried. */
export const trial = {
  empty: 'Ask it something. Where it ran and how fast stands below each answer. Nothing of this is kept: it is gone when you close it.',
  /** Names the list of questions and answers for those who hear the page. */
  turns: 'Chat with {{model}}',
  /** Read aloud before a question. */
  you: 'You:',
  waits: 'Waiting for the first word…',
  waitsFor: 'Waiting for the first word from {{node}}…',
  ranOn: '{{model}} on {{node}}',
  ranHere: '{{model}} on this computer',
  stopped: 'Stopped',
  copyAnswer: 'Copy the answer',
  clear: 'New chat',
  /** Names the field for those who hear the page. */
  ask: 'Message to {{model}}',
  placeholder: 'Message',
  keys: 'Enter sends, Shift and Enter begin a new line.',
  send: 'Send',
  stop: 'Stop',
  /** Read aloud; not shown. */
  spoken: {
    begun: '{{model}} answers.',
    /** `said` is the beginning of a long answer. */
    more: '{{said}} … The rest stands in the chat.',
  },
} as const
