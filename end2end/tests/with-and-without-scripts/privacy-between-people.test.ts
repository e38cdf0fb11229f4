// Nobody sees another organisation's draft, even if they know the URLs of its pages.
import { expect, test } from '../../support/test.ts'
import { barrister, firm } from '../../support/registrations.ts'

test('another browser never sees the first one’s draft', async ({ journey, draft, somebodyElse }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await expect(journey.page.getByRole('main')).toContainText(firm.organisation.name)

  const other = await somebodyElse()
  for (const path of ['/tasks', '/organisation/name', '/check-answers', '/users']) {
    await other.open(path)
    await expect(other.page.locator('body')).not.toContainText('Hartwell')
    await expect(other.page.locator('body')).not.toContainText('Yusuf')
  }
  await expect(other.page.getByLabel('First name')).toHaveCount(0)
})

test('another browser never sees the confirmation or the copy', async ({ journey, draft, somebodyElse, watch }) => {
  watch.expect(/status of 404/)
  await draft.fill(barrister)
  await journey.open('/check-answers')
  const reference = await journey.submit()
  const other = await somebodyElse()
  for (const path of ['/submitted', '/submitted/copy']) {
    await other.open(path)
    await other.isOn('There is no registration to show')
    await expect(other.page.locator('body')).not.toContainText(reference)
  }
})

test('the address of somebody else’s user is not found, and leads out', async ({ journey, draft, somebodyElse, watch }) => {
  watch.expect(/status of 404/)
  await draft.fill(firm)
  await journey.open('/users')
  const href = await journey.page.getByRole('link', { name: 'Change Marek Lloyd' }).getAttribute('href')
  const change = href ?? ''

  const other = await somebodyElse()
  for (const path of [change, change.replace(/change$/, 'remove')]) {
    const response = await other.page.goto(path)
    expect(response?.status()).toBe(404)
    await other.isOn('Page not found')
    await expect(other.page.locator('body')).not.toContainText('Marek')
    await other.follow('Go to your registration')
    await other.isOn('Your registration')
  }
})

test('two drafts in two browsers keep apart', async ({ journey, draft, somebodyElse }) => {
  await draft.answer('organisation/name', { name: 'The first' })
  const other = await somebodyElse()
  await other.open('/organisation/name')
  await other.enter('What is the name of your organisation?', 'The second')
  await other.send()
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel('What is the name of your organisation?')).toHaveValue('The first')
  await other.open('/organisation/name')
  await expect(other.page.getByLabel('What is the name of your organisation?')).toHaveValue('The second')
})
