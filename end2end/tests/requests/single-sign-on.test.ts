// The department's single sign-on (OpenID Connect) with a real provider. This file starts the npm package
// oidc-provider, whose own pages ask people to sign in and to consent.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import Provider, { type Configuration } from 'oidc-provider'
import { expect, test } from '../../support/test.ts'
import { added, signedIn } from '../../support/officers.ts'
import { Server } from '../../support/server.ts'
import type { Journey } from '../../support/journey.ts'

/** Makes a key with which the provider signs tokens by this algorithm. */
function key(alg: 'RS256' | 'ES256') {
  const { privateKey } =
    alg === 'RS256' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { ...privateKey.export({ format: 'jwk' }), alg, use: 'sig', kid: randomUUID() }
}

/**
 * Starts a provider and a service that uses it. Accounts that begin with "unverified" have an unverified email
 * address.
 */
async function provided() {
  let answer: RequestListener = (_, response) => response.end()
  const listener = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const issuer = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
  const server = await Server.start('department', {
    REGISTRATION_OPENID_ISSUER: issuer,
    REGISTRATION_OPENID_CLIENT: 'desk',
    REGISTRATION_OPENID_SECRET: 'a secret of the tests',
    REGISTRATION_OPENID_NAME: 'the department',
  })
  const renew = (alg: 'RS256' | 'ES256') => {
    const settings: Configuration = {
      clients: [
        {
          client_id: 'desk',
          client_secret: 'a secret of the tests',
          redirect_uris: [`${server.address}/desk/sign-in/department/back`],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          id_token_signed_response_alg: alg,
        },
      ],
      jwks: { keys: [key(alg)] },
      cookies: { keys: ['of the tests'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: true } },
      findAccount: (_, sub) => ({
        accountId: sub,
        claims: () => ({ sub, email: sub, email_verified: !sub.startsWith('unverified') }),
      }),
    }
    answer = new Provider(issuer, settings).callback()
  }
  renew('RS256')
  const stop = async () => {
    listener.closeAllConnections()
    listener.close()
    await server.stop()
  }
  return { server, renew, stop }
}

/** Signs in through the provider, with this email address. */
async function signIn(journey: Journey, server: Server, email: string): Promise<void> {
  const { page } = journey
  await page.context().clearCookies()
  await page.goto(`${server.address}/desk/account`)
  await page.getByRole('button', { name: 'Sign in with the department' }).click()
  await page.locator('input[name=login]').fill(email)
  await page.locator('input[name=password]').fill('whatever')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
}

test('only an added person with a verified address signs in, whatever key is in use', async ({
  journey,
  watch,
}) => {
  watch.expect(/foreign request/)
  watch.expect(/status of 401/)
  // The provider's own pages request a font and an icon.
  watch.expect(/fonts\.googleapis|favicon\.ico/)
  const { server, renew, stop } = await provided()
  try {
    const { email, recoveryCodes } = await signedIn(journey.page, server, 'officer')
    const signInWithCode = async () => {
      await signIn(journey, server, email)
      await journey.isOn('Enter a code')
      await journey.enter('Code', recoveryCodes.pop() ?? '')
      await journey.button('Sign in').click()
      await journey.isOn('Your account')
    }
    await signInWithCode()
    await expect(journey.page.getByText(email)).toBeVisible()

    renew('RS256')
    await signInWithCode()

    renew('ES256')
    await signInWithCode()

    const { email: notSetUp } = await added(server, 'officer')
    await signIn(journey, server, notSetUp)
    await journey.isOn('Set up 2-step verification first')

    await signIn(journey, server, 'nobody@desk.example')
    await journey.isOn('You are not signed in')
    await server.officer('add', '--name', 'Wen', '--email', 'unverified@desk.example', '--role', 'officer')
    await signIn(journey, server, 'unverified@desk.example')
    await journey.isOn('You are not signed in')
  } finally {
    await stop()
  }
})
