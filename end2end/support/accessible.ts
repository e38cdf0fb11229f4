// Runs axe on a page. It must find nothing by those rules of WCAG 2.2 AA that a program can check.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Expects no axe violation on the open page; `what` names the page if a test opens several. */
export async function expectAccessible(page: Page, what = ''): Promise<void> {
  // Our pages contain no frames, so axe can report in the page itself. Outside legacy mode it opens a new page for
  // that.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
  expect(found, `what axe finds ${what}`).toEqual([])
}
