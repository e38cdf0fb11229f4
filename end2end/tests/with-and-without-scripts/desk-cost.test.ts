// The cost of the desk's work: the tests count clicks, pages and key presses, and fail if the work costs more than its
// bound. The approved registrations are the nine test registrations, one of them twice.
import { expect, test } from '../../support/test.ts'
import { signedIn } from '../../support/desk.ts'
import { Draft } from '../../support/draft.ts'
import { barrister, firm, registrations, type Registration } from '../../support/registrations.ts'
import type { Journey } from '../../support/journey.ts'
import type { Server } from '../../support/server.ts'
import type { APIRequestContext } from '@playwright/test'

// A setting of its own gives this file a service of its own, so that its queue has no other registrations.
test.use({ serverSettings: { REGISTRATION_TARGET_DAYS: '6' } })

const APPROVALS = 10
const MAX_CLICKS = 60
const MAX_PAGES = 12
const MAX_KEY_PRESSES = 30

const main = ({ page }: Journey) => page.getByRole('main')

async function submit(request: APIRequestContext, server: Server, registration: Registration): Promise<void> {
  const draft = new Draft(request, server.address)
  await draft.fill(registration)
  await draft.answer('submit', {})
}

/** An officer whose clicks, key presses and pages are counted. */
class Counted {
  clicks = 0
  pages = 0
  keys = 0
  readonly journey: Journey

  constructor(journey: Journey) {
    this.journey = journey
    journey.page.on('load', () => (this.pages += 1))
  }

  async click(target: ReturnType<Journey['button']>): Promise<void> {
    this.clicks += 1
    await target.click()
  }

  async press(key: string): Promise<void> {
    this.keys += 1
    await this.journey.page.keyboard.press(key)
  }

  /** Presses Tab until the focus is on an element with this text or name. */
  async tabTo(called: string): Promise<void> {
    for (let stops = 0; stops < MAX_KEY_PRESSES; stops++) {
      await this.press('Tab')
      const focus = this.journey.page.locator(':focus')
      if ([await focus.textContent(), await focus.getAttribute('name')].includes(called)) return
    }
    throw new Error(`Tab never came to ${called}`)
  }
}

test('ten approvals in a row cost sixty clicks and a page each', async ({ playwright, server, somebodyElse }) => {
  test.setTimeout(240_000)
  for (const registration of [...registrations, firm]) {
    const request = await playwright.request.newContext()
    await submit(request, server, registration)
    await request.dispose()
  }
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  await desk.open('/desk/queue')
  const officer = new Counted(desk)
  await officer.click(desk.button('Take the next registration'))
  for (let approved = 0; approved < APPROVALS; approved++) {
    await expect(main(desk)).toContainText('Assigned to you.')
    const checks = main(desk).locator('form').getByRole('group')
    const required = checks.filter({ hasText: 'To do' })
    const count = await required.count()
    for (let check = 0; check < count; check++) await officer.click(required.nth(check).getByText('Passed', { exact: true }))
    const address = new URL(desk.page.url()).pathname
    await officer.click(desk.button('Save, approve and take the next').first())
    await expect(desk.page).not.toHaveURL(new RegExp(address))
    await expect(main(desk)).toContainText(`${address.split('/').at(-1)}: The registration is approved.`)
  }
  await desk.isOn('Queue')
  for (const reference of await server.references()) expect((await server.registration(reference)).state).toBe('approved')
  test.info().annotations.push({ type: 'cost', description: `${officer.clicks} clicks, ${officer.pages} pages` })
  console.log(`${APPROVALS} approvals: ${officer.clicks} clicks, ${officer.pages} pages`)
  expect(officer.clicks).toBeLessThanOrEqual(MAX_CLICKS)
  expect(officer.pages).toBeLessThanOrEqual(MAX_PAGES)
})

test('four checks by keyboard alone cost thirty key presses', async ({ playwright, server, somebodyElse }) => {
  const request = await playwright.request.newContext()
  await submit(request, server, barrister)
  await request.dispose()
  const desk = await somebodyElse()
  await signedIn(desk, server, 'officer')
  const [reference] = await server.references()
  await desk.open(`/desk/registrations/${reference}`)
  const officer = new Counted(desk)
  await officer.tabTo('Skip to main content')
  await officer.press('Enter')
  await officer.tabTo('Skip to checks')
  await officer.press('Enter')
  for (const check of ['bar-register', 'address', 'email-domain', 'other-registrations']) {
    await officer.tabTo(`outcome-${check}`)
    await officer.press('Space')
  }
  await officer.press('Enter')
  await expect(main(desk)).toContainText('The outcomes of the checks were saved')
  const checks = main(desk).locator('form').getByRole('group')
  await expect(checks.filter({ hasText: barrister.organisation.name })).not.toHaveCount(0)
  await expect(checks.filter({ hasText: 'To do' })).toHaveCount(0)
  console.log(`Four checks: ${officer.keys} key presses, ${officer.pages} pages`)
  expect(officer.keys).toBeLessThanOrEqual(MAX_KEY_PRESSES)
})
