// Watches a browser for events that must never happen in any test.
//
// These are an error in the console, a violation of the content security policy, an uncaught exception, and a request
// to another host.
import type { BrowserContext, ConsoleMessage } from '@playwright/test'

export type Mode = 'webassembly' | 'blocked' | 'html'

export class Watch {
  readonly seen: string[] = []
  #expected: RegExp[] = []

  /** Allows an error that a test provokes: `watch.expect(/status of 404/)`. */
  expect(what: RegExp): void {
    this.#expected.push(what)
  }

  /**
   * Starts watching a browser context; if the mode is "blocked", also blocks the WebAssembly. A test must add each
   * context that it makes itself.
   */
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

  /** Returns the reported events that the test has not allowed. */
  problems(): string[] {
    return this.seen.filter((line) => !this.#expected.some((what) => what.test(line)))
  }

  #note(line: string): void {
    this.seen.push(line)
  }
}

/** Whether a message of the console is about a file that the test blocks. */
function isBlockedFile(message: ConsoleMessage): boolean {
  return message.text().startsWith('Failed to load resource') && message.location().url.endsWith('.wasm')
}
