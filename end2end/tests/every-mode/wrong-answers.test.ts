// Wrong answers on every question page: what is said, where it leads, and that nothing typed is lost.
import { expect, test } from '../../support/test.ts'
import { expectAnswers, expectNoProblems, expectProblems, expectSummaryLeadsToFields, give } from '../../support/errors.ts'
import { questions } from '../../support/questions.ts'

for (const { path, heading, before = [], fields, empty, wrong, right, next } of questions) {
  const asked = `${heading}${before.map(([, { kind }]) => ` (${kind})`).join('')}`

  test.describe(asked, () => {
    test.beforeEach(async ({ journey, draft }) => {
      for (const [page, answers] of before) await draft.answer(page, answers)
      await journey.open(path)
      await journey.isOn(heading)
      await expectNoProblems(journey)
    })

    if (empty) {
      test('sent empty, it says what is missing and leads to it', async ({ journey }) => {
        await journey.send()
        await expectProblems(journey, empty)
        if (journey.mode !== 'html') await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
        await expectSummaryLeadsToFields(journey, empty)
      })
    } else {
      test('it may be left empty', async ({ journey }) => {
        await journey.send()
        await journey.isOn(next)
      })
    }

    for (const { answers, problems } of wrong) {
      const typed = Object.values(answers).join(', ').slice(0, 40)

      test(`wrong answers (${typed}) are kept and explained`, async ({ journey }) => {
        await give(journey, fields, answers)
        await journey.send()
        await expectProblems(journey, problems)
        if (journey.mode !== 'html') await expect(journey.page.locator('.govuk-error-summary')).toBeFocused()
        await expectAnswers(journey, fields, answers)
        await expectSummaryLeadsToFields(journey, problems)

        await journey.open(path)
        await expectProblems(journey, problems)
        await expectAnswers(journey, fields, answers)
      })
    }

    test('put right, it goes on and keeps the answers', async ({ journey }) => {
      await give(journey, fields, wrong[0]?.answers ?? {})
      await journey.send()
      if (empty ?? wrong.length > 0) await expectProblems(journey, wrong[0]?.problems ?? empty ?? {})
      await give(journey, fields, right)
      await journey.send()
      await journey.isOn(next)
      await expectNoProblems(journey)

      await journey.open(path)
      await expectNoProblems(journey)
      await expectAnswers(journey, fields, right)
    })
  })
}
