// Account set-up at the desk, from the approved registration to the uploaded results, and a paper form, which an
// officer keys in and only the accountable person can sign.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/officers.ts'
import { mailTo } from '../../support/mail.ts'
import { pagesOf } from '../../support/draft.ts'
import { firm } from '../../support/registrations.ts'
import type { Draft } from '../../support/draft.ts'
import type { Journey } from '../../support/journey.ts'
import type { Server } from '../../support/server.ts'

const main = ({ page }: Journey) => page.getByRole('main')

/** Submits a registration and approves it; returns the reference. */
async function approved(journey: Journey, draft: Draft, server: Server): Promise<string> {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
  const reference = (await main(journey).getByText(/^CP-/).textContent()) ?? ''
  await server.desk('approve', reference)
  return reference
}

test('a batch is made, downloaded, filled in and brought back', async ({ journey, draft, somebodyElse, server }) => {
  test.setTimeout(120_000)
  const reference = await approved(journey, draft, server)
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'officer')
  await desk.open(`/desk/set-up?words=${reference}`)
  await desk.isOn('Account set-up')
  await desk.button('Make a batch of the selected organisations').click()
  await expect(desk.page).toHaveTitle(/^Error: /)
  await expect(main(desk)).toContainText('Select an organisation')
  await desk.open(`/desk/set-up?words=${reference}`)
  await desk.page.getByRole('checkbox', { name: firm.organisation.name }).check()
  await desk.button('Make a batch of the selected organisations').click()
  await desk.isOn(/^Batch \d+$/)
  const address = new URL(desk.page.url()).pathname
  const answer = await desk.page.request.get(`${address}/accounts.csv`)
  const [headings = '', ...rows] = (await answer.text()).trim().split('\r\n')
  expect(rows).toHaveLength(firm.people.length)
  const filled = rows.map((row) => row.replace(/,,,$/, ',Sent,,'))

  await desk.open('/desk/set-up/results')
  await desk.button('Upload').click()
  await expect(main(desk)).toContainText('Select a file')
  const file = { name: 'results.csv', mimeType: 'text/csv', buffer: Buffer.from([headings, ...filled].join('\r\n')) }
  await desk.page.getByLabel('Upload a file').setInputFiles(file)
  await desk.button('Upload').click()
  await desk.isOn('Check the results')
  await expect(main(desk)).toContainText('To be made → Sent')
  await desk.button(`Change ${firm.people.length} accounts`).click()
  await desk.isOn('Results imported')
  await journey.open('/status')
  await expect(main(journey)).toContainText(`0 of ${firm.people.length} users`)

  await desk.open(`/desk/set-up/${reference}`)
  await desk.isOn(`Accounts of ${firm.organisation.name}`)
  await desk.button('Mark as activated').click()
  await expect(main(desk)).toContainText('Select an account')
  await desk.open(`/desk/set-up/${reference}`)
  await desk.page.getByLabel('All accounts of this organisation').check()
  await desk.button('Mark as activated').click()
  const question = `Mark ${firm.people.length} accounts as activated`
  await desk.isOn(`${question}?`)
  await desk.page.goBack()
  await expect(desk.page.getByLabel('All accounts of this organisation')).toBeChecked()
  await desk.page.goForward()
  await desk.button(question).click()
  await expect(main(desk)).toContainText('marked as activated')
  await expect(main(desk).getByRole('link', { name: 'Undo it' })).toBeVisible()
  await journey.open('/status')
  await expect(main(journey)).toContainText('Every user has activated')
})

test('a form on paper is keyed by an officer, and signed and submitted by its accountable person', async ({ journey, somebodyElse, server }) => {
  test.setTimeout(120_000)
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'officer')
  await desk.open('/desk/take-in')
  await desk.isOn('Enter a form')
  await desk.button('Key in a form from paper').click()
  await desk.isOn('Your registration')
  const base = new URL(desk.page.url()).pathname.replace(/\/tasks$/, '')
  for (const [page, answers] of pagesOf(firm)) {
    if (page !== 'sign') await desk.page.request.post(`${base}/api/${page}`, { form: { from: 'task', ...answers } })
  }
  // An officer cannot open the signature page.
  await desk.open(`${base}/tasks`)
  await expect(main(desk)).toContainText('on behalf of an organisation')
  await main(desk).getByRole('link', { name: 'Terms and Conditions' }).click()
  await desk.isOn(firm.organisation.name)
  await expect(main(desk)).toContainText('Complete except for the signature.')
  await desk.button('Send it to the accountable person to sign').click()
  await expect(main(desk)).toContainText('Sent to the accountable person to sign')

  const mail = await mailTo(journey.page.request, firm.accountable_person.email)
  const link = /^http:\S+(\/to-sign\/[0-9a-f]+)$/m.exec(mail.text)?.[1] ?? ''
  await journey.open(link)
  await journey.isOn('Check and sign your organisation’s registration')
  await journey.button('Check the answers').click()
  await journey.isOn('Check your answers before you submit your registration')
  await journey.open('/sign')
  await journey.enter('Your full name', firm.signature.full_name)
  await journey.enter('Your role', firm.signature.capacity)
  await journey.page.getByRole('checkbox').check()
  await journey.send()
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
})
