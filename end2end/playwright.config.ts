// The same tests three times over: with WebAssembly, with WebAssembly blocked, with HTML alone.
//
// Debian's Chromium is the browser, or the one that CHROMIUM names. What the run leaves is in
// target/end2end: the results for .ci/counts, and of each test that failed a trace.
import { defineConfig } from '@playwright/test'
import type { Settings } from './support/test.ts'

const asRoot = process.getuid?.() === 0

export default defineConfig<Settings>({
  testDir: 'tests',
  outputDir: '../target/end2end/traces',
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['json', { outputFile: '../target/end2end/results.json' }]],
  use: {
    video: 'off',
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // What needs a part of the browser stands in a folder of its own, so that no test is skipped.
  projects: [
    {
      name: 'webassembly',
      testMatch: /(every-mode|with-scripts|with-webassembly)\//,
      use: { mode: 'webassembly' },
    },
    {
      name: 'webassembly-blocked',
      testMatch: /(every-mode|with-scripts)\//,
      // The pages are those of html-alone, from the same server.
      testIgnore: /page-frame/,
      use: { mode: 'blocked' },
    },
    { name: 'html-alone', testMatch: /every-mode\//, use: { mode: 'html', javaScriptEnabled: false } },
    { name: 'requests', testMatch: /requests\//, use: { mode: 'html' } },
  ],
})
