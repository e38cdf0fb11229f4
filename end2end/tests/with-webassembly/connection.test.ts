// A slow, failed or missing connection. The page says so, keeps what was typed, and continues when the connection is
// back.
import { expect, test } from '../../support/test.ts'
import { expectAccessible } from '../../support/accessible.ts'
import { barrister } from '../../support/registrations.ts'

const NAME = 'What is the name of your organisation?'
const KIND = 'What kind of organisation are you registering?'
const OFFLINE = 'You are offline. What you typed is kept on this page.'

test('a page says that the browser is offline, keeps what was typed, and saves it afterwards', async ({ journey, context, watch }) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/)
  await journey.open('/organisation/name')
  await journey.enter(NAME, barrister.organisation.name)
  const state = journey.page.locator('#connection')
  await context.setOffline(true)
  await expect(state).toHaveText(OFFLINE)
  await expect(state).toBeInViewport()
  await expectAccessible(journey.page)
  await journey.button('Save and continue').click()
  const summary = journey.page.locator('.govuk-error-summary')
  await expect(summary).toContainText('Your answers were not saved because you are offline')
  await expect(summary).toBeFocused()
  await expect(journey.page.getByLabel(NAME)).toHaveValue(barrister.organisation.name)

  await context.setOffline(false)
  await expect(state).toHaveText('')
  await journey.send()
  await journey.isOn('What is the address of your head office?')
})

test('a page that cannot be reached is loaded when the browser is online again', async ({ journey, context, watch }) => {
  watch.expect(/ERR_INTERNET_DISCONNECTED/)
  await journey.open('/tasks')
  await context.setOffline(true)
  await journey.page.getByRole('main').getByRole('link').first().click()
  await journey.isOn('You cannot reach the service at the moment')
  await expect(journey.page.getByRole('heading', { level: 1 })).toBeFocused()
  await context.setOffline(false)
  await journey.isOn(KIND)
})

test('a page that cannot be reached is loaded when the button is pressed', async ({ journey, watch }) => {
  watch.expect(/ERR_FAILED/)
  await journey.open('/tasks')
  await journey.page.route('**/api/**', (route) => route.abort())
  await journey.page.getByRole('main').getByRole('link').first().click()
  await journey.isOn('You cannot reach the service at the moment')
  await journey.page.unroute('**/api/**')
  await journey.button('Try again').click()
  await journey.isOn(KIND)
})

test('an answer that takes longer than a second is announced, and the line goes when it comes', async ({ journey }) => {
  await journey.open('/organisation/name')
  await journey.enter(NAME, barrister.organisation.name)
  let answer = () => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  await journey.page.route('**/api/**', async (route) => {
    await held
    await route.continue()
  })
  const state = journey.page.locator('#connection')
  await journey.button('Save and continue').click()
  await expect(state).toHaveText('Loading')
  await expect(state).toBeInViewport()
  answer()
  await journey.isOn('What is the address of your head office?')
  await expect(state).toHaveText('')
})
