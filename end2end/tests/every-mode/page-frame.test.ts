// What is true of every page in every state: its frame, its one heading, and that it fits on 320 pixels.
import { expect, test } from '../../support/test.ts'
import { states } from '../../support/pages.ts'

// 1280 pixels at 400 %: WCAG 1.4.10.
test.use({ viewport: { width: 320, height: 256 } })

for (const { what, show, status } of states) {
  test(`fits on 320 pixels and is whole: ${what}`, async ({ journey, draft, watch }) => {
    if (status) watch.expect(new RegExp(`status of ${status}`))
    await show(journey, draft)
    const { page } = journey
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveCount(1)
    await expect(heading).toBeVisible()
    await expect(page).toHaveTitle(/^\S.+ - Register for Common Platform$/)
    await expect(page.getByRole('main')).toHaveCount(1)
    await expect(page.getByRole('banner')).toHaveCount(1)
    await expect(page.getByRole('contentinfo')).toHaveCount(1)

    const { widest, width, doubled } = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
      return {
        widest: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
        doubled: ids.filter((id, index) => ids.indexOf(id) !== index),
      }
    })
    expect(widest, 'nobody scrolls sideways').toBeLessThanOrEqual(width)
    expect(doubled, 'an id is there once').toEqual([])
  })
}
