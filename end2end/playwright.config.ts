// The service in three modes: with WebAssembly, with WebAssembly blocked, with HTML alone. A folder of tests is run in
// the modes in which what it asks can differ.
//
// Debian's Chromium is the browser, in the shape without a window, or the one that CHROMIUM names. What the run leaves is
// in target/end2end: the results for .ci/counts, and a picture of each page on which a test failed.
import { defineConfig } from '@playwright/test'
import type { Settings } from './support/test.ts'

/** The folder in which the run leaves what it has to say. */
const folder = `../${process.env.LEAVE_IN ?? 'target/end2end'}`

const asRoot = process.getuid?.() === 0

export default defineConfig<Settings>({
  testDir: 'tests',
  outputDir: `${folder}/traces`,
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['json', { outputFile: `${folder}/results.json` }]],
  use: {
    video: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
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
  projects: [
    {
      name: 'webassembly',
      testMatch: /tests\/(every-mode|with-and-without-scripts|with-scripts|with-webassembly|desk-with-scripts)\//,
      use: { mode: 'webassembly' },
    },
    {
      // The pages of html-alone, with the script that WebAssembly would have followed. The desk has no WebAssembly.
      name: 'webassembly-blocked',
      testMatch: /tests\/(every-mode|with-scripts|without-webassembly)\//,
      use: { mode: 'blocked' },
    },
    {
      name: 'html-alone',
      testMatch: /tests\/(every-mode|with-and-without-scripts|without-webassembly)\//,
      use: { mode: 'html', javaScriptEnabled: false },
    },
    { name: 'requests', testMatch: /tests\/requests\//, use: { mode: 'html' } },
  ],
})
