// What is true of every page in every state: its frame, its one heading, and that nobody scrolls sideways.
import { expect, test } from '../../support/test.ts'
import { states } from '../../support/pages.ts'

// The first is the second at 400 %: WCAG 1.4.10.
const SCREENS = [
  { width: 320, height: 256 },
  { width: 1280, height: 1024 },
]

for (const { what, show, status } of states) {
  test(`the page is whole and fits on 320 pixels: ${what}`, async ({ journey, draft, server, watch }) => {
    if (status) watch.expect(new RegExp(`status of ${status}`))
    await show(journey, draft, server)
    const { page } = journey
    const heading = page.getByRole('heading', { level: 1 })
    await expect(heading).toHaveCount(1)
    await expect(heading).toBeVisible()
    await expect(page).toHaveTitle(/^\S.+ - Register for Common Platform$/)
    await expect(page.getByRole('main')).toHaveCount(1)
    await expect(page.getByRole('banner')).toHaveCount(1)
    await expect(page.getByRole('contentinfo')).toHaveCount(1)

    for (const screen of SCREENS) {
      await page.setViewportSize(screen)
      const { widest, wide } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return { widest: scrollWidth, wide: clientWidth }
      })
      expect(widest, `nobody scrolls sideways on ${screen.width} pixels`).toBeLessThanOrEqual(wide)
    }
    const doubled = await page.evaluate(() => {
      const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
      return ids.filter((id, index) => ids.indexOf(id) !== index)
    })
    expect(doubled, 'an id is there once').toEqual([])
  })
}
