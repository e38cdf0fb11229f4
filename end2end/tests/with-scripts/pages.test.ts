// Every page in every state, opened once and asked everything: its frame, that nobody scrolls sideways, axe.
import { expect, test } from '../../support/test.ts'
import { expectAccessible } from '../../support/accessible.ts'
import { expectToFit, expectWhole } from '../../support/frame.ts'
import { states } from '../../support/pages.ts'

for (const { what, show, status } of states) {
  test(`the page is whole, fits on 320 pixels, and axe finds nothing: ${what}`, async ({ journey, draft, server, watch }) => {
    if (status) watch.expect(new RegExp(`status of ${status}`))
    await show(journey, draft, server)
    const { page } = journey
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page)
    await expectWhole(page)
    await expectToFit(page)
    if (journey.mode !== 'blocked') return
    // What a browser without scripts shows is this page but for these classes, and with what stands in <noscript>.
    const words = await page.evaluate(() => {
      document.body.classList.remove('js-enabled', 'govuk-frontend-supported')
      const unread = [...document.querySelectorAll('noscript')]
      for (const part of unread) part.outerHTML = part.textContent ?? ''
      return unread.length
    })
    await expectToFit(page, 'without scripts')
    if (words > 0) await expectAccessible(page, 'without scripts')
  })
}
