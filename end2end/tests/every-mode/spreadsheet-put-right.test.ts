// A spreadsheet of users: its rows are corrected, left out and added to the list.
import { expect, test } from '../../support/test.ts'
import { cell, csv, expectCount, upload } from '../../support/spreadsheets.ts'

const HEADINGS = 'First name,Last name,Email,Mobile,Role,Administrator'
const GOOD = 'Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes'
const BAD = 'Wen,Williams,wen@,07700 900425,Wizard,No'

test('rows are put right where they stand and added to the list', async ({ journey }) => {
  await journey.open('/users')
  await journey.follow('Upload a spreadsheet of users')
  await journey.isOn('Upload a spreadsheet of users')
  await upload(journey, csv(`${HEADINGS}\n${GOOD}\n${BAD}\nMarek,,,,,\n`))
  await journey.isOn('Check staff.csv')
  await expect(journey.page).toHaveTitle(/^Error: /)
  await expectCount(journey, 'Ready to add', 1)
  await expectCount(journey, 'With problems', 2)
  const link = journey.page.locator('.govuk-error-summary').getByRole('link').first()
  await expect(link).toHaveText('Row 3: Enter an email address in the correct format, like name@example.com')
  await link.click()
  if (journey.mode !== 'html') await expect(cell(journey, 'email', 3)).toBeFocused()

  await cell(journey, 'email', 3).fill('wen@firm.example')
  await cell(journey, 'role', 3).selectOption('Chambers clerk')
  await cell(journey, 'last_name', 4).fill('Lloyd')
  await journey.send('Save and check again')
  await expectCount(journey, 'Ready to add', 2)
  await expect(cell(journey, 'email', 4)).toHaveValue('')
  await expect(cell(journey, 'last_name', 4)).toHaveCount(0)

  await journey.page.getByLabel(/^Leave out .*row 4\b/).check()
  await journey.send('Save and check again')
  await expectCount(journey, 'Left out', 1)
  await expect(journey.page).not.toHaveTitle(/^Error: /)
  await journey.send('Add 2 users to your list')
  await journey.isOn('You have added 2 users')
  await expect(journey.page.getByRole('row', { name: 'Wen Williams' })).toContainText('Chambers clerk')
  await expect(journey.page.getByRole('main')).not.toContainText('You have not finished')
})
