// An upgrade of the service while somebody registers. The WebAssembly of their page is older than the service, so the
// next page is loaded anew, and no answer is lost.
import { expect, test } from '../../support/test.ts'
import { barrister } from '../../support/registrations.ts'

// These tests replace the running service. A file with its own settings gets its own service, so no other test is
// affected.
test.use({ serverSettings: { REGISTRATION_TARGET_DAYS: '4' } })

const NAME = 'What is the name of your organisation?'
const KIND = 'What kind of organisation are you registering?'

test('a form of the earlier version is saved, and the next page has the new WebAssembly', async ({ journey, server }) => {
  await journey.open('/organisation/name')
  await journey.enter(NAME, barrister.organisation.name)
  await server.upgrade()
  await journey.button('Save and continue').click()
  await journey.isOn('What is the address of your head office?')
  await expect(journey.page.locator('#registration-wasm')).toHaveAttribute('href', /-upgrade\d+\.wasm$/)
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel(NAME)).toHaveValue(barrister.organisation.name)
})

test('a wrong answer of the earlier version is kept and shown with its error', async ({ journey, server }) => {
  await journey.open('/organisation/address')
  await journey.enter('Postcode', 'WR1 2')
  await server.upgrade()
  await journey.button('Save and continue').click()
  await expect(journey.page.locator('#registration-wasm')).toHaveAttribute('href', /-upgrade\d+\.wasm$/)
  await journey.ready()
  await expect(journey.page.locator('.govuk-error-summary')).toBeVisible()
  await expect(journey.page.getByLabel('Postcode')).toHaveValue('WR1 2')
})

test('a link followed after the upgrade loads the page with the new WebAssembly', async ({ journey, server }) => {
  await journey.open('/tasks')
  await server.upgrade()
  await journey.page.getByRole('main').getByRole('link').first().click()
  await journey.isOn(KIND)
  await expect(journey.page.locator('#registration-wasm')).toHaveAttribute('href', /-upgrade\d+\.wasm$/)
})
