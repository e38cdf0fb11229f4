// The desk's pages if their WebAssembly starts late or not at all: no note is lost, and a session that has ended stays
// ended.
import { expect, test } from '../../support/test.ts'
import { holdWebAssembly } from '../../support/hold-webassembly.ts'
import { signedIn } from '../../support/officers.ts'
import { submitted } from '../../support/registering.ts'

test('a note that is left half typed is there again, even if it was typed before the WebAssembly started', async ({ journey, draft, somebodyElse, server }) => {
  const reference = await submitted(journey, draft)
  const desk = await somebodyElse()
  const { page } = desk
  await signedIn(page, server, 'officer')
  const release = await holdWebAssembly(page)
  const at = `/desk/registrations/${reference}`
  await page.goto(at, { waitUntil: 'domcontentloaded' })
  await desk.enter('Add a note', 'Rang at nine')
  release()
  await desk.ready()
  await page.goto('/desk/queue')
  // The request that stores the note may still be on its way.
  await expect(async () => {
    await desk.open(at)
    await expect(page.getByLabel('Add a note')).toHaveValue('Rang at nine', { timeout: 1 })
  }).toPass()
})

test('a session that ended before the WebAssembly started is over at its start', async ({ journey, server }) => {
  const { page } = journey
  await signedIn(page, server, 'officer')
  await page.clock.install()
  const release = await holdWebAssembly(page)
  await page.goto('/desk/account/password', { waitUntil: 'domcontentloaded' })
  await page.clock.fastForward('01:00:01')
  await expect(page.locator('main')).toBeVisible()
  release()
  await expect(page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible()
  await expect(page.locator('main')).toBeHidden()
})

test('a page that starts late does not undo the sign-out of another tab', async ({ journey, anotherTab, server }) => {
  const { page } = journey
  await signedIn(page, server, 'officer')
  const other = await anotherTab()
  await other.open('/desk/account')
  const release = await holdWebAssembly(page)
  await page.goto('/desk/account/password', { waitUntil: 'domcontentloaded' })
  await other.button('Sign out').first().click()
  await other.isOn('You have signed out')
  release()
  await expect(page.getByRole('dialog', { name: 'You are signed out' })).toBeVisible()
  await expect(page.locator('main')).toBeHidden()
})

for (const what of ['is blocked', 'is not WebAssembly'] as const) {
  test(`a page whose WebAssembly ${what} works as plain HTML`, async ({ journey, draft, somebodyElse, server, watch }) => {
    watch.expect(/Failed to load resource.*\.wasm/)
    const reference = await submitted(journey, draft)
    const desk = await somebodyElse()
    const { page } = desk
    await signedIn(page, server, 'officer')
    const body = { status: 200, contentType: 'application/wasm', body: 'no' }
    await page.route(/\.wasm$/, (route) => (what === 'is blocked' ? route.abort() : route.fulfill(body)))
    await page.goto(`/desk/registrations/${reference}`)
    await expect(page.locator('aside.app-session-end')).toContainText('You will be signed out at')
    await desk.enter('Add a note', 'Rang at nine')
    await desk.button('Add note').click()
    await expect(page.getByRole('main')).toContainText('Rang at nine')
    await expect(page.locator('html[data-desk-started]')).toHaveCount(0)
  })
}
