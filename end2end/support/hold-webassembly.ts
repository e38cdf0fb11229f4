// Delays the WebAssembly of a page, so that a test can act on the page before the WebAssembly starts.
import type { Page } from '@playwright/test'

/** Delays the WebAssembly until the returned function is called. */
export async function holdWebAssembly(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((done) => (release = done))
  await page.route(/\.wasm$/, async (route) => {
    await released
    await route.continue()
  })
  return release
}
