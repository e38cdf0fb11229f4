// A spreadsheet of users: its rows are corrected, left out, added to the list, downloaded and uploaded again.
import { Draft } from '../../support/draft.ts'
import { expect, test } from '../../support/test.ts'
import { cell, csv, expectCount, file, HEAVY_ROWS, heavyWorkbook, paste, upload } from '../../support/spreadsheets.ts'

const HEADINGS = 'First name,Last name,Email,Mobile,Role,Administrator'
const GOOD = 'Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes'
const BAD = 'Wen,Williams,wen@,07700 900425,Wizard,No'

test('one answer puts all rows with one fault right, and what was typed beside it is kept', async ({ journey }) => {
  const rows = [1, 2, 3].map((number) => BAD.replace('wen@', `wen.${number}@firm.example`))
  await journey.open('/users/upload')
  await upload(journey, csv([HEADINGS, ...rows, GOOD.replace('priya@firm.example', 'wrong')].join('\n')))
  await journey.isOn('Check staff.csv')
  await journey.page.getByLabel('Role for all 3 rows').selectOption('Defence lawyer')
  await cell(journey, 'email', 5).fill('priya@firm.example')
  await journey.send('Fix all 3 (Role)')
  await expect(journey.button('Add 4 users to your list')).toBeVisible()
})

test('a row that was left out is taken back in', async ({ journey }) => {
  await journey.open('/users/upload')
  await upload(journey, csv(`${HEADINGS}\n${GOOD}\n`))
  await journey.isOn('Check staff.csv')
  await journey.follow('View users that are ready to add')
  await journey.isOn('Users in staff.csv that are ready to add')
  await journey.page.getByLabel('Leave out row 2').check()
  await journey.send('Leave the ticked rows out')
  await expect(journey.page.getByRole('main')).toContainText('No row is ready to add.')
  await journey.follow('Go back to your spreadsheet')
  await journey.isOn('Check staff.csv')
  await journey.follow('View rows that are left out')
  await journey.isOn('Rows of staff.csv that are left out')
  await journey.page.getByLabel('Take back row 2').check()
  await journey.send('Take the ticked rows back in')
  await journey.follow('Go back to your spreadsheet')
  await journey.isOn('Check staff.csv')
  await expect(journey.button('Add 1 user to your list')).toBeVisible()
})

test('rows with problems are downloaded, put right and brought back', async ({ journey }) => {
  await journey.open('/users/upload')
  await upload(journey, csv(`${HEADINGS}\n${GOOD}\n${BAD}\n`))
  await journey.isOn('Check staff.csv')
  const [download] = await Promise.all([
    journey.page.waitForEvent('download'),
    journey.page.getByRole('main').getByRole('link', { name: 'CSV of the rows with problems', exact: true }).click(),
  ])
  expect(download.suggestedFilename()).toBe('rows-to-put-right.csv')
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  expect(text).not.toContain('Priya')
  await journey.follow('Upload the rows that you fixed')
  await journey.isOn('Upload the rows that you fixed')
  await upload(journey, csv(text.replace('wen@', 'wen@firm.example').replace('Wizard', 'Advocate'), 'right.csv'))
  await journey.isOn('Check right.csv')
  await journey.send('Add 2 users to your list')
  await journey.isOn('You have added 2 users')
})

test('the users without problems are added alone, and the rest waits', async ({ journey }) => {
  await journey.open('/users/upload')
  await upload(journey, csv(`${HEADINGS}\n${GOOD}\n${BAD}\n`))
  await journey.isOn('Check staff.csv')
  await journey.follow('Add only the 1 user that is ready')
  await journey.isOn('Add 1 user now and put the rest right later?')
  await journey.send('Add 1 user to your list')
  await journey.isOn('You have added 1 user')
  await journey.follow('Go on with this spreadsheet')
  await journey.isOn('Check staff.csv')
  await expectCount(journey, 'With problems', 1)
  await journey.follow('Discard this spreadsheet')
  await journey.isOn('Are you sure you want to discard staff.csv?')
  await journey.send('Discard')
  await journey.isOn('You have added 1 user')
  await expect(journey.page.getByRole('main')).not.toContainText('You have not finished')
})

test('pasted cells with headings that only their sender knows are named and read', async ({ journey }) => {
  await journey.open('/users/upload')
  await paste(journey, 'Wer\tAdresse\tHandy\nPriya Iyer\tpriya@firm.example\t07700 900673\n')
  const title = 'What do the columns of the cells that you pasted hold?'
  await journey.isOn(title)
  await journey.page.getByLabel('“Wer”').selectOption('First and last name together')
  await journey.page.getByLabel('“Adresse”').selectOption('Email address')
  await journey.choose('What is the role of all users?', 'Advocate')
  await journey.send('Continue')
  await expect(journey.page).toHaveTitle(/^Error: /)
  await expect(journey.page.getByLabel('“Adresse”')).toHaveValue('email')
  await expect(journey.page.locator('.govuk-error-summary').getByRole('link')).toHaveText([
    'Select which column holds the mobile number',
    'Select whether all users are organisation administrators, or the column that says it',
  ])
  await journey.page.getByLabel('“Handy”').selectOption('Mobile number')
  await journey.choose('Are all users organisation administrators?', 'Yes')
  await journey.send('Continue')
  await journey.isOn('Check the cells that you pasted')
  await journey.send('Add 1 user to your list')
  await journey.isOn('You have added 1 user')
})

test('a whole form fills the questions that have no answer', async ({ journey, draft }) => {
  await draft.answer('organisation/name', { name: 'Our own name' })
  await journey.open('/users/upload')
  await upload(journey, file('whole-form.xlsx'))
  await journey.isOn('Check whole-form.xlsx')
  const table = journey.page.getByRole('table', { name: 'Organisation details in your file' })
  await expect(table.getByRole('row', { name: /^Name of the organisation/ })).toContainText('You have answered this. We keep your answer')
  await expect(table.getByRole('row', { name: /^Head office address/ })).toContainText('We fill this in')
  await journey.page.getByRole('button', { name: /^Add .* and fill in your organisation details$/ }).click()
  await journey.isOn(/^You have added \d+ users$/)
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel('What is the name of your organisation?')).toHaveValue('Our own name')
  await journey.open('/organisation/address')
  await expect(journey.page.getByLabel('Postcode')).not.toHaveValue('')
})

test('nothing selected, and both selected, are told at the field', async ({ journey }) => {
  await journey.open('/users/upload')
  await Promise.all([journey.page.waitForEvent('load'), journey.button('Upload').click()])
  await journey.ready()
  await expect(journey.page.locator('#file-error')).toHaveText('Error: Select a file or paste cells')
  await journey.enter('Or paste cells', 'Name\tEmail')
  await upload(journey, csv(`${HEADINGS}\n${GOOD}\n`))
  await expect(journey.page.locator('#file-error')).toContainText('not both')
  await expect(journey.page.getByLabel('Or paste cells')).toHaveValue('Name\tEmail')
})

test('while others are read a large file shows how far it has got, and is stopped', async ({ journey, somebodyElse, server }) => {
  const heavy = heavyWorkbook()
  const others = await Promise.all([1, 2, 3, 4].map(() => somebodyElse()))
  let isStopped = false
  // The other uploads keep the importer busy, so this file has to wait even on a fast machine.
  const uploads = others.map(async ({ page }) => {
    const draft = new Draft(page.context().request, server.address)
    while (!isStopped) await draft.upload(heavy)
  })
  await journey.open('/users/upload')
  await upload(journey, heavy)
  await journey.isOn('Reading heavy.xlsx')
  await expect(journey.page.getByRole('progressbar', { name: 'How far we have got' })).toBeVisible()
  await Promise.all([journey.page.waitForEvent('load'), journey.button('Stop reading').click()])
  isStopped = true
  await journey.isOn('Upload a spreadsheet of users')
  await Promise.all(uploads)
})

test('a large file that is waited for leads to what came of it', async ({ journey }) => {
  await journey.open('/users/upload')
  await upload(journey, heavyWorkbook())
  const told = `must have 1,000 users or fewer: it has ${HEAVY_ROWS.toLocaleString('en-GB')}`
  // Imports by other tests of this worker may run first.
  await expect(journey.page.locator('#file-error')).toContainText(told, { timeout: 40_000 })
})
