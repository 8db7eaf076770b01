/** The two ways between page and node in the app. */
export const callChannel = 'fcn:call'
export const changesChannel = 'fcn:changes'
