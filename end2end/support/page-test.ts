// Tests a page in one state: opens it and checks its structure, its width and its accessibility with axe.
import { expect, test } from './test.ts'
import { expectAccessible } from './accessible.ts'
import { expectToFit, expectWhole } from './frame.ts'
import type { State } from './state.ts'

/** Adds the test of a page in one of its states. */
export function testPage({ what, show, status }: State): void {
  test(`the page is whole, fits on 320 pixels, and axe finds nothing: ${what}`, async ({ journey, draft, server, watch }) => {
    if (status) watch.expect(new RegExp(`status of ${status}`))
    await show(journey, draft, server)
    const { page } = journey
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
    await expectWhole(page)
    await expectToFit(page)
    // The changes that WebAssembly makes to a page cannot be undone, so the rest of the test runs only without it.
    if (await page.locator('html[data-hydrated]').count()) return
    await page.evaluate(withoutScripts)
    await expectWhole(page)
    await expectToFit(page, 'without scripts')
    if (await page.locator('[data-noscript]').count()) await expectAccessible(page, 'without scripts')
  })
}

/** Undoes the changes of our scripts, so that the page is as in a browser without scripts. */
function withoutScripts(): void {
  document.body.classList.remove('js-enabled', 'govuk-frontend-supported')
  for (const dialog of document.querySelectorAll('dialog')) dialog.close()
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) form.hidden = true
  for (const unread of document.querySelectorAll('noscript')) {
    const words = document.createElement('div')
    words.dataset.noscript = ''
    words.innerHTML = unread.textContent ?? ''
    unread.replaceWith(words)
  }
}
