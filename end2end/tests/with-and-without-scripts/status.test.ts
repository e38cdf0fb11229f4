// After submission: the applicant answers a question of the desk and submits again, withdraws, or starts again.
import { expect, test } from '../../support/test.ts'
import { newAddress, mailTo, statusLink } from '../../support/mail.ts'
import { firm } from '../../support/registrations.ts'
import type { Draft } from '../../support/draft.ts'
import type { Journey } from '../../support/journey.ts'

const STATUS = 'Progress of your registration'
const QUESTION = 'Which of your offices has this number?'

/** Fills in and submits a registration; returns the reference and the email address for its messages. */
async function submitted(journey: Journey, draft: Draft): Promise<{ reference: string; address: string }> {
  const address = newAddress()
  await draft.fill({ ...firm, accountable_person: { ...firm.accountable_person, email: address } })
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
  const reference = await journey.page.getByRole('main').getByText(/^CP-/).textContent()
  return { reference: reference ?? '', address }
}

const main = ({ page }: Journey) => page.getByRole('main')

test('the desk asks, the applicant answers on another device and sends it again', async ({ journey, draft, somebodyElse, request, server }) => {
  const { reference, address } = await submitted(journey, draft)
  await journey.follow('Check the progress of your registration, and get emails about it')
  await journey.isOn(STATUS)
  await expect(main(journey)).toContainText('Received')

  await server.desk('take', reference)
  await server.desk('ask', reference, '--question', `sra-number=${QUESTION}`)
  const office = await somebodyElse()
  await office.open(await statusLink(request, address))
  await office.isOn('Check the progress of your registration')
  await office.button('Open my registration').click()
  await office.isOn(STATUS)
  await expect(main(office)).toContainText('More information needed')
  await office.follow('SRA number')
  await office.isOn('What are your registration numbers?')
  const field = office.page.getByLabel('SRA number', { exact: true })
  await expect(field).toHaveAccessibleDescription(new RegExp(QUESTION.replace('?', '\\?')))
  await field.fill('654321')
  await office.send()
  await office.open('/tasks')
  await expect(main(office)).toContainText(QUESTION)
  await office.open('/check-answers')
  const changed = main(office).getByText('Changed', { exact: true })
  await expect(changed).toHaveCount(1)
  await office.send('Send again')
  await office.isOn('Registration sent again')
  await expect(main(office)).toContainText(reference)
  await expect(main(office)).toContainText('We received your changes to the registration of')

  await journey.open('/status')
  await expect(main(journey)).toContainText('you sent it again')
  const kept = await server.registration(reference)
  expect(kept).toMatchObject({ revision: 2, state: 'received', organisation: { sra_number: '654321' } })
  await server.desk('approve', reference)
  // The first two messages are the questions and a copy of the second submission; the approval is the third message.
  const told = await mailTo(request, address, 3)
  expect(told.subject).toContain('is approved')
})

test('a registration is withdrawn, and begun again from the same answers', async ({ journey, draft, request, server }) => {
  const { reference, address } = await submitted(journey, draft)
  await journey.open('/status')
  await journey.follow('Withdraw this registration')
  await journey.isOn('Withdraw your registration?')
  await journey.follow('Do not withdraw it')
  await journey.isOn(STATUS)
  await journey.follow('Withdraw this registration')
  await journey.button('Withdraw registration').click()
  await journey.isOn(STATUS)
  await expect(main(journey)).toContainText('Withdrawn')
  expect((await mailTo(request, address)).subject).toBe(`Your registration ${reference} is withdrawn`)

  await journey.button('Start again from these answers').click()
  await journey.isOn('Your registration')
  await journey.open('/organisation/name')
  await expect(journey.page.getByLabel('What is the name of your organisation?')).toHaveValue(firm.organisation.name)
  await journey.open('/sign')
  await expect(journey.page.getByLabel('Your full name')).toHaveValue('')
  expect(await server.references()).toContain(reference)
})

test('a refused applicant reads the reason', async ({ journey, draft, server }) => {
  const { reference } = await submitted(journey, draft)
  await server.desk('refuse', reference, '--reason', 'other', '--words', 'The office has closed.')
  await journey.open('/status')
  await expect(main(journey)).toContainText('The office has closed.')
  await expect(journey.button('Start again from these answers')).toBeVisible()
})
