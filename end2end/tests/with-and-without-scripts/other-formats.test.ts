// Alternatives to the web pages: a request for another format, and the form for printing.
import { expect, test } from '../../support/test.ts'
import { mailTo, newAddress } from '../../support/mail.ts'

test('a request is sent once what is missing was added, and is acknowledged', async ({ journey, request }) => {
  const address = newAddress()
  await journey.open('/other-formats')
  await journey.follow('request the form in another format')
  await journey.isOn('Request the form in another format')
  await journey.page.getByLabel('Braille').check()
  await journey.enter('Your name', 'Morag Ó Sé')
  await journey.button('Send request').click()
  await expect(journey.page.getByRole('alert')).toContainText('Enter an email address or a telephone number')
  await expect(journey.page.getByLabel('Your name')).toHaveValue('Morag Ó Sé')
  await expect(journey.page.getByLabel('Braille')).toBeChecked()
  await journey.enter('Email address', address)
  await journey.button('Send request').click()
  await journey.isOn('Request sent')
  expect((await mailTo(request, address)).subject).toBe('We received your request for another format')
})

test('the form on paper is printed or downloaded', async ({ journey, request }) => {
  await journey.open('/other-formats')
  await journey.follow('print a blank form')
  await journey.isOn('Registration form for Common Platform')
  await expect(journey.page.getByRole('heading', { name: 'What is the name of your organisation?' })).toBeVisible()
  const file = await request.get('/blank-form.odt')
  expect(file.headers()['content-disposition']).toContain('.odt')
  expect((await file.body()).subarray(0, 2).toString()).toBe('PK')
})
