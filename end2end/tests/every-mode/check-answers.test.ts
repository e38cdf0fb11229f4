// The page "Check your answers": its Change links, and the problems that prevent submission.
import { expect, test } from '../../support/test.ts'
import { barrister, firm } from '../../support/registrations.ts'
import { HOSTILE } from '../../support/questions.ts'

const CHECK = 'Check your answers before you submit your registration'

test('a Change link leads to its field, and saving comes straight back', async ({ journey, draft }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  for (const [about, label, answer] of [
    ['name of the organisation', 'What is the name of your organisation?', 'Hartwell & Daughters LLP'],
    ['head office address', 'Town or city', 'Great Malvern'],
    ['telephone number of the organisation', 'Main telephone number', '01632 960 097'],
    ['job title of the accountable person', 'Job title', 'Managing partner'],
    ['role of the signatory', 'Your role', 'Managing partner'],
  ] as const) {
    await journey.isOn(CHECK)
    await journey.follow(`Change ${about}`)
    await journey.enter(label, answer)
    await journey.send()
    await journey.isOn(CHECK)
    await expect(journey.page.getByRole('main')).toContainText(answer)
  }
})

test('wrong answers given after a Change link are explained, and put right they come back too', async ({ journey, draft }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.follow('Change head office address')
  await journey.enter('Postcode', 'WR1')
  await journey.send()
  await expect(journey.page).toHaveTitle(/^Error: /)
  await journey.enter('Postcode', 'WR1 2ND')
  await journey.send()
  await journey.isOn(CHECK)
})

test('the link Back of a page that was opened by Change comes back too', async ({ journey, draft }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.follow('Change name of the organisation')
  await journey.isOn('What is the name of your organisation?')
  await journey.page.getByRole('link', { name: 'Back', exact: true }).click()
  await journey.isOn(CHECK)
})

test('a user is changed, added and removed from here', async ({ journey, draft }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.follow('Change Marek Lloyd')
  await journey.isOn('Change a user')
  await journey.enter('Last name', 'Lloyd-Jones')
  await journey.send()
  await journey.isOn(CHECK)
  await journey.follow('Add, change or remove users')
  await journey.isOn('You have added 9 users')
  await journey.follow('Remove Niamh Evans')
  await journey.isOn('Are you sure you want to remove Niamh Evans?')
  await journey.choose('Are you sure you want to remove Niamh Evans?', 'Yes')
  await journey.send('Continue')
  await journey.isOn('Removed Niamh Evans. 8 users')
  await journey.anotherUser('No')
  await journey.isOn(CHECK)
  await expect(journey.page.getByRole('main')).toContainText('Marek Lloyd-Jones')
  await expect(journey.page.getByRole('main')).not.toContainText('Niamh Evans')
})

test('an empty registration cannot be submitted: each problem leads to its page and field', async ({ journey }) => {
  await journey.open('/organisation/kind')
  await journey.choose('What kind of organisation are you registering?', 'Solicitors’ firm')
  await journey.send()
  await journey.open('/check-answers')
  await expect(journey.page).not.toHaveTitle(/^Error: /)
  await journey.send('Submit registration')
  await journey.isOn(CHECK)
  await expect(journey.page).toHaveTitle(/^Error: /)
  const summary = journey.page.locator('.govuk-error-summary')
  if (journey.mode !== 'html') await expect(summary).toBeFocused()
  const links = summary.getByRole('link')
  await expect(links).toHaveText([
    'Enter an organisation name',
    'Enter the first line of the address',
    'Enter the town or city',
    'Enter a postcode, like SW1A 1AA',
    'Organisation: Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
    'Organisation: Enter an email address, like name@example.com',
    'Enter an SRA number, like 123456',
    'Accountable person: Enter a first name',
    'Accountable person: Enter a last name',
    'Accountable person: Enter a job title',
    'Accountable person: Enter an email address, like name@example.com',
    'Accountable person: Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192',
    'Add at least one user',
    'Enter your full name',
    'Enter your role, like Accountable person or Partner',
    'Confirm that you have the authority to accept the Terms and Conditions',
  ])
})

test('a problem in the summary leads to its field; put right, it is gone from here', async ({ journey, draft }) => {
  await draft.fill(firm)
  await draft.answer('organisation/address', { address_line_1: '51 Assize Street', town: 'Worcester', postcode: 'WR1' })
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  const links = journey.page.locator('.govuk-error-summary').getByRole('link')
  await expect(links).toHaveText(['Enter a full UK postcode, like SW1A 1AA'])
  await links.click()
  await journey.isOn('What is the address of your head office?')
  await expect(journey.page).toHaveURL(/\/organisation\/address\?from=check#postcode$/)
  await expect(journey.page.getByLabel('Postcode', { exact: true })).toBeInViewport()
  if (journey.mode === 'webassembly') await expect(journey.page.getByLabel('Postcode', { exact: true })).toBeFocused()
  await journey.enter('Postcode', 'WR1 2ND')
  await journey.send()
  await journey.isOn(CHECK)
  await expect(journey.page).not.toHaveTitle(/^Error: /)
  await journey.submit()
})

test('another kind of organisation asks for its own numbers at once', async ({ journey, draft }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.follow('Change kind of organisation')
  await journey.choose('What kind of organisation are you registering?', 'Self-employed barrister')
  await journey.send()
  await journey.isOn('What are your registration numbers?')
  await journey.enter('Bar number', '41544')
  await journey.send()
  await journey.isOn(CHECK)
})

test('hostile text is shown as text', async ({ journey, draft }) => {
  const dialogs: string[] = []
  journey.page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await draft.fill(barrister)
  await draft.answer('organisation/name', { name: HOSTILE })
  await draft.answer('organisation/registration-numbers', { bar_number: HOSTILE, laa_account_numbers: HOSTILE })
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel('What is your name?')).toHaveValue(HOSTILE)
  await journey.open('/organisation/registration-numbers')
  await expect(journey.page.getByLabel('LAA account numbers (optional)')).toHaveValue(HOSTILE)
  await journey.open('/check-answers')
  await expect(journey.page.getByRole('main').getByText(HOSTILE).first()).toBeVisible()
  await expect(journey.page.locator('main b, main script')).toHaveCount(0)
  expect(dialogs).toEqual([])
})
