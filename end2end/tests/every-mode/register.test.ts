// The main task of the service: an organisation of each kind fills in the form, and its registration is stored. The
// other registrations of end2end/data are tested in with-webassembly, and all of them in server/tests/http.
import { expect, test } from '../../support/test.ts'
import { barrister, chambers, firm, kept } from '../../support/registrations.ts'
import { expectRegistered, titleOf } from '../../support/registering.ts'

for (const registration of [firm, chambers, barrister]) {
  test(titleOf(registration), async ({ journey, server }) => expectRegistered(journey, server, registration))
}

test('an organisation of another kind registers with an early hearing, and both are kept', async ({ journey, server }) => {
  const other = { ...firm, organisation: { ...firm.organisation, kind: 'other' as const, sra_number: '', bar_number: '12345' } }
  await journey.start()
  await journey.answerOrganisation(other.organisation)
  await journey.beginTask('First hearing (optional)')
  await journey.isOn('Your first hearing (optional)')
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
