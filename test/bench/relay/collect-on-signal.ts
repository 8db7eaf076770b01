/** Loaded into a program before its own code: SIGUSR2 collects garbage, so that two measurements of its memory can be compared. */
process.on('SIGUSR2', () => globalThis.gc?.())
