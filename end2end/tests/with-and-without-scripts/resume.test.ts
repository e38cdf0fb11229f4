// Saving a draft and resuming it, by the code on the same device or by the link on another device; sharing and
// deleting a draft.
import { expect, test } from '../../support/test.ts'
import { newAddress, wayIn } from '../../support/mail.ts'
import type { Journey } from '../../support/journey.ts'

const NAME = 'What is the name of your organisation?'
const LATER = 'Save and come back later'

/** Types a name, saves the draft for later and gives an email address. */
async function leave(journey: Journey, address: string): Promise<void> {
  await journey.open('/organisation/name')
  await journey.enter(NAME, 'Hartwell Crane & Co')
  await journey.button(LATER).click()
  await journey.isOn(LATER)
  await journey.enter('Your email address', address)
  await journey.button('Send the email').click()
  await journey.isOn('Check your email')
}

async function hasTheName(journey: Journey): Promise<void> {
  await journey.isOn('Your registration')
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel(NAME)).toHaveValue('Hartwell Crane & Co')
}

test('typed answers are there on another device, by the link', async ({ journey, somebodyElse, request }) => {
  const address = newAddress()
  await leave(journey, address)
  const { link } = await wayIn(request, address)

  const home = await somebodyElse()
  await home.open(link)
  await home.isOn('Continue your registration')
  await home.button('Open my registration').click()
  await hasTheName(home)
})

test('the code confirms the address here, and a new one opens the draft elsewhere', async ({ journey, somebodyElse, request }) => {
  const address = newAddress()
  await leave(journey, address)
  const first = await wayIn(request, address)
  expect(first.mail.subject).toBe('Confirm your email address')
  await journey.enter('Code', first.code.toLowerCase().replace('-', ' '))
  await journey.button('Continue').click()
  await hasTheName(journey)
  await journey.open('/save')
  await journey.isOn('Your registration is saved')
  await expect(journey.page.getByRole('main')).toContainText(address)

  const home = await somebodyElse()
  await home.open('/')
  await home.follow('Return to a saved registration')
  await home.isOn('Return to a saved registration')
  await home.enter('Your email address', address)
  await home.button('Send the email').click()
  await home.isOn('Check your email')
  const second = await wayIn(request, address, 2)
  expect(second.mail.subject).toBe('Return to your registration')
  await home.enter('Code', second.code)
  await home.button('Continue').click()
  await hasTheName(home)
})

test('wrong answers are stored, and shown on coming back', async ({ journey }) => {
  await journey.open('/organisation/contact')
  await journey.enter('Main telephone number', '12')
  await journey.button(LATER).click()
  await journey.isOn(LATER)
  await journey.open('/organisation/contact')
  await expect(journey.page.getByLabel('Main telephone number')).toHaveValue('12')
  await expect(journey.page.getByRole('alert')).toBeVisible()
})

test('a wrong address and a wrong code say so where they were typed', async ({ journey, request }) => {
  const address = newAddress()
  await journey.open('/return')
  await journey.enter('Your email address', 'clerk at firm')
  await journey.button('Send the email').click()
  await expect(journey.page.getByRole('alert')).toBeVisible()
  await expect(journey.page.getByLabel('Your email address')).toHaveValue('clerk at firm')
  await expect(journey.page).toHaveTitle(/^Error: /)

  await leave(journey, address)
  const { code } = await wayIn(request, address)
  await journey.enter('Code', code === 'BBBB-BBBB' ? 'BBBB-BBBC' : 'BBBB-BBBB')
  await journey.button('Continue').click()
  await expect(journey.page.getByRole('alert')).toContainText('The code is not right')
  await journey.enter('Code', code)
  await journey.button('Continue').click()
  await hasTheName(journey)
})

test('a colleague opens the draft, and it is deleted for both', async ({ journey, somebodyElse, request, watch }) => {
  const [owner, other] = [newAddress(), newAddress()]
  await leave(journey, owner)
  await journey.enter('Code', (await wayIn(request, owner)).code)
  await journey.button('Continue').click()
  await journey.isOn('Your registration')
  await journey.open('/save')
  await journey.follow('Share this registration with a colleague')
  await journey.isOn('Share your registration with a colleague')
  await journey.enter('Your colleague’s email address', other)
  await journey.button('Send the email').click()
  await journey.isOn('Tell your colleague to check their email')

  const colleague = await somebodyElse()
  await colleague.open((await wayIn(request, other)).link)
  await colleague.button('Open my registration').click()
  await hasTheName(colleague)
  await colleague.open('/save')
  await colleague.isOn('Your registration is saved')
  await expect(colleague.page.getByRole('link', { name: 'Delete this registration' })).toHaveCount(0)

  await journey.open('/save')
  await journey.follow('Delete this registration')
  await journey.isOn('Are you sure you want to delete this registration?')
  await journey.button('Delete this registration').click()
  await journey.isOn('We have deleted your registration')
  watch.expect(/status of 410/)
  await colleague.page.goto('/tasks')
  await colleague.isOn('Your saved answers have expired')
})

test('a link is used once', async ({ journey, somebodyElse, request, watch }) => {
  const address = newAddress()
  await leave(journey, address)
  const { link } = await wayIn(request, address)
  const home = await somebodyElse()
  await home.open(link)
  await home.button('Open my registration').click()
  await hasTheName(home)
  watch.expect(/status of 410/)
  await home.open(link)
  await home.button('Open my registration').click()
  await home.isOn('This link does not work any more')
  await home.follow('Ask for a new link and code')
  await home.isOn('Return to a saved registration')
})

const LANGUAGE = 'Which language should we use for emails?'

test('somebody who saves in Welsh gets emails in Welsh, and a colleague in a language of their own', async ({ journey, somebodyElse, request }) => {
  const [owner, other] = [newAddress(), newAddress()]
  await journey.open('/organisation/name')
  await journey.enter(NAME, 'Hartwell Crane & Co')
  await journey.button(LATER).click()
  await journey.isOn(LATER)
  await expect(journey.page.getByRole('group', { name: LANGUAGE }).getByLabel('English')).toBeChecked()
  // The chosen language stays selected if the email address has a problem.
  await journey.choose(LANGUAGE, 'Welsh (Cymraeg)')
  await journey.enter('Your email address', 'clerk at firm')
  await journey.button('Send the email').click()
  await expect(journey.page.getByRole('alert')).toBeVisible()
  await expect(journey.page.getByLabel('Welsh (Cymraeg)')).toBeChecked()
  await journey.enter('Your email address', owner)
  await journey.button('Send the email').click()
  await journey.isOn('Check your email')
  const confirmed = await wayIn(request, owner)
  expect(confirmed.mail.subject).toBe('Cadarnhau eich cyfeiriad e-bost')
  expect(confirmed.mail.html).toContain('lang="cy"')
  await journey.enter('Code', confirmed.code)
  await journey.button('Continue').click()
  await hasTheName(journey)

  await journey.open('/save/share')
  await journey.enter('Your colleague’s email address', other)
  await journey.choose('Which language should we use for their emails?', 'English')
  await journey.button('Send the email').click()
  await journey.isOn('Tell your colleague to check their email')
  const shared = await wayIn(request, other)
  expect(shared.mail.subject).toBe('Confirm your email address')
  const colleague = await somebodyElse()
  await colleague.open(shared.link)
  await colleague.button('Open my registration').click()
  await colleague.isOn('Your registration')
  await hasLanguage(colleague, 'English')
  await hasLanguage(journey, 'Welsh (Cymraeg)')
})

test('the language of emails is changed from the answers', async ({ journey }) => {
  await journey.open('/organisation/name')
  await journey.enter(NAME, 'Hartwell Crane & Co')
  await journey.send()
  await journey.isOn('What is the address of your head office?')
  await hasLanguage(journey, 'English')
  await journey.follow('Change language of emails')
  await journey.isOn(LANGUAGE)
  await journey.choose(LANGUAGE, 'Welsh (Cymraeg)')
  await journey.button('Save and continue').click()
  await journey.isOn('Check your answers before you submit your registration')
  await hasLanguage(journey, 'Welsh (Cymraeg)')
})

/** Expects "Check your answers" to show this language of emails. */
async function hasLanguage(journey: Journey, language: string): Promise<void> {
  await journey.open('/check-answers')
  const row = journey.page.locator('.govuk-summary-list__row', { hasText: 'Language of emails' })
  await expect(row).toContainText(language)
}
