import { defineConfig } from 'vitest/config'

/** Tests of the window that look at everything there is. */
const everyLook = ['axe-screens', 'gallery', 'texts-layout'].map((name) => `test/e2e/window/${name}.test.ts`)

const shared = { environment: 'node', restoreMocks: true } as const

/** Real processes and a real browser against the built program, which wait as much as they work: two files at a time. */
const built = {
  ...shared,
  globalSetup: ['test/e2e/build-once.ts'],
  isolate: false,
  maxWorkers: 2,
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        // No module keeps state, so the files of a worker share what they import: half of the time was importing it anew.
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}', 'test/compliance/**/*.test.ts'],
          isolate: false,
          maxWorkers: '100%',
          testTimeout: 20_000, // thousands of computed cases on a processor that others use, too
        },
      },
      { test: { ...shared, name: 'meta', include: ['test/meta/**/*.test.ts'], maxWorkers: '100%', testTimeout: 30_000 } },
      // Many nodes in virtual time: nothing but computing, so alone, on all cores, and as plain Node runs it (twice as fast).
      {
        test: {
          ...shared,
          name: 'mesh',
          include: ['test/mesh/**/*.test.ts'],
          testTimeout: 120_000,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
          experimental: { viteModuleRunner: false },
        },
      },
      {
        test: {
          ...built,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['ai', 'lan', 'window'].map((folder) => `test/e2e/${folder}/**`).concat('test/e2e/fuzz.test.ts'),
          sequence: { groupOrder: 2 },
        },
      },
      {
        // Every answer within a second, with all processors at work: nothing else beside it.
        test: {
          ...shared,
          name: 'fuzz',
          include: ['test/e2e/fuzz.test.ts'],
          globalSetup: ['test/e2e/build-once.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      // Engines, models and the programs that ask for them.
      { test: { ...built, name: 'ai', include: ['test/e2e/ai/**/*.test.ts'], sequence: { groupOrder: 4 } } },
      {
        // The window in a real Chromium, before real nodes or fixtures.
        test: {
          ...built,
          name: 'window',
          include: ['test/e2e/window/**/*.test.ts'],
          exclude: everyLook,
          sequence: { groupOrder: 4 },
        },
      },
      {
        // Every screen and component in every state: thousands of looks, for before a release and every night.
        test: {
          ...built,
          name: 'looks',
          include: everyLook,
          sequence: { groupOrder: 4 },
        },
      },
      {
        // Laboratories of network namespaces, which cannot see each other and mostly wait: two at a time.
        test: {
          ...shared,
          name: 'lan',
          include: ['test/e2e/lan/**/*.test.ts'],
          globalSetup: ['test/e2e/build-once.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 5 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
