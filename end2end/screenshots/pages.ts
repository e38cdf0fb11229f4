// Takes screenshots of every page in each state, wide and 320 pixels wide, and the one of the README.
import { copyFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
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
    const file = join(folder, 'task-list.png')
    await journey.page.screenshot({ path: file })
    mkdirSync(join(root, 'docs'), { recursive: true })
    copyFileSync(file, join(root, 'docs/task-list.png'))
  })
})
