/** Pausing all that this computer shares with peers; programs on this computer go on using the mesh. */
export const pause = {
  /** Button that opens the three choices below. */
  pause: 'Pause',
  /** The same where there is more room. */
  pauseAll: 'Pause everything',
  /** Above the three choices. */
  meaning: 'Peers get nothing from this computer meanwhile.',
  for: { hour: 'For 1 hour', tomorrow: 'Until tomorrow', resumed: 'Until I resume' },
  resume: 'Resume',
  resumeSharing: 'Resume sharing',
  /** `left` is how long it still lasts: "49 min". */
  sentence: 'Sharing paused until {{time}}, {{left}} left. You can still use the mesh.',
  sentenceOpen: 'Sharing paused until you resume it. You can still use the mesh.',
  /** In a few words, as on the tray. */
  until: 'Paused until {{time}}',
  open: 'Paused until you resume',
  /** Said once, when it happens. */
  announced: 'Sharing paused until {{time}}.',
  announcedOpen: 'Sharing paused until you resume it.',
  resumed: 'Sharing resumed.',
} as const
