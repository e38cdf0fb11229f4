// A closed service shows one page at every address, but still answers health checks.
import { expect, test } from '../../support/test.ts'

test.use({ serverSettings: { REGISTRATION_CLOSED: 'true' } })

test('a closed service says so on every page', async ({ request }) => {
  for (const path of ['/', '/tasks', '/organisation/name', '/help', '/nowhere']) {
    const response = await request.get(path, { headers: { Accept: 'text/html' } })
    expect(response.status(), path).toBe(503)
    expect(await response.text()).toContain('Sorry, the service is unavailable')
  }
  expect((await request.get('/healthz')).status()).toBe(200)
})
