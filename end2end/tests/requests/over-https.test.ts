// Over HTTPS the cookie is marked as secure, and the browser is told to use HTTPS only.
import { expect, test } from '../../support/test.ts'

test.use({
  serverSettings: {
    REGISTRATION_HTTPS: 'true',
    REGISTRATION_MAIL: 'smtp',
    REGISTRATION_SMTP_URL: 'smtp://127.0.0.1:9',
    REGISTRATION_PUBLIC_ADDRESS: 'https://register.example',
  },
})

test('the cookie is bound to the host and HTTPS', async ({ draft }) => {
  const headers = { Accept: 'text/html', Origin: 'https://register.example' }
  const response = await draft.post('organisation/name', { name: 'x' }, headers)
  const cookie = response.headers()['set-cookie'] ?? ''
  expect(cookie).toMatch(/^__Host-registration=[0-9a-f]{64}; /)
  expect(cookie).toContain('Secure')
  expect(response.headers()['strict-transport-security']).toContain('max-age=')
})
