// The pages of set-up and of keyed-in forms meet WCAG 2.2 AA, as far as axe can check, and fit 320 pixels.
import { expect, test } from '../../support/test.ts'
import { expectAccessible } from '../../support/accessible.ts'
import { signedIn } from '../../support/officers.ts'
import { firm } from '../../support/registrations.ts'

test('axe finds nothing on the pages of set-up, and none is wider than 320 pixels', async ({ journey, draft, somebodyElse, server, watch }) => {
  // The page for a signing link that does not work has this status.
  watch.expect(/status of 410/)
  test.setTimeout(180_000)
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
  const reference = (await journey.page.getByRole('main').getByText(/^CP-/).textContent()) ?? ''
  await server.desk('approve', reference)
  const { page } = await somebodyElse()
  await signedIn(page, server, 'officer')
  const send = async (path: string, form: Record<string, string>) => {
    const answer = await page.request.post(path, { form })
    return new URL(answer.url()).pathname
  }
  await page.goto('/desk/set-up/batches/everybody')
  await expectAccessible(page, '/desk/set-up/batches/everybody')
  const batch = await send('/desk/set-up/batches', { organisation: reference })
  const upload = await page.request.post('/desk/set-up/results', {
    multipart: {
      file: {
        name: 'results.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(`Email,Status\n${firm.people[0]?.email},sent\nnobody@else.example,sent\n`),
      },
    },
  })
  const results = new URL(upload.url()).pathname
  const keyed = await send('/desk/take-in/paper', {})
  const pages = [
    '/desk/set-up',
    '/desk/set-up?list=failed',
    `/desk/set-up/${reference}`,
    '/desk/set-up/batches',
    batch,
    `${batch}/sent`,
    `${batch}/undo`,
    '/desk/set-up/results',
    results,
    '/desk/take-in',
    keyed,
    keyed.replace(/^\/desk\/forms\/([^/]+)\/.*$/, '/desk/take-in/$1'),
    '/to-sign/0',
  ]
  for (const path of pages) {
    if (path === '/to-sign/0') await page.context().clearCookies()
    await page.setViewportSize({ width: 320, height: 800 })
    await page.goto(path).catch(() => undefined)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessible(page, path)
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width, path).toBeLessThanOrEqual(320)
  }
})
