// Spreadsheets as people send them, with their expected results, and the actions of a person who imports one.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect } from '@playwright/test'
import type { Journey } from './journey.ts'

const folder = resolve(import.meta.dirname, '../../server/spreadsheet/tests/files')

export type Column = 'first_name' | 'last_name' | 'email' | 'mobile' | 'role' | 'administrator'

interface Person {
  row: number
  first_name: string
  last_name: string
  email: string
  mobile: string
  role: string
  administrator: boolean
}

export type Expected =
  | { outcome: 'read'; people: Person[]; problems: { row: number; column: Column }[]; organisation?: object }
  | { outcome: 'refused'; refusal: string }

/** The expected result for each file. */
export const expected: Record<string, Expected> = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))

export const file = (name: string): string => join(folder, name)

export interface Sent {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Returns a CSV file with this text. */
export const csv = (text: string, name = 'staff.csv'): Sent => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

/** Uploads a file. In every mode the browser itself sends this form. */
export async function upload(journey: Journey, sent: string | Sent): Promise<void> {
  await journey.page.locator('input[type=file][name=file]').setInputFiles(sent)
  await sendUpload(journey)
}

/** Pastes cells instead of uploading a file. */
export async function paste(journey: Journey, cells: string): Promise<void> {
  await journey.enter('Or paste cells', cells)
  await sendUpload(journey)
}

async function sendUpload(journey: Journey): Promise<void> {
  await Promise.all([journey.page.waitForEvent('load'), journey.button('Upload').click()])
  await journey.ready()
}

/** Returns the input for this column in the row with this number. */
export const cell = (journey: Journey, column: Column, row: number) =>
  journey.page.locator(`[name^="${column}-"][name$="-${row}"]`)

/** Expects a line with this name and count in the summary of the import. */
export async function expectCount(journey: Journey, what: string, count: number): Promise<void> {
  const line = journey.page.locator('.govuk-summary-list__row').filter({ has: journey.page.getByText(what, { exact: true }) })
  await expect(line.first().locator('.govuk-summary-list__value')).toHaveText(String(count))
}

/**
 * The number of rows of a workbook that takes longer to import than the upload request waits, but less than the time
 * limit of an import.
 */
export const HEAVY_ROWS = 180_000

let heavy: Sent | undefined

/** Returns a workbook that takes some time to import. */
export function heavyWorkbook(): Sent {
  heavy ??= { name: 'heavy.xlsx', mimeType: 'application/octet-stream', buffer: workbook(HEAVY_ROWS) }
  return heavy
}

function workbook(rows: number): Buffer {
  const text = (cell: string) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`
  const row = (cells: string[]) => `<row>${cells.map(text).join('')}</row>`
  const user = row(['Wen', 'Williams', 'wen.williams@firm.example', '07700 900425', 'Advocate', 'No', 'x', 'y'])
  const head = row(['First name', 'Last name', 'Email', 'Mobile', 'Role', 'Administrator', 'Floor', 'Desk'])
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><dimension ref="A1:H${rows + 1}"/><sheetData>${head}${user.repeat(rows)}</sheetData></worksheet>`,
  })
}

/** Builds a zip archive of these files. */
function zip(files: Record<string, string>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes, { level: 1 })
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(8, 4)
    head.writeUInt32LE(crc32(bytes), 10)
    head.writeUInt32LE(packed.length, 14)
    head.writeUInt32LE(bytes.length, 18)
    head.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, rest, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06'), end])
}
