// Adds officers for the tests by the command line, and sets up their accounts with the link that the command prints.
//
//   const officer = await signedIn(journey.page, server, 'senior-officer')
//
// The browser of the page is then signed in with that role. `officer` has everything that a test needs to sign in
// again: the email address, the password, the recovery codes, and `code(n)`, the authenticator app's code n steps of
// 30 seconds from now. The service accepts the current code and the previous one.
import { createHmac, randomBytes } from 'node:crypto'
import type { APIRequestContext, Page } from '@playwright/test'
import type { Server } from './server.ts'

export type OfficerRole = 'officer' | 'senior-officer' | 'auditor' | 'administrator'

export interface Officer {
  name: string
  email: string
  password: string
  recoveryCodes: string[]
  /**
   * Returns the authenticator app's code, this many steps of 30 seconds from now. The service accepts each code only
   * once.
   */
  code: (steps?: number) => string
}

/** Adds an officer who still has to set up their account; returns the one-time link for the set-up. */
export async function added(server: Server, role: OfficerRole): Promise<{ name: string; email: string; link: string }> {
  const number = randomBytes(4).toString('hex')
  const name = `Wen ${number}`
  const email = `wen.${number}@desk.example`
  return { name, email, link: await server.officer('add', '--name', name, '--email', email, '--role', role) }
}

/** Signs in a new officer with this role in the page's browser. */
export async function signedIn(page: Page, server: Server, role: OfficerRole): Promise<Officer> {
  const { name, email, link } = await added(server, role)
  const password = `walnut harbour ${name}`
  const { request } = page.context()
  const secret = /[0-9a-f]{64}$/.exec(link)?.[0] ?? ''
  await sent(request, server, '/desk/join', { secret })
  const factor = await sent(request, server, '/desk/join/password', { password })
  const key = /id="secret"[^>]*>([A-Z2-7 ]+)</.exec(factor)?.[1] ?? ''
  const code = (steps = 0) => totp(key, steps)
  const codes = await sent(request, server, '/desk/join/second-factor', { code: code() })
  const recoveryCodes = [...codes.matchAll(/class="app-code">([a-z0-9-]{29})</g)].map((found) => found[1] ?? '')
  if (recoveryCodes.length !== 10) throw new Error(`${email} could not be set up: ${codes}`)
  return { name, email, password, recoveryCodes, code }
}

/** Returns the code of an authenticator app for a base32 secret, this many 30-second steps from now. */
export function totp(secret: string, steps = 0): string {
  const bits = [...secret.replace(/ /g, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const tag = createHmac('sha1', key).update(step).digest()
  const offset = (tag.at(-1) ?? 0) & 15
  return String((tag.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

async function sent(
  request: APIRequestContext,
  server: Server,
  path: string,
  form: Record<string, string>,
): Promise<string> {
  const answer = await request.post(server.address + path, { form, headers: { accept: 'text/html' } })
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}`)
  return answer.text()
}
