// Rows of a spreadsheet with WebAssembly: cells are validated while a person types, and rows are corrected without
// loading a page.
import { expect, test } from '../../support/test.ts'
import { cell, csv, expectCount } from '../../support/spreadsheets.ts'
import type { Journey } from '../../support/journey.ts'

const ROWS = ['First name,Last name,Email,Mobile,Role,Administrator', 'Wen,Williams,wen@,07700 900425,Wizard,No', 'Marek,Lloyd,marek@,07700 900123,Advocate,No']

const error = async (journey: Journey, row: number) =>
  journey.page.locator(`[id="${await cell(journey, 'email', row).getAttribute('id')}-error"]`)

test.beforeEach(async ({ journey, draft }) => {
  await draft.upload(csv(ROWS.join('\n')))
  await journey.open('/users/upload/review')
  await journey.isOn('Check staff.csv')
})

test('the message above a cell goes when it is right and comes when it is left wrong', async ({ journey }) => {
  const email = cell(journey, 'email', 2)
  await expect(await error(journey, 2)).toHaveText('Error: Row 2: Enter an email address in the correct format, like name@example.com')
  await email.fill('wen@firm.example')
  await expect(await error(journey, 2)).toHaveCount(0)
  await email.fill('wen')
  await cell(journey, 'role', 2).focus()
  await expect(await error(journey, 2)).toHaveText('Error: Row 2: Email address must include an @, like name@example.com')
  await expect(cell(journey, 'role', 2)).toBeFocused()
  await cell(journey, 'role', 2).selectOption('Advocate')
  const role = await cell(journey, 'role', 2).getAttribute('id')
  await expect(journey.page.locator(`[id="${role}-error"]`)).toHaveCount(0)
})

test('rows are saved without loading, the focus moves to what is left, and no answer stays in another row', async ({ journey }) => {
  await journey.page.evaluate(() => Object.assign(window, { same: true }))
  await cell(journey, 'email', 2).fill('wen@firm.example')
  await cell(journey, 'role', 2).selectOption('Advocate')
  await journey.send('Save and check again')
  await expectCount(journey, 'Ready to add', 1)
  await expect(cell(journey, 'email', 2)).toHaveCount(0)
  await expect(cell(journey, 'email', 3)).toHaveValue('marek@')
  await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
  await cell(journey, 'email', 3).fill('marek@firm.example')
  await journey.send('Save and check again')
  await journey.send('Add 2 users to your list')
  await journey.isOn('You have added 2 users')
  expect(await journey.page.evaluate(() => 'same' in window)).toBe(true)
})

test('a row that is left out has no message when it is sent', async ({ journey }) => {
  await journey.page.getByLabel(/^Leave out .*row 2\b/).check()
  await cell(journey, 'email', 3).fill('marek@firm.example')
  await journey.send('Save and check again')
  await expect(journey.button('Add 1 user to your list')).toBeVisible()
  await expect(journey.page).not.toHaveTitle(/^Error: /)
})
