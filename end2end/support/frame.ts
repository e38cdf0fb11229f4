// Expectations for every page, whatever its content.
import { expect, type Page } from '@playwright/test'

// The first size equals the second size at 400% zoom (WCAG 1.4.10). The last has text at 200% (WCAG 1.4.4).
const SCREENS = [
  { width: 320, height: 256, text: '' },
  { width: 1280, height: 1024, text: '' },
  { width: 1280, height: 1024, text: '200%' },
]

/** Expects one h1, each landmark once, a title and unique ids, and no frame. */
export async function expectWhole(page: Page): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toHaveCount(1)
  await expect(heading).toBeVisible()
  // The title of the start page is the name of the service alone.
  const isStart = new URL(page.url()).pathname === '/'
  await expect(page).toHaveTitle(isStart ? 'Register for Common Platform' : /^\S.+ - Register for Common Platform$/)
  for (const landmark of ['main', 'banner', 'contentinfo'] as const) await expect(page.getByRole(landmark)).toHaveCount(1)
  const { doubled, frames } = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    return { doubled: ids.filter((id, index) => ids.indexOf(id) !== index), frames: document.querySelectorAll('iframe, frame').length }
  })
  expect(doubled, 'an id is there once').toEqual([])
  expect(frames, 'no page has another within it').toBe(0)
}

/** Expects no sideways scrolling: on a wide screen, on 320 pixels, and on a wide screen with text at 200%. */
export async function expectToFit(page: Page, what = ''): Promise<void> {
  for (const { text, ...screen } of SCREENS) {
    await page.setViewportSize(screen)
    const { widest, wide } = await page.evaluate((text) => {
      const { style, scrollWidth, clientWidth } = document.documentElement
      if (!text) return { widest: scrollWidth, wide: clientWidth }
      style.fontSize = text
      const measured = { widest: document.documentElement.scrollWidth, wide: document.documentElement.clientWidth }
      style.fontSize = ''
      return measured
    }, text)
    expect(widest, `nobody scrolls sideways on ${screen.width} pixels ${text} ${what}`).toBeLessThanOrEqual(wide)
  }
}
