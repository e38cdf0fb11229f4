// What every test imports: Playwright's `test` with the service started, the mode of the project,
// and a watch that fails a test whatever it is about.
import { test as base, expect, type Page } from '@playwright/test'
import { Server } from './server.ts'
import { Watch, type Mode } from './watch.ts'

export interface Settings {
  /** How much of the browser may work; set by the project. */
  mode: Mode
}

interface Fixtures {
  watch: Watch
  /** Waits until the page in front of us does what it will do in this mode. */
  ready: (page: Page) => Promise<void>
}

interface WorkerFixtures {
  /** Environment variables for the service: `test.use({ serverSettings: { ... } })` in a file. */
  serverSettings: Record<string, string>
  server: Server
}

export const test = base.extend<Settings & Fixtures, WorkerFixtures>({
  mode: ['webassembly', { option: true }],
  serverSettings: [{}, { option: true, scope: 'worker' }],

  server: [
    async ({ serverSettings }, use, worker) => {
      const server = await Server.start(String(worker.workerIndex), serverSettings)
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => use(server.address),

  watch: [
    async ({ context, mode, server }, use) => {
      const watch = new Watch()
      await watch.add(context, mode, server.address)
      await use(watch)
      expect(watch.problems(), 'what must never happen in the browser').toEqual([])
    },
    { auto: true },
  ],

  ready: async ({ mode }, use) =>
    use(async (page) => {
      await page.waitForLoadState('load')
      if (mode === 'webassembly') await page.locator('html[data-hydrated]').waitFor()
    }),
})

export { expect }
export type { Mode }
