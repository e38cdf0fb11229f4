// Every page of the desk in each of its states.
import { deskStates } from '../../support/desk-pages.ts'
import { testPage } from '../../support/page-test.ts'

for (const state of deskStates) testPage(state)
