// With WebAssembly the service is a single-page application: each change of page moves the focus, and no new document
// is loaded.
import { expect, test } from '../../support/test.ts'
import { barrister, firm } from '../../support/registrations.ts'
import { Journey } from '../../support/journey.ts'

interface Marked {
  marked?: boolean
}

const mark = (journey: Journey) => journey.page.evaluate(() => void ((window as Marked).marked = true))
const isMarked = (journey: Journey) => journey.page.evaluate(() => (window as Marked).marked === true)

async function expectHeading(journey: Journey, heading: string): Promise<void> {
  await journey.isOn(heading)
  await expect(journey.page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(journey.page).toHaveTitle(new RegExp(`^${heading.replace(/[()?]/g, '\\$&')}`))
}

test('each change of page moves the keyboard to the heading, and no page is loaded', async ({ journey }) => {
  await journey.open('/')
  await mark(journey)
  await journey.button('Start now').click()
  await expectHeading(journey, 'Your registration')
  await journey.follow('Organisation details')
  await expectHeading(journey, 'What kind of organisation are you registering?')
  await journey.choose('What kind of organisation are you registering?', 'Self-employed barrister')
  await journey.send()
  await expectHeading(journey, 'What is your name?')
  await journey.enter('What is your name?', barrister.organisation.name)
  await journey.send()
  await expectHeading(journey, 'What is the address of your practice?')
  await journey.page.getByRole('link', { name: 'Back', exact: true }).click()
  await expectHeading(journey, 'What is your name?')
  await journey.page.goBack()
  await expectHeading(journey, 'What is the address of your practice?')
  await journey.page.goForward()
  await expectHeading(journey, 'What is your name?')
  expect(await isMarked(journey)).toBe(true)
})

/** A journey that expects the focus on the heading of each new page. */
class WithKeyboard extends Journey {
  readonly headings: string[] = []

  override async isOn(heading: string | RegExp): Promise<void> {
    await super.isOn(heading)
    // The browser loads the first page of a visit, so the focus stays where the browser puts it.
    if (heading === 'Register for Common Platform') return
    const found = this.page.getByRole('heading', { level: 1 })
    await expect(found, `the keyboard is on the heading “${heading}”`).toBeFocused()
    this.headings.push((await found.textContent()) ?? '')
  }
}

for (const [who, registration, fewest] of [
  ['one person', barrister, 17],
  ['a firm', firm, 25],
] as const) {
  test(`the keyboard is on the heading after each change of page, from the start to the confirmation: ${who}`, async ({ page }) => {
    test.setTimeout(120_000)
    const journey = new WithKeyboard(page, 'webassembly')
    await journey.register(registration)
    expect(journey.headings.length).toBeGreaterThanOrEqual(fewest)
    expect(journey.headings.at(-1)).toBe('Registration submitted')
  })
}

test('the first page of a visit leaves the keyboard where the browser puts it', async ({ journey }) => {
  await journey.open('/organisation/name')
  await expect(journey.page.locator('body')).toBeFocused()
})

test('somebody who is already in a field of the new page stays there, and types into that field', async ({ journey, draft }) => {
  await draft.fill(firm)
  const { page } = journey
  await journey.open('/check-answers')
  await page.clock.install()
  await page.evaluate(() => {
    // The script focuses the field as soon as the field is drawn, which is faster than a person can be.
    const watch = new MutationObserver(() => {
      const field = document.querySelector<HTMLInputElement>('#postcode')
      if (!field) return
      watch.disconnect()
      field.focus()
    })
    watch.observe(document.body, { childList: true, subtree: true })
  })
  await journey.follow('Change head office address')
  const postcode = page.getByLabel('Postcode', { exact: true })
  await expect(postcode).toBeFocused()
  await expect(page).toHaveURL(/#address_line_1$/)
  await page.clock.runFor(1_000)
  await expect(postcode).toBeFocused()
})

test('the users’ pages move the keyboard too', async ({ journey, draft }) => {
  await draft.addUser(barrister.people[0]!)
  await journey.open('/tasks')
  await mark(journey)
  await journey.follow('Users who need accounts')
  await expectHeading(journey, 'You have added 1 user')
  await journey.follow('Change Quentin Thomas')
  await expectHeading(journey, 'Change a user')
  await journey.page.getByRole('link', { name: 'Back', exact: true }).click()
  await expectHeading(journey, 'You have added 1 user')
  await journey.follow('Remove Quentin Thomas')
  await expectHeading(journey, 'Are you sure you want to remove Quentin Thomas?')
  await journey.choose('Are you sure you want to remove Quentin Thomas?', 'Yes')
  await journey.send('Continue')
  await expectHeading(journey, 'Removed Quentin Thomas. No users')
  expect(await isMarked(journey)).toBe(true)
})

test('after a change of page the skip link leads to the new main content', async ({ journey }) => {
  await journey.open('/')
  await mark(journey)
  await journey.button('Start now').click()
  await expectHeading(journey, 'Your registration')
  const skip = journey.page.getByRole('link', { name: 'Skip to main content' })
  await skip.focus()
  await journey.page.keyboard.press('Enter')
  await expect(journey.page.getByRole('main')).toBeFocused()
  await journey.page.keyboard.press('Tab')
  await expect(journey.page.getByRole('link', { name: 'Organisation details' })).toBeFocused()
  expect(await isMarked(journey)).toBe(true)
})

test('submitting leads to the confirmation without a page load', async ({ journey, draft }) => {
  await draft.fill(barrister)
  await journey.open('/check-answers')
  await mark(journey)
  await journey.send('Submit registration')
  await expectHeading(journey, 'Registration submitted')
  await journey.follow('View, print or save a copy of your registration')
  await expectHeading(journey, 'Copy of your registration')
  expect(await isMarked(journey)).toBe(true)
})

test('pages that only inform are loaded, and need no WebAssembly', async ({ journey }) => {
  await journey.open('/')
  await mark(journey)
  await journey.page.getByRole('contentinfo').getByRole('link', { name: 'Privacy', exact: true }).click()
  await expect(journey.page.getByRole('heading', { level: 1, name: 'Privacy notice' })).toBeVisible()
  expect(await isMarked(journey)).toBe(false)
})

test('the outcome of a search is the heading to which the keyboard goes', async ({ journey, draft }) => {
  for (let number = 1; number <= 11; number++) {
    await draft.addUser({ ...barrister.people[0]!, last_name: `Number ${number}`, email: `user${number}@org0.example` })
  }
  await journey.open('/users')
  await journey.enter('Search for a user by name or email address', 'user7@')
  await journey.send('Search')
  await expectHeading(journey, '1 of 11 users matches your search')
})

test('answers that cannot be sent are not lost, and the page says so', async ({ journey, watch }) => {
  watch.expect(/ERR_(FAILED|INTERNET_DISCONNECTED|ABORTED)/)
  await journey.open('/organisation/name')
  const name = journey.page.getByLabel('What is the name of your organisation?')
  await name.fill(barrister.organisation.name)
  await journey.page.route('**/api/**', (route) => route.abort('internetdisconnected'))
  await journey.button('Save and continue').click()
  const summary = journey.page.locator('.govuk-error-summary')
  await expect(summary).toContainText('Your answers were not saved: check your internet connection')
  await expect(summary).toBeFocused()
  await expect(name).toHaveValue(barrister.organisation.name)

  await journey.page.unroute('**/api/**')
  await journey.send()
  await journey.isOn('What is the address of your head office?')
})
