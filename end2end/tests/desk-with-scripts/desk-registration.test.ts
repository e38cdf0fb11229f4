// The desk's pages about a registration: axe finds nothing on them, even with errors, and an officer can reach a
// decision by keyboard alone.
import { expect, test } from '../../support/test.ts'
import { expectAccessible } from '../../support/accessible.ts'
import { expectToFit } from '../../support/frame.ts'
import { signedIn } from '../../support/officers.ts'
import { submitted } from '../../support/registering.ts'
import { firm } from '../../support/registrations.ts'
import type { Journey } from '../../support/journey.ts'

const main = ({ page }: Journey) => page.getByRole('main')

async function expectWellMade({ page }: Journey, what: string): Promise<void> {
  await expectAccessible(page, what)
  await expectToFit(page, what)
}

test('axe finds nothing on the pages about a registration, in error neither', async ({ journey, draft, somebodyElse, server }) => {
  test.setTimeout(120_000)
  const reference = await submitted(journey, draft)
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'senior-officer')
  const at = `/desk/registrations/${reference}`
  await server.desk('take', reference)
  await desk.open(at)
  await main(desk).getByRole('group', { name: 'SRA register' }).getByLabel('Note').fill('Half a note')
  await desk.choose('Head office address', 'Did not pass')
  await desk.choose('Email domain', 'Passed')
  for (const guidance of await main(desk).getByText('How to check').all()) await guidance.click()
  await desk.button('Save and approve').click()
  await expect(desk.page).toHaveTitle(/^Error: /)
  await expectWellMade(desk, 'checks, in error')
  for (const [below, button] of [
    ['', 'Add note'],
    ['/correct/address', 'Save correction'],
    ['/correct/user-1', 'Save correction'],
    ['/ask', 'Preview the message'],
    ['/decide', 'Continue'],
  ] as const) {
    await desk.open(at + below)
    await expectWellMade(desk, below)
    await desk.button(button).click()
    await expect(desk.page).toHaveTitle(/^Error: /)
    await expectWellMade(desk, `${below}, in error`)
  }
  await desk.open(`${at}/compare/${reference}`)
  await expectWellMade(desk, 'compare')
  await desk.open(`${at}/decide`)
  await desk.choose('Decision', 'Do not approve')
  await desk.page.getByLabel('Why is it not approved?').selectOption('We did not get an answer to our questions')
  await desk.button('Continue').click()
  await desk.button('Do not approve').click()
  await expect(desk.page).toHaveTitle(/take it over/)
  await expectWellMade(desk, 'take it over')
  await server.desk('refuse', reference, '--reason', 'no-answer')
  await desk.open(`${at}/undo`)
  await expectWellMade(desk, 'undo')
})

test('axe finds nothing on the queue with a selection, its question and its result', async ({ journey, draft, somebodyElse, server }) => {
  const reference = await submitted(journey, draft)
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'officer')
  await desk.open(`/desk/queue?search=${reference}&selected=page`)
  await expectWellMade(desk, 'the queue with a selection')
  await desk.button('Assign').click()
  await expect(desk.page).toHaveTitle(/^Assign 1 registration to /)
  await expectWellMade(desk, 'the question')
  await desk.button('Assign 1 registration').click()
  await desk.isOn('Selected entries of the queue')
  await expectWellMade(desk, 'the result')
})

/** Presses Tab until the focus is on the element with this text or field name. */
async function tabTo({ page }: Journey, called: string): Promise<void> {
  for (let stops = 0; stops < 200; stops++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      return [element?.textContent?.replace(/\s+/g, ' ').trim() ?? '', element?.getAttribute('name') ?? '']
    })
    if (at.includes(called)) return
  }
  throw new Error(`Tab never came to ${called}`)
}

test('an officer gets from a registration to its decision by keyboard alone', async ({ journey, draft, somebodyElse, server }) => {
  const reference = await submitted(journey, draft)
  const { name } = firm.organisation
  const desk = await somebodyElse()
  const { keyboard } = desk.page
  await signedIn(desk.page, server, 'officer')
  await desk.open(`/desk/registrations/${reference}`)
  await tabTo(desk, 'outcome-sra-register')
  await keyboard.press('ArrowDown')
  await tabTo(desk, 'note-sra-register')
  await keyboard.insertText('Another name')
  await tabTo(desk, 'Save SRA register')
  await keyboard.press('Enter')
  await expect(main(desk)).toContainText('The outcomes of the checks were saved')
  await tabTo(desk, 'Decide')
  await keyboard.press('Space')
  await desk.isOn(`Decide on ${name}`)
  await tabTo(desk, 'decision')
  await keyboard.press('ArrowUp')
  await tabTo(desk, 'reason')
  await keyboard.press('ArrowDown')
  await tabTo(desk, 'Continue')
  await keyboard.press('Enter')
  await desk.isOn(`Do not approve ${name}?`)
  await tabTo(desk, 'Do not approve')
  await keyboard.press('Enter')
  await desk.isOn(name)
  await expect(main(desk)).toContainText('The registration is not approved. We will tell the applicant')
})

test('a half-typed note on a check is there when the officer comes back', async ({ journey, draft, somebodyElse, server }) => {
  const reference = await submitted(journey, draft)
  const desk = await somebodyElse()
  await signedIn(desk.page, server, 'officer')
  await desk.open(`/desk/registrations/${reference}`)
  const note = () => main(desk).getByRole('group', { name: 'SRA register' }).getByLabel('Note')
  await note().fill('Half a note')
  await desk.button('Ask for more information').first().click()
  await desk.isOn('Ask for more information')
  // The browser stores the note while it leaves the page, so the note may arrive a moment after the next page.
  await expect(async () => {
    await desk.open(`/desk/registrations/${reference}`)
    await expect(note()).toHaveValue('Half a note', { timeout: 500 })
  }).toPass()
  await expect(desk.page).not.toHaveTitle(/^Error: /)
})
