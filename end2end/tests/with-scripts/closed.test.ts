// The one page of a closed service keeps WCAG 2.2 AA too, as far as axe can tell.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../../support/test.ts'

test.use({ serverSettings: { REGISTRATION_CLOSED: 'true' } })

test('axe finds nothing: the service is closed', async ({ page, watch }) => {
  watch.expect(/status of 503/)
  await page.goto('/tasks')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})
