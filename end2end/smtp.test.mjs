// Mail through a server that refuses, greylists, stalls, and hangs up before and after the message: every mail arrives,
// and once in effect, since a copy carries the same Message-ID. What arrives is read by other programs than ours: the
// message by Python's mail library, its HTML part by the Nu HTML checker; and its links open.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { startPortal } from './support/portal.mjs'
import { Sink } from './support/sink.mjs'
import { until } from './support/until.mjs'
import { UMEA, Visitor } from './support/visitor.mjs'

const run = promisify(execFile)
const SCRIPT = ['refuse', 'greylist', 'stall', 'closeInData', 'closeAfterData', 'refuse', 'greylist', 'closeAfterData', 'accept']

let sink
let portal
let folder

before(async () => {
  sink = new Sink(SCRIPT)
  portal = await startPortal({ env: { SMTP_URL: await sink.listen() } })
  folder = await mkdtemp(path.join(tmpdir(), 'mail-'))
})

after(async () => {
  await portal?.stop()
  await sink?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('every mail arrives once in effect, whole, in the buyer’s language, and its links open', async () => {
  // Two orders, one of them withdrawn and one cancelled: four mails.
  const orders = []
  for (const [lang, organisation] of [['sv', false], ['en', true]]) {
    const visitor = new Visitor(portal.base, lang)
    await visitor.put(UMEA, 2)
    const order = await visitor.order({ organisation, email: `${lang}@example.se` })
    const end = organisation ? '/avbestall' : '/angra/bekrafta'
    const answer = await visitor.request(order.link + end, { method: 'POST', body: new URLSearchParams() })
    assert.equal(answer.status, 303)
    orders.push(order)
  }
  const written = await portal.rows("SELECT id, recipient, subject FROM outbox ORDER BY id")
  assert.equal(written.length, 4)

  // A mail that failed is due again after minutes; the test makes it due at once instead of waiting.
  await until('every mail is sent', async () => {
    await portal.execute("UPDATE outbox SET due_at = '2000-01-01T00:00:00.000Z' WHERE status = 'waiting' AND leased_until IS NULL")
    const [{ open }] = await portal.rows("SELECT COUNT(*) AS open FROM outbox WHERE status <> 'sent'")
    return open === 0
  }, 120_000)
  assert.deepEqual(sink.played.slice(0, SCRIPT.length), SCRIPT, 'the whole script was played')

  const mails = await Promise.all(sink.taken.map(async ({ to, raw }) => ({ to, ...(await read(raw)) })))
  const bodies = new Map()
  for (const mail of mails) {
    const known = bodies.get(mail.id)
    if (known) assert.deepEqual({ ...known, date: null }, { ...mail, date: null }, 'a copy says the same')
    bodies.set(mail.id, mail)
  }
  assert.ok(mails.length > bodies.size, 'the server that hung up after the message got it twice')
  assert.equal(bodies.size, written.length)
  for (const { id, recipient, subject } of written) {
    const mail = [...bodies.values()].find((one) => one.id.includes(id))
    assert.ok(mail, `the mail ${id} did not arrive, or its Message-ID is another`)
    assert.deepEqual(mail.to, [recipient])
    assert.equal(mail.subject, subject)
  }
  for (const mail of bodies.values()) await isWellFormed(mail)
  assert.ok(orders.every(({ link }) => [...bodies.values()].some(({ text }) => text.includes(`${portal.base}${link}`))))
})

async function isWellFormed(mail) {
  const lang = mail.to[0].slice(0, 2)
  assert.equal(mail.type, 'multipart/alternative')
  assert.deepEqual(mail.defects, [])
  assert.equal(mail.language, lang)
  assert.ok(mail.html.includes(`<html lang="${lang}"`), mail.html.slice(0, 200))
  const file = path.join(folder, `${mail.id.replaceAll(/\W/g, '')}.html`)
  await writeFile(file, mail.html)
  const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar')
  const { stdout } = await run('java', ['-jar', jar, '--errors-only', '--format', 'json', '--stdout', '--exit-zero-always', file])
  assert.deepEqual(JSON.parse(stdout).messages, [])
  const inText = new Set(mail.text.match(/https?:\/\/\S+/g))
  const inHtml = new Set([...mail.html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href))
  assert.deepEqual(inText, inHtml)
  assert.ok(inText.size > 0)
  for (const href of inText) {
    assert.ok(href.startsWith(portal.base), href)
    const page = await fetch(href)
    assert.equal(page.status, 200, href)
    assert.equal(page.headers.get('content-language'), lang, href)
  }
}

/** A message as Python's mail library reads it. */
async function read(raw) {
  const reader = `
import email, email.policy, json, sys
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
part = lambda kind: m.get_body((kind,))
print(json.dumps({
    "id": m["Message-ID"], "subject": m["Subject"], "date": m["Date"], "language": m["Content-Language"], "type": m.get_content_type(),
    "text": part("plain").get_content(), "html": part("html").get_content(),
    "defects": [repr(d) for p in m.walk() for d in p.defects] + [repr(d) for h in m.values() for d in getattr(h, "defects", [])],
}))`
  const child = spawn('python3', ['-c', reader], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(raw)
  let said = ''
  for await (const chunk of child.stdout) said += chunk
  return JSON.parse(said)
}
