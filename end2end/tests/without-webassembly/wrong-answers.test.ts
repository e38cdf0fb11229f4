// Wrong answers on a question page of each shape, where the server alone judges them. What it says on every
// question page is asked of it in server/tests/http/questions.rs; here it is what a browser does with that.
import { questions } from '../../support/questions.ts'
import { nameOf, testQuestion } from '../../support/wrong-answers.ts'

const SHAPES = [
  'What kind of organisation are you registering?',
  'What is the name of your organisation?',
  'What is the address of your head office?',
  'What are your registration numbers? (solicitors-firm)',
  'What are your registration numbers? (barristers-chambers)',
  'Do you have a hearing soon? (optional)',
  'Accept the Terms and Conditions',
]

for (const shape of SHAPES) {
  const question = questions.find((question) => nameOf(question) === shape)
  if (!question) throw new Error(`There is no question “${shape}”`)
  testQuestion(question)
}
