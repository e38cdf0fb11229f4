// Every page in every state keeps WCAG 2.2 AA, as far as axe can tell: no violation.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../../support/test.ts'
import { states } from '../../support/pages.ts'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

for (const { what, show, status } of states) {
  test(`axe finds nothing: ${what}`, async ({ journey, draft, server, watch }) => {
    if (status) watch.expect(new RegExp(`status of ${status}`))
    await show(journey, draft, server)
    await expect(journey.page.getByRole('heading', { level: 1 })).toBeVisible()
    const { violations } = await new AxeBuilder({ page: journey.page }).withTags(TAGS).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([])
  })
}
