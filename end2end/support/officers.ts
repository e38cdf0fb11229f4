// People of the desk for the tests: added by the command line, set up through the pages of their link.
//
//   const officer = await signedIn(journey.page, server, 'senior-officer')
//
// From then on the page's browser is signed in with that role. `officer` knows what is needed to sign in again: the
// address, the password, `code(n)` of the authenticator app n steps of 30 seconds from now, and the recovery codes.
import { createHmac, randomBytes } from 'node:crypto'
import type { APIRequestContext, Page } from '@playwright/test'
import type { Server } from './server.ts'

export type OfficerRole = 'officer' | 'senior-officer' | 'auditor' | 'administrator'

export interface Officer {
  name: string
  email: string
  password: string
  recoveryCodes: string[]
  /** The code of the authenticator app, so many steps from now; a code that was used is not taken again. */
  code: (steps?: number) => string
}

/** Somebody new with this role, who has not set their account up: the address of their one-time link. */
export async function added(server: Server, role: OfficerRole): Promise<{ name: string; email: string; link: string }> {
  const number = randomBytes(4).toString('hex')
  const name = `Wen ${number}`
  const email = `wen.${number}@desk.example`
  return { name, email, link: await server.officer('add', '--name', name, '--email', email, '--role', role) }
}

/** Signs the browser of a page in as somebody new with this role. */
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
  const recoveryCodes = [...codes.matchAll(/class="app-code">([a-z0-9-]{19})</g)].map((found) => found[1] ?? '')
  if (recoveryCodes.length !== 10) throw new Error(`${email} could not be set up: ${codes}`)
  return { name, email, password, recoveryCodes, code }
}

/** The code that an authenticator app shows for a secret in base32, so many steps from now. */
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
