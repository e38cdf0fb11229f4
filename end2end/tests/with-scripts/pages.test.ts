// Every page except the desk's, in each of its states.
import { deskStates } from '../../support/desk-pages.ts'
import { testPage } from '../../support/page-test.ts'
import { states } from '../../support/pages.ts'

for (const state of states.filter((state) => !deskStates.includes(state))) testPage(state)
