// Forms that an officer keys in for organisations: several at once, each in a tab of its own.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/officers.ts'
import type { Journey } from '../../support/journey.ts'
import { firm } from '../../support/registrations.ts'

const named = ({ page }: Journey) => page.locator('#keyed-organisation')

/** Begins a form from paper, and answers the kind and the name of the organisation. */
async function begin(tab: Journey, name: string): Promise<void> {
  await tab.open('/desk/take-in')
  await tab.button('Key in a form from paper').click()
  await tab.isOn('Your registration')
  await expect(named(tab)).toHaveText('Organisation not named yet')
  await tab.follow('Organisation details')
  await tab.isOn('What kind of organisation are you registering?')
  await tab.choose('What kind of organisation are you registering?', 'Solicitors’ firm')
  await tab.send()
  await tab.isOn('What is the name of your organisation?')
  await tab.enter('What is the name of your organisation?', name)
  await tab.send()
  await tab.isOn('What is the address of your head office?')
  await expect(named(tab)).toHaveText(name)
}

test('two forms that are keyed in two tabs never mix', async ({ journey, anotherTab, server }) => {
  test.setTimeout(120_000)
  await signedIn(journey.page, server, 'officer')
  await begin(journey, 'Alpha LLP')
  const other = await anotherTab()
  await begin(other, 'Beta LLP')

  // The first tab goes on with its own form.
  await journey.enter('Address line 1', firm.organisation.address_line_1)
  await journey.enter('Town or city', firm.organisation.town)
  await journey.enter('Postcode', firm.organisation.postcode)
  await journey.send()
  await journey.isOn('How can we contact your organisation?')
  await expect(named(journey)).toHaveText('Alpha LLP')
  await journey.page.getByRole('link', { name: 'Back', exact: true }).click()
  await journey.isOn('What is the address of your head office?')
  await expect(journey.page.getByLabel('Address line 1', { exact: true })).toHaveValue(firm.organisation.address_line_1)
  await other.page.reload()
  await other.isOn('What is the address of your head office?')
  await expect(named(other)).toHaveText('Beta LLP')
  await expect(other.page.getByLabel('Address line 1', { exact: true })).toHaveValue('')

  // A page with problems stays in its form.
  await other.send()
  await expect(other.page).toHaveTitle(/^Error: /)
  await expect(named(other)).toHaveText('Beta LLP')

  // The list has both forms, and an officer can resume each from there.
  await journey.page.getByRole('link', { name: 'see all forms' }).click()
  await journey.isOn('Enter a form')
  for (const name of ['Alpha LLP', 'Beta LLP']) {
    await journey.open('/desk/take-in')
    await journey.page.getByRole('link', { name, exact: true }).first().click()
    await journey.isOn(name)
    await journey.button('Go on filling it in').click()
    await journey.isOn('Your registration')
    await expect(named(journey)).toHaveText(name)
  }
})
