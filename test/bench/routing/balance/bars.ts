/** The run that is simulated by the bench and by its test: two minutes, requests per second, and the seed that decides everything. */
export const run = { seed: 1, seconds: 120, perSecond: 300 }
/** Of answered within a second, and of succeeded. */
export const bar = 0.999
