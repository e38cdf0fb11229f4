// Spreadsheets as people send them: the pages show the expected result for each file.
import { expect, test } from '../../support/test.ts'
import { roles, type Role } from '../../support/registrations.ts'
import { cell, expectCount, expected, file, upload } from '../../support/spreadsheets.ts'

const refusals: Record<string, RegExp> = {
  empty: /^Error: The selected file is empty$/,
  'not-a-spreadsheet': /^Error: The selected file must be a spreadsheet/,
}

/** Converts a telephone number to its international form. */
const international = (shown: string) => `+${shown.replace(/\D/g, '').replace(/^0/, '44')}`

// These tests leave out files in which a person must name the columns; see spreadsheets.test.ts.
const shown = Object.entries(expected).filter(([, { outcome, ...rest }]) =>
  outcome === 'read' || ('refusal' in rest && rest.refusal in refusals))

test('at least eight files are tried', () => expect(shown.length).toBeGreaterThanOrEqual(8))

for (const [name, what] of shown) {
  test(`${name} comes out as it must`, async ({ journey }) => {
    await journey.open('/users/upload')
    await upload(journey, file(name))
    if (what.outcome === 'refused') {
      await expect(journey.page.locator('#file-error')).toHaveText(refusals[what.refusal]!)
      return
    }
    await journey.isOn(`Check ${name}`)
    const wrong = new Set(what.problems.map(({ row }) => row))
    await expectCount(journey, 'Ready to add', what.people.length)
    await expectCount(journey, 'With problems', wrong.size)
    for (const { row, column } of what.problems) {
      await expect(cell(journey, column, row)).toHaveCount(1)
      const id = await cell(journey, column, row).getAttribute('id')
      await expect(journey.page.locator(`[id="${id}-error"]`)).toContainText(`Row ${row}: `)
    }
    await expect(journey.page.locator('.govuk-error-message')).toHaveCount(
      new Set(what.problems.map(({ row, column }) => `${row} ${column}`)).size,
    )

    await journey.open('/users/upload/ready')
    const rows = journey.page.getByRole('row').filter({ has: journey.page.getByRole('rowheader') })
    await expect(rows).toHaveCount(what.people.length)
    for (const [place, person] of what.people.entries()) {
      const row = rows.nth(place)
      await expect(row.getByRole('rowheader')).toContainText(`Row ${person.row}`)
      const cells = row.getByRole('cell')
      await expect(cells.nth(0)).toContainText(`${person.first_name} ${person.last_name}`.trim())
      await expect(cells.nth(1)).toContainText(person.email)
      expect(international((await cells.nth(2).textContent()) ?? '')).toBe(person.mobile)
      await expect(cells.nth(3)).toContainText(roles[person.role as Role])
      await expect(cells.nth(4)).toContainText(person.administrator ? 'Yes' : 'No')
    }
  })
}
