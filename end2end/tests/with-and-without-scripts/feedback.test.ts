// Feedback on the service, and the public performance figures.
import { expect, test } from '../../support/test.ts'
import { firm } from '../../support/registrations.ts'

test('whoever has registered says what they think, once they have chosen', async ({ journey, draft }) => {
  await draft.fill(firm)
  await draft.answer('submit', {})
  await journey.open('/submitted')
  await journey.follow('What did you think of this service?')
  await journey.isOn('Give feedback on this service')
  await journey.enter('How could we improve this service? (optional)', 'Fewer pages')
  await journey.button('Send feedback').click()
  await expect(journey.page.getByRole('alert')).toContainText('Select how satisfied you are with the service')
  await expect(journey.page.getByLabel('How could we improve this service? (optional)')).toHaveValue('Fewer pages')
  await journey.page.getByLabel('Very satisfied').check()
  await journey.button('Send feedback').click()
  await journey.isOn('Thank you for your feedback')
})

test('the figures of the service are for everybody and name nobody', async ({ journey, draft }) => {
  await draft.fill(firm)
  await draft.answer('submit', {})
  await journey.open('/help')
  await journey.follow('See how this service performs')
  await journey.isOn('How this service performs')
  const page = journey.page.getByRole('main')
  await expect(page.getByRole('heading', { level: 2 })).toContainText(['Cost per transaction'])
  await expect(page).not.toContainText(firm.organisation.name)
})
