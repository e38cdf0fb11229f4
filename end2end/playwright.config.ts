// Tests the service in three modes: with WebAssembly, with WebAssembly blocked, and with HTML alone. Each folder of
// tests runs only in the modes in which its results can differ; the folder `requests` runs only once.
//
// The browser is Debian's headless Chromium, or the program that the variable CHROMIUM names. The run writes the
// results for .ci/counts, and a screenshot of each page on which a test failed, to target/end2end or to the folder that
// the variable LEAVE_IN names.
import { defineConfig } from '@playwright/test'
import type { Settings } from './support/test.ts'

/** The folder for the results and the screenshots. */
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
      // In this mode only the start scripts run, and pages work as in html-alone. The other scripts of the desk need
      // WebAssembly, so the folder desk-with-scripts does not run here.
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
