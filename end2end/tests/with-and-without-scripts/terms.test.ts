// The Terms and Conditions: people can read all of them before they sign, and the service stores the version.
import { expect, test } from '../../support/test.ts'

for (const [path, heading] of [
  ['/terms-and-conditions', 'Terms and conditions'],
  ['/sign', 'Accept the Terms and Conditions'],
] as const) {
  test(`all seventeen clauses and the version stand on ${path}`, async ({ journey }) => {
    await journey.open(path)
    await journey.isOn(heading)
    await expect(journey.page.getByRole('main')).toContainText('29 September 2020')
    await expect(journey.page.locator('main ol > li')).toHaveCount(17)
  })
}

test('the words that are read are the words that are signed', async ({ journey }) => {
  const clauses = () => journey.page.locator('main ol > li').allInnerTexts()
  await journey.open('/terms-and-conditions')
  const read = await clauses()
  await journey.open('/sign')
  expect(await clauses()).toEqual(read)
})
