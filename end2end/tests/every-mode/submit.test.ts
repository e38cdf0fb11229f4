// Submission: it happens once, the confirmation can be reloaded and saved, and the draft is then closed.
import { expect, test } from '../../support/test.ts'
import { barrister, firm, fullName, kept } from '../../support/registrations.ts'

const CHECK = 'Check your answers before you submit your registration'
const ALREADY = 'You have already submitted this registration'

test('pressing Submit twice makes one registration', async ({ journey, draft, server }) => {
  await draft.fill(barrister)
  await journey.open('/check-answers')
  await journey.isOn(CHECK)
  await journey.button('Submit registration').dblclick()
  await journey.isOn('Registration submitted')

  expect((await server.registration(await journey.reference())).organisation.name).toBe(barrister.organisation.name)
  const second = await draft.post('submit', {})
  expect(second.headers()['location']).toBe('/submitted')
  await journey.open('/submitted')
  const reference = await journey.reference()
  expect((await server.references()).filter((one) => one === reference)).toHaveLength(1)
})

test('two tabs that submit at once get the same reference', async ({ journey, anotherTab, draft, server }) => {
  const before = (await server.references()).length
  await draft.fill(barrister)
  const other = await anotherTab()
  await journey.open('/check-answers')
  await other.open('/check-answers')

  await Promise.all([journey.button('Submit registration').click(), other.button('Submit registration').click()])

  await journey.isOn('Registration submitted')
  await other.isOn('Registration submitted')
  expect(await other.reference()).toBe(await journey.reference())
  expect(await server.references()).toHaveLength(before + 1)
})

test('the same request sent again and again makes one registration', async ({ journey, draft, server }) => {
  const before = (await server.references()).length
  await draft.fill(barrister)
  const answers = await Promise.all(Array.from({ length: 8 }, () => draft.post('submit', {})))
  for (const answer of answers) {
    expect(answer.status()).toBe(303)
    expect(answer.headers()['location']).toBe('/submitted')
  }
  await journey.open('/submitted')
  await journey.isOn('Registration submitted')
  expect(await server.references()).toHaveLength(before + 1)
})

test('the confirmation survives a reload and being opened again', async ({ journey, anotherTab, draft }) => {
  await draft.fill(barrister)
  await journey.open('/check-answers')
  const reference = await journey.submit()
  await journey.page.reload()
  await journey.isOn('Registration submitted')
  expect(await journey.reference()).toBe(reference)

  const other = await anotherTab()
  await other.open('/submitted')
  await other.isOn('Registration submitted')
  expect(await other.reference()).toBe(reference)
})

test('Back after submitting says that it was submitted', async ({ journey, draft }) => {
  await draft.fill(barrister)
  await journey.open('/check-answers')
  await journey.submit()
  await journey.page.goBack()
  await journey.isOn(ALREADY)
  await journey.follow('Go to your reference and your copy')
  await journey.isOn('Registration submitted')
})

for (const path of ['/tasks', '/organisation/name', '/sign', '/users/mobile', '/check-answers']) {
  test(`${path} can no longer be changed after submitting`, async ({ journey, draft, server }) => {
    await draft.fill(barrister)
    await draft.answer('submit', {})
    await journey.open(path)
    await journey.isOn(ALREADY)
    const answer = await draft.post('organisation/name', { name: 'Somebody else' })
    expect(answer.headers()['location']).toBe('/already-submitted')
    await journey.open('/submitted')
    const { organisation } = await server.registration(await journey.reference())
    expect(organisation.name).toBe(barrister.organisation.name)
  })
}

test('a page that was open while another tab submitted changes nothing and says so', async ({ journey, anotherTab, draft, server }) => {
  await draft.fill(barrister)
  await journey.open('/organisation/name')
  const other = await anotherTab()
  await other.open('/check-answers')
  const reference = await other.submit()

  await journey.enter('What is your name?', 'Too late')
  await journey.send()
  await journey.isOn(ALREADY)
  expect(await server.registration(reference)).toMatchObject(kept(barrister))
})

test('the copy has every answer and is made for paper', async ({ journey, draft, server }) => {
  await draft.fill(firm)
  await journey.open('/check-answers')
  const reference = await journey.submit()
  await journey.follow('View, print or save a copy of your registration')
  await journey.isOn('Copy of your registration')
  const copy = journey.page.getByRole('main')
  const { organisation, accountable_person, people, signature } = firm
  const { signature: kept } = await server.registration(reference)
  for (const answer of [
    reference, 'Solicitors’ firm', organisation.name, organisation.address_line_1, organisation.town, 'WR1 2ND',
    organisation.telephone, organisation.email, organisation.sra_number, fullName(accountable_person),
    accountable_person.job_title, accountable_person.email, signature.full_name, signature.capacity,
    '29 September 2020', kept.terms_sha256,
  ]) {
    await expect(copy).toContainText(answer)
  }
  const rows = copy.getByRole('table', { name: 'Users' }).getByRole('row')
  await expect(rows).toHaveCount(1 + people.length)
  for (const [index, person] of people.entries()) {
    const row = rows.nth(index + 1)
    for (const answer of [fullName(person), person.email, person.mobile, person.administrator ? 'Yes' : 'No']) {
      await expect(row).toContainText(answer)
    }
  }

  await journey.page.emulateMedia({ media: 'print' })
  await expect(copy.getByText(reference)).toBeVisible()
  await expect(copy.getByText('use your browser’s print command')).toBeHidden()
  await expect(journey.page.getByRole('link', { name: 'Back', exact: true })).toBeHidden()
})

test('another registration can be begun afterwards, and starts empty', async ({ journey, draft, server }) => {
  const before = (await server.references()).length
  await draft.fill(barrister)
  await journey.open('/check-answers')
  const first = await journey.submit()
  await journey.send('Start another registration')
  await journey.isOn('Your registration')
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel('What is the name of your organisation?')).toHaveValue('')

  await draft.fill(firm)
  await journey.open('/check-answers')
  const second = await journey.submit()
  expect(second).not.toBe(first)
  expect(await server.references()).toHaveLength(before + 2)
})

test('there is nothing to show where nothing was submitted', async ({ journey, watch }) => {
  watch.expect(/status of 404/)
  for (const path of ['/submitted', '/submitted/copy']) {
    await journey.open(path)
    await journey.isOn('There is no registration to show')
    await journey.follow('go to your registration')
    await journey.isOn('Your registration')
  }
})
