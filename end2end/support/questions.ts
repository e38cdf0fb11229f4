// Every question page of the service: its fields, wrong answers with their problems, and valid answers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from './draft.ts'

export interface Field {
  name: string
  label: string
  kind?: 'radios' | 'checkbox'
}

/** The problem at each wrong field, by the field's name, in page order. */
export type Problems = Record<string, string>

export interface Question {
  path: string
  heading: string
  /** Pages to answer first; the fields of this page depend on their answers. */
  before?: [page: string, answers: Answers][]
  fields: Field[]
  /** The problems if the page is sent empty; undefined if every field is optional. */
  empty?: Problems
  wrong: { answers: Answers; problems: Problems }[]
  right: Answers
  /** The heading of the next page. */
  next: string
}

export const HOSTILE = 'O’Dowd <b>&"</textarea><script>alert(1)</script>'

/** The questions in end2end/data, which the server's own tests read too. */
export const questions: Question[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../data/questions.json'), 'utf8'),
)

/** The fields of the pages "Add a user" and "Change a user". */
export const userFields: Field[] = [
  { name: 'first_name', label: 'First name' },
  { name: 'last_name', label: 'Last name' },
  { name: 'email', label: 'Email address' },
  { name: 'mobile', label: 'Mobile number' },
  { name: 'role', label: 'Role', kind: 'radios' },
  { name: 'administrator', label: 'Is this user an organisation administrator?', kind: 'radios' },
]
