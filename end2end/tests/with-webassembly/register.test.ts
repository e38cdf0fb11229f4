// Registers the test registrations that are not tested in every mode. They differ in names, numbers and lists of users.
import { test } from '../../support/test.ts'
import { expectRegistered, titleOf } from '../../support/registering.ts'
import { barrister, chambers, firm, registrations } from '../../support/registrations.ts'

for (const registration of registrations.filter((one) => ![firm, chambers, barrister].includes(one))) {
  test(titleOf(registration), async ({ journey, server }) => expectRegistered(journey, server, registration))
}
