// A registration at the desk, up to the decision: checks, notes, corrections and questions, and the parts that the
// applicant sees.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/officers.ts'
import { submitted } from '../../support/registering.ts'
import { firm } from '../../support/registrations.ts'
import type { Journey } from '../../support/journey.ts'

const CHECKS = ['SRA register', 'Head office address', 'Authority of the accountable person', 'Email domain', 'Other registrations']

const main = ({ page }: Journey) => page.getByRole('main')

async function press(journey: Journey, button: string, to: string | RegExp): Promise<void> {
  await journey.button(button).click()
  await journey.isOn(to)
}

test('an officer checks a registration, corrects it, asks and approves what is sent again', async ({ journey, draft, somebodyElse, server }) => {
  test.setTimeout(120_000)
  const reference = await submitted(journey, draft)
  const { name } = firm.organisation
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'officer')
  await desk.open(`/desk/registrations/${reference}`)
  await desk.isOn(name)

  await desk.page.getByLabel('Add a note').fill('Rang them.\nAll is well.')
  await press(desk, 'Add note', name)
  await expect(main(desk)).toContainText('The note was added')

  await desk.page.getByRole('link', { name: 'Change head office address' }).click()
  await desk.isOn('Correct: Head office address')
  await desk.enter('Postcode', 'N5')
  await press(desk, 'Save correction', 'Correct: Head office address')
  await expect(desk.page).toHaveTitle(/^Error: /)
  await desk.enter('Postcode', 'WR1 2NE')
  await desk.enter('Why are you correcting this?', 'A typing mistake')
  await press(desk, 'Save correction', name)
  await journey.open('/status')
  await expect(main(journey)).toContainText('to “WR1 2NE” (why: A typing mistake)')
  await expect(main(journey)).not.toContainText('All is well')

  await desk.button('Ask for more information').first().click()
  await desk.isOn('Ask for more information')
  await desk.page.getByLabel('What is it about?').selectOption('SRA number')
  await desk.enter('What do you want to know?', 'Which office has it?')
  await press(desk, 'Preview the message', 'Check the message before you send it')
  await expect(main(desk)).toContainText('Which office has it?')
  await press(desk, 'Send the questions', name)
  await expect(main(desk)).toContainText('clock stopped')
  await journey.open('/check-answers')
  await journey.send('Send again')
  await expect(main(journey)).toContainText('Nothing was sent')
  await journey.send('Send again')
  await journey.isOn('Registration sent again')

  await desk.open(`/desk/registrations/${reference}`)
  for (const check of CHECKS.slice(1)) await desk.choose(check, 'Passed')
  await press(desk, 'Save and approve', name)
  await expect(main(desk).getByRole('alert')).toContainText('You cannot approve it yet: SRA register check not done')
  await desk.choose('SRA register', 'Did not pass')
  await press(desk, 'Save SRA register', name)
  await expect(main(desk).getByRole('alert')).toContainText('SRA register: enter why the check did not pass')
  await main(desk).getByRole('group', { name: 'SRA register' }).getByLabel('Note').fill('Another name')
  await press(desk, 'Save SRA register', name)
  await expect(main(desk)).toContainText('The outcomes of the checks were saved')
  await desk.choose('SRA register', 'Passed')
  await press(desk, 'Save SRA register', name)
  await expect(main(desk)).toContainText('The outcomes of the checks were saved')
  await desk.button('Approve and take the next').click()
  await desk.isOn(`Approve ${name}?`)
  await press(desk, 'Approve', name)
  await expect(main(desk)).toContainText('The registration is approved. We will tell the applicant')
  expect(await server.registration(reference)).toMatchObject({ state: 'approved', revision: 2 })
})

test('a decision on a page that is no longer true is refused, and what was typed stays', async ({ journey, draft, somebodyElse, server, watch }) => {
  watch.expect(/status of 409/)
  const reference = await submitted(journey, draft)
  const { name } = firm.organisation
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'senior-officer')
  await desk.open(`/desk/registrations/${reference}/decide`)
  await server.desk('take', reference)
  await desk.choose('Decision', 'Do not approve')
  await desk.page.getByLabel('Why is it not approved?').selectOption('Another reason')
  await desk.enter('Message to the applicant (optional)', 'Half an hour of typing')
  await press(desk, 'Continue', `Do not approve ${name}?`)
  await press(desk, 'Do not approve', `Decide on ${name}`)
  await expect(main(desk)).toContainText('This registration has changed since you opened this page')
  await expect(main(desk)).toContainText('Taken by A. Officer')
  await expect(desk.page.getByLabel('Message to the applicant (optional)')).toHaveValue('Half an hour of typing')
  await press(desk, 'Continue', `Do not approve ${name}?`)
  await press(desk, 'Do not approve', /^Assigned to .*: take it over\?$/)
  await press(desk, 'Take it over and continue', name)
  await desk.button('Undo the decision').first().click()
  await desk.isOn('Undo the decision')
  await desk.enter('Why are you undoing this decision?', 'They had written')
  await press(desk, 'Undo the decision', name)
  await expect(main(desk)).toContainText('Reason: They had written')
})
