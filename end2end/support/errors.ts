// Fills in the fields of a page, and expects certain answers and problems on the page.
import { expect } from '@playwright/test'
import type { Answers } from './draft.ts'
import type { Journey } from './journey.ts'
import type { Field, Problems } from './questions.ts'

/** Fills in the fields of the open page for which there is an answer. */
export async function give(journey: Journey, fields: Field[], answers: Answers): Promise<void> {
  for (const { name, label, kind } of fields) {
    const answer = answers[name]
    if (answer === undefined) continue
    if (kind === 'radios') await journey.choose(label, answer)
    else if (kind === 'checkbox') await journey.page.getByLabel(label).setChecked(answer === 'yes')
    else await journey.enter(label, answer)
  }
}

/** Expects the fields of the open page to have these answers; a field without an answer must be empty. */
export async function expectAnswers(journey: Journey, fields: Field[], answers: Answers): Promise<void> {
  for (const { name, label, kind } of fields) {
    const answer = answers[name] ?? ''
    if (kind === 'radios') {
      const chosen = journey.page.getByRole('group', { name: label, exact: true }).getByRole('radio', { checked: true })
      if (answer === '') await expect(chosen).toHaveCount(0)
      else await expect(chosen).toHaveAccessibleName(answer)
    } else if (kind === 'checkbox') {
      await expect(journey.page.getByLabel(label)).toBeChecked({ checked: answer === 'yes' })
    } else {
      await expect(journey.page.getByLabel(label, { exact: true })).toHaveValue(answer)
    }
  }
}

/** Expects exactly these problems, in the summary and at the fields, and a title that begins with "Error". */
export async function expectProblems(journey: Journey, problems: Problems, before = ''): Promise<void> {
  const { page } = journey
  await expect(page).toHaveTitle(/^Error: /)
  const summary = page.locator('.govuk-error-summary')
  await expect(summary.getByRole('heading', { name: 'There is a problem' })).toBeVisible()
  await expect(summary.getByRole('link')).toHaveText(Object.values(problems).map((words) => before + words))
  for (const [field, words] of Object.entries(problems)) {
    // The three parts of a date share one message.
    const error = page.locator(`#${field.replace(/-(day|month|year)$/, '')}-error`)
    await expect(error).toHaveText(`Error: ${words}`)
    await expect(page.locator(`[id="${field}"]`)).toHaveAttribute('name', field)
  }
  await expect(page.locator('.govuk-error-message')).toHaveCount(Object.keys(problems).length)
}

/** Expects each link of the summary to lead to its field. */
export async function expectSummaryLeadsToFields(journey: Journey, problems: Problems): Promise<void> {
  const { page } = journey
  const links = page.locator('.govuk-error-summary').getByRole('link')
  for (const [index, field] of Object.keys(problems).entries()) {
    await expect(links.nth(index)).toHaveAttribute('href', `#${field}`)
    await links.nth(index).click()
    const input = page.locator(`[id="${field}"]`)
    // Without scripts the browser only scrolls to the field, and the next Tab continues from there.
    if (journey.mode === 'html') await expect(page).toHaveURL(new RegExp(`#${field}$`))
    else await expect(input).toBeFocused()
    await expect(input).toBeInViewport()
  }
}

export async function expectNoProblems(journey: Journey): Promise<void> {
  await expect(journey.page).not.toHaveTitle(/^Error: /)
  await expect(journey.page.locator('.govuk-error-summary')).toHaveCount(0)
  await expect(journey.page.locator('.govuk-error-message')).toHaveCount(0)
}
