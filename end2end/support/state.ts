// A state of a page that the tests visit.
import type { Draft } from './draft.ts'
import type { Journey } from './journey.ts'
import type { Server } from './server.ts'

export interface State {
  what: string
  /** Brings the browser to this state. */
  show: (journey: Journey, draft: Draft, server: Server) => Promise<void>
  /** The status of an error page, which the browser reports in its console. */
  status?: number
}
