// Passkeys, which need scripts. The tests use Chromium's virtual authenticator at localhost, because passkeys do not
// work at an IP address.
import { expect, test } from '../../support/test.ts'
import { added } from '../../support/officers.ts'

test('a passkey is the second step of an account, and then signs in alone', async ({ journey, server, context, watch }) => {
  watch.expect(/foreign request: http:\/\/localhost/)
  const { page } = journey
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const here = server.address.replace('127.0.0.1', 'localhost')
  const { email, link } = await added(server, 'officer')
  await page.goto(link.replace('127.0.0.1', 'localhost'))
  await journey.button('Set up my account').click()
  await journey.enter('New password', 'walnut harbour seven')
  await journey.button('Continue').click()
  await journey.button('Set up a passkey').click()
  await journey.isOn('Your account is set up')

  await page.goto(`${here}/desk/account`)
  await expect(page.getByRole('rowheader', { name: 'First passkey' })).toBeVisible()
  await journey.button('Sign out').first().click()
  await page.goto(`${here}/desk/account`)
  await journey.button('Sign in with a passkey').click()
  await journey.isOn('Your account')

  await journey.button('Sign out').first().click()
  await page.goto(`${here}/desk/sign-in?to=/desk/account`)
  await journey.enter('Email address', email)
  await journey.enter('Password', 'walnut harbour seven')
  await journey.button('Continue').click()
  await journey.isOn('Enter a code')
  await journey.button('Sign in with a passkey').click()
  await journey.isOn('Your account')
})

test('a passkey that nobody has is told and nothing is lost', async ({ journey, server, context, watch }) => {
  watch.expect(/foreign request: http:\/\/localhost/)
  const { page } = journey
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  })
  await page.goto(`${server.address.replace('127.0.0.1', 'localhost')}/desk/sign-in`)
  await journey.enter('Email address', 'wen@desk.example')
  await journey.button('Sign in with a passkey').click()
  await expect(page.getByRole('alert')).toHaveText(/The passkey was not used/)
  await expect(page.getByLabel('Email address')).toHaveValue('wen@desk.example')
})
