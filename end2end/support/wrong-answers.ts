// The tests of one question page: it shows a message for each wrong answer, it leads to the next page, and no answer
// is lost.
import { expect, test } from './test.ts'
import { expectAnswers, expectNoProblems, expectProblems, expectSummaryLeadsToFields, give } from './errors.ts'
import type { Question } from './questions.ts'

/** Returns the name of a question, which is unique even if two questions have the same path. */
export const nameOf = ({ heading, before = [] }: Question): string => `${heading}${before.map(([, { kind }]) => ` (${kind})`).join('')}`

export function testQuestion(question: Question): void {
  const { path, heading, before = [], fields, empty, wrong, right, next } = question

  test.describe(nameOf(question), () => {
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
