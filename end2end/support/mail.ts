// Reads the messages that the service would have sent, from /dev/mail.json.
import { expect, type APIRequestContext } from '@playwright/test'

export interface Mail {
  to: string
  subject: string
  text: string
  html: string
}

/** A message for resuming a draft, with its link and its code. */
export interface WayIn {
  link: string
  code: string
  mail: Mail
}

let addresses = 0

/** Returns an email address that no other test uses. */
export const newAddress = (): string => `clerk.${process.pid}.${++addresses}@org0.example`

/** Waits until at least `count` messages to an address were sent; returns the newest. */
export async function mailTo(request: APIRequestContext, address: string, count = 1): Promise<Mail> {
  let messages: Mail[] = []
  const sent = async () => {
    const answer = await request.get(`/dev/mail.json?to=${encodeURIComponent(address)}`)
    messages = await answer.json()
    return messages.length
  }
  await expect.poll(sent, { message: `message ${count} to ${address}` }).toBeGreaterThanOrEqual(count)
  return messages[0]!
}

/** Returns the link in the newest message about a registration. */
export async function statusLink(request: APIRequestContext, address: string, count = 1): Promise<string> {
  const mail = await mailTo(request, address, count)
  const link = /^http:\S+(\/status\/link\/[0-9a-f]+)$/m.exec(mail.text)?.[1]
  if (!link) throw new Error(`No link in:\n${mail.text}`)
  return link
}

export async function wayIn(request: APIRequestContext, address: string, count = 1): Promise<WayIn> {
  const mail = await mailTo(request, address, count)
  const link = /^http:\S+(\/return\/link\/[0-9a-f]+)$/m.exec(mail.text)?.[1]
  const code = /^[B-Z]{4}-[B-Z]{4}$/m.exec(mail.text)?.[0]
  if (!link || !code) throw new Error(`No link and code in:\n${mail.text}`)
  return { link, code, mail }
}
