// The headers of responses, and the addresses for machines, such as health checks and security.txt.
import { expect, test } from '../../support/test.ts'

const HTML = { Accept: 'text/html' }

test('pages run only this service’s scripts, are framed by nobody and kept in no cache', async ({ request }) => {
  for (const path of ['/', '/tasks', '/organisation/name', '/help', '/nowhere']) {
    const response = await request.get(path, { headers: HTML })
    const headers = response.headers()
    const policy = headers['content-security-policy'] ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(nonce, path).toBeTruthy()
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("'wasm-unsafe-eval'")
    expect(policy).not.toContain('unsafe-inline')
    expect(policy).not.toContain("'unsafe-eval'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('same-origin')
    expect(headers['cache-control']).toBe('no-store')
    const html = await response.text()
    for (const [script] of html.matchAll(/<script[^>]*>/g)) expect(script).toContain(`nonce="${nonce}"`)
    expect(html).not.toMatch(/ on[a-z]+="| style="/)
  }
})

test('each page has a nonce of its own', async ({ request }) => {
  const nonces = new Set<string>()
  for (let time = 0; time < 5; time++) {
    const policy = (await request.get('/tasks', { headers: HTML })).headers()['content-security-policy'] ?? ''
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1] ?? '')
  }
  expect(nonces.size).toBe(5)
})

test('files with their hash in their name are kept for ever and sent as brotli', async ({ request }) => {
  const html = await (await request.get('/tasks', { headers: HTML })).text()
  const files = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(files.map((path) => path.split('.').pop()).sort()).toEqual(expect.arrayContaining(['css', 'js', 'wasm']))
  for (const path of files) {
    const response = await request.get(path, { headers: { 'Accept-Encoding': 'br' } })
    expect(response.status()).toBe(200)
    expect(response.headers()['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(response.headers()['content-encoding'], path).toBe('br')
    expect(response.headers()['x-content-type-options']).toBe('nosniff')
  }
})

test('the cookie is for this service alone and for no script', async ({ draft }) => {
  const response = await draft.post('organisation/name', { name: 'x' })
  const cookie = response.headers()['set-cookie'] ?? ''
  expect(cookie).toMatch(/^registration=[0-9a-f]{64}; /)
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Lax')
  expect(cookie).toContain('Path=/')
  expect(cookie).toContain('Max-Age=86400')
})

test('reading pages gives no cookie', async ({ request }) => {
  for (const path of ['/', '/tasks', '/help', '/cookies', '/organisation/kind']) {
    expect((await request.get(path, { headers: HTML })).headers()['set-cookie'], path).toBeUndefined()
  }
})

test('machines can ask whether it lives and where to report a weakness', async ({ request }) => {
  expect(await (await request.get('/healthz')).text()).toBe('ok\n')
  expect(await (await request.get('/readyz')).text()).toBe('ready\n')
  const security = await request.get('/.well-known/security.txt')
  expect(security.headers()['content-type']).toContain('text/plain')
  expect(await security.text()).toMatch(/^Contact: mailto:.+\nExpires: \d{4}-/)
  expect((await request.get('/robots.txt')).status()).toBe(200)
  expect((await request.get('/favicon.svg')).status()).toBe(200)
})
