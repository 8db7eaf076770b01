import { defineConfig } from 'vitest/config'

const shared = { environment: 'node', restoreMocks: true } as const

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}', 'test/compliance/**/*.test.ts'] } },
      { test: { ...shared, name: 'meta', include: ['test/meta/**/*.test.ts'], testTimeout: 30_000 } },
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
        // Real processes and a real browser: one file at a time, against the built program.
        test: {
          ...shared,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ['test/e2e/lan/**'],
          globalSetup: ['test/e2e/build-once.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
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
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
