// Registers organisations: through every page, with the answers that the service stores, or from a draft.
import { expect, test } from '@playwright/test'
import type { Draft } from './draft.ts'
import type { Journey } from './journey.ts'
import { firm, kept, type Registration } from './registrations.ts'
import type { Server } from './server.ts'

/** Registers an organisation through the pages, and expects that every answer is stored. */
export async function expectRegistered(journey: Journey, server: Server, registration: Registration): Promise<void> {
  test.setTimeout(120_000 + 5_000 * registration.people.length)
  const reference = await journey.register(registration)
  const found = await server.registration(reference)
  expect(found).toMatchObject(kept(registration))
  expect(found.reference).toBe(reference)
  expect(found.signature.terms_sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(found.signature.signed_at).toMatch(/^20\d\d-\d\d-\d\dT/)
  expect(found.submitted_at).toMatch(/^20\d\d-\d\d-\d\dT/)
}

/** Submits a registration of a firm from the answers of its draft; returns the reference. */
export async function submitted(journey: Journey, draft: Draft): Promise<string> {
  await draft.fill(firm)
  await journey.open('/check-answers')
  await journey.send('Submit registration')
  await journey.isOn('Registration submitted')
  return (await journey.page.getByRole('main').getByText(/^CP-/).textContent()) ?? ''
}

/** Returns the title of the test of a registration. */
export const titleOf = ({ organisation, people }: Registration): string =>
  `${organisation.name} (${organisation.kind}, ${people.length} users) registers, and every answer is kept`
