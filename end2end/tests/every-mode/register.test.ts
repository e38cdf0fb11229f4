// The one main job of the service: an organisation fills in the form and the registration is kept.
import { expect, test } from '../../support/test.ts'
import { firm, kept, registrations } from '../../support/registrations.ts'

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

test('an organisation of another kind registers with an early hearing, and both are kept', async ({ journey, server }) => {
  const other = { ...firm, organisation: { ...firm.organisation, kind: 'other' as const, sra_number: '', bar_number: '12345' } }
  await journey.start()
  await journey.answerOrganisation(other.organisation)
  await journey.beginTask('First hearing (optional)')
  await journey.isOn('Do you have a hearing soon? (optional)')
  await journey.enter('Name of the court (optional)', 'Snaresbrook Crown Court')
  for (const [part, number] of [['Day', '4'], ['Month', '11'], ['Year', '2030']] as const) await journey.enter(part, number)
  await journey.send()
  await journey.answerAccountablePerson(other.accountable_person)
  await journey.addUsers(other.people)
  await journey.sign(other.signature)
  await journey.checkAnswers()
  await expect(journey.page.getByRole('main')).toContainText('4 November 2030')
  const found = await server.registration(await journey.submit())
  const { organisation } = kept(other) as { organisation: object }
  expect(found.organisation).toMatchObject({ ...organisation, first_court: 'Snaresbrook Crown Court', first_hearing: '2030-11-04' })
})
