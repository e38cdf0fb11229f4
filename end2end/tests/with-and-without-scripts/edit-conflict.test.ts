// Two people edit one draft: nobody's answers are overwritten without asking.
import { expect, test } from '../../support/test.ts'
import { newAddress, wayIn } from '../../support/mail.ts'
import type { Journey } from '../../support/journey.ts'

const NAME = 'What is the name of your organisation?'

test('a later save shows both answers and asks which to keep', async ({ journey, somebodyElse, request }) => {
  const address = newAddress()
  await journey.open('/organisation/name')
  await journey.enter(NAME, 'Castlegate Chambers')
  await journey.button('Save and come back later').click()
  await journey.isOn('Save and come back later')
  await journey.enter('Your email address', address)
  await journey.button('Send the email').click()
  await journey.isOn('Check your email')
  const colleague = await somebodyElse()
  await colleague.open((await wayIn(request, address)).link)
  await colleague.button('Open my registration').click()
  await colleague.isOn('Your registration')

  // Both people open the page before either of them sends it.
  await journey.open('/organisation/name')
  await colleague.open('/organisation/name')
  await colleague.enter(NAME, 'Castlegate and Partners')
  await colleague.send()
  await journey.enter(NAME, 'Castlegate Law')
  await journey.button('Save and continue').click()
  await journey.isOn('These answers have changed')
  const main = journey.page.getByRole('main')
  await expect(main).toContainText('Castlegate and Partners')
  await expect(main).toContainText('Castlegate Law')
  await fits(journey)

  await journey.button('Continue').click()
  await expect(journey.page.getByRole('alert')).toContainText('Select which answers you want to keep')
  await journey.choose('Which answers do you want to keep?', 'What you entered')
  await journey.button('Continue').click()
  await journey.isOn('What is the address of your head office?')
  await colleague.open('/organisation/name')
  await expect(colleague.page.getByLabel(NAME)).toHaveValue('Castlegate Law')
})

/** Expects that a screen of 320 pixels does not scroll sideways. */
async function fits({ page }: Journey): Promise<void> {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 256 })
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(320)
  if (before) await page.setViewportSize(before)
}
