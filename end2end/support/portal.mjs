// A real portal for one test file: the built program on a free port, with a folder and a database of its own and the
// demonstration's data, on SQLite or PostgreSQL. It is stopped and its traces are removed when the test is over.
//
//   TEST_BINARY, PORTAL_SITE  the program and the browser's files (defaults: Cargo's target folder)
//   TEST_ENGINE               sqlite (default) or postgres; the latter needs TEST_POSTGRES_URL (scripts/with-postgres)
import { execFile, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const target = process.env.CARGO_TARGET_DIR ?? path.join(homedir(), '.cache/portal/target')

/** The program under test. */
export const binary = process.env.TEST_BINARY ?? path.join(target, 'debug/portal')
const site = process.env.PORTAL_SITE ?? path.join(target, 'site')

/** How long a start may take before the test fails. */
const START_LIMIT = 60_000

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/**
 * Starts a portal with demonstration data. `env` adds to or replaces its settings, `file` makes the text of its settings
 * file from its address and its folder. `host` is how its address names this machine.
 */
export async function startPortal({ engine = process.env.TEST_ENGINE ?? 'sqlite', env = {}, file = () => '', host = '127.0.0.1' } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'portal-'))
  const database = engine === 'postgres' ? await newPostgresDatabase() : `sqlite://${path.join(folder, 'portal.db')}`
  const port = await freePort()
  const base = `http://${host}:${port}`
  // Settings of the operator's own, by file or environment, must not reach the test.
  const config = path.join(folder, 'portal.toml')
  await writeFile(config, await file(base, folder))
  const settings = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PORTAL_|SMTP_URL$)/.test(name))),
    DATABASE_URL: database,
    PORTAL_ADDR: `127.0.0.1:${port}`,
    PORTAL_BASE_URL: base,
    PORTAL_CONFIG: config,
    PORTAL_DATA: folder,
    PORTAL_LOG: 'warn',
    PORTAL_SITE: site,
    ...env,
  }
  const portal = new Portal({ base, database, engine, folder, settings })
  await portal.start()
  return portal
}

class Portal {
  #process
  #settings

  constructor({ base, database, engine, folder, settings }) {
    Object.assign(this, { base, database, engine, folder })
    this.log = path.join(folder, 'log')
    this.#settings = settings
  }

  /** The settings, for whoever runs another command beside the server. */
  get environment() {
    return this.#settings
  }

  /** Starts the program and waits until it says that it is ready to serve. */
  async start() {
    const child = spawn(binary, ['demo'], { env: this.#settings, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#process = child
    child.over = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })))
    const log = createWriteStream(this.log, { flags: 'a' })
    child.stderr.pipe(log, { end: false })
    await new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('the portal did not open in time')), START_LIMIT)
      let said = ''
      child.stdout.setEncoding('utf8')
      child.stdout.on('data', (chunk) => {
        log.write(chunk)
        said += chunk
        if (said.includes(this.base)) resolve(clearTimeout(limit))
      })
      child.once('error', reject)
      child.over.then(async ({ code, signal }) => {
        clearTimeout(limit)
        reject(new Error(`the portal ended with ${code ?? signal}: ${await readFile(this.log, 'utf8').catch(() => '')}`))
      })
    })
    const ready = await fetch(`${this.base}/halsa/redo`)
    if (ready.status !== 200) throw new Error(`the portal is not ready: ${ready.status} ${await ready.text()}`)
  }

  /** Takes the power away: no signal handler, no last words. */
  async kill() {
    this.#process.kill('SIGKILL')
    await this.#process.over
  }

  /** Ends the program as an operator does, and says how it ended. */
  async end() {
    this.#process.kill('SIGTERM')
    return this.#process.over
  }

  /** Ends the program and removes what it kept. */
  async stop() {
    await this.end()
    if (this.engine === 'postgres') await postgres(`DROP DATABASE ${new URL(this.database).pathname.slice(1)} WITH (FORCE)`)
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Runs another command of the program on the same data. */
  async command(...words) {
    const { stdout } = await run(binary, words, { env: this.#settings })
    return stdout.trim()
  }

  /** Rows of the database, read from outside the program. */
  async rows(select) {
    if (this.engine === 'postgres') {
      return JSON.parse(await postgres(`SELECT COALESCE(json_agg(r), '[]') FROM (${select}) r`, this.database))
    }
    return JSON.parse(await sqlite(this.database, select))
  }

  /** Changes the database from outside the program, as an administrator could. */
  async execute(statement) {
    if (this.engine === 'postgres') await postgres(statement, this.database)
    else await sqlite(this.database, statement)
  }
}

let databases = 0

async function newPostgresDatabase() {
  const name = `portal_${process.pid}_${databases++}`
  await postgres(`CREATE DATABASE ${name}`)
  const address = new URL(serverAddress())
  address.pathname = name
  return address.href
}

function serverAddress() {
  const address = process.env.TEST_POSTGRES_URL
  if (!address) throw new Error('TEST_POSTGRES_URL is missing: run this with scripts/with-postgres')
  return address
}

const SQLITE = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=30)
db.row_factory = sqlite3.Row
with db:
    rows = [dict(row) for row in db.execute(sys.argv[2])]
print(json.dumps(rows))`

async function sqlite(address, statement) {
  const { stdout } = await run('python3', ['-c', SQLITE, address.replace('sqlite://', ''), statement], { maxBuffer: 64e6 })
  return stdout
}

async function postgres(statement, address = serverAddress()) {
  const { stdout } = await run('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-c', statement, address], { maxBuffer: 64e6 })
  return stdout
}
