// A whole registration, a spreadsheet and the desk's sign-in by keyboard alone; the focus must be visible at each
// stop.
import { expect, test } from '../../support/test.ts'
import type { Journey } from '../../support/journey.ts'
import { barrister, kept } from '../../support/registrations.ts'
import { signedIn } from '../../support/officers.ts'
import { cell, csv } from '../../support/spreadsheets.ts'

/** Describes the focused element: its name and text, whether it is on the screen, and whether it looks focused. */
const focused = (journey: Journey) =>
  journey.page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null

    // A radio button or checkbox is transparent; its focus ring is drawn around its label's box.
    const isChoice = element instanceof HTMLInputElement && /radio|checkbox/.test(element.type)
    const looks = (part: HTMLElement) => {
      const style = isChoice ? getComputedStyle(part.querySelector('label') ?? part, '::before') : getComputedStyle(part)
      // The colour of an outline that is not drawn may differ too, but nobody sees that colour.
      const outline = style.outlineStyle === 'none' ? 'none' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`
      return [outline, style.boxShadow, style.backgroundColor].join(' ')
    }
    const part = isChoice && element.parentElement ? element.parentElement : element
    const twin = part.cloneNode(true) as HTMLElement
    for (const named of [twin, ...twin.querySelectorAll('[name]')]) named.removeAttribute('name')
    part.after(twin)
    const looksFocused = looks(part) !== looks(twin)
    twin.remove()

    const { top, bottom } = element.getBoundingClientRect()
    return {
      name: element.getAttribute('name') ?? '',
      words: (element.textContent ?? '').replace(/\s+/g, ' ').trim(),
      isOnScreen: bottom > 0 && top < innerHeight,
      looksFocused,
    }
  })

/** Presses Tab until the focus is on the wanted element; the focus must be visible at each stop. */
async function tabTo(journey: Journey, what: { name?: string; words?: string }): Promise<void> {
  for (let stops = 0; stops < 80; stops++) {
    await journey.page.keyboard.press('Tab')
    const stop = await focused(journey)
    if (!stop) continue
    expect(stop, `${stop.name || stop.words} can be seen`).toMatchObject({ isOnScreen: true, looksFocused: true })
    if (what.name ? stop.name === what.name : stop.words === what.words) return
  }
  throw new Error(`Tab never came to ${what.name ?? what.words}`)
}

async function type(journey: Journey, name: string, text: string): Promise<void> {
  await tabTo(journey, { name })
  if (text) await journey.page.keyboard.insertText(text)
}

async function press(journey: Journey, button: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(journey, { words: button })
  await journey.answered(() => journey.page.keyboard.press(key))
}

async function follow(journey: Journey, link: string): Promise<void> {
  await tabTo(journey, { words: link })
  await journey.page.keyboard.press('Enter')
}

/** Waits for the page with this heading; if it was not loaded as a new document, the heading must have the focus. */
async function arriveAt(journey: Journey, heading: string): Promise<void> {
  await journey.isOn(heading)
  if (!journey.loadsPages) await expect(journey.page.getByRole('heading', { level: 1 })).toBeFocused()
}

test('a barrister registers by keyboard alone', async ({ journey, server }) => {
  test.setTimeout(120_000)
  const { organisation, accountable_person, signature } = barrister
  const { keyboard } = journey.page
  const save = () => press(journey, 'Save and continue')

  await journey.open('/')
  await keyboard.press('Tab')
  expect((await focused(journey))?.words).toBe('Skip to main content')
  await keyboard.press('Enter')
  await follow(journey, 'Start now')
  await arriveAt(journey, 'Your registration')

  await follow(journey, 'Organisation details')
  await arriveAt(journey, 'What kind of organisation are you registering?')
  await tabTo(journey, { name: 'kind' })
  await keyboard.press('Space')
  await keyboard.press('ArrowDown')
  await keyboard.press('ArrowDown')
  await expect(journey.page.getByLabel('Self-employed barrister')).toBeChecked()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Tab')
  await expect(journey.page.getByLabel('Self-employed barrister')).toBeFocused()
  await save()
  await arriveAt(journey, 'What is your name?')
  await save()
  await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
  await follow(journey, 'Enter your name')
  await expect(journey.page.getByLabel('What is your name?')).toBeFocused()
  await keyboard.insertText(organisation.name)
  await journey.answered(() => keyboard.press('Enter'))
  await arriveAt(journey, 'What is the address of your practice?')
  await type(journey, 'address_line_1', organisation.address_line_1)
  await type(journey, 'town', organisation.town)
  await type(journey, 'postcode', organisation.postcode)
  await save()
  await arriveAt(journey, 'How can we contact your practice?')
  await type(journey, 'telephone', organisation.telephone)
  await type(journey, 'email', organisation.email)
  await save()
  await arriveAt(journey, 'What are your registration numbers?')
  await type(journey, 'bar_number', organisation.bar_number)
  await save()
  await arriveAt(journey, 'Your registration')

  await follow(journey, 'Accountable person')
  await arriveAt(journey, 'What are your name and job title?')
  await type(journey, 'first_name', accountable_person.first_name)
  await type(journey, 'last_name', accountable_person.last_name)
  await type(journey, 'job_title', accountable_person.job_title)
  await save()
  await arriveAt(journey, 'Which details should we use for your account?')
  await type(journey, 'email', accountable_person.email)
  await type(journey, 'telephone', accountable_person.telephone)
  await save()

  await arriveAt(journey, 'Your registration')
  await follow(journey, 'Your account')
  await arriveAt(journey, 'What is your mobile number?')
  await save()
  await arriveAt(journey, 'Your registration')
  await follow(journey, 'Terms and Conditions')
  await arriveAt(journey, 'Accept the Terms and Conditions')
  await type(journey, 'full_name', signature.full_name)
  await type(journey, 'capacity', signature.capacity)
  await tabTo(journey, { name: 'authority' })
  await keyboard.press('Space')
  await press(journey, 'Save and continue', 'Space')

  await arriveAt(journey, 'Your registration')
  await follow(journey, 'Check your answers and submit')
  await arriveAt(journey, 'Check your answers before you submit your registration')
  await press(journey, 'Submit registration')
  await arriveAt(journey, 'Registration submitted')
  expect(await server.registration(await journey.reference())).toMatchObject(kept(barrister))
})

test('a spreadsheet is put right and added by keyboard alone', async ({ journey, draft }) => {
  await draft.upload(csv('First name,Last name,Email,Mobile,Role,Admin\nWen,Williams,,07700 900425,Wizard,No\nMarek,,,,,\n'))
  await journey.open('/users/upload/review')
  await journey.isOn('Check staff.csv')
  const name = async (column: 'email' | 'role', row: number) => (await cell(journey, column, row).getAttribute('name')) ?? ''
  await type(journey, await name('email', 2), 'wen@firm.example')
  await tabTo(journey, { name: await name('role', 2) })
  // Typing the first letters of an option selects it.
  await journey.page.keyboard.type('Chambers c')
  const leaveOut = await journey.page.getByLabel(/^Leave out .*row 3\b/).getAttribute('name')
  await tabTo(journey, { name: leaveOut ?? '' })
  await journey.page.keyboard.press('Space')
  await press(journey, 'Save and check again')
  await arriveAt(journey, 'Check staff.csv')
  await expect(journey.button('Add 1 user to your list')).toBeVisible()
  await press(journey, 'Add 1 user to your list')
  await journey.isOn('You have added 1 user')
  await expect(journey.page.getByRole('row', { name: 'Wen Williams' })).toContainText('Chambers clerk')
})

test('somebody of the desk signs in and out by keyboard alone', async ({ journey, server }) => {
  const { page } = journey
  const { email, password, recoveryCodes } = await signedIn(page, server, 'officer')
  await page.context().clearCookies()
  await journey.open('/desk/sign-in?to=/desk/account')
  await press(journey, 'Continue')
  await expect(page.locator('.govuk-error-summary')).toBeVisible()
  await follow(journey, 'Enter your email address')
  await expect(page.getByLabel('Email address')).toBeFocused()
  await page.keyboard.insertText(email)
  await type(journey, 'password', password)
  await page.keyboard.press('Enter')
  await journey.isOn('Enter a code')
  await type(journey, 'code', recoveryCodes[0]!)
  await press(journey, 'Sign in')
  await journey.isOn('Your account')
  await press(journey, 'Sign out')
  await journey.isOn('You have signed out')
})
