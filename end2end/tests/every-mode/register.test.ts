// The one main job of the service: an organisation fills in the form and the registration is kept.
import { expect, test } from '../../support/test.ts'
import { kept, registrations } from '../../support/registrations.ts'

for (const registration of registrations) {
  const { name, kind } = registration.organisation

  test(`${name} (${kind}, ${registration.people.length} users) registers, and every answer is kept`, async ({ journey, server }) => {
    test.setTimeout(60_000 + 5_000 * registration.people.length)
    const reference = await journey.register(registration)

    const found = await server.registration(reference)
    expect(found).toMatchObject(kept(registration))
    expect(found.reference).toBe(reference)
    expect(found.signature.terms_sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(found.signature.signed_at).toMatch(/^20\d\d-\d\d-\d\dT/)
    expect(found.submitted_at).toMatch(/^20\d\d-\d\d-\d\dT/)
  })
}
