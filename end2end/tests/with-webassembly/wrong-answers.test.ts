// Wrong answers on every question page: the browser finds the same problems as the server.
import { expect, test } from '../../support/test.ts'
import { expectProblems, give } from '../../support/errors.ts'
import { questions } from '../../support/questions.ts'
import { nameOf, testQuestion } from '../../support/wrong-answers.ts'

for (const question of questions) testQuestion(question)

for (const question of questions) {
  const { path, before = [], fields, empty, wrong } = question
  if (!empty && wrong.length === 0) continue

  test(`the browser finds by itself what the server finds: ${nameOf(question)}`, async ({ journey, draft }) => {
    for (const [page, answers] of before) await draft.answer(page, answers)
    for (const { answers, problems } of [...(empty ? [{ answers: {}, problems: empty }] : []), ...wrong]) {
      await journey.open(path)
      await give(journey, fields, answers)
      let letGo = () => {}
      const held = new Promise<void>((done) => (letGo = done))
      await journey.page.route('**/api/**', async (route) => {
        await held
        await route.continue()
      })
      await journey.answered(async () => {
        await journey.button('Save and continue').click()
        await expectProblems(journey, problems)
        letGo()
      })
      // The server has answered by now and reports the same problems.
      await expectProblems(journey, problems)
      await journey.page.unroute('**/api/**')
      await expect(journey.page).toHaveURL(new RegExp(path))
    }
  })
}
