// Runs axe on a page and expects no violation of the rules of WCAG 2.2 AA that a program can check.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Expects no axe violation on the open page; `what` names the page if a test opens several. */
export async function expectAccessible(page: Page, what = ''): Promise<void> {
  // In legacy mode axe collects its results in the page itself, which is enough because our pages have no frames. In
  // the usual mode axe would open a new page for the results.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, `what axe finds ${what}`).toEqual([])
}
