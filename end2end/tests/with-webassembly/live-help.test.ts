// Live validation: a message appears after a person leaves a field, not earlier, and never gets in the way.
import { expect, test } from '../../support/test.ts'
import { expectNoProblems } from '../../support/errors.ts'
import type { Journey } from '../../support/journey.ts'

const FORMAT = 'Enter a full UK postcode, like SW1A 1AA'

const postcode = (journey: Journey) => journey.page.getByLabel('Postcode', { exact: true })
const town = (journey: Journey) => journey.page.getByLabel('Town or city', { exact: true })
const error = (journey: Journey) => journey.page.locator('#postcode-error')
const status = (journey: Journey) => journey.page.locator('form [aria-live=polite]')

/** Moves the clock forward by 700 ms, which is longer than the delay between typing and the next check of a field. */
const aHandsTime = (journey: Journey) => journey.page.clock.runFor(700)

/** Holds the button "Save and continue" down while something else happens, then releases it at the same place. */
async function presses(journey: Journey, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  const button = journey.button('Save and continue')
  await button.hover()
  const stood = await button.boundingBox()
  if (!stood) throw new Error('the button is not on the screen')
  await journey.page.mouse.down()
  await meanwhile()
  await aHandsTime(journey)
  // The button must not have moved by more than the two pixels of its pressed look.
  const stands = await button.boundingBox()
  expect(Math.abs((stands?.y ?? Infinity) - stood.y)).toBeLessThan(3)
  await journey.answered(() => journey.page.mouse.up())
}

test.beforeEach(async ({ journey }) => {
  await journey.page.clock.install()
  await journey.open('/organisation/address')
  await journey.isOn('What is the address of your head office?')
})

test('nothing is said while a field is filled in for the first time', async ({ journey }) => {
  await postcode(journey).pressSequentially('WR1', { delay: 20 })
  await expectNoProblems(journey)
  await expect(status(journey)).toBeEmpty()
})

test('a field that is left wrong says so beside it, and nowhere else until it is sent', async ({ journey }) => {
  await postcode(journey).fill('WR1')
  await town(journey).focus()
  await expect(error(journey)).toHaveText(`Error: ${FORMAT}`)
  await expect(postcode(journey)).toHaveAttribute('aria-describedby', /postcode-error/)
  await expect(town(journey)).toBeFocused()
  await expect(journey.page).not.toHaveTitle(/^Error: /)
  await expect(journey.page.locator('.govuk-error-summary')).toHaveCount(0)
  await expect(journey.button('Save and continue')).toBeEnabled()
})

test('an empty field that is left says nothing', async ({ journey }) => {
  await postcode(journey).focus()
  await town(journey).focus()
  await town(journey).fill('Worcester')
  await postcode(journey).focus()
  await postcode(journey).fill('WR1')
  await postcode(journey).fill('')
  await town(journey).focus()
  // By the time this message about the postcode appears, messages about the fields left earlier would have appeared
  // too.
  await postcode(journey).fill('WR')
  await town(journey).focus()
  await expect(error(journey)).toBeVisible()
  await expect(journey.page.locator('.govuk-error-message')).toHaveCount(1)
})

test('a right field that is left says nothing', async ({ journey }) => {
  await postcode(journey).fill('wr1-2nd')
  await town(journey).fill('x'.repeat(101))
  await postcode(journey).focus()
  await expect(journey.page.locator('#town-error')).toBeVisible()
  await expect(error(journey)).toHaveCount(0)
})

test('the words are said once, politely, with the name of the field', async ({ journey }) => {
  await expect(status(journey)).toHaveCount(1)
  await postcode(journey).fill('WR1')
  await town(journey).focus()
  await expect(status(journey)).toHaveText(`Postcode: ${FORMAT}`)
  await expect(journey.page.getByRole('alert')).toHaveCount(0)
})

test('typing takes the error away once the answer is right, and says so', async ({ journey }) => {
  await postcode(journey).fill('WR1')
  await town(journey).focus()
  await expect(error(journey)).toBeVisible()
  await postcode(journey).focus()
  await postcode(journey).press('End')
  await postcode(journey).pressSequentially(' 2ND')
  await expect(error(journey)).toHaveCount(0)
  await expect(postcode(journey)).toBeFocused()
  await expect(postcode(journey)).toHaveValue('WR1 2ND')
  await expect(status(journey)).toHaveText('Postcode: error fixed')
})

test('no click is lost when the error would appear under the pointer', async ({ journey }) => {
  await postcode(journey).fill('WR1')
  await presses(journey, () => expect(error(journey)).toHaveCount(0))
  await expect(journey.page).toHaveTitle(/^Error: /)
  await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
})

test('no click is lost when an error goes away under the pointer', async ({ journey }) => {
  await postcode(journey).fill('WR1')
  await town(journey).focus()
  await expect(error(journey)).toBeVisible()
  await journey.enter('Address line 1', '51 Assize Street')
  await town(journey).fill('Worcester')
  await postcode(journey).fill('WR1 2ND')
  await presses(journey)
  await journey.isOn('How can we contact your organisation?')
})

test('no click is lost when what was just typed is looked at under the pointer', async ({ journey }) => {
  await postcode(journey).fill('WR1')
  await town(journey).focus()
  await expect(error(journey)).toBeVisible()
  await journey.enter('Address line 1', '51 Assize Street')
  await town(journey).fill('Worcester')
  await presses(journey, async () => {
    await postcode(journey).evaluate((field: HTMLInputElement) => {
      field.value = 'WR1 2ND'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
  })
  await journey.isOn('How can we contact your organisation?')
})

test('no click is lost when an answer was chosen just before it', async ({ journey }) => {
  const chambers = await nothingChosen(journey)
  await presses(journey, () => chambers.evaluate((radio: HTMLInputElement) => radio.click()))
  await journey.isOn('What is the name of your organisation?')
})

test('an error that waits for the pointer goes away once the pointer is up', async ({ journey }) => {
  const chambers = await nothingChosen(journey)
  const message = journey.page.locator('.govuk-error-message')
  await journey.page.getByRole('heading', { level: 1 }).hover()
  await journey.page.mouse.down()
  await chambers.evaluate((radio: HTMLInputElement) => radio.click())
  await aHandsTime(journey)
  await expect(message).toBeVisible()
  await journey.page.mouse.up()
  await expect(message).toHaveCount(0)
})

/** Opens the page with the kinds of organisation and sends it without an answer; returns one of its radio buttons. */
async function nothingChosen(journey: Journey) {
  await journey.open('/organisation/kind')
  await journey.send()
  await expect(journey.page.locator('.govuk-error-message')).toBeVisible()
  return journey.page.getByRole('radio', { name: 'Barristers’ chambers' })
}

test('a misspelt domain is asked about and does not stop anybody', async ({ journey }) => {
  await journey.open('/organisation/contact')
  await journey.enter('Main email address', 'clerk@gmial.com')
  await journey.page.getByLabel('Main telephone number').focus()
  await expect(journey.page.locator('.app-field-warning')).toContainText('gmail.com')
  await expectNoProblems(journey)
  await journey.enter('Main telephone number', '01632 960 096')
  await journey.send()
  await journey.isOn('What are your registration numbers?')
})

test('Enter in a field sends the form', async ({ journey }) => {
  await journey.open('/organisation/name')
  await journey.enter('What is the name of your organisation?', 'Hartwell Crane & Co LLP')
  await journey.answered(() => journey.page.getByLabel('What is the name of your organisation?').press('Enter'))
  await journey.isOn('What is the address of your head office?')
  await expect(journey.page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('the same wrong answer sent again brings the summary back into focus', async ({ journey }) => {
  await journey.open('/organisation/name')
  await journey.send()
  const summary = journey.page.locator('.govuk-error-summary')
  await expect(summary).toBeFocused()
  await journey.send()
  await expect(summary).toBeFocused()
})
