// The `test` that every test file imports: Playwright's, with the service running, the mode of the project, and a
// watch on the browser. The watch fails a test if an event happens that must never happen.
import { test as base, expect, type BrowserContext } from '@playwright/test'
import { Draft } from './draft.ts'
import { Journey } from './journey.ts'
import { Server } from './server.ts'
import { Watch, type Mode } from './watch.ts'

export interface Settings {
  /** The mode of the browser; the project sets it. */
  mode: Mode
}

interface Fixtures {
  watch: Watch
  /** The actions of a person in the test's page. */
  journey: Journey
  /** The draft that the page's cookies identify; it is filled in without the browser. */
  draft: Draft
  /** The actions of another person, in a browser with none of the test's cookies. */
  somebodyElse: () => Promise<Journey>
  /** The actions of the same person in another tab. */
  anotherTab: () => Promise<Journey>
}

interface WorkerFixtures {
  /** Environment variables for the service; a test file sets them with `test.use({ serverSettings: { ... } })`. */
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

  journey: async ({ page, mode }, use) => use(new Journey(page, mode)),

  draft: async ({ context, server }, use) => use(new Draft(context.request, server.address)),

  anotherTab: async ({ context, mode }, use) => use(async () => new Journey(await context.newPage(), mode)),

  somebodyElse: async ({ browser, mode, watch, server }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext({ baseURL: server.address, javaScriptEnabled: mode !== 'html' })
      contexts.push(context)
      await watch.add(context, mode, server.address)
      return new Journey(await context.newPage(), mode)
    })
    for (const context of contexts) await context.close()
  },
})

export { expect }
export type { Mode }
