// Answers that a person enters before the WebAssembly has loaded are still there afterwards.
import { expect, test } from '../../support/test.ts'
import { holdWebAssembly } from '../../support/hold-webassembly.ts'

test('text typed before hydration stays after it, and is validated', async ({ journey }) => {
  const { page } = journey
  const release = await holdWebAssembly(page)
  await page.goto('/organisation/address', { waitUntil: 'domcontentloaded' })
  await journey.enter('Address line 1', '51 Assize Street')
  await journey.enter('Postcode', 'WR1')
  await page.getByLabel('Town or city').fill('Worc')
  release()
  await page.locator('html[data-hydrated]').waitFor()

  await expect(page.getByLabel('Address line 1')).toHaveValue('51 Assize Street')
  await expect(page.getByLabel('Town or city')).toHaveValue('Worc')
  await expect(page.getByLabel('Town or city')).toBeFocused()
  await expect(page.getByLabel('Postcode')).toHaveValue('WR1')
  await expect(page.locator('#postcode-error')).toHaveText('Error: Enter a full UK postcode, like SW1A 1AA')
  await expect(page.locator('.govuk-error-message')).toHaveCount(1)
})

test('a choice made before hydration stays after it, and is sent', async ({ journey }) => {
  const { page } = journey
  const release = await holdWebAssembly(page)
  await page.goto('/organisation/kind', { waitUntil: 'domcontentloaded' })
  await journey.choose('What kind of organisation are you registering?', 'Barristers’ chambers')
  release()
  await page.locator('html[data-hydrated]').waitFor()
  await expect(page.getByLabel('Barristers’ chambers')).toBeChecked()
  await journey.send()
  await journey.isOn('What is the name of your organisation?')
})

test('a form sent before hydration is a plain form', async ({ journey }) => {
  const { page } = journey
  const release = await holdWebAssembly(page)
  await page.goto('/organisation/name', { waitUntil: 'domcontentloaded' })
  await journey.enter('What is the name of your organisation?', 'Hartwell Crane & Co LLP')
  await journey.button('Save and continue').click()
  await expect(page.getByRole('heading', { level: 1, name: 'What is the address of your head office?' })).toBeVisible()
  release()
  await page.locator('html[data-hydrated]').waitFor()
})

test('a page that WebAssembly cannot take over says so in the console and goes on as plain HTML', async ({ journey, watch }) => {
  const { page } = journey
  watch.expect(/The page was changed before it could be hydrated|unreachable/)
  await page.route(({ pathname }) => pathname === '/organisation/name', async (route) => {
    const response = await route.fetch()
    // The number of nodes stays the same, but one text node moves to another place.
    const html = (await response.text()).replace(/(id="pages"[^>]*>)/, '$1words').replace('>Back</a>', '></a>')
    await route.fulfill({ response, body: html })
  })
  await page.goto('/organisation/name')
  await expect.poll(() => watch.seen.join()).toMatch(/changed before it could be hydrated|unreachable/)
  await journey.enter('What is the name of your organisation?', 'Hartwell Crane & Co LLP')
  await journey.button('Save and continue').click()
  await journey.isOn('What is the address of your head office?')
  await page.locator('html[data-hydrated]').waitFor()
})

test('ticks, dates and lists of numbers given before hydration stay', async ({ journey }) => {
  const { page } = journey
  const given: [path: string, label: string | RegExp, typed?: string][] = [
    ['/sign', /^I have the authority to accept/],
    ['/organisation/registration-numbers', 'LAA account numbers (optional)', '1A234B\n2B345C'],
    ['/organisation/first-hearing', 'Month', '11'],
  ]
  for (const [path, label, typed] of given) {
    const release = await holdWebAssembly(page)
    await page.goto(path, { waitUntil: 'domcontentloaded' })
    const field = page.getByLabel(label, { exact: true })
    await (typed ? field.fill(typed) : field.check())
    release()
    await page.locator('html[data-hydrated]').waitFor()
    await (typed ? expect(field).toHaveValue(typed) : expect(field).toBeChecked())
    await page.unroute(/\.wasm$/)
  }
})
