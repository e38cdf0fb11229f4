// What axe finds on a page: nothing, by the rules of WCAG 2.2 AA that a program can judge.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Expects that axe finds no violation on the page that is open; `what` names it where a test opens several. */
export async function expectAccessible(page: Page, what = ''): Promise<void> {
  // No page of ours has a frame, so axe can say all in the page itself: gathering it opens another page each time.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, `what axe finds ${what}`).toEqual([])
}
