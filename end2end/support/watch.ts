// Watches a browser context for what must never happen, whatever the test is about.
//
// An error in the console, something that the content security policy refused, an exception that
// nobody caught, a request to any other host.
import type { BrowserContext, ConsoleMessage } from '@playwright/test'

export type Mode = 'webassembly' | 'blocked' | 'html'

export class Watch {
  readonly seen: string[] = []
  #expected: RegExp[] = []

  /** A test that provokes an error on purpose says so: `watch.expect(/status of 404/)`. */
  expect(what: RegExp): void {
    this.#expected.push(what)
  }

  /** Begins to watch a context. Contexts that a test makes itself are added by the test. */
  async add(context: BrowserContext, mode: Mode, address: string): Promise<void> {
    const own = new URL(address).origin
    context.on('console', (message) => {
      if (message.type() === 'error' && !(mode === 'blocked' && isBlockedFile(message))) {
        this.#note(`error in the console: ${message.text()} (${message.location().url})`)
      }
    })
    context.on('weberror', (error) => this.#note(`exception: ${error.error()}`))
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url())
      if (/^(https?|wss?):$/.test(protocol) && origin !== own) this.#note(`foreign request: ${request.url()}`)
    })
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', (event) =>
        console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`),
      ),
    )
    if (mode === 'blocked') await context.route(/\.wasm$/, (route) => route.abort())
  }

  /** What happened and was not expected. */
  problems(): string[] {
    return this.seen.filter((line) => !this.#expected.some((what) => what.test(line)))
  }

  #note(line: string): void {
    this.seen.push(line)
  }
}

/** The browser's own line about a file that we keep from it. */
function isBlockedFile(message: ConsoleMessage): boolean {
  return message.text().startsWith('Failed to load resource') && message.location().url.endsWith('.wasm')
}
