// Wrong answers on one question page of each kind of form, in the modes in which only the server checks them.
// server/tests/http/questions.rs tests the server's answers for every question page; these tests cover the behaviour
// of the browser.
import { questions } from '../../support/questions.ts'
import { nameOf, testQuestion } from '../../support/wrong-answers.ts'

const SHAPES = [
  'What kind of organisation are you registering?',
  'What is the name of your organisation?',
  'What is the address of your head office?',
  'What are your registration numbers? (solicitors-firm)',
  'What are your registration numbers? (barristers-chambers)',
  'Your first hearing (optional)',
  'Accept the Terms and Conditions',
]

for (const shape of SHAPES) {
  const question = questions.find((question) => nameOf(question) === shape)
  if (!question) throw new Error(`There is no question “${shape}”`)
  testQuestion(question)
}
