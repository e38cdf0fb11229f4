// The only page of a closed service also meets WCAG 2.2 AA, as far as axe can check.
import { expect, test } from '../../support/test.ts'
import { expectAccessible } from '../../support/accessible.ts'

test.use({ serverSettings: { REGISTRATION_CLOSED: 'true' } })

test('axe finds nothing: the service is closed', async ({ page, watch }) => {
  watch.expect(/status of 503/)
  await page.goto('/tasks')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expectAccessible(page)
})
