// Starts the service with a database of its own, for one worker of the tests. The program and the site are those that
// `make build` has built, or those that REGISTRATION_PROGRAM and REGISTRATION_SITE name.
//
// The service listens on a free port and prints its address. Its log is target/end2end/server-N.log, or in the folder
// that LEAVE_IN names.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const program = process.env.REGISTRATION_PROGRAM ?? join(root, 'target/debug/registration')
const site = process.env.REGISTRATION_SITE ?? join(root, 'target/site')

/** A registration as the service stores it: the answers and the values that the service adds. */
export interface KeptRegistration {
  reference: string
  submitted_at: string
  state: string
  revision: number
  organisation: { name: string; sra_number: string | null }
  people: { first_name: string; last_name: string; email: string }[]
  signature: { signed_at: string; terms_version: string; terms_sha256: string }
}

/** The checks that are required to approve a firm. */
const CHECKS_OF_A_FIRM = ['sra-register', 'laa-account', 'address', 'authority', 'email-domain', 'other-registrations']

/** The email address of the officer for whom the command line acts. */
const SENIOR = 'a.officer@desk.example'

export class Server {
  readonly address: string
  readonly folder: string
  readonly database: string
  readonly #name: string
  #process: ChildProcess
  #senior?: Promise<string>
  #upgrades = 0

  private constructor(name: string, address: string, folder: string, process: ChildProcess) {
    this.#name = name
    this.address = address
    this.folder = folder
    this.database = join(folder, 'registration.db')
    this.#process = process
  }

  /** Starts the service on a free port with a new database and these settings, and waits until it is ready. */
  static async start(name: string, settings: Record<string, string> = {}): Promise<Server> {
    if (!existsSync(program)) throw new Error(`${program} is missing: run \`make build\` first.`)
    const folder = mkdtempSync(join(tmpdir(), 'registration-end2end-'))
    const child = run(name, { REGISTRATION_LISTEN: '127.0.0.1:0', REGISTRATION_DATABASE: join(folder, 'registration.db'), ...settings })
    const server = new Server(name, await addressOf(child), folder, child)
    await server.#ready()
    return server
  }

  /**
   * Replaces the running service by one whose WebAssembly file has another name, as an upgrade does. The address and
   * the database stay.
   */
  async upgrade(): Promise<void> {
    await this.#end()
    const upgraded = join(this.folder, `site-${this.#upgrades}`)
    cpSync(site, upgraded, { recursive: true })
    const list = join(upgraded, 'manifest.json')
    const files = JSON.parse(readFileSync(list, 'utf8'))
    const next = files.wasm.replace('.wasm', `-upgrade${++this.#upgrades}.wasm`)
    for (const end of ['', '.br', '.gz']) {
      if (existsSync(join(upgraded, files.wasm + end))) renameSync(join(upgraded, files.wasm + end), join(upgraded, next + end))
    }
    writeFileSync(list, JSON.stringify({ ...files, wasm: next }))
    this.#process = run(`${this.#name}-upgraded`, {
      REGISTRATION_LISTEN: this.address.replace('http://', ''),
      REGISTRATION_DATABASE: this.database,
      REGISTRATION_SITE: upgraded,
    })
    await addressOf(this.#process)
    await this.#ready()
  }

  /** Returns everything stored about a registration, as `registration show REFERENCE --json` prints it. */
  async registration(reference: string): Promise<KeptRegistration> {
    return JSON.parse(await this.#command('show', reference, '--json'))
  }

  /** Returns the references of all registrations, newest first, as `registration list` prints them. */
  async references(): Promise<string[]> {
    const lines = (await this.#command('list')).split('\n').filter((line) => line !== '')
    return lines.map((line) => line.split('\t')[0] ?? '')
  }

  /**
   * Performs an officer's action on a registration: `registration desk DEED REFERENCE ...`. Before an approval, the
   * checks that a firm needs are recorded as passed.
   */
  async desk(deed: string, reference: string, ...options: string[]): Promise<void> {
    if (deed === 'approve') {
      for (const check of CHECKS_OF_A_FIRM) await this.desk('check', reference, '--check', check, '--outcome', 'passed')
    }
    // The officer is added at the first action, so the desk stays empty in tests without such actions.
    this.#senior ??= this.officer('add', '--name', 'A. Officer', '--email', SENIOR, '--role', 'senior-officer')
    await this.#senior
    await this.#command('desk', deed, reference, '--officer', SENIOR, ...options)
  }

  /**
   * Drops a database table, so that every page that reads the table fails. A test cannot cause such a fault through the
   * pages.
   */
  async lose(table: string): Promise<void> {
    const program = 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute("drop table " + sys.argv[2])'
    await promisify(execFile)('/usr/bin/python3', ['-c', program, this.database, table])
  }

  /** Manages officers: `registration officer DEED ...`. Returns the link if the command prints one. */
  async officer(deed: string, ...options: string[]): Promise<string> {
    const link = deed === 'add' || deed === 'link' ? ['--public-address', this.address] : []
    return (await this.#command('officer', deed, ...options, ...link)).trim()
  }

  /** Fills the database with this number of invented registrations. */
  async demo(registrations: number): Promise<void> {
    await this.#command('demo', '--registrations', String(registrations), '--seed', '7')
  }

  async #command(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(program, [...words, '--database', this.database])
    return stdout
  }

  /** Stops the service and deletes its database. */
  async stop(): Promise<void> {
    await this.#end()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      const patience = setTimeout(() => this.#process.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(patience)
    }
  }

  async #ready(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      const answer = await fetch(`${this.address}/readyz`).catch(() => undefined)
      if (answer?.ok) return
      await pause(50)
    }
    await this.stop()
    throw new Error(`${this.address}/readyz never said that the service is ready.`)
  }
}

/** Starts the program with these environment variables; its log gets this name. */
function run(name: string, settings: Record<string, string>): ChildProcess {
  const logs = join(root, process.env.LEAVE_IN ?? 'target/end2end')
  mkdirSync(logs, { recursive: true })
  const child = spawn(program, ['serve'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, REGISTRATION_SITE: site, ...settings },
  })
  child.stderr.pipe(createWriteStream(join(logs, `server-${name}.log`)))
  return child
}

/** Returns the address that the service prints when it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let printed = ''
    let complaints = ''
    child.stderr?.on('data', (chunk) => (complaints = (complaints + chunk).slice(-2_000)))
    child.stdout?.on('data', (chunk) => {
      printed += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)
      if (address) found(address[0])
    })
    child.once('error', failed)
    child.once('exit', () => failed(new Error(`The service ended before it listened:\n${complaints}`)))
  })
}
