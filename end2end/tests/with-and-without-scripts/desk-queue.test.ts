// The desk's queue: officers search, filter and sort it, claim the next registration by keyboard, and assign a
// registration to a colleague.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/desk.ts'
import { firm } from '../../support/registrations.ts'
import type { Draft } from '../../support/draft.ts'
import type { Journey } from '../../support/journey.ts'
import type { Server } from '../../support/server.ts'

const main = ({ page }: Journey) => page.getByRole('main')
const rows = (journey: Journey) => main(journey).getByRole('rowheader')

/** Submits a registration for an organisation with a unique name; returns the name and the reference. */
async function waiting(journey: Journey, draft: Draft, server: Server): Promise<{ name: string; reference: string }> {
  const name = `Queue ${Math.random().toString(36).slice(2, 10)} Solicitors`
  const before = await server.references()
  await draft.fill({ ...firm, organisation: { ...firm.organisation, name } })
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
  const reference = (await server.references()).find((one) => !before.includes(one))
  return { name, reference: reference ?? '' }
}

test('a registration is found by its name, its filters stand in the address and can be taken away', async ({ journey, draft, server, somebodyElse }) => {
  const { name, reference } = await waiting(journey, draft, server)
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  await desk.open('/desk/queue')
  await desk.isOn('Queue')
  await desk.enter('Search registrations and requests', name)
  await desk.button('Search').click()
  await desk.isOn('Queue: search results')
  expect(desk.page.url()).not.toContain(name.split(' ')[1])
  await desk.page.reload()
  await desk.isOn('Queue: search results')
  await expect(rows(desk)).toHaveCount(1)
  await expect(rows(desk)).toContainText(reference)

  await main(desk).getByText('Filter the list').click()
  await main(desk).getByLabel(/^Approved/).check()
  await desk.button('Apply filters').click()
  await expect(main(desk)).toContainText('No results')
  await main(desk).getByRole('link', { name: 'Remove this filter: Approved' }).click()
  await expect(rows(desk)).toHaveCount(1)
  await main(desk).getByRole('link', { name: 'Clear search and filters' }).click()
  await desk.isOn('Queue')
})

test('the queue is sorted by its headings', async ({ journey, draft, server, somebodyElse }) => {
  await waiting(journey, draft, server)
  const desk = await somebodyElse()
  await signedIn(desk, server, 'auditor')
  await desk.open('/desk/queue')
  const heading = main(desk).getByRole('columnheader', { name: 'Organisation' })
  await expect(heading).toHaveAttribute('aria-sort', 'none')
  await heading.getByRole('link').click()
  await expect(heading).toHaveAttribute('aria-sort', 'ascending')
  await heading.getByRole('link').click()
  await expect(heading).toHaveAttribute('aria-sort', 'descending')
  await expect(main(desk).getByRole('button', { name: 'Take the next registration' })).toHaveCount(0)
})

test('a registration is given to a colleague by a form that asks who', async ({ journey, draft, server, somebodyElse }) => {
  const { reference } = await waiting(journey, draft, server)
  const colleague = await signedIn(await somebodyElse(), server, 'officer')
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  await desk.open(`/desk/registrations/${reference}/assign`)
  await desk.isOn(`Assign ${reference}`)
  await desk.button('Assign').click()
  await expect(main(desk).getByRole('alert')).toContainText('Select an officer')
  await main(desk).getByLabel(colleague).check()
  await desk.button('Assign').click()
  await expect(desk.page).toHaveURL(new RegExp(`/desk/registrations/${reference}`))
  await desk.open(`/desk/queue?search=${reference}`)
  await expect(main(desk).getByRole('cell', { name: colleague })).toBeVisible()
})

test('selected registrations are given to a colleague after a question, and given back', async ({ journey, draft, server, somebodyElse }) => {
  const { name, reference } = await waiting(journey, draft, server)
  const colleague = await signedIn(await somebodyElse(), server, 'officer')
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  await desk.open(`/desk/queue?search=${reference}`)
  await main(desk).getByLabel(`Select ${name} ${reference}`).check()
  await main(desk).getByLabel('Assign the selected to').selectOption(colleague)
  await desk.button('Assign').click()
  await desk.isOn(`Assign 1 registration to ${colleague}?`)
  await expect(main(desk)).toContainText(`${name} ${reference}`)
  await desk.button('Assign 1 registration').click()
  await desk.isOn('Selected entries of the queue')
  await expect(main(desk)).toContainText(`1 registration assigned to ${colleague}`)
  await desk.follow('Go back to the queue')
  await expect(main(desk).getByRole('cell', { name: colleague })).toBeVisible()
  await desk.follow('Select all on this page')
  await desk.button('Give the selected back to the queue').click()
  await desk.isOn('Give 1 registration back to the queue?')
  await expect(main(desk)).toContainText(`assigned to ${colleague} now`)
  await desk.button('Give back 1 registration').click()
  await expect(main(desk)).toContainText('1 registration given back to the queue')
})

test('the next registration is one key away from the heading', async ({ journey, draft, server, somebodyElse }) => {
  await waiting(journey, draft, server)
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  await desk.open('/desk/queue')
  const first = main(desk).locator('a[href], button, input:not([type=hidden]), select, summary').first()
  await expect(first).toHaveText('Take the next registration')
  await first.focus()
  await desk.page.keyboard.press('Enter')
  await expect(desk.page).toHaveURL(/\/desk\/registrations\/CP-/)
})
