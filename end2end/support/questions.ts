// Every question page of the service: its fields, what is wrong with some answers, and what is right.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from './draft.ts'

export interface Field {
  name: string
  label: string
  kind?: 'radios' | 'checkbox'
}

/** The words beside each field that is wrong, by the name of the field, in the order of the page. */
export type Problems = Record<string, string>

export interface Question {
  path: string
  heading: string
  /** What must be answered before this page is asked in this shape. */
  before?: [page: string, answers: Answers][]
  fields: Field[]
  /** What the page says when it is sent empty; nothing where everything is optional. */
  empty?: Problems
  wrong: { answers: Answers; problems: Problems }[]
  right: Answers
  /** The heading of the page that comes after right answers. */
  next: string
}

export const HOSTILE = 'O’Dowd <b>&"</textarea><script>alert(1)</script>'

/** Those of end2end/data, which the server’s own tests read too. */
export const questions: Question[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../data/questions.json'), 'utf8'),
)

/** The page to add a user: what is wrong in it is shown on the page to change the user. */
export const userFields: Field[] = [
  { name: 'first_name', label: 'First name' },
  { name: 'last_name', label: 'Last name' },
  { name: 'email', label: 'Email address' },
  { name: 'mobile', label: 'Mobile number' },
  { name: 'role', label: 'Role', kind: 'radios' },
  { name: 'administrator', label: 'Is this user an organisation administrator?', kind: 'radios' },
]
