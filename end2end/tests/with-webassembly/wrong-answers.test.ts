// Wrong answers on every question page: the rules run in the browser, each wired to its page.
import { questions } from '../../support/questions.ts'
import { testQuestion } from '../../support/wrong-answers.ts'

for (const question of questions) testQuestion(question)
