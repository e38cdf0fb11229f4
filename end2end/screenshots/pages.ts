// Takes screenshots of every page in each state, on a wide screen and on 320 pixels, and the screenshots of the
// README.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Journey } from '../support/journey.ts'
import { signedIn } from '../support/officers.ts'
import { csv } from '../support/spreadsheets.ts'
import { expect, test } from '../support/test.ts'
import { states } from '../support/pages.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'target/end2end/screens')
mkdirSync(folder, { recursive: true })

for (const [name, viewport] of [
  ['wide', { width: 1280, height: 900 }],
  ['narrow', { width: 320, height: 640 }],
] as const) {
  test.describe(name, () => {
    test.use({ viewport })

    for (const { what, show } of states) {
      test(what, async ({ journey, draft, server, watch }) => {
        watch.expect(/status of/)
        await show(journey, draft, server)
        const file = `${what.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '')}-${name}.png`
        await journey.page.screenshot({ path: join(folder, file), fullPage: true })
      })
    }
  })
}

test.describe('README', () => {
  test.use({ viewport: { width: 1100, height: 820 } })

  test('the task list, for the README', async ({ journey, draft }) => {
    await draft.answer('organisation/kind', { kind: 'solicitors-firm' })
    await draft.answer('organisation/name', { name: 'Hartwell Crane & Co LLP' })
    await draft.answer('accountable-person/name', { first_name: 'Yusuf', last_name: 'Ní-Dhomhnaill', job_title: 'Partner' })
    await draft.answer('accountable-person/contact', { email: 'yusuf@org0.example', telephone: '07700 900685' })
    await draft.answer('users/add', { first_name: 'Marek', last_name: 'Lloyd' })
    await journey.open('/tasks')
    await expect(journey.page.getByRole('heading', { level: 1 })).toBeVisible()
    await picture(journey, 'task-list')
  })

  test('the review of a spreadsheet, for the README', async ({ journey, draft }) => {
    const rows = [
      'First name,Last name,Email,Mobile,Role,Administrator',
      'Priya,Iyer,priya@org0.example,7700 900673,Advocate,Yes',
      'Niamh,Evans,niamh@org0.example,07700 900227,Defence lawyer,No',
      'Wen,Williams,wen@,07700 900425,Wizard,No',
    ]
    await draft.upload(csv(rows.join('\n')))
    await journey.open('/users/upload/review')
    await journey.isOn('Check staff.csv')
    await picture(journey, 'spreadsheet')
  })

  test('the queue of the desk, for the README', async ({ journey, server }) => {
    await server.demo(60)
    await signedIn(journey.page, server, 'officer')
    await journey.open('/desk/queue')
    await journey.isOn('Queue')
    await picture(journey, 'desk')
  })
})

/** Takes a screenshot of the open page and copies it to docs/. */
async function picture({ page }: Journey, name: string): Promise<void> {
  const file = join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  copyFileSync(file, join(root, `docs/${name}.png`))
}
