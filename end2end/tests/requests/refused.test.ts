// Invalid requests: each gets the right status and a page from which a person can continue, and no answer is lost.
import type { APIRequestContext, APIResponse } from '@playwright/test'
import { expect, test } from '../../support/test.ts'
import { HOSTILE } from '../../support/questions.ts'
import { barrister } from '../../support/registrations.ts'

const HTML = { Accept: 'text/html' }

/** Expects a whole page with this status and heading, and with links to other pages. */
async function expectPage(response: APIResponse, status: number, heading: string): Promise<void> {
  expect(response.status()).toBe(status)
  expect(response.headers()['content-type']).toContain('text/html')
  const html = await response.text()
  expect(html).toContain(`<h1 class="govuk-heading-l">${heading}</h1>`)
  expect(html).toContain('href="/tasks"')
  expect(html).toContain('href="/help"')
}

/** Returns the organisation's name on its page, as HTML source. */
async function nameShown(request: APIRequestContext): Promise<string | undefined> {
  const page = await request.get('/organisation/name', { headers: HTML })
  expect(page.status()).toBe(200)
  return /<input[^>]* name="name"[^>]* value="([^"]*)"/.exec(await page.text())?.[1]
}

test('a page that there is not says so and leads out', async ({ request }) => {
  for (const path of ['/nowhere', '/users/nobody', '/organisation', '/api', '/assets/no-such-file.css', '/%00', '/..%2f..%2fetc%2fpasswd']) {
    const response = await request.get(path, { headers: HTML })
    await expectPage(response, 404, 'Page not found')
  }
})

test('an address of the API that is opened as a page leads out', async ({ request }) => {
  for (const path of ['/api/organisation/name', '/api/draft', '/api/submit']) {
    const response = await request.get(path, { headers: HTML })
    await expectPage(response, 404, 'Page not found')
  }
  const unknown = await request.post('/api/no-such-function', { headers: HTML, form: {} })
  expect(unknown.status()).toBe(404)
})

test('answers from a page of another site are refused and change nothing', async ({ page, draft }) => {
  await draft.answer('organisation/name', { name: 'Kept' })
  for (const headers of [
    { ...HTML, Origin: 'https://evil.example' },
    { ...HTML, Origin: 'null' },
    { ...HTML, 'Sec-Fetch-Site': 'cross-site' },
    { ...HTML, 'Sec-Fetch-Site': 'same-site' },
  ]) {
    const response = await draft.post('organisation/name', { name: 'Taken over' }, headers)
    await expectPage(response, 403, 'You need to open the service and try again')
  }
  expect(await nameShown(page.request)).toBe('Kept')
})

test('a body of more than 64 kB is refused with a page, and everything else is kept', async ({ page, draft }) => {
  await draft.answer('organisation/name', { name: 'Kept' })
  const long = await draft.post('organisation/registration-numbers', { laa_account_numbers: '1A234B\n'.repeat(11_000) })
  await expectPage(long, 413, 'Your answers are too long to be sent')
  const huge = await draft.post('organisation/name', { name: 'x'.repeat(5_000_000) })
  await expectPage(huge, 413, 'Your answers are too long to be sent')
  expect(await nameShown(page.request)).toBe('Kept')
})

test('an answer of nearly 64 kB is kept, as a problem', async ({ page, draft }) => {
  await draft.answer('organisation/name', { name: 'Kept' })
  const response = await draft.post('organisation/name', { name: 'x'.repeat(60_000) })
  expect(response.status()).toBe(303)
  expect(response.headers()['location']).toBe('/organisation/name')
  expect(await nameShown(page.request)).toHaveLength(60_000)
})

test('missing fields keep what was kept, unknown ones count as nothing', async ({ page, draft }) => {
  await draft.answer('organisation/name', { name: 'Kept' })
  await draft.answer('organisation/name', { unknown: 'field' })
  expect(await nameShown(page.request)).toBe('Kept')
  for (const page of ['organisation/kind', 'organisation/address', 'sign', 'users/add', 'users/mobile']) {
    const response = await draft.post(page, { unknown: 'field', 'answers[name]': 'x' })
    expect(response.status(), page).toBe(303)
  }
})

test('hostile bodies never break the service', async ({ page, draft, server }) => {
  await draft.answer('organisation/name', { name: 'Kept' })
  const bodies: [type: string, body: string | Buffer][] = [
    ['application/x-www-form-urlencoded', ''],
    ['application/x-www-form-urlencoded', 'address_line_1=a&address_line_1=b'],
    ['application/x-www-form-urlencoded', '%'],
    ['application/x-www-form-urlencoded', 'address_line_1=%00%01%ff%fe'],
    ['application/x-www-form-urlencoded', Buffer.from([0xff, 0xfe, 0x00, 0x3d])],
    ['application/x-www-form-urlencoded', '='.repeat(20_000)],
    ['application/x-www-form-urlencoded', `${'address_line_1[a]'.repeat(50)}=x`],
    ['application/x-www-form-urlencoded', '&'.repeat(30_000)],
    ['application/json', '{"address_line_1":{"a":[1]}}'],
    ['text/plain', 'hello'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
  ]
  for (const [type, body] of bodies) {
    for (const api of ['organisation/address', 'users/add', 'users/change', 'users/remove', 'users/search', 'sign', 'submit']) {
      const response = await page.request.post(`/api/${api}`, {
        headers: { ...HTML, Origin: server.address, 'Content-Type': type },
        data: body,
        maxRedirects: 0,
      })
      expect(response.status(), `${api} with ${type}: ${String(body).slice(0, 40)}`).toBeLessThan(500)
      if (response.status() >= 400) expect(await response.text()).toContain('href="/tasks"')
    }
  }
  expect(await nameShown(page.request)).toBe('Kept')
})

test('hostile text is kept and shown as text', async ({ page, draft }) => {
  await draft.answer('organisation/name', { name: HOSTILE })
  const response = await page.request.get('/organisation/name', { headers: HTML })
  const html = await response.text()
  expect(html).not.toContain('<script>alert(1)')
  expect(html).not.toContain('</textarea>')
})

test('an unknown cookie leads to a page with a way out, and the answer just sent is kept', async ({ page, server }) => {
  await page.context().addCookies([{ name: 'registration', value: 'f'.repeat(64), url: server.address }])
  const opened = await page.request.get('/organisation/name', { headers: HTML })
  await expectPage(opened, 410, 'Your saved answers have expired')

  await page.context().addCookies([{ name: 'registration', value: 'e'.repeat(64), url: server.address }])
  const sent = await page.request.post('/api/organisation/name', {
    form: { name: 'Typed when it had expired' },
    headers: { ...HTML, Origin: server.address },
  })
  await expectPage(sent, 410, 'Your saved answers have expired')
  expect(await nameShown(page.request)).toBe('Typed when it had expired')
})

test('a cookie that is nonsense counts as none', async ({ page, server }) => {
  for (const value of ['x', '%00', 'f'.repeat(4_000), '../../etc/passwd']) {
    await page.context().addCookies([{ name: 'registration', value, url: server.address }])
    expect((await page.request.get('/tasks', { headers: HTML })).status()).toBe(200)
  }
})

test('somebody else’s user can neither be changed nor removed', async ({ page, draft, server, browser }) => {
  await draft.addUser(barrister.people[0]!)
  const list = await (await page.request.get('/users', { headers: HTML })).text()
  const id = /\/users\/([^/"]+)\/change/.exec(list)?.[1] ?? ''
  expect(id).not.toBe('')

  const other = await browser.newContext({ baseURL: server.address })
  const headers = { ...HTML, Origin: server.address }
  await other.request.post('/api/organisation/name', { form: { name: 'Mine' }, headers })
  for (const [api, form] of [
    ['users/change', { id, first_name: 'Taken', last_name: 'Over' }],
    ['users/remove', { id, remove: 'yes' }],
  ] as const) {
    const response = await other.request.post(`/api/${api}`, { form, headers, maxRedirects: 0 })
    expect(response.status()).toBeLessThan(500)
  }
  expect((await other.request.get(`/users/${id}/change`, { headers: HTML })).status()).toBe(404)
  await other.close()
  expect(await (await page.request.get('/users', { headers: HTML })).text()).toContain('Quentin Thomas')
})
